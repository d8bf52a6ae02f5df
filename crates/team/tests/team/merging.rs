//! Joining what two people wrote at once: rows B18 and B19. That nothing is lost is tried in `interleavings`.

use assessment_form::Edit;
use assessment_team::{Merge, RecordKind, TeamRecord, merge};
use serde_json::{Value, json};

fn plan(answers: Value) -> TeamRecord {
    let mut answers = answers;
    answers["form_version"] = RecordKind::Plan.form_version().into();
    let read = TeamRecord::from_value(RecordKind::Plan, answers).unwrap();
    assert_eq!(read.unread, vec![]);
    read.record
}

fn with(record: &TeamRecord, path: &str, text: &str) -> TeamRecord {
    let mut changed = record.clone();
    changed.apply(path, Edit::Text(text.to_owned())).unwrap();
    changed
}

fn clean(base: &TeamRecord, yours: &TeamRecord, theirs: &TeamRecord) -> TeamRecord {
    match merge(base, yours, theirs).unwrap() {
        Merge::Clean(record) => record,
        Merge::Clash { clashes, .. } => panic!("{clashes:#?}"),
    }
}

fn clashes(base: &TeamRecord, yours: &TeamRecord, theirs: &TeamRecord) -> Vec<(String, Value, Value, Value)> {
    match merge(base, yours, theirs).unwrap() {
        Merge::Clean(record) => panic!("no clash: {}", record.to_json()),
        Merge::Clash { clashes, .. } => {
            clashes.into_iter().map(|one| (one.path, one.base, one.yours, one.theirs)).collect()
        }
    }
}

fn example() -> TeamRecord {
    plan(json!({
        "long_term_goal": "A calm home",
        "outcomes": [
            {"id": "o1", "desired_outcome": "Sleeps well", "elements": ["general_health", "identity"], "actions": [
                {"id": "a1", "action": "A bedtime plan", "who": "Dana", "by_when": "2027-01-15"},
                {"id": "a2", "action": "Ring the nurse", "who": "Sam"}
            ]},
            {"id": "o2", "desired_outcome": "Likes school"}
        ]
    }))
}

#[test]
fn b18_different_fields_merge_and_the_same_value_is_no_clash() {
    let base = example();
    let yours = with(&base, "outcomes[0].actions[0].who", "Gran");
    let theirs = with(&base, "outcomes[1].desired_outcome", "Likes school again");
    let merged = clean(&base, &yours, &theirs);
    assert_eq!(merged.text("outcomes[0].actions[0].who"), "Gran");
    assert_eq!(merged.text("outcomes[1].desired_outcome"), "Likes school again");
    let same = with(&theirs, "long_term_goal", "Calm");
    let both = clean(&base, &same, &with(&base, "long_term_goal", "Calm"));
    assert_eq!(both.text("long_term_goal"), "Calm");
}

#[test]
fn b18_the_same_field_is_a_clash_with_both_texts() {
    let base = example();
    let yours = with(&base, "outcomes[0].actions[0].who", "Gran");
    let theirs = with(&base, "outcomes[0].actions[0].who", "Sam");
    let expected = ("outcomes[0].actions[0].who".to_owned(), json!("Dana"), json!("Gran"), json!("Sam"));
    assert_eq!(clashes(&base, &yours, &theirs), [expected]);
}

#[test]
fn b18_ticks_merge_one_by_one() {
    let base = example();
    let tick = |record: &TeamRecord, codes: &[&str]| {
        let mut changed = record.clone();
        let codes = codes.iter().map(|code| (*code).to_owned()).collect();
        changed.apply("outcomes[0].elements", Edit::List(codes)).unwrap();
        changed
    };
    let yours = tick(&base, &["general_health", "identity", "self_care"]);
    let theirs = tick(&base, &["identity", "aspirations"]);
    let TeamRecord::Plan(merged) = clean(&base, &yours, &theirs) else { panic!("a plan") };
    assert_eq!(merged.outcomes[0].elements, ["identity", "aspirations", "self_care"]);
}

