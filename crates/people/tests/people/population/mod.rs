//! Made-up people for measuring how well duplicates are found: children in families, with twins, namesakes and neighbours
//! who are alike, and second records of some of them with the mistakes that people make. The same seed makes the same
//! people.

mod mistakes;
mod names;
mod random;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use assessment_people::id::PersonId;
use assessment_people::matching::{Key, Query, Strength, find, keys};
use assessment_people::person::{Address, Birth, Identifier, Name, Person, Phone, System};
use assessment_people::protection::{Protected, Protection};
use jiff::{ToSpan as _, civil::Date};
use uuid::Uuid;

pub(crate) use mistakes::Hand;
use names::{Origin, origin};
use random::Random;

/// How many records.
pub(crate) const RECORDS: usize = 10_000;

/// Records, and which of them are of one child.
pub(crate) struct Population {
    /// The records.
    pub(crate) people: Vec<Person>,
    /// First and second record of one child by place in `people`, with the mistakes in the second.
    pub(crate) pairs: BTreeMap<(usize, usize), Vec<&'static str>>,
}

/// What was found.
pub(crate) struct Found {
    /// Pairs that are shown, with their strength.
    pub(crate) shown: BTreeMap<(usize, usize), Strength>,
    /// Candidates that were compared, over all queries.
    pub(crate) compared: usize,
    /// The most of one query.
    pub(crate) most: usize,
}

/// Recall and precision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Score {
    /// Of the true pairs, how many are shown.
    pub(crate) recall: f64,
    /// Of the pairs that are shown, how many are true.
    pub(crate) precision: f64,
}

impl Population {
    /// The population of a seed. The hand decides what sort of slips are made.
    pub(crate) fn of(seed: u64, hand: Hand) -> Self {
        Self::sized(seed, hand, RECORDS)
    }

    /// The same with so many records, of which one in twenty is a second one.
    pub(crate) fn sized(seed: u64, hand: Hand, records: usize) -> Self {
        let mut random = Random::from(seed);
        let firsts = records - records / 20;
        let mut people = Vec::with_capacity(records);
        let mut origins = Vec::new();
        while people.len() < firsts {
            family(&mut random, &mut people, &mut origins);
        }
        people.truncate(firsts);
        let mut pairs = BTreeMap::new();
        let mut second = BTreeSet::new();
        while people.len() < records {
            let first = random.below(firsts);
            if !second.insert(first) {
                continue;
            }
            let (Some(child), Some(origin)) = (people.get(first).cloned(), origins.get(first)) else {
                continue;
            };
            let (record, made) = mistakes::second_record(&child, origin, hand, id(people.len()), &mut random);
            pairs.insert((first, people.len()), made);
            people.push(record);
        }
        Self { people, pairs }
    }

    /// Asks for each record who may be the same, through the keys as a store does.
    pub(crate) fn find(&self) -> Found {
        self.find_every(1)
    }

    /// The same for every so many records only, where there are many.
    pub(crate) fn find_every(&self, step: usize) -> Found {
        let mut index: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, person) in self.people.iter().enumerate() {
            for key in keys(person) {
                index.entry(key).or_default().push(at);
            }
        }
        let places: HashMap<PersonId, usize> =
            self.people.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let mut found = Found { shown: BTreeMap::new(), compared: 0, most: 0 };
        for (at, person) in self.people.iter().enumerate().step_by(step) {
            let query = Query::about(person);
            let group = query.keys().into_iter().flatten();
            let candidates: BTreeSet<usize> = group
                .filter_map(|key| index.get(&key))
                .flatten()
                .copied()
                .filter(|other| *other != at)
                .collect();
            found.compared += candidates.len();
            found.most = found.most.max(candidates.len());
            for one in find(&query, candidates.iter().filter_map(|other| self.people.get(*other))) {
                let other = places.get(&one.person.id).copied().unwrap_or(at);
                found.shown.insert((at.min(other), at.max(other)), one.strength);
            }
        }
        found
    }

    /// How good it is, counting pairs of at least this strength.
    pub(crate) fn score(&self, found: &Found, least: Strength) -> Score {
        let shown: Vec<_> =
            found.shown.iter().filter(|(_, strength)| **strength >= least).map(|(pair, _)| pair).collect();
        let right = shown.iter().filter(|pair| self.pairs.contains_key(pair)).count();
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        Score { recall: share(right, self.pairs.len()), precision: share(right, shown.len()) }
    }

    /// The pairs that were missed or wrongly shown, one a line.
    pub(crate) fn list(&self, found: &Found) -> String {
        let mut text = String::new();
        for (pair, made) in self.pairs.iter().filter(|(pair, _)| !found.shown.contains_key(pair)) {
            let _ = writeln!(text, "missed  {}  [{}]", self.both(*pair), made.join(", "));
        }
        for (pair, strength) in found.shown.iter().filter(|(pair, _)| !self.pairs.contains_key(pair)) {
            let _ = writeln!(text, "wrong   {}  [{strength:?}]", self.both(*pair));
        }
        text
    }

    fn both(&self, (one, other): (usize, usize)) -> String {
        let line = |at: usize| {
            let person = self.people.get(at);
            let name =
                person.and_then(Person::shown_name).map(|name| format!("{} {}", name.given, name.family));
            let birth = person.and_then(|person| person.birth.range());
            let birth =
                birth.map(|(from, to)| if from == to { from.to_string() } else { format!("{from}..{to}") });
            format!("{}, {}", name.unwrap_or_default(), birth.unwrap_or_default())
        };
        format!("{} / {}", line(one), line(other))
    }
}

