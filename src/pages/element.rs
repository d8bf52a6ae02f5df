//! One of the 19 elements: a plain opener for the family, things to talk about at this age, strengths and needs side by
//! side at the same size, the child's own words, and indicators to think about.

use assessment_engine::answers::Answers;
use assessment_engine::answers::Caf;
use assessment_engine::sections::elements;
use assessment_form::Group;
use assessment_rules::Age;
use leptos::prelude::*;

use crate::components::{
    BackLink, Details, ErrorSummary, Explained, FamilyText, OwnNote, PageLink, TasksLink,
};
use crate::form::{Form, use_form};
use crate::questions::Ask;
use crate::state::{Event, Page};

#[component]
pub(super) fn Element(id: String) -> impl IntoView {
    let form = use_form();
    let standards = form.standards();
    let Some(words) = standards.framework.element(&id).cloned() else {
        return view! { <ElementsLink/> }.into_any();
    };
    let number = elements().iter().position(|other| *other == id).unwrap_or_default() + 1;
    let domain = standards.framework.domains.iter().find(|domain| domain.id == words.domain);
    let domain = domain.map_or("", |domain| domain.label.as_str());
    let caption = form.filled("box.caption", &[("number", &number.to_string()), ("domain", domain)]);
    // The page is drawn for the age that was known when it was opened.
    let age = untrack(|| form.facts()).age;
    let thoughts: Vec<_> = words.prompts.into_iter().filter(|thought| thought.fits(age)).collect();
    let terms = thoughts.iter().map(|thought| &*thought.text).collect::<Vec<_>>().join(". ");
    let thoughts =
        thoughts.into_iter().map(|thought| view! { <li>{thought.text}</li> }.into_any()).collect_view();
    view! {
        <BackLink page=Page::Elements/>
        <ErrorSummary/>
        <div class="ca-box">
            <h1 part="heading" class="govuk-heading-l" tabindex="-1">
                <span class="govuk-caption-l">{caption}</span>
                {format!(" {}", words.label)}
            </h1>
            <p class="ca-box__opener">{words.opener}</p>
            <Details summary=thoughts_heading(form, age)>
                <ul class="govuk-list govuk-list--bullet">{thoughts}</ul>
                <Explained text=terms/>
            </Details>
            <FamilyText element=Some(id.clone())/>
            <ElementQuestions id=id.clone()/>
            <OwnNote stem=Some(format!("elements.{id}"))/>
            <div class="govuk-button-group ca-no-print">
                <button
                    part="button"
                    type="button"
                    class="govuk-button"
                    on:click=move |_| form.dispatch(Event::Continued)
                >
                    {form.text("box.next")}
                </button>
                <ElementsLink/>
                <PageLink class="govuk-link" page=Page::Section("conclusions".to_owned())>
                    {form.text("box.conclusions")}
                </PageLink>
            </div>
        </div>
        <TasksLink/>
    }
    .into_any()
}

#[component]
fn ElementsLink() -> impl IntoView {
    view! {
        <PageLink class="govuk-link" page=Page::Elements>
            {use_form().text("back.boxes")}
        </PageLink>
    }
}

/// The questions of an element in catalogue order, with strengths and needs as a pair.
#[component]
fn ElementQuestions(id: String) -> impl IntoView {
    let group: &dyn Group<Caf> = Answers::blank().elements.get(&id)?;
    let (key, questions) = (group.key(), group.questions());
    let stem = format!("elements.{id}");
    let ask = |name: &str| {
        let question = questions.iter().find(|question| question.name == name)?;
        Some(view! { <Ask stem=stem.clone() group_key=key question/> }.into_any())
    };
    let views = questions.iter().map(|question| match question.name {
        "strengths" => ().into_any(),
        "needs" => view! { <div class="ca-box__pair">{ask("strengths")} {ask("needs")}</div> }.into_any(),
        name => ask(name).into_any(),
    });
    Some(views.collect_view())
}

fn thoughts_heading(form: Form, age: Age) -> String {
    match age {
        Age::Unborn => form.text("box.thoughts_unborn"),
        Age::Unknown => form.text("box.thoughts"),
        Age::Born { youngest: 1, .. } => form.text("box.thoughts_month"),
        Age::Born { youngest, .. } if youngest < 24 => {
            form.filled("box.thoughts_months", &[("months", &youngest.to_string())])
        }
        Age::Born { youngest, .. } => {
            form.filled("box.thoughts_years", &[("years", &(youngest / 12).to_string())])
        }
    }
}
