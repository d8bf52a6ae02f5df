//! Episodes: somebody's work, one episode with its versions, its team, and who has seen it. What somebody may not know of
//! answers like an id that does not exist.

pub(super) mod access_log;
pub(super) mod closing;
pub(super) mod erase;
pub(super) mod exclusions;
pub(super) mod family_page;
pub(super) mod hand_over;
pub(super) mod hold;
pub(super) mod lead;
pub(super) mod list;
pub(super) mod members;
pub(super) mod merging;
pub(super) mod notes;
pub(super) mod proposals;
pub(super) mod read;
pub(super) mod referral;
pub(super) mod subject_access;
pub(super) mod team_records;
pub(super) mod timeline;
pub(super) mod transfer;
pub(super) mod versions;

use assessment_api::{
    episode::{Deed, EpisodeShown, VersionSummary},
    episode_change::SettledItem,
    header,
    problem::ProblemItem,
};
use assessment_people::{
    episode::{Episode, Fate, Item, ItemId, Settled, State, Step},
    id::EpisodeId,
    protection::Protection,
    version::{AssessmentVersion, Why as Because},
    who::Reason,
};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header::ETAG, request::Parts},
    response::{IntoResponse as _, Response},
};

use crate::{
    clock,
    drafts::Expected,
    episodes::{self, Asking, Change},
    error::ApiError,
    respond::etag,
    state::AppState,
    store::episodes::StoredEpisode,
    submission::MAX_REASON,
};

/// The id of an episode in an address. What is none is nobody's.
fn episode_id(text: &str) -> Result<EpisodeId, ApiError> {
    EpisodeId::parse(text).ok_or_else(ApiError::not_found)
}

/// Why somebody opens a record, from [`header::ACCESS_REASON`].
pub(crate) struct AccessReason(Option<Reason>);

impl AccessReason {
    pub(super) fn given(&self) -> Option<&Reason> {
        self.0.as_ref()
    }
}

impl FromRequestParts<AppState> for AccessReason {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let mut values = parts.headers.get_all(header::ACCESS_REASON).iter();
        let Some(value) = values.next() else { return Ok(Self(None)) };
        let decoded = value.to_str().ok().and_then(percent_decoded);
        let reason = decoded.filter(|words| words.chars().count() <= MAX_REASON);
        match reason.and_then(|words| Reason::new(&words)) {
            Some(reason) if values.next().is_none() => Ok(Self(Some(reason))),
            _ => Err(ApiError::bad_reason()),
        }
    }
}

/// Words from a body. Blank ones are none.
fn words(member: &'static str, text: Option<&str>) -> Result<Option<Reason>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    if text.chars().nth(MAX_REASON).is_some() {
        return Err(ApiError::wrong_shape(vec![ProblemItem::new(member, "too-long")]));
    }
    Ok(Reason::new(text))
}

/// Words from a body that are needed.
fn needed(member: &'static str, text: &str) -> Result<Reason, ApiError> {
    words(member, Some(text))?.ok_or_else(|| ApiError::missing_member(member))
}

/// What becomes of what is open, from a body.
fn settled(items: Vec<SettledItem>) -> Result<Vec<Settled>, ApiError> {
    let read = |one: SettledItem| {
        let item = match one.kind.as_str() {
            "action" => Item::Action(ItemId::parse(&one.id)?),
            "meeting" => Item::Meeting(one.id.parse().ok()?),
            "clock" => Item::Clock(ItemId::parse(&one.id)?),
            _ => return None,
        };
        Settled::new(item, Fate::parse(&one.becomes)?)
    };
    let all: Option<Vec<Settled>> = items.into_iter().map(read).collect();
    all.ok_or_else(|| ApiError::wrong_member("settled"))
}

/// The same, to be shown.
fn settled_shown(one: &Settled) -> SettledItem {
    let (kind, id) = named(one.item());
    SettledItem { kind, id, becomes: one.fate().code().to_owned() }
}

/// The kind and the id of something that is or was open.
fn named(item: &Item) -> (String, String) {
    let (kind, id) = match item {
        Item::Action(id) => ("action", id.as_str().to_owned()),
        Item::Meeting(number) => ("meeting", number.to_string()),
        Item::Clock(id) => ("clock", id.as_str().to_owned()),
    };
    (kind.to_owned(), id)
}

