//! Something that opens.

use leptos::context::Provider;
use leptos::prelude::*;

use super::Claims;

#[component]
pub(crate) fn Details(
    #[prop(into)] summary: String,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            // What is explained in here cannot be seen from outside.
            <Provider value=Claims::new()>
                <div class="govuk-details__text">{children()}</div>
            </Provider>
        </details>
    }
}
