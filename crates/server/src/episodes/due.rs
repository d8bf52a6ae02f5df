//! What is due to be erased and what keeps records, as somebody who signs in may know of it: of a record that they may not know
//! of there is no line, no number and no gap.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Action, Decision, Principal, Resource, authorise},
    id::EpisodeId,
    retention::Periods,
};
use jiff::civil::Date;

use super::{Asking, NotDone, facts, may_at_all};
use crate::{
    clock::date_in_england,
    retention::{Line, page},
    store::{
        Store, UnitOfWork,
        audit::AuditAction,
        episodes::EpisodeState,
        retention::{StoredHold, StoredRequest},
    },
};

/// What is due, as far as they may know of it.
pub(crate) struct Due {
    /// What becomes of each.
    pub(crate) lines: Vec<Line>,
    /// The last episode that was looked at, if there are more that they may know of.
    pub(crate) next: Option<EpisodeId>,
}

/// What is due among the episodes that come after this one.
///
/// # Errors
/// If they may not, or the store cannot be read.
pub(crate) async fn due(
    store: &dyn Store,
    asking: &Asking,
    periods: &Periods,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<Due, NotDone> {
    let principal = planner(asking)?;
    let today: Date = date_in_england(asking.at);
    let known = |state: &EpisodeState| may_know(&principal, state, asking);
    let (lines, next) = page(store, &asking.asker, periods, today, (after, limit), &known).await?;
    let work = store.begin().await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::PlanErasure), asking.at).await?;
    Ok(Due { lines, next })
}

/// What keeps records whatever their period says, as far as they may know of it.
pub(crate) struct KeptBy {
    /// Orders.
    pub(crate) holds: Vec<StoredHold>,
    /// Requests.
    pub(crate) requests: Vec<StoredRequest>,
}

/// Orders that nobody has lifted, and requests that nobody has closed.
///
/// # Errors
/// If they may not, or the store cannot be read.
pub(crate) async fn kept_by(store: &dyn Store, asking: &Asking) -> Result<KeptBy, NotDone> {
    let principal = planner(asking)?;
    let mut work = store.begin().await?;
    let mut holds = work.retention().holds(&asking.asker, None).await?;
    let mut requests = work.retention().requests(&asking.asker, None).await?;
    let ids: BTreeSet<EpisodeId> =
        holds.iter().map(|one| one.episode).chain(requests.iter().map(|one| one.episode)).collect();
    let known = known(&mut *work, &principal, asking, ids).await?;
    holds.retain(|one| known.contains(&one.episode));
    requests.retain(|one| known.contains(&one.episode));
    work.save(&asking.asker.actor, AuditAction::Own(Action::PlanErasure), asking.at).await?;
    Ok(KeptBy { holds, requests })
}

fn planner(asking: &Asking) -> Result<Principal, NotDone> {
    // Who plans erasure does so by their role, and a grant gives none of it.
    let principal = asking.principal(&[]);
    may_at_all(&principal, Action::PlanErasure, asking.now)?;
    Ok(principal)
}

async fn known(
    work: &mut (dyn UnitOfWork + '_),
    principal: &Principal,
    asking: &Asking,
    ids: BTreeSet<EpisodeId>,
) -> Result<BTreeSet<EpisodeId>, NotDone> {
    let mut known = BTreeSet::new();
    for id in ids {
        let found = work.episodes().find(&asking.asker, id).await?;
        if found.is_some_and(|stored| may_know(principal, &stored.state, asking)) {
            known.insert(id);
        }
    }
    Ok(known)
}

/// Whether they may know that there is such an episode.
pub(super) fn may_know(principal: &Principal, state: &EpisodeState, asking: &Asking) -> bool {
    let facts = facts(state);
    let resource = Resource::Episode(&facts);
    matches!(authorise(Some(principal), Action::ReadEpisode, &resource, asking.now), Decision::Allowed(_))
}
