//! Words by key.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

mod terms;

use assessment_wording::{Wording, capitalised, en_gb, uncapitalised};
use jiff::civil::date;

fn english() -> Wording {
    let dates = Wording::load(en_gb::DATES).unwrap();
    Wording::load(en_gb::QUESTIONS).unwrap().with(dates)
}

#[test]
fn placeholders_are_filled_once_and_the_rest_stays() {
    let words = Wording::load(
        r#"{"plain":"No braces","two":"%{a} and %{b}, %{a}","odd":"{a} 5% %{none} %{a","end":"%{a}"}"#,
    )
    .unwrap();
    let fill = |key: &str| words.fill(key, &[("a", "%{b}"), ("b", "two")]);
    assert_eq!(fill("plain"), "No braces");
    assert_eq!(fill("two"), "%{b} and two, %{b}", "what is filled in is never filled again");
    assert_eq!(fill("odd"), "{a} 5% %{none} %{a");
    assert_eq!(fill("end"), "%{b}");
    assert_eq!(fill("unknown.key"), "unknown.key");
}

#[test]
fn days_and_ages_are_said_as_people_say_them() {
    let words = english();
    assert_eq!(words.day(date(2026, 1, 31)), "31 January 2026");
    assert_eq!(words.month(2019, 12), "December 2019");
    for (months, said) in [
        (0, "less than 1 month"),
        (1, "1 month"),
        (11, "11 months"),
        (12, "1 year"),
        (13, "1 year and 1 month"),
        (23, "1 year and 11 months"),
        (24, "2 years"),
        (186, "15 years and 6 months"),
    ] {
        assert_eq!(words.age(months), said);
    }
}

#[test]
fn lists_end_with_and() {
    let words = english();
    assert_eq!(words.list(&[] as &[&str]), "");
    assert_eq!(words.list(&["school"]), "school");
    assert_eq!(words.list(&["school", "GP"]), "school and GP");
    assert_eq!(words.list(&["school", "GP", "nursery"]), "school, GP and nursery");
}

#[test]
fn a_label_keeps_its_capital_only_at_the_start_of_a_problem() {
    let words = Wording::load(
        r#"{"problem.needed":"Enter %{label}","problem.too-long":"%{label} must be %{max} characters or less"}"#,
    )
    .unwrap();
    assert_eq!(words.problem("needed", "Given names", None), "Enter given names");
    assert_eq!(words.problem("needed", "NHS number", None), "Enter NHS number");
    assert_eq!(
        words.problem("too-long", "Given names", Some(70)),
        "Given names must be 70 characters or less"
    );
    assert_eq!((uncapitalised("A"), capitalised("given")), ("A".to_owned(), "Given".to_owned()));
}
