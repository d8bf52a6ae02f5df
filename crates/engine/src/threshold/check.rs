//! What the parts of a rule pack must mean together. Not its form: that is read in `source`.

use crate::date::Date;
use crate::sections;

use super::Level;
use super::pack::{DANGER_ACTION, PackProblem};
use super::source::{Indicator, RaisedWhen, Rule, Source, UrgentAction};

/// The rules that evaluation carries out; a pack must have each of them.
const RULES: [&str; 12] =
    ["RU-1", "RU-2", "RU-3", "RU-4", "RU-5", "RU-6", "RU-7", "RU-8", "RU-9", "RU-10", "RU-11", "RU-12"];

const WORDS: &str = "words are needed here";

/// Checks a pack as written.
///
/// # Errors
/// Every problem, with its place.
pub(super) fn check(pack: &Source) -> Result<(), Vec<PackProblem>> {
    let mut found = Findings { problems: Vec::new(), place: String::new() };
    let known = Known {
        references: found.unique("references", &mut pack.references.iter().map(|r| &r.id)),
        actions: found.unique("actions", &mut pack.actions.iter().map(|a| &a.id)),
        indicators: found.unique("indicators", &mut pack.indicators.iter().map(|i| &i.id)),
        boxes: sections::elements(),
    };
    let rules = found.unique("rules", &mut pack.rules.iter().map(|r| &r.id));
    found.at("", 0, "");
    for (name, text) in [("id", &pack.id), ("version", &pack.version), ("title", &pack.title)] {
        found.words(name, text);
    }
    check_dates(pack, &mut found);
    for id in RULES.iter().filter(|id| !rules.contains(id)) {
        found.add("rules", &["`", id, "` is missing: every pack carries the twelve rules"].concat());
    }
    if !known.actions.contains(&DANGER_ACTION) {
        let message = "` is missing: the action for danger now cannot be left out";
        found.add("actions", &["`", DANGER_ACTION, message].concat());
    }
    for (index, reference) in pack.references.iter().enumerate() {
        found.at("references", index, "");
        found.words("title", &reference.title);
    }
    for (index, rule) in pack.rules.iter().enumerate() {
        found.at("rules", index, &rule.id);
        check_rule(rule, &mut found, &known);
    }
    for (index, action) in pack.actions.iter().enumerate() {
        found.at("actions", index, &action.id);
        check_action(action, &mut found, &known);
    }
    for (index, also) in pack.also.iter().enumerate() {
        found.at("also", index, "");
        found.known("action", "action", &also.action, &known.actions);
        found.all_known("any_of", "indicator", &also.any_of, &known.indicators);
    }
    for (index, indicator) in pack.indicators.iter().enumerate() {
        found.at("indicators", index, &indicator.id);
        check_indicator(indicator, &mut found, &known);
    }
    if found.problems.is_empty() { Ok(()) } else { Err(found.problems) }
}

/// The ids that may be named.
struct Known<'a> {
    references: Vec<&'a str>,
    actions: Vec<&'a str>,
    indicators: Vec<&'a str>,
    /// Of the form, not of the pack.
    boxes: Vec<&'static str>,
}

/// Collects problems while the pack is walked.
struct Findings {
    problems: Vec<PackProblem>,
    /// The part that is being looked at.
    place: String,
}

impl Findings {
    /// Goes to a part of the pack, e.g. `indicators[4] (ES-102)`; to the pack itself where `list` is empty.
    fn at(&mut self, list: &str, index: usize, id: &str) {
        self.place.clear();
        if !list.is_empty() {
            self.place = format!("{list}[{index}]");
        }
        if !id.is_empty() {
            for part in [" (", id, ")"] {
                self.place.push_str(part);
            }
        }
    }

    /// Adds a problem at a field of this part, or at the part itself where `field` is empty.
    fn add(&mut self, field: &str, message: &str) {
        let dot = if self.place.is_empty() || field.is_empty() { "" } else { "." };
        let place = [&self.place, dot, field].concat();
        self.problems.push(PackProblem { place, message: message.to_owned() });
    }

    fn words(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(field, WORDS);
        }
    }

    fn unique<'a>(&mut self, list: &str, ids: &mut dyn Iterator<Item = &'a String>) -> Vec<&'a str> {
        let mut seen = Vec::new();
        for (index, id) in ids.enumerate() {
            self.at(list, index, "");
            // An indicator's id is a part of paths, which `.` and `[` would cut apart.
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if id.is_empty() || !id.chars().all(plain) {
                self.add("id", "an id is needed, of letters, digits, - and _");
            } else if seen.contains(&id.as_str()) {
                self.add("id", &["`", id, "` is there twice: give each an id of its own"].concat());
            } else {
                seen.push(id);
            }
        }
        seen
    }

    fn known(&mut self, field: &str, what: &str, id: &str, known: &[&str]) {
        if !known.contains(&id) {
            let message =
                ["there is no ", what, " `", id, "` in this pack: correct the id or add the ", what];
            self.add(field, &message.concat());
        }
    }

    fn all_known(&mut self, field: &str, what: &str, ids: &[String], known: &[&str]) {
        for id in ids {
            self.known(field, what, id, known);
        }
    }

    fn references(&mut self, given: &[String], known: &Known<'_>) {
        if given.is_empty() {
            self.add("references", "at least one reference is needed");
        }
        self.all_known("references", "reference", given, &known.references);
    }
}

