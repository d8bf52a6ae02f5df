//! Joining the rows of a repeating group, told apart by their ids.

use assessment_form::{Group, Rows};
use serde_json::Value;

use super::{Clash, Three, value};
use crate::{Node, Team};

/// A row with the key by which it is known.
pub(crate) struct Row<'a> {
    pub(crate) key: String,
    pub(crate) at: usize,
    pub(crate) group: &'a dyn Group<Team>,
}

/// What begins the key of a row that is known by its place.
const BY_PLACE: char = '\u{0}';

impl Row<'_> {
    /// Whether it has an id of its own.
    pub(crate) fn has_id(&self) -> bool {
        !self.key.starts_with(BY_PLACE)
    }
}

/// The joined rows. `paths` are those of the rows in your record and in theirs.
pub(super) fn join(
    base: Option<&dyn Rows<Team>>,
    yours: &dyn Rows<Team>,
    theirs: &dyn Rows<Team>,
    paths: [&str; 2],
    clashes: &mut Vec<Clash>,
) -> Value {
    let (base, yours, theirs) = (base.map(keyed).unwrap_or_default(), keyed(yours), keyed(theirs));
    let mut joined = Vec::new();
    for key in order(&keys(&base), &keys(&yours), &keys(&theirs)) {
        let [base, yours, theirs] =
            [&base, &yours, &theirs].map(|rows| rows.iter().find(|row| row.key == key));
        let row = match (base, yours, theirs) {
            (base, Some(yours), Some(theirs)) => {
                let [your_path, their_path] = paths;
                let paths = [format!("{your_path}[{}]", yours.at), format!("{their_path}[{}]", theirs.at)];
                let base = base.map(|row| row.group);
                let three = Three { base, yours: yours.group, theirs: theirs.group };
                Some(Value::Object(three.join(paths.each_ref().map(String::as_str), clashes)))
            }
            (None, Some(one), None) | (None, None, Some(one)) => Some(row_value(one)),
            (Some(base), yours, theirs) => taken_away(base, yours, theirs, paths, clashes),
            (None, None, None) => None,
        };
        joined.extend(row);
    }
    joined.into()
}

/// A row that is not in both any more. One that was taken away and not changed is gone; one that was taken away by one and
/// changed by the other is a clash.
fn taken_away(
    base: &Row<'_>,
    yours: Option<&Row<'_>>,
    theirs: Option<&Row<'_>>,
    paths: [&str; 2],
    clashes: &mut Vec<Clash>,
) -> Option<Value> {
    let before = row_value(base);
    let [yours_now, theirs_now] = [yours, theirs].map(|row| row.map(row_value));
    let is_changed = |now: &Option<Value>| now.as_ref().is_some_and(|now| *now != before);
    if is_changed(&yours_now) || is_changed(&theirs_now) {
        let [your_path, their_path] = paths;
        let path = match (yours, theirs) {
            (Some(row), _) => format!("{your_path}[{}]", row.at),
            (None, Some(row)) => format!("{their_path}[{}]", row.at),
            (None, None) => your_path.to_owned(),
        };
        clashes.push(Clash {
            path,
            base: before,
            yours: yours_now.unwrap_or_default(),
            theirs: theirs_now.clone().unwrap_or_default(),
        });
        return theirs_now;
    }
    None
}

/// Rows with their keys. Where a program left the id out, or gave it twice, the row is known by its place: then two people
/// who wrote into the same place clash, and nothing is guessed.
pub(crate) fn keyed(rows: &dyn Rows<Team>) -> Vec<Row<'_>> {
    let mut keyed: Vec<Row<'_>> = Vec::new();
    for at in 0..rows.len() {
        let Some(group) = rows.row(at) else { continue };
        let id = match group.position("id").and_then(|index| group.get(index)) {
            Some(Node::Text(id)) => id.trim(),
            _ => "",
        };
        let is_taken = id.is_empty() || keyed.iter().any(|row| row.key == id);
        let key = if is_taken { format!("{BY_PLACE}{at}") } else { id.to_owned() };
        keyed.push(Row { key, at, group });
    }
    keyed
}

fn keys<'a>(rows: &'a [Row<'_>]) -> Vec<&'a str> {
    rows.iter().map(|row| row.key.as_str()).collect()
}

pub(crate) fn row_value(row: &Row<'_>) -> Value {
    let value = value(Node::Group(row.group));
    // A blank row is a row all the same.
    if value.is_null() { Value::Object(serde_json::Map::new()) } else { value }
}

/// The order of all keys: the base's, as the one who changed it left it; where both changed it differently, the base's
/// own. New rows follow the row that they were put after; of two that follow the same, the lesser id comes first.
fn order(base: &[&str], yours: &[&str], theirs: &[&str]) -> Vec<String> {
    let common = |of: &[&str]| -> Vec<String> {
        let in_both = |key: &&&str| base.contains(*key) && yours.contains(*key) && theirs.contains(*key);
        of.iter().filter(in_both).map(|key| (*key).to_owned()).collect()
    };
    let (base_order, your_order, their_order) = (common(base), common(yours), common(theirs));
    let spine = if your_order == base_order || your_order == their_order {
        their_order
    } else if their_order == base_order {
        your_order
    } else {
        base_order
    };
    let mut order = Vec::new();
    let [mut your_runs, mut their_runs] = [runs(yours, &spine), runs(theirs, &spine)];
    for anchor in std::iter::once(None).chain(spine.iter().map(Some)) {
        order.extend(anchor.cloned());
        let [one, other] = [&mut your_runs, &mut their_runs].map(|runs| {
            let at = runs.iter().position(|(after, _)| after.as_ref() == anchor);
            at.map(|at| runs.remove(at).1).unwrap_or_default()
        });
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        for key in first.into_iter().chain(second) {
            if !order.contains(&key) {
                order.push(key);
            }
        }
    }
    order
}

/// Which keys follow which key of the spine, in a record's own order.
fn runs(keys: &[&str], spine: &[String]) -> Vec<(Option<String>, Vec<String>)> {
    let mut runs: Vec<(Option<String>, Vec<String>)> = vec![(None, Vec::new())];
    for key in keys {
        match spine.iter().find(|anchor| anchor == key) {
            Some(anchor) => runs.push((Some(anchor.clone()), Vec::new())),
            None => {
                if let Some((_, run)) = runs.last_mut() {
                    run.push((*key).to_owned());
                }
            }
        }
    }
    runs
}
