//! A complete, invented record, and bodies made from it. The family does not exist.

use jiff::{ToSpan as _, civil};
use serde_json::{Value, json};

/// Complete answers, valid on that day: dates that must be in the future are moved there.
pub(crate) fn complete(today: civil::Date) -> Value {
    let mut answers: Value =
        serde_json::from_str(include_str!("fixtures/complete.json")).expect("the fixture is JSON");
    let ahead = |days: i64| json!(today.saturating_add(days.days()).to_string());
    answers["agreed_actions"]["review_date"] = ahead(60);
    answers["agreed_actions"]["actions"][0]["by_when"] = ahead(20);
    answers
}

/// The same record as a form of the first version sent it, valid on [`fixed_today`]: one agreement for everybody.
pub(crate) fn first_version() -> Value {
    serde_json::from_str(include_str!("fixtures/complete_first_version.json")).expect("the fixture is JSON")
}

/// The body of a submission with these answers.
pub(crate) fn submission(answers: &Value) -> String {
    json!({ "form_version": "caf-2026.3", "answers": answers }).to_string()
}

/// A body that will be accepted, different for each number.
pub(crate) fn accepted(today: civil::Date, number: u64) -> String {
    let mut answers = complete(today);
    answers["assessment_information"]["reason"] = json!(format!("Few words at his review, visit {number}."));
    submission(&answers)
}

/// The day of the fixed clock of [`crate::app`].
pub(crate) fn fixed_today() -> civil::Date {
    civil::date(2026, 11, 23)
}
