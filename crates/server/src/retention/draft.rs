//! Drafts on the server that nobody has saved for as long as the period says.

use assessment_people::{
    access::Action,
    retention::{Period, Periods, RecordKind},
};
use jiff::{Timestamp, ToSpan as _};

use crate::{
    clock::{date_in_england, start_of_day_in_england},
    identifier::DraftId,
    store::{Store, StoreError, audit::AuditAction, episodes::Asker},
};

/// The moment since which something of that kind must have been saved to be kept: what is of the first day of the period is kept
/// today, and what is of the day before is not.
pub(super) fn kept_since(periods: &Periods, kind: RecordKind, at: Timestamp) -> Timestamp {
    let today = date_in_england(at);
    let last = match periods.of(kind) {
        Period::DaysAfterChange { days } => today.saturating_sub(i64::from(days).days()),
        Period::YearsAfterChange { years }
        | Period::UntilAge { years }
        | Period::UntilAgeAndIdle { years, .. } => today.saturating_sub(i64::from(years).years()),
    };
    // Where no calendar has the day, nothing is due.
    start_of_day_in_england(last.saturating_add(1.day())).unwrap_or(Timestamp::MIN)
}

/// Drafts that a run would erase, each with the moment of its last save; at most `limit`.
pub(super) async fn due(
    store: &dyn Store,
    asker: &Asker,
    periods: &Periods,
    at: Timestamp,
    limit: u32,
) -> Result<Vec<(DraftId, Timestamp)>, StoreError> {
    let mut view = store.view().await?;
    view.retention().old_drafts(asker, kept_since(periods, RecordKind::Draft, at), limit).await
}

/// Erases a draft that nobody has saved since. False if somebody has.
pub(super) async fn erase(
    store: &dyn Store,
    asker: &Asker,
    id: DraftId,
    since: Timestamp,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut work = store.begin().await?;
    let today = date_in_england(at);
    if !work.retention().erase_draft(asker, id, since, today, at).await? {
        work.cancel().await?;
        return Ok(false);
    }
    work.save(&asker.actor, AuditAction::Draft(Action::Erase, id), at).await?;
    Ok(true)
}
