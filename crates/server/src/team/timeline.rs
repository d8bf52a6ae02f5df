//! What happened in an episode and what is due: days and codes, no words. Whom it is kept from is not in it.

use assessment_api::team::TimelineEntry;
use assessment_people::{
    access::Action,
    episode::{Episode, Step},
    id::EpisodeId,
    who::Reason,
};
use assessment_team::{
    RecordKind,
    clocks::{About, Running},
    pictures::Happened,
};
use jiff::civil::Date;

use crate::{
    clock::date_in_england,
    episodes::{Asking, ClockRules, NotDone, day, is_cancelled_by_closing, open},
    store::{Store, team_records::ListedRecord},
};

/// The timeline, by day.
///
/// # Errors
/// If they may not.
pub(crate) async fn timeline(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    rules: ClockRules<'_>,
    reason: Option<&Reason>,
) -> Result<Vec<TimelineEntry>, NotDone> {
    let mut open = open(store, asking, Action::ReadTeamRecords, id, reason).await?;
    let all = open.team_records().list(&asking.asker, id).await?;
    let running = open.clocks(asking, &all, rules).await?;
    let today = date_in_england(asking.at);
    let episode = &open.stored.state.episode;
    let mut entries: Vec<TimelineEntry> = steps(episode).collect();
    entries.extend(all.iter().filter_map(|record| written(episode, record, today)));
    entries.extend(running.iter().map(due));
    entries.sort_by(|one, other| one.on.cmp(&other.on));
    open.close(asking, reason).await?;
    Ok(entries)
}

/// What is due, as it is shown: its code, and the number of the meeting.
pub(crate) fn what(running: &Running) -> (&'static str, Option<u32>) {
    let kind = running.clock.map_or("action", |clock| clock.as_str());
    match running.about {
        About::Meeting(number) => (kind, Some(number)),
        About::Episode | About::Action(_) => (kind, None),
    }
}

fn entry(kind: &str, on: Date, number: Option<u32>, status: &str) -> TimelineEntry {
    TimelineEntry {
        kind: kind.to_owned(),
        on: on.to_string(),
        number,
        status: status.to_owned(),
        moved_from: None,
        bank_holidays_known_until: None,
    }
}

fn due(running: &Running) -> TimelineEntry {
    let (kind, number) = what(running);
    let known_until = running.due.known_until.map(|day| day.to_string());
    let moved_from = running.due.moved_from().map(|day| day.to_string());
    let entry = entry(kind, running.due.day, number, running.urgency.code());
    TimelineEntry { moved_from, bank_holidays_known_until: known_until, ..entry }
}

fn steps(episode: &Episode) -> impl Iterator<Item = TimelineEntry> + '_ {
    let versions = episode.versions();
    episode.history().iter().filter_map(move |happened| {
        let (kind, number) = match &happened.step {
            Step::Opened => (Happened::Opened, None),
            Step::Sent { version } => (
                Happened::Version,
                versions.and_then(|all| all.get(*version)).map(|version| version.number()),
            ),
            Step::Referred { .. } => (Happened::Referred, None),
            Step::ReferralWritten { .. } => (Happened::FormSent, None),
            Step::ReferralAccepted => (Happened::ReferralAccepted, None),
            Step::ReferralNotAccepted => (Happened::ReferralNotAccepted, None),
            Step::PlanAgreed => (Happened::PlanAgreed, None),
            Step::SteppedUp => (Happened::SteppedUp, None),
            Step::SteppedDown { .. } => (Happened::SteppedDown, None),
            Step::TransferBegun { .. } => (Happened::TransferBegun, None),
            Step::TransferCancelled { .. } => (Happened::TransferCancelled, None),
            Step::TransferFinished => (Happened::Transferred, None),
            Step::Closed => (Happened::Closed, None),
            Step::Reopened { .. } => (Happened::Reopened, None),
            // Who must not be told, and what is only about who holds it, is in no picture; nor is what meetings and reviews
            // say themselves.
            Step::Asked
            | Step::Agreed
            | Step::WithoutAgreement
            | Step::Refused
            | Step::Withdrawn
            | Step::LookedAt { .. }
            | Step::Excluded { .. }
            | Step::ExclusionLifted { .. }
            | Step::Handed { .. }
            | Step::ReferralNotWritten { .. }
            | Step::MeetingScheduled { .. }
            | Step::MeetingCancelled
            | Step::ReviewBegun
            | Step::ReviewFinished { .. }
            | Step::Merged { .. }
            | Step::MergeUndone => return None,
        };
        Some(entry(kind.code(), day(happened.stamp.at), number, "done"))
    })
}

/// A meeting or a review that has a day.
fn written(episode: &Episode, record: &ListedRecord, today: Date) -> Option<TimelineEntry> {
    let (_, saved) = record.newest.as_ref()?;
    let on = saved.on?;
    let is_done = record.completed.is_some();
    let is_cancelled = saved.cancelled || (!is_done && is_cancelled_by_closing(episode, saved));
    let status = if is_cancelled {
        "cancelled"
    } else if is_done {
        "done"
    } else if on < today {
        // Nobody has said yet whether it took place.
        "passed"
    } else if on == today {
        "today"
    } else {
        "later"
    };
    let kind = match record.which.kind {
        RecordKind::Plan => return None,
        RecordKind::Meeting => Happened::Meeting,
        RecordKind::Review => Happened::Review,
    };
    Some(entry(kind.code(), on, Some(record.which.number), status))
}
