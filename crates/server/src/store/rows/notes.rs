//! Rows of notes.

use assessment_people::note::Note;

use crate::store::{StoreError, notes::StoredNote};

/// Number, document.
pub(in crate::store) type Row = (i64, String);

pub(in crate::store) fn note((number, document): Row) -> Result<StoredNote, StoreError> {
    let note = serde_json::from_str(&document).map_err(|_| unreadable())?;
    Ok(StoredNote { number: number.unsigned_abs(), note })
}

/// A note as both databases take it.
pub(in crate::store) fn document(of: &Note) -> Result<String, StoreError> {
    serde_json::to_string(of).map_err(|_| unreadable())
}

fn unreadable() -> StoreError {
    StoreError::Unavailable("a stored note cannot be read".to_owned())
}
