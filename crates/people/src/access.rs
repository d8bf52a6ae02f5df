//! Who may see and do what: one pure function, [`authorise`], over one table, [`TABLE`]. Routes, lists, searches, counts and
//! the check for duplicates ask here and nowhere else.
//!
//! The rule: an episode is open to the organisation that holds it and to those it was shared with, as far as the table
//! says. Who wrote a row does not matter, nor does where the child lives.
//!
//! To add a route: an [`Action`] in `action`, and rows in `table`; a test fails while an action has none. Then
//! `cargo xtask generate` writes `docs/access.md`.

mod action;
mod authorise;
mod decision;
mod grant;
mod principal;
mod protected;
mod resource;
mod sections;
mod table;

pub use action::{About, Action, REFUSED, When};
pub use authorise::{authorise, hint};
pub use decision::{Allowed, Answer, Decision, Refusal, Sight, Why};
pub use grant::{
    Grant, GrantRefused, GrantTerms, HANDED_DAYS, Liveness, MAX_DAYS, SLEEPS_AFTER_DAYS, USUAL_DAYS,
};
pub use principal::{Principal, Role};
pub use protected::Protected;
pub use resource::{EpisodeFacts, Progress, Resource};
pub use sections::{Scope, Sections};
pub use table::{Reach, Row, Shows, TABLE};
