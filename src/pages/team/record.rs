//! A page with one record of the team: what is said about saving, what two people wrote at once, the questions, and
//! completing it. What only a plan, a meeting or a review has is in a file of each.

use std::sync::Arc;

use assessment_api::team::Completed;
use assessment_team::RecordKind;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::asked::{answer, asked};
use super::super::work::fields::{self, LongText};
use super::super::work::list::child;
use super::super::work::{Work, use_work};
use super::kept_versions::KeptVersions;
use super::lines::Lines;
use super::lists::page_of;
use super::loaded::{Loaded, load};
use super::open::{At, Open};
use super::words::by;
use super::{meeting, plan, review};
use crate::components::{Follow, SignIn, redrawn};
use crate::io::records_client::Follows;
use crate::questions::{Asks, Questions};
use crate::state::team::saving::Said;
use crate::state::work::after::may;
use crate::state::work::{Failure, WorkPage};
use crate::state::{Focus, Page};
use assessment_people::access::Action;

/// The id of the error summary, where the focus goes.
pub(super) const SUMMARY: &str = "team.problems";
/// The id of the reason for a correction.
const REASON: &str = "team.correct";

#[component]
pub(super) fn Record(at: At) -> impl IntoView {
    let work = use_work();
    // Rises when the record was completed, after which it is read again.
    let round = RwSignal::new(0_u32);
    let said = RwSignal::new(None::<String>);
    let done = Callback::new(move |key: &'static str| {
        let text = work.text(key);
        work.form.announce(&text);
        said.set(Some(text));
        round.update(|round| *round += 1);
        work.form.focus_on(Focus::Heading);
    });
    view! {
        {redrawn(move || said.get().map(|text| view! { <p class="govuk-inset-text">{text}</p> }.into_any()))}
        {redrawn(move || {
            round.track();
            let (episode, here) = (at.episode.clone(), at.clone());
            let ask = {
                let at = at.clone();
                move || {
                    let at = at.clone();
                    answer(async move { load(work, at).await })
                }
            };
            asked(work, Some(episode), ask, move |loaded| found(work, here.clone(), loaded, done))
        })}
    }
}

fn found(work: Work, at: At, loaded: Loaded, done: Callback<&'static str>) -> AnyView {
    let Ok(lists) = assessment_team::lists(&work.form.standards()) else { return ().into_any() };
    let kind = at.kind;
    let open = Open::begin(work, at, &loaded, Arc::new(lists));
    // The controls below ask this record.
    provide_context(open.questionnaire());
    let name = child(work, &loaded.episode.shown);
    let own = match kind {
        RecordKind::Plan => plan::offered(open, &loaded),
        RecordKind::Meeting => meeting::beside(open, &loaded),
        RecordKind::Review => review::before(open, &loaded),
    };
    let is_done = Memo::new(move |_| open.is_completed_as_it_is());
    let completed = loaded.summary.as_ref().and_then(|summary| summary.completed.as_ref());
    let may_complete = open.may_write()
        && may(&loaded.episode, Action::CompleteTeamRecord)
        && (completed.is_none() || kind == RecordKind::Plan);
    let completed = completed.map(|deed| {
        let text = work.filled(&format!("team.{}.completed", kind.code()), &[("who", &by(work, Some(deed)))]);
        // Minutes and reviews are corrected with a reason, which says so.
        let since = (kind == RecordKind::Plan).then(|| {
            redrawn(move || {
                (!is_done.get()).then(|| view! { <p>{work.text("team.plan.since")}</p> }.into_any())
            })
        });
        view! {
            <div class="govuk-inset-text">
                <p>{text}</p>
                {since}
            </div>
        }
        .into_any()
    });
    let part = (!loaded.seen.left_out.is_empty()).then(|| {
        let key = if open.may_write() { "team.part" } else { "team.part.read" };
        view! { <p class="govuk-inset-text">{work.text(key)}</p> }.into_any()
    });
    let body = match open.may_write() {
        false => view! { <Lines open/> }.into_any(),
        true if open.is_finished.get_value() => view! { <Correct open/> }.into_any(),
        true => editor(open),
    };
    view! {
        <h2 class="govuk-heading-m"><bdi>{name}</bdi></h2>
        {completed}
        {part}
        {super::left::left(work, loaded.left.clone())}
        {super::left::elsewhere(open, loaded.elsewhere)}
        <SavedLine open/>
        <KeptVersions open/>
        <Problems open/>
        {own}
        {body}
        {may_complete.then(|| redrawn(move || {
            (!is_done.get()).then(|| view! { <Complete open done/> }.into_any())
        }))}
    }
    .into_any()
}

/// The questions.
fn editor(open: Open) -> AnyView {
    match open.at.with_value(|at| at.kind) {
        RecordKind::Review => review::questions(),
        RecordKind::Plan | RecordKind::Meeting => view! { <Questions stem=""/> }.into_any(),
    }
}

/// A completed record: its answers, and on request the questions, once somebody has said what was wrong.
#[component]
fn Correct(open: Open) -> impl IntoView {
    let work = open.work;
    let is_correcting = RwSignal::new(false);
    redrawn(move || {
        if !is_correcting.get() {
            let press = move |_| {
                is_correcting.set(true);
                work.form.focus(REASON);
            };
            return view! {
                <Lines open/>
                <button part="button" type="button" class="govuk-button govuk-button--secondary ca-no-print" on:click=press>
                    {work.text("team.correct")}
                </button>
            }
            .into_any();
        }
        view! {
            <LongText
                id=REASON
                label=work.text("team.correct.reason")
                hint=work.text("team.correct.reason.hint")
                value=open.reason
                error=Signal::derive(|| None::<String>)
            />
            {editor(open)}
        }
        .into_any()
    })
}