/// An episode exists already, so only a revision makes sense.
fn revision(expected: Expected) -> Result<u64, ApiError> {
    match expected {
        Expected::Revision(revision) => Ok(revision),
        Expected::Nothing => Err(ApiError::precondition_missing()),
    }
}

/// Changes an episode, and answers with its new revision.
async fn changed(
    state: &AppState,
    asking: &Asking,
    id: EpisodeId,
    expected: Expected,
    change: Change,
    reason: &AccessReason,
) -> Result<Response, ApiError> {
    let expected = revision(expected)?;
    let pack = &state.evaluator.standards().pack;
    let revision =
        episodes::change(&*state.store, asking, pack, id, expected, change, reason.given()).await?;
    Ok((StatusCode::NO_CONTENT, [(ETAG, etag(revision))]).into_response())
}

/// Percent-encoded UTF-8. `None` of a `%` without two hexadecimal digits, of a tab as it is, and of bytes that are no text.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte.is_ascii_control() {
            return None;
        }
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let code = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
        bytes.push(u8::try_from(code).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// A value as JSON names it.
fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn protection(level: Protection) -> String {
    name(level)
}

pub(super) fn shown(stored: &StoredEpisode, mine: bool) -> EpisodeShown {
    let state = &stored.state;
    EpisodeShown {
        reference: state.listed.reference.clone(),
        child_name: state.listed.child_name.clone(),
        state: name(state.episode.state().name()),
        holder: state.episode.holder().code().to_owned(),
        mine,
        urgent: state.listed.urgent,
        headline: state.listed.headline.clone(),
        due_on: state.listed.due_on.map(|day| day.to_string()),
        changed_at: clock::written(stored.changed_at),
    }
}

/// The same as the family sees it: nothing from which they could tell that it is urgent, what was suggested, or that social
/// care was asked.
pub(super) fn shown_to_family(stored: &StoredEpisode, mine: bool) -> EpisodeShown {
    let state = stored.state.episode.state();
    let state = match state {
        State::Closed { .. } => state.name(),
        _ => state.stage().name(),
    };
    // When somebody last worked on it would say that something happened in a part that they do not see.
    let changed_at = clock::written(clock::from_microseconds(seen_by_family(&stored.state.episode)));
    EpisodeShown {
        state: name(state),
        urgent: false,
        headline: None,
        due_on: None,
        changed_at,
        ..shown(stored, mine)
    }
}

/// When something happened last that the family knows of: it was there, or its copy says it.
fn seen_by_family(episode: &Episode) -> i64 {
    let is_known = |step: &Step| match step {
        Step::Opened
        | Step::Asked
        | Step::Agreed
        | Step::Refused
        | Step::Withdrawn
        | Step::MeetingScheduled { .. }
        | Step::MeetingCancelled
        | Step::PlanAgreed
        | Step::ReviewBegun
        | Step::ReviewFinished { .. }
        | Step::Closed
        | Step::TransferFinished
        | Step::Reopened { .. } => true,
        // Who must not be told, what social care was asked, and what is only about who holds it; a version may hold what they
        // are not told.
        _ => false,
    };
    let known = episode.history().iter().rev().find(|one| is_known(&one.step));
    known.map_or(0, |one| one.stamp.at.microseconds())
}

fn version(version: &AssessmentVersion, name: Option<String>) -> VersionSummary {
    let (kind, reason) = match version.why() {
        Because::First => ("first", None),
        Because::Correction { reason } => ("correction", Some(reason)),
        Because::NewVersion { reason } => ("new_version", Some(reason)),
        Because::LateAmendment { reason, .. } => ("late_amendment", reason.as_ref()),
    };
    let sent = version.sent();
    VersionSummary {
        id: version.id().to_string(),
        number: version.number(),
        sent: Deed {
            name,
            organisation: sent.by.organisation.code().to_owned(),
            at: clock::written(clock::moment(sent.at)),
        },
        form_version: version.form().to_owned(),
        pack_version: version.rules().to_owned(),
        kind: kind.to_owned(),
        reason: reason.map(|reason| reason.words().to_owned()),
        started_from: version.follows().map(|id| id.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn a_reason_is_read_as_it_was_typed() {
        assert_eq!(percent_decoded("cover%20for%20Si%C3%A2n").as_deref(), Some("cover for Siân"));
        for broken in ["%", "%4", "%zz", "%ff", "a%", "a\tb"] {
            assert_eq!(percent_decoded(broken), None, "{broken}");
        }
    }
}
