//! Who is signed in, and signing out, where people sign in on this site. In the demo, and in a portal that signs its people
//! in itself, nothing is shown.

use assessment_api::session::NotSignedIn;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{SignIn, redrawn};
use crate::form::use_form;
use crate::io::sign_in::{self, Account as Known, SignedIn};
use crate::io::signed_in;
use crate::state::Event;

/// The id of the whole.
const ACCOUNT: &str = "account";

/// What became of pressing "Sign out".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    NotAsked,
    Failed,
    Done,
}

#[component]
pub(crate) fn Account(
    /// Why somebody has just come back from the sign-in page without being signed in.
    why_not: Option<NotSignedIn>,
) -> impl IntoView {
    let form = use_form();
    let known = RwSignal::new(Known::Unknown);
    let leaving = RwSignal::new(Leaving::NotAsked);
    let Some(api) = form.own_api() else { return ().into_any() };
    let asked = api.clone();
    let person = Memo::new(move |_| form.with(|state| state.person.clone()));
    // Somebody may sign in or out in another window.
    Effect::new(move |_| {
        let _ = person.get();
        let asked = asked.clone();
        spawn_local(async move {
            let found = sign_in::account(&asked).await;
            // The page may be another one by now. What is the same is not drawn again: the focus may be in it.
            if known.try_get_untracked().is_some_and(|before| before != found) {
                known.set(found);
            }
        });
    });
    let leave = move |_| {
        let api = api.clone();
        spawn_local(async move {
            if sign_in::sign_out(&api).await {
                let _ = (leaving.try_set(Leaving::Done), known.try_set(Known::Nobody));
                // Other windows notice, and lock.
                signed_in::forget();
                form.dispatch(Event::PersonKnown(None));
                // The button is gone.
                form.focus(ACCOUNT);
            } else {
                let _ = leaving.try_set(Leaving::Failed);
                form.announce(&form.text("account.failed"));
            }
        });
    };
    redrawn(move || {
        let content = match known.get() {
            Known::Unknown | Known::Everybody => return ().into_any(),
            Known::Nobody => {
                let (text, link) = match (leaving.get(), why_not) {
                    (Leaving::Done, _) => ("account.left", "account.sign_in"),
                    (_, Some(why)) => (why_in_words(why), "sign_in.again"),
                    (_, None) => ("account.nobody", "account.sign_in"),
                };
                view! {
                    <div class="govuk-inset-text" role=why_not.map(|_| "alert")>
                        <p>{form.text(text)}</p>
                        <SignIn text=link/>
                    </div>
                }
                .into_any()
            }
            Known::Somebody(SignedIn { name, organisation, .. }) => {
                let text =
                    form.filled("account.somebody", &[("name", &name), ("organisation", &organisation)]);
                let failed = (leaving.get() == Leaving::Failed).then(|| {
                    view! { <p class="govuk-error-message">{form.text("account.failed")}</p> }
                });
                view! {
                    {failed}
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

/// The wording key.
fn why_in_words(why: NotSignedIn) -> &'static str {
    match why {
        NotSignedIn::NoAccess => "sign_in.no_access",
        NotSignedIn::Disabled => "sign_in.disabled",
        NotSignedIn::Refused => "sign_in.refused",
    }
}
