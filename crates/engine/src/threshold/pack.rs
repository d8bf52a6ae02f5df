//! A rule pack that has been checked. Evaluation takes nothing else, so a pack with a hole in it cannot run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::answers::Elements;
use crate::answers::Group;
use crate::date::Date;

use super::source::{Also, Indicator, RaisedWhen, Rule, Source, UrgentAction};
use super::{Level, level::Step};

/// Why a pack was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackProblem {
    /// The place in the pack: a line and column, or e.g. `indicators[4] (BE-306).raised[1]`.
    pub place: String,
    /// What is wrong and what to do, for whoever edits the pack.
    pub message: String,
}

impl fmt::Display for PackProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)
    }
}

/// A checked rule pack.
#[derive(Debug, Clone)]
pub struct RulePack {
    id: String,
    version: String,
    title: String,
    approved_by: Option<String>,
    approved_on: Option<String>,
    references: BTreeMap<String, String>,
    actions: Vec<UrgentAction>,
    pub(super) also: Vec<Also>,
    rules: Vec<Rule>,
    indicators: Vec<Indicator>,
    pub(super) parts: Parts,
}

/// What evaluation needs often, looked up once.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// For each indicator, the position of its box in form order.
    pub(super) boxes: Vec<usize>,
    /// For each indicator and each thing that raises it, the positions of the indicators it names.
    pub(super) raised_by: Vec<Vec<Vec<usize>>>,
    /// RU-4.
    pub(super) needs_in_boxes: usize,
    /// RU-9.
    pub(super) amplifiers: Vec<String>,
    pub(super) amplifier_below: u32,
    pub(super) amplifier_status: Vec<String>,
    /// RU-10.
    pub(super) open_status: Vec<String>,
    /// The action that stands for the allocated worker.
    pub(super) worker_action: String,
}

/// The rules that evaluation carries out; a pack must have each of them.
const RULES: [&str; 12] =
    ["RU-1", "RU-2", "RU-3", "RU-4", "RU-5", "RU-6", "RU-7", "RU-8", "RU-9", "RU-10", "RU-11", "RU-12"];

/// The action for danger now; it stands before every other one.
pub(super) const DANGER_ACTION: &str = "IA-01";

impl RulePack {
    /// The text of the example pack that is built in, so that urgent advice works without a network.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../../data/rule_packs/leeds-example.json")
    }

    /// Reads and checks a pack.
    ///
    /// # Errors
    /// Every problem that was found, each with its place. Nothing of a refused pack is used.
    pub fn load(json: &str) -> Result<RulePack, Vec<PackProblem>> {
        let source: Source = serde_json::from_str(json).map_err(|error| {
            vec![PackProblem {
                place: format!("line {}, column {}", error.line(), error.column()),
                message: error.to_string(),
            }]
        })?;
        check(&source)?;
        let position = |id: &String| source.indicators.iter().position(|indicator| indicator.id == *id);
        let elements = Elements::default();
        let box_of = |indicator: &Indicator| {
            (&elements as &dyn Group).position(&indicator.element).unwrap_or_default()
        };
        let rule = |id: &str| source.rules.iter().find(|rule| rule.id == id);
        let parts = Parts {
            boxes: source.indicators.iter().map(box_of).collect(),
            raised_by: source
                .indicators
                .iter()
                .map(|indicator| {
                    indicator
                        .raised
                        .iter()
                        .map(|r| r.when.any_of.iter().filter_map(position).collect())
                        .collect()
                })
                .collect(),
            needs_in_boxes: rule("RU-4").and_then(|rule| rule.boxes).unwrap_or(3),
            amplifiers: rule("RU-9").map(|rule| rule.indicators.clone()).unwrap_or_default(),
            amplifier_below: rule("RU-9").and_then(|rule| rule.below_months).unwrap_or(0),
            amplifier_status: rule("RU-9").map(|rule| rule.legal_status.clone()).unwrap_or_default(),
            open_status: rule("RU-10").map(|rule| rule.legal_status.clone()).unwrap_or_default(),
            worker_action: rule("RU-10").and_then(|rule| rule.action.clone()).unwrap_or_default(),
        };
        let Source {
            id,
            version,
            title,
            approved_by,
            approved_on,
            references,
            actions,
            also,
            rules,
            indicators,
            ..
        } = source;
        let references = references.into_iter().map(|reference| (reference.id, reference.title)).collect();
        Ok(RulePack {
            id,
            version,
            title,
            approved_by,
            approved_on,
            references,
            actions,
            also,
            rules,
            indicators,
            parts,
        })
    }

    /// The pack's id and version, as they stand in an outcome: `leeds-example 2026.1`.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{} {}", self.id, self.version)
    }

    /// What the pack is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who approved it and when; `None` for an example that no partnership has approved.
    #[must_use]
    pub fn approval(&self) -> Option<(&str, &str)> {
        self.approved_by.as_deref().zip(self.approved_on.as_deref())
    }

    /// All indicators, in list order.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The indicators of one box, in list order.
    pub fn indicators_of<'a>(&'a self, element: &'a str) -> impl Iterator<Item = &'a Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.element == element)
    }

    /// An urgent action by its code.
    #[must_use]
    pub fn action(&self, id: &str) -> Option<&UrgentAction> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// All urgent actions.
    #[must_use]
    pub fn actions(&self) -> &[UrgentAction] {
        &self.actions
    }

    /// A rule by its id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The title of a reference.
    #[must_use]
    pub fn reference(&self, id: &str) -> Option<&str> {
        self.references.get(id).map(String::as_str)
    }
}

