//! The task list: sections in any order, each with how far it is.

use assessment_engine::sections::{elements, sections};
use assessment_engine::validation::{Stage, check_with};
use leptos::prelude::*;

use super::{back, link};
use crate::form::Form;
use crate::io::clock;
use crate::state::{Place, SectionStatus, section_status};

pub(super) fn tasks(form: Form) -> AnyView {
    let items = lines(form).into_iter().map(|line| item(form, line)).collect_view();
    let danger = form.peek_answers(|answers| answers.danger_now.clone());
    let danger_label = form
        .standards(|standards| standards.lists.find("yes_no_unsure", &danger).map(|code| code.label.clone()));
    view! {
        {back(form, Place::Start)}
        <h1 class="govuk-heading-l" tabindex="-1">{form.text("tasks.heading")}</h1>
        <p>{form.text("tasks.about")}</p>
        <ul class="govuk-task-list">
            {item(form, Line {
                id: "danger".to_owned(),
                name: form.text("record.danger_now"),
                hint: None,
                place: Place::Danger,
                status: if danger_label.is_some() { SectionStatus::Completed } else { SectionStatus::NotStarted },
            })}
            {items}
            {item(form, Line {
                id: "check".to_owned(),
                name: form.text("title.check"),
                hint: Some(form.text("tasks.check_hint")),
                place: Place::Check,
                status: SectionStatus::Optional,
            })}
        </ul>
    }
    .into_any()
}

struct Line {
    id: String,
    name: String,
    hint: Option<String>,
    place: Place,
    status: SectionStatus,
}

fn lines(form: Form) -> Vec<Line> {
    let Some(outcome) = form.outcome.get_untracked() else { return Vec::new() };
    form.peek_answers(|answers| {
        form.standards(|standards| {
            let problems = check_with(answers, Stage::Submit, clock::today(), standards, &outcome);
            sections()
                .into_iter()
                .map(|name| {
                    let done = elements()
                        .into_iter()
                        .filter(|id| {
                            answers.elements.get(id).is_some_and(|element| *element != Default::default())
                        })
                        .count();
                    let (place, hint) = if name == "elements" {
                        let hint = form.filled("tasks.boxes", &[("done", &done.to_string())]);
                        (Place::Boxes, Some(hint))
                    } else {
                        (Place::Section(name.to_owned()), None)
                    };
                    Line {
                        id: name.to_owned(),
                        name: form.text(&format!("section.{name}")),
                        hint,
                        place,
                        status: section_status(answers, &problems, name),
                    }
                })
                .collect()
        })
    })
}

fn item(form: Form, line: Line) -> AnyView {
    let (status, hint_id) = (format!("{}-status", line.id), format!("{}-hint", line.id));
    let described = if line.hint.is_some() { format!("{hint_id} {status}") } else { status.clone() };
    let go = {
        let place = line.place.clone();
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            form.dispatch(crate::state::Event::Went(place.clone()));
        }
    };
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href="#" aria-describedby=described on:click=go>{line.name}</a>
                {line.hint.map(|hint| view! { <div class="govuk-task-list__hint" id=hint_id>{hint}</div> })}
            </div>
            <div class="govuk-task-list__status" id=status>{status_tag(form, line.status)}</div>
        </li>
    }
    .into_any()
}

/// How far something is, in words and a mark.
pub(super) fn status_tag(form: Form, status: SectionStatus) -> AnyView {
    let (class, text) = match status {
        SectionStatus::NotStarted => ("ca-status ca-status--todo", form.text("status.not_started")),
        SectionStatus::Started => ("ca-status ca-status--started", form.text("status.started")),
        SectionStatus::Problems(1) => ("ca-status ca-status--problem", form.text("status.problem")),
        SectionStatus::Problems(count) => {
            let text = form.filled("status.problems", &[("count", &count.to_string())]);
            ("ca-status ca-status--problem", text)
        }
        SectionStatus::Completed => ("ca-status ca-status--done", form.text("status.completed")),
        SectionStatus::Optional => return ().into_any(),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// Used by pages that end with the way back to the list.
pub(super) fn to_list(form: Form) -> impl IntoView {
    let text = form.text("back.tasks");
    view! { <p class="ca-no-print">{link(form, "govuk-link", Place::Tasks, text)}</p> }
}
