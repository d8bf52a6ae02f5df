//! What somebody sent, by the id of the receipt: shown because they belong to its episode, and as far as they do. That they
//! wrote it opens nothing.

use std::collections::BTreeMap;

use assessment_people::{
    access::{Action, Decision, Principal, Resource, Sections, authorise},
    id::{EpisodeId, VersionId},
    protection::Protection,
    who::Reason,
};

use super::{Asking, NotDone, Shown, facts, may_at_all, open};
use crate::{
    identifier::AssessmentId,
    store::{
        Store, StoreError,
        assessments::{StoredAssessment, StoredSummary, Wanted},
        audit::AuditAction,
        episodes::{Asker, StoredEpisode},
    },
};

/// One assessment as somebody may see it.
pub(crate) struct Received {
    /// As it is stored.
    pub(crate) stored: StoredAssessment,
    /// Its answers, as far as they may see them.
    pub(crate) shown: Shown,
    /// Whether they see every section. What the rules found tells of all of them.
    pub(crate) sees_all: bool,
}

/// The assessment with that id.
///
/// # Errors
/// If they may not see it, or only with a reason; a made-up id and one that they may not know of are refused alike.
pub(crate) async fn received(
    store: &dyn Store,
    asking: &Asking,
    id: AssessmentId,
    reason: Option<&Reason>,
) -> Result<Received, NotDone> {
    let written = id.to_string();
    let (Some(version), Some(nobodys)) = (VersionId::parse(&written), EpisodeId::parse(&written)) else {
        return Err(NotDone::Missing);
    };
    // Which episode it belongs to is for the rules to know. An id that nobody has goes the same way, to an episode that
    // nobody has.
    let everywhere = Asker { authority: true, ..asking.asker.clone() };
    let episode = store.view().await?.episodes().of_version(&everywhere, version).await?;
    let mut open = open(store, asking, Action::ReadVersion, episode.unwrap_or(nobodys), reason).await?;
    let episode = &open.stored.state.episode;
    let found = episode.versions().and_then(|versions| versions.get(version));
    let (id, number) = (episode.id(), found.ok_or(NotDone::Missing)?.number());
    let stored = open.episodes().version(&asking.asker, id, number).await?.ok_or(NotDone::Missing)?;
    let shown = Shown::of(&stored.answers, open.sight).ok_or_else(unreadable)?;
    let sees_all = Sections::ASSESSMENT.within(open.sight.sections());
    open.close(asking, reason).await?;
    Ok(Received { stored, shown, sees_all })
}

/// What they sent and may still read as a whole, newest first, and the id after which the next page begins.
///
/// # Errors
/// If they have no work here, or the store cannot be read.
pub(crate) async fn sent(
    store: &dyn Store,
    asking: &Asking,
    wanted: Wanted,
) -> Result<(Vec<StoredSummary>, Option<String>), NotDone> {
    let mut work = store.begin().await?;
    let grants = work.episodes().grants_to(&asking.asker).await?;
    let principal = asking.principal(&grants);
    may_at_all(&principal, Action::ListWork, asking.now)?;
    let limit = wanted.limit as usize;
    // One more than asked for tells whether there is a next page.
    let wanted = Wanted { limit: wanted.limit + 1, ..wanted };
    let mut rows = work.assessments().list(&asking.asker.actor, wanted).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.id.clone());
    let ids: Vec<VersionId> = rows.iter().filter_map(|row| VersionId::parse(&row.id)).collect();
    let episodes: BTreeMap<String, StoredEpisode> =
        work.episodes().of_versions(&asking.asker, &ids).await?.into_iter().collect();
    let is_theirs = |row: &StoredSummary| {
        episodes.get(&row.id).is_some_and(|episode| sees_all(&principal, asking, episode))
    };
    rows.retain(is_theirs);
    work.save(&asking.asker.actor, AuditAction::Own(Action::ListWork), asking.at).await?;
    Ok((rows, next))
}

/// Whether they may read all of it, and without a reason: what lists show tells of every section.
fn sees_all(principal: &Principal, asking: &Asking, stored: &StoredEpisode) -> bool {
    let facts = facts(&stored.state);
    match authorise(Some(principal), Action::ReadVersion, &Resource::Episode(&facts), asking.now) {
        Decision::Allowed(allowed) => allowed.sight(false).is_some_and(|sight| {
            Sections::ASSESSMENT.within(sight.sections()) && sight.shows(Protection::Ordinary)
        }),
        Decision::Refused(_) => false,
    }
}

fn unreadable() -> NotDone {
    NotDone::Store(StoreError::Unavailable("a stored assessment is not JSON".to_owned()))
}
