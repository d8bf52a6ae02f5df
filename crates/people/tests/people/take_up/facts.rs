//! What take-up counts of one episode.

use std::cmp::Ordering;

use assessment_people::episode::{ClosureReason, Episode, Ground};
use assessment_people::take_up::{Barrier, Event, Facts, Measure, ScoreChange, Split, Teamwork, TookPlace};
use jiff::civil::{Date, date};

use crate::episode::{closure, enquiry, nothing, shared};
use crate::world::{reason, stamp};

#[test]
fn what_counts_of_an_episode_is_days_and_codes() {
    let day = |moment: assessment_people::moment::Moment| {
        let since = moment.microseconds() / 86_400_000_000;
        date(1970, 1, 1).checked_add(jiff::Span::new().days(since)).expect("a day")
    };
    let of =
        |episode| Facts::of(&episode, Some("moor".to_owned()), Teamwork::default(), day).expect("it counts");
    let events = |facts: &Facts| -> Vec<(Measure, u32, Option<String>)> {
        facts.events.iter().map(|one| (one.measure, one.days, one.code.clone())).collect()
    };
    assert_eq!(events(&of(enquiry())), [(Measure::Started, 0, None)]);
    let closed =
        shared().close(closure(ClosureReason::NeedsMet, 4), &nothing(), stamp(4)).expect("it can be closed");
    let facts = of(closed.clone());
    assert_eq!(
        events(&facts),
        [
            (Measure::Started, 0, None),
            (Measure::Completed, 3, None),
            (Measure::Closed, 4, Some("needs_met".to_owned())),
            (Measure::Outcome, 4, None),
        ]
    );
    assert_eq!((facts.agency.as_deref(), facts.cluster.as_deref()), (Some("school"), Some("moor")));
    let refused = enquiry().ask(stamp(1)).expect("asked").refuse_agreement(stamp(2)).expect("refused");
    let refused = refused.send(crate::world::new_version(1, 3), None).expect("the record of the refusal");
    assert_eq!(
        events(&of(refused)),
        [(Measure::Started, 0, None), (Measure::Barrier, 2, Some("no_agreement".to_owned()))],
        "a record of a refusal is no assessment"
    );
}

#[test]
fn each_ending_counts_with_its_reason_also_one_that_was_undone_and_one_by_transfer() {
    let closed = shared().close(closure(ClosureReason::NeedsMet, 4), &nothing(), stamp(4)).expect("closed");
    let again = closed.reopen(reason("She rang."), stamp(5)).expect("it was closed");
    let ends = |episode: &Episode| -> Vec<Option<String>> {
        let facts = Facts::of(episode, None, Teamwork::default(), |_| date(2026, 8, 1)).expect("it counts");
        let is_end = |event: &&Event| event.measure == Measure::Closed;
        facts.events.iter().filter(is_end).map(|event| event.code.clone()).collect()
    };
    assert_eq!(ends(&again), [Some("needs_met".to_owned())]);
    let died = again.close(closure(ClosureReason::ChildDied, 6), &nothing(), stamp(6)).expect("closed");
    assert_eq!(ends(&died), [Some("needs_met".to_owned()), Some("child_died".to_owned())]);

    let council = assessment_people::who::Council::new("Northbridge").expect("a name");
    let offered = shared().begin_transfer(council, Ground::Agreed, stamp(5)).expect("they agree");
    let accepted = reason("Their team rang.");
    let moved = offered.finish_transfer(accepted, Vec::new(), &nothing(), stamp(6)).expect("it was offered");
    assert_eq!(ends(&moved), [Some("moved_la".to_owned())]);
}

/// Written up on the day on which it was held.
fn in_time(on: Date) -> TookPlace {
    TookPlace { on, written: on }
}

#[test]
fn what_is_written_up_after_its_quarter_counts_when_it_is_and_once() {
    let late = TookPlace { on: date(2026, 6, 29), written: date(2026, 7, 4) };
    let of = |meetings: Vec<TookPlace>, reviews: Vec<TookPlace>| {
        let teamwork = Teamwork { meetings, reviews, ..Teamwork::default() };
        let facts = Facts::of(&shared(), None, teamwork, |_| date(2026, 6, 1)).expect("it counts");
        let is_of_team = |event: &&Event| matches!(event.measure, Measure::FirstMeeting | Measure::Reviewed);
        let found = facts.events.iter().filter(is_of_team);
        found.map(|event| (event.measure, event.on, event.late, event.days)).collect::<Vec<_>>()
    };
    assert_eq!(
        of(vec![late], vec![late, in_time(date(2026, 6, 29))]),
        [
            (Measure::FirstMeeting, date(2026, 7, 4), true, 28),
            (Measure::Reviewed, date(2026, 7, 4), true, 28),
            (Measure::Reviewed, date(2026, 6, 29), false, 28),
        ]
    );
    // The quarter in which another meeting counted as the first was published with it.
    assert_eq!(
        of(vec![late, in_time(date(2026, 6, 30))], Vec::new()),
        [(Measure::FirstMeeting, date(2026, 6, 30), false, 29)]
    );
    let soon = TookPlace { on: date(2026, 4, 2), written: date(2026, 6, 30) };
    assert!(!soon.is_late(), "weeks later, in the same quarter");
}

#[test]
fn what_teams_wrote_is_counted_by_day_and_scores_by_whose_they_are() {
    use Ordering::{Equal, Greater, Less};
    let teamwork = Teamwork {
        meetings: vec![in_time(date(2026, 8, 9)), in_time(date(2026, 7, 9))],
        reviews: vec![in_time(date(2026, 8, 20)), in_time(date(2026, 9, 20))],
        barriers: vec![(in_time(date(2026, 9, 20)), Barrier::ActionBlocked)],
        lead_agency: Some("clinic".to_owned()),
        child: vec![Greater, Equal],
        parent: vec![Less, Greater],
        practitioner: Vec::new(),
    };
    let planned = shared().agree_plan(stamp(4)).expect("shared");
    let facts = Facts::of(&planned, None, teamwork, |_| date(2026, 7, 1)).expect("it counts");
    let events: Vec<(Measure, Date)> = facts.events.iter().map(|event| (event.measure, event.on)).collect();
    assert_eq!(
        events,
        [
            (Measure::Started, date(2026, 7, 1)),
            (Measure::Completed, date(2026, 7, 1)),
            (Measure::PlanAgreed, date(2026, 7, 1)),
            (Measure::FirstMeeting, date(2026, 7, 9)),
            (Measure::Reviewed, date(2026, 8, 20)),
            (Measure::Reviewed, date(2026, 9, 20)),
            (Measure::Barrier, date(2026, 9, 20)),
        ]
    );
    assert_eq!(facts.lead_agency.as_deref(), Some("clinic"));
    let change = |split| facts.changes.get(&split).copied();
    assert_eq!(change(Split::ChildChange), Some(ScoreChange::Better));
    assert_eq!(change(Split::ParentChange), Some(ScoreChange::Mixed));
    assert_eq!(change(Split::PractitionerChange), None, "they gave none, which is no change that is known");
    assert_eq!(ScoreChange::of(&[Equal, Equal]), Some(ScoreChange::Same));
    assert_eq!(ScoreChange::of(&[Less, Equal]), Some(ScoreChange::Worse));
}
