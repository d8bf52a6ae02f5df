//! What is not in the form for social care although it is somewhere: parts of the record that could not be read, and answers
//! to another version of the form. What is left out by a decision is `document`'s.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::material::VERSION;
use crate::components::{Details, redrawn};
use crate::pages::work::Work;
use crate::state::team::referral::{kept_under, kept_whole, of_another_version};

/// What could not be read, and so is not in the form.
pub(super) fn unread(work: Work, keys: &[&'static str], again: Callback<()>) -> Option<AnyView> {
    let parts = keys.iter().map(|key| view! { <li>{work.text(key)}</li> }.into_any()).collect::<Vec<_>>();
    // Without the assessment nobody can tell whether an address is protected.
    let address = keys
        .contains(&VERSION)
        .then(|| view! { <p>{work.text("team.referral.unread.address")}</p> }.into_any());
    (!parts.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text ca-no-print" role="alert">
                <p>{work.text("team.referral.unread")}</p>
                <ul class="govuk-list govuk-list--bullet">{parts}</ul>
                <p>{work.text("team.referral.unread.about")}</p>
                {address}
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    on:click=move |_| again.run(())
                >
                    {work.text("later.again")}
                </button>
            </div>
        }
        .into_any()
    })
}

/// What the device keeps of the answers to another version of the form: it is shown as it is, and not read as if it were of
/// this one.
pub(super) fn older(work: Work, episode: String) -> AnyView {
    let texts = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        let mut kept = work.kept_under(&kept_under(&episode)).await;
        kept.extend(work.kept_under(&kept_whole(&episode)).await);
        let _ = texts.try_set(of_another_version(&episode, kept));
    });
    redrawn(move || {
        let texts = texts.get();
        (!texts.is_empty()).then(|| {
            let texts =
                texts.into_iter().map(|text| view! { <p class="ca-typed" dir="auto">{text}</p> }.into_any());
            let texts: Vec<_> = texts.collect();
            view! {
                <Details summary=work.text("team.referral.older")>
                    <p>{work.text("team.referral.older.about")}</p>
                    {texts}
                </Details>
            }
            .into_any()
        })
    })
}
