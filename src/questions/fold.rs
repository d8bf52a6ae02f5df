//! A run of questions under its sub-heading, folded while nothing in it is answered, needed or wrong. It opens by itself and
//! never closes by itself: nothing may vanish while somebody types.

use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{Questionnaire, use_questionnaire};
use crate::components::Claims;

#[component]
pub(super) fn Fold(
    /// The paths of its questions.
    paths: Vec<String>,
    /// When each of them is on the page.
    shown: Vec<Option<Memo<bool>>>,
    title: String,
    children: Children,
) -> impl IntoView {
    let asking = use_questionnaire();
    let paths = StoredValue::new(paths);
    let is_drawn = Memo::new(move |_| shown.iter().any(|shown| shown.is_none_or(|shown| shown.get())));
    let is_open = RwSignal::new(is_needed(asking, paths));
    let reasons =
        Memo::new(move |_| paths.with_value(|paths| (is_answered(asking, paths), is_wrong(asking, paths))));
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

fn is_answered(asking: Questionnaire, paths: &[String]) -> bool {
    paths.iter().any(|path| !asking.asks().is_blank(path))
}

fn is_wrong(asking: Questionnaire, paths: &[String]) -> bool {
    asking.problems.read().iter().any(|problem| is_in(&problem.path, paths))
}

/// Whether an answer in it would be missing if the record were sent now. Decided when the page is drawn.
fn is_needed(asking: Questionnaire, paths: StoredValue<Vec<String>>) -> bool {
    let problems = untrack(|| asking.asks().problems_at_the_end());
    paths.with_value(|paths| problems.iter().any(|problem| is_in(&problem.path, paths)))
}

fn is_in(path: &str, paths: &[String]) -> bool {
    let is_below = |stem: &String| {
        path.strip_prefix(stem.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    paths.iter().any(is_below)
}
