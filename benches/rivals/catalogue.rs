//! Writes our catalogue as JSON, for the rivals' forms: pages, questions, options, and which answer opens a question.
//! It has no questions of its own. `forms/questions.mjs` reads what it prints.
//!
//! Conditions are Rust functions, so they are found by trying: each option is chosen and each text filled in on an
//! otherwise blank record, and the questions that appear are noted. What no single answer opens has no `when`.

#![expect(clippy::unwrap_used, reason = "a tool for measuring may stop")]

use std::collections::{BTreeMap, BTreeSet};

use assessment_engine::answers::{Answers, Facts, Question, Scope};
use assessment_engine::sections::{elements, sections};
use assessment_engine::standards::Standards;
use assessment_form::{Edit, Kind, WrittenDate, parse_day};
use assessment_rules::evaluate;
use assessment_wording::Wording;
use serde_json::{Value, json};

/// Any day that the built-in rules cover; only dates typed into the form are compared with it.
const TODAY: &str = "2026-11-25";
/// Any text, and a date in the future, so that an expected birth is one.
const TYPED: &str = "x";
const DATED: &str = "2027-02-01";

/// A question of a record, and whether it is asked there.
struct Asking {
    path: String,
    asked: bool,
    key: String,
    kind: Kind,
    max: u16,
}

fn main() {
    let standards = Standards::built_in().unwrap();
    let words = Wording::load(Wording::built_in()).unwrap().with_front_door(standards.profile.front_door());
    let mut record = Answers::default();
    for group in asking(&record, &standards).iter().filter(|one| matches!(one.kind, Kind::Rows(_))) {
        record.apply(&group.path, Edit::AddRow).unwrap();
    }
    let asking = asking(&record, &standards);
    let mut opens = opens(&record, &asking, &standards);
    let mut questions = Vec::new();
    for Asking { path, key, kind, max, .. } in &asking {
        let (control, list) = control(*kind);
        let options: Vec<Value> =
            standards.lists.list(list).iter().map(|code| json!([code.code, code.label])).collect();
        let when = opens.remove(path);
        let mut add = |path: &str, label: &str, hint: Option<&str>| {
            questions.push(json!({"path": path, "label": label, "hint": hint, "control": control, "max": max, "options": options, "when": when}));
        };
        if *kind == Kind::Indicators {
            let element = path.split('.').nth(1).unwrap_or_default();
            for indicator in standards.pack.asked_of(element, parse_day(TODAY).unwrap()) {
                add(&format!("{path}.{}", indicator.id), &indicator.text, indicator.note.as_deref());
            }
        } else {
            add(path, words.get(key).unwrap_or(key), words.get(&format!("{key}.hint")));
        }
    }
    let section = |id: &str| json!({"id": id, "title": words.get(&format!("section.{id}"))});
    let element = |id: &str| {
        let words = standards.framework.element(id);
        json!({"id": format!("elements.{id}"), "title": words.map(|words| &words.label)})
    };
    let pages: Vec<Value> = sections()
        .into_iter()
        .flat_map(|id| {
            if id == "elements" { elements().into_iter().map(element).collect() } else { vec![section(id)] }
        })
        .collect();
    say(&json!({"pages": pages, "questions": questions}));
}

#[expect(clippy::print_stdout, reason = "it is what the program is for")]
fn say(catalogue: &Value) {
    println!("{catalogue}");
}

/// Which control a kind of question has, and its code list.
fn control(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Choice(list) => ("choice", list),
        Kind::Choices(list) => ("choices", list),
        Kind::Indicators => ("choice", "mark"),
        Kind::Rows(_) => ("rows", ""),
        Kind::Multiline | Kind::Lines | Kind::Phones => ("multiline", ""),
        Kind::BirthDate | Kind::PastDate | Kind::ComingDate | Kind::ExpectedDate | Kind::AnyDate => {
            ("date", "")
        }
        Kind::Score => ("number", ""),
        Kind::Email => ("email", ""),
        _ => ("text", ""),
    }
}

/// The answers to try on a question, with their codes; none is any text.
fn answers(kind: Kind, standards: &Standards) -> Vec<(Option<String>, Edit)> {
    let codes =
        |list: &str| standards.lists.list(list).iter().map(|code| code.code.clone()).collect::<Vec<_>>();
    match kind {
        Kind::Choice(list) => {
            codes(list).into_iter().map(|code| (Some(code.clone()), Edit::Text(code))).collect()
        }
        Kind::Choices(list) => {
            codes(list).into_iter().map(|code| (Some(code.clone()), Edit::List(vec![code]))).collect()
        }
        Kind::Lines | Kind::Phones => vec![(None, Edit::List(vec![TYPED.to_owned()]))],
        Kind::BirthDate | Kind::PastDate | Kind::ComingDate | Kind::ExpectedDate | Kind::AnyDate => {
            WrittenDate::from_iso(DATED).map(|date| (None, Edit::Date(date))).into_iter().collect()
        }
        Kind::Indicators | Kind::Rows(_) | Kind::Group => Vec::new(),
        _ => vec![(None, Edit::Text(TYPED.to_owned()))],
    }
}

/// Tries every answer on `blank`; then, on each record in which an answer has opened questions, every answer to those.
fn opens(blank: &Answers, questions: &[Asking], standards: &Standards) -> BTreeMap<String, Vec<Value>> {
    let mut known = asked(blank, standards);
    let mut opens: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut records = vec![(blank.clone(), known.clone())];
    while !records.is_empty() {
        let (mut next, mut found) = (Vec::new(), BTreeMap::<String, Vec<Value>>::new());
        for (record, open) in &records {
            for Asking { path, kind, .. } in questions.iter().filter(|one| open.contains(&one.path)) {
                for (code, edit) in answers(*kind, standards) {
                    let mut record = record.clone();
                    record.apply(path, edit).unwrap();
                    let new: BTreeSet<String> =
                        asked(&record, standards).difference(&known).cloned().collect();
                    for opened in &new {
                        let conditions = found.entry(opened.clone()).or_default();
                        let condition = json!({"path": path, "code": code});
                        if !conditions.contains(&condition) {
                            conditions.push(condition);
                        }
                    }
                    next.extend((!new.is_empty()).then_some((record, new)));
                }
            }
        }
        known.extend(found.keys().cloned());
        opens.append(&mut found);
        records = next;
    }
    opens
}

/// The paths of the questions that are asked.
fn asked(record: &Answers, standards: &Standards) -> BTreeSet<String> {
    asking(record, standards).into_iter().filter(|one| one.asked).map(|one| one.path).collect()
}

/// Every question of a record, in form order.
fn asking(record: &Answers, standards: &Standards) -> Vec<Asking> {
    let today = parse_day(TODAY).unwrap();
    let (facts, outcome) = (Facts::of(record, today), evaluate(record, today, &standards.pack));
    let mut all = Vec::new();
    record.walk(&Scope::of(record, &facts, &outcome), &mut |at| {
        let Question { name, kind, max, .. } = *at.question;
        if kind != Kind::Group {
            let key = format!("{}.{name}", at.group.key());
            all.push(Asking { path: at.path(), asked: at.asked, key, kind, max });
        }
        true
    });
    all
}
