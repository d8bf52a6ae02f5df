//! Who is signed in, and signing out, where people sign in on this site. In the demo, and in a portal that signs its people
//! in itself, nothing is shown.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{SignIn, redrawn};
use crate::form::use_form;
use crate::io::sign_in::{self, Account as Known};

/// The id of the line.
const ACCOUNT: &str = "account";

#[component]
pub(crate) fn Account() -> impl IntoView {
    let form = use_form();
    let known = RwSignal::new(Known::Unknown);
    let has_left = RwSignal::new(false);
    let Some(api) = form.api() else { return ().into_any() };
    let asked = api.clone();
    spawn_local(async move {
        // The page may be another one by now.
        let _ = known.try_set(sign_in::account(&asked).await);
    });
    let leave = move |_| {
        let api = api.clone();
        spawn_local(async move {
            let left = sign_in::sign_out(&api).await;
            if !left {
                return form.announce(&form.text("own.failed"));
            }
            let _ = (has_left.try_set(true), known.try_set(Known::Nobody));
            // The button is gone.
            form.focus(ACCOUNT);
        });
    };
    redrawn(move || {
        let content = match known.get() {
            Known::Unknown => return ().into_any(),
            Known::Nobody => {
                let text = if has_left.get() { "account.left" } else { "account.nobody" };
                view! {
                    <p>{form.text(text)}</p>
                    <SignIn text="account.sign_in"/>
                }
                .into_any()
            }
            Known::Somebody { name, organisation } => {
                let text =
                    form.filled("account.somebody", &[("name", &name), ("organisation", &organisation)]);
                view! {
                    <p>
                        {text} " "
                        <button type="button" class="ca-press" id="account.sign_out" on:click=leave.clone()>
                            {form.text("account.sign_out")}
                        </button>
                    </p>
                }
                .into_any()
            }
        };
        view! { <div id=ACCOUNT tabindex="-1" class="ca-no-print">{content}</div> }.into_any()
    })
    .into_any()
}
