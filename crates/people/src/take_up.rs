//! Take-up of early help in an area: how many assessments were started, completed and closed in a quarter, how long it took,
//! and how that spreads over months, clusters and agencies. Numbers for people who plan, never about one family.
//!
//! What is published must not tell about a few children. So there is a fixed set of tables and nothing else: no filter, no
//! running total, no quarter that is not over. A quarter is published once, and what was published never changes. `hiding`
//! says which numbers are hidden in a table, and why nobody can work them out.
//!
//! ```text
//! Episode ─► Facts (days and codes, no names) ─► publish(quarter) ─► Published ─► kept by the server, shown as it is
//! Worker ──┘
//! ```
//!
//! Why a number is as it is, people write down beside it: a `Story`, which changes no number.
//!
//! To add a measure: a variant in `measure`, an event in `facts`, and its name in [`RECORDED`]. Not who may read it: that is
//! `access`.

mod facts;
mod figure;
mod hiding;
mod measure;
mod publish;
mod quarter;
mod story;
mod worker;

pub use facts::{Barrier, Event, Facts, RECORDED, Since, Teamwork, TookPlace};
pub use figure::{Figure, Threshold};
pub use measure::{Measure, Recorded, ScoreChange, Split};
pub use publish::{Days, Measured, Published, Row, Rows, Table, publish};
pub use quarter::{Month, Quarter};
pub use story::{About, MAX_STORY, NotAStory, Story};
pub use worker::{Did, Worker};

/// The code of a row for what is in no cluster, or has no agency, need or reason that is known.
pub const NOT_KNOWN: &str = "not-known";
