//! Noting who was sent the minutes of a meeting, and which revision of them.

use assessment_people::{access::Action, id::EpisodeId, who::Reason};
use assessment_team::RecordKind;
use jiff::civil::Date;

use super::{in_sight, stamp};
use crate::{
    clock::date_in_england,
    episodes::{Asking, NotDone, open},
    store::{
        Store, StoreError,
        team_records::{Circulation, SentTo, Which},
    },
};

/// That minutes were sent.
#[derive(Debug, Clone)]
pub(crate) struct NewCirculation {
    /// The id, which the one who notes it chose, so that a repeat stores nothing.
    pub(crate) id: String,
    /// The revision that was sent.
    pub(crate) revision: u32,
    /// To whom.
    pub(crate) to: Vec<String>,
    /// The day; today if none is given.
    pub(crate) on: Option<Date>,
}

/// Notes it, or has noted it already.
///
/// # Errors
/// If they may not, they do not see meetings, or there is no such revision.
pub(crate) async fn circulate(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    meeting: u32,
    new: &NewCirculation,
    reason: Option<&Reason>,
) -> Result<(), NotDone> {
    match attempt(store, asking, id, meeting, new, reason).await {
        // The same came twice at once. The second look finds the first.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            match attempt(store, asking, id, meeting, new, reason).await {
                // It is another meeting's.
                Err(NotDone::Store(StoreError::Conflict(_))) => Err(NotDone::IdUsed),
                outcome => outcome,
            }
        }
        outcome => outcome,
    }
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    meeting: u32,
    new: &NewCirculation,
    reason: Option<&Reason>,
) -> Result<(), NotDone> {
    let mut open = open(store, asking, Action::CirculateMinutes, id, reason).await?;
    let which = Which { kind: RecordKind::Meeting, number: meeting };
    let revision = open.team_records().find(&asking.asker, id, which, Some(new.revision)).await?;
    revision.ok_or(NotDone::Missing)?;
    in_sight(&open, RecordKind::Meeting)?;
    let by = stamp(asking)?;
    let known = open.team_records().circulations(&asking.asker, id, meeting).await?;
    if let Some(earlier) = known.iter().find(|one| one.id == new.id) {
        let is_repeat = earlier.revision == new.revision
            && earlier.sent.to == new.to
            && new.on.is_none_or(|on| on == earlier.sent.on);
        open.close(asking, reason).await?;
        return if is_repeat { Ok(()) } else { Err(NotDone::IdUsed) };
    }
    let on = new.on.unwrap_or(date_in_england(asking.at));
    let sent = SentTo { to: new.to.clone(), on, by };
    let circulation = Circulation { id: new.id.clone(), revision: new.revision, sent };
    open.team_records().circulate(&asking.asker, id, meeting, &circulation, asking.at).await?;
    open.close(asking, reason).await
}
