//! `GET /api/v1/episodes/{id}`: whose it is, its state, who holds it. No answer.

use assessment_api::{episode::EpisodeRecord, episode_change::ExcludedShown, path, problem::ProblemDetails};
use assessment_people::{
    access::{Action, Liveness},
    episode::Excluded,
};
use axum::{
    Json,
    extract::{Path, State},
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
    State(state): State<AppState>,
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
    let excluded = excluded(&mut open, &asking).await?;
    let episode = &open.stored.state.episode;
    let mine = open.principal.grants.iter().any(|grant| {
        grant.terms().episode == episode.id() && grant.liveness(&open.principal, asking.now) == Liveness::Live
    });
    let at = |us| clock::written(clock::from_microseconds(us));
    let shared_with = episode.state().stage().basis().map(|basis| &basis.shared_with);
    let record = EpisodeRecord {
        id: episode.id().to_string(),
        shown: shown(&open.stored, mine),
        child: episode.child().to_string(),
        protection: protection(open.stored.state.protection),
        shared_with: shared_with.into_iter().flatten().map(|one| one.code().to_owned()).collect(),
        referred_to: episode.state().referral().map(|referral| referral.to.code().to_owned()),
        opened_at: episode
            .history()
            .first()
            .map_or_else(String::new, |first| at(first.stamp.at.microseconds())),
        sections: open.sight.sections().numbers().collect(),
        excluded,
    };
    let revision = etag(open.stored.revision);
    open.close(&asking, reason.given()).await?;
    Ok(([(ETAG, revision)], Json(record)).into_response())
}

/// Who must not be told, for those who may change that.
async fn excluded(open: &mut Open, asking: &Asking) -> Result<Option<Vec<ExcludedShown>>, ApiError> {
    let may_change = [Action::Exclude, Action::LiftExclusion];
    if !may_change.into_iter().any(|action| open.may_also(action, asking.now)) {
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
