//! What tells one record of the list from another: age, when it was begun, how far it is, and what connects it with others.

use assessment_rules::Age;
use leptos::prelude::*;

use crate::form::Form;
use crate::state::SavedRecord;

/// Age, start and progress in one line; empty where the record cannot be read. How far it is includes what was answered on
/// one's own, and so is not for the family.
pub(super) fn facts(form: Form, record: &SavedRecord) -> String {
    let Some(facts) = &record.facts else { return String::new() };
    let mut parts = vec![age(form, facts.age)];
    parts.extend(facts.started.map(|day| form.filled("saved.started", &[("day", &form.words().date(day))])));
    if form.with_family.get() {
        return parts.join(", ");
    }
    let (done, of) = (facts.talked_about.to_string(), facts.asked.to_string());
    parts.push(form.filled("saved.progress", &[("done", &done), ("of", &of)]));
    if record.reference.is_none() && !record.waiting {
        parts.push(match facts.to_do {
            0 => form.text("saved.ready"),
            1 => form.text("saved.to_do_one"),
            count => form.filled("saved.to_do", &[("count", &count.to_string())]),
        });
    }
    parts.join(", ")
}

/// "less than 1 month", "5 months", "7 years".
fn age(form: Form, age: Age) -> String {
    match age {
        Age::Unborn => form.text("saved.unborn"),
        Age::Unknown => form.text("saved.age_unknown"),
        // A rough age says no more than it is.
        Age::Born { youngest: 0, oldest } if oldest >= 11 => form.text("saved.under_1"),
        Age::Born { youngest, oldest } if oldest - youngest >= 24 => {
            let years = |months: u32| (months / 12).to_string();
            form.filled("saved.age_range", &[("from", &years(youngest)), ("to", &years(oldest))])
        }
        // Years alone are enough to tell children apart, and shorter.
        Age::Born { youngest, .. } if youngest >= 24 => form.words().age(youngest / 12 * 12),
        Age::Born { youngest, .. } => form.words().age(youngest),
    }
}

/// The same NHS number as another record has, and records of brothers and sisters.
pub(super) fn relations(form: Form, record: &SavedRecord, all: &[SavedRecord]) -> Vec<String> {
    let number = record.shares_number(all).then(|| form.text("saved.same_number"));
    let linked = record.linked(all).map(|other| match other.name.is_empty() {
        true => form.text("saved.linked_unnamed"),
        false => form.filled("saved.linked", &[("name", &other.name)]),
    });
    number.into_iter().chain(linked).collect()
}
