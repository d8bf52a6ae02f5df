//! The last block of a document: what its short words and local terms mean, once each.

use leptos::prelude::*;

use crate::form::use_form;

#[component]
pub(super) fn ShortWords(#[prop(into)] text: String) -> impl IntoView {
    let form = use_form();
    let words = form.words();
    let lines = words.terms().found_in(&text).into_iter().filter_map(|index| words.terms().get(index));
    let lines = lines.map(|term| {
        view! {
            <div class="ca-output__line">
                <dt class="ca-output__label">{term.name.clone()}</dt>
                <dd class="ca-output__value">{term.meaning.clone()}</dd>
            </div>
        }
        .into_any()
    });
    let lines: Vec<AnyView> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="govuk-heading-m">{form.text("terms.heading")}</h3>
            <dl class="ca-output__lines">{lines}</dl>
        }
        .into_any()
    })
}
