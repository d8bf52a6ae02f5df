//! People as the records know them.

use assessment_form::PartialDate;
use assessment_people::person::{Birth, Identifier, Phone, System};
use jiff::civil::date;

#[test]
fn a2_blank_and_invalid_numbers_are_no_identifiers() {
    for text in ["", "   ", "\u{200b}", "999 000 0019", "0000000000", "not known"] {
        assert_eq!(Identifier::parse(System::NhsNumber, text), None, "{text:?}");
    }
    let number = Identifier::parse(System::NhsNumber, "999-000 0018").expect("valid");
    assert_eq!(number.value(), "9990000018");
}

#[test]
fn a_birth_is_a_range_as_wide_as_what_is_not_known() {
    let day = date(2019, 5, 4);
    assert_eq!(Birth::on(day).range(), Some((day, day)));
    assert_eq!(Birth::NotKnown.range(), None);
    let month = Birth::written(PartialDate::Month { year: 2019, month: 2 }, false);
    assert_eq!(month.range(), Some((date(2019, 2, 1), date(2019, 2, 28))));
    let guess = Birth::written(PartialDate::Day(day), true);
    assert_eq!(guess.range(), Some((date(2018, 5, 4), date(2020, 5, 4))));
    let six = Birth::aged(72, 84, date(2026, 11, 23));
    assert_eq!(six.range(), Some((date(2019, 11, 24), date(2020, 11, 23))));
    let due = Birth::expected(PartialDate::Day(day)).range().expect("known");
    assert!(due.0 < day && due.1 > day);
    assert_eq!(Birth::expected(PartialDate::Year(2026)), Birth::NotKnown);
}

#[test]
fn a_number_from_abroad_and_a_national_one_are_compared_alike() {
    let number = |text: &str| Phone::new(text).number();
    assert_eq!(number("+44 7700 900123"), number("07700 900123"));
    assert_eq!(number("Gran 07700 900123"), number("07700900123"));
    assert_eq!(number("  "), None);
}
