//! What the text of members looks like that came with families: ids, codes and names, and how much one change takes.

use assessment_people::family::Relationship;

use super::{
    PROTECTIONS, Shape,
    Shape::{Id, OneOf, Words},
};

/// The codes of the form's list.
const CODES: [&str; Relationship::ALL.len()] = {
    let mut codes = [""; Relationship::ALL.len()];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = Relationship::ALL[at].code();
        at += 1;
    }
    codes
};
const RELATIONSHIPS: Shape = OneOf(&CODES);

/// As [`super::SHAPES`].
#[rustfmt::skip]
pub(super) const SHAPES: &[(&str, &str, Shape)] = &[
    ("Families", "person", Id),
    ("Member", "protection", PROTECTIONS),
    ("Related", "person", Id),
    ("Related", "relationship", RELATIONSHIPS),
    ("Related", "to", Id),
    ("Proposal", "relationship", RELATIONSHIPS),
    ("Proposal", "record", Id),
    ("Proposal", "instead_of", Id),
    ("SharedParent", "name", Words(200)),
    ("SharedParent", "relationship", RELATIONSHIPS),
    ("FamilyChange", "family", Id),
    ("FamilyChange", "leave", Id),
    ("FamilyChange", "reason", Words(1000)),
    ("NewFamilyMember", "name", Words(200)),
    ("NewFamilyMember", "record", Id),
    ("NewFamilyMember", "instead_of", Id),
    ("NewFamilyMember", "relationship", RELATIONSHIPS),
    ("NewFamilyMember", "protection", PROTECTIONS),
    ("KeptMember", "protection", PROTECTIONS),
];

/// As [`super::MAX_ITEMS`].
pub(super) const MAX_ITEMS: [(&str, &str, usize); 6] = [
    ("FamilyChange", "add", 30),
    ("FamilyChange", "relate", 30),
    ("FamilyChange", "unrelate", 30),
    ("FamilyChange", "leave", 30),
    ("FamilyChange", "protect", 30),
    ("NewFamilyMember", "shared_parents", 30),
];
