//! Whatever is typed, stored or sent: nothing panics, nothing that was typed is lost or moved, and no problem repeats
//! it. Not a test of which problem belongs to which mistake: see `validation`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::Caf;
use assessment_form::parse_day;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::material::any_answers::{Typed, edits, places, text, typed, typing};
use crate::material::random::Random;
use assessment_engine::answers::{Answers, Node};
use assessment_engine::answers::{Facts, Scope};
use assessment_engine::assessment::Assessment;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Problem, ProblemCode, Stage, check};
use assessment_form::{Edit, Group, Kind, Path, Segment};
use assessment_rules::evaluate;
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::{Value, json};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::built_in().unwrap());
static PLACES: LazyLock<Vec<String>> = LazyLock::new(|| places(&STANDARDS.pack));

fn today() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn record(seed: u64) -> Answers {
    let signs = STANDARDS.pack.indicators().iter();
    let ids: Vec<(&str, &str)> = signs.map(|i| (i.element.as_str(), i.id.as_str())).collect();
    let mut random = Random::new(seed);
    let day = random.today();
    Answers::from_value(&random.record(&ids, day)).unwrap().answers
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: prop::test_runner::RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Any JSON; its names are often ours.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let name = prop_oneof![
        3 => prop::sample::select(vec![
            "danger_now", "identifying_details", "dob", "given_names", "disability", "address", "parents_and_carers",
            "home_and_family", "household", "elements", "behavioural", "indicators", "BE-201", "consent", "signatories",
            "day", "month", "year", "phones", "conclusions",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ];
    leaf.prop_recursive(6, 80, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every leaf of a document, by pointer.
fn leaves(value: &Value, at: String, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().for_each(|(name, field)| leaves(field, format!("{at}/{name}"), found));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(i, item)| leaves(item, format!("{at}/{i}"), found));
        }
        _ => drop(found.insert(at, value.clone())),
    }
}

fn document(answers: &Answers) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    leaves(&serde_json::from_str(&answers.to_json()).unwrap(), String::new(), &mut found);
    found
}

/// The place of a path in the form: the position of each part within what is around it.
fn position(path: &str, answers: &Answers) -> Vec<usize> {
    let mut node = Node::Group(answers);
    let mut at = Vec::new();
    for segment in Path::parse(path).unwrap().segments() {
        match (node, segment) {
            (Node::Group(group), Segment::Name(name)) => {
                let index = (group as &dyn Group<Caf>).position(name).unwrap();
                at.push(index);
                node = group.get(index).unwrap();
            }
            (Node::Rows(rows), Segment::Row(row)) => {
                at.push(*row);
                node = Node::Group(rows.row(*row).unwrap());
            }
            // Within an element, indicators are in list order.
            (Node::Marks(_), Segment::Name(id)) => {
                at.push(STANDARDS.pack.indicators().iter().position(|i| i.id == *id).unwrap_or(usize::MAX));
            }
            _ => {}
        }
    }
    at
}

