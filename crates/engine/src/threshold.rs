//! Threshold rules: what the answers suggest, always with reasons. It suggests; people decide.
//!
//! ```text
//! pack (JSON) ──source──► check, floor, laws ──► RulePack            what may be asked of a pack, in four files
//! answers ──concern──► three sets of signs with their levels         certain | possible | not ruled out
//!         ──evaluate (holds)──► Outcome: suggestion, urgent actions, prompts, findings, reasons
//!         ──explain──► every rule: fired, not fired or undetermined, and why
//!         ──what_if──► the smallest changes of answers that would raise or lower the suggestion
//! pack    ──proof──► a search for gaps, dead rules and breaches of the laws, each with a witness
//! ```
//!
//! A rule pack is data that an authority can replace. To add a rule or a sign, edit the pack's file: loading refuses
//! what it does not understand and names the place. There is no expression language and no score.

mod check;
mod concern;
mod condition;
mod evaluate;
mod explain;
mod floor;
mod holds;
mod laws;
mod level;
mod names;
mod outcome;
mod pack;
mod proof;
mod source;
mod what_if;

pub use condition::Condition;
pub use evaluate::evaluate;
pub use explain::{Explained, Explanation, RuleExplanation, Standing, explain};
pub use level::{Level, Step, Suggestion};
pub use outcome::{Finding, Outcome, Prompt, Reason, SetAside, Suggestions};
pub use pack::{PackProblem, RulePack};
pub use proof::{Breach, Matter, Proof, Tried, Witness, prove};
pub use source::{Ages, Contact, Dated, Effect, Indicator, Raised, Reference, Rule, UrgentAction};
pub use what_if::{Change, Way, WhatIf, what_if};
