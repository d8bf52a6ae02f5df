//! The team of an episode: who was let into it, inviting somebody, and ending their access.

use assessment_people::{
    access::{Action, Grant, GrantTerms, Liveness, Principal, Role, Scope, Sections, USUAL_DAYS},
    episode::Episode,
    id::EpisodeId,
    moment::Moment,
    who::{Organisation, Reason, Subject, Who},
};
use jiff::civil::Date;

use super::{Asking, NotDone, Open, may, open, owed, promised, refusing::noted, replace, sending::concerned};
use crate::{
    identifier::random_uuid,
    store::{
        Store, StoreError,
        audit::AuditAction,
        episodes::{EpisodeState, StoredGrant},
        team_records::SentTo,
    },
};

/// Somebody who was let into an episode.
pub(crate) struct Member {
    /// What they were let see and do.
    pub(crate) grant: StoredGrant,
    /// Their name, where they have signed in here.
    pub(crate) name: Option<String>,
    /// Whether it counts now.
    pub(crate) liveness: Liveness,
    /// Whether they have been shut out, and so nothing opens for them.
    pub(crate) has_left: bool,
    /// How many open actions of the plan they owe; none where the one who asks does not see the plan.
    pub(crate) open_actions: u32,
    /// The name of the one who answers for it; `None` of who started the episode.
    pub(crate) given_by: Option<String>,
    /// The minutes that they were sent; none where the one who asks does not see meetings.
    pub(crate) copies: Vec<CopySent>,
}

/// Minutes that somebody was sent.
#[derive(Clone)]
pub(crate) struct CopySent {
    /// The number of the meeting.
    pub(crate) meeting: u32,
    /// Its day, where it has one.
    pub(crate) on: Option<Date>,
    /// To whom, when, and who says so.
    pub(crate) sent: SentTo,
}

/// Whom to let in, and how far.
#[derive(Debug, Clone)]
pub(crate) struct Invitation {
    /// Who.
    pub(crate) to: Subject,
    /// For whom they act; none of the family itself.
    pub(crate) organisation: Option<Organisation>,
    /// As what.
    pub(crate) role: Role,
    /// What of the record.
    pub(crate) scope: Scope,
    /// Until when; the usual time if nobody says.
    pub(crate) until: Option<Moment>,
    /// Whether the one who invites says that the family's agreement covers that organisation.
    pub(crate) is_covered: bool,
}

/// Everybody who was let into an episode, and its revision.
///
/// # Errors
/// If they may not see that.
pub(crate) async fn members(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    reason: Option<&Reason>,
) -> Result<(Vec<Member>, u64), NotDone> {
    let mut open = open(store, asking, Action::ListMembers, id, reason).await?;
    let mut members = Vec::new();
    let all = open.episodes().grants_in(&asking.asker, id).await?;
    let sees_plan = open.sight.sections().contains(Sections::PLAN);
    let plan = if sees_plan { owed::plan(&mut *open.work, asking, id).await? } else { None };
    let subjects = all.iter().map(|one| one.grant.terms().to.clone()).collect();
    let left = open.episodes().left(&asking.asker, &subjects).await?;
    let sent = if open.sight.sections().contains(Sections::MEETINGS) {
        copies(&mut open, asking).await?
    } else {
        Vec::new()
    };
    for grant in all {
        let terms = grant.grant.terms();
        let open_actions = plan.as_ref().map_or(0, |plan| owed::open_actions_of(plan, &grant.id));
        let name = open.episodes().name_of(&asking.asker, &terms.to).await?;
        let has_left = left.contains(&terms.to);
        let copies = sent.iter().filter(|one| name.as_deref().is_some_and(|name| one.is_to(name)));
        let copies = copies.cloned().collect();
        let given_by = match &terms.given_by.subject {
            // They started it.
            themselves if *themselves == terms.to => None,
            other => open.episodes().name_of(&asking.asker, other).await?,
        };
        members.push(Member {
            liveness: liveness(&grant.grant, asking.now),
            name,
            has_left,
            open_actions,
            given_by,
            copies,
            grant,
        });
    }
    let revision = open.stored.revision;
    open.close(asking, reason).await?;
    Ok((members, revision))
}

