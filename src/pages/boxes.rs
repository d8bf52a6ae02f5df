//! The list of the 19 boxes, by domain, each with how far it is.

use assessment_engine::sections::asked_elements;
use assessment_engine::validation::{Problem, Stage, check_with};

use super::{back, column, heading, tasks};
use crate::dom::{El, View, el, p};
use crate::form::Form;
use crate::io::clock;
use crate::state::{Event, Place, SectionStatus, section_status};

pub(super) fn boxes(form: Form) -> View {
    let today = clock::today();
    let asked = form.peek_answers(|answers| asked_elements(answers, today, &form.standards().pack));
    let problems = form.peek_outcome().map(|outcome| {
        form.peek_answers(|answers| check_with(answers, Stage::Submit, today, form.standards(), &outcome))
    });
    let problems = problems.unwrap_or_default();
    let fewer = (asked.len() < 19).then(|| {
        p("p", "govuk-inset-text", &form.filled("boxes.unborn", &[("count", &asked.len().to_string())]))
    });
    let domains = &form.standards().framework.domains;
    let lists: View = domains
        .iter()
        .map(|domain| {
            let lines: Vec<El> =
                asked.iter().filter_map(|id| line(form, id, &domain.id, &problems)).collect();
            View::from(p("h2", "govuk-heading-m", &domain.label))
                .and(el("ul").class("govuk-task-list").add(lines))
        })
        .collect();
    let mark = move || form.dispatch(Event::MarkedNotDiscussed);
    let go = move || form.dispatch(Event::Continued);
    View::from(back(form, Place::Tasks))
        .and(heading("govuk-heading-l", form.text("section.elements")))
        .and(column(form.maybe_text("section.elements.intro").map(|intro| p("p", "", intro))))
        .and(fewer)
        .and(lists)
        .and(form.say("h2", "govuk-heading-m", "boxes.rest_heading"))
        .and(form.say("p", "", "boxes.rest"))
        .and(
            el("div").class("govuk-button-group").add(form.button("govuk-button", "continue", go)).add(
                form.can_change()
                    .then(|| form.button("govuk-button govuk-button--secondary", "boxes.mark", mark)),
            ),
        )
        .and(tasks::to_list(form))
}

fn line(form: Form, id: &str, domain: &str, problems: &[Problem]) -> Option<El> {
    let words = form.standards().framework.element(id)?;
    if words.domain != domain {
        return None;
    }
    let (status, given) = form.peek_answers(|answers| {
        let given = answers.elements.get(id).map(|element| element.status.clone()).unwrap_or_default();
        (section_status(answers, problems, &format!("elements.{id}")), given)
    });
    let tag = match (status, given.as_str()) {
        (SectionStatus::Completed, "not_discussed" | "no_concern") => {
            form.say("span", "ca-status ca-status--skipped", &format!("status.{given}")).into()
        }
        (status, _) => tasks::status_tag(form, status),
    };
    Some(tasks::line(form, id, &words.label, None, Place::Element(id.to_owned()), tag))
}
