//! Keys by which a store finds the few people who are worth comparing. The store keeps the keys of each person in a table
//! with an index, and a query asks it for people who have one of its own. Keys name no person, but say as much about one
//! as a name does: they are kept and erased with the record.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::births::swapped;
use super::spelling::sound;
use super::subject::{SpeltName, Subject};
use crate::person::{Birth, Person};

/// One key. Its text is what the store keeps; it changes only with [`KEYS_VERSION`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

/// The version of the keys' making. A store whose keys have another one makes them again.
pub const KEYS_VERSION: u32 = 2;

impl Key {
    /// The text that is stored: lower-case letters, digits and punctuation, at most 64 bytes for names of plain letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The keys under which a person is stored, each once and in order. Store them again whenever the person changes.
#[must_use]
pub fn keys(person: &Person) -> Vec<Key> {
    let subject = Subject::of(person);
    let mut keys = BTreeSet::new();
    numbers(&subject, &mut keys);
    for name in &subject.names {
        for word in words(name) {
            keys.insert(heard(&word));
            keys.insert(begins(&word));
        }
        pair(name, &mut keys);
        places(name, &subject, &mut keys);
        for sound in sounds(name) {
            for birth in &subject.births {
                match birth.day() {
                    Some(day) => keys.extend(dated(&sound, day)),
                    None => keys.extend(years(*birth).map(|year| in_year(&sound, year))),
                }
            }
        }
    }
    keys.into_iter().collect()
}

/// The keys of which a candidate has at least one.
pub(super) fn candidates(subject: &Subject) -> Vec<Key> {
    let mut keys = BTreeSet::new();
    numbers(subject, &mut keys);
    for name in &subject.names {
        pair(name, &mut keys);
        places(name, subject, &mut keys);
        for sound in sounds(name) {
            for birth in &subject.births {
                if let Some(day) = birth.day() {
                    keys.extend(dated(&sound, day));
                    keys.extend(swapped(day).into_iter().flat_map(|day| dated(&sound, day)));
                }
                keys.extend(years(*birth).map(|year| in_year(&sound, year)));
            }
        }
    }
    keys.into_iter().collect()
}

/// The keys for one word of a search: those who have a word that sounds like it, or begins like it.
pub(super) fn of_word(word: &str) -> Vec<Key> {
    vec![heard(word), begins(word)]
}

/// A word of the name at each postcode, for people of whom neither the date of birth nor the other name agrees.
fn places(name: &SpeltName, subject: &Subject, keys: &mut BTreeSet<Key>) {
    for sound in sounds(name) {
        keys.extend(subject.places.iter().map(|(_, postcode)| Key(format!("at:{sound}:{postcode}"))));
    }
}

fn numbers(subject: &Subject, keys: &mut BTreeSet<Key>) {
    keys.extend(subject.identifiers.iter().map(number));
}

pub(super) fn number(one: &crate::person::Identifier) -> Key {
    let system = match one.system() {
        crate::person::System::NhsNumber => "nhs",
        crate::person::System::Upn => "upn",
        crate::person::System::Uln => "uln",
        crate::person::System::Uci => "uci",
        crate::person::System::Reference => "ref",
    };
    Key(format!("{system}:{}", one.value().to_ascii_lowercase()))
}

/// The words of a name as people look for them: each word, and a short one together with the next, as in `O'Brien` and
/// `Ap Rhys`.
pub(super) fn words(name: &SpeltName) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for part in [&name.given, &name.family] {
        all.extend(part.words.iter().cloned());
        let pairs = part.words.iter().zip(part.words.iter().skip(1));
        all.extend(
            pairs
                .filter(|(first, _)| first.chars().count() <= 3)
                .map(|(first, next)| format!("{first}{next}")),
        );
    }
    all
}

/// What the words of a name sound like. Words of one or two letters count only in a name that has no longer one.
fn sounds(name: &SpeltName) -> BTreeSet<String> {
    let mut sounds = BTreeSet::new();
    for part in [&name.given, &name.family] {
        let long: Vec<&String> = part.words.iter().filter(|word| super::spelling::is_telling(word)).collect();
        sounds.extend(long.iter().map(|word| sound(word)));
        if long.is_empty() || part.words.len() > 1 {
            sounds.insert(sound(&part.joined));
        }
    }
    sounds.remove("");
    sounds
}

/// Given and family name together, whichever comes first, for people whose date of birth is not known or is wrong.
fn pair(name: &SpeltName, keys: &mut BTreeSet<Key>) {
    let first = |words: &[String]| {
        words.iter().find(|word| super::spelling::is_telling(word)).map(|word| sound(word))
    };
    let last = |words: &[String]| {
        words.iter().rev().find(|word| super::spelling::is_telling(word)).map(|word| sound(word))
    };
    let of =
        |part: &super::spelling::Spelt| [first(&part.words), last(&part.words), Some(sound(&part.joined))];
    for given in of(&name.given).into_iter().flatten() {
        for family in of(&name.family).into_iter().flatten() {
            if !given.is_empty() && !family.is_empty() {
                let (one, other) = if given < family { (&given, &family) } else { (&family, &given) };
                keys.insert(Key(format!("p:{one}:{other}")));
            }
        }
    }
}

/// A slip in one part of a date leaves the other two, so there is a key for each two.
pub(super) fn dated(sound: &str, day: Date) -> [Key; 3] {
    let (year, month, day) = (day.year(), day.month(), day.day());
    [
        Key(format!("ym:{sound}:{year}-{month}")),
        Key(format!("yd:{sound}:{year}-{day}")),
        Key(format!("md:{sound}:{month}-{day}")),
    ]
}

fn in_year(sound: &str, year: i16) -> Key {
    Key(format!("y:{sound}:{year}"))
}

/// The years in which somebody can have been born.
fn years(birth: Birth) -> impl Iterator<Item = i16> {
    const MAX_YEARS: i16 = 6;
    let years =
        birth.range().map(|(from, to)| from.year()..=to.year().min(from.year().saturating_add(MAX_YEARS)));
    years.into_iter().flatten()
}

fn heard(word: &str) -> Key {
    Key(format!("w:{}", sound(word)))
}

fn begins(word: &str) -> Key {
    Key(format!("b:{}", word.chars().take(3).collect::<String>()))
}