impl CopySent {
    /// Whether the list names them, however it spells capitals and spaces. Lists are typed by people, and have no ids.
    fn is_to(&self, name: &str) -> bool {
        let alike = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.sent.to.iter().any(|to| alike(to) == alike(name))
    }
}

/// The minutes that anybody was sent.
async fn copies(open: &mut Open, asking: &Asking) -> Result<Vec<CopySent>, StoreError> {
    let id = open.stored.state.episode.id();
    let mut records = open.team_records();
    let all = records.list(&asking.asker, id).await?;
    let mut found = Vec::new();
    for record in all.iter().filter(|record| record.is_circulated) {
        let meeting = record.which.number;
        let on = record.newest.as_ref().and_then(|(_, saved)| saved.on);
        let sent = records.circulations(&asking.asker, id, meeting).await?;
        found.extend(sent.into_iter().map(|one| CopySent { meeting, on, sent: one.sent }));
    }
    Ok(found)
}

/// Lets somebody in. Gives the new revision of the episode, and the id of the grant.
///
/// # Errors
/// If they may not; the episode has changed since; it is more than they see themselves; the agreement does not cover it.
pub(crate) async fn invite(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    invitation: &Invitation,
    reason: Option<&Reason>,
) -> Result<(u64, String), NotDone> {
    let open = open(store, asking, Action::Invite, id, reason).await?;
    open.is_current(expected)?;
    if !open.sight.may_give(invitation.scope) {
        return Err(NotDone::MoreThanSeen);
    }
    let given_by = asking.who().ok_or(NotDone::Refused(assessment_people::access::Answer::Forbidden))?;
    let grant = Grant::give(GrantTerms {
        episode: id,
        to: invitation.to.clone(),
        organisation: invitation.organisation.clone(),
        role: invitation.role,
        scope: invitation.scope,
        from: asking.now,
        until: invitation.until.unwrap_or(asking.now.plus_days(USUAL_DAYS)),
        given_by,
    })?;
    let episode = match covered(&open, asking, invitation) {
        Ok(episode) => episode,
        refused => {
            drop(open);
            return noted(store, asking, refused.map(|_| (expected, String::new()))).await;
        }
    };
    let grant = StoredGrant { id: random_uuid()?.to_string(), revision: 1, grant };
    let revision = store_next(open, asking, episode, std::slice::from_ref(&grant), reason).await?;
    Ok((revision, grant.id))
}

/// Ends somebody's access, and hands what they gave to others to the lead professional. Gives the new revision of the episode.
///
/// # Errors
/// If they may not; the episode has changed since; there is no such member.
pub(crate) async fn end(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    member: &str,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let mut open = open(store, asking, Action::EndMembership, id, reason).await?;
    open.is_current(expected)?;
    let all = open.episodes().grants_in(&asking.asker, id).await?;
    let (found, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|grant| grant.id == member && grant.grant.ended().is_none());
    let grant = found.into_iter().next().ok_or(NotDone::Missing)?;
    let leaver = grant.grant.terms().to.clone();
    let ended = next_of(grant, |grant| grant.end(asking.now));
    let handed = handed(asking, &leaver, others)?;
    let changed: Vec<StoredGrant> = std::iter::once(ended).chain(handed).collect();
    let episode = open.stored.state.episode.clone();
    store_next(open, asking, episode, &changed, reason).await
}

