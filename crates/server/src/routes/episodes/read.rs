//! `GET /api/v1/episodes/{id}`: whose it is, its state, who holds it. No answer.

use assessment_api::{
    episode::{Deed, EpisodeRecord, OpenItemShown},
    episode_change::{
        ClosureShown, EpisodeMergeShown, ExcludedShown, HandoverShown, ReferralClockShown, ReferralShown,
        TransferShown, WrittenShown,
    },
    path,
    problem::ProblemDetails,
};
use assessment_people::{
    access::{About, Action, Liveness, Sections},
    episode::{Episode, Excluded, Ground, Item, Referral, State, Step, UNDO_DAYS},
    protection::Protection,
    who::{Reason, Stamp},
};
use assessment_team::{RecordKind, clocks::ClockCode};
use axum::{
    Json,
    extract::{self, Path},
    http::header::ETAG,
    response::{IntoResponse as _, Response},
};

use jiff::Timestamp;

use super::{
    AccessReason, episode_id, erase::or_erased, name, named, protection, settled_shown, shown,
    shown_to_family,
};
use crate::{
    clock,
    episodes::{Asking, Open, Written, is_family, open},
    error::ApiError,
    respond::etag,
    state::AppState,
};

/// Open an episode
#[utoipa::path(
    get,
    operation_id = "read_episode",
    path = path::EPISODE,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "`ETag` is its revision.", body = EpisodeRecord),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "A reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 410, description = "It was erased; only for those who may know it.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    extract::State(state): extract::State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Response, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let id = episode_id(&id)?;
    let mut open = match open(&*state.store, &asking, Action::ReadEpisode, id, reason.given()).await {
        Ok(open) => open,
        Err(refused) => return Err(or_erased(&state, &asking, id, refused).await?),
    };
    let may = may(&mut open, &asking, reason.given(), state.front_door.is_some()).await?;
    let known_may = may.clone();
    let excluded = excluded(&mut open, &asking, &may).await?;
    let closure = closure(&mut open, &asking).await?;
    let merged = merged(&mut open, &asking, reason.given()).await?;
    let lists = may.contains(&Action::ListVersions);
    let transfer = transfer(&mut open, &asking).await?;
    let handover = handover(&mut open, &asking).await?;
    let still_open = still_open(&mut open, &asking, &may).await?;
    let form = written_form(&mut open, &asking).await?;
    let episode = &open.stored.state.episode;
    let mine = open.principal.grants.iter().any(|grant| {
        grant.terms().episode == episode.id() && grant.liveness(&open.principal, asking.now) == Liveness::Live
    });
    let shared_with = episode.state().stage().basis().map(|basis| &basis.shared_with);
    let record = EpisodeRecord {
        id: episode.id().to_string(),
        shown: shown(&open.stored, mine),
        child: episode.child().to_string(),
        protection: protection(open.stored.state.protection),
        shared_with: shared_with.into_iter().flatten().map(|one| one.code().to_owned()).collect(),
        referred_to: episode.state().referral().map(|referral| referral.to.code().to_owned()),
        opened_at: episode.history().first().map_or_else(String::new, |first| written(&first.stamp)),
        sections: open.sight.sections().numbers().collect(),
        referral: referral(episode, form, &state, asking.at).filter(|_| {
            let reads = [Action::ReadReferral, Action::AnswerReferral];
            reads.into_iter().any(|action| open.may_also(action, reason.given(), asking.now))
        }),
        may: may.into_iter().map(|action| action.code().to_owned()).collect(),
        stage: name(episode.state().stage().name()),
        transfer,
        handover,
        closure,
        excluded,
        merged,
        still_open,
        to_look_at: episode.to_look_at().filter(|_| lists).map(|id| id.to_string()).collect(),
    };
    let record = match is_family(|action| known_may.contains(&action)) {
        true => EpisodeRecord {
            shown: shown_to_family(&open.stored, mine),
            protection: protection(Protection::Ordinary),
            shared_with: Vec::new(),
            referred_to: None,
            transfer: None,
            handover: None,
            closure: None,
            merged: None,
            ..record
        },
        false => record,
    };
    let revision = etag(open.stored.revision);
    open.close(&asking, reason.given()).await?;
    Ok(([(ETAG, revision)], Json(record)).into_response())
}

/// What is open, for those who may close it. What it is about only where they see that section.
async fn still_open(
    open: &mut Open,
    asking: &Asking,
    may: &[Action],
) -> Result<Vec<OpenItemShown>, ApiError> {
    if ![Action::Close, Action::FinishTransfer].iter().any(|action| may.contains(action)) {
        return Ok(Vec::new());
    }
    let seen = open.sight.sections();
    let items = open.still_open(asking).await?;
    let shown = items.into_iter().map(|one| {
        let section = match one.item {
            Item::Meeting(_) => RecordKind::Meeting.section(),
            Item::Action(_) | Item::Clock(_) => RecordKind::Plan.section(),
        };
        let (kind, id) = named(&one.item);
        OpenItemShown { kind, id, about: one.about.filter(|_| seen.contains(section)) }
    });
    Ok(shown.collect())
}

