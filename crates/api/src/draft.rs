//! Saving and reading unfinished work. A draft is never refused for what is missing from it or new in it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The body of `PUT /api/v1/drafts/{id}`. Only `form_version` is required; the server keeps and returns any other member.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftContent {
    /// The version of the form that is being filled in.
    pub form_version: String,
    /// The page that was open: any JSON that the browser understands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Value, required = false))]
    pub place: Option<Box<RawValue>>,
    /// The answers so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object, required = false))]
    pub answers: Option<Box<RawValue>>,
}

/// The reply to a save or a deletion. The `ETag` header has the same revision, in quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedDraft {
    /// The draft's id.
    pub id: String,
    /// 1 for the first save, and one more for each save or deletion after it.
    pub revision: u64,
    /// When the server stored this revision.
    pub saved_at: String,
}

/// One draft: the reply of `GET /api/v1/drafts/{id}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftRecord {
    /// The draft's id.
    pub id: String,
    /// This revision.
    pub revision: u64,
    /// When the server stored this revision.
    pub saved_at: String,
    /// The version of the form that is being filled in.
    pub form_version: String,
    /// The page that was open, exactly as sent; absent if it was not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Value>))]
    pub place: Option<Box<RawValue>>,
    /// The answers so far, exactly as sent; absent if they were not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub answers: Option<Box<RawValue>>,
}

/// One line of the list of drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftSummary {
    /// The draft's id.
    pub id: String,
    /// Its newest revision.
    pub revision: u64,
    /// When the server stored it.
    pub saved_at: String,
    /// The version of the form.
    pub form_version: String,
}

/// The reply of `GET /api/v1/drafts`: last saved first, without those that were deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftList {
    /// At most 200, more than one practitioner is expected to have open.
    pub drafts: Vec<DraftSummary>,
}
