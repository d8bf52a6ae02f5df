//! Everybody's own page: what somebody who signs in has written about themselves, so that nothing is typed again.

use serde::{Deserialize, Serialize};

/// What somebody writes about themselves: the body of `PUT /me`. Each may be left out or blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnPage {
    /// The name that goes on an assessment, at most 140 characters.
    pub name: String,
    /// Their role: a code of the list `roles`.
    pub role: String,
    /// Their job title in their own words, at most 100 characters.
    pub job_title: String,
    /// How to ring them at work, as people write it, at most 80 characters.
    pub phone: String,
    /// When they were last trained, such as `2026-11-23`, `2026-11` or `2026`.
    pub trained_on: String,
    /// To which level, in the words of those who trained them; at most 100 characters.
    pub training_level: String,
    /// The language in which they read best: a code of the list `languages`.
    pub language: String,
}

/// The reply of `GET` and `PUT /me`. `ETag` is the revision that a change must name; without one there is no page yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Their name, as sign-in tells it.
    pub signed_in_name: String,
    /// The organisation for which they act, as sign-in tells it. It cannot be changed here.
    pub organisation: String,
    /// Their roles here, by code, as sign-in tells them. They cannot be changed here.
    pub roles: Vec<String>,
    /// What they wrote.
    pub page: OwnPage,
    /// When that was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<String>,
}
