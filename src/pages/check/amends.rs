//! That the record belongs to one that was sent, and why: it corrects it or follows it. The link leads there. Where someone
//! else has sent a version meanwhile, this one can follow that.

use assessment_api::episode::VersionList;
use assessment_api::path;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{PageLink, redrawn};
use crate::form::{Form, use_form};
use crate::io::records_client::Asking;
use crate::state::work::Failure;
use crate::state::{Event, Focus, NotSent, Page, SIGN_IN};

#[component]
pub(super) fn Amends() -> impl IntoView {
    let form = use_form();
    let link = Memo::new(move |_| {
        form.with(|state| state.record.as_ref().and_then(|record| record.episode.clone()))
    });
    let is_overtaken = Memo::new(move |_| {
        form.with(|state| matches!(&state.not_sent, Some(NotSent::Rejected(why)) if why.status == 409))
    });
    redrawn(move || {
        let link = link.get().filter(|_| !form.with_family.get())?;
        let said = form.filled("check.amends", &[("reason", &link.reason)]);
        let overtaken = is_overtaken.get().then(|| view! { <Overtaken id=link.id.clone()/> }.into_any());
        Some(
            view! {
                <div class="govuk-inset-text">
                    <p dir="auto">{said}</p>
                    <p class="ca-no-print">
                        <PageLink class="govuk-link" page=Page::Work(format!("episode.{}", link.id))>
                            {form.text("check.amends.open")}
                        </PageLink>
                    </p>
                    {overtaken}
                </div>
            }
            .into_any(),
        )
    })
}

/// The way on where someone else was quicker. Nothing of theirs is put in by itself: only a person can tell what is right.
#[component]
fn Overtaken(id: String) -> impl IntoView {
    let form = use_form();
    let failed = RwSignal::new(None::<&'static str>);
    let follow = move |_| {
        let at = format!("{}/versions", path::episode(&id));
        spawn_local(async move {
            match newest(form, &at).await {
                Ok(version) => {
                    form.dispatch(Event::FollowsVersion(version));
                    form.focus_on(Focus::Heading);
                }
                Err(failure) => {
                    let _ = failed.try_set(Some(match failure {
                        Failure::Offline => "submit.offline",
                        Failure::SignIn => SIGN_IN,
                        _ => "submit.not_allowed",
                    }));
                }
            }
        });
    };
    view! {
        <p>{form.text("check.amends.overtaken")}</p>
        {redrawn(move || failed.get().map(|key| {
            view! { <p class="govuk-error-message" role="alert">{form.text(key)}</p> }.into_any()
        }))}
        <button type="button" class="govuk-button govuk-button--secondary ca-no-print" on:click=follow>
            {form.text("check.amends.follow")}
        </button>
    }
}

/// The id of the newest version.
async fn newest(form: Form, at: &str) -> Result<String, Failure> {
    let versions: VersionList = Asking { api: form.api(), reason: None }.get(at).await?.read()?;
    versions.versions.into_iter().next_back().map(|version| version.id).ok_or(Failure::NotFound)
}