fn keys(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.path.as_str(), problem.code.as_str())).collect()
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn checks_never_panic_and_grow_with_the_stage(seed: u64, typing in typing()) {
        // On top of a record that makes sense: most problems need more than one answer.
        let answers = typed(record(seed), &typing, &PLACES);
        let [editing, section, submit] =
            [Stage::Editing, Stage::Section, Stage::Submit].map(|stage| check(&answers, stage, today(), &STANDARDS));
        for (fewer, more) in [(&editing, &section), (&section, &submit)] {
            for problem in keys(fewer) {
                prop_assert!(keys(more).contains(&problem), "{problem:?} is gone at the later stage");
            }
        }
        for problems in [&editing, &section, &submit] {
            let order: Vec<Vec<usize>> = problems.iter().map(|problem| position(&problem.path, &answers)).collect();
            prop_assert!(order.is_sorted(), "not in form order: {:?}", keys(problems));
            let mut once = keys(problems);
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), problems.len(), "said twice: {:?}", keys(problems));
        }
        prop_assert_eq!(Assessment::parse(answers, today(), &STANDARDS).is_ok(), submit.is_empty());
    }

    #[test]
    fn what_was_typed_comes_back_exactly(typing in typing()) {
        let answers = typed(Answers::default(), &typing, &PLACES);
        let json = answers.to_json();
        let reading = Answers::read(&json).unwrap();
        prop_assert_eq!(&reading.unread, &vec![]);
        prop_assert_eq!(reading.answers.to_json(), json);
        prop_assert_eq!(reading.answers, answers);
    }

    #[test]
    fn an_edit_touches_only_its_place(typing in typing(), change in (any::<prop::sample::Index>(), text())) {
        let mut answers = typed(Answers::default(), &typing, &PLACES);
        let before = document(&answers);
        let path = change.0.get(&PLACES).clone();
        let change = Typed { place: change.0, text: change.1, more: vec!["x".into()] };
        let edits = edits(&change);
        let applied = edits.into_iter().filter(|edit| answers.apply(&path, edit.clone()).is_ok()).count();
        prop_assert!(applied <= 1, "{path} takes two kinds of answer");
        let after = document(&answers);
        let place = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        for pointer in before.keys().chain(after.keys()) {
            if before.get(pointer) == after.get(pointer) {
                continue;
            }
            // An empty row or group gives way to what is put into it.
            let empty = |document: &BTreeMap<String, Value>| {
                document.get(pointer).is_none_or(|value| *value == json!({}) || *value == json!([]))
            };
            let around = place.starts_with(&format!("{pointer}/")) || pointer.is_empty();
            prop_assert!(
                pointer.starts_with(&place) || (around && empty(&before) && empty(&after)),
                "an edit of {path} changed {pointer}"
            );
        }
        if applied == 0 {
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn removing_a_row_moves_up_only_the_rows_after_it(typing in typing(), row in 0usize..3) {
        let answers = typed(Answers::default(), &typing, &PLACES);
        for rows in ["parents_and_carers", "services_involved", "home_and_family.household"] {
            let mut changed = answers.clone();
            let Some(Node::Rows(list)) = answers.node(rows) else { unreachable!("{rows} is a repeating group") };
            let removed = changed.apply(rows, Edit::RemoveRow(row)).is_ok();
            prop_assert_eq!(removed, row < list.len());
            let mut expected: Value = serde_json::from_str(&answers.to_json()).unwrap();
            let pointer = format!("/{}", rows.replace('.', "/"));
            if let Some(Value::Array(items)) = expected.pointer_mut(&pointer).filter(|_| removed) {
                items.remove(row);
            }
            let mut leaves_expected = BTreeMap::new();
            leaves(&expected, String::new(), &mut leaves_expected);
            leaves_expected.retain(|_, value| !matches!(value, Value::Array(items) if items.is_empty()));
            leaves_expected.retain(|_, value| !matches!(value, Value::Object(fields) if fields.is_empty()));
            let mut leaves_after = document(&changed);
            leaves_after.retain(|_, value| !matches!(value, Value::Object(fields) if fields.is_empty()));
            leaves_after.retain(|_, value| !matches!(value, Value::Array(items) if items.is_empty()));
            prop_assert_eq!(leaves_after, leaves_expected);
        }
    }

    #[test]
    fn no_problem_and_no_reason_repeats_what_was_typed(typing in typing()) {
        // A word that nothing of ours contains, in every text that is typed.
        const WORD: &str = "zqxjvk";
        let mark = |text: &str| format!("{text}{WORD}");
        let typing: Vec<Typed> = typing
            .into_iter()
            .map(|t| Typed { text: mark(&t.text), more: t.more.iter().map(|m| mark(m)).collect(), ..t })
            .collect();
        let answers = typed(Answers::default(), &typing, &PLACES);
        let problems = check(&answers, Stage::Submit, today(), &STANDARDS);
        let written = format!("{problems:?}");
        prop_assert!(!written.contains(WORD), "{}", written);
        prop_assert!(!evaluate(&answers, today(), &STANDARDS.pack).to_canonical_json().contains(WORD));
    }

    /// `validator` checks the limits; the questions know them too. Both must find the same, in form order.
    #[test]
    fn every_text_over_its_question_s_limit_is_found_where_it_is_asked(typing in typing()) {
        let answers = typed(Answers::default(), &typing, &PLACES);
        let outcome = evaluate(&answers, today(), &STANDARDS.pack);
        let facts = Facts::of(&answers, today());
        let mut expected = Vec::new();
        answers.walk(&Scope::of(&answers, &facts, &outcome), &mut |visit| {
            let max = usize::from(visit.question.max);
            // A number or an address is read, and what is around it does not count.
            let is_counted = matches!(visit.question.kind, Kind::Text | Kind::Multiline) && visit.asked && max > 0;
            if let Node::Text(text) = visit.node && is_counted && text.chars().count() > max {
                expected.push(Problem::with_max(visit.path(), ProblemCode::TooLong, visit.question.max.into()));
            }
            true
        });
        let mut found = check(&answers, Stage::Editing, today(), &STANDARDS);
        found.retain(|problem| problem.code == ProblemCode::TooLong);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_document_is_read_and_settles(value in json_value()) {
        let Ok(reading) = Answers::from_value(&value) else {
            prop_assert!(!value.is_object());
            return Ok(());
        };
        let json = reading.answers.to_json();
        let again = Answers::read(&json).unwrap();
        prop_assert_eq!(&again.unread, &vec![]);
        prop_assert_eq!(again.answers.to_json(), json);
        prop_assert_eq!(Answers::read(&value.to_string()).unwrap(), reading);
        let _ = check(&again.answers, Stage::Submit, today(), &STANDARDS);
    }
}

proptest! {
    #![proptest_config(config(3_000))]

    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof!["\\PC{0,80}", "[\\[\\]{}\":,0-9a-z\\\\ \n-]{0,80}"]) {
        let _ = Answers::read(&text);
        let _ = Path::parse(&text);
        let _ = parse_day(&text);
        let _ = Answers::default().node(&text);
        prop_assert!(Answers::default().apply(&text, Edit::AddRow).is_err() || !text.is_empty());
    }
}

/// Nested too deep, far too long, cut off: an error with its place, not a panic and not a crash of the stack.
#[test]
fn hostile_documents_are_refused() {
    for text in [
        "[".repeat(1_000),
        format!("{}1{}", "{\"elements\":".repeat(1_000), "}".repeat(1_000)),
        "{\"danger_now\":\"no\"".to_owned(),
        "\"".repeat(2 << 20),
        "{}x".to_owned(),
        "null".to_owned(),
    ] {
        assert!(Answers::read(&text).is_err(), "{}…", text.chars().take(30).collect::<String>());
    }
    let rows = format!("{{\"parents_and_carers\":[{}{{}}]}}", "{},".repeat(100_000));
    let reading = Answers::read(&rows).unwrap();
    assert_eq!(reading.unread.len(), 1, "rows without end are reported once");
    let long = format!("{{\"danger_now\":\"{}\"}}", "a".repeat(2 << 20));
    assert_eq!(
        Answers::read(&long).unwrap().answers.danger_now.len(),
        2 << 20,
        "long text is kept, and a problem later"
    );
}
