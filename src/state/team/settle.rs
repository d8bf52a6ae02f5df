//! Settling what two people wrote at once: both versions joined, with what somebody chose where they clash. Pure; the law of
//! joining is `assessment-team`'s.

use assessment_team::{Clash, Merge, TeamRecord, merge};
use serde_json::{Map, Value};

use super::typed::by_id;

/// What somebody chose at a clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What is in the record.
    Theirs,
    /// What is in the kept version.
    KeptVersion,
    /// Both texts, one under the other.
    Both,
}

/// A kept version and the record, with what they clash about.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsettled {
    /// The revision that both started from.
    pub base: TeamRecord,
    /// The kept version.
    pub kept: TeamRecord,
    /// The record as it is now.
    pub theirs: TeamRecord,
}

impl Unsettled {
    /// Where the two clash now. What was settled otherwise meanwhile is not among them.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        match merge(&self.base, &self.kept, &self.theirs) {
            Some(Merge::Clash { clashes, .. }) => clashes,
            Some(Merge::Clean(_)) | None => Vec::new(),
        }
    }

    /// Whether both can be kept at a clash: both are texts in words.
    #[must_use]
    pub fn can_have_both(&self, clash: &Clash) -> bool {
        use assessment_form::Kind;
        let kind = self.kept.find(&clash.path).map(|found| found.question.kind);
        matches!(kind, Some(Kind::Multiline)) && clash.yours.is_string() && clash.theirs.is_string()
    }

    /// Both joined, with one choice for each clash, in their order. `None` where a choice is missing.
    #[must_use]
    pub fn settled(&self, choices: &[Choice]) -> Option<TeamRecord> {
        let (clashes, joined) = match merge(&self.base, &self.kept, &self.theirs)? {
            Merge::Clean(record) => return Some(record),
            Merge::Clash { clashes, with_theirs } => (clashes, with_theirs),
        };
        if choices.len() != clashes.len() {
            return None;
        }
        let mut value = joined.to_value();
        for (clash, choice) in clashes.iter().zip(choices) {
            let new = match choice {
                Choice::Theirs => continue,
                Choice::KeptVersion => clash.yours.clone(),
                Choice::Both => both(&clash.theirs, &clash.yours),
            };
            let path = by_id(&self.kept, &clash.path).or_else(|| by_id(&self.theirs, &clash.path))?;
            put(value.as_object_mut()?, &path, new)?;
        }
        TeamRecord::from_value(joined.kind(), value).ok().map(|reading| reading.record)
    }
}

fn both(theirs: &Value, kept: &Value) -> Value {
    match (theirs.as_str(), kept.as_str()) {
        (Some(theirs), Some(kept)) => [theirs, kept].join("\n\n").into(),
        _ => kept.clone(),
    }
}

/// Puts a value at a path with rows by their ids; `null` takes away what is there.
fn put(members: &mut Map<String, Value>, path: &str, new: Value) -> Option<()> {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    match (first.split_once('['), rest) {
        (None, None) if new.is_null() => drop(members.remove(first)),
        (None, None) => drop(members.insert(first.to_owned(), new)),
        (None, Some(rest)) => {
            let inner = members.entry(first).or_insert_with(|| Value::Object(Map::new()));
            put(inner.as_object_mut()?, rest, new)?;
        }
        (Some((name, id)), rest) => {
            let id = id.strip_suffix(']')?;
            let rows = members.entry(name).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
            let at = rows.iter().position(|row| row.get("id").and_then(Value::as_str) == Some(id));
            match (at, rest) {
                (Some(at), Some(rest)) => put(rows.get_mut(at)?.as_object_mut()?, rest, new)?,
                (Some(at), None) if new.is_null() => drop(rows.remove(at)),
                (Some(at), None) => *rows.get_mut(at)? = new,
                (None, None) if !new.is_null() => rows.push(new),
                (None, _) => {}
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use assessment_form::Edit;
    use assessment_team::RecordKind;

    use super::*;

    const OTHER: &str = "disagreements";
    const LEAD: &str = "lead_professional";

    fn with(record: &TeamRecord, edits: &[(&str, &str)]) -> TeamRecord {
        let mut record = record.clone();
        for (path, text) in edits {
            record.apply(path, Edit::Text((*text).to_owned())).expect("a question");
        }
        record
    }

    fn base() -> TeamRecord {
        let mut record = TeamRecord::blank(RecordKind::Plan);
        record.apply("outcomes", Edit::AddRow).expect("rows");
        with(&record, &[("outcomes[0].id", "a1"), ("outcomes[0].evidence", "No words at two")])
    }

    #[test]
    fn each_choice_counts_where_it_was_made_and_all_else_of_both_is_joined_b18() {
        let (base, goal, evidence) = (base(), "long_term_goal", "outcomes[0].evidence");
        let unsettled = Unsettled {
            kept: with(&base, &[(goal, "He talks"), (evidence, "He is shy"), (OTHER, "None")]),
            theirs: with(&base, &[(goal, "She walks"), (evidence, "She is shy"), (LEAD, "Sam")]),
            base,
        };
        let clashes = unsettled.clashes();
        assert_eq!(clashes.iter().map(|clash| &*clash.path).collect::<Vec<_>>(), [goal, evidence]);
        assert!(clashes.iter().all(|clash| unsettled.can_have_both(clash)));
        let settled = unsettled.settled(&[Choice::KeptVersion, Choice::Both]).expect("a record");
        assert_eq!(settled.text(goal), "He talks");
        assert_eq!(settled.text(evidence), "She is shy\n\nHe is shy");
        assert_eq!((settled.text(OTHER), settled.text(LEAD)), ("None", "Sam"));
        let theirs = unsettled.settled(&[Choice::Theirs, Choice::Theirs]).expect("a record");
        assert_eq!((theirs.text(goal), theirs.text(evidence)), ("She walks", "She is shy"));
        assert_eq!(unsettled.settled(&[Choice::KeptVersion]), None, "each clash is decided");
    }

    #[test]
    fn a_row_that_one_removed_and_the_other_changed_comes_back_whole_or_goes_b18() {
        let base = base();
        let mut gone = base.clone();
        gone.apply("outcomes", Edit::RemoveRow(0)).expect("a row");
        let changed = with(&base, &[("outcomes[0].evidence", "He is shy")]);
        let kept = Unsettled { base: base.clone(), kept: changed.clone(), theirs: gone.clone() };
        assert_eq!(kept.settled(&[Choice::KeptVersion]), Some(changed.clone()));
        assert_eq!(kept.settled(&[Choice::Theirs]), Some(gone.clone()));
        let removed = Unsettled { base, kept: gone.clone(), theirs: changed.clone() };
        assert_eq!(removed.settled(&[Choice::KeptVersion]), Some(gone));
        assert_eq!(removed.settled(&[Choice::Theirs]), Some(changed));
    }
}
