//! "Nothing else here": the indicators of an element that a practitioner answers with no in one press. Unknown is still
//! never "no": a person says it, of what was asked.

use assessment_rules::RulePack;
use jiff::civil::Date;

use crate::answers::{Answers, Facts};

/// The indicators of an element that are asked about this child today and were not answered, in the rule pack's order. Not
/// those that are set aside at this age, nor those that the pack has ended.
#[must_use]
pub fn unanswered(answers: &Answers, element: &str, today: Date, pack: &RulePack) -> Vec<String> {
    let facts = Facts::of(answers, today);
    let Some(given) = answers.elements.get(element) else { return Vec::new() };
    let is_blank = |id: &str| given.indicators.get(id).is_none_or(String::is_empty);
    pack.asked_of(element, today)
        .filter(|one| one.set_aside(facts.age, facts.disabled).is_none() && is_blank(&one.id))
        .map(|one| one.id.clone())
        .collect()
}
