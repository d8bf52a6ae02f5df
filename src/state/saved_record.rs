//! A line of the list of saved records. Reads what it can: a damaged record is listed too, since it must not vanish
//! silently.

use assessment_engine::answers::{Answers, Facts};
use assessment_engine::refer::is_only_a_check;
use assessment_engine::standards::Standards;
use assessment_engine::triangle::{Viewer, talked_about, triangle};
use assessment_engine::validation::identifiers::nhs_number;
use assessment_engine::validation::{Stage, check_with};
use assessment_form::{PartialDate, parse_day};
use assessment_rules::{Age, Due, Moment, evaluate};
use jiff::civil::Date;
use strict_json::{Limits, read};

use super::{OpenAction, Page, Record, Unreadable};

/// A record on this device, as the start page lists it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedRecord {
    /// The record's id.
    pub id: String,
    /// Whose it is; see [`Record::owner`].
    pub owner: Option<String>,
    /// The child's name; empty when none was typed yet.
    pub name: String,
    /// When it was saved, in words; empty when unknown.
    pub saved: String,
    /// Whether it waits to be sent.
    pub waiting: bool,
    /// Whether it is no assessment yet: only "Do I need to refer?" was answered.
    pub is_check: bool,
    /// Whether it is a second copy of a record.
    pub copy: bool,
    /// The reference, when the server has it.
    pub reference: Option<String>,
    /// Why it is not opened here; `None` where it can be.
    pub unreadable: Option<Unreadable>,
    /// The urgent actions that were not logged as done; `None` where nobody can say, which is never "none".
    pub open: Option<Vec<OpenAction>>,
    /// What tells it from the others; `None` where it cannot be read.
    pub facts: Option<RecordFacts>,
    /// The record itself, until its urgent actions were looked for.
    record: Option<Box<Record>>,
}

/// What tells a record from another one with the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFacts {
    /// How old the child is today.
    pub age: Age,
    /// When it was begun, as far as that is known.
    pub started: Option<PartialDate>,
    /// How many of the 19 elements were talked about.
    pub talked_about: usize,
    /// How many elements are asked about this child.
    pub asked: usize,
    /// How many answers have to be given or put right before it can be sent; none once it was.
    pub to_do: usize,
    /// The child's NHS number as ten digits.
    pub nhs_number: Option<String>,
    /// The ids of the records of brothers and sisters.
    pub linked: Vec<String>,
}

impl RecordFacts {
    fn of(record: &Record, today: Date, standards: &Standards, to_do: usize) -> RecordFacts {
        let answers = &record.answers;
        let child = &answers.identifying_details;
        let states = triangle(answers, today, &standards.pack, Viewer::Practitioner);
        RecordFacts {
            age: Facts::of(answers, today).age,
            started: child
                .assessment_start
                .partial()
                .or_else(|| parse_day(&record.begun).map(PartialDate::Day)),
            talked_about: talked_about(&states),
            asked: states.iter().filter(|state| state.is_asked).count(),
            to_do,
            nhs_number: nhs_number(&child.nhs_number),
            linked: links(answers),
        }
    }
}

fn links(answers: &Answers) -> Vec<String> {
    let ids = answers.linked_records.iter().map(|link| link.record.clone());
    ids.filter(|id| !id.is_empty()).collect()
}

impl SavedRecord {
    /// The line for a stored text.
    #[must_use]
    pub fn of(id: &str, text: &str) -> SavedRecord {
        let stored = read(text.as_bytes(), &Limits::DEPTH_ONLY).unwrap_or_default();
        let member = |name: &str| stored[name].as_str().unwrap_or_default().to_owned();
        let line = SavedRecord {
            id: id.to_owned(),
            owner: stored["owner"].as_str().map(str::to_owned),
            name: member("name"),
            saved: member("saved"),
            waiting: !stored["waiting"].is_null(),
            copy: !stored["copy"].is_null(),
            reference: stored["receipt"]["reference"].as_str().map(str::to_owned),
            ..SavedRecord::default()
        };
        match Record::from_value(stored) {
            Ok(record) => SavedRecord { record: Some(Box::new(record)), ..line },
            Err(why) => SavedRecord { unreadable: Some(why), ..line },
        }
    }

    /// Finds what is urgent and not done by today's rules and today's date. Nothing of it is stored, so that an old record
    /// and a new rule pack cannot say that nothing is urgent.
    pub(super) fn find_open_actions(&mut self, today: Date, standards: &Standards) {
        if let Some(record) = self.record.take() {
            let outcome = evaluate(&record.answers, today, &standards.pack);
            self.is_check = record.page == Page::Refer && is_only_a_check(&record.answers);
            self.open = Some(record.urgency.open(&record.answers, &outcome, standards));
            // Nothing is left to do in what was sent; a device may have hundreds of those.
            let to_do = match record.is_open() {
                true => check_with(&record.answers, Stage::Submit, today, standards, &outcome).len(),
                false => 0,
            };
            self.facts = Some(RecordFacts::of(&record, today, standards, to_do));
        }
    }

