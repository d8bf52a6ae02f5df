//! What speaks for two records being one person's, and what against, weighed in points. The points are in one place, so
//! that they can be read and tuned; decision record 0034 says how they were found.

use super::Strength;
use super::births::{BirthAgreement, compare_all};
use super::reason::Reason;
use super::spelling::Agreement;
use super::subject::{NamesAgree, Subject};
use crate::person::System;

/// Fewer points are no match. Names that are quite the same reach it by themselves, when nothing speaks against.
const ENOUGH: i32 = 75;
/// From here on it is more than a possibility, when nothing limits it.
const LIKELY: i32 = 100;

/// The result of weighing: `None` is no match.
pub(super) struct Weighed {
    pub(super) strength: Strength,
    pub(super) points: i32,
    pub(super) reasons_for: Vec<Reason>,
    pub(super) reasons_against: Vec<Reason>,
}

#[derive(Default)]
struct Scales {
    points: i32,
    reasons_for: Vec<Reason>,
    reasons_against: Vec<Reason>,
}

impl Scales {
    fn favour(&mut self, points: i32, reason: Reason) {
        self.points += points;
        self.reasons_for.push(reason);
    }

    fn oppose(&mut self, points: i32, reason: Reason) {
        self.points -= points;
        self.reasons_against.push(reason);
    }
}

pub(super) fn weigh(one: &Subject, other: &Subject) -> Option<Weighed> {
    let mut scales = Scales::default();
    let numbers = numbers(one, other, &mut scales);
    let names = one.names_agree(other);
    if let Some(names) = names {
        name(names, &mut scales);
    }
    let birth = compare_all(&one.births, &other.births);
    weigh_birth(birth, &mut scales);
    places(one, other, &mut scales);
    if !one.phones.is_disjoint(&other.phones) {
        scales.favour(35, Reason::SamePhone);
    }
    let strength = match numbers {
        // A number that two records share is always worth a look, if only because it may be a slip in one of them.
        Numbers::Shared if is_some_agreement(names, birth) => Strength::Strong,
        Numbers::Shared => Strength::Possible,
        Numbers::Differ | Numbers::Silent => {
            let names = names?;
            // Two given names are two children, whatever else brothers and sisters have in common.
            if names.given == Agreement::Different || scales.points < ENOUGH {
                return None;
            }
            // So are two that share a word, unless it is the same day.
            if names.given == Agreement::Shared && birth != BirthAgreement::Same {
                return None;
            }
            // Each has a number, and the given names are not quite the same: twins, or neighbours.
            if numbers == Numbers::Differ && names.given != Agreement::Same {
                return None;
            }
            strength(names, birth, numbers == Numbers::Differ, &mut scales)
        }
    };
    let Scales { points, reasons_for, reasons_against } = scales;
    Some(Weighed { strength, points, reasons_for, reasons_against })
}

fn strength(names: NamesAgree, birth: BirthAgreement, numbers_differ: bool, scales: &mut Scales) -> Strength {
    let is_same_day = birth == BirthAgreement::Same;
    let is_spelt_otherwise = matches!(
        names.given,
        Agreement::Alike | Agreement::Middle | Agreement::Shared | Agreement::Loose | Agreement::Unknown
    );
    let may_be_twin = is_same_day && is_spelt_otherwise && names.family == Agreement::Same;
    if may_be_twin {
        scales.reasons_against.push(Reason::MayBeTwin);
    }
    if numbers_differ || may_be_twin {
        Strength::Possible
    } else if (names.given, names.family, is_same_day) == (Agreement::Same, Agreement::Same, true) {
        Strength::Strong
    } else if scales.points >= LIKELY {
        Strength::Likely
    } else {
        Strength::Possible
    }
}

fn is_some_agreement(names: Option<NamesAgree>, birth: BirthAgreement) -> bool {
    names.is_some_and(|names| names.given < Agreement::Unknown || names.family < Agreement::Unknown)
        || matches!(birth, BirthAgreement::Same)
}

