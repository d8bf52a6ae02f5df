//! "There is a problem": every problem of the page, in the order of the page, each a link to its field.

use crate::dom::{El, anchor, el};
use crate::form::Form;

/// The summary, where there are problems to show.
pub(crate) fn error_summary(form: Form) -> Option<El> {
    let problems = form.peek(|state| state.problems.clone());
    if problems.is_empty() {
        return None;
    }
    let items: Vec<El> = problems
        .into_iter()
        .map(|problem| {
            let text = form.problem_with_place(&problem);
            el("li").add(anchor("", &text, move || form.change(&problem.path)))
        })
        .collect();
    let body = el("div")
        .class("govuk-error-summary__body")
        .add(el("ul").class("govuk-list govuk-error-summary__list").add(items));
    let alert = el("div")
        .attr("role", "alert")
        .add(form.say("h2", "govuk-error-summary__title", "error.heading"))
        .add(body);
    Some(el("div").class("govuk-error-summary").attr("tabindex", "-1").add(alert))
}
