//! What closing an episode does to its meetings, and what the first meeting's day does to the episode.

use assessment_people::{
    episode::{Episode, Stage},
    who::Stamp,
};
use assessment_team::RecordKind;
use jiff::civil::Date;

use super::clocks::day;
use crate::store::team_records::{ListedRecord, Saved};

/// How often the episode was closed so far.
pub(crate) fn closings(episode: &Episode) -> usize {
    episode.closed_times().len()
}

/// Whether the episode was closed after a meeting was saved, and before its day. Opening the episode again brings the meeting
/// not back; saving it again does.
pub(crate) fn is_cancelled_by_closing(episode: &Episode, saved: &Saved) -> bool {
    let since = || episode.closed_times().into_iter().skip(saved.closings);
    saved.on.is_some_and(|on| since().any(|(closed, _)| day(closed) < on))
}

/// The episode with the day of its first meeting, or without one, as the records have it now. What its state does not take
/// leaves it as it is: a record is saved all the same.
pub(crate) fn with_first_meeting(episode: Episode, all: &[ListedRecord], stamp: Stamp) -> Episode {
    let on = first_meeting(&episode, all);
    let moved = match (episode.state().stage(), on) {
        (Stage::Shared { .. }, Some(on)) => episode.clone().schedule_meeting(on, stamp),
        (Stage::TacScheduled { meeting, .. }, Some(on)) if *meeting != on => {
            episode.clone().schedule_meeting(on, stamp)
        }
        (Stage::TacScheduled { .. }, None) => episode.clone().cancel_meeting(stamp),
        _ => return episode,
    };
    moved.unwrap_or(episode)
}

/// The day of the first meeting that is not cancelled.
fn first_meeting(episode: &Episode, all: &[ListedRecord]) -> Option<Date> {
    let meetings = all.iter().filter(|record| record.which.kind == RecordKind::Meeting);
    let saved = meetings.filter_map(|record| record.newest.as_ref().map(|(_, saved)| saved));
    saved
        .filter(|saved| !saved.cancelled && !is_cancelled_by_closing(episode, saved))
        .find_map(|saved| saved.on)
}
