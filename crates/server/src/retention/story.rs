//! Erasing the story behind a number of take-up: every wording that was written until a moment, with a tombstone. Who may is
//! decided outside, and so is what is shown instead.

use assessment_people::{access::Action, take_up::About};
use jiff::{Timestamp, ToSpan as _};

use crate::{
    clock::date_in_england,
    store::{
        Store, StoreError, UnitOfWork,
        audit::AuditAction,
        episodes::Asker,
        retention::{ErasedBecause, StoryToErase},
    },
};

/// Erases it as a person decided now. The caller stores the unit of work, with the entry about it. `moment` is that of the
/// tombstone and of what follows: now, or where a clock was ahead, later than all that was written. False if nothing was written.
///
/// # Errors
/// If the store fails.
pub(crate) async fn erase(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    about: About,
    now: Timestamp,
    moment: Timestamp,
) -> Result<bool, StoreError> {
    let (because, today) = (ErasedBecause::Decided, date_in_england(now));
    let what = StoryToErase { about, until: moment, because, today };
    work.retention().erase_story(asker, &what, moment).await
}

/// Erases again what was written before the moment `erased_at`, after a backup was restored. False if it has nothing. What has that
/// very moment follows what was erased.
pub(super) async fn erase_again(
    store: &dyn Store,
    asker: &Asker,
    about: About,
    erased_at: Timestamp,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut work = store.begin().await?;
    let until = erased_at.saturating_sub(1.microsecond()).unwrap_or(Timestamp::MIN);
    let what = StoryToErase { about, until, because: ErasedBecause::Reapplied, today: date_in_england(at) };
    if !work.retention().erase_story(asker, &what, at).await? {
        work.cancel().await?;
        return Ok(false);
    }
    work.save(&asker.actor, AuditAction::Own(Action::EraseTakeUpStory), at).await?;
    Ok(true)
}