/// The grants that somebody gave, handed to the one who answers for them from now on: a lead professional, if possible the
/// one who asks; the one who asks where nobody leads. None where the leaver is still in the team by another grant.
fn handed(asking: &Asking, leaver: &Subject, grants: Vec<StoredGrant>) -> Result<Vec<StoredGrant>, NotDone> {
    let is_live = |grant: &&StoredGrant| liveness(&grant.grant, asking.now) == Liveness::Live;
    if grants.iter().filter(is_live).any(|grant| grant.grant.terms().to == *leaver) {
        return Ok(Vec::new());
    }
    let who = asking.who().ok_or(NotDone::Refused(assessment_people::access::Answer::Forbidden))?;
    let leaders: Vec<Who> = grants
        .iter()
        .filter(is_live)
        .map(|grant| grant.grant.terms())
        .filter(|terms| terms.role == Role::LeadProfessional)
        .filter_map(|terms| {
            Some(Who { subject: terms.to.clone(), organisation: terms.organisation.clone()? })
        })
        .collect();
    let asks = leaders.iter().any(|leader| leader.subject == who.subject);
    let to = leaders.into_iter().next().filter(|_| !asks).unwrap_or(who);
    let is_theirs = |grant: &StoredGrant| {
        let terms = grant.grant.terms();
        let runs = !matches!(liveness(&grant.grant, asking.now), Liveness::Ended | Liveness::Void);
        runs && terms.given_by.subject == *leaver && terms.to != *leaver
    };
    let theirs = grants.into_iter().filter(is_theirs);
    Ok(theirs.map(|grant| next_of(grant, |grant| grant.handed_to(to.clone(), asking.now))).collect())
}

/// The next revision of a grant.
fn next_of(stored: StoredGrant, change: impl FnOnce(Grant) -> Grant) -> StoredGrant {
    StoredGrant { id: stored.id, revision: stored.revision + 1, grant: change(stored.grant) }
}

/// The episode, shared with the organisation of somebody who is invited.
fn covered(open: &Open, asking: &Asking, invitation: &Invitation) -> Result<Episode, NotDone> {
    let state = &open.stored.state;
    let episode = state.episode.clone();
    let organisation = invitation.organisation.as_ref();
    if episode.excluded().iter().any(|one| one.is(&invitation.to, organisation)) {
        return Err(NotDone::NotCovered);
    }
    let Some(organisation) = &invitation.organisation else {
        // Only the family itself acts for nobody.
        return if invitation.role == Role::FamilyViewer { Ok(episode) } else { Err(NotDone::NotCovered) };
    };
    let basis = episode.state().stage().basis().cloned();
    let is_shared = basis.as_ref().is_some_and(|basis| basis.shared_with.contains(organisation));
    if organisation == episode.holder() || is_shared {
        return Ok(episode);
    }
    let (Some(mut basis), true) = (basis, invitation.is_covered) else { return Err(NotDone::NotCovered) };
    // Saying what the agreement covers is an action of its own.
    may(&open.principal, Action::RecordAgreement, state, None, asking.now)?;
    basis.shared_with.insert(organisation.clone());
    let stamp = asking.stamp().ok_or(NotDone::NotCovered)?;
    Ok(episode.rest_on(basis, stamp)?)
}

/// Stores a change, to the team or otherwise, as the next revision of the episode: two at once cannot both be made unseen.
pub(super) async fn store_next(
    open: Open,
    asking: &Asking,
    episode: Episode,
    grants: &[StoredGrant],
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let Open { mut work, stored, action, .. } = open;
    let (id, expected) = (episode.id(), stored.revision);
    let mut next = EpisodeState { episode, ..stored.state.clone() };
    if next.episode.has_ended() {
        next.listed.due_on = promised::after_change(&mut *work, asking, &next).await?;
    }
    match replace(&mut *work, asking, &asking.asker, &stored, &next).await {
        Err(NotDone::Store(StoreError::Conflict(_))) => return Err(NotDone::Stale(expected + 1)),
        outcome => outcome?,
    }
    let mut episodes = work.episodes();
    for grant in grants {
        episodes.add_grant(&asking.asker, grant, asking.at).await?;
    }
    let all = episodes.grants_in(&asking.asker, id).await?;
    episodes.concern(&asking.asker, id, &concerned(&next.episode, &all)).await?;
    drop(episodes);
    work.save_because(&asking.asker.actor, AuditAction::Episode(action, id), asking.at, reason).await?;
    Ok(expected + 1)
}

/// Whether a grant counts for the person it was given to.
pub(super) fn liveness(grant: &Grant, now: Moment) -> Liveness {
    let terms = grant.terms();
    let to = Principal {
        subject: terms.to.clone(),
        organisation: terms.organisation.clone(),
        roles: std::collections::BTreeSet::new(),
        grants: Vec::new(),
    };
    grant.liveness(&to, now)
}
