//! Writes our catalogue as JSON, for the rivals' forms: pages, questions, options, and which answer opens a question.
//! It has no questions of its own. `benches/rivals/questions.mjs` reads what it prints.
//!
//! Conditions are Rust functions, so they are found by trying: each option is chosen and each text filled in on an
//! otherwise blank record, and the questions that appear are noted. A condition on a child's age or on a combination of
//! answers has no single answer that opens it; such a question is printed without `when` and with `hidden`.

#![expect(clippy::unwrap_used, reason = "a tool for measuring may stop")]

use std::collections::{BTreeMap, BTreeSet};

use assessment_engine::answers::{Answers, Edit, WrittenDate};
use assessment_engine::catalogue::{Kind, walk};
use assessment_engine::date::Date;
use assessment_engine::facts::Facts;
use assessment_engine::sections::{elements, sections};
use assessment_engine::standards::Standards;
use assessment_engine::threshold::evaluate;
use assessment_engine::validation::scope;
use assessment_engine::wording::Wording;
use serde_json::{Value, json};

/// Any day that the built-in rules cover; only dates typed into the form are compared with it.
const TODAY: &str = "2026-11-25";
/// A text that stands for "something was typed", and a date in the future for an expected birth.
const TYPED: &str = "x";
const DATED: &str = "2027-02-01";

/// A question: its path, and the answers to try on it. `None` is any text.
type Probe = (String, Vec<(Option<String>, Edit)>);
/// For each path the answers that open it.
type Opens = BTreeMap<String, Vec<Value>>;

fn main() {
    let standards = Standards::built_in().unwrap();
    let words = Wording::load(Wording::built_in()).unwrap().with_front_door(standards.profile.front_door());
    let mut blank = Answers::default();
    let mut probes: Vec<Probe> = Vec::new();
    let mut questions = Vec::new();
    for path in rows(&blank, &standards) {
        blank.apply(&path, Edit::AddRow).unwrap();
    }
    visit(&blank, &standards, &mut |path, asked, key, kind, max| {
        let (control, list) = control(kind);
        let word = |suffix: &str| words.get(&format!("{key}{suffix}"));
        let options: Vec<Value> =
            standards.lists.list(list).iter().map(|code| json!([code.code, code.label])).collect();
        let question = |path: &str, label: &str, hint: Option<&str>| {
            json!({"path": path, "label": label, "hint": hint, "control": control, "max": max, "options": options, "hidden": !asked})
        };
        if kind == Kind::Indicators {
            let element = path.split('.').nth(1).unwrap_or_default();
            for sign in standards.pack.asked_of(element, Date::parse(TODAY).unwrap()) {
                questions.push(question(&format!("{path}.{}", sign.id), &sign.text, sign.note.as_deref()));
            }
        } else {
            questions.push(question(&path, word("").unwrap_or(&path), word(".hint")));
            probes.push((path, edits(kind, &standards)));
        }
    });
    let opens = opens(&blank, &probes, &standards);
    for question in &mut questions {
        if let Some(when) = question["path"].as_str().and_then(|path| opens.get(path)) {
            question["when"] = when.clone().into();
        }
    }
    let title = |name: &str| words.get(&format!("section.{name}")).unwrap_or_default().to_owned();
    let element = |id: &str| standards.framework.element(id).map(|element| element.label.clone());
    let mut pages: Vec<Value> = Vec::new();
    for name in sections() {
        if name == "elements" {
            pages.extend(elements().into_iter().map(|id| json!({"id": format!("elements.{id}"), "title": element(id)})));
        } else {
            pages.push(json!({"id": name, "title": title(name)}));
        }
    }
    println!("{}", json!({"pages": pages, "questions": questions}));
}

