//! Evaluating answers that may be incomplete. Nothing is stored; a finished assessment is sent in [`crate::assessment`].

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The body of `POST /api/v1/evaluations`. A member that is not listed here is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEvaluation {
    /// The version of the form, for example `caf-2026.3`.
    pub form_version: String,
    /// The answers so far, by section.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Box<RawValue>,
    /// The day of the evaluation, as `2026-11-23`; today in England if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}
