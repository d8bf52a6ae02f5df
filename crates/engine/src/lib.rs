//! The Common Assessment: its questions, what is wrong with a record, and the one place that knows both the form and the
//! rules. Browser, server and command line call the same functions with the same data:
//!
//! ```text
//! answers ──► validation::check ──► problems                  (never fails; problems are data)
//!    │  └───► assessment_rules::evaluate ──► outcome          (three results, urgent actions, reasons)
//!    └──────► assessment::Assessment::parse                   (the only door to a complete assessment)
//! ```
//!
//! Questions and answers in general are `assessment_form`'s, rules are `assessment_rules`', words are
//! `assessment_wording`'s (decision record 0014).
//!
//! Invariants:
//! - **No I/O, no clock, no randomness, no panics.** Today's date is an argument.
//! - **One identity for a question:** its path, e.g. `identifying_details.family_name`. It is the JSON path, the
//!   problem's path and the wording key's stem. The question is declared beside the field that holds its answer.
//! - **Structure is compiled; code lists, profiles and rule packs are checked data** (`data/`).
//! - **Unknown is never "no".** A blank answer never lowers what cannot be ruled out.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod answers;
pub mod areas;
pub mod assessment;
pub mod code_lists;
pub mod contradictions;
pub mod disclosure;
pub mod not_recorded;
pub mod nothing_else;
pub mod people;
pub mod planned;
pub mod prefill;
mod problem;
pub mod profile;
pub mod reasons;
pub mod refer;
pub mod required;
pub mod rule_packs;
pub mod sections;
pub mod sibling;
pub mod standards;
pub mod triangle;
pub mod validation;

pub use answers::agreement;

/// The version of the form's structure. A change that an older reader would misread gets a new one.
pub const FORM_VERSION: &str = "caf-2026.3";

/// The first version, whose finished bodies may still wait on devices. It has one agreement for everybody and does not
/// ask why a record is sent although the family has not agreed (decision record 0022).
pub const FIRST_FORM_VERSION: &str = "caf-2026.1";

/// The version before. It asked for nearly every answer before it sent anything (decision record 0026).
pub const SECOND_FORM_VERSION: &str = "caf-2026.2";
