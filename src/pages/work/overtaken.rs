//! The way on where someone else has sent a version while this one was written. Nothing of theirs is put in by itself: only a
//! person can tell what is right.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Work, use_work, versions};
use crate::components::redrawn;
use crate::state::work::Failure;
use crate::state::{Event, Focus};

#[component]
pub(super) fn Overtaken() -> impl IntoView {
    let work = use_work();
    let failed = RwSignal::new(None::<&'static str>);
    let follow = move |_| {
        spawn_local(async move {
            match newest(work).await {
                // Another record may be open by now.
                Ok(_) if failed.is_disposed() => (),
                Ok(version) => {
                    work.form.dispatch(Event::FollowsVersion(version));
                    work.form.focus_on(Focus::Heading);
                }
                Err(failure) => {
                    let _ = failed.try_set(Some(failure.key()));
                }
            }
        });
    };
    view! {
        <p>{work.text("work.overtaken")}</p>
        {redrawn(move || failed.get().map(|key| {
            view! { <p class="govuk-error-message" role="alert">{work.text(key)}</p> }.into_any()
        }))}
        <button part="button" type="button" class="govuk-button govuk-button--secondary ca-no-print" on:click=follow>
            {work.text("work.overtaken.follow")}
        </button>
    }
}

/// The id of the newest version of the open record's episode.
async fn newest(work: Work) -> Result<String, Failure> {
    let link = work.form.peek(|state| state.record.as_ref().and_then(|record| record.episode.clone()));
    let link = link.ok_or(Failure::NotFound)?;
    let list = versions(&work.asking(Some(&link.id)), &link.id).await?;
    list.versions.into_iter().next_back().map(|version| version.id).ok_or(Failure::NotFound)
}
