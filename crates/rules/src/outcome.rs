//! What an evaluation gives: three results, urgent actions, prompts, findings and reasons, in a canonical form whose
//! bytes are the same in the browser, on the server and on the command line.
//!
//! An outcome is made by evaluating and by nothing else: it has no way in from JSON.

use serde::Serialize;

use jiff::civil::Date;

use super::{Level, Suggestion};

/// The result of one evaluation. The order of the fields is the order of the canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The rule pack's id and version.
    pub pack_version: String,
    /// The day of the evaluation.
    #[serde(serialize_with = "iso")]
    pub as_of: Date,
    /// The three results.
    pub suggestion: Suggestions,
    /// Codes of urgent actions from certain answers, the most urgent first.
    pub urgent: Vec<String>,
    /// Codes of urgent actions from unsure answers, less those already urgent.
    pub urgent_to_check: Vec<String>,
    /// Prompts; they never change a suggestion.
    pub prompts: Vec<Prompt>,
    /// Every yes and unsure that is not set aside, strengths too, in list order.
    pub findings: Vec<Finding>,
    /// What was answered yes or unsure but is outside its age.
    pub set_aside: Vec<SetAside>,
    /// Paths of the questions that would settle the matter, the most useful first.
    pub settles: Vec<String>,
    /// Each rule that led to a result, with the answers behind it.
    pub reasons: Vec<Reason>,
}

/// From certain answers, from possible ones, and what cannot be ruled out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Suggestions {
    /// From answers that are yes.
    pub certain: Suggestion,
    /// From yes and unsure.
    pub possible: Suggestion,
    /// From yes, unsure and blank.
    pub not_ruled_out: Suggestion,
}

impl Suggestions {
    /// The three, from certain to not ruled out.
    #[must_use]
    pub fn all(&self) -> [Suggestion; 3] {
        [self.certain, self.possible, self.not_ruled_out]
    }
}

/// A prompt to think or talk; it never changes a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prompt {
    /// Talk to the safeguarding lead.
    ConsultSafeguardingLead,
    /// Does refusing agreement change the risk?
    DoesRefusalChangeRisk,
    /// Offer a section 17 assessment for a disabled child.
    DisabledChildS17Offer,
    /// Unsure answers would lead further than certain ones.
    PossibleIsHigher,
}

impl Prompt {
    /// Those that a rule can give, in the order in which they are shown; the last prompt follows from the results.
    pub const OF_RULES: [Prompt; 3] =
        [Prompt::ConsultSafeguardingLead, Prompt::DoesRefusalChangeRisk, Prompt::DisabledChildS17Offer];

    /// The code, as in the canonical form.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Prompt::ConsultSafeguardingLead => "consult-safeguarding-lead",
            Prompt::DoesRefusalChangeRisk => "does-refusal-change-risk",
            Prompt::DisabledChildS17Offer => "disabled-child-s17-offer",
            Prompt::PossibleIsHigher => "possible-is-higher",
        }
    }
}

/// An indicator or a strength that was answered yes or unsure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The indicator.
    pub indicator: String,
    /// Its element.
    pub element: String,
    /// `yes` or `unsure`.
    pub answer: &'static str,
    /// The level in the list.
    pub base: Level,
    /// The level that counts.
    pub level: Level,
    /// What raised it: `below_months:12`, `unborn`, `disability:LD` or another indicator; `alone` where nothing else
    /// is there and it counts lower.
    pub raised_by: Vec<String>,
}

/// An indicator that was answered yes or unsure but is outside its age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// The indicator.
    pub indicator: String,
    /// `too-young`, `too-old`, `unborn`, `born`, or `not-in-force` where the pack has ended the indicator.
    pub because: &'static str,
}

/// A rule that led to one of the three results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Which result: `certain`, `possible` or `not_ruled_out`.
    pub result: &'static str,
    /// The rule.
    pub rule: String,
    /// What it gave.
    pub suggestion: &'static str,
    /// Paths of the answers, or of the open questions, behind it.
    pub because: Vec<String>,
}

impl Outcome {
    /// The canonical form: the same outcome gives the same bytes everywhere.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn iso<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
