//! The log of what was handed over: for whom a document was made, when, and why where something spoke against it. It
//! holds no answers.

use serde::Serialize;
use serde_json::Value;

/// One document that was printed, or that was made although it was blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// The audience, as the engine writes it.
    pub audience: String,
    /// Who that was at the time, in words.
    pub name: String,
    /// When, in words.
    pub at: String,
    /// The reason that was given where it was blocked; empty where it was not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Reads a stored log. What another version wrote in another form counts as blank, and takes nothing else with it.
pub(super) fn disclosures(stored: &Value) -> Vec<Disclosure> {
    let read = |entry: &Value| {
        let text = |name| entry.get(name).and_then(Value::as_str).map(str::to_owned).unwrap_or_default();
        let read = Disclosure {
            audience: text("audience"),
            name: text("name"),
            at: text("at"),
            reason: text("reason"),
        };
        entry.is_object().then_some(read)
    };
    stored.as_array().into_iter().flatten().filter_map(read).collect()
}
