//! Numbers and references that other people's systems know a person by. Only what passes its check is one: a number that
//! cannot be right must never join two children.

use assessment_engine::validation::identifiers;
use serde::{Deserialize, Serialize};

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum System {
    /// NHS number.
    NhsNumber,
    /// Unique pupil number.
    Upn,
    /// Unique learner number.
    Uln,
    /// Unique candidate identifier.
    Uci,
    /// A reference of this service, as people quote it in letters.
    Reference,
}

/// A number or reference in the one form in which it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Identifier {
    system: System,
    value: String,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    system: System,
    value: String,
}

impl Identifier {
    /// Reads what somebody typed. `None` for a blank, and for what does not pass the check of its system.
    #[must_use]
    pub fn parse(system: System, text: &str) -> Option<Self> {
        let value = match system {
            System::NhsNumber => identifiers::nhs_number(text),
            System::Upn => identifiers::upn(text),
            System::Uln => identifiers::uln(text),
            System::Uci => identifiers::uci(text),
            System::Reference => identifiers::reference(text).map(|text| text.to_ascii_uppercase()),
        };
        value.map(|value| Self { system, value })
    }

    /// Whose number it is.
    #[must_use]
    pub const fn system(&self) -> System {
        self.system
    }

    /// The number, without spaces.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether it is a pupil number that a school gave for the time being. The child may have another one as well.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.system == System::Upn && self.value.ends_with(|last: char| last.is_ascii_alphabetic())
    }
}

impl From<Identifier> for Stored {
    fn from(one: Identifier) -> Self {
        Self { system: one.system, value: one.value }
    }
}

impl TryFrom<Stored> for Identifier {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        Self::parse(stored.system, &stored.value).ok_or("not a number of this kind")
    }
}
