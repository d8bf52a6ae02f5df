//! Seeded changes to any answer of a team's record, walked by the catalogue, and every value of a record by its place. Not a
//! test; the server's tests have it too.

use std::collections::{BTreeMap, BTreeSet};

use assessment_form::{Edit, Group, Node, WrittenDate, any_row};
use assessment_team::{Team, TeamRecord};
use serde_json::Value;

/// A small generator with a seed, so that a failure can be run again.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).expect("a number")).expect("a number")
    }
}

/// Somewhere that takes an answer, or rows.
#[derive(Clone)]
enum Target {
    Text(String),
    List(String, Vec<String>),
    Date(String),
    Rows(String, usize),
}

impl Target {
    fn path(&self) -> &str {
        match self {
            Self::Text(path) | Self::List(path, _) | Self::Date(path) | Self::Rows(path, _) => path,
        }
    }
}

/// Every place of a record as it is. An id is the program's own and takes no answer.
fn places(group: &dyn Group<Team>, stem: &str, found: &mut Vec<Target>) {
    for (index, question) in group.questions().iter().enumerate() {
        let path =
            if stem.is_empty() { question.name.to_owned() } else { format!("{stem}.{}", question.name) };
        match group.get(index).expect("a question has a place") {
            Node::Text(_) if question.name == "id" => {}
            Node::Text(_) => found.push(Target::Text(path)),
            Node::List(items) => found.push(Target::List(path, items.to_vec())),
            Node::Date(_) => found.push(Target::Date(path)),
            Node::Group(inner) => places(inner, &path, found),
            Node::Rows(rows) => {
                found.push(Target::Rows(path.clone(), rows.len()));
                for at in 0..rows.len() {
                    places(rows.row(at).expect("a row"), &format!("{path}[{at}]"), found);
                }
            }
            Node::Marks(_) => {}
        }
    }
}

/// Two people who change one record. Most of what they do is near one part of it, so that they meet.
pub(crate) struct Editing {
    pub(crate) dice: Dice,
    near: usize,
    typed: u32,
    /// The questions that were answered so far, rows at any row.
    pub(crate) answered: BTreeSet<String>,
}

impl Editing {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let near = dice.roll(1000);
        Self { dice, near, typed: 0, answered: BTreeSet::new() }
    }

    /// One change. What is typed differs from everything that was typed before.
    pub(crate) fn change(&mut self, record: &mut TeamRecord) {
        self.typed += 1;
        let mut all = Vec::new();
        places(record.group(), "", &mut all);
        let at = match self.dice.roll(3) {
            0 => self.dice.roll(all.len()),
            _ => (self.near + self.dice.roll(6)) % all.len(),
        };
        let place = all.swap_remove(at);
        let _ = self.answered.insert(any_row(place.path()));
        let (typed, edit) = (self.typed, |record: &mut TeamRecord, path: &str, edit: Edit| {
            record.apply(path, edit).expect("a place takes its kind of edit");
        });
        match place {
            Target::Text(path) => edit(record, &path, Edit::Text(format!("word{typed}"))),
            Target::List(path, mut items) => {
                items.push(format!("tick{typed}"));
                edit(record, &path, Edit::List(items));
            }
            Target::Date(path) => {
                let day =
                    jiff::civil::date(2027, 1, 1).saturating_add(jiff::Span::new().days(i64::from(typed)));
                let day = WrittenDate::from_iso(&day.to_string()).expect("a day");
                edit(record, &path, Edit::Date(day));
            }
            Target::Rows(path, rows) if rows > 0 && self.dice.roll(3) == 0 => {
                let row = self.dice.roll(rows);
                edit(record, &path, Edit::RemoveRow(row));
            }
            Target::Rows(path, rows) => {
                edit(record, &path, Edit::AddRow);
                edit(record, &format!("{path}[{rows}].id"), Edit::Text(format!("row{typed}")));
            }
        }
    }
}

/// Every value of a record by the ids of the rows that it is in; a tick is a place of its own, and so is that there is a row.
pub(crate) fn values(record: &TeamRecord) -> BTreeMap<String, String> {
    values_of(&record.to_value())
}

/// The same of its JSON.
pub(crate) fn values_of(record: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    flatten(record, String::new(), &mut found);
    found
}

fn flatten(value: &Value, at: String, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in
                members.iter().filter(|(name, _)| !["id", "form_version"].contains(&name.as_str()))
            {
                flatten(inner, format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for item in items {
                match item.get("id").and_then(Value::as_str) {
                    Some(id) => {
                        let _ = found.insert(format!("{at}/{id}"), "row".to_owned());
                        flatten(item, format!("{at}/{id}"), found);
                    }
                    None => {
                        let _ = found.insert(format!("{at}={item}"), "ticked".to_owned());
                    }
                }
            }
        }
        Value::Null => {}
        plain => {
            let _ = found.insert(at, plain.to_string());
        }
    }
}

/// What one record says that the one before did not.
pub(crate) fn new_values(before: &TeamRecord, after: &TeamRecord) -> Vec<(String, String)> {
    let before = values(before);
    let is_new = |(place, value): &(String, String)| before.get(place) != Some(value);
    values(after).into_iter().filter(is_new).collect()
}
