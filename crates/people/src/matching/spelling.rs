//! A name as it is compared: without capitals, accents, apostrophes, hyphens and marks that nobody can see; and what it
//! sounds like. What was typed is never changed.

use assessment_form::typed::plain;
use strsim::osa_distance;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A name, or a part of one, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Spelt {
    /// Its words. `O'Brien-Ap Rhys` has four.
    pub(super) words: Vec<String>,
    /// All words in one.
    pub(super) joined: String,
}

/// How far two spellings agree, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// The same letters.
    Same,
    /// A slip of the pen apart.
    Alike,
    /// One begins with the word that the other begins with, or has its initial.
    Part,
    /// All words of one are in the other, and not its first.
    Middle,
    /// They share a word, and each has another of its own, as brothers and sisters have: `Muhammad Saad`, `Muhammad Umar`.
    Shared,
    /// They sound alike, or are two slips apart.
    Loose,
    /// One of them is blank. A blank is never equal to a blank.
    Unknown,
    /// Two names.
    Different,
}

impl Spelt {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        for c in plain(text).nfkd().flat_map(char::to_lowercase) {
            if is_accent(c) {
                continue;
            }
            if c.is_alphanumeric() || is_combining_mark(c) {
                match unaccented(c) {
                    Some(letters) => word.push_str(letters),
                    None => word.push(c),
                }
            } else if !word.is_empty() {
                words.push(latin(std::mem::take(&mut word)));
            }
        }
        if !word.is_empty() {
            words.push(latin(word));
        }
        let joined = words.concat();
        Self { words, joined }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.joined.is_empty()
    }

    pub(super) fn agreement(&self, other: &Self) -> Agreement {
        if self.is_blank() || other.is_blank() {
            Agreement::Unknown
        } else if self.joined == other.joined || same_words(&self.words, &other.words) {
            Agreement::Same
        } else if are_alike(&self.joined, &other.joined) {
            Agreement::Alike
        } else if self.words.iter().any(|word| is_telling(word) && other.words.contains(word)) {
            match (self.is_within(other), self.begins_like(other)) {
                (true, true) => Agreement::Part,
                (true, false) => Agreement::Middle,
                (false, _) => Agreement::Shared,
            }
        } else if self.begins_like(other) {
            Agreement::Part
        } else if are_loosely_alike(&self.joined, &other.joined) || self.begins_alike(other) {
            Agreement::Loose
        } else {
            Agreement::Different
        }
    }

    /// Whether one is a part of the other, and their first words are a slip apart.
    fn begins_alike(&self, other: &Self) -> bool {
        let first = self.words.first().zip(other.words.first());
        first.is_some_and(|(one, other)| are_alike(one, other)) && self.is_within(other)
    }

    /// Whether all words of one are in the other, with a slip or as initials.
    fn is_within(&self, other: &Self) -> bool {
        let is_word = |word: &str, other: &str| {
            are_alike(word, other) || (word.chars().count() == 1 && other.starts_with(word))
        };
        let is_in = |one: &Self, other: &Self| {
            one.words.iter().all(|word| other.words.iter().any(|other| is_word(word, other)))
        };
        is_in(self, other) || is_in(other, self)
    }

    /// Whether their first words are the same, or one is the other's initial.
    fn begins_like(&self, other: &Self) -> bool {
        let is_initial = |one: &Self, other: &Self| matches!(one.words.as_slice(), [letter] if letter.chars().count() == 1 && other.joined.starts_with(letter.as_str()));
        let same = |one: Option<&String>, other: Option<&String>| {
            one.is_some_and(|word| is_telling(word) && Some(word) == other)
        };
        same(self.words.first(), other.words.first()) || is_initial(self, other) || is_initial(other, self)
    }
}

/// Whether a word has three letters: `de`, `ap` and `al` are in many names.
pub(super) fn is_telling(word: &str) -> bool {
    word.chars().nth(2).is_some()
}

pub(super) fn same_words(one: &[String], other: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}

/// Whether two words are a slip apart: a letter too many, too few, another, or two that changed places. Short words have
/// to be equal, since a letter makes another name of them; long ones may have two slips.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let allowed = match shorter(one, other) {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    is_within(one, other, allowed)
}

fn are_loosely_alike(one: &str, other: &str) -> bool {
    let allowed = match longer(one, other) {
        0..=2 => 0,
        3..=4 => 1,
        5..=7 => 2,
        _ => 3,
    };
    let (sound, others) = (sound(one), sound(other));
    is_within(one, other, allowed) || (sound.len() > 1 && sound == others)
}

fn shorter(one: &str, other: &str) -> usize {
    one.chars().count().min(other.chars().count())
}

fn longer(one: &str, other: &str) -> usize {
    one.chars().count().max(other.chars().count())
}

fn is_within(one: &str, other: &str, allowed: usize) -> bool {
    one.chars().count().abs_diff(other.chars().count()) <= allowed && osa_distance(one, other) <= allowed
}

