//! Checks of records: nothing is needed to save; what stops completing; bad input; hints that stop nothing.

use assessment_engine::code_lists::CodeLists;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{ProblemCode, Stage};
use assessment_form::{Edit, WrittenDate, parse_day};
use assessment_team::{Context, HintCode, Member, Plan, RecordKind, TeamRecord, check, hints, lists};
use serde_json::{Value, json};

fn options() -> CodeLists {
    lists(&Standards::built_in().unwrap()).unwrap()
}

fn record(kind: RecordKind, mut answers: Value) -> TeamRecord {
    answers["form_version"] = kind.form_version().into();
    let read = TeamRecord::from_value(kind, answers).unwrap();
    assert_eq!(read.unread, vec![]);
    read.record
}

/// Every member of the team and the family of the examples.
fn people() -> Vec<Member> {
    let member = |name: &str, reference: Option<&str>| Member {
        name: name.to_owned(),
        reference: reference.map(str::to_owned),
    };
    vec![member("Dana O’Brien", Some("m1")), member("Sam Ward (left)", Some("m2")), member("Gran", None)]
}

fn problems(record: &TeamRecord, stage: Stage) -> Vec<(String, &'static str)> {
    let (lists, people) = (options(), people());
    let context = Context {
        today: parse_day("2027-03-01").unwrap(),
        began: parse_day("2026-11-23"),
        people: Some(&people),
        lists: &lists,
        uses_budget: true,
    };
    let found = check(record, stage, &context);
    found.into_iter().map(|problem| (problem.path, problem.code.as_str())).collect()
}

fn completing(record: &TeamRecord) -> Vec<(String, &'static str)> {
    problems(record, Stage::Submit)
}

fn good_plan() -> TeamRecord {
    record(
        RecordKind::Plan,
        json!({
            "outcomes": [{
                "id": "o1", "desired_outcome": "Sleeps through most nights", "goal_measure": "Five nights of seven",
                "elements": ["general_health"], "score_child": "3", "score_parent": "2/10",
                "actions": [{
                    "id": "a1", "action": "Make a bedtime plan together", "who": "Dana O'Brien", "who_ref": "m1",
                    "by_when": "2027-03-20", "budget_spent": "20"
                }]
            }],
            "lead_professional": "Dana O’Brien", "lead_professional_agrees": "yes", "budget_held": "£200",
            "agreed_on": "2027-02-20", "review_date": "2027-04-01"
        }),
    )
}

fn good_meeting() -> TeamRecord {
    record(
        RecordKind::Meeting,
        json!({
            "kind": "first", "status": "held", "on": "2027-02-26", "starts_at": "10:00", "ends_at": "11.30am",
            "place": "Green Lane School", "purpose": "To agree a plan", "chair": "Dana O’Brien", "note_taker": "Sam Ward",
            "people": [{"id": "p1", "name": "Dana O’Brien", "role": "Health visitor", "attendance": "attended"}],
            "child_voice": "I like Dana", "child_voice_method": ["words"],
            "family_views": [{"id": "v1", "name": "Gran", "said": "We are tired", "method": ["words"]}],
            "points": [{"id": "t1", "source": "School report", "point": "He is often late"}],
            "risk_factors": "Little sleep", "protective_factors": "Gran lives near",
            "decisions": [{"id": "d1", "decision": "A bedtime plan", "reason": "Sleep comes first"}],
            "actions": [{"id": "x1", "action_id": "a1", "action": "Make a plan", "who": "Gran", "by_when": "2027-03-20"}],
            "next_on": "2027-04-09"
        }),
    )
}

fn good_review() -> TeamRecord {
    record(
        RecordKind::Review,
        json!({
            "on": "2027-03-01", "outcome": "continue", "people": [{"id": "p1", "name": "Gran"}],
            "outcomes": [{"id": "r1", "outcome_id": "o1", "outcome": "Sleeps", "score_child": "5"}],
            "actions": [{"id": "r2", "action_id": "a1", "action": "Make a plan", "status": "done", "completed_on": "2027-02-28"}],
            "notes": "Things are better", "child_comment": "I sleep", "child_comment_method": ["drawing"],
            "parent_comments": [{"id": "c1", "name": "Gran", "comment": "We sleep"}],
            "agreement_holds": "yes", "suggested_before": "R2", "suggested_now": "R2", "decision": "R2",
            "next_steps": "Go on", "next_on": "2027-04-12"
        }),
    )
}