/// What they may do with it now: what the rules allow, and its state does not refuse.
async fn may(
    open: &mut Open,
    asking: &Asking,
    reason: Option<&Reason>,
    knows_front_door: bool,
) -> Result<Vec<Action>, ApiError> {
    let state = open.stored.state.episode.state();
    let all = Action::ALL.iter().copied().filter(|action| action.about() == About::Episode);
    let possible = all.filter(|action| is_possible(*action, state, knows_front_door));
    let mut may: Vec<Action> = possible.filter(|action| open.may_also(*action, reason, asking.now)).collect();
    if open.may_with_child(asking, Action::ReadFamily, reason).await? {
        may.push(Action::ReadFamily);
    }
    Ok(may)
}

/// Whether it follows from the state, where that says more than that the episode is open.
fn is_possible(action: Action, state: &State, knows_front_door: bool) -> bool {
    match action {
        Action::Refer => match state {
            State::Open(_) | State::Transferring { referral: None, .. } => knows_front_door,
            _ => false,
        },
        // Said once, or taken back.
        Action::WriteReferral | Action::AnswerReferral => state.referral().is_some_and(Referral::waits),
        Action::StepUp => matches!(state, State::Referred { referral, .. } if !referral.waits()),
        Action::StepDown => matches!(state, State::SteppedUp { .. }),
        Action::BeginTransfer => matches!(state, State::Open(_) | State::Referred { .. }),
        Action::CancelTransfer | Action::FinishTransfer => matches!(state, State::Transferring { .. }),
        _ => true,
    }
}

/// The last referral since the episode was opened, with its answer.
fn referral(
    episode: &Episode,
    written_form: Option<WrittenShown>,
    state: &AppState,
    now: Timestamp,
) -> Option<ReferralShown> {
    let mut found = None::<ReferralShown>;
    for happened in episode.history() {
        let at = written(&happened.stamp);
        match (&happened.step, &mut found) {
            (Step::Referred { to }, _) => {
                found = Some(ReferralShown {
                    to: to.code().to_owned(),
                    sent_at: at,
                    answer: None,
                    answered_at: None,
                    written: written_form.clone(),
                    clock: Some(referral_clock(&happened.stamp, written_form.is_some(), state, now)),
                });
            }
            (Step::ReferralAccepted, Some(referral)) => {
                (referral.answer, referral.answered_at) = (Some("accepted".to_owned()), Some(at));
                referral.clock = None;
            }
            (Step::ReferralNotAccepted, Some(referral)) => {
                (referral.answer, referral.answered_at) = (Some("not_accepted".to_owned()), Some(at));
                referral.clock = None;
            }
            (Step::Reopened { .. }, _) => found = None,
            _ => {}
        }
    }
    found
}

/// What is known of the written form of the referral that waits.
async fn written_form(open: &mut Open, asking: &Asking) -> Result<Option<WrittenShown>, ApiError> {
    Ok(match open.written(asking).await? {
        None => None,
        Some(Written::Sent { by, noted }) => {
            Some(WrittenShown { by: by.code().to_owned(), noted: deed(open, asking, &noted).await? })
        }
        Some(Written::OpenedHere { name, organisation, at }) => Some(WrittenShown {
            by: "opened_here".to_owned(),
            noted: Deed { name, organisation, at: clock::written(at) },
        }),
    })
}

/// What runs while it waits.
fn referral_clock(sent: &Stamp, is_written: bool, state: &AppState, now: Timestamp) -> ReferralClockShown {
    let asked = clock::moment_in_england(clock::from_microseconds(sent.at.microseconds()));
    let now = clock::moment_in_england(now);
    let timescales = state.evaluator.clock_rules().timescales;
    let runs = timescales.referral(asked, state.evaluator.bank_holidays());
    let is = |clock, deadline| timescales.urgency(clock, deadline, now).code().to_owned();
    ReferralClockShown {
        write_by: runs.write.by.to_string(),
        write_is: if is_written { "done".to_owned() } else { is(ClockCode::ReferralWritten, &runs.write) },
        answer_by: runs.answer.by.to_string(),
        answer_is: is(ClockCode::ReferralAnswer, &runs.answer),
        chase_by: runs.chase.by.to_string(),
        now: runs.help(now).code().to_owned(),
    }
}

