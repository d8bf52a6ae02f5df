//! A person made ready to be compared: names spelt for comparing, and what else can agree.

use std::collections::BTreeSet;

use super::spelling::{Agreement, Spelt, is_telling, same_words};
use crate::person::{Birth, Identifier, Name, NameKind, Person};
use crate::protection::Protection;

/// A person as they are compared.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) names: Vec<SpeltName>,
    /// The date of birth, and others that a joined record had. None of them blank.
    pub(super) births: Vec<Birth>,
    pub(super) identifiers: Vec<Identifier>,
    /// First line and postcode. An address that is kept safe is left out: that it agrees would tell where somebody lives.
    pub(super) places: Vec<(Option<String>, String)>,
    pub(super) phones: BTreeSet<String>,
}

#[derive(Debug, Clone)]
pub(super) struct SpeltName {
    pub(super) kind: NameKind,
    pub(super) given: Spelt,
    pub(super) family: Spelt,
}

/// How two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NamesAgree {
    pub(super) given: Agreement,
    pub(super) family: Agreement,
    /// Given and family name are the other way round, or divided in another way.
    pub(super) swapped: bool,
    /// It is not the usual name of both.
    pub(super) another: bool,
    /// Given and family name have two words or more each: then few people share them.
    pub(super) are_rare: (bool, bool),
}

impl Subject {
    pub(super) fn of(person: &Person) -> Self {
        let places =
            person.addresses.iter().filter(|address| address.protection.level == Protection::Ordinary);
        Self {
            names: person.names.iter().filter(|name| !name.is_blank()).map(SpeltName::of).collect(),
            births: person.births().collect(),
            identifiers: person.identifiers.clone(),
            places: places
                .filter_map(|address| Some((address.first_line(), address.read_postcode()?)))
                .collect(),
            phones: person.phones.all().filter_map(crate::person::Phone::number).collect(),
        }
    }

    /// How the two names that agree best do so. `None` where one of the two has no name.
    pub(super) fn names_agree(&self, other: &Self) -> Option<NamesAgree> {
        let pairs = self.names.iter().flat_map(|one| other.names.iter().map(move |two| one.agree(two)));
        pairs.max_by_key(|agree| (agree.points(), !agree.swapped, !agree.another))
    }
}

impl SpeltName {
    pub(super) fn of(name: &Name) -> Self {
        Self { kind: name.kind, given: Spelt::of(&name.given), family: Spelt::of(&name.family) }
    }

    /// All words of the name, in the order in which it is written.
    pub(super) fn words(&self) -> impl Iterator<Item = &String> {
        self.given.words.iter().chain(&self.family.words)
    }

    fn agree(&self, other: &Self) -> NamesAgree {
        let another = self.kind != NameKind::Usual || other.kind != NameKind::Usual;
        let is_long = |part: &Spelt| part.words.iter().filter(|word| is_telling(word)).nth(1).is_some();
        let are_rare =
            (is_long(&self.given) && is_long(&other.given), is_long(&self.family) && is_long(&other.family));
        let pair = |given: Agreement, family: Agreement, swapped| NamesAgree {
            given,
            family,
            swapped,
            another,
            are_rare,
        };
        let direct = pair(self.given.agreement(&other.given), self.family.agreement(&other.family), false);
        if (direct.given, direct.family) == (Agreement::Same, Agreement::Same) {
            return direct;
        }
        let (words, others): (Vec<String>, Vec<String>) =
            (self.words().cloned().collect(), other.words().cloned().collect());
        if words.len() > 1 && same_words(&words, &others) {
            return pair(Agreement::Same, Agreement::Same, true);
        }
        // The given name of one is the family name of the other, so which of the two is "the given name" is open; the one
        // that agrees less counts as that, and it is the same seen from either.
        let (one, two) = (self.given.agreement(&other.family), self.family.agreement(&other.given));
        let mut crossed = pair(one.max(two), one.min(two), true);
        // Where nothing else agrees, a given name that was written as a family name still tells who it is: brothers and
        // sisters have the family name in common.
        let is_nothing_else = (direct.given, direct.family) == (Agreement::Different, Agreement::Different);
        if is_nothing_else && one.min(two) == Agreement::Same {
            let (mine, theirs) = if one == Agreement::Same {
                (&self.given, &other.family)
            } else {
                (&self.family, &other.given)
            };
            let are_rare = (is_long(mine) && is_long(theirs), false);
            crossed = NamesAgree { are_rare, ..pair(one.min(two), one.max(two), true) };
        }
        if crossed.points() > direct.points() { crossed } else { direct }
    }
}

impl NamesAgree {
    /// What the names weigh, in the points of [`super::weigh`].
    pub(super) fn points(self) -> i32 {
        let given = match self.given {
            Agreement::Same if self.are_rare.0 => 75,
            Agreement::Same => 40,
            Agreement::Alike => 25,
            Agreement::Part => 30,
            Agreement::Middle => 15,
            Agreement::Shared | Agreement::Loose => 10,
            Agreement::Unknown => 0,
            Agreement::Different => -50,
        };
        let family = match self.family {
            Agreement::Same if self.are_rare.1 => 55,
            Agreement::Same => 40,
            Agreement::Alike | Agreement::Part | Agreement::Middle | Agreement::Shared => 25,
            Agreement::Loose => 10,
            Agreement::Unknown => 0,
            Agreement::Different => -40,
        };
        given + family
    }
}
