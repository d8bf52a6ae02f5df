//! Threshold rules: what answers suggest, always with reasons. It suggests; people decide.
//!
//! ```text
//! pack (JSON) ──source──► check, floor, laws ──► RulePack            what a pack must be, in four files
//! record ──concern──► three sets of indicators with their levels     certain | possible | not ruled out
//!        ──evaluate (holds)──► Outcome: suggestion, urgent actions, prompts, findings, reasons
//!        ──explain──► every rule: fired, not fired or undetermined, and why
//!        ──what_if──► the smallest changes of answers that would raise or lower the suggestion
//!        ──deciding─► the indicators whose "yes" alone leads far enough, at the child's age
//! pack, local time ──answering──► LineUp: whom to ring now, open, closed or not known
//! pack, since when ──due──► Deadline: by when an urgent action is due, and whether that has passed
//! pack   ──proof──► a search for gaps, dead rules and breaches of the laws, each with a witness
//! ```
//!
//! It knows no particular form: it reads answers through [`Record`], and a [`Vocabulary`] says which elements and
//! questions a pack may name.
//!
//! A rule pack is data that an authority can replace. To add a rule or an indicator, edit the pack's file: loading
//! refuses what it does not understand and names the place. There is no expression language and no score.
//!
//! Invariants: no I/O, no clock, no randomness, no panics. Unknown is never "no": a blank answer never lowers what
//! cannot be ruled out.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod answering;
mod bank_holidays;
mod causes;
mod check;
mod concern;
mod condition;
mod contacts;
mod day;
mod deciding;
mod due;
mod evaluate;
mod explain;
mod floor;
mod holds;
mod laws;
mod level;
mod names;
mod opening_hours;
mod outcome;
mod pack;
mod proof;
mod record;
mod referral_clock;
mod source;
mod urgent;
mod vocabulary;
mod what_if;

pub use answering::{Answering, Doubt, LineUp, LocalTime, Openness, TimeDoubt};
pub use bank_holidays::{BankHolidays, IsBankHoliday, MoreBankHolidays};
pub use causes::causes;
pub use condition::Condition;
pub use deciding::{Deciding, deciding};
pub use due::{By, Deadline, Due, DueRule, Moment, is_clock_wrong};
pub use evaluate::evaluate;
pub use explain::{Explained, Explanation, RuleExplanation, Standing, explain};
pub use level::{Level, Step, Suggestion};
pub use opening_hours::{OnBankHolidays, OpeningHours, Period, TimeOfDay, WeeklyHours};
pub use outcome::{Finding, Headline, HeadlineKind, Outcome, Prompt, Reason, SetAside, Suggestions};
pub use pack::{PackProblem, RulePack};
pub use proof::{Breach, Matter, Proof, Tried, Witness, prove};
pub use record::{Age, Marks, Record};
pub use referral_clock::{ReferralClock, ReferralHelp, ReferralLimits};
pub use source::{Ages, Contact, Dated, Effect, Indicator, Raised, Reference, Rule, UrgentAction};
pub use vocabulary::{Element, Question, Vocabulary};
pub use what_if::{Change, Way, WhatIf, what_if};
