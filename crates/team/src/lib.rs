//! What the team around the child writes and reads: plan, meetings and reviews, and what it tells social care when it asks for
//! help.
//!
//! The first three are forms of `assessment-form`, as the assessment is: each question is declared once, beside the field that
//! holds its answer ([`Plan`], [`Meeting`], [`Review`]). [`TeamRecord`] is one of them.
//!
//! It knows nothing of who may see or do what, of episodes' states, of stores or of screens.
//!
//! Invariants: no I/O, no clock, no randomness, no panics. Nothing is needed in order to save. Nothing typed is lost.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod beginning;
#[cfg(not(target_family = "wasm"))]
pub mod calendar_file;
mod check;
pub mod clocks;
mod code_lists;
pub mod copies;
mod family;
mod hints;
mod meeting;
mod merge;
mod part;
pub mod pictures;
mod plan;
mod proposals;
mod record;
mod referral;
mod review;
mod scope;
mod settings;

pub use beginning::{after_review, begin_review, carried_over, owed};
pub use check::{Context, Member, check, check_referral};
pub use code_lists::{built_in_lists, lists};
pub use family::{Aim, FamilyPage, Promise, Said, family_page, family_readers, reader_name, reader_named};
pub use hints::{Hint, HintCode, hints};
pub use meeting::{Decision, Meeting, MeetingAction, MeetingPerson, Point, View};
pub use merge::{Clash, Merge, merge};
pub use part::{Part, PutBack, Reader, part, part_at, put_back};
pub use plan::{Action, LaterScore, Outcome, Plan};
pub use proposals::{Agreed, Need, Proposals, proposals};
pub use record::{NotRead, Reading, RecordKind, TeamRecord};
pub use referral::{NEEDED, OfferedLine, ReferralForm, ReferralScope, Referring, needed_by_social_care};
pub use review::{Closing, Review, ReviewAction, ReviewComment, ReviewOutcome, ReviewPerson};
pub use scope::{Scope, Team};
pub use settings::{TeamSettings, uses_budget};

/// A question of these forms.
pub type Question = assessment_form::Question<Team>;
/// One place in the answers, to read.
pub type Node<'a> = assessment_form::Node<'a, Team>;
/// One place in the answers, to change.
pub type NodeMut<'a> = assessment_form::NodeMut<'a, Team>;
/// A question on the way through a record.
pub type Visit<'v, 'a> = assessment_form::Visit<'v, 'a, Team>;
/// What a path leads to.
pub type Found<'a> = assessment_form::Found<'a, Team>;