/// Which control a kind of question has, and its code list.
fn control(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Choice(list) => ("choice", list),
        Kind::Choices(list) => ("choices", list),
        Kind::Indicators => ("choice", "mark"),
        Kind::Rows(_) => ("rows", ""),
        Kind::Multiline | Kind::Lines | Kind::Phones => ("multiline", ""),
        Kind::BirthDate | Kind::PastDate | Kind::ComingDate | Kind::AnyDate => ("date", ""),
        Kind::Score => ("number", ""),
        Kind::Email => ("email", ""),
        _ => ("text", ""),
    }
}

/// The answers to try on a question.
fn edits(kind: Kind, standards: &Standards) -> Vec<(Option<String>, Edit)> {
    let codes = |list: &str| standards.lists.list(list).iter().map(|code| code.code.clone()).collect::<Vec<_>>();
    match kind {
        Kind::Choice(list) => codes(list).into_iter().map(|code| (Some(code.clone()), Edit::Text(code))).collect(),
        Kind::Choices(list) => {
            codes(list).into_iter().map(|code| (Some(code.clone()), Edit::List(vec![code]))).collect()
        }
        Kind::Lines | Kind::Phones => vec![(None, Edit::List(vec![TYPED.to_owned()]))],
        Kind::BirthDate | Kind::PastDate | Kind::ComingDate | Kind::AnyDate => {
            WrittenDate::from_iso(DATED).map(|date| (None, Edit::Date(date))).into_iter().collect()
        }
        Kind::Indicators | Kind::Rows(_) | Kind::Group => Vec::new(),
        _ => vec![(None, Edit::Text(TYPED.to_owned()))],
    }
}

/// Tries every answer on `blank`, then on each record in which an answer has opened further questions those questions'.
fn opens(blank: &Answers, probes: &[Probe], standards: &Standards) -> Opens {
    let mut known = asked(blank, standards);
    let mut opens = Opens::new();
    let mut bases = vec![(blank.clone(), known.clone())];
    while !bases.is_empty() {
        let (mut next, mut found) = (Vec::new(), Opens::new());
        for (base, open) in &bases {
            let before = asked(base, standards);
            for (path, answers) in probes.iter().filter(|(path, _)| open.contains(path)) {
                for (code, edit) in answers {
                    let mut record = base.clone();
                    record.apply(path, edit.clone()).unwrap();
                    let after = asked(&record, standards);
                    let new: BTreeSet<String> =
                        after.difference(&before).filter(|path| !known.contains(*path)).cloned().collect();
                    for opened in &new {
                        let conditions = found.entry(opened.clone()).or_default();
                        let condition = json!({"path": path, "code": code});
                        if !conditions.contains(&condition) {
                            conditions.push(condition);
                        }
                    }
                    if !new.is_empty() {
                        next.push((record, new));
                    }
                }
            }
        }
        known.extend(found.keys().cloned());
        opens.append(&mut found);
        bases = next;
    }
    opens
}

/// The paths of the questions that are asked.
fn asked(answers: &Answers, standards: &Standards) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    visit(answers, standards, &mut |path, asked, _, _, _| {
        if asked {
            paths.insert(path);
        }
    });
    paths
}

/// The paths of the repeating groups.
fn rows(answers: &Answers, standards: &Standards) -> Vec<String> {
    let mut paths = Vec::new();
    visit(answers, standards, &mut |path, _, _, kind, _| {
        if matches!(kind, Kind::Rows(_)) {
            paths.push(path);
        }
    });
    paths
}

/// Calls `see` with path, whether it is asked, wording key, kind and limit of each question.
fn visit(answers: &Answers, standards: &Standards, see: &mut dyn FnMut(String, bool, String, Kind, u16)) {
    let today = Date::parse(TODAY).unwrap();
    let (facts, outcome) = (Facts::of(answers, today), evaluate(answers, today, &standards.pack));
    walk(answers, &scope(answers, &facts, &outcome), &mut |at| {
        if !matches!(at.question.kind, Kind::Group) {
            let key = format!("{}.{}", at.group.key(), at.question.name);
            see(at.path(), at.asked, key, at.question.kind, at.question.max);
        }
        true
    });
}
