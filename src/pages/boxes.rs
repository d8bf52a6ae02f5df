//! The list of the 19 boxes, by domain, each with how far it is.

use assessment_engine::catalogue::asked_elements;
use assessment_engine::validation::{Stage, check_with};
use leptos::prelude::*;

use super::{back, tasks};
use crate::form::Form;
use crate::io::clock;
use crate::state::{Event, Place, SectionStatus, section_status};

pub(super) fn boxes(form: Form) -> AnyView {
    let asked = form.peek_answers(|answers| {
        form.standards(|standards| asked_elements(answers, clock::today(), &standards.pack))
    });
    let fewer = (asked.len() < 19).then(|| {
        view! { <p class="govuk-inset-text">{form.filled("boxes.unborn", &[("count", &asked.len().to_string())])}</p> }
    });
    let domains = form.standards(|standards| standards.framework.domains.clone());
    let lists = domains
        .into_iter()
        .map(|domain| {
            let lines = asked.iter().filter_map(|id| line(form, id, &domain.id)).collect_view();
            view! {
                <h2 class="govuk-heading-m">{domain.label}</h2>
                <ul class="govuk-task-list">{lines}</ul>
            }
        })
        .collect_view();
    view! {
        {back(form, Place::Tasks)}
        <h1 class="govuk-heading-l" tabindex="-1">{form.text("section.elements")}</h1>
        <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
            <p>{form.text("section.elements.intro")}</p>
            {fewer}
        </div></div>
        {lists}
        <h2 class="govuk-heading-m">{form.text("boxes.rest_heading")}</h2>
        <p>{form.text("boxes.rest")}</p>
        <div class="govuk-button-group">
            <button type="button" class="govuk-button" on:click=move |_| form.dispatch(Event::Continued)>
                {form.text("continue")}
            </button>
            <button type="button" class="govuk-button govuk-button--secondary"
                on:click=move |_| form.dispatch(Event::MarkedNotDiscussed)>
                {form.text("boxes.mark")}
            </button>
        </div>
        {tasks::to_list(form)}
    }
    .into_any()
}

fn line(form: Form, id: &str, domain: &str) -> Option<AnyView> {
    let words = form.standards(|standards| standards.framework.element(id).cloned())?;
    if words.domain != domain {
        return None;
    }
    let outcome = form.outcome.get_untracked()?;
    let (status, given) = form.peek_answers(|answers| {
        let problems = form.standards(|s| check_with(answers, Stage::Submit, clock::today(), s, &outcome));
        let given = answers.elements.get(id).map(|element| element.status.clone()).unwrap_or_default();
        (section_status(answers, &problems, &format!("elements.{id}")), given)
    });
    let tag = match (status, given.as_str()) {
        (SectionStatus::Completed, "not_discussed" | "no_concern") => {
            view! { <span class="ca-status ca-status--skipped">{form.text(&format!("status.{given}"))}</span> }.into_any()
        }
        (status, _) => tasks::status_tag(form, status),
    };
    let status_id = format!("{id}-status");
    let place = Place::Element(id.to_owned());
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        form.dispatch(Event::Went(place.clone()));
    };
    Some(
        view! {
            <li class="govuk-task-list__item govuk-task-list__item--with-link">
                <div class="govuk-task-list__name-and-hint">
                    <a class="govuk-link govuk-task-list__link" href="#" aria-describedby=status_id.clone() on:click=go>
                        {words.label}
                    </a>
                </div>
                <div class="govuk-task-list__status" id=status_id>{tag}</div>
            </li>
        }
        .into_any(),
    )
}
