//! What is said where a portal signs its people in and could not. Nothing of the portal's answer is shown.

use leptos::prelude::*;

use super::redrawn;
use crate::form::use_form;

/// On every page, until a token comes.
#[component]
pub(crate) fn PortalNotice() -> impl IntoView {
    let form = use_form();
    let is_refused = Memo::new(move |_| form.with(|state| state.no_token));
    redrawn(move || {
        is_refused.get().then(|| {
            view! {
                <div class="govuk-inset-text ca-no-print" role="alert">
                    <p>{form.text("portal.no_token")}</p>
                    <button
                        type="button"
                        class="govuk-button govuk-button--secondary"
                        on:click=move |_| form.ask_portal()
                    >
                        {form.text("later.again")}
                    </button>
                </div>
            }
            .into_any()
        })
    })
}
