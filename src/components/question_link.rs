//! A link to a question from wherever it is spoken of, named by what it asks.

use leptos::prelude::*;

use super::Follow;
use crate::form::{Form, use_form};

/// A link to the question at a path. Where the record can no longer be changed, or was never opened, its name alone.
#[component]
pub(crate) fn QuestionLink(path: String) -> impl IntoView {
    let form = use_form();
    let name = question_name(form, &path);
    if form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open())) {
        view! { <Follow class="govuk-link" follow=move || form.change(&path)>{name}</Follow> }.into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    }
}

/// What a path asks, in words: an indicator, an element or a question.
pub(crate) fn question_name(form: Form, path: &str) -> String {
    let standards = form.standards();
    form.peek_answers(|answers| {
        let Some(found) = answers.find(path) else { return String::new() };
        let indicator = found.indicator.as_ref().and_then(|id| standards.pack.indicator(id));
        match indicator {
            Some(indicator) => indicator.text.clone(),
            None => {
                let words = form.words();
                words.label(&found.key(), found.question.kind, found.question.name, &standards).to_owned()
            }
        }
    })
}
