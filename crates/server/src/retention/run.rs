//! The list and the run as the operator's commands: everything of the authority, whatever its protection.

use assessment_people::{
    access::Action,
    id::EpisodeId,
    retention::{Obstacle, Periods, RecordKind, Verdict},
    who::{Reason, Subject},
};
use jiff::Timestamp;

use super::{
    Line, NotErased, PAGE, Wanted, draft, erasing, plan,
    reapply::again::{self, Again},
};
use crate::{
    actor::Actor,
    clock::date_in_england,
    identifier::DraftId,
    store::{
        Store, StoreError,
        audit::AuditAction,
        episodes::Asker,
        retention::{ToErase, Tombstone},
    },
};

/// As whom the audit trail knows the operator's commands.
const OPERATOR: &str = "operator";

/// The one who runs the server, for the commands. Nobody who signs in has this issuer, which is no address.
///
/// # Errors
/// Never: the names are fixed.
pub fn operator() -> Result<Asker, StoreError> {
    let subject = Subject::new(OPERATOR, OPERATOR)
        .ok_or_else(|| StoreError::Unavailable("the operator has no name".to_owned()))?;
    Ok(Asker { actor: Actor::new(OPERATOR), subject, organisation: None, authority: true })
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Done {
    /// What it erased.
    pub episodes: Vec<ToErase>,
    /// What was due and is kept, and why.
    pub kept: Vec<(EpisodeId, Obstacle)>,
    /// The drafts that it erased.
    pub drafts: Vec<DraftId>,
    /// How many times it erased why somebody had searched.
    pub search_reasons: u64,
    /// How many entries of the access log it erased.
    pub entries: u64,
}

/// What a run would do.
#[derive(Debug, Default)]
pub struct Listed {
    /// Every episode whose day has come.
    pub episodes: Vec<Line>,
    /// The drafts that it would erase.
    pub drafts: Vec<DraftId>,
    /// How many entries of the access log it would erase, as things are.
    pub entries: u64,
}

/// Everything whose day has come.
///
/// # Errors
/// If the store cannot be read.
pub async fn list(store: &dyn Store, periods: &Periods, at: Timestamp) -> Result<Listed, StoreError> {
    let (asker, today) = (operator()?, date_in_england(at));
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let (more, next) = plan::page(store, &asker, periods, today, (after, PAGE), &|_| true).await?;
        lines.extend(more);
        after = next;
        if after.is_none() {
            break;
        }
    }
    let drafts =
        draft::due(store, &asker, periods, at, u32::MAX).await?.into_iter().map(|(id, _)| id).collect();
    let since = draft::kept_since(periods, RecordKind::AccessLog, at);
    let entries = store.view().await?.retention().old_entries(&asker, since, today).await?;
    let action = AuditAction::Own(Action::PlanErasure);
    store.begin().await?.save(&asker.actor, action, at).await?;
    Ok(Listed { episodes: lines, drafts, entries })
}

