//! The way in to the 19 elements: the triangle, and the same as a list, each with what is known of it.

use assessment_engine::sections;
use assessment_engine::triangle::{ElementState, Viewer, talked_about, triangle};
use assessment_engine::validation::Problem;
use leptos::prelude::*;

use crate::components::{
    BackLink, Column, FamilyText, SignIcons, StatusTag, Task, TasksLink, Triangle, TriangleKey, redrawn,
};
use crate::form::{Form, use_form};
use crate::state::{Event, Page, SectionStatus, section_status};

#[component]
pub(super) fn Elements() -> impl IntoView {
    let form = use_form();
    let states = element_states(form);
    let asked = states.read_untracked().iter().filter(|state| state.is_asked).count();
    let fewer = (asked < sections::elements().len()).then(|| {
        let text = form.filled("boxes.unborn", &[("count", &asked.to_string())]);
        view! { <p class="govuk-inset-text">{text}</p> }.into_any()
    });
    let mark = redrawn(move || {
        (!form.is_locked.get()).then(|| {
            view! {
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    on:click=move |_| form.dispatch(Event::MarkedNotDiscussed)
                >
                    {form.text("boxes.mark")}
                </button>
            }
            .into_any()
        })
    });
    let count = move || {
        let done = talked_about(&states.read()).to_string();
        form.filled("triangle.count_in_words", &[("done", &done), ("count", &asked.to_string())])
    };
    view! {
        <BackLink page=Page::Tasks/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("section.elements")}</h1>
        <Column>{form.maybe_text("section.elements.intro").map(|intro| view! { <p>{intro}</p> }.into_any())}</Column>
        <Column><FamilyText element=None/></Column>
        {fewer}
        <p><strong>{count}</strong></p>
        <div class="ca-triangle-box">
            <Triangle states is_linked=true/>
            {redrawn(move || view! { <TriangleKey codes=codes(form.with_family.get())/> }.into_any())}
        </div>
        <div class="ca-element-lists">
            <ElementLists states/>
        </div>
        <h2 class="govuk-heading-m ca-no-print">{form.text("boxes.rest_heading")}</h2>
        <p class="ca-no-print">{form.text("boxes.rest")}</p>
        <div class="govuk-button-group">
            <button part="button" type="button" class="govuk-button" on:click=move |_| form.dispatch(Event::Continued)>
                {form.text("continue")}
            </button>
            {mark}
        </div>
        <TasksLink/>
    }
}

/// What is known of each element, as far as those who see the screen may know.
pub(in crate::pages) fn element_states(form: Form) -> Memo<Vec<ElementState>> {
    Memo::new(move |_| {
        let viewer = if form.with_family.get() { Viewer::Family } else { Viewer::Practitioner };
        form.answers(|answers| triangle(answers, form.today(), &form.standards().pack, viewer))
    })
}

/// The signs that the key explains: the family sees none of a worry.
fn codes(is_with_family: bool) -> Vec<&'static str> {
    let all = ["strength", "need", "worry", "unsure", "recorded", "no_concern", "not_discussed", "not_yet"];
    let is_shown = |code: &&str| !(is_with_family && ["worry", "unsure"].contains(code));
    all.into_iter().filter(is_shown).collect()
}

/// The list of each domain.
#[component]
fn ElementLists(states: Memo<Vec<ElementState>>) -> impl IntoView {
    let form = use_form();
    let problems = Memo::new(move |_| form.problems_of_submission());
    let standards = form.standards();
    let domains = standards.framework.domains.iter().map(|domain| {
        let elements = standards.framework.elements.iter().filter(|element| element.domain == domain.id);
        let is_asked =
            |id: &str| states.read_untracked().iter().any(|state| state.id == id && state.is_asked);
        let lines = elements.filter(|element| is_asked(&element.id)).map(|element| {
            view! { <Line id=element.id.clone() name=element.label.clone() states problems/> }.into_any()
        });
        view! {
            <div class="ca-element-list">
                <h2 class="govuk-heading-m">{domain.label.clone()}</h2>
                <ul class="govuk-task-list">{lines.collect_view()}</ul>
            </div>
        }
        .into_any()
    });
    domains.collect_view()
}

#[component]
fn Line(
    id: String,
    name: String,
    states: Memo<Vec<ElementState>>,
    problems: Memo<Vec<Problem>>,
) -> impl IntoView {
    let page = Page::Element(id.clone());
    let form = use_form();
    let state = Memo::new({
        let id = id.clone();
        move |_| states.read().iter().find(|state| state.id == id).copied()
    });
    let wrong = Memo::new({
        let id = id.clone();
        move |_| {
            let status = form.answers(|answers| {
                problems.with(|problems| section_status(answers, problems, &format!("elements.{id}")))
            });
            matches!(status, SectionStatus::Problems(_)).then_some(status)
        }
    });
    view! {
        <Task id name page hint=None>
            {redrawn(move || state.get().map(|state| view! { <SignIcons state/> }.into_any()))}
            {redrawn(move || wrong.get().map(|status| view! { " " <StatusTag status/> }.into_any()))}
        </Task>
    }
}
