//! What partners' servers were told, for those who look after it.

use serde::{Deserialize, Serialize};

/// One thing that a partner's server is told. What it is about is in the delivery and not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookShown {
    /// The `webhook-id` of each attempt: a random UUID.
    pub id: String,
    /// What happened, such as `assessment.received`.
    pub kind: String,
    /// When it happened.
    pub at: String,
    /// `pending`, `delivered` or `failed`.
    pub state: String,
    /// How often it was tried since it was stored or asked for again.
    pub attempts: u32,
    /// When it is tried next, while it is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    /// How the last attempt ended: the status of the answer, or `no-answer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// The reply of `GET /partners/{id}/webhooks`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookList {
    /// At most as many as were asked for.
    pub webhooks: Vec<WebhookShown>,
    /// Give this as `before` for the next page; absent on the last one.
    pub next: Option<u64>,
}
