//! The team of an episode: `GET`, `POST /api/v1/episodes/{id}/members`, `DELETE .../members/{member}`.

use assessment_api::{
    episode::{ChangedMember, EpisodeMember, MemberList, NewMember},
    path,
    problem::{ProblemDetails, ProblemItem},
};
use assessment_people::{
    access::{Liveness, Role, Scope, Sections},
    moment::Moment,
    protection::Protection,
    who::{Organisation, Subject},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header::ETAG},
    response::{IntoResponse as _, Response},
};

use super::{AccessReason, episode_id, protection, revision};
use crate::{
    body::JsonBody,
    clock,
    drafts::Expected,
    episodes::{self, Asking, CopySent, Invitation, Member},
    error::ApiError,
    respond::etag,
    state::AppState,
};

/// List who was let into an episode
#[utoipa::path(
    get,
    operation_id = "list_members",
    path = path::MEMBERS,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "`ETag` is the revision that a change must name.", body = MemberList),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let (members, revision) = episodes::members(&*state.store, &asking, id, reason.given()).await?;
    let members = members.into_iter().map(member).collect();
    Ok(([(ETAG, etag(revision))], Json(MemberList { members })).into_response())
}

/// Let somebody into an episode
#[utoipa::path(
    post,
    operation_id = "invite_member",
    path = path::MEMBERS,
    request_body = NewMember,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 201, description = "They may see it from now on. `ETag` is the episode's new revision.", body = ChangedMember),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, it is more than you see, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Not in this state, or the agreement does not cover their organisation.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn invite(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewMember =
        body.members()?.ok_or_else(|| ApiError::wrong_shape(vec![ProblemItem::new("body", "wrong-kind")]))?;
    let invitation =
        invitation(&new).map_err(|path| ApiError::wrong_shape(vec![ProblemItem::new(path, "wrong-kind")]))?;
    let expected = revision(expected)?;
    let done = episodes::invite(&*state.store, &asking, id, expected, &invitation, reason.given()).await?;
    let (revision, id) = done;
    Ok((StatusCode::CREATED, [(ETAG, etag(revision))], Json(ChangedMember { id })).into_response())
}

/// End somebody's access to an episode
///
/// What they gave to others is handed to a lead professional, and ends within 28 days unless it is given again.
#[utoipa::path(
    delete,
    operation_id = "end_membership",
    path = path::MEMBER,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("member" = String, Path, description = "The id of what they were given."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "It has ended. `ETag` is the episode's new revision."),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or no such member.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn end(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, member)): Path<(String, String)>,
    reason: AccessReason,
    expected: Expected,
) -> Result<Response, ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    let revision = episodes::end(&*state.store, &asking, id, expected, &member, reason.given()).await?;
    Ok((StatusCode::NO_CONTENT, [(ETAG, etag(revision))]).into_response())
}

/// Whom to let in. The error names the member that is wrong.
fn invitation(new: &NewMember) -> Result<Invitation, &'static str> {
    let organisation = new.organisation.as_deref();
    let organisation = organisation.map(|code| Organisation::new(code).ok_or("organisation")).transpose()?;
    let until = new.until.as_deref().map(|text| Moment::parse(text).ok_or("until")).transpose()?;
    let up_to = Protection::ALL.into_iter().find(|level| protection(*level) == new.up_to);
    let sections = Sections::of(&new.sections).ok_or("sections")?;
    Ok(Invitation {
        to: Subject::new(&new.issuer, &new.subject).ok_or("subject")?,
        organisation,
        role: Role::parse(&new.role).ok_or("role")?,
        scope: Scope { sections, up_to: up_to.ok_or("up_to")? },
        until,
        is_covered: new.is_covered,
    })
}

fn member(member: Member) -> EpisodeMember {
    let terms = member.grant.grant.terms();
    let at = |moment: Moment| clock::written(clock::from_microseconds(moment.microseconds()));
    let status = match member.liveness {
        Liveness::Live => "live",
        Liveness::NotYet => "not_yet",
        Liveness::Asleep => "asleep",
        Liveness::Ended | Liveness::Void => "ended",
    };
    EpisodeMember {
        name: member.name,
        has_left: member.has_left,
        open_actions: member.open_actions,
        given_by: member.given_by,
        copies: member.copies.iter().map(copy).collect(),
        organisation: terms.organisation.as_ref().map(|one| one.code().to_owned()),
        role: terms.role.code().to_owned(),
        sections: terms.scope.sections.numbers().collect(),
        up_to: protection(terms.scope.up_to),
        from: at(terms.from),
        until: at(member.grant.grant.ended().unwrap_or(terms.until)),
        status: status.to_owned(),
        id: member.grant.id,
    }
}

fn copy(sent: &CopySent) -> assessment_api::episode::CopySent {
    assessment_api::episode::CopySent {
        meeting: sent.meeting,
        on: sent.on.map(|day| day.to_string()),
        sent_on: sent.sent.on.to_string(),
    }
}
