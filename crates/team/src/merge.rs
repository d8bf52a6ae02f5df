//! Joining what two people wrote at once: the record that both started from, yours and theirs.
//!
//! One law, place by place:
//! - where only one changed it, the change counts; the same change twice is one change;
//! - where both changed it, and not to the same, it is a clash: nothing is chosen, and a person decides;
//! - each tick of a list is a place of its own, so ticks never clash;
//! - rows are told apart by their `id`. A row that one took away and the other changed is a clash. Rows keep their order;
//!   a new row follows the one that it was put after.
//!
//! Nobody's words are dropped: without a clash each change of either is in the result, and with one the caller keeps the
//! refused record whole. Which of two writes came first makes no difference to a result without clashes.

mod rows;

pub(crate) use rows::{Row, keyed, row_value};

use assessment_form::{Group, Kind, any_row};
use serde_json::{Map, Value};

use crate::{Node, RecordKind, Team, TeamRecord};

/// What joining gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// Every change of both.
    Clean(TeamRecord),
    /// They cannot be joined without a person's decision.
    Clash {
        /// Where, at least one.
        clashes: Vec<Clash>,
        /// Every change of both that does not clash, with theirs where it does: what a page shows beside the clashes.
        /// Saved by itself only where the other one is a record of its own ([`carried_over`](crate::carried_over)).
        with_theirs: TeamRecord,
    },
}

/// A place that both changed. Values are as in the record's JSON; `null` for a blank answer, and for a row that was taken
/// away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The path in your record; for a row that is not in yours, in theirs.
    pub path: String,
    /// What both started from.
    pub base: Value,
    /// What you wrote.
    pub yours: Value,
    /// What was saved meanwhile.
    pub theirs: Value,
}

impl Clash {
    /// The path without the numbers of rows, by which a page finds the words of the question.
    #[must_use]
    pub fn question(&self) -> String {
        any_row(&self.path)
    }
}

/// Joins two records that started from one. `None` where they are not of one kind.
#[must_use]
pub fn merge(base: &TeamRecord, yours: &TeamRecord, theirs: &TeamRecord) -> Option<Merge> {
    let kind = yours.kind();
    if base.kind() != kind || theirs.kind() != kind {
        return None;
    }
    let mut clashes = Vec::new();
    let three = Three { base: Some(base.group()), yours: yours.group(), theirs: theirs.group() };
    let members = three.join(["", ""], &mut clashes);
    Some(match read_back(kind, members) {
        Some(record) if clashes.is_empty() => Merge::Clean(record),
        Some(with_theirs) => Merge::Clash { clashes, with_theirs },
        // More rows than a record can have: a person decides what goes.
        None => {
            let values = [base, yours, theirs].map(TeamRecord::to_value);
            let [base, yours, written] = values;
            let clash = Clash { path: String::new(), base, yours, theirs: written };
            Merge::Clash { clashes: vec![clash], with_theirs: theirs.clone() }
        }
    })
}

/// The record, unless something in it could not be read again.
fn read_back(kind: RecordKind, members: Map<String, Value>) -> Option<TeamRecord> {
    let mut record = TeamRecord::blank(kind);
    let unread = assessment_form::read::<Team>(record.group_mut(), &Value::Object(members)).ok()?;
    unread.is_empty().then_some(record)
}

/// One group in the three records. A row that both added has no base.
#[derive(Clone, Copy)]
struct Three<'a> {
    base: Option<&'a dyn Group<Team>>,
    yours: &'a dyn Group<Team>,
    theirs: &'a dyn Group<Team>,
}

impl Three<'_> {
    /// The members of the joined group. `paths` are the group's own in your record and in theirs.
    fn join(self, paths: [&str; 2], clashes: &mut Vec<Clash>) -> Map<String, Value> {
        let mut members = Map::new();
        for (index, question) in self.yours.questions().iter().enumerate() {
            let (Some(yours), Some(theirs)) = (self.yours.get(index), self.theirs.get(index)) else {
                continue;
            };
            let base = self.base.and_then(|base| base.get(index));
            let paths = paths.map(|path| below(path, question.name));
            let value = match (base, yours, theirs) {
                (base, Node::Group(yours), Node::Group(theirs)) => {
                    let base = match base {
                        Some(Node::Group(base)) => Some(base),
                        _ => None,
                    };
                    let inner =
                        Three { base, yours, theirs }.join(paths.each_ref().map(String::as_str), clashes);
                    Value::Object(inner)
                }
                (base, Node::Rows(yours), Node::Rows(theirs)) => {
                    let base = match base {
                        Some(Node::Rows(base)) => Some(base),
                        _ => None,
                    };
                    rows::join(base, yours, theirs, paths.each_ref().map(String::as_str), clashes)
                }
                (base, Node::List(yours), Node::List(theirs))
                    if matches!(question.kind, Kind::Choices(_)) =>
                {
                    let base = match base {
                        Some(Node::List(base)) => base.as_slice(),
                        _ => &[],
                    };
                    ticks(base, yours, theirs).into()
                }
                (base, yours, theirs) => {
                    let [yours, theirs] = [yours, theirs].map(value);
                    let base = base.map_or(Value::Null, value);
                    let [path, _] = paths;
                    one(Clash { path, base, yours, theirs }, clashes)
                }
            };
            if !is_empty(&value) {
                members.insert(question.name.to_owned(), value);
            }
        }
        members
    }
}

/// The law for one place.
fn one(place: Clash, clashes: &mut Vec<Clash>) -> Value {
    if place.yours == place.theirs || place.yours == place.base {
        return place.theirs;
    }
    if place.theirs == place.base {
        return place.yours;
    }
    let theirs = place.theirs.clone();
    clashes.push(place);
    theirs
}

/// The ticks of both: those of the base that neither took away, in its order, then those that either added, by code.
fn ticks(base: &[String], yours: &[String], theirs: &[String]) -> Vec<String> {
    let kept = base.iter().filter(|code| yours.contains(code) && theirs.contains(code));
    let mut added: Vec<&String> = yours.iter().chain(theirs).filter(|code| !base.contains(code)).collect();
    added.sort_unstable();
    added.dedup();
    kept.chain(added).cloned().collect()
}

/// An answer as a value; `null` for a blank one, so that a blank is the same whether it was ever typed in or not.
pub(crate) fn value(node: Node<'_>) -> Value {
    let value = serde_json::to_value(node).unwrap_or_default();
    if is_empty(&value) { Value::Null } else { value }
}

/// Whether nothing was typed, not even white space.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

pub(crate) fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { [path, ".", name].concat() }
}
