//! What an evaluation gives: three results, urgent actions, prompts, findings and reasons, in a canonical form whose
//! bytes are the same in the browser, on the server and on the command line.
//!
//! An outcome is made by evaluating and by nothing else: it has no way in from JSON.

use serde::Serialize;

use jiff::civil::Date;

use super::{Level, Step, Suggestion};

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
    /// The one line that a person remembers.
    pub headline: Headline,
    /// Codes of urgent actions from certain answers, the most urgent first.
    pub urgent: Vec<String>,
    /// Codes of urgent actions from unsure answers, from answers that age set aside, and from a serious worry that is
    /// written elsewhere; less those already urgent.
    pub urgent_to_check: Vec<String>,
    /// Prompts; they never change a suggestion.
    pub prompts: Vec<Prompt>,
    /// Every yes and unsure that is not set aside, strengths too, in list order.
    pub findings: Vec<Finding>,
    /// What was answered yes or unsure but is outside its age. Its urgent action is still to be checked.
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

/// What an outcome comes to, and its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// What may be said.
    pub kind: HeadlineKind,
    /// The code that it is about: that of a result, or R4 for a worry.
    pub code: &'static str,
}

/// What may be said of an outcome. The first in this order that fits; only [`Everyday`](HeadlineKind::Everyday) may
/// reassure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadlineKind {
    /// Certain is R4 or R5: act, with number and deadline.
    Act,
    /// Possible is R4 or R5: it may be serious, and proof is not needed.
    CheckFirst,
    /// A serious worry is written somewhere in the record.
    WorryRecorded,
    /// Certain is R1 to R3: at least this.
    AtLeast,
    /// Certain is R0 and possible is R1 to R3: it may be this.
    MayBe,
    /// Blanks could still lead to R2 or higher: not enough is known to suggest anything.
    NotEnoughKnown,
    /// Nothing left blank could lead to more than a single service.
    Everyday,
}

impl HeadlineKind {
    /// All kinds, in order.
    pub const ALL: [HeadlineKind; 7] = [
        HeadlineKind::Act,
        HeadlineKind::CheckFirst,
        HeadlineKind::WorryRecorded,
        HeadlineKind::AtLeast,
        HeadlineKind::MayBe,
        HeadlineKind::NotEnoughKnown,
        HeadlineKind::Everyday,
    ];

    /// The code, as in the canonical form.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            HeadlineKind::Act => "act",
            HeadlineKind::CheckFirst => "check_first",
            HeadlineKind::WorryRecorded => "worry_recorded",
            HeadlineKind::AtLeast => "at_least",
            HeadlineKind::MayBe => "may_be",
            HeadlineKind::NotEnoughKnown => "not_enough_known",
            HeadlineKind::Everyday => "everyday",
        }
    }
}

impl Headline {
    /// The headline of three results, for a record in which a serious worry is written, or is not.
    #[must_use]
    pub fn of(results: &Suggestions, worry: bool) -> Headline {
        let Suggestions { certain, possible, not_ruled_out } = *results;
        let (kind, code) = if certain.step() >= Step::R4 {
            (HeadlineKind::Act, certain.code())
        } else if possible.step() >= Step::R4 {
            (HeadlineKind::CheckFirst, possible.code())
        } else if worry {
            (HeadlineKind::WorryRecorded, Step::R4.code())
        } else if certain.step() >= Step::R1 {
            (HeadlineKind::AtLeast, certain.code())
        } else if possible.step() >= Step::R1 {
            (HeadlineKind::MayBe, possible.code())
        } else if not_ruled_out.step() >= Step::R2 {
            (HeadlineKind::NotEnoughKnown, Step::R0.code())
        } else {
            (HeadlineKind::Everyday, Step::R0.code())
        };
        Headline { kind, code }
    }
}

/// A prompt to think or talk; it never changes a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prompt {
    /// A serious worry is written in the record, and what is certain is below R4.
    SeriousWorryRecorded,
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
    /// Those that a rule can give, in the order in which they are shown; the first and the last prompt follow
    /// from the record and the results.
    pub const OF_RULES: [Prompt; 3] =
        [Prompt::ConsultSafeguardingLead, Prompt::DoesRefusalChangeRisk, Prompt::DisabledChildS17Offer];

    /// The code, as in the canonical form.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Prompt::SeriousWorryRecorded => "serious-worry-recorded",
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
    /// The name of the headline's words: its kind, but never one that reassures beside an action to check.
    #[must_use]
    pub fn headline_words(&self) -> &'static str {
        match self.headline.kind {
            HeadlineKind::Everyday if !self.urgent_to_check.is_empty() => "everyday_check",
            kind => kind.code(),
        }
    }

    /// Whether answers that are not sure or blank could lead further than what is certain.
    #[must_use]
    pub fn may_be_more(&self) -> bool {
        let Suggestions { certain, not_ruled_out, .. } = self.suggestion;
        not_ruled_out.step() > certain.step()
    }

    /// The canonical form: the same outcome gives the same bytes everywhere.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn iso<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
