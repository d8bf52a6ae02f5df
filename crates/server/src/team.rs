//! What the server does with the records of a team around the child: showing them, saving and merging, completing, noting who
//! was sent the minutes, and what is due. Knows no HTTP and no SQL. What a record may hold, what is wrong with it and how two
//! versions are merged is `assessment_team`'s; who may do what is `assessment_people::access`'s, asked through
//! [`crate::episodes::open`]; what the episode's state does then is `assessment_people::episode`'s.
//!
//! ```text
//! open ─► in sight? ─► repeat? ─► ended? keep it ─► merge with what was saved meanwhile ─► clash? keep it
//!                                                             └─► revision, settled, episode's next state, due ─► audit
//! ```
//!
//! Each of these is one transaction: nothing is stored by halves.

mod calendar;
mod carrying;
mod circulating;
mod completing;
mod family;
mod kept;
mod proposing;
mod reading;
mod saving;
mod seeing;
mod timeline;

use assessment_people::who::Stamp;
use assessment_team::{RecordKind, TeamRecord};

pub(crate) use calendar::calendar;
pub(crate) use circulating::{NewCirculation, circulate};
pub(crate) use completing::{TeamRules, complete};
pub(crate) use family::family_page;
pub(crate) use kept::kept;
pub(crate) use proposing::propose;
pub(crate) use reading::{list, read};
pub(crate) use saving::{Outcome, Sent, save};
pub(crate) use seeing::{reader_of, shown as shown_to};
pub(crate) use timeline::{timeline, what};

use crate::{
    episodes::{Asking, NotDone, Open},
    store::{
        StoreError,
        team_records::{ListedRecord, Which},
    },
};

/// Whether they see the answers of records of that kind.
fn sees(open: &Open, kind: RecordKind) -> bool {
    open.sight.sections().contains(kind.section())
}

/// Refuses what is about records that they do not see.
fn in_sight(open: &Open, kind: RecordKind) -> Result<(), NotDone> {
    if sees(open, kind) { Ok(()) } else { Err(NotDone::NotInSight) }
}

/// Who writes. The family itself writes no record.
fn stamp(asking: &Asking) -> Result<Stamp, NotDone> {
    asking.stamp().ok_or(NotDone::Refused(assessment_people::access::Answer::Forbidden))
}

/// That record of a list.
fn listed(all: &[ListedRecord], which: Which) -> Option<&ListedRecord> {
    all.iter().find(|record| record.which == which)
}

/// A stored record.
///
/// # Errors
/// If it cannot be read, which only another program can have brought about.
fn read_back(kind: RecordKind, answers: &str) -> Result<TeamRecord, StoreError> {
    match TeamRecord::read(kind, answers) {
        Ok(reading) if reading.unread.is_empty() => Ok(reading.record),
        _ => Err(StoreError::Unavailable("a stored team record cannot be read".to_owned())),
    }
}
