//! What is due to be erased, what keeps a record, and what is left of one that was erased. Ids and days; no name.

use serde::{Deserialize, Serialize};

/// The body of `POST /episodes/{id}/holds`. Why is in `Access-Reason`, and is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// The last day on which it counts, such as `2027-03-31`; until it is lifted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub until: Option<String>,
}

/// An order not to erase an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hold {
    /// Its id, to lift it.
    pub id: String,
    /// The episode.
    pub episode: String,
    /// The last day on which it counts; until it is lifted if absent.
    pub until: Option<String>,
    /// Why, in the words of the one who placed it.
    pub reason: String,
    /// When it was placed.
    pub placed_at: String,
}

/// The body of `POST /episodes/{id}/subject-access`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAccessRequest {
    /// The day on which the request came in, such as `2026-11-20`.
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub received_on: String,
}

/// That somebody asked for what is held about a child, and has not had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRequest {
    /// Its id, to export and to close it.
    pub id: String,
    /// The episode by which the child was named.
    pub episode: String,
    /// The child.
    pub child: String,
    /// The day on which it came in.
    pub received_on: String,
}

/// The reply of `GET /retention/kept`: what keeps records whatever their period says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptRecords {
    /// Orders that nobody has lifted, oldest first.
    pub holds: Vec<Hold>,
    /// Requests that nobody has closed, oldest first.
    pub requests: Vec<AccessRequest>,
}

/// One episode whose day has come, or whose day nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueRecord {
    /// The episode.
    pub episode: String,
    /// The organisation that holds it.
    pub holder: String,
    /// The day since which it is due; absent where nobody knows when the child was born.
    pub due_on: Option<String>,
    /// Whether a run would erase it now.
    pub erased_by_a_run: bool,
    /// Why not: `hold`, `access-request`, `open`, `merge-can-be-undone` or `birth-not-known`.
    pub kept: Option<String>,
    /// The records of people that would go with it.
    pub people: Vec<String>,
    /// Those that would stay, because another episode of the child needs them.
    pub people_needed_elsewhere: Vec<String>,
}

/// The reply of `GET /retention/due`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueRecords {
    /// In the order of their ids.
    pub records: Vec<DueRecord>,
    /// Give this as `after` for the next page; absent on the last one. A page may be empty although there is a next one.
    pub next: Option<String>,
}

/// What is left of an erased episode: the reply of `DELETE /episodes/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasedRecord {
    /// The episode.
    pub episode: String,
    /// `due`, `decided` or `reapplied`.
    pub because: String,
    /// The day.
    pub erased_on: String,
    /// The ids of its versions.
    pub versions: Vec<String>,
    /// The ids of people who went with it.
    pub people: Vec<String>,
}