/// Erases everything that is due. Each record is a unit of work of its own, and what keeps it is asked again there.
///
/// # Errors
/// If the store fails. What was erased until then is gone, and the next run goes on.
pub async fn run(store: &dyn Store, periods: &Periods, at: Timestamp) -> Result<Done, StoreError> {
    let (asker, today) = (operator()?, date_in_england(at));
    let mut done = Done::default();
    let mut after = None;
    loop {
        let (lines, next) = plan::page(store, &asker, periods, today, (after, PAGE), &|_| true).await?;
        for line in lines {
            let id = line.stored.state.episode.id();
            match line.verdict {
                Verdict::Retained(kept) => done.kept.push((id, kept)),
                Verdict::Due { .. } => match one(store, &asker, id, By::Period(periods), at).await {
                    Ok(erased) => done.episodes.push(erased),
                    Err(NotErased::Retained(kept)) => done.kept.push((id, kept)),
                    Err(NotErased::Missing) => {}
                    Err(NotErased::Store(error)) => return Err(error),
                },
            }
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    done.search_reasons = forget_reasons(store, &asker, periods, at).await?;
    let since = draft::kept_since(periods, RecordKind::Draft, at);
    loop {
        let mut erased = 0;
        for (id, _) in draft::due(store, &asker, periods, at, PAGE).await? {
            if draft::erase(store, &asker, id, since, at).await? {
                done.drafts.push(id);
                erased += 1;
            }
        }
        if erased == 0 {
            break;
        }
    }
    // Last: what was done until here is in it.
    done.entries = erase_entries(store, &asker, periods, at).await?;
    Ok(done)
}

/// Erases the entries of the access log whose period is over, and tells in the same step which are left.
async fn erase_entries(
    store: &dyn Store,
    asker: &Asker,
    periods: &Periods,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let since = draft::kept_since(periods, RecordKind::AccessLog, at);
    let mut work = store.begin().await?;
    let (count, cut) = work.retention().erase_entries(asker, since, date_in_england(at)).await?;
    if count == 0 {
        work.cancel().await?;
        return Ok(0);
    }
    work.save(&asker.actor, AuditAction::AccessLogErased(cut), at).await?;
    Ok(count)
}

/// Erases why people searched so long ago that the period is over.
async fn forget_reasons(
    store: &dyn Store,
    asker: &Asker,
    periods: &Periods,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let since = draft::kept_since(periods, RecordKind::SearchReason, at);
    let mut work = store.begin().await?;
    let count = work.retention().forget_reasons(asker, since).await?;
    if count == 0 {
        work.cancel().await?;
        return Ok(0);
    }
    work.save(&asker.actor, AuditAction::Own(Action::Erase), at).await?;
    Ok(count)
}

/// By what the operator's commands erase an episode.
#[derive(Debug, Clone, Copy)]
pub(super) enum By<'a> {
    /// Its period is over.
    Period(&'a Periods),
    /// It was erased before.
    Tombstone(Again<'a>),
}

/// Erases one episode in a unit of work of its own.
pub(super) async fn one(
    store: &dyn Store,
    asker: &Asker,
    id: EpisodeId,
    by: By<'_>,
    at: Timestamp,
) -> Result<ToErase, NotErased> {
    match attempt(store, asker, id, by, at).await {
        // Somebody has changed it meanwhile. A new unit of work sees what they did.
        Err(NotErased::Store(StoreError::Conflict(_))) => attempt(store, asker, id, by, at).await,
        outcome => outcome,
    }
}

async fn attempt(
    store: &dyn Store,
    asker: &Asker,
    id: EpisodeId,
    by: By<'_>,
    at: Timestamp,
) -> Result<ToErase, NotErased> {
    let mut work = store.begin().await?;
    let outcome = match by {
        By::Period(periods) => erasing::erase(&mut *work, asker, id, Wanted::Due(periods), at).await,
        By::Tombstone(from) => again::erase(&mut *work, asker, id, from, at).await,
    };
    let erased = match outcome {
        Ok(erased) => erased,
        Err(refused) => {
            work.cancel().await?;
            return Err(refused);
        }
    };
    let why = match by {
        By::Period(_) => "The retention period is over.",
        By::Tombstone(_) => "It had been erased before this backup was restored.",
    };
    let action = AuditAction::Episode(Action::Erase, id);
    work.save_because(&asker.actor, action, at, Reason::new(why).as_ref()).await?;
    Ok(erased)
}

/// What is left of everything that was erased, oldest first: to be kept beside the backups.
///
/// # Errors
/// If the store cannot be read.
pub async fn erased(store: &dyn Store) -> Result<Vec<Tombstone>, StoreError> {
    let asker = operator()?;
    let mut all: Vec<Tombstone> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.number);
        let more = store.view().await?.retention().tombstones(&asker, after, PAGE).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}
