//! The records of brothers and sisters, one row each. A record that begins from another one is linked with it (see
//! `sibling`); nobody is asked for them.

use assessment_form::{Kind, group};

use super::{Caf, Question, Scope};

group! {
    /// The record of a brother or sister. That it exists is not for everybody who may see this one.
    pub struct LinkedRecord of Caf as "linked_records" {
        /// Whose it is.
        #[validate(length(max = 140))]
        name: String => Question::text(&[]),
        /// How they are related to this child.
        relationship: String => Question::choice(&[], "relationship"),
        /// The reference of what was sent, where it was.
        #[validate(length(max = 20))]
        reference: String => Question::of(&[], Kind::Reference),
        /// The id of the record on the device where both began. Nobody is asked for it.
        #[validate(length(max = 60))]
        record: String => Question::text(&[]).asked_when(never),
    }
}

/// The name of the group, which is also the first part of its paths.
pub const LINKED_RECORDS: &str = "linked_records";

fn never(_: &Scope<'_>) -> bool {
    false
}
