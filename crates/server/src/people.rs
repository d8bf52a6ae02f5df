//! What the server does with people: looking for them, whether a child is known already, two records of one child, and families.
//! Knows no HTTP and no SQL. Who may be the same is `assessment_people::matching`'s to say, and who may see them
//! `assessment_people::access`'s.
//!
//! ```text
//! what was typed ─► keys ─► store: candidates ─► matching::find ─► reach ─► audit ─► shown, or whom to ask
//! ```
//!
//! Nothing is shown before the entry in the audit trail is stored.

mod apart;
mod asking;
mod child;
mod curiosity;
mod duplicates;
mod families;
mod keys;
mod known;
mod looking;
mod merging;
mod naming;
mod reach;
mod reading;
mod trail;

use assessment_api::problem::ProblemItem;
use assessment_people::{
    access::{Action, Answer, Decision, EpisodeFacts, Resource, Sight, Why, authorise},
    id::PersonId,
    matching::SearchRefused,
    merge::MergeRefused,
    protection::Protection,
};

pub(crate) use apart::keep_apart;
pub(crate) use asking::Asking;
pub(crate) use child::child;
pub(crate) use curiosity::{Fits, Pattern};
pub(crate) use duplicates::{PairShown, duplicates};
pub(crate) use families::{
    Change as FamilyChange, FamiliesShown, FamilyShown, Joining, Proposal, Signal, change as change_family,
    ever_related, families, related_as_shown,
};
pub(crate) use keys::renew_keys;
pub(crate) use known::{ids, joins};
pub(crate) use looking::{About, Shown, matches, search};
pub(crate) use merging::{merge, undo};
pub(crate) use naming::{shown_name, written};
pub(crate) use reading::{Read, may, read};
pub(crate) use trail::{EntryShown, TrailFilter, looks, trail};

use crate::store::{Store, StoreError, audit::AuditAction};

/// Why something was not done. Nothing is stored then.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// They may not, or there is no such person: which of the two, the answer says.
    Refused(Answer),
    /// The same of one person, whether there is one of that id or not.
    RefusedLook {
        /// What they are told.
        answer: Answer,
        /// What they asked for.
        action: Action,
        /// Of whom.
        id: PersonId,
        /// Why not; `None` where there is none.
        why: Option<Why>,
    },
    /// They may, once they say why.
    ReasonNeeded,
    /// Nothing can be looked for.
    Search(SearchRefused),
    /// The records are not joined, or not taken apart.
    Merge(MergeRefused),
    /// Somebody else has changed the record since; this is its revision.
    Stale(u64),
    /// Both are one person.
    OnePerson,
    /// A family is not to be changed like that: path and code.
    Family(Vec<ProblemItem>),
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

impl From<MergeRefused> for NotDone {
    fn from(refused: MergeRefused) -> Self {
        Self::Merge(refused)
    }
}

/// Writes a refused look at somebody down: who, what, whom, and why as a code. A look at a record that they may not see and
/// one at an id that nobody has take the same way, so that neither the answer nor how long it takes tells them apart.
///
/// # Errors
/// The refusal; or that the store failed, and then nobody learns anything. Everything else passes as it is.
async fn noted<T>(store: &dyn Store, asking: &Asking, outcome: Result<T, NotDone>) -> Result<T, NotDone> {
    if let Err(NotDone::RefusedLook { action, id, why, .. }) = outcome {
        let entry = AuditAction::PersonRefused(action, id, why);
        store.begin().await?.save(&asking.asker.actor, entry, asking.at).await?;
    }
    outcome
}

/// Somebody of whom there is no record, or none that they may know of.
const UNKNOWN: NotDone = NotDone::Refused(Answer::Unknown);

impl Asking {
    /// Whether they may do something that is about no one record.
    fn may(&self, action: Action) -> Result<(), NotDone> {
        match authorise(Some(&self.principal), action, &Resource::Nothing, self.now) {
            Decision::Allowed(_) => Ok(()),
            Decision::Refused(refused) => Err(NotDone::Refused(refused.answer)),
        }
    }

    /// Whether they may do that with a person whose record is kept so closely and who belongs to these episodes.
    fn may_with(
        &self,
        action: Action,
        id: PersonId,
        episodes: &[EpisodeFacts],
        protection: Protection,
    ) -> Result<Sight, NotDone> {
        let resource = Resource::Person { episodes, protection };
        match authorise(Some(&self.principal), action, &resource, self.now) {
            Decision::Allowed(allowed) => allowed.sight(self.reason.is_some()).ok_or(NotDone::ReasonNeeded),
            Decision::Refused(refused) => {
                Err(NotDone::RefusedLook { answer: refused.answer, action, id, why: Some(refused.why) })
            }
        }
    }
}
