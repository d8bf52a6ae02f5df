//! The people who sign in here, and shutting one out.

use serde::{Deserialize, Serialize};

/// Somebody who has signed in here at least once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffShown {
    /// A random UUID.
    pub id: String,
    /// Who vouches for them.
    pub issuer: String,
    /// What it calls them.
    pub subject: String,
    /// Their name, as it was when they signed in last.
    pub name: String,
    /// For whom they acted then.
    pub organisation: String,
    /// Since when they have been shut out; absent of everybody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shut_out_at: Option<String>,
}

/// The reply of `GET /staff`, in the order of the ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffList {
    /// At most as many as were asked for.
    pub staff: Vec<StaffShown>,
    /// Give this as `after` for the next page; absent on the last one.
    pub next: Option<String>,
}

/// The body of `POST /staff/{id}/shut-out`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewShutOut {
    /// Why. It is kept.
    pub reason: String,
}

/// The reply of `POST /staff/{id}/shut-out`: what they leave behind in the plans that you may know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShutOutDone {
    /// How many open actions they owe. Each needs another owner; until then it is in the list of the lead professional. Absent
    /// where that is not known: a plan could not be read, or nobody knows who they are in episodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_actions: Option<u32>,
    /// In how many open episodes. Absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episodes: Option<u32>,
}
