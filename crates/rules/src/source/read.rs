//! Reading the parts of a rule pack, one function for each. What is not in the format is reported with its place.

use strict_json::Fields;

use super::super::bank_holidays::{MoreBankHolidays, more};
use super::super::condition::{Condition, condition, step};
use super::super::due::DueRule;
use super::super::{Level, Prompt, day};
use super::hours::hours;
use super::{
    Ages, Contact, Dated, Effect, Indicator, Raised, Reference, Rule, RuleWords, Source, TimeScale,
    UrgentAction,
};

/// Reads a pack, one function for each part.
pub(in super::super) fn source(pack: &Fields<'_>) -> Source {
    let mut references = Vec::new();
    pack.list("references", &mut |of| {
        references.push(Reference { id: of.text("id"), title: of.text("title") })
    });
    let mut contacts = Vec::new();
    pack.list("contacts", &mut |of| contacts.push(contact(of)));
    let mut bank_holidays = MoreBankHolidays::default();
    pack.optional_group("bank_holidays", &mut |of| bank_holidays = more(of));
    let mut time_scales = Vec::new();
    pack.list("time_scales", &mut |of| time_scales.push(time_scale(of)));
    let mut actions = Vec::new();
    pack.list("actions", &mut |of| actions.push(action(of)));
    let mut wording = Vec::new();
    pack.group("wording", &mut |all| {
        for key in all.names() {
            all.group(key, &mut |of| wording.push(words(key, of)));
        }
    });
    let mut rules = Vec::new();
    pack.list("rules", &mut |of| rules.push(rule(of)));
    let mut indicators = Vec::new();
    pack.list("indicators", &mut |of| indicators.push(indicator(of)));
    Source {
        id: pack.text("id"),
        version: pack.text("version"),
        title: pack.text("title"),
        format: pack.text("format"),
        dated: dated(pack, true),
        references,
        contacts,
        bank_holidays,
        time_scales,
        actions,
        wording,
        rules,
        indicators,
    }
}

/// Days and approval. `needed` where the first day must be given.
fn dated(of: &Fields<'_>, needed: bool) -> Dated {
    let read_day = |name, text: Option<String>| {
        let date = text.as_deref().and_then(day::parse);
        if text.is_some() && date.is_none() {
            of.wrong(name, "a day like 2026-01-31 is needed here");
        }
        date
    };
    let from = if needed { Some(of.text("effective_from")) } else { of.optional_text("effective_from") };
    let dated = Dated {
        from: read_day("effective_from", from),
        to: read_day("effective_to", of.optional_text("effective_to")),
        approved_by: of.optional_text("approved_by"),
        approved_on: of.optional_text("approved_on"),
    };
    read_day("approved_on", dated.approved_on.clone());
    dated
}

fn contact(of: &Fields<'_>) -> Contact {
    let phone = of.optional_text("phone");
    Contact {
        id: of.text("id"),
        name: of.text("name"),
        hours: hours(of, phone.is_some()),
        phone,
        email: of.optional_text("email"),
        when: of.text("when"),
        when_closed: of.optional_text("when_closed"),
        checked_on: of.optional_text("checked_on"),
        national: of.optional_flag("national"),
    }
}

fn time_scale(of: &Fields<'_>) -> TimeScale {
    TimeScale {
        id: of.text("id"),
        words: of.text("words"),
        hours: of.optional_number("hours"),
        due: due(of),
        references: of.texts("references"),
    }
}

/// When something is due, for a clock.
fn due(scale: &Fields<'_>) -> Option<DueRule> {
    let mut due = None;
    scale.optional_group("due", &mut |of| {
        let kind = of.choice("kind", &["now", "hours", "same_day", "working_days"], true);
        let count = |name: &'static str, most: u32| {
            let count = of.optional_number(name).unwrap_or_default();
            if count == 0 || count > most {
                of.wrong(name, &["a number from 1 to ", &most.to_string(), " is needed here"].concat());
            }
            count
        };
        due = match kind {
            Some(0) => Some(DueRule::Now),
            Some(1) => Some(DueRule::Hours(count("hours", DueRule::MAX_HOURS))),
            Some(2) => Some(DueRule::SameDay),
            Some(3) => Some(DueRule::WorkingDays(count("days", DueRule::MAX_WORKING_DAYS))),
            _ => None,
        };
    });
    due
}

