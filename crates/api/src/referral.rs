//! Asking social care for help from an episode: what is said, and what was sent. What the answers may hold is
//! `assessment-team`'s business; here they are JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::episode::Deed;

/// The body of `POST /episodes/{id}/referral`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReferral {
    /// A random UUID of your own. A repeat with the same answers and document asks nobody twice, also once the episode has
    /// changed.
    pub id: String,
    /// The version of the form as `form_version`, such as `referral-2026.1`, and beside it every answer.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Value,
    /// The contact form, exactly as it was shown before it was sent. It is kept as it is and never made again.
    pub document: SentDocument,
    /// Whether somebody decided that social care gets an address that must not reach other people. Without it a document that
    /// gives one away is refused.
    #[serde(default)]
    pub shares_address: bool,
}

/// A contact form in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentDocument {
    /// Its parts, in order.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    pub parts: Vec<SentPart>,
}

/// Part of a contact form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentPart {
    /// What it is about.
    pub heading: String,
    /// Its lines.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    pub lines: Vec<SentLine>,
}

/// One line of a contact form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentLine {
    /// What was asked.
    pub label: String,
    /// The answer, in words.
    pub value: String,
}

/// The reply of `GET /episodes/{id}/referral`: what was sent to social care from this episode, the newest first. A referral
/// that came with an assessment has no document of its own, and is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralList {
    /// Each of them.
    pub referrals: Vec<SentReferral>,
}

/// What was sent to social care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentReferral {
    /// The front door.
    pub to: String,
    /// Who sent it, and when.
    pub sent: Deed,
    /// The contact form; absent unless you see every section, or sent it yourself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<SentDocument>,
}
