//! Threshold rules: what the answers suggest, always with reasons. It suggests; people decide.
//!
//! ```text
//! pack (JSON) ──load──► RulePack (checked)      pack.rs, source.rs
//! answers ──► three sets of concerns ──► level of each ──► suggestion, urgent actions, prompts, findings
//!             certain | possible | not ruled out           level.rs, evaluate.rs, outcome.rs
//! ```
//!
//! A rule pack is data that an authority can replace. To add a rule or a sign, edit the pack's file: loading refuses
//! what it does not understand and names the place. There is no expression language and no score.

mod check;
mod concern;
mod evaluate;
mod level;
mod outcome;
mod pack;
mod source;

pub use evaluate::evaluate;
pub use level::{Level, Step, Suggestion};
pub use outcome::{Finding, Outcome, Prompt, Reason, SetAside, Suggestions};
pub use pack::{PackProblem, RulePack};
pub use source::{Indicator, Rule, UrgentAction};
