//! Where a person lives, how to ring them, and their GP. Two of each are the same when they read the same, however they
//! were typed.

use assessment_engine::validation::identifiers::{phone, postcode};
use assessment_form::is_blank;
use assessment_form::typed::{compared, squeezed};
use serde::{Deserialize, Serialize};

use crate::protection::Protected;

/// An address as it was written, and how closely it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// House, street and town.
    pub lines: Vec<String>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// How closely it is kept, and why.
    pub protection: Protected,
}

impl Address {
    /// The postcode in the one way in which it is written.
    #[must_use]
    pub fn read_postcode(&self) -> Option<String> {
        postcode(&self.postcode)
    }

    /// The first line that says something, as it is compared.
    #[must_use]
    pub fn first_line(&self) -> Option<String> {
        self.lines.iter().find(|line| !is_blank(line)).map(|line| squeezed(line))
    }

    /// Whether both are one place: the same lines and postcode, however they were typed.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        let key = |address: &Self| {
            let lines: String = address.lines.iter().map(|line| squeezed(line)).collect();
            (lines, address.read_postcode().unwrap_or_else(|| squeezed(&address.postcode)))
        };
        key(self) == key(other)
    }
}

/// Whether it is safe to ring a number. What was said counts more than nothing, and danger counts most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SafeToRing {
    /// Nobody has said.
    #[default]
    NotSaid,
    /// It is safe.
    Safe,
    /// It is not safe.
    NotSafe,
}

/// A telephone number as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The number, with whose it is and when to ring.
    pub written: String,
    /// Whether it is safe to ring.
    #[serde(default)]
    pub safe: SafeToRing,
}

impl Phone {
    /// A number of which nobody has said whether it is safe.
    #[must_use]
    pub fn new(written: &str) -> Self {
        Self { written: written.to_owned(), safe: SafeToRing::NotSaid }
    }

    /// The number as it is compared: `+44` and a first 0 are the same. `None` where nothing is written.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let number = phone(&self.written).unwrap_or_else(|| squeezed(&self.written));
        let national = number.strip_prefix("+44").map(|rest| format!("0{}", rest.trim_start_matches('0')));
        let number = national.unwrap_or(number);
        (!number.is_empty()).then_some(number)
    }
}

/// Telephone numbers, of which at most one is the main one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Phones {
    /// The number to ring first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<Phone>,
    /// The others, in the order in which they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Phone>,
}

impl Phones {
    /// All, the main one first.
    pub fn all(&self) -> impl Iterator<Item = &Phone> {
        self.main.iter().chain(&self.others)
    }
}

/// A GP as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gp {
    /// Name of the doctor or the practice.
    pub written: String,
}

impl Gp {
    /// Whether both are the same, however they were typed.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        compared(&self.written) == compared(&other.written)
    }
}
