//! What people are called in answers.

use assessment_people::person::{Name, NameKind, Person};

/// The name that is shown, unless it is an earlier one: that is looked for, and told to nobody.
pub(crate) fn shown_name(person: &Person) -> Option<&Name> {
    person.shown_name().filter(|name| name.kind != NameKind::Former)
}

/// A name in one line.
pub(crate) fn written(name: &Name) -> String {
    let parts = [name.given.trim(), name.family.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A name as it is compared with another that was written: without what is said by spaces and capitals.
pub(crate) fn squeezed(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
