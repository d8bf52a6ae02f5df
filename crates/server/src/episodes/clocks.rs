//! Which clocks of the authority run in an episode: what happened in it and what its team wrote, as `assessment_team` takes it.
//! What a clock is, how long it runs and how urgent it is, is decided there.

use assessment_people::{
    episode::{Episode, Step},
    moment::Moment,
    version::Why,
};
use assessment_rules::BankHolidays;
use assessment_team::{
    RecordKind,
    clocks::{Closed, Events, MeetingEvent, Owed, Referral, Running, Timescales, running},
};
use jiff::civil::Date;

use super::{Asking, is_cancelled_by_closing, promised};
use crate::{
    clock::{date_in_england, from_microseconds},
    store::{
        StoreError,
        episodes::EpisodeState,
        team_records::{ListedRecord, TeamRecordReader},
    },
};

/// By what clocks run.
#[derive(Clone, Copy)]
pub(crate) struct ClockRules<'a> {
    /// How long each may run.
    pub(crate) timescales: &'a Timescales,
    /// On which days nobody works.
    pub(crate) bank_holidays: &'a BankHolidays,
}

/// The clocks that run in an episode today, the most urgent first. `is_written` says whether the written form of its referral
/// was sent, as [`super::written`] finds it.
///
/// # Errors
/// If the store fails.
pub(super) async fn clocks(
    records: &mut (dyn TeamRecordReader + '_),
    asking: &Asking,
    state: &EpisodeState,
    all: &[ListedRecord],
    rules: ClockRules<'_>,
    is_written: bool,
) -> Result<Vec<Running>, StoreError> {
    let owed = promised::owed(records, asking, &state.episode, all).await?;
    let events = events(&state.episode, all, owed, is_written);
    Ok(running(&events, rules.timescales, rules.bank_holidays, date_in_england(asking.at)))
}

fn events(episode: &Episode, all: &[ListedRecord], actions: Vec<Owed>, is_written: bool) -> Events {
    let steps = || episode.history().iter();
    let began = steps().next().map(|opened| day(opened.stamp.at));
    let sent = steps().find(|one| matches!(one.step, Step::Sent { .. })).map(|one| day(one.stamp.at));
    // What was wrong and is put right is no new assessment.
    let assessed_again = episode
        .versions()
        .and_then(|versions| versions.all().rfind(|one| !matches!(one.why(), Why::Correction { .. })));
    let meetings = promised::of_kind(all, RecordKind::Meeting)
        .filter(|(_, saved)| !saved.cancelled && !is_cancelled_by_closing(episode, saved))
        .filter_map(|(record, saved)| {
            Some(MeetingEvent {
                number: record.which.number,
                on: saved.on?,
                is_written: record.completed.is_some(),
                is_sent: record.is_circulated,
            })
        });
    let reviewed =
        promised::of_kind(all, RecordKind::Review).filter(|(record, _)| record.completed.is_some());
    let mut reviews: Vec<Date> = reviewed.filter_map(|(_, saved)| saved.on).collect();
    reviews.sort_unstable();
    let completed =
        promised::of_kind(all, RecordKind::Plan).find_map(|(record, _)| record.completed.as_ref());
    // That it was agreed again after changes starts no clock again.
    let first = steps().rfind(|one| matches!(one.step, Step::PlanAgreed)).map(|one| &one.stamp);
    let agreed = completed.map(|(_, again)| first.unwrap_or(again));
    let waits = episode.state().referral().filter(|referral| referral.accepted.is_none());
    Events {
        began,
        // Sending it asks whether the child is known already.
        searched: sent,
        assessed: sent,
        shared: sent,
        last_assessed: assessed_again.map(|version| day(version.sent().at)),
        meetings: meetings.collect(),
        plan_agreed: agreed.map(|stamp| day(stamp.at)),
        reviews,
        next_review: promised::next_review(all),
        actions,
        referral: waits.map(|referral| Referral { on: day(referral.sent.at), is_written }),
        closed: closed(episode),
    }
}

/// When the episode was closed, by days.
pub(super) fn closed(episode: &Episode) -> Vec<Closed> {
    let times = episode.closed_times().into_iter();
    times.map(|(from, until)| Closed { from: day(from), until: until.map(day) }).collect()
}

/// The day in England.
pub(crate) fn day(moment: Moment) -> Date {
    date_in_england(from_microseconds(moment.microseconds()))
}
