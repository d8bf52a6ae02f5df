//! "There is a problem": every problem of the page, in the order of the page, each a link to its field. Where there are
//! many, on the page from which the record is sent, they are grouped by section.

use assessment_engine::validation::Problem;

use crate::dom::{El, View, anchor, el};
use crate::form::Form;
use crate::pages::details;
use crate::state::{Event, Focus, Place};

/// The most problems that are listed without groups.
const MOST_IN_ONE_LIST: usize = 10;

/// The summary, where there are problems to show.
pub(crate) fn error_summary(form: Form) -> Option<El> {
    let problems: Vec<Problem> = form.peek(|state| state.problems_here().cloned().collect());
    if problems.is_empty() {
        return None;
    }
    let is_all = form.peek(|state| state.place == Place::Check);
    let content = if is_all && problems.len() > MOST_IN_ONE_LIST {
        let section =
            |problem: &Problem| problem.path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let groups = problems.chunk_by(|one, next| section(one) == section(next));
        groups
            .map(|group| details(&title(form, &section(&group[0]), group.len()), list(form, group)))
            .collect()
    } else {
        View::from(list(form, &problems))
    };
    let alert = el("div")
        .attr("role", "alert")
        .add(form.say("h2", "govuk-error-summary__title", "error.heading"))
        .add(el("div").class("govuk-error-summary__body").add(content));
    Some(el("div").class("govuk-error-summary").attr("tabindex", "-1").add(alert))
}

fn title(form: Form, section: &str, count: usize) -> String {
    let key = if section == "danger_now" { "title.danger".to_owned() } else { format!("section.{section}") };
    form.filled("error.count", &[("section", form.text(&key)), ("count", &count.to_string())])
}

fn list(form: Form, problems: &[Problem]) -> El {
    let item = |problem: &Problem| {
        let (text, path) = (form.problem_with_place(problem), problem.path.clone());
        el("li").add(anchor("", &text, move || form.change(&path)))
    };
    el("ul").class("govuk-list govuk-error-summary__list").add(problems.iter().map(item).collect::<Vec<_>>())
}

/// The way back to the problems of the whole record, from a page on which some of them are mended.
pub(crate) fn way_back(form: Form) -> Option<El> {
    let some =
        form.peek(|state| state.problems_of_all && !state.problems.is_empty() && state.place != Place::Check);
    let go = move || {
        form.dispatch(Event::Went(Place::Check));
        form.focus_on(Focus::Summary);
    };
    some.then(|| el("p").class("ca-no-print").add(anchor("govuk-link", form.text("error.back"), go)))
}
