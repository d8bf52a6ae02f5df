//! The register: the episodes of an authority by when they began, for coordinators.

use serde::{Deserialize, Serialize};

use crate::episode::EpisodeShown;

/// The reply of `GET /register`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Register {
    /// At most as many as were asked for.
    pub episodes: Vec<RegisterEntry>,
    /// Give this as `after` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The areas that the authority's profile names.
    pub areas: RegisterAreas,
}

/// One episode of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterEntry {
    /// The episode's id.
    pub id: String,
    /// When it began.
    pub opened_at: String,
    /// The code of the cluster that it is in; absent where that is not known, or must not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// What lists show.
    pub shown: EpisodeShown,
}

/// The areas of an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterAreas {
    /// Parts of the authority that hold several clusters.
    pub wedges: Vec<RegisterWedge>,
    /// Local partnerships of schools and services.
    pub clusters: Vec<RegisterCluster>,
}

/// A part of an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterWedge {
    /// Its code, for `wedge` in the address.
    pub code: String,
    /// Its name.
    pub label: String,
}

/// A cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterCluster {
    /// Its code, for `cluster` in the address.
    pub code: String,
    /// Its name.
    pub label: String,
    /// The code of the wedge that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wedge: Option<String>,
}
