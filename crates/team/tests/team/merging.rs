//! Joining what two people wrote at once: rows B18 and B19 and bar B9's property. The laws are tried on 500 seeded
//! interleavings, so that a failure can be run again.

use std::collections::BTreeMap;

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

/// A small generator with a seed, so that a failure can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// One change of one editor. Each text that is typed is different from every other.
fn change(record: &mut TeamRecord, dice: &mut Dice, word: &mut u32) {
    *word += 1;
    let (id, text) = (format!("id{word}"), format!("word{word}"));
    let outcomes = match &*record {
        TeamRecord::Plan(plan) => {
            plan.outcomes.iter().map(|outcome| outcome.actions.len()).collect::<Vec<_>>()
        }
        _ => vec![],
    };
    let row = if outcomes.is_empty() { 0 } else { dice.roll(outcomes.len()) };
    let actions = outcomes.get(row).copied().unwrap_or_default();
    let set = |record: &mut TeamRecord, path: String, text: String| {
        record.apply(&path, Edit::Text(text)).unwrap();
    };
    match dice.roll(9) {
        0 | 1 => set(record, "long_term_goal".into(), text),
        2 => set(record, "disagreements".into(), text),
        3 => {
            record.apply("outcomes", Edit::AddRow).unwrap();
            set(record, format!("outcomes[{}].id", outcomes.len()), id);
            set(record, format!("outcomes[{}].desired_outcome", outcomes.len()), text);
        }
        4 if !outcomes.is_empty() => record.apply("outcomes", Edit::RemoveRow(row)).unwrap(),
        5 | 6 if !outcomes.is_empty() => {
            record.apply(&format!("outcomes[{row}].actions"), Edit::AddRow).unwrap();
            set(record, format!("outcomes[{row}].actions[{actions}].id"), id);
            set(record, format!("outcomes[{row}].actions[{actions}].action"), text);
        }
        7 if actions > 0 => {
            let action = dice.roll(actions);
            record.apply(&format!("outcomes[{row}].actions"), Edit::RemoveRow(action)).unwrap();
        }
        _ if !outcomes.is_empty() => set(record, format!("outcomes[{row}].desired_outcome"), text),
        _ => set(record, "long_term_goal".into(), text),
    }
}

/// Every text of a record by the ids of the rows that it is in.
fn texts(record: &TeamRecord) -> BTreeMap<String, String> {
    let TeamRecord::Plan(plan) = record else { return BTreeMap::new() };
    let mut texts = BTreeMap::from([
        ("long_term_goal".to_owned(), plan.long_term_goal.clone()),
        ("disagreements".to_owned(), plan.disagreements.clone()),
    ]);
    for outcome in &plan.outcomes {
        texts.insert(format!("/{}", outcome.id), outcome.desired_outcome.clone());
        for action in &outcome.actions {
            texts.insert(format!("/{}/{}", outcome.id, action.id), action.action.clone());
        }
    }
    texts
}

/// What one record says that the one before did not.
fn changes(before: &TeamRecord, after: &TeamRecord) -> Vec<(String, String)> {
    let before = texts(before);
    let is_new = |(place, text): &(String, String)| before.get(place) != Some(text);
    texts(after).into_iter().filter(is_new).collect()
}

/// Bar B9: 500 seeded interleavings of two editors of one plan. Each writes what they have, with the revision that they
/// began from; a refused write is kept whole. After each write no word of either is missing from both the newest revision
/// and what was kept, unless somebody who had read it took it away.
#[test]
fn b9_no_word_of_two_editors_is_lost_in_500_interleavings() {
    let (mut merged, mut refused) = (0, 0);
    for seed in 0..500 {
        let mut dice = Dice(seed);
        let mut word = 0;
        let mut current = example();
        let mut kept: Vec<TeamRecord> = Vec::new();
        let mut editors = [(current.clone(), current.clone()), (current.clone(), current.clone())];
        for _ in 0..30 {
            let who = dice.roll(2);
            let (base, own) = &mut editors[who];
            if dice.roll(3) > 0 {
                change(own, &mut dice, &mut word);
                continue;
            }
            let outcome = merge(base, own, &current).unwrap();
            let next = match &outcome {
                Merge::Clean(next) => {
                    merged += 1;
                    // What does not clash comes out the same whoever is first.
                    assert_eq!(merge(base, &current, own).unwrap(), outcome, "seed {seed}");
                    next.clone()
                }
                Merge::Clash { clashes, with_theirs } => {
                    refused += 1;
                    assert!(!clashes.is_empty(), "seed {seed}: a flag always has something to show");
                    assert!(
                        matches!(merge(base, &current, own).unwrap(), Merge::Clash { .. }),
                        "seed {seed}"
                    );
                    for (place, text) in changes(base, &current) {
                        let shown = texts(with_theirs).get(&place) == Some(&text)
                            || clashes.iter().any(|clash| clash.theirs.to_string().contains(&text));
                        assert!(shown, "seed {seed}: theirs at {place} is neither shown nor in a clash");
                    }
                    kept.push(own.clone());
                    current.clone()
                }
            };
            let holds = |place: &String, text: &String| {
                [&next].into_iter().chain(&kept).any(|record| texts(record).get(place) == Some(text))
            };
            for (place, text) in changes(base, own).into_iter().chain(changes(base, &current)) {
                assert!(holds(&place, &text), "seed {seed}: {text} at {place} is lost");
            }
            // A row that nobody took away is still there.
            for place in texts(base).keys().filter(|place| place.starts_with('/')) {
                let both = texts(own).contains_key(place) && texts(&current).contains_key(place);
                assert!(!both || texts(&next).contains_key(place), "seed {seed}: the row {place} is lost");
            }
            current = next.clone();
            editors[who] = (next.clone(), next);
        }
        assert_eq!(clean(&current, &current, &current), current, "with itself nothing changes");
        let changed = &editors[0].1;
        assert_eq!(clean(&current, changed, &current), *changed, "a change of one alone is that change");
        assert_eq!(clean(&current, &current, changed), *changed);
    }
    assert!(merged > 500 && refused > 500, "both happen: {merged} merged, {refused} refused");
}
