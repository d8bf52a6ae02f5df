//! How much of a person somebody may be shown.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Action, Decision, EpisodeFacts, Resource, Why, authorise, hint},
    id::EpisodeId,
    person::Person,
    who::Organisation,
};

use super::Asking;

/// How much of a person somebody may be shown.
pub(super) enum Reach {
    /// What is known of them.
    Record,
    /// That they exist and whose record it is.
    Existence,
    /// One of these, once they say why.
    WithReason,
    /// Nothing, but whom to ask; only for the check for duplicates. None of nobody.
    Ask(BTreeSet<Organisation>),
}

pub(super) fn reach(asking: &Asking, person: &Person, episodes: &[EpisodeFacts]) -> Reach {
    let has_reason = asking.reason.is_some();
    let mut needs_reason = false;
    let resource = Resource::Person { episodes, protection: person.protection.level };
    match authorise(Some(&asking.principal), Action::ReadPerson, &resource, asking.now) {
        Decision::Allowed(allowed) => match allowed.sight(has_reason) {
            Some(sight) if sight.shows(person.protection.level) => return Reach::Record,
            Some(_) => return Reach::Existence,
            None => needs_reason = true,
        },
        // Who must not be told of one episode is told nothing of the person, whatever the others allow.
        Decision::Refused(refused) if refused.why == Why::Excluded => return Reach::Ask(BTreeSet::new()),
        Decision::Refused(_) => {}
    }
    for episode in episodes {
        let strictest = as_close(person, episode);
        let resource = Resource::Episode(&strictest);
        let decision = authorise(Some(&asking.principal), Action::ReadEpisode, &resource, asking.now);
        if let Decision::Allowed(allowed) = decision {
            if allowed.sight(has_reason).is_some() {
                return Reach::Existence;
            }
            needs_reason = true;
        }
    }
    if needs_reason {
        return Reach::WithReason;
    }
    // One episode that must not be told of silences the others: the person is the same.
    let hints: Option<BTreeSet<Organisation>> = episodes
        .iter()
        .map(|episode| hint(Some(&asking.principal), &as_close(person, episode), asking.now).cloned())
        .collect();
    Reach::Ask(hints.unwrap_or_default())
}

/// Those of a person's episodes of which somebody may know, as far as they have said why. Opening one may ask for a reason.
pub(super) fn may_open(asking: &Asking, person: &Person, episodes: &[EpisodeFacts]) -> Vec<EpisodeId> {
    known(asking, person, episodes).map(|episode| episode.id).collect()
}

/// The organisations that hold those episodes. That another one holds one more would tell of it.
pub(super) fn holders(asking: &Asking, person: &Person, episodes: &[EpisodeFacts]) -> BTreeSet<Organisation> {
    known(asking, person, episodes).map(|episode| episode.holder.clone()).collect()
}

fn known<'a>(
    asking: &'a Asking,
    person: &'a Person,
    episodes: &'a [EpisodeFacts],
) -> impl Iterator<Item = &'a EpisodeFacts> {
    episodes.iter().filter(|episode| {
        let strictest = as_close(person, episode);
        let resource = Resource::Episode(&strictest);
        match authorise(Some(&asking.principal), Action::ReadEpisode, &resource, asking.now) {
            Decision::Allowed(allowed) => allowed.sight(asking.reason.is_some()).is_some(),
            Decision::Refused(_) => false,
        }
    })
}

/// An episode, kept as closely as the person.
fn as_close(person: &Person, episode: &EpisodeFacts) -> EpisodeFacts {
    EpisodeFacts { protection: episode.protection.join(person.protection.level), ..episode.clone() }
}