    /// Whether another record of the list is about a child with the same NHS number.
    #[must_use]
    pub fn shares_number(&self, all: &[SavedRecord]) -> bool {
        let number = |record: &SavedRecord| record.facts.as_ref().and_then(|facts| facts.nhs_number.clone());
        let own = number(self);
        own.is_some() && all.iter().any(|other| other.id != self.id && number(other) == own)
    }

    /// The records of the list that are linked with this one, from either side.
    pub fn linked<'a>(&'a self, all: &'a [SavedRecord]) -> impl Iterator<Item = &'a SavedRecord> {
        let names = |one: &SavedRecord, other: &SavedRecord| {
            one.facts.as_ref().is_some_and(|facts| facts.linked.contains(&other.id))
        };
        all.iter().filter(move |other| other.id != self.id && (names(self, other) || names(other, self)))
    }

    /// How many of the open actions are overdue.
    #[must_use]
    pub fn overdue(&self, now: Moment) -> usize {
        let is_overdue =
            |action: &&OpenAction| action.deadline.is_some_and(|deadline| deadline.at(now) == Due::Overdue);
        self.open.iter().flatten().filter(is_overdue).count()
    }

    /// Where it comes in the list: what is overdue first, then what is open, then what nobody can say, then the others. Each
    /// in the order in which they were saved.
    #[must_use]
    pub fn rank(&self, now: Moment) -> u8 {
        match &self.open {
            Some(open) if open.is_empty() => 3,
            None => 2,
            Some(_) if self.overdue(now) == 0 => 1,
            Some(_) => 0,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    /// Old records say nothing of what is urgent: it is worked out, and "nobody can say" is not "nothing".
    #[test]
    fn what_is_urgent_comes_first_and_what_cannot_be_read_is_not_called_calm() {
        let standards = Standards::built_in().unwrap();
        let known = r#""urgency":{"known":{"IA-01":{"since":{"at":1795701780,"local":"2026-11-26T14:03"},"shown":"certain"}},"gone":[]}"#;
        let done = r#""urgent_log":[{"action":"IA-01","certainty":"yes","result":"done"}]"#;
        let lines = [
            ("calm", r#"{"id":"a","answers":{"danger_now":"no"}}"#.to_owned()),
            ("damaged", r#"{"name":"Ann"#.to_owned()),
            ("done", format!(r#"{{"id":"a","answers":{{"danger_now":"yes",{done}}}}}"#)),
            ("old", r#"{"id":"a","answers":{"danger_now":"unsure"}}"#.to_owned()),
            ("overdue", format!(r#"{{"id":"a","answers":{{"danger_now":"yes"}},{known}}}"#)),
        ];
        let local = jiff::civil::date(2026, 11, 26).at(15, 3, 0, 0);
        let now = Moment { instant: 1_795_701_780 + 3600, local };
        let mut lines = lines.map(|(name, text)| {
            let mut line = SavedRecord::of(name, &text);
            line.find_open_actions(local.date(), &standards);
            line
        });
        lines.sort_by_key(|line| line.rank(now));
        let found: Vec<_> = lines
            .iter()
            .map(|line| (line.id.as_str(), line.open.as_ref().map(Vec::len), line.overdue(now)))
            .collect();
        assert_eq!(
            found,
            [
                ("overdue", Some(1), 1),
                ("old", Some(1), 0),
                ("damaged", None, 0),
                ("calm", Some(0), 0),
                ("done", Some(0), 0)
            ]
        );
    }

    #[test]
    fn a_damaged_record_is_listed_as_damaged() {
        let damaged = Some(Unreadable::Damaged);
        assert_eq!(SavedRecord::of("a", "{\"name\":\"Ann").unreadable, damaged);
        let line = SavedRecord::of("a", r#"{"id":"a","name":"Ann","answers":{},"waiting":{"key":"k"}}"#);
        assert!(line.unreadable == damaged && line.waiting, "a waiting record without a body");
        assert_eq!(line.name, "Ann");
    }

    /// Case C14, and what the list says of urgent actions: nobody can say, which is not "none".
    #[test]
    fn a_record_of_a_later_release_is_listed_by_its_name_and_not_called_calm_b15() {
        let text = r#"{"id":"a","version":2,"name":"Ann","saved":"today","owner":"a1","answers":{"danger_now":"yes"}}"#;
        let mut line = SavedRecord::of("a", text);
        line.find_open_actions(jiff::civil::date(2026, 11, 27), &Standards::built_in().unwrap());
        assert_eq!(line.unreadable, Some(Unreadable::Newer));
        assert_eq!((line.name.as_str(), line.owner.as_deref(), &line.open), ("Ann", Some("a1"), &None));
        assert!(line.facts.is_none());
    }
}
