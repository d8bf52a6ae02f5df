//! The task list: sections in any order, each with how far it is.

use assessment_engine::sections::{elements, sections};
use assessment_engine::validation::{Stage, check_with};
use assessment_form::Answer;

use super::{back, heading, link};
use crate::components::error_summary;
use crate::dom::{El, View, anchor, el, nothing, p};
use crate::form::Form;
use crate::io::clock;
use crate::state::{Event, Place, SectionStatus, section_status};

pub(super) fn tasks(form: Form) -> View {
    let danger = form.peek_answers(|answers| !answers.danger_now.is_empty());
    let danger = if danger { SectionStatus::Completed } else { SectionStatus::NotStarted };
    let danger =
        line(form, "danger", form.text("record.danger_now"), None, Place::Danger, status_tag(form, danger));
    let hint = form.text("tasks.check_hint");
    let check = line(form, "check", form.text("title.check"), Some(hint), Place::Check, nothing());
    View::from(back(form, Place::Start))
        .and(heading("govuk-heading-l", form.text("tasks.heading")))
        .and(form.say("p", "", "tasks.about"))
        .and(el("ul").class("govuk-task-list").add(danger).add(lines(form)).add(check))
        .and(error_summary::way_back(form))
}

fn lines(form: Form) -> Vec<El> {
    let Some(outcome) = form.peek_outcome() else { return Vec::new() };
    form.peek_answers(|answers| {
        let problems = check_with(answers, Stage::Submit, clock::today(), form.standards(), &outcome);
        let talked = |id: &&str| answers.elements.get(id).is_some_and(|element| !element.node().is_blank());
        let done = elements().iter().filter(|id| talked(id)).count().to_string();
        sections()
            .into_iter()
            .map(|name| {
                let status = status_tag(form, section_status(answers, &problems, name));
                let title = form.text(&format!("section.{name}"));
                if name == "elements" {
                    let hint = form.filled("tasks.boxes", &[("done", &done)]);
                    line(form, name, title, Some(&hint), Place::Boxes, status)
                } else {
                    line(form, name, title, None, Place::Section(name.to_owned()), status)
                }
            })
            .collect()
    })
}

/// One line of a task list.
pub(super) fn line(form: Form, id: &str, name: &str, hint: Option<&str>, place: Place, status: View) -> El {
    let (status_id, hint_id) = (format!("{id}-status"), format!("{id}-hint"));
    let described = if hint.is_some() { format!("{hint_id} {status_id}") } else { status_id.clone() };
    let go = move || form.dispatch(Event::Went(place.clone()));
    let name = anchor("govuk-link govuk-task-list__link", name, go).attr("aria-describedby", &described);
    let hint = hint.map(|hint| p("div", "govuk-task-list__hint", hint).attr("id", &hint_id));
    el("li")
        .class("govuk-task-list__item govuk-task-list__item--with-link")
        .add(el("div").class("govuk-task-list__name-and-hint").add(name).add(hint))
        .add(el("div").class("govuk-task-list__status").attr("id", &status_id).add(status))
}

/// How far something is, in words and a mark.
pub(super) fn status_tag(form: Form, status: SectionStatus) -> View {
    let problems;
    let (modifier, text) = match status {
        SectionStatus::NotStarted => ("todo", form.text("status.not_started")),
        SectionStatus::Started => ("started", form.text("status.started")),
        SectionStatus::Problems(1) => ("problem", form.text("status.problem")),
        SectionStatus::Problems(count) => {
            problems = form.filled("status.problems", &[("count", &count.to_string())]);
            ("problem", problems.as_str())
        }
        SectionStatus::Completed => ("done", form.text("status.completed")),
        SectionStatus::Optional => ("todo", form.text("status.optional")),
    };
    p("span", &format!("ca-status ca-status--{modifier}"), text).into()
}

/// The way back to the list, at the end of a page.
pub(super) fn to_list(form: Form) -> View {
    let text = form.text("back.tasks");
    let list = el("p").class("ca-no-print").add(link(form, "govuk-link", Place::Tasks, text));
    View::from(error_summary::way_back(form)).and(list)
}
