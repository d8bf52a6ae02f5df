//! The link to the sign-in page, where people sign in on this site.

use leptos::prelude::*;

use crate::form::use_form;
use crate::io::signed_in;

#[component]
pub(crate) fn SignIn(
    /// The wording key of the link.
    text: &'static str,
    /// Whether it opens in another window, because this one has words that are nowhere else.
    #[prop(optional)]
    beside: bool,
    /// Whether the open record, which waits, is sent when they come back.
    #[prop(optional)]
    sends: bool,
) -> impl IntoView {
    let form = use_form();
    // What is in this page only would be gone with it.
    let target = (beside || !form.is_on_device()).then_some("_blank");
    let follow = move |_| signed_in::follow(form.record_id().filter(|_| sends).as_deref());
    form.sign_in_address().map(|address| {
        view! {
            <p>
                <a class="govuk-link ca-sign-in" href=address target=target on:click=follow>
                    {form.text(text)}
                </a>
            </p>
        }
    })
}
