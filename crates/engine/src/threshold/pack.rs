//! A rule pack that has been checked. Evaluation takes nothing else, so a pack with a hole in it cannot run.

use std::fmt;

use crate::json;
use crate::sections;

use super::check::check;
use super::source::{Also, Indicator, Reference, Rule, Source, UrgentAction, source};
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
        for part in [&self.place, ": ", &self.message] {
            out.write_str(part)?;
        }
        Ok(())
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
    references: Vec<Reference>,
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
    pub(super) needs_in_boxes: u32,
    /// RU-9.
    pub(super) amplifiers: Vec<String>,
    pub(super) amplifier_below: u32,
    pub(super) amplifier_status: Vec<String>,
    /// RU-10.
    pub(super) open_status: Vec<String>,
    /// The action that stands for the allocated worker.
    pub(super) worker_action: String,
}

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
        let source = json::read(json, source).map_err(|wrong| {
            wrong
                .into_iter()
                .map(|misfit| PackProblem { place: misfit.place, message: misfit.message })
                .collect::<Vec<_>>()
        })?;
        check(&source)?;
        Ok(RulePack::from_checked(source))
    }

    /// The pack that is built in, without checking it again and without words for what could be wrong with it.
    pub(crate) fn ready() -> Option<RulePack> {
        json::read_packed(include_str!(concat!(env!("OUT_DIR"), "/rule_pack")), source)
            .map(RulePack::from_checked)
    }

    fn from_checked(source: Source) -> RulePack {
        let position = |id: &String| source.indicators.iter().position(|indicator| indicator.id == *id);
        let elements = sections::elements();
        let box_of = |indicator: &Indicator| {
            elements.iter().position(|element| *element == indicator.element).unwrap_or_default()
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
        RulePack {
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
        }
    }

    /// The pack's id and version, as they stand in an outcome: `leeds-example 2026.1`.
    #[must_use]
    pub fn version(&self) -> String {
        [self.id.as_str(), " ", &self.version].concat()
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
        self.references.iter().find(|reference| reference.id == id).map(|reference| reference.title.as_str())
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
