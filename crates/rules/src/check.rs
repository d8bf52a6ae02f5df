//! What the parts of a rule pack must mean together: that names exist, days fit, words are there. Not its form: that is
//! read in `source`; not what no pack may change: see `floor`; not the laws: see `laws`.

use super::contacts;
use super::due::DueRule;
use super::names::{self, Known, Use, Versions};
use super::pack::{DANGER_ACTION, HARM_ACTION, PackProblem, WORKER_ACTION};
use super::source::{Contact, Dated, Effect, FORMAT, Indicator, Rule, Source, TimeScale, UrgentAction};
use super::{Level, Vocabulary};
use jiff::civil::Date;

const WORDS: &str = "words are needed here";

/// Advice on telling the family; each has words of its own on screen.
const TELLING: [&str; 9] = [
    "n/a",
    "do_not_delay",
    "tell_family_unless_risk",
    "do_not_tell_family_if_risk",
    "separate_record",
    "seek_advice_before_telling",
    "tell_family",
    "never_tell_family",
    "do_not_tell_alleged_abuser",
];

/// Checks a pack as written.
///
/// # Errors
/// Every problem, with its place.
pub(super) fn check(pack: &Source, vocabulary: &Vocabulary) -> Result<(), Vec<PackProblem>> {
    let mut found = Findings::default();
    if pack.format != FORMAT {
        found.add("format", &["this program reads `", FORMAT, "` and no other"].concat());
    }
    for (name, text) in [("id", &pack.id), ("version", &pack.version), ("title", &pack.title)] {
        found.words(name, text);
    }
    check_dated(&pack.dated, None, &mut found);
    let known = Known {
        references: found.unique("references", &mut pack.references.iter().map(|r| &r.id)),
        contacts: found.unique("contacts", &mut pack.contacts.iter().map(|c| &c.id)),
        time_scales: found.unique("time_scales", &mut pack.time_scales.iter().map(|t| &t.id)),
        wording: pack.wording.iter().map(|words| words.key.as_str()).collect(),
        actions: found.versions("actions", &mut pack.actions.iter().map(|a| (&a.id, &a.dated)), &pack.dated),
        indicators: found.versions(
            "indicators",
            &mut pack.indicators.iter().map(|i| (&i.id, &i.dated)),
            &pack.dated,
        ),
        vocabulary,
        pack: &pack.dated,
    };
    found.versions("rules", &mut pack.rules.iter().map(|r| (&r.id, &r.dated)), &pack.dated);
    for (index, reference) in pack.references.iter().enumerate() {
        found.at("references", index, "");
        found.words("title", &reference.title);
    }
    for number in ["999", "101"] {
        if !pack.contacts.iter().any(|contact| contact.phone.as_deref() == Some(number)) {
            found.at("", 0, "");
            found.add("contacts", &[number, " must always be there"].concat());
        }
    }
    let harm = |indicator: &Indicator| {
        let raised = indicator.raised.iter().map(|raised| raised.to);
        indicator.action.is_none() && raised.chain([indicator.level]).any(|level| level == Level::L4b)
    };
    if pack.indicators.iter().any(harm) && !pack.actions.iter().any(|action| action.id == HARM_ACTION) {
        found.at("", 0, "");
        found.add(
            "actions",
            &["`", HARM_ACTION, "` is needed: it is what to do about harm that names no action"].concat(),
        );
    }
    for (index, contact) in pack.contacts.iter().enumerate() {
        found.at("contacts", index, &contact.id);
        contacts::check(contact, &pack.contacts, &mut found);
    }
    for (index, scale) in pack.time_scales.iter().enumerate() {
        found.at("time_scales", index, &scale.id);
        found.words("words", &scale.words);
        check_due(scale, &mut found);
        found.references(&scale.references, &known);
    }
    for words in &pack.wording {
        found.at("", 0, "");
        found.place = ["wording.", &words.key].concat();
        for (name, text) in
            [("name", &words.name), ("when", &words.when), ("then", &words.then), ("family", &words.family)]
        {
            found.words(name, text);
        }
        if !pack.rules.iter().any(|rule| rule.wording == words.key) {
            found.add("", "no rule has this wording: take it out, or name it in a rule");
        }
    }
    for (index, rule) in pack.rules.iter().enumerate() {
        found.at("rules", index, &rule.id);
        check_rule(rule, &mut found, &known);
    }
    for (index, action) in pack.actions.iter().enumerate() {
        found.at("actions", index, &action.id);
        check_action(action, &pack.contacts, &mut found, &known);
    }
    for (index, indicator) in pack.indicators.iter().enumerate() {
        found.at("indicators", index, &indicator.id);
        check_indicator(indicator, &mut found, &known);
    }
    if found.problems.is_empty() { Ok(()) } else { Err(found.problems) }
}

