//! A rule pack that has been checked. Evaluation takes nothing else, so a pack with a hole in it cannot run.

use std::fmt;

use crate::date::Date;
use crate::json;
use crate::sections;

use super::condition::Condition;
use super::holds::Test;
use super::source::{Contact, Effect, Indicator, Reference, Rule, RuleWords, Source, UrgentAction, source};
use super::{Level, Step, check, floor, laws};

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
        for part in [&self.place, ": ", &self.message] {
            out.write_str(part)?;
        }
        Ok(())
    }
}

/// A checked rule pack.
#[derive(Debug, Clone)]
pub struct RulePack {
    source: Source,
    pub(super) parts: Parts,
}

/// What evaluation needs often, looked up once.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// For each indicator, the position of its box in form order.
    pub(super) boxes: Vec<usize>,
    /// For each indicator, when each thing that raises it holds.
    pub(super) raised: Vec<Vec<Test>>,
    /// For each rule, when it holds.
    pub(super) rules: Vec<Test>,
    /// For each indicator, the highest step of a rule that names it.
    pub(super) named: Vec<Step>,
    /// Whether a condition that gives a suggestion has a `not` in it; only a draft can.
    pub(super) looks_at_absence: bool,
    /// For each level, the step that signs of this level in every box lead to.
    pub(super) leads_to: [Step; 5],
}

/// The action for danger now; it stands before every other one.
pub(super) const DANGER_ACTION: &str = "IA-01";
/// The action that can stand in the place of R1 to R3.
pub(super) const WORKER_ACTION: &str = "IA-23";

impl RulePack {
    /// The text of the example pack that is built in, so that urgent advice works without a network.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../../data/rule_packs/leeds-example.json")
    }

    /// Reads a pack and checks its form, its names and days, the laws and the floor.
    ///
    /// # Errors
    /// Every problem that was found, each with its place. Nothing of a refused pack is used.
    pub fn load(json: &str) -> Result<RulePack, Vec<PackProblem>> {
        let pack = RulePack::draft(json)?;
        let mut problems = pack.law_problems();
        if json != RulePack::built_in() {
            problems.extend(pack.floor_problems());
        }
        if problems.is_empty() { Ok(pack) } else { Err(problems) }
    }

    /// The pack that is built in, without checking it again and without words for what could be wrong with it.
    pub(crate) fn ready() -> Option<RulePack> {
        json::read_packed(include_str!(concat!(env!("OUT_DIR"), "/rule_pack")), source)
            .map(RulePack::from_checked)
    }

    /// Where the form of the pack could break a law; none for a pack that was loaded.
    #[must_use]
    pub fn law_problems(&self) -> Vec<PackProblem> {
        laws::check(&self.source)
    }

    /// Where the pack has less than the floor that every pack keeps; none for a pack that was loaded.
    #[must_use]
    pub fn floor_problems(&self) -> Vec<PackProblem> {
        match read(RulePack::built_in()) {
            Ok(built_in) => floor::check(&self.source, &built_in),
            Err(problems) => problems,
        }
    }

    /// A pack that the server has checked before it started. It is not checked again, and there are no words for what could be
    /// wrong with it: the form need not download them. `None` where it is not of this form.
    pub(crate) fn checked_already(json: &str) -> Option<RulePack> {
        json::read_built_in(json, source).map(RulePack::from_checked)
    }

    /// Reads a pack that is being written: its form, names and days must be right, but it may break the laws or the
    /// floor. For tools that show its author where; never for a family.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn draft(json: &str) -> Result<RulePack, Vec<PackProblem>> {
        let source = read(json)?;
        check::check(&source)?;
        Ok(RulePack::from_checked(source))
    }

    fn from_checked(mut source: Source) -> RulePack {
        for action in &mut source.actions {
            let scale = source.time_scales.iter().find(|scale| scale.id == action.time_scale);
            action.deadline = scale.map(|scale| scale.words.clone()).unwrap_or_default();
        }
        for rule in &mut source.rules {
            if let Some(words) = source.wording.iter().find(|words| words.key == rule.wording) {
                rule.family.clone_from(&words.family);
                if cfg!(feature = "authoring") {
                    let RuleWords { name, when, then, .. } = words.clone();
                    (rule.name, rule.when_in_words, rule.then_in_words) = (name, when, then);
                }
            }
        }
        let parts = Parts::of(&source);
        RulePack { source, parts }
    }

    /// The pack's id and version, as they stand in an outcome: `leeds-example 2026.2`.
    #[must_use]
    pub fn version(&self) -> String {
        [self.source.id.as_str(), " ", &self.source.version].concat()
    }

    /// The pack's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.source.id
    }

    /// What the pack is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.source.title
    }

    /// Who approved it and when; `None` for an example that no partnership has approved.
    #[must_use]
    pub fn approval(&self) -> Option<(&str, &str)> {
        self.source.dated.approved_by.as_deref().zip(self.source.dated.approved_on.as_deref())
    }

    /// The first and the last day on which it is in force; no last day where no end is set.
    #[must_use]
    pub fn in_force(&self) -> (Option<Date>, Option<Date>) {
        (self.source.dated.from, self.source.dated.to)
    }

    /// The days on which its rules change, the first day first.
    #[must_use]
    pub fn days_of_change(&self) -> Vec<Date> {
        laws::days(&self.source)
    }

    /// The day whose rules are applied on `today`. Before its first day a pack applies as on that day, and after its last
    /// as on the last: the wrong rules are better than none, and whoever runs it is told that it is not in force.
    #[must_use]
    pub fn day(&self, today: Date) -> Date {
        let from = self.source.dated.from.map_or(today, |from| today.max(from));
        self.source.dated.to.map_or(from, |to| from.min(to))
    }

    /// All indicators with all their versions, in list order.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.source.indicators
    }

    /// The indicators of one box, in list order, all versions.
    pub fn indicators_of<'a>(&'a self, element: &'a str) -> impl Iterator<Item = &'a Indicator> {
        self.indicators().iter().filter(move |indicator| indicator.element == element)
    }

    /// The indicators of one box that are in force on a day, in list order.
    pub fn asked_of<'a>(&'a self, element: &'a str, today: Date) -> impl Iterator<Item = &'a Indicator> {
        let day = self.day(today);
        self.indicators_of(element).filter(move |indicator| indicator.dated.covers(day))
    }

    /// The newest version of a sign.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators().iter().rev().find(|indicator| indicator.id == id)
    }

    /// The newest version of an urgent action.
    #[must_use]
    pub fn action(&self, id: &str) -> Option<&UrgentAction> {
        self.actions().iter().rev().find(|action| action.id == id)
    }

    /// All urgent actions, all versions.
    #[must_use]
    pub fn actions(&self) -> &[UrgentAction] {
        &self.source.actions
    }

    /// All rules, all versions, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.source.rules
    }

    /// The newest version of a rule.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules().iter().rev().find(|rule| rule.id == id)
    }

    /// Whom to contact, the most urgent first.
    #[must_use]
    pub fn contacts(&self) -> &[Contact] {
        &self.source.contacts
    }

    /// A contact by its code.
    #[must_use]
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts().iter().find(|contact| contact.id == id)
    }

    /// The published sources.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.source.references
    }

    /// The title of a reference.
    #[must_use]
    pub fn reference(&self, id: &str) -> Option<&str> {
        self.references()
            .iter()
            .find(|reference| reference.id == id)
            .map(|reference| reference.title.as_str())
    }
}