/// To which council it is offered.
async fn transfer(open: &mut Open, asking: &Asking) -> Result<Option<TransferShown>, ApiError> {
    let State::Transferring { transfer, .. } = open.stored.state.episode.state().clone() else {
        return Ok(None);
    };
    if open.sight.sections() == Sections::NONE {
        return Ok(None);
    }
    let lawful_reason = match transfer.ground {
        Ground::Agreed => None,
        Ground::WithoutAgreement { code, .. } => Some(code),
    };
    let begun = deed(open, asking, &transfer.begun).await?;
    Ok(Some(TransferShown { to: transfer.to.name().to_owned(), lawful_reason, begun }))
}

/// What social care handed over last, since the episode was opened. Its words may tell of any section.
async fn handover(open: &mut Open, asking: &Asking) -> Result<Option<HandoverShown>, ApiError> {
    if !Sections::ASSESSMENT.within(open.sight.sections()) {
        return Ok(None);
    }
    let history = open.stored.state.episode.history().iter().rev();
    let since = history.take_while(|one| !matches!(one.step, Step::Reopened { .. }));
    let found = since.cloned().find_map(|one| match one.step {
        Step::SteppedDown { handover } => Some((handover, one.stamp)),
        _ => None,
    });
    let Some((handover, stamp)) = found else { return Ok(None) };
    Ok(Some(HandoverShown {
        why: handover.why.words().to_owned(),
        still_needed: handover.still_needed.words().to_owned(),
        stepped_down: deed(open, asking, &stamp).await?,
    }))
}

async fn deed(open: &mut Open, asking: &Asking, stamp: &Stamp) -> Result<Deed, ApiError> {
    Ok(Deed {
        name: open.episodes().name_of(&asking.asker, &stamp.by.subject).await?,
        organisation: stamp.by.organisation.code().to_owned(),
        at: written(stamp),
    })
}

/// How it ended. Its words may tell of any section.
async fn closure(open: &mut Open, asking: &Asking) -> Result<Option<ClosureShown>, ApiError> {
    let seen = open.sight.sections();
    let State::Closed { closure, closed, .. } = open.stored.state.episode.state().clone() else {
        return Ok(None);
    };
    if seen == Sections::NONE {
        return Ok(None);
    }
    let words = |reason: Option<&Reason>| {
        reason.filter(|_| Sections::ASSESSMENT.within(seen)).map(|reason| reason.words().to_owned())
    };
    Ok(Some(ClosureShown {
        reason: closure.reason().code().to_owned(),
        words: words(closure.words()),
        why_safe: words(closure.risk_check().map(|check| &check.why_safe)),
        closed: deed(open, asking, &closed).await?,
        settled: closure.settled().iter().map(settled_shown).collect(),
    }))
}

/// That it is part of another one; which, if they may know of that.
async fn merged(
    open: &mut Open,
    asking: &Asking,
    reason: Option<&Reason>,
) -> Result<Option<EpisodeMergeShown>, ApiError> {
    let State::Merged { into, merged, .. } = open.stored.state.episode.state().clone() else {
        return Ok(None);
    };
    let other = open.episodes().find(&asking.asker, into).await?;
    let is_known = other.is_some_and(|other| open.may_know_of(&other, reason, asking.now));
    let until = clock::date_in_england(clock::moment(merged.at.plus_days(UNDO_DAYS)));
    Ok(Some(EpisodeMergeShown {
        into: is_known.then(|| into.to_string()),
        can_be_undone_until: until.to_string(),
        merged: Deed {
            name: open.episodes().name_of(&asking.asker, &merged.by.subject).await?,
            organisation: merged.by.organisation.code().to_owned(),
            at: written(&merged),
        },
    }))
}

fn written(stamp: &Stamp) -> String {
    clock::written(clock::moment(stamp.at))
}

/// Who must not be told, for those who may change that.
async fn excluded(
    open: &mut Open,
    asking: &Asking,
    may: &[Action],
) -> Result<Option<Vec<ExcludedShown>>, ApiError> {
    if ![Action::Exclude, Action::LiftExclusion].iter().any(|action| may.contains(action)) {
        return Ok(None);
    }
    let mut shown = Vec::new();
    for one in open.stored.state.episode.excluded().clone() {
        shown.push(match one {
            Excluded::Organisation(organisation) => ExcludedShown {
                issuer: None,
                subject: None,
                name: None,
                organisation: Some(organisation.code().to_owned()),
            },
            Excluded::Person(subject) => ExcludedShown {
                issuer: Some(subject.issuer().to_owned()),
                subject: Some(subject.sub().to_owned()),
                name: open.episodes().name_of(&asking.asker, &subject).await?,
                organisation: None,
            },
        });
    }
    Ok(Some(shown))
}
