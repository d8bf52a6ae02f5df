//! A run of questions under its sub-heading, folded while nothing in it is answered, needed or wrong. It opens by itself and
//! never closes by itself: nothing may vanish while somebody types.

use assessment_engine::answers::Question;
use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{is_shown, join};
use crate::components::Claims;
use crate::form::{Form, use_form};

#[component]
pub(super) fn Fold(
    stem: String,
    group_key: &'static str,
    run: &'static [Question],
    title: String,
    children: Children,
) -> impl IntoView {
    let form = use_form();
    let paths = StoredValue::new(run.iter().map(|question| join(&stem, question.name)).collect::<Vec<_>>());
    let is_drawn = Memo::new(move |_| {
        paths.with_value(|paths| {
            paths.iter().zip(run).any(|(path, question)| is_shown(form, group_key, path, question))
        })
    });
    let is_open = RwSignal::new(is_needed(form, paths));
    let reasons =
        Memo::new(move |_| paths.with_value(|paths| (is_answered(form, paths), is_wrong(form, paths))));
    Effect::new(move |_| {
        let (is_answered, is_wrong) = reasons.get();
        if is_answered || is_wrong {
            is_open.set(true);
        }
    });
    let toggled = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(details) = details {
            is_open.set(details.has_attribute("open"));
        }
    };
    view! {
        <details class="ca-fold" prop:open=is_open hidden=move || !is_drawn.get() on:toggle=toggled>
            <summary class="ca-fold__summary">
                <h2 class="ca-fold__heading">{title}</h2>
            </summary>
            // What is explained in here cannot be seen from outside.
            <Provider value=Claims::new()>
                <div class="ca-run">{children()}</div>
            </Provider>
        </details>
    }
}

fn is_answered(form: Form, paths: &[String]) -> bool {
    form.answers(|answers| paths.iter().any(|path| answers.node(path).is_some_and(|node| !node.is_blank())))
}

fn is_wrong(form: Form, paths: &[String]) -> bool {
    form.with(|state| state.problems.iter().any(|problem| is_in(&problem.path, paths)))
}

/// Whether an answer in it would be missing if the record were sent now. Decided when the page is drawn.
fn is_needed(form: Form, paths: StoredValue<Vec<String>>) -> bool {
    let problems = untrack(|| form.problems_of_submission());
    paths.with_value(|paths| problems.iter().any(|problem| is_in(&problem.path, paths)))
}

fn is_in(path: &str, paths: &[String]) -> bool {
    let is_below = |stem: &String| {
        path.strip_prefix(stem.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    paths.iter().any(is_below)
}
