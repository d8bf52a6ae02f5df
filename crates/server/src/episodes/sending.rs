//! Sending an assessment: as the first version of an episode of its own, or as a later version of one that exists; together
//! with its receipt and in one unit of work.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Action, Answer, Resource},
    episode::{Episode, Stage},
    id::{EpisodeId, VersionId},
    version::{Amendment, AmendmentKind, NewVersion},
    who::Organisation,
};

use super::{
    Asking, FromAnswers, NotDone, beginning,
    correcting::correct_child,
    late, may,
    permitted::permitted_in,
    promised,
    refusing::{hidden, noted},
    replace,
    telling::tell,
};
use crate::{
    assessments::Submitted,
    identifier::random_uuid,
    store::{
        Store, StoreError, UnitOfWork,
        assessments::NewAssessment,
        audit::AuditAction,
        episodes::{EpisodeState, Key, StoredGrant},
        receipts::StoredReceipt,
    },
};

/// To which episode a later version belongs, and why it exists.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// Which.
    pub(crate) episode: EpisodeId,
    /// What it started from, and why.
    pub(crate) amendment: Amendment,
}

/// An assessment to send.
pub(crate) struct Sent<'a> {
    /// What is stored.
    pub(crate) assessment: &'a NewAssessment,
    /// What is answered.
    pub(crate) receipt: &'a str,
    /// What the episode takes from it.
    pub(crate) from: &'a FromAnswers,
    /// The episode that it belongs to; `None` starts one.
    pub(crate) link: Option<&'a Link>,
    /// The front door that referrals go to.
    pub(crate) front_door: Option<&'a Organisation>,
    /// The id of an episode that is started.
    pub(crate) new_episode: EpisodeId,
}

/// Stores it, unless the key was used meanwhile. That it was used before, the caller has looked up already.
///
/// # Errors
/// If they may not, it did not start from the newest version, or the store could not do it; then nothing is stored.
pub(crate) async fn submit(
    store: &dyn Store,
    asking: &Asking,
    key: &str,
    sent: &Sent<'_>,
) -> Result<Submitted, NotDone> {
    let outcome = match attempt(store.begin().await?, asking, key, sent).await {
        // Another process has just used the key, or sent a version. A new unit of work sees it.
        Err(NotDone::Store(StoreError::Conflict(_))) => again(store, asking, key, sent).await,
        outcome => outcome,
    };
    noted(store, asking, outcome).await
}

async fn again(store: &dyn Store, asking: &Asking, key: &str, sent: &Sent<'_>) -> Result<Submitted, NotDone> {
    let mut work = store.begin().await?;
    let found = work.receipts().find(&asking.asker.actor, key).await?;
    if let Some(stored) = found {
        work.cancel().await?;
        return Ok(Submitted::KeyUsed(stored));
    }
    attempt(work, asking, key, sent).await
}

/// A key that was used is a conflict.
async fn attempt(
    mut work: Box<dyn UnitOfWork>,
    asking: &Asking,
    key: &str,
    sent: &Sent<'_>,
) -> Result<Submitted, NotDone> {
    let (actor, new) = (&asking.asker.actor, sent.assessment);
    work.assessments().add(actor, new).await?;
    let answered = StoredReceipt { sha256: new.sha256.clone(), receipt: sent.receipt.to_owned() };
    work.receipts().add(actor, key, new.id, &answered).await?;
    match sent.link {
        None => start(&mut *work, asking, sent).await?,
        Some(link) => follow(&mut *work, asking, sent, link).await?,
    }
    work.save(actor, AuditAction::AssessmentSubmitted(new.id), asking.at).await?;
    Ok(Submitted::Stored)
}

/// Starts an episode with it.
async fn start(work: &mut dyn UnitOfWork, asking: &Asking, sent: &Sent<'_>) -> Result<(), NotDone> {
    permitted_in(&mut *work.episodes(), asking, Action::StartEpisode, &Resource::Nothing).await?;
    let version = version(asking, sent)?;
    let first = First { version, from: sent.from, front_door: sent.front_door, episode: sent.new_episode };
    begin(work, asking, first).await
}

/// The first version of an episode.
pub(super) struct First<'a> {
    /// The version: an assessment that was added before.
    pub(super) version: NewVersion,
    /// What the episode takes from it.
    pub(super) from: &'a FromAnswers,
    /// The front door that referrals go to.
    pub(super) front_door: Option<&'a Organisation>,
    /// The id of the episode.
    pub(super) episode: EpisodeId,
}

