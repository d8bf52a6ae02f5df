//! The machine behind a form: what a question is, and how to declare, walk, find, edit, read and write answers.
//!
//! It knows no particular form. A form is a type that implements [`Form`], and structs that are declared with
//! [`group!`], which puts each question beside the field that holds its answer:
//!
//! ```
//! use assessment_form::{Form, group};
//!
//! /// A short review, whose conditions may look at the whole review.
//! pub struct ReviewForm;
//! impl Form for ReviewForm {
//!     type Scope<'a> = &'a Review;
//!     type Detail = ();
//!     fn in_row<'a>(scope: &Self::Scope<'a>, _row: usize) -> Self::Scope<'a> {
//!         scope
//!     }
//! }
//! type Question = assessment_form::Question<ReviewForm>;
//!
//! group! {
//!     /// A review.
//!     pub struct Review of ReviewForm as "review" {
//!         /// Whether things are better.
//!         better: String => Question::choice(&[], "yes_no").needed(),
//!         /// What is not better yet.
//!         #[validate(length(max = 500))]
//!         worries: String => Question::multiline(&[]).asked_when(not_better),
//!     }
//! }
//!
//! fn not_better(review: &&Review) -> bool {
//!     review.better == "no"
//! }
//! ```
//!
//! Answers are tolerant: everything is optional and kept exactly as it was typed. Whether an answer is *right* is not
//! decided here.
//!
//! Invariants: no I/O, no clock, no randomness, no panics. One identity for a question: its path.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod edit;
mod find;
mod group;
mod node;
mod question;
mod read;
pub mod typed;
mod walk;
mod write;
mod written_date;

pub use edit::{Edit, Path, Segment, UnknownPath, any_row, apply};
pub use find::{Found, find, node_at};
pub use node::{Answer, Declared, Group, Marks, Node, NodeMut, Rows, is_blank};
pub use question::{Form, Holds, Kind, Needed, Offered, Question, When};
pub use read::{MAX_ROWS, ReadError, Unread, UnreadCode, read};
pub use walk::{Visit, walk};
pub use written_date::{PartialDate, WrittenDate, parse_day};
