//! How much of a version's answers somebody is shown: what is outside their sections, or kept more closely than they may
//! see, is absent. How closely a question is kept follows from `assessment_engine::disclosure`, which has every question.

use assessment_engine::{
    answers::Answers,
    disclosure::{Protection as Sort, address_is_open},
    sections,
};
use assessment_people::{
    access::{Sections, Sight},
    difference::{self, Difference},
    protection::Protection,
};
use serde_json::{Map, Value};

/// How closely an answer of that sort is kept.
fn protection(sort: Sort, address_is_open: bool) -> Protection {
    if sort.is_confidential(address_is_open) { Protection::Confidential } else { Protection::Ordinary }
}

/// A version's answers, as one person may see them.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The answers as JSON: as sent, where all may be seen.
    pub(crate) answers: String,
    /// Whether all of them are there.
    pub(crate) whole: bool,
}

impl Shown {
    /// What `sight` shows of answers that were accepted once. `None` if they cannot be read.
    pub(crate) fn of(answers: &str, sight: Sight) -> Option<Self> {
        if Sections::ASSESSMENT.within(sight.sections()) && sight.shows(Protection::Confidential) {
            return Some(Self { answers: answers.to_owned(), whole: true });
        }
        let (read, Value::Object(record)) = (read(answers)?, serde_json::from_str(answers).ok()?) else {
            return None;
        };
        let shown = Value::Object(part_of(&read, record, sight, ""));
        Some(Self { answers: shown.to_string(), whole: false })
    }
}

/// The differences between two versions, as one person may see them. Of a protected answer there is only that it changed; of
/// another section there is nothing.
pub(crate) fn differences(old: &str, new: &str, sight: Sight) -> Option<Vec<Difference<String>>> {
    let (old, new) = (Flat::of(old, sight)?, Flat::of(new, sight)?);
    let is_protected = |path: &String| old.protected.contains(path) || new.protected.contains(path);
    Some(difference::differences(&old.answers, &new.answers, is_protected))
}

fn read(answers: &str) -> Option<Answers> {
    Answers::read(answers).ok().map(|reading| reading.answers)
}

/// How closely what is at a path is kept, if the path itself says it; `None` of a group, whose questions say it.
fn at(answers: &Answers, path: &str) -> Option<Protection> {
    let sort =
        answers.find(path).map_or(Sort::Undecided, |found| Sort::of(found.group.key(), found.question.name));
    (sort != Sort::Undecided).then(|| protection(sort, address_is_open(answers)))
}

fn part_of(answers: &Answers, group: Map<String, Value>, sight: Sight, path: &str) -> Map<String, Value> {
    let mut shown = Map::new();
    for (name, value) in group {
        let path = joined(path, &name);
        // Only the parts of the record itself are sections.
        let is_in_sight =
            path != name || sections::number(&name).is_some_and(|number| sight.sections().contains(number));
        if is_in_sight && let Some(value) = shown_at(answers, value, sight, &path) {
            shown.insert(name, value);
        }
    }
    shown
}

fn shown_at(answers: &Answers, value: Value, sight: Sight, path: &str) -> Option<Value> {
    match (at(answers, path), value) {
        (Some(protection), value) => sight.shows(protection).then_some(value),
        (None, Value::Object(group)) => Some(Value::Object(part_of(answers, group, sight, path))),
        (None, Value::Array(rows)) if rows.iter().all(Value::is_object) => {
            let row = |(index, row)| shown_at_row(answers, row, sight, &format!("{path}[{index}]"));
            Some(Value::Array(rows.into_iter().enumerate().map(row).collect()))
        }
        // Nobody has decided about this one.
        (None, value) => sight.shows(protection(Sort::Undecided, false)).then_some(value),
    }
}

fn shown_at_row(answers: &Answers, row: Value, sight: Sight, path: &str) -> Value {
    match row {
        Value::Object(group) => Value::Object(part_of(answers, group, sight, path)),
        _ => Value::Null,
    }
}

/// Answers as a list of paths and texts, without what is outside the sections that may be seen.
struct Flat {
    answers: Vec<(String, Option<String>)>,
    protected: std::collections::BTreeSet<String>,
}

impl Flat {
    fn of(answers: &str, sight: Sight) -> Option<Self> {
        let (read, Value::Object(record)) = (read(answers)?, serde_json::from_str(answers).ok()?) else {
            return None;
        };
        let mut flat = Self { answers: Vec::new(), protected: std::collections::BTreeSet::new() };
        for (name, value) in record {
            if sections::number(&name).is_some_and(|number| sight.sections().contains(number)) {
                flat.add(&read, &value, sight, &name, None);
            }
        }
        Some(flat)
    }

    /// `outer` is how closely the question is kept that this is a part of.
    fn add(&mut self, read: &Answers, value: &Value, sight: Sight, path: &str, outer: Option<Protection>) {
        let kept = outer.or_else(|| at(read, path));
        match value {
            Value::Object(group) => {
                group
                    .iter()
                    .for_each(|(name, value)| self.add(read, value, sight, &joined(path, name), kept));
            }
            Value::Array(rows) if rows.iter().any(Value::is_object) => {
                rows.iter().enumerate().for_each(|(index, row)| {
                    self.add(read, row, sight, &format!("{path}[{index}]"), kept);
                });
            }
            leaf => {
                if !sight.shows(kept.unwrap_or(protection(Sort::Undecided, false))) {
                    self.protected.insert(path.to_owned());
                }
                self.answers.push((path.to_owned(), text(leaf)));
            }
        }
    }
}

fn text(leaf: &Value) -> Option<String> {
    match leaf {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(lines) => {
            let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
            Some(lines.join("\n")).filter(|text| !text.is_empty())
        }
        other => Some(other.to_string()),
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
