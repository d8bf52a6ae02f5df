//! What was sent to social care, to read and print as it was sent; and taking back that the written form was sent.

use assessment_api::episode::EpisodeRecord;
use assessment_api::episode_change::NotWritten;
use assessment_api::path::REFERRAL_NOT_WRITTEN;
use assessment_api::referral::SentReferral;
use assessment_people::access::Action;
use assessment_people::episode::SentBy;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::lines;
use crate::components::{Details, redrawn};
use crate::io::records_client::Follows;
use crate::pages::team::pictures::print;
use crate::pages::team::words::by;
use crate::pages::work::Work;
use crate::pages::work::fields::LongText;
use crate::state::work::Failure;
use crate::state::work::after::may;

/// The id of the reason for taking it back.
const REASON: &str = "team.referral.not_written";

/// Everything that was sent, the newest in full.
pub(super) fn sent(work: Work, all: Vec<SentReferral>) -> AnyView {
    let each = all.into_iter().enumerate().map(|(place, one)| {
        let values = [("to", &*one.to), ("who", &*by(work, Some(&one.sent)))];
        let heading = work.filled("team.referral.sent_to", &values);
        let body = match one.document {
            None => view! { <p>{work.text("team.referral.not_yours")}</p> }.into_any(),
            Some(document) => view! {
                <article class="ca-output" aria-label=heading.clone()>
                    <p class="ca-output__made">{heading.clone()}</p>
                    {lines(document)}
                    <p>{work.form.text("outputs.not_everything")}</p>
                </article>
            }
            .into_any(),
        };
        if place == 0 {
            view! { <p>{heading}</p> {print(work)} {body} }.into_any()
        } else {
            view! { <Details summary=heading>{body}</Details> }.into_any()
        }
    });
    let each: Vec<AnyView> = each.collect();
    (!each.is_empty())
        .then(|| {
            view! {
                <h2 class="govuk-heading-m">{work.text("team.referral.sent")}</h2>
                {each}
            }
            .into_any()
        })
        .into_any()
}

/// Takes back that the written form was sent, where somebody said so and it is not known to be there.
pub(super) fn taking_back(
    work: Work,
    record: &EpisodeRecord,
    revision: String,
    done: Callback<&'static str>,
) -> AnyView {
    let written = record.referral.as_ref().and_then(|referral| referral.written.clone());
    let said = written.filter(|written| SentBy::parse(&written.by).is_some());
    let Some(said) = said.filter(|_| may(record, Action::WriteReferral)) else { return ().into_any() };
    let id = StoredValue::new(record.id.clone());
    let revision = StoredValue::new(revision);
    let name = StoredValue::new(format!("referral.{}.not_written", record.id));
    let reason = work.field(&name.get_value());
    let (is_missing, failed) = (RwSignal::new(false), RwSignal::new(None::<&'static str>));
    let is_sending = RwSignal::new(false);
    // Whether an answer was lost: what was asked for may be done.
    let is_lost = StoredValue::new(false);
    // Where it is read again, what was typed is in view.
    let is_typed = reason.with_untracked(|reason| !reason.is_empty());
    let error =
        Signal::derive(move || is_missing.get().then(|| work.text("team.referral.not_written.needed")));
    let press = move |_| {
        // A second press while the first is on its way is not a second change.
        if is_sending.get_untracked() {
            return;
        }
        failed.set(None);
        let given = reason.with_untracked(|reason| reason.trim().to_owned());
        is_missing.set(given.is_empty());
        if given.is_empty() {
            return work.form.focus(REASON);
        }
        is_sending.set(true);
        let typed = work.sending(&name.get_value());
        let asking = work.asking(Some(&id.get_value()));
        let path = REFERRAL_NOT_WRITTEN.replace("{id}", &id.get_value());
        spawn_local(async move {
            let body = NotWritten { reason: given };
            let follows = revision.try_get_value().unwrap_or_default();
            match asking.change(Method::POST, &path, Some(&body), Follows::Revision(&follows)).await {
                Ok(_) => {
                    typed.taken();
                    done.try_run("team.referral.not_written.done");
                }
                // The reason stays; everything else is read again.
                Err(refused) if refused.failure == Failure::Changed => {
                    let may_be_done = is_lost.try_get_value().unwrap_or_default();
                    let [changed, maybe] =
                        ["team.referral.not_written.changed", "team.referral.not_written.maybe"];
                    done.try_run(if may_be_done { maybe } else { changed });
                }
                Err(refused) => {
                    let _ = is_sending.try_set(false);
                    if matches!(refused.failure, Failure::Offline | Failure::Trouble) {
                        let _ = is_lost.try_set_value(true);
                    }
                    let _ = failed.try_set(Some(refused.failure.key()));
                }
            }
        });
    };
    let how = work.code("work.fact.written.", &said.by);
    view! {
        <section class="ca-no-print">
            <h2 class="govuk-heading-m">{work.text("team.referral.written")}</h2>
            <p>{[how, by(work, Some(&said.noted))].join(" ")}</p>
            <Details summary=work.text("team.referral.not_written.open") open=is_typed>
                <LongText
                    id=REASON
                    label=work.text("team.referral.not_written")
                    hint=work.text("team.referral.not_written.hint")
                    value=reason
                    error
                />
                {redrawn(move || failed.get().map(|key| view! {
                    <p class="govuk-inset-text" role="alert">{work.text(key)}</p>
                }.into_any()))}
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    aria-disabled=move || is_sending.get().then_some("true")
                    on:click=press
                >
                    {work.text("team.referral.not_written.save")}
                </button>
            </Details>
        </section>
    }
    .into_any()
}
