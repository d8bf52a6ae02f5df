//! The register for coordinators: a list, and the same as a file. Nothing that is searched for is in an address: states, areas
//! and days only.

pub(super) mod export;
pub(super) mod list;
pub(super) mod story;
pub(super) mod take_up;

use assessment_engine::areas::Areas;
use assessment_people::episode::StateName;
use serde::Deserialize;

use super::page;
use crate::{
    episodes::{Area, Filter},
    error::ApiError,
};

/// Which episodes.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those of the cluster with this code, or `not-known`.
    cluster: Option<String>,
    /// Only those of the clusters of the wedge with this code.
    wedge: Option<String>,
    /// Only those in this state, such as `shared`.
    state: Option<String>,
    /// Only those begun on this day or later, such as `2026-11-23`, or at this moment or later.
    from: Option<String>,
    /// Only those begun on this day or earlier, or before this moment.
    to: Option<String>,
    /// How many, 1 to 200; 50 if left out. A file has all.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those that come after the episode with this id; `next` of the page before. A file has no pages.
    after: Option<String>,
}

fn bad() -> ApiError {
    ApiError::bad_parameter(
        "The address has a parameter that is not understood. Use `cluster`, `wedge` (codes in the register), `state`, `from` and `to` (days such as 2026-11-23), `limit` (1 to 200) and `after` (an episode's id).",
    )
}

impl Wanted {
    fn filter(&self, areas: &Areas) -> Result<Filter, ApiError> {
        let state = self.state.as_ref().map(|code| {
            let name = serde_json::Value::String(code.clone());
            serde_json::from_value::<StateName>(name).map_err(|_| bad())
        });
        let moment = |text: &Option<String>, read: fn(&str) -> Option<jiff::Timestamp>| {
            text.as_ref().map(|text| read(text).ok_or_else(bad)).transpose()
        };
        Ok(Filter {
            state: state.transpose()?,
            from: moment(&self.from, page::first)?,
            until: moment(&self.to, page::until)?,
            area: self.area(areas)?,
        })
    }

    fn area(&self, areas: &Areas) -> Result<Option<Area>, ApiError> {
        match (self.cluster.as_deref(), self.wedge.as_deref()) {
            (None, None) => Ok(None),
            (Some(Areas::NOT_KNOWN), None) => Ok(Some(Area::NotKnown)),
            (Some(code), None) => {
                areas.cluster(code).ok_or_else(bad)?;
                Ok(Some(Area::Clusters(vec![code.to_owned()])))
            }
            (None, Some(code)) => {
                areas.wedge(code).ok_or_else(bad)?;
                let within = areas.clusters.iter().filter(|cluster| cluster.wedge.as_deref() == Some(code));
                Ok(Some(Area::Clusters(within.map(|cluster| cluster.code.clone()).collect())))
            }
            // A cluster is in one wedge, so both together say less than one.
            (Some(_), Some(_)) => Err(bad()),
        }
    }
}
