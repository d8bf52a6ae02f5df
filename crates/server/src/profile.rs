//! The authority profile as the server sees it: a file to hand on, with an id, a name and a version.
//!
//! What it says (terms, contacts, clocks) is for the engine and the browser; nothing here interprets it.

use std::fmt;

use serde::Deserialize;

use crate::strict_json;

/// A profile that can be served.
#[derive(Debug, Clone)]
pub struct Profile {
    json: String,
}

/// Why a text is no profile; says what to do.
#[derive(Debug)]
pub struct NotAProfile(&'static str);

#[derive(Deserialize)]
struct Head {
    id: String,
    name: String,
    version: String,
}

impl Profile {
    /// Checks that the text is one JSON object with a non-empty `id`, `name` and `version`.
    pub fn parse(json: &str) -> Result<Self, NotAProfile> {
        strict_json::check(json.as_bytes())
            .map_err(|_| NotAProfile("it is not valid JSON (or names a member twice)"))?;
        let head: Head = serde_json::from_str(json)
            .map_err(|_| NotAProfile("it must be a JSON object with the texts `id`, `name` and `version`"))?;
        if [&head.id, &head.name, &head.version].iter().any(|text| text.trim().is_empty()) {
            return Err(NotAProfile("`id`, `name` and `version` must not be empty"));
        }
        Ok(Self { json: json.to_owned() })
    }

    /// The profile that comes with the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self { json: r#"{"id":"example","name":"Example","version":"0"}"#.to_owned() }
    }

    /// The text, as it was given.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Display for NotAProfile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}
