//! What somebody typed into the search: names in any order, a date of birth, a number or a reference.

use assessment_form::WrittenDate;
use jiff::civil::Date;
use thiserror::Error;

use super::keys::{self, Key};
use super::reason::Reason;
use super::spelling::{Spelt, are_alike, is_telling, sound};
use super::subject::SpeltName;
use super::weigh::Weighed;
use super::{Strength, births};
use crate::person::{Birth, Identifier, Person, System};

/// A search that was typed.
#[derive(Debug, Clone)]
pub struct Search {
    words: Vec<String>,
    day: Option<Date>,
    number: Vec<Identifier>,
}

/// Why nothing can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SearchRefused {
    /// Nothing was typed that can be looked for.
    #[error("Type a name, a date of birth, an NHS number, a pupil number or a reference")]
    Blank,
    /// Only a single letter, or only a date.
    #[error("Type more of the name")]
    TooLittle,
    /// More than [`MAX_SEARCH`] characters or [`MAX_WORDS`] words.
    #[error("Type less: a name and a date of birth are enough")]
    TooMuch,
}

/// The longest search, in characters.
pub const MAX_SEARCH: usize = 200;
/// The most words of a search.
pub const MAX_WORDS: usize = 12;

impl Search {
    /// Reads what was typed. Wildcards, quotation marks and control characters mean nothing.
    ///
    /// # Errors
    /// Nothing to look for, too little of it, or too much.
    pub fn parse(text: &str) -> Result<Self, SearchRefused> {
        if text.chars().nth(MAX_SEARCH).is_some() {
            return Err(SearchRefused::TooMuch);
        }
        let systems = [System::NhsNumber, System::Upn, System::Uln, System::Uci, System::Reference];
        let (day, rest) = taken_out(text);
        let words = Spelt::of(&rest).words;
        if words.len() > MAX_WORDS {
            return Err(SearchRefused::TooMuch);
        }
        // A reference has a digit in it, and a date with its strokes is none.
        let is_date =
            day.is_some() && words.is_empty() && !text.trim().bytes().all(|byte| byte.is_ascii_digit());
        let may_be = |one: &Identifier| {
            one.system() != System::Reference
                || (!is_date && one.value().bytes().any(|byte| byte.is_ascii_digit()))
        };
        let numbers = systems.into_iter().filter_map(|system| Identifier::parse(system, text));
        let number: Vec<Identifier> = numbers.filter(may_be).collect();
        match (number.is_empty(), words.concat().chars().count(), day) {
            (true, 0, None) => Err(SearchRefused::Blank),
            (true, 0 | 1, _) => Err(SearchRefused::TooLittle),
            _ => Ok(Self { words, day, number }),
        }
    }

    /// Groups of keys: somebody is a candidate who has one key of each group, or the number.
    pub(super) fn keys(&self) -> Vec<Vec<Key>> {
        if !self.number.is_empty() {
            let mut all: Vec<Key> = self.number.iter().map(keys::number).collect();
            // What looks like a reference may be a name with a digit in it.
            all.extend(self.words.iter().flat_map(|word| keys::of_word(word)));
            return vec![all];
        }
        let group = |at: usize| -> Option<Vec<Key>> {
            let word = self.words.get(at)?;
            let mut keys = keys::of_word(word);
            for joined in self.with_neighbours(at) {
                keys.extend(keys::of_word(&joined));
            }
            // They choose nobody by themselves. A store puts those first who have most of the keys.
            for day in self.day.into_iter().flat_map(|day| [Some(day), births::swapped(day)]).flatten() {
                keys.extend(keys::dated(&sound(word), day));
            }
            (is_telling(word) || self.words.len() == 1).then_some(keys)
        };
        let groups: Vec<Vec<Key>> = (0..self.words.len()).filter_map(group).collect();
        if groups.is_empty() { vec![keys::of_word(&self.words.concat())] } else { groups }
    }

