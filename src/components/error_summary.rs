//! "There is a problem": every problem of the page, in the order of the page, each a link to its field.

use leptos::prelude::*;

use crate::form::Form;

/// The summary, where there are problems to show.
pub(crate) fn error_summary(form: Form) -> Option<AnyView> {
    let problems = form.peek(|state| state.problems.clone());
    if problems.is_empty() {
        return None;
    }
    let items = problems
        .into_iter()
        .map(|problem| {
            let text = form.problem(&problem);
            let path = problem.path;
            let go = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                form.change(&path);
            };
            view! { <li><a href="#" on:click=go>{text}</a></li> }
        })
        .collect_view();
    Some(
        view! {
            <div class="govuk-error-summary" tabindex="-1">
                <div role="alert">
                    <h2 class="govuk-error-summary__title">{form.text("error.heading")}</h2>
                    <div class="govuk-error-summary__body">
                        <ul class="govuk-list govuk-error-summary__list">{items}</ul>
                    </div>
                </div>
            </div>
        }
        .into_any(),
    )
}
