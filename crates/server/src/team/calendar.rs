//! A meeting as a calendar file. It has no name in it: calendars are shared, and files are sent on.

use std::fmt::Write as _;

use assessment_engine::{answers::Answers, disclosure::gives_address_away, validation::identifiers::time};
use assessment_people::{access::Action, id::EpisodeId, protection::Protection, who::Reason};
use assessment_team::{
    Meeting, RecordKind, TeamRecord,
    calendar_file::{Entry, When, calendar_file},
};
use jiff::{Timestamp, civil::Date};

use super::in_sight;
use crate::{
    clock::{at_time_in_england, from_microseconds},
    episodes::{Asking, NotDone, Open, closings, is_cancelled_by_closing, open},
    store::{
        Store, StoreError,
        team_records::{Revision, Which},
    },
    team_part::{self, read_back},
};

/// What every meeting is called in a calendar.
const TITLE: &str = "Meeting";

/// What the file says where it must not say what was typed.
const NOT_HERE: &str = "Not given here. See the record.";

/// The file of a meeting that has a day.
///
/// # Errors
/// If they may not, they do not see meetings, or there is none of that number that ever had a day.
pub(crate) async fn calendar(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    number: u32,
    reason: Option<&Reason>,
) -> Result<String, NotDone> {
    let mut open = open(store, asking, Action::ReadTeamRecords, id, reason).await?;
    let which = Which { kind: RecordKind::Meeting, number };
    let revisions = open.team_records().revisions(&asking.asker, id, which).await?;
    if revisions.is_empty() {
        return Err(NotDone::Missing);
    }
    in_sight(&open, RecordKind::Meeting)?;
    let episode = open.stored.state.episode.clone();
    let assessment = team_part::newest(&mut *open.episodes(), &asking.asker, &episode).await?;
    let file = file(&open, number, &revisions, &assessment)?.ok_or(NotDone::Missing)?;
    open.close(asking, reason).await?;
    Ok(file)
}

fn file(
    open: &Open,
    number: u32,
    revisions: &[Revision],
    assessment: &Answers,
) -> Result<Option<String>, StoreError> {
    let (Some(first), Some(newest)) = (revisions.first(), revisions.last()) else { return Ok(None) };
    // A meeting that has lost its day keeps the last one that calendars know of.
    let Some(dated) = revisions.iter().rfind(|one| one.saved.on.is_some()) else { return Ok(None) };
    let (meeting, Some(on)) = (meeting(dated)?, dated.saved.on) else { return Ok(None) };
    let episode = &open.stored.state.episode;
    // Each closing since the meeting was made may have cancelled it, and the number must never fall.
    let closings = closings(episode).saturating_sub(first.saved.closings);
    let closings = u32::try_from(closings).unwrap_or(u32::MAX);
    let is_cancelled = newest.saved.cancelled
        || newest.saved.on.is_none()
        || is_cancelled_by_closing(episode, &newest.saved);
    let mut uid = String::new();
    // Writing to a String cannot fail.
    let _ = write!(uid, "{}-meeting-{number}@common-assessment", episode.id());
    // Somebody may have typed where the family lives, and a calendar is shared.
    let is_open = open.stored.state.protection == Protection::Ordinary;
    let may_go = |text: &str| is_open && !gives_address_away(assessment, text);
    let typed = |text: &'_ str| {
        let goes = if may_go(text) { text } else { NOT_HERE };
        Some(goes.to_owned()).filter(|_| !text.trim().is_empty())
    };
    let (place, link) = (typed(&meeting.place), typed(&meeting.link));
    let entry = Entry {
        uid: &uid,
        revision: newest.number.saturating_add(closings),
        saved: from_microseconds(newest.saved.by.at.microseconds()),
        when: when(&meeting, on),
        title: TITLE,
        place: place.as_deref(),
        link: link.as_deref(),
        is_cancelled,
    };
    let file = calendar_file(&entry);
    file.map(Some).map_err(|_| StoreError::Unavailable("a meeting is in no calendar".to_owned()))
}

fn meeting(revision: &Revision) -> Result<Box<Meeting>, StoreError> {
    match read_back(RecordKind::Meeting, &revision.answers)? {
        TeamRecord::Meeting(meeting) => Ok(meeting),
        TeamRecord::Plan(_) | TeamRecord::Review(_) => Ok(Box::default()),
    }
}

/// From when to when. A time that cannot be read makes it a day.
fn when(meeting: &Meeting, on: Date) -> When {
    let at = |text: &str| -> Option<Timestamp> { at_time_in_england(on, time(text)?.parse().ok()?) };
    match at(&meeting.starts_at) {
        Some(starts) => {
            When::Times { starts, ends: at(&meeting.ends_at).map_or(starts, |ends| ends.max(starts)) }
        }
        None => When::Day(on),
    }
}
