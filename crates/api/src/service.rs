//! What the server says about itself; nothing about any person.

use serde::{Deserialize, Serialize};

/// The reply of `GET /api/v1/health` when the server can work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always `ok`; a server that cannot work answers 503 with problem details.
    pub status: String,
    /// The version of the form that this server accepts.
    pub form_version: String,
    /// The version of the rule pack with which it evaluates.
    pub pack_version: String,
    /// The last day for which bank holidays are known, such as `2028-12-31`.
    pub bank_holidays_known_until: String,
    /// Whether some clock that begins today would reach past that day. Somebody should then add the days that are missing.
    pub bank_holidays_end_soon: bool,
}
