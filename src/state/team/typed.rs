//! What was typed into a record of the team and is not saved yet: changes by path, with rows named by their ids, so that
//! they find their place again when somebody else has added or removed rows meanwhile. They and nothing else are kept on the
//! device. Pure.

use assessment_form::{Edit, Node, WrittenDate};
use assessment_team::TeamRecord;
use serde::{Deserialize, Serialize};
use strict_json::Limits;

/// The field of a row that tells it from the others.
const ID: &str = "id";

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Change {
    /// The path with ids of rows, `outcomes[2f1c].actions[77ab].who`.
    pub at: String,
    /// What was typed there.
    pub to: To,
}

/// What a change makes of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A text or a code.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// A date: day, month and year as they were typed.
    Date([String; 3]),
    /// A row more, with this id.
    Row(String),
    /// The row with this id is gone.
    Gone(String),
}

/// A change as it is kept: what sort it is, and its texts.
#[derive(Serialize, Deserialize)]
struct Written {
    at: String,
    to: String,
    texts: Vec<String>,
}

impl From<Change> for Written {
    fn from(Change { at, to }: Change) -> Written {
        let (to, texts) = match to {
            To::Text(text) => ("text", vec![text]),
            To::List(items) => ("list", items),
            To::Date(parts) => ("date", parts.into()),
            To::Row(id) => ("row", vec![id]),
            To::Gone(id) => ("gone", vec![id]),
        };
        Written { at, to: to.to_owned(), texts }
    }
}

impl TryFrom<Written> for Change {
    type Error = &'static str;

    fn try_from(Written { at, to, texts }: Written) -> Result<Change, &'static str> {
        let one = |texts: Vec<String>| <[String; 1]>::try_from(texts).map(|[text]| text);
        let read = match to.as_str() {
            "text" => one(texts).map(To::Text),
            "list" => Ok(To::List(texts)),
            "date" => <[String; 3]>::try_from(texts).map(To::Date),
            "row" => one(texts).map(To::Row),
            "gone" => one(texts).map(To::Gone),
            _ => Err(texts),
        };
        read.map(|to| Change { at, to }).map_err(|_| "not a change")
    }
}

/// Changes that were made to one revision, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Typed {
    /// The revision that they change; 0 for none yet.
    pub revision: u32,
    /// The changes.
    pub changes: Vec<Change>,
}

/// What this device keeps of one opening of a record until the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnsavedChanges {
    /// The number of the record, where it is not the one of its page: somebody else had begun that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Why a completed record is corrected.
    pub reason: Option<String>,
    /// The changes, by the revision that they were made to.
    pub typed: Vec<Typed>,
}

impl UnsavedChanges {
    /// Reads what was kept. `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<UnsavedChanges> {
        let value = strict_json::read(text.as_bytes(), &Limits::DEPTH_ONLY).ok()?;
        strict_json::from_value(&value).ok()
    }
}

impl Change {
    /// The change that an edit makes to a record. `id` is for a new row.
    #[must_use]
    pub fn of(record: &TeamRecord, path: &str, edit: &Edit, id: &str) -> Option<Change> {
        let at = by_id(record, path)?;
        let to = match edit {
            Edit::Text(text) => To::Text(text.clone()),
            Edit::List(items) => To::List(items.clone()),
            Edit::Date(date) => To::Date([&date.day, &date.month, &date.year].map(String::clone)),
            Edit::AddRow => To::Row(id.to_owned()),
            Edit::RemoveRow(row) => To::Gone(row_id(record, path, *row).unwrap_or_else(|| row.to_string())),
        };
        Some(Change { at, to })
    }

    /// Makes the change. Nothing happens where its row is gone.
    pub fn make(&self, record: &mut TeamRecord) {
        let Some(path) = by_index(record, &self.at) else { return };
        let edit = match &self.to {
            To::Text(text) => Edit::Text(text.clone()),
            To::List(items) => Edit::List(items.clone()),
            To::Date([day, month, year]) => {
                Edit::Date(WrittenDate { day: day.clone(), month: month.clone(), year: year.clone() })
            }
            To::Row(id) => {
                let row = rows(record, &path);
                // A row that is there already was saved by the first of two attempts.
                if position(record, &path, id).is_some() || record.apply(&path, Edit::AddRow).is_err() {
                    return;
                }
                return drop(record.apply(&format!("{path}[{row}].{ID}"), Edit::Text(id.clone())));
            }
            To::Gone(name) => match numbered(record, &path, name) {
                Some(row) => Edit::RemoveRow(row),
                None => return,
            },
        };
        // The path was found in this record, so it takes the edit.
        let _ = record.apply(&path, edit);
    }