/// Stores an episode with its first version, the child, and a grant for the author from now on.
pub(super) async fn begin(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    first: First<'_>,
) -> Result<(), NotDone> {
    let First { version, from, front_door, episode } = first;
    let (id, by) = (version.id, version.sent.by.clone());
    let episode = beginning::begin(episode, by.organisation.clone(), version, from, front_door)?;
    let grant = beginning::authors_grant(&episode, by, asking.now);
    let grant = StoredGrant { id: random_uuid()?.to_string(), revision: 1, grant };
    let concerns = concerned(&episode, std::slice::from_ref(&grant));
    let (number, episode_id) = (number(&episode, id), episode.id());
    let state = EpisodeState { episode, protection: from.protection, listed: from.listed.clone() };
    work.people().add(&asking.asker.actor, &from.child, asking.at).await?;
    let mut episodes = work.episodes();
    episodes.add(&asking.asker, &state, &concerns, asking.at).await?;
    episodes.add_version(&asking.asker, episode_id, id, number).await?;
    episodes.add_grant(&asking.asker, &grant, asking.at).await?;
    drop(episodes);
    tell(work, asking, None, &state).await?;
    Ok(work.register().place(&asking.asker, episode_id, &from.place).await?)
}

/// Adds it to an episode that exists.
async fn follow(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    sent: &Sent<'_>,
    link: &Link,
) -> Result<(), NotDone> {
    let grants = work.episodes().grants_to(&asking.asker).await?;
    let found = work.episodes().find(&asking.asker, link.episode).await?;
    let principal = asking.principal(&grants);
    let action = match link.amendment.kind {
        AmendmentKind::Correction => Action::CorrectVersion,
        AmendmentKind::NewVersion => Action::SendVersion,
    };
    let Some(stored) = found else {
        return Err(hidden(work, asking, &principal, action, link.episode).await?);
    };
    if late::merged_into(&stored).is_some() {
        return late::receive(work, asking, &principal, &stored, (sent, link)).await;
    }
    may(&principal, action, &stored.state, None, asking.now)?;
    let version = version(asking, sent)?;
    let (id, stamp) = (version.id, version.sent.clone());
    let EpisodeState { episode, protection, .. } = stored.state.clone();
    let amendment = Some(link.amendment.clone());
    let said = &sent.from.said;
    // Where the family was asked again, the version brings its answer. Anywhere else, whether it is taken decides first.
    let waits = matches!(episode.state().stage(), Stage::ConsentPending { .. });
    let episode = if waits && action == Action::SendVersion {
        beginning::settle(episode, said, &stamp)?.send(version, amendment)?
    } else {
        beginning::settle(episode.send(version, amendment)?, said, &stamp)?
    };
    let episode = beginning::refer(episode, sent.from, sent.front_door, stamp)?;
    let (number, episode_id) = (number(&episode, id), episode.id());
    let all = work.episodes().grants_in(&asking.asker, episode_id).await?;
    let concerns = concerned(&episode, &all);
    let listed = sent.from.listed.clone();
    let mut next = EpisodeState { episode, protection: protection.join(sent.from.protection), listed };
    next.listed.due_on = promised::with_version(work, asking, &next, sent.from.listed.due_on).await?;
    replace(work, asking, &asking.asker, &stored, &next).await?;
    work.episodes().add_version(&asking.asker, episode_id, id, number).await?;
    correct_child(work, asking, principal, &stored, (sent, link)).await?;
    work.register().place(&asking.asker, episode_id, &sent.from.place).await?;
    Ok(work.episodes().concern(&asking.asker, episode_id, &concerns).await?)
}

/// Whom an episode may concern: the organisation that holds it, the front door that it was sent to, and people who were let
/// into it. Those whose grant has ended are still told so by `access`, and not by a row that is missing.
pub(super) fn concerned(episode: &Episode, grants: &[StoredGrant]) -> BTreeSet<Key> {
    let holder = Key::organisation(episode.holder());
    let referred = episode.state().referral().map(|referral| Key::organisation(&referral.to));
    let people = grants.iter().map(|stored| Key::person(&stored.grant.terms().to));
    std::iter::once(holder).chain(referred).chain(people).collect()
}

pub(super) fn version(asking: &Asking, sent: &Sent<'_>) -> Result<NewVersion, NotDone> {
    let id = VersionId::parse(&sent.assessment.id.to_string());
    let (Some(id), Some(stamp)) = (id, asking.stamp()) else {
        return Err(NotDone::Refused(Answer::Forbidden));
    };
    let (form, rules) = (sent.assessment.form_version.clone(), sent.assessment.pack_version.clone());
    Ok(NewVersion { id, sent: stamp, form, rules })
}

pub(super) fn number(episode: &Episode, id: VersionId) -> u32 {
    let versions = episode.versions();
    versions.and_then(|versions| versions.get(id)).map_or(1, |version| version.number())
}
