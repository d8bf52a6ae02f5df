//! What pictures are drawn from, and how a review begins and ends. Not shapes or words.

use assessment_form::parse_day;
use assessment_team::clocks::{About, DueOn, Running, Urgency};
use assessment_team::pictures::{Change, Happened, Scorer, progress, series, timeline};
use assessment_team::{Plan, RecordKind, Review, TeamRecord, after_review, begin_review, owed};
use serde_json::{Value, json};

fn plan() -> Plan {
    let read = TeamRecord::from_value(
        RecordKind::Plan,
        json!({
            "form_version": RecordKind::Plan.form_version(), "agreed_on": "2027-01-11", "review_date": "2027-03-01",
            "outcomes": [{
                "id": "o1", "desired_outcome": "Sleeps well", "score_child": "3", "score_parent": "2/10",
                "later_scores": [{"id": "s1", "on": "2027-02-01", "score_child": "4"}],
                "actions": [
                    {"id": "a1", "action": "A bedtime plan", "who": "Gran", "by_when": "2027-01-29", "status": "in_progress",
                     "progress": "Begun"},
                    {"id": "a2", "action": "Ring the nurse", "who": "Sam", "who_ref": "m2", "by_when": "2027-03-29"},
                    {"id": "a3", "action": "A lamp", "who": "Gran", "by_when": "2027-01-20", "status": "done"}
                ]
            }]
        }),
    );
    read.unwrap().record.as_plan().unwrap().clone()
}

fn review(answers: Value) -> Review {
    let mut answers = answers;
    answers["form_version"] = RecordKind::Review.form_version().into();
    match TeamRecord::from_value(RecordKind::Review, answers).unwrap().record {
        TeamRecord::Review(review) => *review,
        _ => panic!("a review"),
    }
}

#[test]
fn scores_over_time_have_gaps_and_no_made_up_noughts() {
    let reviewed = review(json!({
        "on": "2027-03-01",
        "outcomes": [{"id": "r1", "outcome_id": "o1", "score_child": "7", "score_practitioner": "eleven"}]
    }));
    let [one] = series(&plan(), &[&reviewed]).try_into().unwrap();
    let points: Vec<_> =
        one.points.iter().map(|point| (point.on.map(|on| on.to_string()), point.scores)).collect();
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        points,
        [
            (day("2027-01-11"), [Some(3), Some(2), None]),
            (day("2027-02-01"), [Some(4), None, None]),
            (day("2027-03-01"), [Some(7), None, None]),
        ]
    );
    assert_eq!(one.change(Scorer::Child), Change::Better);
    assert_eq!(one.change(Scorer::Parent), Change::NotKnown, "one score is no change");
    assert_eq!(one.change(Scorer::Practitioner), Change::NotKnown);
}

#[test]
fn a_late_action_is_late_whatever_is_said_of_it() {
    let found = progress(&plan(), parse_day("2027-02-01").unwrap());
    assert_eq!((found.done, found.overdue, found.to_do, found.under_way), (1, 1, 1, 0));
    let before = progress(&plan(), parse_day("2027-01-15").unwrap());
    assert_eq!((before.done, before.overdue, before.to_do, before.under_way), (1, 0, 1, 1));
    let owed: Vec<_> = owed(&plan()).into_iter().map(|one| (one.action, one.owner)).collect();
    assert_eq!(owed, [("a1".to_owned(), None), ("a2".to_owned(), Some("m2".to_owned()))]);
}

#[test]
fn a_review_begins_from_the_plan_and_replaces_nothing() {
    let mut number = 0;
    let mut new_id = || {
        number += 1;
        format!("new{number}")
    };
    let mut begun = Review::default();
    begin_review(&mut begun, &plan(), &mut new_id);
    assert_eq!((begun.outcomes.len(), begun.actions.len()), (1, 2), "what is done needs no review");
    begun.actions[0].progress = "Typed by hand".to_owned();
    let before = begun.clone();
    begin_review(&mut begun, &plan(), &mut new_id);
    assert_eq!(begun, before, "doing it again changes nothing");
}

#[test]
fn a_plan_takes_over_what_a_review_says_and_keeps_what_was_said_before() {
    let reviewed = review(json!({
        "on": "2027-03-01", "outcome": "continue", "next_on": "2027-04-26",
        "actions": [
            {"id": "r1", "action_id": "a1", "status": "done", "progress": "He sleeps", "completed_on": "2027-02-20"},
            {"id": "r2", "action_id": "gone", "status": "done"}
        ]
    }));
    let after = after_review(&plan(), &reviewed);
    let action = &after.outcomes[0].actions[0];
    assert_eq!((action.status.as_str(), action.progress.as_str()), ("done", "Begun\nHe sleeps"));
    assert_eq!(action.completed_on.whole(), parse_day("2027-02-20"));
    assert_eq!(after.review_date.whole(), parse_day("2027-04-26"));
    assert_eq!(after.outcomes[0].actions[1], plan().outcomes[0].actions[1]);
    assert_eq!(after_review(&after, &reviewed), after, "doing it again changes nothing");
    let closing = review(json!({"outcome": "close", "next_on": "2028-01-01"}));
    assert_eq!(after_review(&plan(), &closing).review_date, plan().review_date);
}

#[test]
fn a_timeline_has_what_happened_and_what_is_due_by_day() {
    let day = |text: &str| parse_day(text).unwrap();
    let happened = |on: &str, what: &'static str| Happened { on: day(on), what, number: None };
    let due = Running {
        clock: None,
        about: About::Episode,
        due: DueOn::agreed(day("2027-01-11")),
        hard: None,
        urgency: Urgency::Overdue,
    };
    let items = timeline(&[happened("2027-01-11", "plan_agreed"), happened("2026-11-23", "begun")], &[due]);
    let days: Vec<String> = items.iter().map(|item| item.on().to_string()).collect();
    assert_eq!(days, ["2026-11-23", "2027-01-11", "2027-01-11"]);
    assert!(matches!(items[2], assessment_team::pictures::TimelineItem::Due { .. }));
}
