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
mod kept_versions;
mod proposing;
mod reading;
mod saving;
mod timeline;

use assessment_people::{
    access::Action,
    who::{Reason, Stamp},
};
use assessment_team::{Reader, RecordKind};

pub(crate) use calendar::calendar;
pub(crate) use circulating::{NewCirculation, circulate};
pub(crate) use completing::{TeamRules, complete};
pub(crate) use family::family_page;
pub(crate) use kept_versions::kept_versions;
pub(crate) use proposing::propose;
pub(crate) use reading::{list, read};
pub(crate) use saving::{Outcome, Sent, save};
pub(crate) use timeline::{timeline, what};

use crate::{
    episodes::{Asking, NotDone, Open},
    store::{
        StoreError,
        team_records::{ListedRecord, Which},
    },
    team_part,
};

/// Whether they see the answers of records of that kind.
fn sees(open: &Open, kind: RecordKind) -> bool {
    open.sight.sections().contains(kind.section())
}

/// Refuses what is about records that they do not see.
fn in_sight(open: &Open, kind: RecordKind) -> Result<(), NotDone> {
    if sees(open, kind) { Ok(()) } else { Err(NotDone::NotInSight) }
}

/// How much they are shown of these records.
async fn reader(open: &mut Open, asking: &Asking, reason: Option<&Reason>) -> Result<Reader, StoreError> {
    let writes = open.may_also(Action::WriteTeamRecords, reason, asking.now);
    let (sight, episode) = (open.sight, open.stored.state.episode.clone());
    team_part::reader(&mut *open.episodes(), &asking.asker, &episode, sight, writes).await
}

/// Who writes. The family itself writes no record.
fn stamp(asking: &Asking) -> Result<Stamp, NotDone> {
    asking.stamp().ok_or(NotDone::Refused(assessment_people::access::Answer::Forbidden))
}

/// That record of a list.
fn listed(all: &[ListedRecord], which: Which) -> Option<&ListedRecord> {
    all.iter().find(|record| record.which == which)
}