/// Marks that people leave out: accents of Latin letters, vowel points of Arabic and Hebrew, and what only stretches a
/// word. Vowel signs of other scripts are letters of the name.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}')
}

/// Letters that do not come apart into a plain one and an accent, as people write them without.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        // Keyboards of Urdu, Persian and Arabic have codes of their own for one letter.
        'ي' | 'ى' => "ی",
        'ك' => "ک",
        'ہ' | 'ة' => "ه",
        _ => return None,
    })
}

/// Letters of other alphabets that look like Latin ones, where they are among Latin ones.
fn latin(word: String) -> String {
    let is_mixed = word.bytes().any(|byte| byte.is_ascii_alphabetic()) && !word.is_ascii();
    if !is_mixed {
        return word;
    }
    let read = |c| match c {
        'а' | 'α' => 'a',
        'е' | 'ε' => 'e',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'х' => 'x',
        'у' => 'y',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'т' | 'τ' => 't',
        'н' => 'h',
        'ν' => 'v',
        c => c,
    };
    word.chars().map(read).collect()
}

/// What a word sounds like, roughly: its consonants, those that people confuse as one, and whether it begins with a
/// vowel. At most six letters. Not one of the published codes: those keep the first letter, which is where `Emelia` and
/// `Amelia`, `Catherine` and `Katherine` differ.
pub(super) fn sound(word: &str) -> String {
    const MAX_LENGTH: usize = 6;
    if !word.is_ascii() {
        return word.chars().take(MAX_LENGTH).collect();
    }
    let mut code = String::with_capacity(MAX_LENGTH);
    let mut letters = word.chars().peekable();
    let mut is_first = true;
    while let Some(c) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_soft = matches!(next, 'e' | 'i' | 'y');
        let heard = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if is_first => Some('a'),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => None,
            'p' if next == 'h' => Some('f'),
            'b' | 'p' => Some('p'),
            'f' | 'v' => Some('f'),
            'c' | 's' | 't' if next == 'h' && c != 't' => Some('s'),
            'c' if is_soft || next == 'z' => Some('s'),
            'g' if is_soft => Some('j'),
            'c' | 'g' | 'k' | 'q' | 'x' => Some('k'),
            's' | 'z' => Some('s'),
            'd' | 't' => Some('t'),
            c => Some(c),
        };
        is_first = false;
        if let Some(heard) = heard.filter(|heard| !code.ends_with(*heard)) {
            code.push(heard);
        }
        if code.len() == MAX_LENGTH {
            break;
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(one: &str, other: &str) -> Agreement {
        let there = Spelt::of(one).agreement(&Spelt::of(other));
        assert_eq!(there, Spelt::of(other).agreement(&Spelt::of(one)), "{one} {other}: both ways");
        there
    }

    #[test]
    fn a9_marks_capitals_and_accents_make_no_difference() {
        for (one, other) in [
            ("O’Brien-Ap Rhys", "obrien ap-rhys"),
            ("Siân", "SIAN"),
            ("Sia\u{302}n", "Siân"),
            ("Łukasz", "lukasz"),
            ("Ștefănescu", "Stefanescu"),
            ("Oʻktam", "Oktam"),
            ("An\u{200b}na", "Anna"),
            ("Ａｎｎａ", "anna"),
            ("علي", "علی"),
            ("Аmelia", "Amelia"),
        ] {
            assert_eq!(agreement(one, other), Agreement::Same, "{one} {other}");
        }
    }

    #[test]
    fn a2_blank_never_equals_blank() {
        for (one, other) in [("", ""), ("  ", "\u{200b}"), ("-", "'"), ("", "Hart")] {
            assert_eq!(agreement(one, other), Agreement::Unknown, "{one:?} {other:?}");
        }
    }

    #[test]
    fn how_far_names_agree() {
        for (one, other, expected) in [
            ("Amelia", "Emelia", Agreement::Alike),
            ("Mohammed", "Muhammad", Agreement::Alike),
            ("Hart", "Hartley", Agreement::Different),
            ("Ali", "Ala", Agreement::Loose),
            ("Catherine", "Katharyn", Agreement::Loose),
            ("Amelia Rose", "Amelia", Agreement::Part),
            ("A", "Amelia", Agreement::Part),
            ("Amelia Rose", "Rose", Agreement::Middle),
            ("Amelia Rose", "Amelia R", Agreement::Part),
            ("Muhammad Saad", "Muhammad Umar", Agreement::Shared),
            ("Zakariya Hamza", "Hamza Danyal", Agreement::Shared),
            ("Rebecca Hallie", "Rebeccca", Agreement::Loose),
            ("Leo", "Lo", Agreement::Loose),
            ("Yi Li", "Yi", Agreement::Loose),
            ("Jack", "Olivia", Agreement::Different),
            ("Li", "Le", Agreement::Different),
        ] {
            assert_eq!(agreement(one, other), expected, "{one} {other}");
        }
    }
}
