//! A link to a question from wherever it is spoken of, named by what it asks.

use leptos::prelude::*;

use super::Follow;
use crate::form::use_form;
use crate::state::Page;

/// A link to the question at a path. Where the record can no longer be changed, or was never opened, its name alone.
#[component]
pub(crate) fn QuestionLink(path: String) -> impl IntoView {
    let form = use_form();
    let standards = form.standards();
    let path = form.asked_here(&path).map_or(path.clone(), str::to_owned);
    let name = form.peek_answers(|answers| {
        answers.find(&path).map(|found| form.words().asked(&found, &standards)).unwrap_or_default()
    });
    if form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open())) {
        let page = Page::of_path(&path);
        let beside = move || form.open_beside(page.clone(), None);
        view! { <Follow class="govuk-link" beside follow=move || form.change(&path)>{name}</Follow> }
            .into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    }
}
