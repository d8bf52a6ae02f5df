//! Which records may be of the same person: asked before a new assessment is begun, and by search. It suggests; a person
//! decides each time. Nothing is joined or refused because of it.
//!
//! A store with many people keeps [`keys`] in a table, fetches those who share keys with a query ([`Query::keys`]), and
//! gives them to [`find`]. Names, dates and numbers are compared as people mistake them. Nicknames are not known: no
//! list with a source was at hand, so `Bill` does not find `William` unless it is written as another name.
//!
//! A person whose whole record is shielded can be found like anybody. What the answer may say of them is decided by
//! access, not here.

mod births;
mod decision;
mod keys;
mod reason;
mod search;
mod spelling;
mod subject;
mod weigh;

pub use decision::{NotTheSame, Standing};
pub use keys::{KEYS_VERSION, Key, keys};
pub use reason::Reason;
pub use search::{MAX_SEARCH, MAX_WORDS, Search, SearchRefused};

use subject::Subject;
use weigh::{Weighed, weigh};

use crate::id::PersonId;
use crate::person::Person;

/// How strongly a match is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// May be the same.
    Possible,
    /// Probably the same.
    Likely,
    /// Everything that tells people apart agrees, or a number of theirs does.
    Strong,
}

/// Somebody who may be the person that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// Who.
    pub person: &'a Person,
    /// How strongly.
    pub strength: Strength,
    /// What speaks for it.
    pub reasons_for: Vec<Reason>,
    /// What speaks against it.
    pub reasons_against: Vec<Reason>,
    /// An earlier decision that they are not the same, made before the facts changed.
    pub earlier: Option<&'a NotTheSame>,
    points: i32,
}

impl Match<'_> {
    /// For sorting by strength, and within one strength by how much agrees: the greater, the stronger. It means nothing
    /// else, and changes with the weights.
    #[must_use]
    pub fn weight(&self) -> i64 {
        const STEP: i64 = 1_000_000;
        let strength = match self.strength {
            Strength::Possible => 0,
            Strength::Likely => STEP,
            Strength::Strong => 2 * STEP,
        };
        strength + i64::from(self.points)
    }
}

/// Whom to look for.
#[derive(Debug, Clone)]
pub struct Query(Asked);

#[derive(Debug, Clone)]
enum Asked {
    /// Somebody like this person, other than themselves.
    Person(PersonId, Box<Subject>),
    /// What was typed.
    Search(Search),
}

impl Query {
    /// Looks for records that may be of the same person as this one.
    #[must_use]
    pub fn about(person: &Person) -> Self {
        Self(Asked::Person(person.id, Box::new(Subject::of(person))))
    }

    /// Looks for what somebody typed.
    #[must_use]
    pub const fn search(search: Search) -> Self {
        Self(Asked::Search(search))
    }

    /// By which keys a store finds candidates: they have at least one key of each group. Not every candidate is a match.
    #[must_use]
    pub fn keys(&self) -> Vec<Vec<Key>> {
        match &self.0 {
            Asked::Person(_, subject) => vec![keys::candidates(subject)],
            Asked::Search(search) => search.keys(),
        }
    }

    fn weigh(&self, person: &Person) -> Option<Weighed> {
        match &self.0 {
            Asked::Person(id, _) if *id == person.id => None,
            Asked::Person(_, subject) => weigh(subject, &Subject::of(person)),
            Asked::Search(search) => search.weigh(person),
        }
    }
}

/// Who of these people may be the one that is looked for, the strongest match first.
#[must_use]
pub fn find<'a>(query: &Query, people: impl IntoIterator<Item = &'a Person>) -> Vec<Match<'a>> {
    let found = people.into_iter().filter_map(|person| {
        let Weighed { strength, points, reasons_for, reasons_against } = query.weigh(person)?;
        Some(Match { person, strength, reasons_for, reasons_against, earlier: None, points })
    });
    let mut all: Vec<Match<'a>> = found.collect();
    all.sort_by_key(|one| (std::cmp::Reverse((one.strength, one.points)), one.person.id));
    all
}

/// Takes out the matches about which somebody decided that they are not the same, as long as that decision holds. Where
/// the facts have changed since, the match stays and shows the latest such decision.
#[must_use]
pub fn without_decided<'a>(
    about: &Person,
    matches: Vec<Match<'a>>,
    decisions: &'a [NotTheSame],
) -> Vec<Match<'a>> {
    let settled = |mut one: Match<'a>| {
        let mut earlier: Option<&NotTheSame> = None;
        for decision in decisions {
            match decision.standing(about, one.person) {
                Standing::Holds => return None,
                Standing::FactsChanged if earlier.is_none_or(|earlier| earlier.on() <= decision.on()) => {
                    earlier = Some(decision);
                }
                Standing::FactsChanged | Standing::OtherPeople => {}
            }
        }
        one.earlier = earlier;
        Some(one)
    };
    matches.into_iter().filter_map(settled).collect()
}
