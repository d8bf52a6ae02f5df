//! People, families, episodes of early help, and who may see and do what. Knows no HTTP, no SQL, no clock and no
//! randomness: ids and times are arguments.
//!
//! What a form asks is `assessment_form`'s and `assessment_engine`'s; this crate knows only that an episode has
//! versions of an assessment, by whom and when. The server stores what is here and asks here before it answers:
//!
//! ```text
//! request ─► Principal, Action, facts of the record ─► access::authorise ─► refused: unknown, forbidden, not now
//!                                                          └─► Sight ─► episode transition or Protected::shown_to ─► answer
//! ```

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod access;
pub mod audit;
pub mod difference;
pub mod episode;
pub mod family;
pub mod id;
pub mod matching;
pub mod merge;
pub mod moment;
pub mod note;
pub mod person;
pub mod protection;
pub mod retention;
pub mod take_up;
pub mod version;
pub mod who;