    /// Whether both records say the same where the change is.
    #[must_use]
    pub fn is_same_in(&self, one: &TeamRecord, other: &TeamRecord) -> bool {
        let said = |record: &TeamRecord| {
            let path = by_index(record, &self.at)?;
            let path = match &self.to {
                To::Gone(name) => format!("{path}[{}]", numbered(record, &path, name)?),
                _ => path,
            };
            serde_json::to_string(&record.node(&path)?).ok()
        };
        // A row that was added changes none of those that are there.
        matches!(self.to, To::Row(_)) || said(one) == said(other)
    }
}

impl Typed {
    /// Adds a change. One that only goes on from the last replaces it.
    pub fn push(&mut self, change: Change, is_sent: usize) {
        let goes_on = |last: &Change| {
            last.at == change.at
                && matches!(last.to, To::Text(_) | To::List(_) | To::Date(_))
                && !matches!(change.to, To::Row(_) | To::Gone(_))
        };
        // What is on its way is not changed any more: the answer is about it.
        let is_open = self.changes.len() > is_sent;
        match self.changes.last_mut().filter(|last| is_open && goes_on(last)) {
            Some(last) => *last = change,
            None => self.changes.push(change),
        }
    }

    /// The record with all changes.
    #[must_use]
    pub fn made_in(&self, mut record: TeamRecord) -> TeamRecord {
        for change in &self.changes {
            change.make(&mut record);
        }
        record
    }
}

/// A path with rows by their ids; a row that has none, by its number.
#[must_use]
pub fn by_id(record: &TeamRecord, path: &str) -> Option<String> {
    renamed(record, path, |number, id| id.map_or_else(|| number.to_string(), str::to_owned))
}

/// The path with rows by their numbers. `None` where there is no such row.
#[must_use]
pub fn by_index(record: &TeamRecord, path: &str) -> Option<String> {
    renamed(record, path, |number, _| number.to_string())
}

/// The same path with other names for its rows. `name` gets the number and the id of each.
fn renamed(record: &TeamRecord, path: &str, name: impl Fn(usize, Option<&str>) -> String) -> Option<String> {
    let (mut renamed, mut numbered) = (String::new(), String::new());
    for (index, part) in path.split('.').enumerate() {
        let dot = if index == 0 { "" } else { "." };
        let (field, row) = match part.split_once('[') {
            Some((field, rest)) => (field, Some(rest.strip_suffix(']')?)),
            None => (part, None),
        };
        renamed.push_str(dot);
        renamed.push_str(field);
        numbered.push_str(dot);
        numbered.push_str(field);
        if let Some(row) = row {
            let number = self::numbered(record, &numbered, row)?;
            let id = row_id(record, &numbered, number);
            renamed.push_str(&format!("[{}]", name(number, id.as_deref())));
            numbered.push_str(&format!("[{number}]"));
        }
    }
    Some(renamed)
}

fn rows(record: &TeamRecord, path: &str) -> usize {
    match record.node(path) {
        Some(Node::Rows(rows)) => rows.len(),
        _ => 0,
    }
}

/// The id of a row; `None` where it has none.
fn row_id(record: &TeamRecord, path: &str, row: usize) -> Option<String> {
    let id = record.text(&format!("{path}[{row}].{ID}"));
    (!id.is_empty()).then(|| id.to_owned())
}

/// The number of the row with this id.
fn position(record: &TeamRecord, path: &str, id: &str) -> Option<usize> {
    (0..rows(record, path)).find(|row| record.text(&format!("{path}[{row}].{ID}")) == id)
}