fn id(at: usize) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0x4000_8000_0000_0000_0000_u128 + at as u128))
}

/// A family: one to four children, who share family name, address and telephone; now and then twins, a namesake
/// elsewhere, or a neighbour whose name is nearly the same.
fn family(random: &mut Random, people: &mut Vec<Person>, origins: &mut Vec<&'static Origin>) {
    let origin = origin(random);
    let surname = origin.family(random);
    let address = address(random);
    let phone = random.chance(80).then(|| format!("07700 9{:05}", random.below(100_000)));
    let children = *random.pick(&[1, 1, 1, 2, 2, 2, 3, 3, 4]);
    let start = people.len();
    let mut day = birthday(random);
    for nth in 0..children {
        let is_twin = nth > 0 && random.chance(3);
        if nth > 0 && !is_twin {
            day = day.saturating_add((330 + random.below(1_500) as i64).days());
            if day > jiff::civil::date(2026, 11, 20) {
                break;
            }
        }
        let given = match people.last().and_then(|one: &Person| one.names.first()) {
            // Parents of twins like names that go together.
            Some(twin) if is_twin && random.chance(25) => mistakes::one_slip(&twin.given, random),
            _ => another(origin, people.get(start..).unwrap_or_default(), random),
        };
        let mut child = child(people.len(), &given, &surname, day, random);
        child.addresses.extend(address.clone());
        child.phones.main = phone.as_deref().map(Phone::new);
        people.push(child);
        origins.push(origin);
    }
    let Some(last) = people.last().cloned() else { return };
    let Some(name) = last.names.first() else { return };
    if random.chance(2) {
        let day =
            last.birth.day().map_or(day, |day| day.saturating_add((random.below(600) as i64 - 300).days()));
        let mut namesake = child(people.len(), &name.given, &name.family, day, random);
        namesake.addresses.extend(self::address(random));
        people.push(namesake);
        origins.push(origin);
    }
    if random.chance(2) {
        let given = mistakes::one_slip(&name.given, random);
        let day = if random.chance(30) { day } else { birthday(random) };
        let mut neighbour = child(people.len(), &given, &format!("{}ley", name.family), day, random);
        neighbour.addresses.extend(address.map(|mut next_door| {
            next_door.lines = vec![format!("{} Elm Road", 200 + random.below(50))];
            next_door
        }));
        people.push(neighbour);
        origins.push(origin);
    }
}

/// A given name that no brother or sister has.
fn another(origin: &Origin, siblings: &[Person], random: &mut Random) -> String {
    loop {
        let given = origin.given(random);
        let first = |name: &str| name.split(' ').next().map(str::to_owned);
        let is_taken =
            siblings.iter().flat_map(|one| &one.names).any(|name| first(&name.given) == first(&given));
        if !is_taken {
            return given;
        }
    }
}

fn child(at: usize, given: &str, family: &str, day: Date, random: &mut Random) -> Person {
    let mut child = Person::new(id(at), Protected::at(Protection::Ordinary));
    child.names.push(Name::usual(given, family));
    child.birth = match random.below(100) {
        0 => Birth::NotKnown,
        1 => Birth::Estimated { date: day },
        2 => Birth::Month { year: day.year(), month: day.month() },
        _ => Birth::on(day),
    };
    if random.chance(70) {
        child.identifiers.extend(nhs_number(at));
    }
    child
}

/// A number of the range that is kept for tests, with its check digit. No two children have the same.
fn nhs_number(at: usize) -> Option<Identifier> {
    // A step that has no factor in common with a million visits each number once.
    let number = format!("999{:06}", (at * 7_919 + 18) % 1_000_000);
    (0..10).find_map(|check| Identifier::parse(System::NhsNumber, &format!("{number}{check}")))
}

fn birthday(random: &mut Random) -> Date {
    jiff::civil::date(2008, 11, 1).saturating_add((random.below(6_500) as i64).days())
}

fn address(random: &mut Random) -> Option<Address> {
    if random.chance(5) {
        return None;
    }
    let street =
        random.pick(&["Elm Road", "Mill Lane", "Station Street", "Chapel Hill", "Park View", "High Street"]);
    let letter = |random: &mut Random| *random.pick(&['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N']);
    let postcode =
        format!("LS{} {}{}{}", 1 + random.below(29), random.below(10), letter(random), letter(random));
    let level = if random.chance(3) { Protection::Confidential } else { Protection::Ordinary };
    let lines = vec![format!("{} {street}", 1 + random.below(180)), "Leeds".to_owned()];
    Some(Address { lines, postcode, protection: Protected::at(level) })
}
