//! `/api/v1/episodes/{id}/team-records` and below: the plan, the meetings and the reviews of a team around the child.

pub(in crate::routes) mod calendar;
pub(in crate::routes) mod circulate;
pub(in crate::routes) mod complete;
pub(in crate::routes) mod kept_versions;
pub(in crate::routes) mod list;
pub(in crate::routes) mod read;
pub(in crate::routes) mod save;

use assessment_team::RecordKind;

use super::versions::number_of;
use crate::{error::ApiError, store::team_records::Which};

/// The record that an address names. What names none is nobody's.
fn which(kind: &str, number: &str) -> Result<Which, ApiError> {
    let kind = RecordKind::parse(kind).ok_or_else(ApiError::not_found)?;
    Ok(Which { kind, number: number_of(number)? })
}
