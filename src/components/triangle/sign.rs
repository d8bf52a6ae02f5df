//! The signs of an element: a shape for each state, never told by colour alone, and its words.

use assessment_engine::triangle::ElementState;
use leptos::prelude::*;

use crate::form::{Form, use_form};

/// The outline of a sign around its middle, 18 wide, and what is drawn into it.
fn drawn(code: &str) -> (&'static str, &'static str) {
    const CIRCLE: &str = "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0Z";
    const SQUARE: &str = "M-8-8H8V8H-8Z";
    const TRIANGLE: &str = "M0-10L10 8H-10Z";
    match code {
        "strength" => (CIRCLE, "M-5 0H5M0-5V5"),
        "need" => (SQUARE, "M-4-3H4M-4 3H4"),
        "worry" => (TRIANGLE, "M0-4V2M0 4.5V6"),
        "unsure" => (TRIANGLE, "M-2.5-1C-2.5-4.5 2.5-4 2-1C1.8 0.5 0 0.5 0 2.5M0 4.5V6"),
        "no_concern" => (CIRCLE, "M-4 0L-1 4L5-4"),
        "recorded" => (CIRCLE, "M-4-2H4M-4 2H1"),
        "not_discussed" => (SQUARE, "M-4 0H4"),
        _ => (CIRCLE, ""),
    }
}

/// One sign, around the point 0 0 of what it is in.
#[component]
pub(super) fn Sign(code: &'static str) -> impl IntoView {
    let (shape, inside) = drawn(code);
    view! {
        <path class=format!("ca-sign__shape ca-sign__shape--{code}") d=shape/>
        <path class=format!("ca-sign__inside ca-sign__inside--{code}") d=inside/>
    }
}

/// The signs of an element beside their words.
#[component]
pub(crate) fn SignIcons(state: ElementState) -> impl IntoView {
    let signs = state.signs().into_iter().map(|code| {
        view! {
            <svg class="ca-sign" viewBox="-11 -11 22 22" aria-hidden="true"><Sign code/></svg>
        }
        .into_any()
    });
    view! {
        <span class="ca-signs">
            {signs.collect_view()}
            <span>{signs_in_words(use_form(), &state)}</span>
        </span>
    }
}

/// The same in words: `Strength, need`.
pub(crate) fn signs_in_words(form: Form, state: &ElementState) -> String {
    let words = state.signs().into_iter().enumerate().map(|(at, code)| {
        let text = form.text(&format!("triangle.{code}"));
        if at == 0 { text } else { assessment_wording::uncapitalised(&text) }
    });
    words.collect::<Vec<_>>().join(", ")
}
