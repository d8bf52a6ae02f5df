//! Showing the records of a team.

use assessment_api::{
    episode::Deed,
    team::{CirculationShown, TeamRecord, TeamRecordSummary},
};
use assessment_people::{
    access::Action,
    id::EpisodeId,
    who::{Reason, Stamp},
};
use assessment_team::{Reader, RecordKind};
use serde_json::value::RawValue;

use super::{in_sight, listed, reader, sees};
use crate::{
    clock,
    episodes::{Asking, NotDone, Open, is_cancelled_by_closing, open},
    store::{
        Store, StoreError,
        team_records::{ListedRecord, Revision, Which},
    },
    team_part,
};

/// How the words about why a record was corrected are named among paths.
const REASON: &str = "reason";

/// Every record of an episode's team, without answers.
///
/// # Errors
/// If they may not know of them.
pub(crate) async fn list(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    reason: Option<&Reason>,
) -> Result<Vec<TeamRecordSummary>, NotDone> {
    let mut open = open(store, asking, Action::ReadTeamRecords, id, reason).await?;
    let mut summaries = Vec::new();
    let all = open.team_records().list(&asking.asker, id).await?;
    for record in all {
        summaries.push(summary(&mut open, asking, &record).await?);
    }
    open.close(asking, reason).await?;
    Ok(summaries)
}

/// One record with its answers, and its newest revision's number.
///
/// # Errors
/// If they may not, they do not see its section, or there is none.
pub(crate) async fn read(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    which: Which,
    revision: Option<u32>,
    reason: Option<&Reason>,
) -> Result<(TeamRecord, u32), NotDone> {
    let mut open = open(store, asking, Action::ReadTeamRecords, id, reason).await?;
    let found =
        open.team_records().find(&asking.asker, id, which, revision).await?.ok_or(NotDone::Missing)?;
    in_sight(&open, which.kind)?;
    let reader = reader(&mut open, asking, reason).await?;
    let shown = shown(&mut open, asking, which, found, &reader).await?;
    open.close(asking, reason).await?;
    Ok(shown)
}

/// A revision of a record as it is shown to somebody, and the number of the newest.
pub(super) async fn shown(
    open: &mut Open,
    asking: &Asking,
    which: Which,
    revision: Revision,
    reader: &Reader,
) -> Result<(TeamRecord, u32), NotDone> {
    let id = open.stored.state.episode.id();
    let all = open.team_records().list(&asking.asker, id).await?;
    let mut record = listed(&all, which).cloned().ok_or(NotDone::Missing)?;
    let newest = record.newest.as_ref().map_or(0, |(newest, _)| *newest);
    record.newest = Some((revision.number, revision.saved.clone()));
    // What was completed later was not complete then.
    record.completed = record.completed.filter(|(completed, _)| *completed <= revision.number);
    let circulations = match which.kind {
        RecordKind::Meeting => open.team_records().circulations(&asking.asker, id, which.number).await?,
        RecordKind::Plan | RecordKind::Review => Vec::new(),
    };
    let mut sent = Vec::new();
    for one in circulations {
        sent.push(CirculationShown {
            id: one.id,
            revision: one.revision,
            to: one.sent.to,
            sent_on: one.sent.on.to_string(),
            noted: deed(open, asking, &one.sent.by).await?,
        });
    }
    let summary = summary(open, asking, &record).await?;
    let (answers, mut left_out) = team_part::shown(which.kind, revision.answers, reader)?;
    let reason = revision.saved.reason.map(|reason| reason.words().to_owned());
    let (hidden, reason): (Vec<String>, Vec<String>) =
        reason.into_iter().partition(|words| reader.hides_words(words));
    left_out.extend(hidden.iter().map(|_| REASON.to_owned()));
    let (record, reason) = (raw(answers)?, reason.into_iter().next());
    Ok((TeamRecord { summary, record, left_out, reason, circulations: sent }, newest))
}

async fn summary(
    open: &mut Open,
    asking: &Asking,
    record: &ListedRecord,
) -> Result<TeamRecordSummary, NotDone> {
    let Which { kind, number } = record.which;
    let readable = sees(open, kind);
    let saved = record.newest.as_ref().map(|(_, saved)| saved);
    let by_closing = kind == RecordKind::Meeting
        && record.completed.is_none()
        && saved.is_some_and(|saved| is_cancelled_by_closing(&open.stored.state.episode, saved));
    let mut shown = TeamRecordSummary {
        kind: kind.code().to_owned(),
        number,
        revision: record.newest.as_ref().map_or(0, |(revision, _)| *revision),
        saved: None,
        completed: None,
        on: saved.and_then(|saved| saved.on).map(|day| day.to_string()),
        next_on: saved.and_then(|saved| saved.next_on).map(|day| day.to_string()),
        cancelled: by_closing || saved.is_some_and(|saved| saved.cancelled),
        kept: if readable { record.waiting } else { 0 },
        readable,
    };
    if let Some(saved) = saved {
        shown.saved = Some(deed(open, asking, &saved.by).await?);
    }
    if let Some((_, completed)) = &record.completed {
        shown.completed = Some(deed(open, asking, completed).await?);
    }
    Ok(shown)
}

/// Who did something, as it is shown.
pub(super) async fn deed(open: &mut Open, asking: &Asking, stamp: &Stamp) -> Result<Deed, StoreError> {
    Ok(Deed {
        name: open.episodes().name_of(&asking.asker, &stamp.by.subject).await?,
        organisation: stamp.by.organisation.code().to_owned(),
        at: clock::written(clock::from_microseconds(stamp.at.microseconds())),
    })
}

/// Stored JSON as it travels.
pub(super) fn raw(json: String) -> Result<Box<RawValue>, StoreError> {
    RawValue::from_string(json)
        .map_err(|_| StoreError::Unavailable("a stored team record is not JSON".to_owned()))
}
