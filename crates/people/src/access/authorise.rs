//! The one function that decides.

use super::action::{About, Action, When};
use super::decision::{Allowed, Answer, Decision, Refusal, Sight, Why};
use super::grant::{Grant, Liveness};
use super::principal::{Principal, Role};
use super::resource::{EpisodeFacts, Progress, Resource};
use super::sections::{Scope, Sections};
use super::table::{Reach, Row, Shows, TABLE};
use crate::episode::Excluded;
use crate::moment::Moment;
use crate::protection::Protection;
use crate::who::Organisation;

/// Whether somebody may do something to something now, and how much of it they are shown. `None` has not signed in.
///
/// Laws, which the tests try: more protection never allows more; a grant that is not live is no grant; another role never
/// takes anything away; who is excluded is never shown anything; a record that somebody may not know of answers as unknown.
#[must_use]
pub fn authorise(
    principal: Option<&Principal>,
    action: Action,
    resource: &Resource<'_>,
    now: Moment,
) -> Decision {
    match decide(principal, action, resource, now) {
        Ok(allowed) => Decision::Allowed(allowed),
        Err(why) => Decision::Refused(Refusal { why, answer: answer(why, principal, resource, now) }),
    }
}

/// Whom to ask about an episode that the check for duplicates found and this person may not see. Nobody where it is
/// shielded, where they are excluded, or where they may not check: then the check says nothing.
#[must_use]
pub fn hint<'a>(
    principal: Option<&Principal>,
    episode: &'a EpisodeFacts,
    now: Moment,
) -> Option<&'a Organisation> {
    let who = principal?;
    let checks = decide(principal, Action::CheckDuplicates, &Resource::Nothing, now).is_ok();
    let may_be_told = !is_excluded(who, episode) && episode.protection < Protection::Shielded;
    (checks && may_be_told).then_some(&episode.holder)
}

fn decide(
    principal: Option<&Principal>,
    action: Action,
    resource: &Resource<'_>,
    now: Moment,
) -> Result<Allowed, Why> {
    let rows = || TABLE.iter().filter(move |row| row.actions.contains(&action));
    match (action.about(), resource) {
        (About::Nothing, Resource::Nothing) => {
            let is_theirs = |row: &&Row| match (row.role, principal) {
                (None, _) => true,
                (Some(role), Some(principal)) => has(principal, role, now),
                (Some(_), None) => false,
            };
            let nothing = Sight { scope: Scope { sections: Sections::NONE, up_to: Protection::Ordinary } };
            let sights = rows().filter(is_theirs).map(|row| (row.reason, nothing));
            allowed(sights).ok_or(no_right(principal))
        }
        (About::Draft, Resource::Draft { owner }) => {
            let principal = principal.ok_or(Why::NotSignedIn)?;
            let nothing = Sight { scope: Scope { sections: Sections::NONE, up_to: Protection::Ordinary } };
            let is_theirs = |row: &&Row| {
                row.reach == Reach::OwnDraft && row.role.is_some_and(|role| has(principal, role, now))
            };
            let sights = rows().filter(is_theirs).map(|row| (row.reason, nothing));
            allowed(sights).filter(|_| **owner == principal.subject).ok_or(Why::NoRight)
        }
        (About::Episode, Resource::Episode(episode)) => {
            let principal = principal.ok_or(Why::NotSignedIn)?;
            let found = on_episode(principal, action, episode, episode.protection, now)?;
            if !is_possible(action.when(), episode.progress) {
                return Err(Why::State);
            }
            if action == Action::Erase && episode.is_on_hold {
                return Err(Why::OnHold);
            }
            Ok(found)
        }
        (About::Person, Resource::Person { episodes, protection }) => {
            let principal = principal.ok_or(Why::NotSignedIn)?;
            if episodes.iter().any(|episode| is_excluded(principal, episode)) {
                return Err(Why::Excluded);
            }
            let found = episodes.iter().filter_map(|episode| {
                let protection = episode.protection.join(*protection);
                on_episode(principal, action, episode, protection, now).ok()
            });
            let sights = found.flat_map(|found| {
                let plain = found.plain.map(|sight| (false, sight));
                plain.into_iter().chain(found.with_reason.map(|sight| (true, sight)))
            });
            allowed(sights).ok_or(Why::NoRight)
        }
        _ => Err(Why::OtherResource),
    }
}

/// What the table allows on an episode whose record is kept so closely, whatever its state.
fn on_episode(
    principal: &Principal,
    action: Action,
    episode: &EpisodeFacts,
    protection: Protection,
    now: Moment,
) -> Result<Allowed, Why> {
    if is_excluded(principal, episode) {
        return Err(Why::Excluded);
    }
    let rows = TABLE.iter().filter(|row| row.actions.contains(&action));
    let scopes = rows.flat_map(|row| reached(row, principal, episode, now).map(move |scope| (row, scope)));
    let mut why = Why::NoRight;
    let mut sights = Vec::new();
    for (row, scope) in scopes {
        if row.reach == Reach::Team && !is_shared_with(principal, row, episode) {
            why = Why::OutsideAgreement;
        } else if !opens(row, scope, protection) {
            why = Why::Protected;
        } else {
            sights.push((row.reason, Sight { scope }));
        }
    }
    allowed(sights.into_iter()).ok_or(why)
}