/// Collects problems while the pack is walked.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<PackProblem>,
    /// The part that is being looked at.
    pub(super) place: String,
}

impl Findings {
    /// Goes to a part of the pack, e.g. `indicators[4] (ES-102)`; to the pack itself where `list` is empty.
    pub(super) fn at(&mut self, list: &str, index: usize, id: &str) {
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
    pub(super) fn add(&mut self, field: &str, message: &str) {
        let dot = if self.place.is_empty() || field.is_empty() { "" } else { "." };
        let place = [&self.place, dot, field].concat();
        self.problems.push(PackProblem { place, message: message.to_owned() });
    }

    pub(super) fn words(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(field, WORDS);
        }
    }

    /// The ids of a list in which each may appear once.
    fn unique<'a>(&mut self, list: &str, ids: &mut dyn Iterator<Item = &'a String>) -> Vec<&'a str> {
        let mut seen = Vec::new();
        for (index, id) in ids.enumerate() {
            self.at(list, index, "");
            self.plain(id);
            if seen.contains(&id.as_str()) {
                self.add("id", &["`", id, "` is used twice: give each an id of its own"].concat());
            }
            seen.push(id);
        }
        seen
    }

    /// The days on which each id of a list is in force. An id may have several versions, one after the other.
    fn versions<'a>(
        &mut self,
        list: &str,
        items: &mut dyn Iterator<Item = (&'a String, &'a Dated)>,
        pack: &Dated,
    ) -> Versions<'a> {
        let mut seen = Versions::default();
        for (index, (id, dated)) in items.enumerate() {
            self.at(list, index, "");
            self.plain(id);
            self.at(list, index, id);
            check_dated(dated, Some(pack), self);
            if seen.get(id).is_some_and(|earlier| earlier.iter().any(|other| overlap(other, dated))) {
                let message = "is used twice on the same days: end the older one before the newer begins";
                self.add("id", &["`", id, "` ", message].concat());
            }
            seen.add(id, dated);
        }
        seen
    }

    /// An indicator's id is a part of paths, which `.` and `[` would cut apart.
    fn plain(&mut self, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if id.is_empty() || !id.chars().all(plain) {
            self.add("id", "an id is needed, of letters, digits, - and _");
        }
    }

    pub(super) fn missing(&mut self, field: &str, what: &str, id: &str) {
        let message = ["there is no ", what, " `", id, "` in this pack: correct the id or add the ", what];
        self.add(field, &message.concat());
    }

    fn known(&mut self, field: &str, what: &str, id: &str, known: &[&str]) {
        if !known.contains(&id) {
            self.missing(field, what, id);
        }
    }

    fn references(&mut self, given: &[String], known: &Known<'_>) {
        if given.is_empty() {
            self.add("references", "at least one reference is needed");
        }
        for id in given {
            self.known("references", "reference", id, &known.references);
        }
    }
}

