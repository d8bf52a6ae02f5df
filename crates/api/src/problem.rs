//! What every refusal looks like: RFC 9457 problem details, served as `application/problem+json`.
//!
//! They hold question paths and codes, never anything that was typed. The words for people are made from the codes.

use serde::{Deserialize, Serialize};

/// The media type of [`ProblemDetails`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The [`ProblemDetails::kind`] of every refusal.
pub const KIND: &str = "about:blank";

/// A refusal (4xx) or a failure (5xx).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemDetails {
    /// Always `about:blank`: the title is that of the status, and `code` says what happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name of the status.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// One or two plain sentences: what happened and what to do.
    pub detail: String,
    /// What happened, for programs: stable kebab-case.
    pub code: String,
    /// What needs a change, in form order; empty when nothing in particular does.
    #[serde(default)]
    pub problems: Vec<ProblemItem>,
    /// Where answers were refused: the day as of which the server checked them, such as `2026-11-23`. A device whose clock is
    /// wrong has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_on: Option<String>,
    /// For failures of the server: `urn:uuid:` and the id under which its log tells more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// One question or member, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemItem {
    /// A question path such as `child.family_name`, or a member of the request such as `form_version`.
    pub path: String,
    /// What is wrong, for programs: stable kebab-case.
    pub code: String,
}

impl ProblemItem {
    /// A problem at that path.
    pub fn new(path: impl Into<String>, code: impl Into<String>) -> Self {
        Self { path: path.into(), code: code.into() }
    }
}
