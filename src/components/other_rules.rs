//! What every page says when the rules and telephone numbers may be another authority's.

use leptos::prelude::*;

use crate::form::use_form;

#[component]
pub(crate) fn OtherRules() -> impl IntoView {
    let form = use_form();
    form.are_rules_others.then(|| {
        view! { <p class="govuk-inset-text ca-other-rules"><strong>{form.text("rules.refused")}</strong></p> }.into_any()
    })
}
