//! Rows of what was sent to social care.

use crate::store::{StoreError, referrals::SentReferral};

/// The document.
pub(in crate::store) type Row = (String,);

pub(in crate::store) fn referral((document,): Row) -> Result<SentReferral, StoreError> {
    serde_json::from_str(&document).map_err(|_| unreadable())
}

/// What was sent, as both databases take it.
pub(in crate::store) fn document(of: &SentReferral) -> Result<String, StoreError> {
    serde_json::to_string(of).map_err(|_| unreadable())
}

fn unreadable() -> StoreError {
    StoreError::Unavailable("a referral that was sent cannot be read".to_owned())
}
