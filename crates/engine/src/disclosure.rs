//! What leaves the form, and for whom: one pure function makes a document for one audience, and everything that is shown,
//! printed or tested comes from it. It hands out paths, keys and codes; words are the screen's.
//!
//! ```text
//! answers, standards, outcome ─┐
//! audience, choices ───────────┴─► document ─► lines (shown, or withheld with a reason), blocks, cautions
//! ```
//!
//! Invariants:
//! - **What is withheld is not in the document.** A withheld line has a reason instead of its answer.
//! - **Unknown is withheld.** A question without a protection, an address nobody has said may be shared and telling
//!   advice this program does not know are all treated as the strictest case.
//! - **The strictest telling rule wins**, and a blocked document has no lines until a reason is recorded.

mod audience;
mod blocks;
mod document;
mod mentions;
mod own;
mod policy;
mod protection;
mod telling;

pub use audience::{Audience, audiences};
pub use blocks::{Block, Caution};
pub use document::{Choices, Content, Document, Line, ON_THE_PHONE, Offer, SUMMARY, document};
pub use mentions::{gives_address_away, is_address_protected, is_hidden_on_paper};
pub use own::{OwnPart, is_one_persons, is_practitioners_own, is_practitioners_own_at, own_part};
pub use policy::{Reason, withheld};
pub use protection::{Protection, TABLE, address_is_open, is_confidential_at};
pub use telling::{FamilyAdvice, Telling, family_advice};
