//! "Not the same child": a decision about two people. It holds for both of them, until a fact that mattered changes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::subject::Subject;
use crate::id::PersonId;
use crate::person::Person;

/// That somebody decided that two records are of two people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTheSame {
    /// The two people, the lower id first.
    pair: [(PersonId, Facts); 2],
    /// When it was decided.
    on: Date,
    /// By whom, as the audit trail names them.
    by: String,
}

/// The facts by which two people are told apart, as a digest: names, birth and numbers. Where somebody lives and how to
/// ring them says little about who they are, and changes often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Facts([u8; 32]);

/// Whether a decision still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is about other people.
    OtherPeople,
    /// The facts are as they were.
    Holds,
    /// A fact that mattered has changed: the question may be asked again, with this decision beside it.
    FactsChanged,
}

impl NotTheSame {
    /// The decision about two people as they are now. `None` for one and the same person.
    #[must_use]
    pub fn decide(one: &Person, other: &Person, on: Date, by: &str) -> Option<Self> {
        let (first, second) = if one.id < other.id { (one, other) } else { (other, one) };
        let facts = |person: &Person| (person.id, Facts::of(person));
        (first.id != second.id).then(|| Self { pair: [facts(first), facts(second)], on, by: by.to_owned() })
    }

    /// The two people, the lower id first.
    #[must_use]
    pub fn people(&self) -> [PersonId; 2] {
        let [(one, _), (other, _)] = self.pair;
        [one, other]
    }

    /// When it was decided.
    #[must_use]
    pub const fn on(&self) -> Date {
        self.on
    }

    /// By whom.
    #[must_use]
    pub fn by(&self) -> &str {
        &self.by
    }

    /// Whether it counts for these two people, in either order.
    #[must_use]
    pub fn standing(&self, one: &Person, other: &Person) -> Standing {
        let (first, second) = if one.id < other.id { (one, other) } else { (other, one) };
        let [(a, of_a), (b, of_b)] = self.pair;
        if (a, b) != (first.id, second.id) {
            Standing::OtherPeople
        } else if of_a == Facts::of(first) && of_b == Facts::of(second) {
            Standing::Holds
        } else {
            Standing::FactsChanged
        }
    }
}

impl Facts {
    fn of(person: &Person) -> Self {
        let subject = Subject::of(person);
        let mut facts: Vec<String> = subject
            .names
            .iter()
            .map(|name| format!("name {}|{}", name.given.joined, name.family.joined))
            .collect();
        facts.extend(
            subject.identifiers.iter().map(|one| format!("number {:?} {}", one.system(), one.value())),
        );
        facts.extend(subject.births.iter().filter_map(|birth| {
            let (from, to) = birth.range()?;
            Some(format!("birth {from} {to}"))
        }));
        facts.sort_unstable();
        facts.dedup();
        Self(Sha256::digest(facts.join("\n").as_bytes()).into())
    }
}
