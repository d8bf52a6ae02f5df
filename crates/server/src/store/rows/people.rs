//! Rows of people: a document, and what it is found by.

use assessment_people::{matching::Key, merge, person};
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    clock::from_microseconds,
    store::{StoreError, people::StoredPerson},
};

/// Document, revision, moment.
pub(in crate::store) type Person = (String, i64, i64);

pub(in crate::store) fn person((document, revision, changed_us): Person) -> Result<StoredPerson, StoreError> {
    let person = read::<person::Person>(&document)?;
    let changed_at = from_microseconds(changed_us);
    Ok(StoredPerson { person, revision: revision.unsigned_abs(), changed_at })
}

/// A join, and when and by whom it was taken back.
pub(in crate::store) type Merge = (String, Option<String>);

pub(in crate::store) fn merge((document, undone): Merge) -> Result<merge::Merge, StoreError> {
    let mut merge = read::<merge::Merge>(&document)?;
    if let Some(undone) = undone {
        merge.undone = read::<Option<(Date, String)>>(&undone)?;
    }
    Ok(merge)
}

/// A stored document. The error does not quote it.
pub(in crate::store) fn read<T: DeserializeOwned>(document: &str) -> Result<T, StoreError> {
    serde_json::from_str(document)
        .map_err(|_| StoreError::Unavailable("a stored document of a person cannot be read".to_owned()))
}

/// A document to store.
pub(in crate::store) fn written<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|_| StoreError::Unavailable("a document of a person cannot be written".to_owned()))
}

/// How closely the whole record is kept, as it is stored.
pub(in crate::store) fn protection(person: &person::Person) -> &'static str {
    super::families::level(person.protection.level)
}

/// The keys of all groups, with the number of the group of each.
pub(in crate::store) fn grouped(groups: &[Vec<Key>]) -> (Vec<i64>, Vec<String>) {
    let numbered = groups.iter().zip(0_i64..);
    numbered.flat_map(|(keys, number)| keys.iter().map(move |key| (number, key.as_str().to_owned()))).unzip()
}

/// How many groups there are. Never 0, so that no groups find nobody.
pub(in crate::store) fn count(groups: &[Vec<Key>]) -> i64 {
    i64::try_from(groups.len()).unwrap_or(i64::MAX).max(1)
}

pub(in crate::store) fn changed_meanwhile() -> StoreError {
    StoreError::Conflict("the person has another revision".to_owned())
}
