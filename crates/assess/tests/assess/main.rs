//! The program itself: started as people start it, on real files, with every exit code.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

mod bad_input;
mod batch;
mod document;
mod family;
mod pack;
mod program;
mod records;
mod schema;
