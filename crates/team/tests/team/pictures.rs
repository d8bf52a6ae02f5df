//! What pictures are drawn from, and how a review begins and ends. Not shapes or words.

use assessment_engine::answers::{Answers, HouseholdMember, ParentOrCarer, ServiceInvolved};
use assessment_engine::code_lists::CodeLists;
use assessment_engine::disclosure::{FamilyAdvice, Telling};
use assessment_engine::validation::Stage;
use assessment_form::{WrittenDate, parse_day};
use assessment_team::pictures::{
    ActionState, Change, Lives, Scorer, Seen, family_map, goals, progress, series,
};
use assessment_team::{
    Context, Plan, RecordKind, Review, TeamRecord, after_review, begin_review, carried_over, check, owed,
};
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
fn the_first_scores_stay_the_first_where_the_plan_was_agreed_again() {
    let mut again = plan();
    again.agreed_on = WrittenDate::from_iso("2027-06-10").unwrap();
    let [one] = series(&again, &[]).try_into().unwrap();
    let points: Vec<_> = one.points.iter().map(|point| (point.on.is_some(), point.scores[0])).collect();
    assert_eq!(points, [(false, Some(3)), (true, Some(4))]);
    assert_eq!(one.change(Scorer::Child), Change::Better);
}

#[test]
fn what_was_written_into_the_plan_since_the_review_is_newer_and_stays() {
    let reviewed = review(json!({
        "on": "2027-03-01", "next_on": "2027-04-12",
        "actions": [
            {"id": "r1", "action_id": "a1", "status": "done", "progress": "Every night"},
            {"id": "r2", "action_id": "a2", "status": "done"}
        ]
    }));
    let base = plan();
    let mut newest = base.clone();
    // It turned out not to be done, and a later review has moved the date.
    newest.outcomes[0].actions[0].status = "not_started".to_owned();
    newest.review_date = WrittenDate::from_iso("2027-05-24").unwrap();
    let TeamRecord::Plan(after) = carried_over(&base, &reviewed, &newest) else { panic!("a plan") };
    let statuses: Vec<&str> = after.outcomes[0].actions.iter().map(|action| &*action.status).collect();
    assert_eq!(statuses, ["not_started", "done", "done"]);
    assert_eq!(after.outcomes[0].actions[0].progress, "Begun\nEvery night");
    assert_eq!(after.review_date, newest.review_date);
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
fn the_plan_at_a_glance_has_each_action_once_and_its_counts_are_those_of_its_squares() {
    for today in ["2027-01-15", "2027-02-01", "2028-01-01"] {
        let today = parse_day(today).unwrap();
        let goals = goals(&plan(), today);
        let states: Vec<ActionState> =
            goals.iter().flat_map(|goal| &goal.actions).map(|one| one.state).collect();
        assert_eq!(states.len(), 3);
        let counts = progress(&plan(), today);
        for state in ActionState::ALL {
            assert_eq!(counts.count(state), states.iter().filter(|one| **one == state).count(), "{state:?}");
        }
    }
}

fn member(name: &str, lives: &str) -> HouseholdMember {
    HouseholdMember {
        name: name.to_owned(),
        lives_with_child: lives.to_owned(),
        relationship: "sibling".to_owned(),
        ..HouseholdMember::default()
    }
}

#[test]
fn the_map_has_no_address_and_nobody_whom_the_record_keeps_something_from() {
    let mut answers = Answers::default();
    answers.identifying_details.given_names = "Nia".to_owned();
    answers.identifying_details.family_name = "Hart".to_owned();
    answers.identifying_details.address_confidential = "yes".to_owned();
    answers.identifying_details.address.line_1 = "7 Quarry Hill Close".to_owned();
    answers.identifying_details.address.postcode = "LS2 8BB".to_owned();
    let parent = |name: &str| ParentOrCarer { name: name.to_owned(), ..ParentOrCarer::default() };
    answers.parents_and_carers = vec![parent("Ffion Hart"), parent("Tom Hart")];
    answers.home_and_family.household =
        vec![member("Gran Hart", "no"), member("Ffion Hart", "yes"), member("Tom  Hart", "no")];
    let service = |details: &str, status: &str| ServiceInvolved {
        service: "other".to_owned(),
        service_other: details.to_owned(),
        contact_name: "Mo Ali".to_owned(),
        status: status.to_owned(),
        ..ServiceInvolved::default()
    };
    answers.services_involved = vec![service("Rose Refuge", "now"), service("Old Club", "past")];
    let advice = FamilyAdvice { telling: Telling::NoRule, kept_from: vec![1] };
    let mut plan = plan();
    plan.lead_professional = "Sam Okafor".to_owned();
    let seen = Seen { assessment: &answers, advice: &advice, plan: Some(&plan), meeting: None };
    let map = family_map(seen);
    let family: Vec<_> = map.family.iter().map(|one| (one.name.as_str(), one.lives)).collect();
    assert_eq!(family, [("Ffion Hart", Lives::With), ("Gran Hart", Lives::Elsewhere)]);
    let helpers: Vec<_> = map.helpers.iter().map(|one| (one.name.as_str(), one.leads)).collect();
    assert_eq!(helpers, [("Sam Okafor", true), ("Mo Ali", false)]);
    for secret in ["Tom", "Quarry", "LS2", "Rose Refuge", "Old Club"] {
        assert!(!format!("{map:?}").contains(secret), "{secret}: {map:?}");
    }
    // Where the address may be known, so may the service.
    answers.identifying_details.address_confidential = "no".to_owned();
    let seen = Seen { assessment: &answers, advice: &advice, plan: None, meeting: None };
    assert!(format!("{:?}", family_map(seen)).contains("Rose Refuge"));
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
fn a_review_that_was_not_held_scored_nothing() {
    let scored = json!({
        "on": "2027-03-01", "outcome": "not_held",
        "outcomes": [{"id": "r1", "outcome_id": "o1", "score_child": "9"}]
    });
    let [one] = series(&plan(), &[&review(scored)]).try_into().unwrap();
    assert!(one.points.iter().all(|point| point.scores[0] != Some(9)), "{one:?}");
}

#[test]
fn what_reviews_add_never_makes_a_plan_too_long_and_no_word_is_lost() {
    let mut after = plan();
    let mut reviews = Vec::new();
    for number in 0..6 {
        let said = format!("{number} {}", "He slept through the night, and so did she. ".repeat(20));
        let reviewed = review(json!({
            "on": "2027-03-01", "next_on": "2027-04-12",
            "actions": [{"id": "r1", "action_id": "a1", "status": "partly", "progress": said}],
        }));
        after = after_review(&after, &reviewed);
        reviews.push(reviewed);
    }
    let progress = &after.outcomes[0].actions[0].progress;
    assert!(progress.starts_with("Begun\n0 He slept"), "what was said before stays: {progress}");
    assert!(progress.chars().count() <= 2000, "{}", progress.chars().count());
    assert_eq!(after.outcomes[0].actions[0].status, "partly");
    let is_kept =
        |said: &str| progress.contains(said) || reviews.iter().any(|one| one.actions[0].progress == said);
    assert!(reviews.iter().all(|one| is_kept(&one.actions[0].progress)));
    let record = TeamRecord::Plan(Box::new(after));
    let lists = CodeLists::load(assessment_team::built_in_lists()).unwrap();
    let today = parse_day("2027-03-01").unwrap();
    let context = Context { today, began: None, people: None, lists: &lists, uses_budget: false };
    let problems = check(&record, Stage::Editing, &context);
    assert!(problems.iter().all(|one| !one.path.ends_with("progress")), "{problems:?}");
}