/// Whether everything is on the server. What is not is said within two seconds.
#[component]
fn SavedLine(open: Open) -> impl IntoView {
    let work = open.work;
    let said = Memo::new(move |_| open.saving().with(|saving| saving.said().clone()));
    Effect::new(move |_| {
        if let Said::NotSaved(since) = said.get() {
            work.form.announce(&work.filled("team.not_saved", &[("time", &since)]));
        }
    });
    redrawn(move || match said.get() {
        Said::Nothing => ().into_any(),
        Said::Saving => view! { <p class="ca-team-saved">{work.text("team.saving")}</p> }.into_any(),
        Said::Saved(time) => {
            let text = work.filled("team.saved", &[("time", &time)]);
            view! { <p class="ca-team-saved">{text}</p> }.into_any()
        }
        Said::NotSaved(since) => {
            let failure = open.failure.get();
            let why = failure.map(|failure| view! { <p>{work.text(failure.key())}</p> }.into_any());
            // In another window: this one has words that are nowhere else.
            let sign_in = (failure == Some(Failure::SignIn))
                .then(|| view! { <SignIn text="sign_in.again" beside=true/> }.into_any());
            view! {
                <div class="govuk-inset-text ca-team-saved ca-team-saved--not">
                    <p><strong>{work.filled("team.not_saved", &[("time", &since)])}</strong></p>
                    <p>{work.text("team.not_saved.kept")}</p>
                    {why}
                    {sign_in}
                </div>
            }
            .into_any()
        }
    })
}

/// What stops the record from being completed, each a link to its question.
#[component]
fn Problems(open: Open) -> impl IntoView {
    let work = open.work;
    redrawn(move || {
        let problems = open.problems().get();
        (!problems.is_empty()).then(|| {
            let items = problems.into_iter().map(|problem| {
                let part = open.peek(|record| super::words::part(work, record, &problem.path));
                let text = [part, Some(Asks::problem(&open, &problem))];
                let text = text.into_iter().flatten().collect::<Vec<_>>().join(": ");
                let id = match problem.code.date_part() {
                    Some(part) if part != "day" => format!("{}.{part}", problem.path),
                    _ => problem.path.clone(),
                };
                view! { <li><Follow follow=move || work.form.focus(&id)>{text}</Follow></li> }.into_any()
            });
            error_summary(work, items.collect())
        })
    })
}

/// The box above everything that says what is wrong.
pub(super) fn error_summary(work: Work, items: Vec<AnyView>) -> AnyView {
    fields::error_summary(work.form, SUMMARY, items)
}

/// Completes the record, once nothing stops it and everything is on the server.
#[component]
fn Complete(open: Open, done: Callback<&'static str>) -> impl IntoView {
    let work = open.work;
    let kind = open.at.with_value(|at| at.kind);
    let failed = RwSignal::new(None::<&'static str>);
    let is_sending = RwSignal::new(false);
    let send = Callback::new(move |()| {
        if is_sending.get_untracked() {
            return;
        }
        is_sending.set(true);
        let (at, revision) = (open.at.get_value(), open.revision());
        let asking = work.asking(Some(&at.episode));
        spawn_local(async move {
            let path = format!("{}/completion", at.path());
            let revision = format!("\"{revision}\"");
            let body = None::<&()>;
            let sent = asking.change(Method::POST, &path, body, Follows::Revision(&revision)).await;
            is_sending.try_set(false);
            match sent {
                Ok(reply) => {
                    let _: Option<Completed> = reply.read().ok();
                    let key = match at.kind {
                        RecordKind::Plan => "team.plan.done",
                        RecordKind::Meeting => "team.meeting.done",
                        RecordKind::Review => "team.review.done",
                    };
                    match open.taken.try_get_untracked().flatten() {
                        // It has another number than this page, which is somebody else's record.
                        Some(_) => {
                            work.form.announce(&work.text(key));
                            let page = page_of(at.kind, &at.episode, at.number);
                            work.form.go(Page::Work(WorkPage::Together(page).to_string()));
                        }
                        None => {
                            done.try_run(key);
                        }
                    }
                }
                Err(refused) => {
                    let problems = super::refused(refused.details);
                    if problems.is_empty() {
                        failed.try_set(Some(refused.failure.key()));
                    } else if open.problems().try_set(problems).is_none() {
                        work.form.focus(SUMMARY);
                    }
                }
            }
        });
    });
    // The last words go first.
    let waits = RwSignal::new(false);
    Effect::new(move |_| {
        if !waits.get() {
            return;
        }
        if open.failure.get().is_some() || !open.kept.read().is_empty() {
            waits.set(false);
            failed.set(Some("team.complete.not_saved"));
        } else if open.is_all_saved() {
            waits.set(false);
            send.run(());
        }
    });
    let press = move |_| {
        failed.set(None);
        let problems = untrack(|| open.problems_now());
        let is_wrong = !problems.is_empty();
        open.problems().set(problems);
        if is_wrong {
            return work.form.focus(SUMMARY);
        }
        open.save();
        waits.set(true);
    };
    let refusal = redrawn(move || {
        let text = work.text(failed.get()?);
        Some(view! { <p class="govuk-inset-text" role="alert">{text}</p> }.into_any())
    });
    view! {
        {refusal}
        <p>{work.text(&format!("team.{}.complete.about", kind.code()))}</p>
        <button
            part="button"
            type="button"
            class="govuk-button ca-no-print"
            aria-disabled=move || (is_sending.get() || waits.get()).then_some("true")
            on:click=press
        >
            {work.text(&format!("team.{}.complete", kind.code()))}
        </button>
    }
}