#[test]
fn nothing_is_needed_to_save() {
    for kind in RecordKind::ALL {
        for stage in [Stage::Editing, Stage::Section] {
            assert_eq!(problems(&TeamRecord::blank(kind), stage), vec![], "{kind:?}");
        }
        assert!(completing(&TeamRecord::blank(kind)).len() > 3, "{kind:?} is not complete");
    }
}

#[test]
fn what_is_complete_has_no_problem() {
    for record in [good_plan(), good_meeting(), good_review()] {
        assert_eq!(completing(&record), vec![], "{:?}", record.kind());
    }
}

/// One change to a good record, and the problem that it brings.
type Case = (&'static str, Edit, &'static str, &'static str);

fn text(text: &str) -> Edit {
    Edit::Text(text.to_owned())
}

fn day(day: &str) -> Edit {
    Edit::Date(WrittenDate::from_iso(day).unwrap())
}

#[test]
fn bad_input_is_named_at_its_place() {
    let plan: &[Case] = &[
        ("agreed_on", day("2026-11-22"), "agreed_on", "before-episode"),
        ("agreed_on", day("2027-03-02"), "agreed_on", "date-in-future"),
        (
            "outcomes[0].actions[0].by_when",
            day("2025-01-01"),
            "outcomes[0].actions[0].by_when",
            "before-episode",
        ),
        ("outcomes[0].score_child", text("11"), "outcomes[0].score_child", "score"),
        ("outcomes[0].score_parent", text("-1"), "outcomes[0].score_parent", "score"),
        ("outcomes[0].actions[0].budget_spent", text("200.01"), "budget_held", "over-budget"),
        ("budget_held", text("a few pounds"), "budget_held", "money"),
        ("lead_professional", text("The neighbour"), "lead_professional", "not-in-team"),
        ("lead_professional_agrees", text(""), "lead_professional_agrees", "needed"),
        ("outcomes", Edit::RemoveRow(0), "outcomes", "needed-row"),
        ("outcomes[0].actions", Edit::RemoveRow(0), "outcomes[0].actions", "needed-row"),
        ("outcomes[0].elements", Edit::List(vec!["nonsense".into()]), "outcomes[0].elements", "not-offered"),
        ("long_term_goal", text(&"é".repeat(1001)), "long_term_goal", "too-long"),
    ];
    let meeting: &[Case] = &[
        ("people", Edit::RemoveRow(0), "people", "needed-row"),
        ("people[0].attendance", text("apologies"), "people", "nobody-there"),
        ("status", text("planned"), "status", "still-planned"),
        ("on", day("2027-03-05"), "on", "date-in-future"),
        ("on", day("2026-01-05"), "on", "before-episode"),
        ("ends_at", text("9am"), "ends_at", "ends-before-start"),
        ("place", text(""), "place", "needed"),
        ("child_voice", text(""), "no_child_voice_reason", "needed"),
        ("family_views", Edit::RemoveRow(0), "no_family_views_reason", "needed"),
        ("decisions", Edit::RemoveRow(0), "decisions", "needed-row"),
        ("actions[0].who", text("The neighbour"), "actions[0].who", "not-in-team"),
        ("next_on", day("2027-02-26"), "next_on", "next-not-later"),
    ];
    let review: &[Case] = &[
        ("on", day("2027-03-02"), "on", "date-in-future"),
        ("next_on", Edit::Date(WrittenDate::default()), "next_on", "needed"),
        ("next_on", day("2027-02-01"), "next_on", "next-not-later"),
        ("child_comment", text(" "), "no_child_comment_reason", "needed"),
        ("parent_comments", Edit::RemoveRow(0), "no_parent_comment_reason", "needed"),
        ("outcomes[0].score_child", text("10.5"), "outcomes[0].score_child", "score"),
        ("agreement_holds", text("no"), "agreement_details", "needed"),
        ("suggested_now", text("R3"), "what_changed", "needed"),
        ("suggested_now", text("R3"), "decision_reason", "needed"),
        ("outcome", text("not_held"), "not_held_reason", "needed"),
        ("outcome", text("step_down"), "after_step_down", "needed"),
    ];
    for (record, cases) in [(good_plan(), plan), (good_meeting(), meeting), (good_review(), review)] {
        for (path, edit, at, code) in cases {
            let mut changed = record.clone();
            changed.apply(path, edit.clone()).unwrap();
            let found = completing(&changed);
            assert!(found.contains(&((*at).to_owned(), *code)), "{path}: {code} at {at} is not in {found:?}");
        }
    }
}

/// A review ends with a date or with a reason, never with neither and never with both.
#[test]
fn a_review_ends_with_a_date_or_a_reason() {
    let mut review = good_review();
    review.apply("outcome", text("close")).unwrap();
    let found = completing(&review);
    let at = |path: &str| found.iter().any(|(at, code)| at == path && *code == "needed");
    assert!(at("closing.reason") && at("closing.on") && at("closing.summary") && at("outcomes[0].reached"));
    assert!(!found.iter().any(|(path, _)| path == "next_on"), "no date is asked for");
    for (path, edit) in [
        ("closing.on", day("2027-03-01")),
        ("closing.reason", text("needs_met")),
        ("closing.summary", text("He sleeps")),
        ("closing.next_help", text("The school nurse")),
        ("outcomes[0].reached", text("reached")),
    ] {
        review.apply(path, edit).unwrap();
    }
    assert_eq!(completing(&review), vec![]);
    review.apply("closing.reason", text("not_engaged")).unwrap();
    let paths: Vec<String> = completing(&review).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["closing.reason_details", "closing.risk_recheck", "closing.risk_recheck_reason"]);
}

