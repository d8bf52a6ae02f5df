//! One file per resource, as in `src/routes/`.

mod assessments;
mod drafts;
pub(crate) mod episodes;
mod evaluations;
mod lists;
mod people;
mod service;
mod staff;

use std::collections::BTreeSet;

use assessment_server::{Needs, OPERATIONS};

/// An operation that needs a right and that no walk over the cells tries fails here (B39).
#[test]
fn every_operation_that_needs_a_right_is_tried_in_every_cell_b39() {
    let tried: BTreeSet<&str> = episodes::cells::TRIED
        .iter()
        .chain(&lists::cells::TRIED)
        .map(|one| one.0)
        .chain(episodes::people_cells::TRIED.iter().map(|one| one.0))
        .chain(lists::cells::DRAFTS.iter().map(|one| one.0))
        .collect();
    let needed = OPERATIONS.iter().filter(|(_, needs)| matches!(needs, Needs::Action(_)));
    let needed: BTreeSet<&str> = needed.map(|(id, _)| *id).collect();
    assert_eq!(tried, needed);
}
