//! The program itself: started as people start it, on real files, with every exit code. One module for each part of `src`
//! that it exercises.

#![expect(clippy::unwrap_used, reason = "a test states what must hold")]

mod access;
mod arguments;
mod batch;
mod check;
mod evaluate;
mod explain;
mod explain_family;
mod input;
mod pack_check;
mod pack_diff;
mod pack_document;
mod pack_table;
mod program;
mod record;
mod schema;
mod terminal;
mod what_if;
mod words;