#[test]
fn a_cancelled_meeting_needs_only_why() {
    let meeting =
        record(RecordKind::Meeting, json!({"kind": "first", "status": "cancelled", "on": "2027-03-09"}));
    assert_eq!(completing(&meeting), [("cancelled_reason".to_owned(), "needed")]);
}

/// Row B15: somebody who left still owns what they promised, and nothing is reassigned by looking.
#[test]
fn b15_an_owner_who_left_is_still_the_owner() {
    let mut plan = good_plan();
    plan.apply("outcomes[0].actions[0].who", text("Sam Ward")).unwrap();
    plan.apply("outcomes[0].actions[0].who_ref", text("")).unwrap();
    assert_eq!(completing(&plan).len(), 1, "the name alone is not in the list any more");
    plan.apply("outcomes[0].actions[0].who_ref", text("m2")).unwrap();
    assert_eq!(completing(&plan), vec![], "by the id it is the same person");
}

/// Without a list of people no name is wrong: unknown is not "no".
#[test]
fn where_nobody_knows_the_team_no_name_is_wrong() {
    let mut plan = good_plan();
    plan.apply("lead_professional", text("The neighbour")).unwrap();
    let lists = options();
    let today = parse_day("2027-03-01").unwrap();
    let context = Context { today, began: None, people: None, lists: &lists, uses_budget: false };
    assert_eq!(check(&plan, Stage::Submit, &context), vec![]);
}

#[test]
fn every_problem_code_of_the_team_can_come_up() {
    let shown = include_str!("checks.rs");
    for code in ProblemCode::ALL.iter().filter(|code| code.is_of_team()) {
        assert!(shown.contains(&format!("\"{}\"", code.as_str())), "no case brings {}", code.as_str());
    }
}

#[test]
fn hints_stop_nothing() {
    let mut plan = good_plan();
    for (path, edit) in [
        ("outcomes[0].desired_outcome", text("Referral to CAMHS")),
        ("outcomes[0].actions[0].action", text("Refer")),
        ("outcomes[0].actions[0].who", text("Gran")),
        ("outcomes[0].actions[0].by_when", day("2027-05-01")),
        ("outcomes[0].actions[0].budget_planned", text("500")),
    ] {
        plan.apply(path, edit).unwrap();
    }
    assert_eq!(completing(&plan), vec![]);
    let TeamRecord::Plan(plan) = plan else { panic!("a plan") };
    let codes = |plan: &Plan| hints(plan).into_iter().map(|hint| hint.code).collect::<Vec<_>>();
    let expected = [HintCode::OverPlanned, HintCode::NotAService, HintCode::SayMore, HintCode::AfterReview];
    assert_eq!(codes(&plan), expected);
    let mut vague = (*plan).clone();
    let action = &mut vague.outcomes[0].actions[0];
    (action.who, action.by_when) = ("The school".to_owned(), WrittenDate::default());
    assert!(codes(&vague).contains(&HintCode::NameAPerson) && codes(&vague).contains(&HintCode::NoDate));
    vague.outcomes[0].actions[0].who.clear();
    assert!(codes(&vague).contains(&HintCode::NoOwner));
    vague.outcomes[0].actions[0].status = "done".to_owned();
    assert!(!codes(&vague).contains(&HintCode::NoOwner), "what is done needs no hint");
}
