//! A rule pack that has been checked. Evaluation takes nothing else, so a pack with a hole in it cannot run.

use std::sync::Arc;

use jiff::civil::Date;
use strict_json::{DataProblem, read_data};

use super::bank_holidays::MoreBankHolidays;
use super::condition::Condition;
use super::due::DueRule;
use super::holds::Test;
use super::source::{Contact, Effect, Indicator, Reference, Rule, RuleWords, Source, UrgentAction, source};
use super::{Level, Step, Vocabulary, check, floor, laws};

/// Why a pack was refused: a place such as `indicators[4] (BE-306).raised[1]`, and what to do there.
pub type PackProblem = DataProblem;

/// A checked rule pack.
#[derive(Debug, Clone)]
pub struct RulePack {
    source: Source,
    vocabulary: Arc<Vocabulary>,
    pub(super) parts: Parts,
}

/// What evaluation needs often, looked up once.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// For each indicator, the position of its element in form order.
    pub(super) elements: Vec<usize>,
    /// For each indicator, when each thing that raises it holds.
    pub(super) raised: Vec<Vec<Test>>,
    /// For each rule, when it holds.
    pub(super) rules: Vec<Test>,
    /// For each indicator, the highest step of a rule that names it.
    pub(super) named: Vec<Step>,
    /// Whether a condition that gives a suggestion has a `not` in it; only a draft can.
    pub(super) looks_at_absence: bool,
    /// For each level, the step that indicators of this level in every element lead to.
    pub(super) leads_to: [Step; 5],
}

/// The action for danger now; it comes before every other one.
pub(super) const DANGER_ACTION: &str = "IA-01";
/// The action for harm that names no action of its own, and for a serious worry written elsewhere.
pub(super) const HARM_ACTION: &str = "IA-02";
/// How that action reads while the office is closed. No answer calls for it.
pub(super) const OUT_OF_HOURS_ACTION: &str = "IA-03";
/// The action that can replace R1 to R3.
pub(super) const WORKER_ACTION: &str = "IA-23";

impl RulePack {
    /// Reads a pack and checks its form, its names and days, the laws and the floor.
    ///
    /// # Errors
    /// Every problem that was found, each with its place. Nothing of a refused pack is used.
    pub fn load(json: &str, vocabulary: &Arc<Vocabulary>) -> Result<RulePack, Vec<PackProblem>> {
        let pack = RulePack::draft(json, vocabulary)?;
        let mut problems = pack.law_problems();
        if vocabulary.floor != Some(json) {
            problems.extend(pack.floor_problems());
        }
        if problems.is_empty() { Ok(pack) } else { Err(problems) }
    }

    /// Where the form of the pack could break a law; none for a pack that was loaded.
    #[must_use]
    pub fn law_problems(&self) -> Vec<PackProblem> {
        laws::check(&self.source)
    }

    /// Where the pack has less than the floor that every pack keeps; none for a pack that was loaded.
    #[must_use]
    pub fn floor_problems(&self) -> Vec<PackProblem> {
        match self.vocabulary.floor.map(|floor| read_data(floor, source)) {
            None => Vec::new(),
            Some(Ok(floor)) => floor::check(&self.source, &floor),
            Some(Err(problems)) => problems,
        }
    }

    /// Reads a pack that is being written: its form, names and days must be right, but it may break the laws or the
    /// floor. For tools that show its author where; never for a family.
    ///
    /// # Errors
    /// Every problem that was found, each with its place.
    pub fn draft(json: &str, vocabulary: &Arc<Vocabulary>) -> Result<RulePack, Vec<PackProblem>> {
        let source = read_data(json, source)?;
        check::check(&source, vocabulary)?;
        Ok(RulePack::from_checked(source, Arc::clone(vocabulary)))
    }

    fn from_checked(mut source: Source, vocabulary: Arc<Vocabulary>) -> RulePack {
        for action in &mut source.actions {
            let scale = source.time_scales.iter().find(|scale| scale.id == action.time_scale);
            action.deadline = scale.map(|scale| scale.words.clone()).unwrap_or_default();
        }
        for rule in &mut source.rules {
            if let Some(words) = source.wording.iter().find(|words| words.key == rule.wording) {
                let RuleWords { name, when, then, family, .. } = words.clone();
                (rule.name, rule.when_in_words, rule.then_in_words, rule.family) = (name, when, then, family);
            }
        }
        let parts = Parts::of(&source, &vocabulary);
        RulePack { source, vocabulary, parts }
    }

    /// The names that the pack was checked against.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The path of an indicator's mark.
    #[must_use]
    pub fn path_of(&self, indicator: &Indicator) -> String {
        let element = self.vocabulary.element(&indicator.element);
        let marks = element.and_then(|at| self.vocabulary.elements.get(at));
        [marks.map_or("", |element| element.marks.as_str()), ".", &indicator.id].concat()
    }

    /// The pack's id and version, as an outcome gives them: `leeds-example 2026.2`.
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
    /// as on the last: the wrong rules are better than none, and the form says that it is not in force.
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

    /// The indicators of one element, in list order, all versions.
    pub fn indicators_of<'a>(&'a self, element: &'a str) -> impl Iterator<Item = &'a Indicator> {
        self.indicators().iter().filter(move |indicator| indicator.element == element)
    }

    /// The indicators of one element that are in force on a day, in list order.
    pub fn asked_of<'a>(&'a self, element: &'a str, today: Date) -> impl Iterator<Item = &'a Indicator> {
        let day = self.day(today);
        self.indicators_of(element).filter(move |indicator| indicator.dated.covers(day))
    }

    /// The newest version of an indicator.
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

    /// The bank holidays that the authority adds to those of its country.
    #[must_use]
    pub fn more_bank_holidays(&self) -> &MoreBankHolidays {
        &self.source.bank_holidays
    }

    /// The longest that may pass before an urgent action is done, in hours; `None` where a local policy says so.
    #[must_use]
    pub fn hours_allowed(&self, action: &UrgentAction) -> Option<u32> {
        self.source.time_scales.iter().find(|scale| scale.id == action.time_scale)?.hours
    }

    /// When an urgent action is due; `None` where only the words of its time scale say so.
    #[must_use]
    pub fn due_rule(&self, action: &UrgentAction) -> Option<DueRule> {
        self.source.time_scales.iter().find(|scale| scale.id == action.time_scale)?.due
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

impl Parts {
    fn of(source: &Source, vocabulary: &Vocabulary) -> Parts {
        let element_of = |indicator: &Indicator| vocabulary.element(&indicator.element).unwrap_or_default();
        let test = |when: &Condition| Test::of(when, &source.indicators, vocabulary);
        let mut parts = Parts {
            elements: source.indicators.iter().map(element_of).collect(),
            raised: source
                .indicators
                .iter()
                .map(|indicator| indicator.raised.iter().map(|raised| test(&raised.when)).collect())
                .collect(),
            rules: source.rules.iter().map(|rule| test(&rule.when)).collect(),
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

/// Notes that a rule which looks at indicators or levels can lead to `step`.
fn lead(test: &Test, step: Step, named: &mut [Step], leads_to: &mut [Step; 5]) {
    match test {
        Test::Level { level, .. } => {
            for higher in Level::ALL.into_iter().filter(|higher| higher >= level) {
                if let Some(leads) = leads_to.get_mut(higher as usize) {
                    *leads = step.max(*leads);
                }
            }
        }
        Test::Indicators { members, .. } => {
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