#[derive(PartialEq, Eq)]
enum Numbers {
    /// One is in both.
    Shared,
    /// None is in both, and of one system each has its own.
    Differ,
    /// They say nothing.
    Silent,
}

/// Numbers of which a person has one only. A pupil has other numbers at other times, but few.
fn numbers(one: &Subject, other: &Subject, scales: &mut Scales) -> Numbers {
    let mut found = Numbers::Silent;
    for (system, shared, differ) in [
        (System::NhsNumber, 100, 40),
        (System::Upn, 90, 30),
        (System::Uln, 90, 30),
        (System::Uci, 90, 0),
        (System::Reference, 90, 0),
    ] {
        let of = |subject: &Subject| -> Vec<String> {
            let all = subject.identifiers.iter().filter(|one| one.system() == system && !one.is_temporary());
            all.map(|one| one.value().to_owned()).collect()
        };
        let is_shared =
            one.identifiers.iter().any(|mine| mine.system() == system && other.identifiers.contains(mine));
        let (mine, theirs) = (of(one), of(other));
        if is_shared {
            scales.favour(shared, Reason::SameNumber { system });
            found = Numbers::Shared;
        } else if differ > 0 && !mine.is_empty() && !theirs.is_empty() {
            scales.oppose(differ, Reason::DifferentNumber { system });
            if found == Numbers::Silent {
                found = Numbers::Differ;
            }
        }
    }
    found
}

fn name(names: NamesAgree, scales: &mut Scales) {
    scales.points += names.points();
    let mut favour = |reason| scales.reasons_for.push(reason);
    match (names.given, names.family) {
        (Agreement::Same, Agreement::Same) => favour(Reason::SameName),
        (given, family) => {
            match given {
                Agreement::Same => favour(Reason::SameGivenName),
                Agreement::Alike | Agreement::Loose => favour(Reason::GivenNameAlike),
                Agreement::Part | Agreement::Middle | Agreement::Shared => favour(Reason::PartOfGivenName),
                Agreement::Unknown | Agreement::Different => {}
            }
            match family {
                Agreement::Same => favour(Reason::SameFamilyName),
                Agreement::Alike | Agreement::Loose => favour(Reason::FamilyNameAlike),
                Agreement::Part | Agreement::Middle | Agreement::Shared => favour(Reason::PartOfFamilyName),
                Agreement::Unknown | Agreement::Different => {}
            }
        }
    }
    if names.swapped {
        favour(Reason::NamesSwapped);
    }
    if names.another {
        favour(Reason::AnotherName);
    }
    if names.given == Agreement::Different {
        scales.reasons_against.push(Reason::GivenNameDiffers);
    }
    if names.family == Agreement::Different {
        scales.reasons_against.push(Reason::FamilyNameDiffers);
    }
}

fn weigh_birth(birth: BirthAgreement, scales: &mut Scales) {
    scales.points += birth.points();
    let favour = match birth {
        BirthAgreement::Same => Reason::SameBirth,
        BirthAgreement::PartsSwapped => Reason::BirthPartsSwapped,
        BirthAgreement::OneSlip => Reason::BirthOneSlip,
        BirthAgreement::MayBeSame(_) => Reason::BirthMayBeSame,
        BirthAgreement::Unknown => return,
        BirthAgreement::TwoSlips | BirthAgreement::Different => {
            return scales.reasons_against.push(Reason::BirthDiffers);
        }
    };
    scales.reasons_for.push(favour);
}

fn places(one: &Subject, other: &Subject, scales: &mut Scales) {
    let pairs = || one.places.iter().flat_map(|mine| other.places.iter().map(move |theirs| (mine, theirs)));
    if pairs().any(|(mine, theirs)| mine == theirs && mine.0.is_some()) {
        scales.favour(30, Reason::SameAddress);
    } else if pairs().any(|(mine, theirs)| mine.1 == theirs.1) {
        scales.favour(20, Reason::SamePostcode);
    } else if pairs().next().is_some() {
        scales.oppose(10, Reason::AddressDiffers);
    }
}
