//! What the server does with episodes: who may open one and how much of it they see, sending a version, sharing with a team.
//! Knows no HTTP and no SQL. Who may do what is `assessment_people::access`'s to decide, and this is the one place that asks.
//!
//! ```text
//! Caller ─► Asking ─► open: find, authorise, note that a grant was used ─► Open ─► answer from it ─► close: audit, store
//! ```
//!
//! To answer a question about an episode: [`open`] it with the action, read from what that gives, and [`Open::close`] it.
//! Nothing is shown before the entry in the audit trail is stored.

mod adopting;
mod answers;
mod asking;
mod beginning;
mod due;
mod keeping;
mod places;
mod register;
mod sending;
mod shown;
mod subject;
mod team;
mod work;

use assessment_people::{
    access::{
        Action, Answer, Decision, EpisodeFacts, GrantRefused, Liveness, Principal, Resource, Sight, authorise,
    },
    episode::InvalidTransition,
    id::EpisodeId,
    moment::Moment,
    retention::Kept,
    who::Reason,
};

pub(crate) use adopting::adopt;
pub(crate) use answers::FromAnswers;
pub(crate) use asking::Asking;
pub(crate) use due::{due, kept_by};
pub(crate) use keeping::{erase_decided, left_of, lift_hold, place_hold};
pub(crate) use places::place_old;
pub(crate) use register::{Area, Entry, Filter, export, register};
pub(crate) use sending::{Link, Sent, submit};
pub(crate) use shown::{Shown, differences};
pub(crate) use subject::{ask_access, close_access, export_access};
pub(crate) use team::{Invitation, Member, end, invite, members};
pub(crate) use work::{Item, Whose, list};

use crate::store::{
    Store, StoreError, UnitOfWork,
    audit::AuditAction,
    episodes::{EpisodeReader, EpisodeState, StoredEpisode, StoredGrant},
};

/// Why something was not done. Nothing is stored then.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// They may not, or there is no such episode: which of the two, the answer says.
    Refused(Answer),
    /// They may, once they say why.
    ReasonNeeded,
    /// Somebody else has changed the episode since; this is its revision.
    Stale(u64),
    /// Somebody else has sent a version since.
    NewerVersion,
    /// It does not follow from the state of the episode.
    NotPossible,
    /// The grant cannot be given like that.
    Grant(GrantRefused),
    /// The family's agreement does not cover their organisation, as far as is known.
    NotCovered,
    /// Nobody gives more than they see.
    MoreThanSeen,
    /// It has to be kept, and so is not erased.
    Kept(Kept),
    /// There is no such version or member.
    Missing,
    /// The system gave no random bytes.
    NoRandomness,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<InvalidTransition> for NotDone {
    fn from(error: InvalidTransition) -> Self {
        use assessment_people::{episode::Because, version::VersionRefused};
        match error.because {
            Because::Version(VersionRefused::NotFromTheNewest { .. }) => Self::NewerVersion,
            _ => Self::NotPossible,
        }
    }
}

impl From<GrantRefused> for NotDone {
    fn from(refused: GrantRefused) -> Self {
        Self::Grant(refused)
    }
}

impl From<crate::identifier::NoRandomness> for NotDone {
    fn from(_: crate::identifier::NoRandomness) -> Self {
        Self::NoRandomness
    }
}

/// An episode that somebody may do something with.
pub(crate) struct Open {
    work: Box<dyn UnitOfWork>,
    /// The episode.
    pub(crate) stored: StoredEpisode,
    /// How much of it they may be shown.
    pub(crate) sight: Sight,
    /// Who asks, with their grants.
    pub(crate) principal: Principal,
    action: Action,
}

/// Opens an episode to do that with it.
///
/// # Errors
/// If they may not, or only with a reason; a made-up id and one that they may not know of are refused alike.
pub(crate) async fn open(
    store: &dyn Store,
    asking: &Asking,
    action: Action,
    id: EpisodeId,
    reason: Option<&Reason>,
) -> Result<Open, NotDone> {
    match attempt(store.begin().await?, asking, action, id, reason).await {
        // The same person, elsewhere, was the first to use the grant today.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt(store.begin().await?, asking, action, id, reason).await
        }
        outcome => outcome,
    }
}

async fn attempt(
    mut work: Box<dyn UnitOfWork>,
    asking: &Asking,
    action: Action,
    id: EpisodeId,
    reason: Option<&Reason>,
) -> Result<Open, NotDone> {
    let grants = work.episodes().grants_to(&asking.asker).await?;
    let principal = asking.principal(&grants);
    let found = work.episodes().find(&asking.asker, id).await?;
    let stored = found.ok_or(NotDone::Refused(Answer::Unknown))?;
    let sight = may(&principal, action, &stored.state, reason, asking.now)?;
    for grant in grants {
        if let Some(used) = used_today(grant, &principal, id, asking.now) {
            work.episodes().add_grant(&asking.asker, &used, asking.at).await?;
        }
    }
    Ok(Open { work, stored, sight, principal, action })
}

/// What they may be shown of an episode, if they may do that with it.
fn may(
    principal: &Principal,
    action: Action,
    state: &EpisodeState,
    reason: Option<&Reason>,
    now: Moment,
) -> Result<Sight, NotDone> {
    let facts = facts(state);
    match authorise(Some(principal), action, &Resource::Episode(&facts), now) {
        Decision::Allowed(allowed) => allowed.sight(reason.is_some()).ok_or(NotDone::ReasonNeeded),
        Decision::Refused(refused) => Err(NotDone::Refused(refused.answer)),
    }
}

/// Whether they may do something that is about no one record.
pub(crate) fn may_at_all(principal: &Principal, action: Action, now: Moment) -> Result<(), NotDone> {
    match authorise(Some(principal), action, &Resource::Nothing, now) {
        Decision::Allowed(_) => Ok(()),
        Decision::Refused(refused) => Err(NotDone::Refused(refused.answer)),
    }
}

fn facts(state: &EpisodeState) -> EpisodeFacts {
    EpisodeFacts::of(&state.episode, state.protection, [], false)
}

/// The grant with its use noted, which keeps it awake. Once a day is enough.
fn used_today(grant: StoredGrant, who: &Principal, id: EpisodeId, now: Moment) -> Option<StoredGrant> {
    let is_live = grant.grant.terms().episode == id && grant.grant.liveness(who, now) == Liveness::Live;
    let is_news = grant.grant.last_used().is_none_or(|used| now >= used.plus_days(1));
    (is_live && is_news).then(|| StoredGrant {
        id: grant.id,
        revision: grant.revision + 1,
        grant: grant.grant.used(now),
    })
}

impl Open {
    /// For reading more of it.
    pub(crate) fn episodes(&mut self) -> Box<dyn EpisodeReader + '_> {
        self.work.episodes()
    }

    /// Stores the entry in the audit trail. Show nothing before.
    pub(crate) async fn close(self, asking: &Asking, reason: Option<&Reason>) -> Result<(), NotDone> {
        let action = AuditAction::Episode(self.action, self.stored.state.episode.id());
        Ok(self.work.save_because(&asking.asker.actor, action, asking.at, reason).await?)
    }
}
