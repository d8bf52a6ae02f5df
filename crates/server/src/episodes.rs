//! What the server does with episodes: who may open one and how much of it they see, sending a version, sharing with a team.
//! Knows no HTTP and no SQL. Who may do what is `assessment_people::access`'s to decide, and this is the one place that asks.
//!
//! ```text
//! Caller ─► Asking ─► open: find, authorise, note that a grant was used ─► Open ─► answer from it ─► close: audit, store
//! ```
//!
//! To answer a question about an episode: [`open`] it with the action, read from what that gives, and [`Open::close`] it.
//! Nothing is shown before the entry in the audit trail is stored, and a refusal is written down before it is given.

mod adopting;
mod answers;
mod asking;
mod beginning;
mod changing;
mod clocks;
mod correcting;
mod due;
mod keeping;
mod late;
mod meetings;
mod merging;
mod notes;
mod owed;
mod permitted;
mod places;
mod promised;
mod received;
mod referring;
mod refusing;
mod register;
mod sending;
mod shown;
mod subject;
mod take_up;
mod team;
mod telling;
mod work;
mod written;

use assessment_api::problem::ProblemItem;
use assessment_people::{
    access::{
        Action, Answer, Decision, EpisodeFacts, GrantRefused, Liveness, Principal, Resource, Sight, Why,
        authorise,
    },
    episode::{Because as WhyNot, ClosureIncomplete, Episode, InvalidTransition, Item as OpenItem},
    id::EpisodeId,
    moment::Moment,
    note::NotANote,
    retention::Obstacle,
    take_up::NotAStory,
    who::Reason,
};
use assessment_team::clocks::Running;

pub(crate) use adopting::adopt;
pub(crate) use answers::FromAnswers;
pub(crate) use asking::Asking;
pub(crate) use changing::{Change, Whom, change};
pub(crate) use clocks::{ClockRules, day};
pub(crate) use due::{due, kept_by};
pub(crate) use keeping::{erase_decided, left_of, lift_hold, place_hold};
pub(crate) use meetings::{closings, is_cancelled_by_closing, with_first_meeting};
pub(crate) use merging::{merge, undo_merge};
pub(crate) use notes::{NewNote, NoteShown, notes, say};
pub(crate) use owed::{Owes, owed_by};
pub(crate) use permitted::{may_at_all, permitted};
pub(crate) use places::place_old;
pub(crate) use promised::OpenItem as StillOpenItem;
pub(crate) use received::{Received, received, sent};
pub(crate) use referring::{FrontDoor, NewReferral, SentShown, refer, sent_referrals};
pub(crate) use register::{Area, Entry, Filter, export, register};
pub(crate) use sending::{Link, Sent, submit};
pub(crate) use shown::{Shown, differences, may_see};
pub(crate) use subject::{ask_access, close_access, export_access};
pub(crate) use take_up::{
    Making, Told, erase_story, publish_missing, take_up, tell_story, threshold, wordings,
};
pub(crate) use team::{CopySent, Invitation, Member, end, invite, members};
use telling::tell;
pub(crate) use work::{DueOf, Item, Whose, due_of, is_family, list};
pub(crate) use written::Written;

use crate::store::{
    Store, StoreError, UnitOfWork,
    audit::AuditAction,
    episodes::{Asker, EpisodeReader, EpisodeState, StoredEpisode, StoredGrant},
    notes::NoteRepository,
    team_records::{ListedRecord, TeamRecordRepository},
};

/// Why something was not done. Nothing is stored then.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// They may not, or there is no such episode: which of the two, the answer says.
    Refused(Answer),
    /// The same of one episode, whether there is one of that id or not.
    RefusedLook {
        /// What they are told.
        answer: Answer,
        /// What they asked for.
        action: Action,
        /// Of which.
        id: EpisodeId,
        /// Why not; `None` where there is none.
        why: Option<Why>,
    },
    /// They may, once they say why.
    ReasonNeeded,
    /// Somebody else has changed the episode since; this is its revision.
    Stale(u64),
    /// Somebody else has sent a version since.
    NewerVersion,
    /// It does not follow from the state of the episode.
    NotPossible(WhyNot),
    /// The two episodes are of two children.
    OtherChild,
    /// Nobody has said what becomes of these.
    Unsettled(Vec<OpenItem>),
    /// No front door has been asked, or it has answered.
    NoReferral,
    /// The settings name no front door.
    NoFrontDoor,
    /// Something in a referral is missing or cannot be right: path and code.
    ReferralIncomplete(Vec<ProblemItem>),
    /// A document for social care gives an address away that must not reach others, and nobody decided that it goes.
    AddressInside,
    /// The newest version cannot be read, so that nobody can tell whether such an address is in a document for social care.
    AddressUnknown,
    /// The front door has opened here what was sent to it: that cannot be taken back.
    OpenedHere,
    /// The closure lacks something.
    Closure(ClosureIncomplete),
    /// Nobody of that organisation has ever signed in here.
    UnknownOrganisation,
    /// People do not do that to themselves.
    Yourself,
    /// It is not a note.
    Note(NotANote),
    /// It is not a story.
    Story(NotAStory),
    /// The id has been used for something else.
    IdUsed,
    /// The grant cannot be given like that.
    Grant(GrantRefused),
    /// The family's agreement does not cover their organisation, as far as is known.
    NotCovered,
    /// Nobody gives more than they see.
    MoreThanSeen,
    /// Nobody speaks about what they do not see.
    NotInSight,
    /// It has to be kept, and so is not erased.
    Retained(Obstacle),
    /// There is no such version or member.
    Missing,
    /// There is no such kept version of the record.
    NoSuchKept,
    /// The kept version has been settled by another save.
    Settled,
    /// A kept version of the record waits to be settled.
    KeptWaits,
    /// A record that has been completed is corrected with a reason only.
    CorrectionWithoutReason,
    /// Something in the record is missing or cannot be right: path and code.
    Incomplete(Vec<ProblemItem>),
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
        use assessment_people::version::VersionRefused;
        match error.because {
            WhyNot::Version(VersionRefused::NotFromTheNewest { .. }) => Self::NewerVersion,
            because => Self::NotPossible(because),
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
    let outcome = match attempt(store.begin().await?, asking, action, id, reason).await {
        // The same person, elsewhere, was the first to use the grant today.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt(store.begin().await?, asking, action, id, reason).await
        }
        outcome => outcome,
    };
    refusing::noted(store, asking, outcome).await
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
    let Some(stored) = found else {
        return Err(refusing::hidden(&mut *work, asking, &principal, action, id).await?);
    };
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
    may_as(principal, action, &facts(state), reason, now)
}

