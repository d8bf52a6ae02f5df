//! Starting an episode with its first version, and what a later version changes besides.

use assessment_people::{
    access::{Grant, Scope, Sections},
    episode::{Episode, InvalidTransition, Refusal, Stage},
    id::EpisodeId,
    moment::Moment,
    protection::Protection,
    version::NewVersion,
    who::{Organisation, Stamp, Who},
};

use super::answers::{FromAnswers, Said};

/// An episode with its first version: notice, what the family said, what was sent and to whom.
///
/// # Errors
/// None that can be reached; the types do not know that.
pub(super) fn begin(
    id: EpisodeId,
    holder: Organisation,
    version: NewVersion,
    from: &FromAnswers,
    front_door: Option<&Organisation>,
) -> Result<Episode, InvalidTransition> {
    let stamp = version.sent.clone();
    let episode = Episode::open(id, from.child.id, holder, stamp.clone());
    let episode = settle(episode, &from.said, &stamp)?.send(version, None)?;
    refer(episode, from, front_door, stamp)
}

/// Brings what the work rests on up to what the newest version says. A closed episode takes corrections only, and rests on
/// what it did.
pub(super) fn settle(episode: Episode, said: &Said, stamp: &Stamp) -> Result<Episode, InvalidTransition> {
    if episode.has_ended() {
        return Ok(episode);
    }
    let stage = episode.state().stage().clone();
    match (said, said.basis(&stamp.by)) {
        (_, Some(mut basis)) => {
            if let Some(before) = stage.basis() {
                if before.ground == basis.ground
                    || (before.ground.is_without_agreement() && basis.ground.is_without_agreement())
                {
                    return Ok(episode);
                }
                basis.shared_with.clone_from(&before.shared_with);
            }
            let episode = match (&stage, said) {
                (Stage::Enquiry { .. } | Stage::Declined { .. }, Said::Agreed) => {
                    episode.ask(stamp.clone())?
                }
                _ => episode,
            };
            episode.rest_on(basis, stamp.clone())
        }
        (Said::No(refusal), None) => no(episode, &stage, *refusal, stamp),
        (_, None) => Ok(episode),
    }
}

fn no(
    episode: Episode,
    stage: &Stage,
    refusal: Refusal,
    stamp: &Stamp,
) -> Result<Episode, InvalidTransition> {
    let asked = |episode: Episode| episode.ask(stamp.clone());
    match stage {
        Stage::Declined { .. } => Ok(episode),
        Stage::Drafting { .. }
        | Stage::Shared { .. }
        | Stage::TacScheduled { .. }
        | Stage::PlanActive { .. }
        | Stage::InReview { .. } => episode.withdraw_agreement(stamp.clone()),
        Stage::ConsentPending { .. } => episode.refuse_agreement(stamp.clone()),
        Stage::Enquiry { .. } if refusal == Refusal::Refused => {
            asked(episode)?.refuse_agreement(stamp.clone())
        }
        // It agreed once, although nothing of it was sent.
        Stage::Enquiry { .. } => match Said::Agreed.basis(&stamp.by) {
            Some(basis) => asked(episode)?.rest_on(basis, stamp.clone())?.withdraw_agreement(stamp.clone()),
            None => Ok(episode),
        },
    }
}

/// Sends it to the front door, where the practitioner decided so and the settings name one.
pub(super) fn refer(
    episode: Episode,
    from: &FromAnswers,
    front_door: Option<&Organisation>,
    stamp: Stamp,
) -> Result<Episode, InvalidTransition> {
    // A referral that waits or was accepted is enough, and where social care has the lead it knows.
    let can_be_asked = !episode.has_ended() && episode.state().referral().is_none();
    match (front_door, &from.refers) {
        (Some(to), Some(reason)) if can_be_asked => episode.refer(to.clone(), reason.clone(), stamp),
        _ => Ok(episode),
    }
}

/// What somebody gets in an episode that they start: all of it in view.
pub(super) fn authors_grant(episode: &Episode, by: Who, now: Moment) -> Grant {
    let scope = Scope { sections: Sections::ALL, up_to: Protection::Shielded };
    Grant::on_starting(episode.id(), by, scope, now)
}