    /// A word together with the one before, and with the one after it, as in `mc donald`.
    fn with_neighbours(&self, at: usize) -> impl Iterator<Item = String> {
        let joined = |first: Option<&String>, second: Option<&String>| Some(format!("{}{}", first?, second?));
        let before = at.checked_sub(1).and_then(|before| joined(self.words.get(before), self.words.get(at)));
        let after = joined(self.words.get(at), self.words.get(at + 1));
        before.into_iter().chain(after)
    }

    pub(super) fn weigh(&self, person: &Person) -> Option<Weighed> {
        if let Some(number) = self.number.iter().find(|number| person.identifiers.contains(number)) {
            return Some(Weighed {
                strength: Strength::Strong,
                points: 1000,
                reasons_for: vec![Reason::SameNumber { system: number.system() }],
                reasons_against: Vec::new(),
            });
        }
        if self.words.is_empty() {
            return None;
        }
        let names = person.names.iter().filter(|name| !name.is_blank()).map(SpeltName::of);
        let best = names.filter_map(|name| {
            let words = keys::words(&name);
            let found = (0..self.words.len()).map(|at| self.found(at, &words));
            let all: Option<Vec<i32>> = found.collect();
            all.map(|all| (all.iter().min().copied().unwrap_or(0), name.kind))
        });
        let (least, kind) = best.max_by_key(|(least, _)| *least)?;
        let mut reasons_for = vec![Reason::WordsFound];
        if kind != crate::person::NameKind::Usual {
            reasons_for.push(Reason::AnotherName);
        }
        let mut points = least * 10;
        let mut reasons_against = Vec::new();
        if let Some(day) = self.day {
            use births::BirthAgreement as Agreement;
            match births::compare_all(&[Birth::on(day)], &person.births().collect::<Vec<_>>()) {
                Agreement::Same => {
                    points += 50;
                    reasons_for.push(Reason::SameBirth);
                }
                Agreement::PartsSwapped => reasons_for.push(Reason::BirthPartsSwapped),
                Agreement::OneSlip => reasons_for.push(Reason::BirthOneSlip),
                Agreement::MayBeSame(_) => reasons_for.push(Reason::BirthMayBeSame),
                Agreement::Unknown => {}
                Agreement::TwoSlips | Agreement::Different => {
                    points -= 50;
                    reasons_against.push(Reason::BirthDiffers);
                }
            }
        }
        let strength = match (least, reasons_against.is_empty()) {
            (EXACT, true) => Strength::Strong,
            (BEGINS.., true) => Strength::Likely,
            _ => Strength::Possible,
        };
        Some(Weighed { strength, points, reasons_for, reasons_against })
    }

    /// How closely a word of the search is found among the words of a name.
    fn found(&self, at: usize, words: &std::collections::BTreeSet<String>) -> Option<i32> {
        let typed = self.words.get(at)?;
        let alone = words.iter().filter_map(|word| closeness(typed, word));
        let joined = self.with_neighbours(at);
        let joined = joined.filter_map(|typed| words.contains(&typed).then_some(EXACT));
        alone.chain(joined).max()
    }
}

const EXACT: i32 = 4;
const BEGINS: i32 = 3;
const ALIKE: i32 = 2;
const SOUNDS: i32 = 1;

fn closeness(typed: &str, word: &str) -> Option<i32> {
    if typed == word {
        Some(EXACT)
    } else if is_telling(typed) && word.starts_with(typed) {
        Some(BEGINS)
    } else if are_alike(typed, word) {
        Some(ALIKE)
    } else {
        let heard = sound(typed);
        (heard.len() > 1 && heard == sound(word)).then_some(SOUNDS)
    }
}

/// The date among what was typed, and the rest of it. A date is a run of words of which one has a digit.
fn taken_out(text: &str) -> (Option<Date>, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for length in (1..=4_usize).rev() {
        for from in 0..words.len().saturating_sub(length - 1) {
            let Some(run) = words.get(from..from + length) else { continue };
            let day = WrittenDate::spread(&run.join(" ")).and_then(|date| date.whole());
            if let Some(day) = day {
                let rest: Vec<&str> =
                    words.iter().take(from).chain(words.iter().skip(from + length)).copied().collect();
                return (Some(day), rest.join(" "));
            }
        }
    }
    (None, text.to_owned())
}