/// What a row shows this person of the episode, once for each way in which it reaches it.
fn reached<'a>(
    row: &'a Row,
    principal: &'a Principal,
    episode: &'a EpisodeFacts,
    now: Moment,
) -> impl Iterator<Item = Scope> {
    let organisation = principal.organisation.as_ref();
    let signed_in_as = row.role.is_some_and(|role| principal.roles.contains(&role));
    let by_sign_in = signed_in_as
        && match row.reach {
            Reach::Holder => organisation == Some(&episode.holder),
            Reach::Referral => organisation.is_some() && organisation == episode.referred_to.as_ref(),
            Reach::Authority => true,
            Reach::NoRecord | Reach::OwnDraft | Reach::Team => false,
        };
    let up_to = match row.shows {
        Shows::Everything(up_to) => up_to,
        Shows::Existence | Shows::Grant => Protection::Ordinary,
    };
    let scope = Scope { sections: row.shows.sections(), up_to };
    let granted = (row.reach == Reach::Team).then_some(principal.grants.iter()).into_iter().flatten();
    // Which episode it is for is asked first: somebody may have hundreds.
    let grants = granted.filter(move |grant| {
        grant.terms().episode == episode.id
            && Some(grant.terms().role) == row.role
            && is_live(grant, principal, now)
    });
    by_sign_in.then_some(scope).into_iter().chain(grants.map(|grant| grant.terms().scope))
}

/// Whether a record that is kept so closely is open to a row. A shielded one exists only for people named in it: by a grant
/// that says so, or by a referral.
fn opens(row: &Row, scope: Scope, protection: Protection) -> bool {
    let named = row.reach != Reach::Team || scope.up_to == Protection::Shielded;
    protection <= row.opens && (protection < Protection::Shielded || named)
}

/// Whether a member of the team may have the episode at all: the family itself, the organisation that holds it, and those
/// that it is shared with.
fn is_shared_with(principal: &Principal, row: &Row, episode: &EpisodeFacts) -> bool {
    row.role == Some(Role::FamilyViewer)
        || principal.organisation.as_ref().is_some_and(|organisation| {
            *organisation == episode.holder || episode.shared_with.contains(organisation)
        })
}

/// Whether they must not be told. That an organisation is excluded does not keep a referral from the front door that it was
/// sent to: danger comes first. That a person is excluded has no exception.
fn is_excluded(principal: &Principal, episode: &EpisodeFacts) -> bool {
    let takes_referral = |excluded: &Excluded| {
        matches!(excluded, Excluded::Organisation(organisation)
            if principal.roles.contains(&Role::DutyAdvice) && episode.referred_to.as_ref() == Some(organisation))
    };
    let organisation = principal.organisation.as_ref();
    episode.excluded.iter().any(|one| one.is(&principal.subject, organisation) && !takes_referral(one))
}

fn is_possible(when: When, progress: Progress) -> bool {
    match when {
        When::Always => true,
        When::WhileOpen => progress == Progress::Open,
        When::OnceClosed => progress == Progress::Closed,
        When::UnlessMerged => progress != Progress::Merged,
        When::WhileMerged => progress == Progress::Merged,
    }
}

/// Whether somebody has a role, by sign-in or in any episode.
fn has(principal: &Principal, role: Role, now: Moment) -> bool {
    let granted = |grant: &Grant| grant.terms().role == role && is_live(grant, principal, now);
    principal.roles.contains(&role) || principal.grants.iter().any(granted)
}

fn is_live(grant: &Grant, principal: &Principal, now: Moment) -> bool {
    grant.liveness(principal, now) == Liveness::Live
}

/// All that several rows allow together; `None` of no row. The flag says that a row asks for a reason.
fn allowed(sights: impl Iterator<Item = (bool, Sight)>) -> Option<Allowed> {
    let mut found = Allowed { plain: None, with_reason: None };
    for (reason, sight) in sights {
        let kept = if reason { &mut found.with_reason } else { &mut found.plain };
        *kept = Some(kept.map_or(sight, |kept| kept.union(sight)));
    }
    (found.plain.is_some() || found.with_reason.is_some()).then_some(found)
}

fn no_right(principal: Option<&Principal>) -> Why {
    if principal.is_some() { Why::NoRight } else { Why::NotSignedIn }
}

/// What somebody is told who is refused: that a record exists only if they may know that anyway.
fn answer(why: Why, principal: Option<&Principal>, resource: &Resource<'_>, now: Moment) -> Answer {
    let knows = match resource {
        Resource::Nothing => true,
        Resource::Draft { .. } => false,
        Resource::Episode(_) => decide(principal, Action::ReadEpisode, resource, now).is_ok(),
        Resource::Person { .. } => decide(principal, Action::ReadPerson, resource, now).is_ok(),
    };
    match why {
        Why::NotSignedIn => Answer::SignIn,
        _ if !knows => Answer::Unknown,
        Why::State | Why::OnHold => Answer::NotNow,
        _ => Answer::Forbidden,
    }
}