/// The same of what an episode is taken for.
fn may_as(
    principal: &Principal,
    action: Action,
    facts: &EpisodeFacts,
    reason: Option<&Reason>,
    now: Moment,
) -> Result<Sight, NotDone> {
    match authorise(Some(principal), action, &Resource::Episode(facts), now) {
        Decision::Allowed(allowed) => allowed.sight(reason.is_some()).ok_or(NotDone::ReasonNeeded),
        Decision::Refused(refused) => {
            Err(NotDone::RefusedLook { answer: refused.answer, action, id: facts.id, why: Some(refused.why) })
        }
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

/// Stores the state of an episode that follows this one, and what partners are told of it.
async fn replace(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    asker: &Asker,
    before: &StoredEpisode,
    next: &EpisodeState,
) -> Result<(), NotDone> {
    work.episodes().replace(asker, next, before.revision, asking.at).await?;
    tell(work, asking, Some(&before.state), next).await
}

impl Open {
    /// What is open in it, in the order of the plan.
    pub(crate) async fn still_open(&mut self, asking: &Asking) -> Result<Vec<StillOpenItem>, StoreError> {
        promised::open_items(&mut *self.work, asking, &self.stored.state).await
    }

    /// For reading more of it.
    pub(crate) fn episodes(&mut self) -> Box<dyn EpisodeReader + '_> {
        self.work.episodes()
    }

    /// For reading notes and adding one.
    pub(crate) fn notes(&mut self) -> Box<dyn NoteRepository + '_> {
        self.work.notes()
    }

    /// For reading what the team wrote, and adding to it.
    pub(crate) fn team_records(&mut self) -> Box<dyn TeamRecordRepository + '_> {
        self.work.team_records()
    }

    /// The clocks that run in it today, the most urgent first.
    pub(crate) async fn clocks(
        &mut self,
        asking: &Asking,
        all: &[ListedRecord],
        rules: ClockRules<'_>,
    ) -> Result<Vec<Running>, StoreError> {
        let is_written = self.written(asking).await?.is_some();
        let records = &mut *self.work.team_records();
        clocks::clocks(records, asking, &self.stored.state, all, rules, is_written).await
    }

    /// What is known of the written form of the referral that waits in it.
    pub(crate) async fn written(&mut self, asking: &Asking) -> Result<Option<Written>, StoreError> {
        let episode = self.stored.state.episode.clone();
        written::written(&mut *self.work.episodes(), asking, &episode).await
    }

    /// Whether the front door has opened here what was sent to it.
    async fn is_opened_by_front_door(&mut self, asking: &Asking) -> Result<bool, StoreError> {
        let episode = self.stored.state.episode.clone();
        written::is_opened(&mut *self.work.episodes(), asking, &episode).await
    }

    /// Makes the episode what it is from now on, with the day by which it is listed, if either changes. It is stored by
    /// [`Open::close`].
    pub(crate) async fn move_on(&mut self, asking: &Asking, episode: Episode) -> Result<(), NotDone> {
        let before = &self.stored;
        let is_moved = episode != before.state.episode;
        let mut next = EpisodeState { episode, ..before.state.clone() };
        next.listed.due_on = promised::after_change(&mut *self.work, asking, &next).await?;
        if is_moved || next.listed != self.stored.state.listed {
            let expected = self.stored.revision;
            replace(&mut *self.work, asking, &asking.asker, &self.stored, &next).await?;
            self.stored = StoredEpisode { state: next, revision: expected + 1, changed_at: asking.at };
        }
        Ok(())
    }

    /// Whether they may do something else with it as well, for the reason that they gave. Asking that is not a look.
    pub(crate) fn may_also(&self, action: Action, reason: Option<&Reason>, now: Moment) -> bool {
        may(&self.principal, action, &self.stored.state, reason, now).is_ok()
    }

    /// Whether they may know of another episode as well, for the same reason.
    pub(crate) fn may_know_of(&self, other: &StoredEpisode, reason: Option<&Reason>, now: Moment) -> bool {
        may(&self.principal, Action::ReadEpisode, &other.state, reason, now).is_ok()
    }

    /// Whether nobody has changed it since they read it.
    fn is_current(&self, expected: u64) -> Result<(), NotDone> {
        let current = self.stored.revision;
        if current == expected { Ok(()) } else { Err(NotDone::Stale(current)) }
    }

    /// Stores the entry in the audit trail. Show nothing before.
    pub(crate) async fn close(self, asking: &Asking, reason: Option<&Reason>) -> Result<(), NotDone> {
        let action = AuditAction::Episode(self.action, self.stored.state.episode.id());
        Ok(self.work.save_because(&asking.asker.actor, action, asking.at, reason).await?)
    }
}
