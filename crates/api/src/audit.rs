//! The audit trail of everybody, for coordinators and auditors.

use serde::{Deserialize, Serialize};

/// The reply of `GET /audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditTrail {
    /// Newest first, or oldest first where `after` was given.
    pub entries: Vec<AuditEntry>,
    /// Give this as `before`, or as `after` where that was given, for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its position in the trail, from 1. A number is missing only where the period of the access log was over.
    pub sequence: u64,
    /// When it happened.
    pub at: String,
    /// Who did it.
    pub by: AuditActor,
    /// What, by code, such as `read-version`.
    pub action: String,
    /// The record that it is about; absent where it is about none, or where the caller may not know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<AuditRecord>,
    /// Whether record and reason are left out because the caller may not know of that record.
    pub withheld: bool,
    /// Why, in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Who did something, as of then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditActor {
    /// Their id in the records.
    pub id: String,
    /// Their name then, where they had signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For whom they acted then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// `assessment`, `draft`, `episode` or `person`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The episode that an assessment is a version of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<String>,
}

/// The reply of `GET /audit/looks`, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LooksToAskAbout {
    /// What somebody should ask about. A pattern proves nothing.
    pub looks: Vec<LookToAskAbout>,
    /// Whether there were more looks than are read at once: choose a shorter time.
    pub more: bool,
}

/// Looks of one person, at records outside their own work, that fit a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookToAskAbout {
    /// `same-surname`: who looked has the child's family name. `many-records`: many different records in an hour.
    /// `exported`: a copy of the register was taken away; the access log of each record in it says so.
    pub pattern: String,
    /// Who looked.
    pub by: AuditActor,
    /// When the first look was.
    pub first: String,
    /// When the last one was.
    pub last: String,
    /// How many looks, or how many records in the copy.
    pub count: u64,
    /// The episodes that you may know of, by id.
    pub episodes: Vec<String>,
}
