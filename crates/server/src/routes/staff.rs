//! The people who sign in here, for coordinators: who they are, and shutting one out.

use uuid::Uuid;

use crate::error::ApiError;

pub(super) mod list;
pub(super) mod shut_out;

/// An id in an address. What is none is nobody's.
fn staff_id(text: &str) -> Result<Uuid, ApiError> {
    let uuid = Uuid::try_parse(text).ok().filter(|uuid| uuid.hyphenated().to_string() == text);
    uuid.ok_or_else(ApiError::not_found)
}