/// The number of the row that goes by this name: an id, or the number of a row that has none.
fn numbered(record: &TeamRecord, path: &str, name: &str) -> Option<usize> {
    let by_number = || name.parse::<usize>().ok().filter(|number| *number < rows(record, path));
    position(record, path, name).or_else(by_number)
}

#[cfg(test)]
mod tests {
    use assessment_team::RecordKind;

    use super::*;

    const GOAL: &str = "long_term_goal";
    const FIRST: &str = "outcomes[0].desired_outcome";

    fn plan() -> TeamRecord {
        let mut record = TeamRecord::blank(RecordKind::Plan);
        for id in ["a1", "b2"] {
            Change { at: "outcomes".to_owned(), to: To::Row(id.to_owned()) }.make(&mut record);
        }
        record
    }

    fn typed(record: &TeamRecord, path: &str, text: &str) -> Change {
        Change::of(record, path, &Edit::Text(text.to_owned()), "").expect("a place")
    }

    #[test]
    fn what_was_typed_into_a_row_finds_it_again_after_another_row_has_gone_b9() {
        let mut record = plan();
        let change = typed(&record, "outcomes[1].desired_outcome", "He talks");
        assert_eq!(change.at, "outcomes[b2].desired_outcome");
        Change::of(&record, "outcomes", &Edit::RemoveRow(0), "").expect("a row").make(&mut record);
        change.make(&mut record);
        assert_eq!(record.text(FIRST), "He talks");
        // Where its row is gone nothing else is changed.
        Change::of(&record, "outcomes", &Edit::RemoveRow(0), "").expect("a row").make(&mut record);
        let before = record.clone();
        change.make(&mut record);
        assert_eq!(record, before);
    }

    #[test]
    fn a_row_that_is_there_already_is_not_added_twice() {
        let mut record = plan();
        Change { at: "outcomes".to_owned(), to: To::Row("a1".to_owned()) }.make(&mut record);
        assert_eq!(rows(&record, "outcomes"), 2);
        Change { at: "outcomes[b2].actions".to_owned(), to: To::Row("c3".to_owned()) }.make(&mut record);
        assert_eq!(
            by_id(&record, "outcomes[1].actions[0].who").as_deref(),
            Some("outcomes[b2].actions[c3].who")
        );
        assert_eq!(
            by_index(&record, "outcomes[b2].actions[c3].who").as_deref(),
            Some("outcomes[1].actions[0].who")
        );
        assert_eq!(by_index(&record, "outcomes[zz].actions"), None);
    }

    #[test]
    fn keys_into_one_field_are_one_change_and_what_is_on_its_way_stays_as_it_is() {
        let record = plan();
        let mut changes = Typed::default();
        for text in ["H", "He", "He "] {
            changes.push(typed(&record, GOAL, text), 0);
        }
        assert_eq!(changes.changes.len(), 1);
        changes.push(typed(&record, GOAL, "He talks"), 1);
        assert_eq!(changes.changes.len(), 2);
        assert_eq!(changes.made_in(plan()).text(GOAL), "He talks");
    }

    #[test]
    fn changes_are_read_as_they_were_written_and_hold_nothing_that_was_not_typed_b20() {
        let mut record = plan();
        record.apply("long_term_goal", Edit::Text("zebra-lantern".to_owned())).expect("a question");
        let mut changes = Typed { revision: 3, ..Typed::default() };
        changes.push(typed(&record, FIRST, "He talks"), 0);
        let date = WrittenDate { day: "3".into(), month: "feb".into(), year: String::new() };
        changes.push(Change::of(&record, "review_date", &Edit::Date(date), "").expect("a place"), 0);
        changes.push(Change::of(&record, "outcomes", &Edit::RemoveRow(1), "").expect("a row"), 0);
        let kept =
            UnsavedChanges { number: Some(2), reason: Some("A wrong date".to_owned()), typed: vec![changes] };
        let json = serde_json::to_string(&kept).expect("JSON");
        assert!(!json.contains("zebra-lantern"));
        let read = UnsavedChanges::read(&json).expect("the same");
        assert_eq!(read, kept);
        assert_eq!(rows(&read.typed[0].made_in(record), "outcomes"), 1);
        assert_eq!(UnsavedChanges::read("They moved"), None);
    }
}
