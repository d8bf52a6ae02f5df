//! The mistakes in a second record of a child.

use assessment_people::id::PersonId;
use assessment_people::person::{Birth, Name, NameKind, Person, Phone};
use assessment_people::protection::{Protected, Protection};
use jiff::civil::Date;

use super::names::Origin;
use super::random::Random;

/// What sort of slips are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Those on which the points were tuned.
    Known,
    /// Others as well, kept back from tuning: letters beside on a keyboard, spelling by ear, slips in the first letter.
    KeptBack,
}

/// A second record of a child, and what is wrong in it. Most have no number in common with the first.
pub(super) fn second_record(
    child: &Person,
    origin: &Origin,
    hand: Hand,
    id: PersonId,
    random: &mut Random,
) -> (Person, Vec<&'static str>) {
    let mut second = child.clone();
    second.id = id;
    let mut made = vec![mistake(&mut second, origin, hand, random)];
    if random.chance(25) {
        made.push(mistake(&mut second, origin, hand, random));
    }
    if random.chance(85) {
        second.identifiers.clear();
    }
    if random.chance(30) {
        second.addresses = super::address(random).into_iter().collect();
        made.push("moved");
    } else if random.chance(20) {
        second.addresses.clear();
        made.push("no address");
    }
    if random.chance(40) {
        second.phones.main = Some(Phone::new(&format!("07700 9{:05}", random.below(100_000))));
    }
    second.protection = Protected::at(Protection::Ordinary);
    (second, made)
}

fn mistake(person: &mut Person, origin: &Origin, hand: Hand, random: &mut Random) -> &'static str {
    let Some(name) = person.names.first().cloned() else { return "none" };
    let rename = |person: &mut Person, given: String, family: String| {
        if let Some(first) = person.names.first_mut() {
            *first = Name { kind: NameKind::Usual, given, family };
        }
    };
    match random.below(100) {
        0..12 => {
            rename(person, slip(&name.given, hand, random), name.family);
            "given name misspelt"
        }
        12..24 => {
            rename(person, name.given, slip(&name.family, hand, random));
            "family name misspelt"
        }
        24..34 => {
            rename(person, name.family, name.given);
            "names swapped"
        }
        34..42 => {
            let now = origin.family(random);
            rename(person, name.given.clone(), now);
            if random.chance(70) {
                person.names.push(Name { kind: NameKind::Former, ..name });
                "former name"
            } else {
                "former name not written down"
            }
        }
        42..52 => on_birth(person, "day and month swapped", |day| {
            Date::new(day.year(), day.day(), day.month()).ok().or_else(|| one_digit_off(day, random))
        }),
        52..64 => on_birth(person, "one digit off", |day| one_digit_off(day, random)),
        64..72 => {
            rename(person, plain(&name.given), plain(&name.family));
            "accents and hyphens lost"
        }
        72..80 => {
            rename(person, first_word(&name.given), last_part(&name.family));
            "part of the name"
        }
        80..86 => {
            rename(person, variant(&name.given, origin, random), variant(&name.family, origin, random));
            "another spelling"
        }
        86..90 => on_estimate(person, random),
        90..92 => {
            rename(person, origin.given(random), name.family);
            "called something else"
        }
        _ => "nothing",
    }
}

fn on_birth(
    person: &mut Person,
    made: &'static str,
    change: impl FnOnce(Date) -> Option<Date>,
) -> &'static str {
    if let Some(day) = person.birth.day().and_then(change) {
        person.birth = Birth::on(day);
    }
    made
}

fn on_estimate(person: &mut Person, random: &mut Random) -> &'static str {
    if let Some(day) = person.birth.day() {
        person.birth = match random.below(3) {
            0 => Birth::Year { year: day.year() },
            1 => Birth::Month { year: day.year(), month: day.month() },
            _ => Birth::NotKnown,
        };
    }
    "date of birth not quite known"
}

fn one_digit_off(day: Date, random: &mut Random) -> Option<Date> {
    (0..50).find_map(|_| {
        let mut digits: Vec<u8> = format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()).into_bytes();
        let at = 2 + random.below(6);
        digits[at] = b'0' + u8::try_from(random.below(10)).ok()?;
        let digits = String::from_utf8(digits).ok()?;
        let read = Date::strptime("%Y%m%d", &digits).ok()?;
        (read != day && (2008..=2026).contains(&read.year())).then_some(read)
    })
}

