//! Levels of need and the suggestions that follow. Codes only: what they are called on screen is wording, and a bare
//! number is never shown, since authorities number them differently.

use std::fmt;

use serde::Serialize;
use strict_json::Fields;

/// The canonical continuum of need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Level {
    /// Universal: needs met by family and everyday services.
    L1,
    /// Additional: one service can help.
    L2,
    /// Targeted: services work together.
    L3,
    /// Specialist: may be a child in need (section 17).
    L4a,
    /// Specialist: protection (section 47).
    L4b,
}

impl Level {
    /// Reads a level, `L1` to `L4b`.
    pub(crate) fn read<'a>(of: &Fields<'a>, name: &'a str, needed: bool) -> Option<Level> {
        let at = of.choice(name, &Level::ALL.map(Level::code), needed)?;
        Level::ALL.get(at).copied()
    }

    /// All levels, lowest first.
    pub const ALL: [Level; 5] = [Level::L1, Level::L2, Level::L3, Level::L4a, Level::L4b];

    /// The code: `L1` to `L4b`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Level::L1 => "L1",
            Level::L2 => "L2",
            Level::L3 => "L3",
            Level::L4a => "L4a",
            Level::L4b => "L4b",
        }
    }
}

/// How much is suggested, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Carry on with everyday services.
    R0,
    /// One agency can help.
    R1,
    /// Offer a CAF and a team around the child.
    R2,
    /// Talk it through now: possible child in need.
    R3,
    /// Phone the front door today.
    R4,
    /// Ring 999 now.
    R5,
}

impl Step {
    /// All steps, lowest first.
    pub const ALL: [Step; 6] = [Step::R0, Step::R1, Step::R2, Step::R3, Step::R4, Step::R5];

    /// The code: `R0` to `R5`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Step::R0 => "R0",
            Step::R1 => "R1",
            Step::R2 => "R2",
            Step::R3 => "R3",
            Step::R4 => "R4",
            Step::R5 => "R5",
        }
    }
}

/// A suggestion: a step, or the allocated social worker instead of R1 to R3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    step: Step,
    allocated_worker: bool,
}

impl Suggestion {
    /// The suggestion of `step`, for a child who has or has not a social worker (RU-10).
    #[must_use]
    pub fn new(step: Step, has_social_worker: bool) -> Suggestion {
        let replaced = matches!(step, Step::R1 | Step::R2 | Step::R3);
        Suggestion { step, allocated_worker: has_social_worker && replaced }
    }

    /// The step, also where the social worker replaces it.
    #[must_use]
    pub fn step(self) -> Step {
        self.step
    }

    /// `R0` to `R5`, or `IA-23`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Suggestion { allocated_worker: true, .. } => "IA-23",
            Suggestion { step: Step::R0, .. } => "R0",
            Suggestion { step: Step::R1, .. } => "R1",
            Suggestion { step: Step::R2, .. } => "R2",
            Suggestion { step: Step::R3, .. } => "R3",
            Suggestion { step: Step::R4, .. } => "R4",
            Suggestion { step: Step::R5, .. } => "R5",
        }
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Suggestion {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
