//! Somebody's work: the episodes that concern them, urgent ones first.

use assessment_people::{
    access::{Action, Decision, Liveness, Resource, authorise},
    id::EpisodeId,
};

use super::{Asking, NotDone, facts, may_at_all};
use crate::store::{
    Store,
    audit::AuditAction,
    episodes::{Key, StoredEpisode, WantedEpisodes},
};

/// Whose episodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those that they were let into: their own, and those of the teams that they belong to.
    Mine,
    /// Those that their organisation holds, or that were referred to it.
    Organisations,
}

/// One episode of a list.
pub(crate) enum Item {
    /// As much as lists show.
    Shown {
        /// The episode.
        stored: Box<StoredEpisode>,
        /// Whether they were let into it.
        mine: bool,
    },
    /// That there is one. Opening it asks for a reason.
    NeedsReason(EpisodeId),
}

/// A page of the list, and the id after which the next one begins.
///
/// # Errors
/// If they have no work here, or the store cannot be read.
pub(crate) async fn list(
    store: &dyn Store,
    asking: &Asking,
    whose: Whose,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<(Vec<Item>, Option<EpisodeId>), NotDone> {
    let mut work = store.begin().await?;
    let grants = work.episodes().grants_to(&asking.asker).await?;
    let principal = asking.principal(&grants);
    may_at_all(&principal, Action::ListWork, asking.now)?;
    let of = match whose {
        Whose::Mine => Some(Key::person(&asking.asker.subject)),
        Whose::Organisations => asking.asker.organisation.as_ref().map(Key::organisation),
    };
    let mut found = Vec::new();
    if let Some(of) = of {
        // One more than asked for tells whether there is a next page.
        let wanted = WantedEpisodes { of, after, limit: limit + 1 };
        found = work.episodes().list(&asking.asker, &wanted).await?;
    }
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.state.episode.id());
    let mut items = Vec::new();
    for stored in found {
        let (id, facts) = (stored.state.episode.id(), facts(&stored.state));
        let decision =
            authorise(Some(&principal), Action::ReadEpisode, &Resource::Episode(&facts), asking.now);
        match decision {
            Decision::Refused(_) => {}
            Decision::Allowed(allowed) if allowed.needs_reason() => items.push(Item::NeedsReason(id)),
            Decision::Allowed(_) => {
                let live = principal.grants.iter().any(|grant| {
                    grant.terms().episode == id && grant.liveness(&principal, asking.now) == Liveness::Live
                });
                items.push(Item::Shown { stored: Box::new(stored), mine: live });
            }
        }
    }
    work.save(&asking.asker.actor, AuditAction::Own(Action::ListWork), asking.at).await?;
    Ok((items, next))
}