/// A slip of the pen in one word.
pub(super) fn one_slip(text: &str, random: &mut Random) -> String {
    slip(text, Hand::Known, random)
}

fn slip(text: &str, hand: Hand, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return text.to_owned();
    }
    let at = 1 + random.below(letters.len() - 2);
    let kinds = if hand == Hand::KeptBack { 9 } else { 4 };
    match random.below(kinds) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        3 => letters[at] = *random.pick(&['a', 'e', 'i', 'o', 'n', 'r', 's', 't']),
        4 => letters[0] = *random.pick(&['A', 'E', 'J', 'M', 'S', 'T', 'K', 'B']),
        5 => letters[at] = beside(letters[at], random),
        6 | 7 => return by_ear(text, random),
        _ => {
            letters.pop();
        }
    }
    letters.into_iter().collect()
}

/// A letter beside this one on a keyboard.
fn beside(letter: char, random: &mut Random) -> char {
    for row in ["qwertyuiop", "asdfghjkl", "zxcvbnm"] {
        let row: Vec<char> = row.chars().collect();
        if let Some(at) = row.iter().position(|one| *one == letter) {
            return if random.chance(50) {
                row[at.saturating_sub(1)]
            } else {
                row[(at + 1).min(row.len() - 1)]
            };
        }
    }
    'e'
}

/// As somebody writes it who only heard it.
fn by_ear(text: &str, random: &mut Random) -> String {
    const HEARD: &[(&str, &str)] = &[
        ("ph", "f"),
        ("y", "ie"),
        ("ie", "y"),
        ("ck", "k"),
        ("c", "k"),
        ("k", "c"),
        ("s", "z"),
        ("z", "s"),
        ("ee", "ea"),
        ("ea", "ee"),
        ("ll", "l"),
        ("tt", "t"),
        ("ou", "u"),
        ("oo", "u"),
        ("i", "y"),
        ("e", "a"),
        ("a", "e"),
        ("ai", "ay"),
        ("w", "v"),
        ("sz", "sh"),
        ("ż", "zh"),
        ("x", "ks"),
        ("j", "g"),
        ("th", "t"),
        ("gh", ""),
        ("o", "u"),
    ];
    let from = random.below(HEARD.len());
    let found = HEARD.iter().cycle().skip(from).take(HEARD.len()).find(|(written, _)| text.contains(written));
    found.map_or_else(|| text.to_owned(), |(written, heard)| text.replacen(written, heard, 1))
}

/// As a system without accents keeps it.
fn plain(text: &str) -> String {
    const LETTERS: &[(&str, &str)] = &[
        ("âáăąàạ", "a"),
        ("éêęèễ", "e"),
        ("íîi", "i"),
        ("óôọ", "o"),
        ("ś", "s"),
        ("ł", "l"),
        ("Ł", "L"),
        ("ń", "n"),
        ("ć", "c"),
        ("żź", "z"),
        ("șş", "s"),
        ("ȘŚ", "S"),
        ("ț", "t"),
        ("Ț", "T"),
        ("Ọ", "O"),
        ("Ó", "O"),
        ("ầả", "a"),
        ("’'", ""),
        ("-", " "),
    ];
    let one = |c: char| {
        LETTERS.iter().find(|(from, _)| from.contains(c)).map_or(c.to_string(), |(_, to)| (*to).to_owned())
    };
    text.chars().map(one).collect()
}

fn first_word(text: &str) -> String {
    text.split(' ').next().unwrap_or(text).to_owned()
}

fn last_part(text: &str) -> String {
    text.rsplit('-').next().unwrap_or(text).to_owned()
}

fn variant(text: &str, origin: &Origin, random: &mut Random) -> String {
    let words = text.split(' ').map(|word| {
        let set = origin.variants.iter().find(|set| set.contains(&word));
        set.map_or(word, |set| *random.pick::<&str>(set))
    });
    words.collect::<Vec<_>>().join(" ")
}