fn overlap(one: &Dated, other: &Dated) -> bool {
    let starts_before_end = |a: &Dated, b: &Dated| match (a.from, b.to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_before_end(one, other) && starts_before_end(other, one)
}

fn check_dated(dated: &Dated, pack: Option<&Dated>, found: &mut Findings) {
    let before = |one: Option<Date>, other: Option<Date>| matches!((one, other), (Some(a), Some(b)) if a < b);
    if before(dated.to, dated.from) {
        found.add("effective_to", "it is before effective_from");
    }
    if let Some(pack) = pack {
        if before(dated.from, pack.from) {
            found.add("effective_from", "it is before the first day of the pack");
        }
        if before(pack.to, dated.from) || before(dated.to, pack.from) {
            found.add("", "it is never in force while the pack is: correct the days, or take it out");
        }
    }
    if dated.approved_by.is_some() != dated.approved_on.is_some() {
        found.add("approved_by", "who approved it and when go together: give both or neither");
    }
    if dated.approved_by.as_ref().is_some_and(|name| name.trim().is_empty()) {
        found.add("approved_by", "words are needed here, or null");
    }
}

/// A clock may not give more time than the longest that may pass.
fn check_due(scale: &TimeScale, found: &mut Findings) {
    let (Some(due), Some(hours)) = (scale.due, scale.hours) else { return };
    let least = match due {
        DueRule::Now => 0,
        DueRule::Hours(hours) => hours,
        DueRule::SameDay => 1,
        DueRule::WorkingDays(days) => days.saturating_mul(24),
    };
    if least > hours {
        let message = ["it gives more time than the ", &hours.to_string(), " hours of this time scale"];
        found.add("due", &message.concat());
    }
}

fn check_action(action: &UrgentAction, contacts: &[Contact], found: &mut Findings, known: &Known<'_>) {
    found.references(&action.references, known);
    found.words("action", &action.action);
    found.words("trigger", &action.trigger);
    if let Some(words) = &action.not_sure {
        found.words("not_sure", words);
    }
    found.known("time_scale", "time scale", &action.time_scale, &known.time_scales);
    if !TELLING.contains(&action.telling_the_family.as_str()) {
        found.add("telling_the_family", &["must be one of ", &TELLING.join(", ")].concat());
    }
    if action.contacts.is_empty() {
        found.add("contacts", "at least one contact is needed");
    }
    for id in &action.contacts {
        found.known("contacts", "contact", id, &known.contacts);
    }
    contacts::check_answered(action, contacts, found);
}

fn check_rule(rule: &Rule, found: &mut Findings, known: &Known<'_>) {
    found.references(&rule.references, known);
    found.words("rationale", &rule.rationale);
    found.known("wording", "wording", &rule.wording, &known.wording);
    let used = match &rule.effect {
        Effect::Gives(_) => Use::Suggestion,
        Effect::Instead(_) | Effect::Urgent(_) => Use::Answers,
        Effect::Prompt(_) => Use::Prompt,
        Effect::Principle => return,
    };
    match &rule.effect {
        Effect::Instead(action) if action != WORKER_ACTION => {
            found.add("instead", &["only `", WORKER_ACTION, "` can replace R1 to R3"].concat());
        }
        Effect::Instead(action) => names::action(found, "instead", action, &rule.dated, known),
        Effect::Urgent(action) => names::action(found, "urgent", action, &rule.dated, known),
        _ => {}
    }
    names::condition(found, &rule.when, used, &rule.dated, known);
}

fn check_indicator(indicator: &Indicator, found: &mut Findings, known: &Known<'_>) {
    if known.vocabulary.element(&indicator.element).is_none() {
        found.missing("element", "element", &indicator.element);
    }
    found.references(&indicator.references, known);
    found.words("text", &indicator.text);
    if indicator.strength != (indicator.level == Level::L1) {
        found.add("level", "a strength is at L1, and nothing else is");
    }
    if indicator.strength && (indicator.action.is_some() || !indicator.raised.is_empty()) {
        found.add("", "a strength has no action and is never raised");
    }
    if let Some(action) = &indicator.action {
        names::action(found, "action", action, &indicator.dated, known);
        if action == DANGER_ACTION && indicator.level != Level::L4b {
            found.add("level", "an indicator of danger now must be at L4b");
        }
    }
    if let Some(ages) = &indicator.applies
        && let (Some(from), Some(below)) = (ages.from, ages.below)
        && from >= below
    {
        found.add("applies", "`from` must be less than `below`");
    }
    if indicator.alone.is_some_and(|alone| alone >= indicator.level || alone == Level::L1) {
        found.add("alone", "on its own it must be lower than its level, at L2 or higher");
    }
    let place = found.place.clone();
    for (index, raised) in indicator.raised.iter().enumerate() {
        found.place = format!("{place}.raised[{index}]");
        if raised.to <= indicator.level {
            found.add("to", "a level is only ever raised: name a higher one");
        }
        found.words("because", &raised.because);
        names::condition(found, &raised.when, Use::Modifier(&indicator.id), &indicator.dated, known);
    }
}
