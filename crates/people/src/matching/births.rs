//! How far two dates of birth agree.

use jiff::civil::Date;

use crate::person::Birth;

/// How far two births agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BirthAgreement {
    /// The same day, known by both.
    Same,
    /// Day and month changed places.
    PartsSwapped,
    /// One digit differs, two beside each other changed places, or the year is the next one.
    OneSlip,
    /// Two digits differ, or one does where day and month changed places: it takes much else to be the same day.
    TwoSlips,
    /// They may be the same day; the wider of the two is so many days wide.
    MayBeSame(i32),
    /// Nobody has said.
    Unknown,
    /// Two days.
    Different,
}

/// How the two that agree best do so.
pub(super) fn compare_all(ones: &[Birth], others: &[Birth]) -> BirthAgreement {
    let all = ones.iter().flat_map(|one| others.iter().map(|other| compare(*one, *other)));
    all.max_by_key(|agreement| agreement.points()).unwrap_or(BirthAgreement::Unknown)
}

impl BirthAgreement {
    /// What it weighs, in the points of [`super::weigh`].
    pub(super) fn points(self) -> i32 {
        match self {
            Self::Same => 50,
            Self::PartsSwapped => 35,
            Self::OneSlip => 30,
            Self::MayBeSame(..=31) => 25,
            Self::MayBeSame(32..=400) => 15,
            Self::MayBeSame(_) => 10,
            Self::Unknown => 0,
            Self::TwoSlips => -10,
            Self::Different => -60,
        }
    }
}

pub(super) fn compare(one: Birth, other: Birth) -> BirthAgreement {
    if let (Some(one), Some(other)) = (one.day(), other.day()) {
        return days(one, other);
    }
    let (Some(one), Some(other)) = (one.range(), other.range()) else { return BirthAgreement::Unknown };
    if one.0 > other.1 || other.0 > one.1 {
        return BirthAgreement::Different;
    }
    let width = |(from, to): (Date, Date)| (to - from).get_days();
    BirthAgreement::MayBeSame(width(one).max(width(other)))
}

fn days(one: Date, other: Date) -> BirthAgreement {
    if one == other {
        BirthAgreement::Same
    } else if swapped(one) == Some(other) {
        BirthAgreement::PartsSwapped
    } else if is_one_slip(one, other) {
        BirthAgreement::OneSlip
    } else if is_two_slips(one, other) {
        BirthAgreement::TwoSlips
    } else {
        BirthAgreement::Different
    }
}

/// The date with day and month in each other's place, where that is another date.
pub(super) fn swapped(date: Date) -> Option<Date> {
    Date::new(date.year(), date.day(), date.month()).ok().filter(|other| *other != date)
}

fn is_one_slip(one: Date, other: Date) -> bool {
    let same_day = one.day() == other.day();
    let same_month = one.month() == other.month();
    let same_year = one.year() == other.year();
    match (same_day, same_month, same_year) {
        (false, true, true) => is_digit_slip(one.day().into(), other.day().into()),
        (true, false, true) => is_digit_slip(one.month().into(), other.month().into()),
        (true, true, false) => {
            (one.year() - other.year()).abs() == 1 || is_digit_slip(one.year().into(), other.year().into())
        }
        _ => false,
    }
}

fn is_two_slips(one: Date, other: Date) -> bool {
    let differing = |one: Date| {
        let parts = [(one.day(), other.day()), (one.month(), other.month())]
            .map(|(a, b)| (i32::from(a), i32::from(b)));
        let years = (i32::from(one.year()), i32::from(other.year()));
        let digits = parts.into_iter().chain([years]).flat_map(|(a, b)| digits(a).into_iter().zip(digits(b)));
        digits.filter(|(a, b)| a != b).count()
    };
    differing(one) <= 2 || swapped(one).is_some_and(|one| differing(one) <= 1)
}

fn digits(number: i32) -> [i32; 4] {
    [number / 1000 % 10, number / 100 % 10, number / 10 % 10, number % 10]
}

/// Whether one digit differs, or two beside each other changed places.
fn is_digit_slip(one: i32, other: i32) -> bool {
    let (one, other) = (digits(one), digits(other));
    let differing: Vec<(i32, i32)> = one.into_iter().zip(other).filter(|(a, b)| a != b).collect();
    match *differing.as_slice() {
        [_] => true,
        [(a, b), (c, d)] => a == d && b == c && are_beside_each_other(one, other),
        _ => false,
    }
}

fn are_beside_each_other(one: [i32; 4], other: [i32; 4]) -> bool {
    let differ: Vec<usize> =
        one.iter().zip(&other).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    matches!(*differ.as_slice(), [first, second] if second == first + 1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn slips_of_a_date_are_told_from_another_date() {
        let day = date(2019, 5, 4);
        for (other, expected) in [
            (date(2019, 5, 4), BirthAgreement::Same),
            (date(2019, 4, 5), BirthAgreement::PartsSwapped),
            (date(2019, 5, 14), BirthAgreement::OneSlip),
            (date(2019, 5, 7), BirthAgreement::OneSlip),
            (date(2018, 5, 4), BirthAgreement::OneSlip),
            (date(2020, 5, 4), BirthAgreement::OneSlip),
            (date(2019, 8, 4), BirthAgreement::OneSlip),
            (date(2019, 6, 14), BirthAgreement::TwoSlips),
            (date(2018, 4, 5), BirthAgreement::TwoSlips),
            (date(2011, 1, 23), BirthAgreement::Different),
        ] {
            assert_eq!(compare(Birth::on(day), Birth::on(other)), expected, "{other}");
            assert_eq!(compare(Birth::on(other), Birth::on(day)), expected, "{other}");
        }
        assert_eq!(
            compare(Birth::on(date(2019, 5, 12)), Birth::on(date(2019, 5, 21))),
            BirthAgreement::OneSlip
        );
    }

    #[test]
    fn what_is_not_known_is_neither_the_same_nor_different() {
        let day = Birth::on(date(2019, 5, 4));
        assert_eq!(compare(day, Birth::NotKnown), BirthAgreement::Unknown);
        assert_eq!(compare(Birth::NotKnown, Birth::NotKnown), BirthAgreement::Unknown);
        assert_eq!(compare(day, Birth::Year { year: 2019 }), BirthAgreement::MayBeSame(364));
        assert_eq!(compare(day, Birth::Year { year: 2018 }), BirthAgreement::Different);
    }
}