/// Collects problems while the pack is walked.
struct Findings(Vec<PackProblem>);

impl Findings {
    fn add(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.0.push(PackProblem { place: place.into(), message: message.into() });
    }

    fn unique<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            // An indicator's id is a part of paths, which `.` and `[` would cut apart.
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if id.is_empty() || !id.chars().all(plain) {
                self.add(format!("{list}[{index}].id"), "an id is needed, of letters, digits, - and _");
            } else if !seen.insert(id.as_str()) {
                self.add(
                    format!("{list}[{index}].id"),
                    format!("`{id}` is there twice: give each an id of its own"),
                );
            }
        }
        seen
    }

    fn known(&mut self, place: &str, what: &str, id: &str, known: &BTreeSet<&str>) {
        if !known.contains(id) {
            self.add(
                place,
                format!("there is no {what} `{id}` in this pack: correct the id or add the {what}"),
            );
        }
    }

    fn references(&mut self, place: &str, given: &[String], known: &BTreeSet<&str>) {
        if given.is_empty() {
            self.add(format!("{place}.references"), "at least one reference is needed");
        }
        for id in given {
            self.known(&format!("{place}.references"), "reference", id, known);
        }
    }
}

fn check(pack: &Source) -> Result<(), Vec<PackProblem>> {
    let mut found = Findings(Vec::new());
    let references = found.unique("references", pack.references.iter().map(|r| &r.id));
    for (index, reference) in pack.references.iter().enumerate() {
        if reference.title.trim().is_empty() {
            found.add(format!("references[{index}].title"), "a title is needed");
        }
    }
    let actions = found.unique("actions", pack.actions.iter().map(|a| &a.id));
    let indicators = found.unique("indicators", pack.indicators.iter().map(|i| &i.id));
    let rules = found.unique("rules", pack.rules.iter().map(|r| &r.id));
    check_dates(pack, &mut found);
    for id in RULES {
        if !rules.contains(id) {
            found.add("rules", format!("`{id}` is missing: every pack carries the twelve rules"));
        }
    }
    if !actions.contains(DANGER_ACTION) {
        found.add(
            "actions",
            format!("`{DANGER_ACTION}` is missing: the action for danger now cannot be left out"),
        );
    }
    for (index, rule) in pack.rules.iter().enumerate() {
        check_rule(
            rule,
            &format!("rules[{index}] ({})", rule.id),
            &mut found,
            &references,
            &indicators,
            &actions,
        );
    }
    for (index, action) in pack.actions.iter().enumerate() {
        let place = format!("actions[{index}] ({})", action.id);
        found.references(&place, &action.references, &references);
        for (name, text) in
            [("action", &action.action), ("deadline", &action.deadline), ("trigger", &action.trigger)]
        {
            if text.trim().is_empty() {
                found.add(format!("{place}.{name}"), "words are needed here");
            }
        }
        if action.contacts.is_empty() {
            found.add(format!("{place}.contacts"), "at least one contact is needed");
        }
    }
    for (index, also) in pack.also.iter().enumerate() {
        let place = format!("also[{index}]");
        found.known(&format!("{place}.action"), "action", &also.action, &actions);
        for id in &also.any_of {
            found.known(&format!("{place}.any_of"), "indicator", id, &indicators);
        }
    }
    let elements = Elements::default();
    for (index, indicator) in pack.indicators.iter().enumerate() {
        let place = format!("indicators[{index}] ({})", indicator.id);
        if (&elements as &dyn Group).position(&indicator.element).is_none() {
            found.add(format!("{place}.element"), format!("there is no box `{}`", indicator.element));
        }
        check_indicator(indicator, &place, &mut found, &references, &indicators, &actions);
    }
    if found.0.is_empty() { Ok(()) } else { Err(found.0) }
}

