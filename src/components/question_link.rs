//! A link to a question from wherever it is spoken of, named by what it asks.

use assessment_engine::validation::Problem;
use leptos::prelude::*;

use super::Follow;
use crate::form::use_form;
use crate::state::Page;

/// A link that leads to the question at a path, to change its answer.
#[component]
pub(crate) fn ChangeLink(
    #[prop(default = "govuk-link")] class: &'static str,
    #[prop(into)] path: String,
    children: Children,
) -> impl IntoView {
    let form = use_form();
    let page = Page::of_path(&path);
    let beside = move || form.open_beside(page.clone(), None);
    view! { <Follow class beside follow=move || form.change(&path)>{children()}</Follow> }
}

/// A link from what is wrong to where it is put right: the part of the question that is at fault.
#[component]
pub(crate) fn ProblemLink(
    #[prop(default = "govuk-link")] class: &'static str,
    problem: Problem,
    text: String,
) -> impl IntoView {
    let form = use_form();
    let page = Page::of_path(&problem.path);
    let beside = move || form.open_beside(page.clone(), None);
    view! { <Follow class beside follow=move || form.put_right(&problem)>{text}</Follow> }
}

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
        view! { <ChangeLink path>{name}</ChangeLink> }.into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    }
}
