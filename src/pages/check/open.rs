//! What is still open before the record can be sent, with a link to each; and, in one line, what is not recorded.

use assessment_engine::validation::Problem;
use leptos::prelude::*;

use crate::components::{ProblemLink, problems_in_words, redrawn};
use crate::form::{Form, use_form};
use crate::pages::gaps;
use crate::state::Record;

#[component]
pub(super) fn Open() -> impl IntoView {
    let form = use_form();
    let problems = Memo::new(move |_| form.problems_of_submission());
    // What sending found is in the error summary above, with the same links.
    let is_said_above = Memo::new(move |_| form.with(|state| !state.problems.is_empty()));
    let is_open = Memo::new(move |_| form.with(|state| state.record.as_ref().is_some_and(Record::is_open)));
    let left = Memo::new(move |_| {
        let is_choice = |problem: &&Problem| problem.path.starts_with("sharing.");
        // What is chosen on this page is asked beside the button.
        problems.read().iter().filter(|problem| !is_choice(problem)).cloned().collect::<Vec<_>>()
    });
    let rest = Memo::new(move |_| gaps::found(form));
    redrawn(move || {
        if !is_open.get() || is_said_above.get() {
            return None;
        }
        let links = left.with(|left| {
            if left.is_empty() {
                return view! { <p>{form.text("check.open.done")}</p> }.into_any();
            }
            view! {
                <p>{form.text("check.open.about")}</p>
                <ul class="govuk-list govuk-list--bullet ca-open__list">{links(form, left)}</ul>
            }
            .into_any()
        });
        let rest = rest.with(|rest| {
            (!rest.is_empty()).then(|| {
                let text = format!("{} {}", gaps::summary(form, rest), form.text("check.open.rest"));
                view! { <p>{text}</p> }.into_any()
            })
        });
        Some(
            view! {
                <section class="ca-open" aria-labelledby="open">
                    <h2 class="govuk-heading-m" id="open">{form.text("check.open")}</h2>
                    {links}
                    {rest}
                </section>
            }
            .into_any(),
        )
    })
}

fn links(form: Form, problems: &[Problem]) -> AnyView {
    let links = problems_in_words(form, problems).into_iter().map(|(text, problem)| {
        view! {
            <li>
                <ProblemLink problem text/>
            </li>
        }
        .into_any()
    });
    links.collect_view().into_any()
}
