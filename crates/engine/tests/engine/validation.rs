//! What is wrong with a record, case by case. Not a test of identifiers, which have vectors of their own, nor of what
//! holds whatever is typed: see `robustness`.

mod cases;
mod changes;
mod completeness;
mod edges;
mod identifiers;
mod problems;
mod required;
mod vectors;