fn check_dates(pack: &Source, found: &mut Findings) {
    let from = Date::parse(&pack.effective_from);
    if from.is_none() {
        found.add("effective_from", "a date like 2026-01-01 is needed");
    }
    if let Some(text) = &pack.effective_to {
        match (from, Date::parse(text)) {
            (_, None) => found.add("effective_to", "a date like 2026-12-31 is needed, or null"),
            (Some(from), Some(to)) if to < from => found.add("effective_to", "it lies before effective_from"),
            _ => {}
        }
    }
    if pack.approved_by.is_some() != pack.approved_on.is_some() {
        found.add("approved_by", "who approved the pack and when go together: give both or neither");
    }
    if pack.approved_by.as_ref().is_some_and(|name| name.trim().is_empty()) {
        found.add("approved_by", "words are needed here, or null");
    }
    if pack.approved_on.as_ref().is_some_and(|text| Date::parse(text).is_none()) {
        found.add("approved_on", "a date like 2026-01-01 is needed, or null");
    }
}

fn check_action(action: &UrgentAction, found: &mut Findings, known: &Known<'_>) {
    found.references(&action.references, known);
    found.words("action", &action.action);
    found.words("deadline", &action.deadline);
    found.words("trigger", &action.trigger);
    if action.contacts.is_empty() {
        found.add("contacts", "at least one contact is needed");
    }
}

fn check_rule(rule: &Rule, found: &mut Findings, known: &Known<'_>) {
    found.references(&rule.references, known);
    found.words("name", &rule.name);
    found.words("rationale", &rule.rationale);
    found.all_known("indicators", "indicator", &rule.indicators, &known.indicators);
    if let Some(action) = &rule.action {
        found.known("action", "action", action, &known.actions);
    }
    if !RULES.contains(&rule.id.as_str()) {
        found.add("id", "there is no such rule: the twelve are carried out, and no other");
    }
    match rule.id.as_str() {
        "RU-4" if rule.boxes.is_none_or(|boxes| boxes < 2) => {
            found.add("boxes", "the number of boxes is needed, 2 or more");
        }
        "RU-10" if rule.action.is_none() || rule.legal_status.is_empty() => {
            found.add("", "the action and the codes of legal_status that count as open are needed");
        }
        _ => {}
    }
}

fn check_indicator(indicator: &Indicator, found: &mut Findings, known: &Known<'_>) {
    if !known.boxes.contains(&indicator.element.as_str()) {
        found.add("element", &["there is no box `", &indicator.element, "`"].concat());
    }
    found.references(&indicator.references, known);
    found.words("text", &indicator.text);
    if indicator.strength != (indicator.level == Level::L1) {
        found.add("level", "a strength stands at L1, and nothing else does");
    }
    if indicator.strength && (indicator.action.is_some() || !indicator.raised.is_empty()) {
        found.add("", "a strength has no action and is never raised");
    }
    if let Some(action) = &indicator.action {
        found.known("action", "action", action, &known.actions);
    }
    if let Some(ages) = &indicator.applies
        && let (Some(from), Some(below)) = (ages.from, ages.below)
        && from >= below
    {
        found.add("applies", "`from` must be less than `below`");
    }
    if indicator.alone.is_some_and(|alone| alone >= indicator.level) {
        found.add("alone", "on its own it must stand lower than its level");
    }
    let place = found.place.clone();
    for (index, raised) in indicator.raised.iter().enumerate() {
        found.place = format!("{place}.raised[{index}]");
        if raised.to <= indicator.level {
            found.add("to", "a level is only ever raised: name a higher one");
        }
        found.words("because", &raised.because);
        let RaisedWhen { below_months, unborn, disability, any_of } = &raised.when;
        let given = [below_months.is_some(), *unborn, disability.is_some(), !any_of.is_empty()];
        if given.iter().filter(|given| **given).count() != 1 {
            found.add("when", "exactly one condition is needed");
        }
        found.all_known("when.any_of", "indicator", any_of, &known.indicators);
        if any_of.contains(&indicator.id) {
            found.add("when.any_of", "an indicator cannot raise itself");
        }
    }
}