fn check_dates(pack: &Source, found: &mut Findings) {
    for (name, text) in [("id", &pack.id), ("version", &pack.version), ("title", &pack.title)] {
        if text.trim().is_empty() {
            found.add(name, "words are needed here");
        }
    }
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

fn check_rule(
    rule: &Rule,
    place: &str,
    found: &mut Findings,
    references: &BTreeSet<&str>,
    indicators: &BTreeSet<&str>,
    actions: &BTreeSet<&str>,
) {
    found.references(place, &rule.references, references);
    for (name, text) in [("name", &rule.name), ("rationale", &rule.rationale)] {
        if text.trim().is_empty() {
            found.add(format!("{place}.{name}"), "words are needed here");
        }
    }
    for id in &rule.indicators {
        found.known(&format!("{place}.indicators"), "indicator", id, indicators);
    }
    if let Some(action) = &rule.action {
        found.known(&format!("{place}.action"), "action", action, actions);
    }
    if !RULES.contains(&rule.id.as_str()) {
        found.add(format!("{place}.id"), "there is no such rule: the twelve are carried out, and no other");
    }
    match rule.id.as_str() {
        "RU-4" if rule.boxes.is_none_or(|boxes| boxes < 2) => {
            found.add(format!("{place}.boxes"), "the number of boxes is needed, 2 or more");
        }
        "RU-10" if rule.action.is_none() || rule.legal_status.is_empty() => {
            found.add(place, "the action and the codes of legal_status that count as open are needed");
        }
        _ => {}
    }
}

fn check_indicator(
    indicator: &Indicator,
    place: &str,
    found: &mut Findings,
    references: &BTreeSet<&str>,
    indicators: &BTreeSet<&str>,
    actions: &BTreeSet<&str>,
) {
    found.references(place, &indicator.references, references);
    if indicator.text.trim().is_empty() {
        found.add(format!("{place}.text"), "words are needed here");
    }
    if indicator.strength != (indicator.level == Level::L1) {
        found.add(format!("{place}.level"), "a strength stands at L1, and nothing else does");
    }
    if indicator.strength && (indicator.action.is_some() || !indicator.raised.is_empty()) {
        found.add(place, "a strength has no action and is never raised");
    }
    if let Some(action) = &indicator.action {
        found.known(&format!("{place}.action"), "action", action, actions);
    }
    if let Some(ages) = &indicator.applies
        && let (Some(from), Some(below)) = (ages.from, ages.below)
        && from >= below
    {
        found.add(format!("{place}.applies"), "`from` must be less than `below`");
    }
    if let Some(alone) = indicator.alone
        && alone >= indicator.level
    {
        found.add(format!("{place}.alone"), "on its own it must stand lower than its level");
    }
    for (index, raised) in indicator.raised.iter().enumerate() {
        let place = format!("{place}.raised[{index}]");
        if raised.to <= indicator.level {
            found.add(format!("{place}.to"), "a level is only ever raised: name a higher one");
        }
        if raised.because.trim().is_empty() {
            found.add(format!("{place}.because"), "words are needed here");
        }
        let RaisedWhen { below_months, unborn, disability, any_of } = &raised.when;
        let given = [below_months.is_some(), *unborn, disability.is_some(), !any_of.is_empty()];
        if given.iter().filter(|given| **given).count() != 1 {
            found.add(format!("{place}.when"), "exactly one condition is needed");
        }
        for id in any_of {
            found.known(&format!("{place}.when.any_of"), "indicator", id, indicators);
            if id == &indicator.id {
                found.add(format!("{place}.when.any_of"), "an indicator cannot raise itself");
            }
        }
    }
}

impl Level {
    /// The step that a concern at this level leads to by itself; several at L2 may lead further (RU-4).
    pub(super) fn step(self) -> Step {
        match self {
            Level::L1 => Step::R0,
            Level::L2 => Step::R1,
            Level::L3 => Step::R2,
            Level::L4a => Step::R3,
            Level::L4b => Step::R4,
        }
    }
}