fn read(json: &str) -> Result<Source, Vec<PackProblem>> {
    json::read(json, source).map_err(|wrong| {
        wrong.into_iter().map(|misfit| PackProblem { place: misfit.place, message: misfit.message }).collect()
    })
}

impl Parts {
    fn of(source: &Source) -> Parts {
        let elements = sections::elements();
        let box_of = |indicator: &Indicator| {
            elements.iter().position(|element| *element == indicator.element).unwrap_or_default()
        };
        let mut parts = Parts {
            boxes: source.indicators.iter().map(box_of).collect(),
            raised: source
                .indicators
                .iter()
                .map(|indicator| {
                    indicator.raised.iter().map(|raised| Test::of(&raised.when, &source.indicators)).collect()
                })
                .collect(),
            rules: source.rules.iter().map(|rule| Test::of(&rule.when, &source.indicators)).collect(),
            named: vec![Step::R0; source.indicators.len()],
            looks_at_absence: false,
            leads_to: Level::ALL.map(Level::least_step),
        };
        let raised = source.indicators.iter().flat_map(|indicator| &indicator.raised);
        let rules = source.rules.iter().filter(|rule| matches!(rule.effect, Effect::Gives(_)));
        for when in rules.map(|rule| &rule.when).chain(raised.map(|raised| &raised.when)) {
            when.visit(&mut |part, _| parts.looks_at_absence |= matches!(part, Condition::Not(_)));
        }
        for (rule, test) in source.rules.iter().zip(&parts.rules) {
            let Effect::Gives(step) = rule.effect else { continue };
            lead(test, step, &mut parts.named, &mut parts.leads_to);
        }
        parts
    }
}

/// Notes that a rule which looks at signs or levels can lead to `step`.
fn lead(test: &Test, step: Step, named: &mut [Step], leads_to: &mut [Step; 5]) {
    match test {
        Test::Level { level, .. } => {
            for higher in Level::ALL.into_iter().filter(|higher| higher >= level) {
                if let Some(leads) = leads_to.get_mut(higher as usize) {
                    *leads = step.max(*leads);
                }
            }
        }
        Test::Signs { members, .. } => {
            for member in members {
                if let Some(leads) = named.get_mut(*member) {
                    *leads = step.max(*leads);
                }
            }
        }
        Test::All(parts) | Test::Any(parts) => {
            parts.iter().for_each(|part| lead(part, step, named, leads_to));
        }
        _ => {}
    }
}

impl Level {
    /// The step that a concern at this level leads to whatever the rules say.
    fn least_step(self) -> Step {
        if self == Level::L4b { Step::R4 } else { Step::R0 }
    }
}