fn action(of: &Fields<'_>) -> UrgentAction {
    UrgentAction {
        id: of.text("id"),
        dated: dated(of, false),
        trigger: of.text("trigger"),
        who: of.text("who"),
        action: of.text("action"),
        not_sure: of.optional_text("not_sure"),
        time_scale: of.text("time_scale"),
        deadline: String::new(),
        contacts: of.texts("contacts"),
        telling_the_family: of.text("telling_the_family"),
        references: of.texts("references"),
        confidence: of.text("confidence"),
    }
}

fn words(key: &str, of: &Fields<'_>) -> RuleWords {
    RuleWords {
        key: key.to_owned(),
        name: of.text("name"),
        when: of.text("when"),
        then: of.text("then"),
        family: of.text("family"),
    }
}

fn ages(of: &Fields<'_>) -> Ages {
    Ages {
        from: of.optional_number("from"),
        below: of.optional_number("below"),
        below_if_disabled: of.optional_number("below_if_disabled"),
        unborn_only: of.optional_flag("unborn_only"),
    }
}

fn rule(of: &Fields<'_>) -> Rule {
    let mut when = None;
    of.optional_group("when", &mut |given| when = Some(condition(given)));
    let effect = effect(of);
    if when.is_some() == (effect == Effect::Principle) {
        of.wrong("when", "a rule that does something needs a condition, and a principle has none");
    }
    Rule {
        id: of.text("id"),
        dated: dated(of, true),
        wording: of.text("wording"),
        name: String::new(),
        when_in_words: String::new(),
        then_in_words: String::new(),
        family: String::new(),
        fixed: of.flag("fixed"),
        rationale: of.text("rationale"),
        references: of.texts("references"),
        when: when.unwrap_or(Condition::Always),
        effect,
    }
}

fn effect(of: &Fields<'_>) -> Effect {
    let mut effects = Vec::new();
    effects.extend(step(of, "gives", false).map(Effect::Gives));
    effects.extend(of.optional_text("instead").map(Effect::Instead));
    let prompts = Prompt::OF_RULES.map(Prompt::code);
    let prompt = of.choice("prompt", &prompts, false).and_then(|at| Prompt::OF_RULES.get(at).copied());
    effects.extend(prompt.map(Effect::Prompt));
    effects.extend(of.optional_text("urgent").map(Effect::Urgent));
    if of.optional_flag("principle") {
        effects.push(Effect::Principle);
    }
    match (effects.pop(), effects.pop()) {
        (Some(one), None) => one,
        _ => {
            of.wrong("", "exactly one of gives, instead, prompt, urgent or principle is needed here");
            Effect::Principle
        }
    }
}

fn indicator(of: &Fields<'_>) -> Indicator {
    let mut applies = None;
    of.optional_group("applies", &mut |given| applies = Some(ages(given)));
    let mut raised = Vec::new();
    of.optional_list("raised", &mut |given| raised.push(self::raised(given)));
    Indicator {
        id: of.text("id"),
        dated: dated(of, false),
        element: of.text("element"),
        level: Level::read(of, "level", true).unwrap_or(Level::L1),
        text: of.text("text"),
        strength: of.optional_flag("strength"),
        note: of.optional_text("note"),
        action: of.optional_text("action"),
        applies,
        raised,
        alone: Level::read(of, "alone", false),
        references: of.texts("references"),
        confidence: of.text("confidence"),
    }
}

fn raised(of: &Fields<'_>) -> Raised {
    let mut when = Condition::Always;
    of.group("when", &mut |given| when = condition(given));
    Raised { to: Level::read(of, "to", true).unwrap_or(Level::L1), when, because: of.text("because") }
}
