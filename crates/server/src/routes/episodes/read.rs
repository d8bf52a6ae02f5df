//! `GET /api/v1/episodes/{id}`: whose it is, its state, who holds it. No answer.

use assessment_api::{
    episode::{Deed, EpisodeRecord},
    episode_change::{ClosureShown, ExcludedShown, ReferralShown},
    path,
    problem::ProblemDetails,
};
use assessment_people::{
    access::{About, Action, Liveness, Sections},
    episode::{Episode, Excluded, State, Step},
    who::{Reason, Stamp},
};
use axum::{
    Json,
    extract::{self, Path},
    http::header::ETAG,
    response::{IntoResponse as _, Response},
};

use super::{AccessReason, episode_id, erase::or_erased, protection, shown};
use crate::{
    clock,
    episodes::{Asking, Open, open},
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
        (status = 503, description = "Cannot read now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
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
    let may = may(&open, &asking, reason.given());
    let excluded = excluded(&mut open, &asking, &may).await?;
    let closure = closure(&mut open, &asking).await?;
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
        referral: referral(episode).filter(|_| {
            let reads = [Action::ReadReferral, Action::AnswerReferral];
            reads.into_iter().any(|action| open.may_also(action, reason.given(), asking.now))
        }),
        may: may.into_iter().map(|action| action.code().to_owned()).collect(),
        closure,
        excluded,
    };
    let revision = etag(open.stored.revision);
    open.close(&asking, reason.given()).await?;
    Ok(([(ETAG, revision)], Json(record)).into_response())
}

/// What they may do with it now. An answer needs a referral that waits for one.
fn may(open: &Open, asking: &Asking, reason: Option<&Reason>) -> Vec<Action> {
    let referral = open.stored.state.episode.state().referral();
    let waits = referral.is_some_and(|referral| referral.accepted.is_none());
    let all = Action::ALL.iter().copied().filter(|action| action.about() == About::Episode);
    let possible = all.filter(|action| *action != Action::AnswerReferral || waits);
    possible.filter(|action| open.may_also(*action, reason, asking.now)).collect()
}

/// The last referral since the episode was opened, with its answer.
fn referral(episode: &Episode) -> Option<ReferralShown> {
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
                });
            }
            (Step::ReferralAccepted, Some(referral)) => {
                (referral.answer, referral.answered_at) = (Some("accepted".to_owned()), Some(at));
            }
            (Step::ReferralNotAccepted, Some(referral)) => {
                (referral.answer, referral.answered_at) = (Some("not_accepted".to_owned()), Some(at));
            }
            (Step::Reopened { .. }, _) => found = None,
            _ => {}
        }
    }
    found
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
        closed: Deed {
            name: open.episodes().name_of(&asking.asker, &closed.by.subject).await?,
            organisation: closed.by.organisation.code().to_owned(),
            at: written(&closed),
        },
    }))
}

fn written(stamp: &Stamp) -> String {
    clock::written(clock::from_microseconds(stamp.at.microseconds()))
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
