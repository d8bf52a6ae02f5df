//! The link to the sign-in page, where people sign in on this site.

use leptos::prelude::*;

use crate::form::use_form;

#[component]
pub(crate) fn SignIn(
    /// The wording key of the link.
    text: &'static str,
) -> impl IntoView {
    let form = use_form();
    form.sign_in_address().map(|address| {
        view! { <p><a class="govuk-link ca-sign-in" href=address>{form.text(text)}</a></p> }
    })
}
