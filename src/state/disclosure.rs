//! The log of what was handed over: for whom a document was made, when, and why where something spoke against it. It
//! holds no answers.

use serde::{Deserialize, Serialize};

/// One document that was printed, or that was made although it was blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The audience, as the engine writes it.
    pub audience: String,
    /// Who that was at the time, in words.
    pub name: String,
    /// When, in words.
    pub at: String,
    /// The reason that was given where it was blocked; empty where it was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
