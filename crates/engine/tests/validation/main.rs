//! What is wrong with a record, case by case. Not a test of identifiers, which have vectors of their own, nor of what
//! holds whatever is typed: see `anything`.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

mod changes;
mod completeness;
mod edges;
#[path = "../filled/mod.rs"]
mod filled;
mod problems;
