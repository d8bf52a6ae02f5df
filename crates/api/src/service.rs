//! What the server says about itself. Nothing here concerns a person.

use serde::{Deserialize, Serialize};

/// The reply of `GET /api/v1/health` when the server can work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always `ok`; a server that cannot work answers 503 with problem details.
    pub status: String,
    /// The form version that this server accepts.
    pub form_version: String,
    /// The version of the threshold rules that it evaluates with.
    pub pack_version: String,
}
