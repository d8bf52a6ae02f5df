//! A second form, to show that the machine knows no particular one: three questions and a repeating group.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

mod dates;
mod review;