#[test]
fn b18_taking_a_row_away_clashes_with_changing_it_and_with_nothing_else() {
    let base = example();
    let mut yours = base.clone();
    yours.apply("outcomes[0].actions", Edit::RemoveRow(1)).unwrap();
    let TeamRecord::Plan(merged) = clean(&base, &yours, &with(&base, "long_term_goal", "Calm")) else {
        panic!("a plan")
    };
    assert_eq!(merged.outcomes[0].actions.len(), 1);
    let theirs = with(&base, "outcomes[0].actions[1].action", "Ring the nurse: he stopped breathing twice");
    let [(path, _, mine, other)] = clashes(&base, &yours, &theirs).try_into().unwrap();
    assert_eq!(path, "outcomes[0].actions[1]");
    assert_eq!(mine, Value::Null);
    assert_eq!(other["action"], json!("Ring the nurse: he stopped breathing twice"));
    let [(_, _, mine, other)] = clashes(&base, &theirs, &yours).try_into().unwrap();
    assert!(other.is_null() && !mine.is_null(), "the other way round as well");
}

/// Offline: the owner, then the date. Meanwhile the office changes the date. Both writes began from the plan's first
/// revision, so each is compared with it and not with the change before.
#[test]
fn b19_a_run_of_offline_changes_clashes_with_the_office_in_any_order() {
    let base = example();
    let date = |record: &TeamRecord, day: &str| {
        let mut changed = record.clone();
        let written = assessment_form::WrittenDate::from_iso(day).unwrap();
        changed.apply("outcomes[0].actions[0].by_when", Edit::Date(written)).unwrap();
        changed
    };
    let owner = with(&base, "outcomes[0].actions[0].who", "Gran");
    let owner_and_date = date(&owner, "2027-02-01");
    let office = date(&base, "2027-01-22");
    // The first offline change merges; the second clashes on the date alone, with the three values.
    let merged = clean(&base, &owner, &office);
    let clash = clashes(&base, &owner_and_date, &merged);
    let path = "outcomes[0].actions[0].by_when".to_owned();
    let expected = [(path, json!("2027-01-15"), json!("2027-02-01"), json!("2027-01-22"))];
    assert_eq!(clash, expected);
    // The second before the first: the same clash, and the first then merges as before.
    assert_eq!(clashes(&base, &owner_and_date, &office), expected);
    assert_eq!(clean(&base, &owner, &office), merged);
}

#[test]
fn rows_that_two_people_add_are_both_kept_in_one_order() {
    let base = example();
    let add = |id: &str, text: &str| {
        let mut changed = base.clone();
        changed.apply("outcomes", Edit::AddRow).unwrap();
        let changed = with(&changed, "outcomes[2].id", id);
        with(&changed, "outcomes[2].desired_outcome", text)
    };
    let (yours, theirs) = (add("y", "Has a friend"), add("t", "Eats with us"));
    let merged = clean(&base, &yours, &theirs);
    assert_eq!(merged, clean(&base, &theirs, &yours));
    let TeamRecord::Plan(merged) = merged else { panic!("a plan") };
    let ids: Vec<&str> = merged.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(ids, ["o1", "o2", "t", "y"]);
}

#[test]
fn records_of_different_kinds_are_not_joined() {
    let meeting = TeamRecord::blank(RecordKind::Meeting);
    assert_eq!(merge(&example(), &meeting, &example()), None);
}

/// More rows than a record can be read with: nothing is cut off, a person decides.
#[test]
fn too_many_rows_are_a_clash_and_no_loss() {
    let rows = |from: usize| -> TeamRecord {
        let rows = (from..from + 300)
            .map(|at| json!({"id": format!("r{at}"), "desired_outcome": format!("text {at}")}));
        plan(json!({"outcomes": rows.collect::<Vec<_>>()}))
    };
    let base = plan(json!({}));
    assert!(matches!(merge(&base, &rows(0), &rows(300)), Some(Merge::Clash { .. })));
}
