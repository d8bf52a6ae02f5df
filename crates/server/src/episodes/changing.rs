//! What becomes of an episode after it was sent: closed, opened again, given to another organisation or another council, kept
//! from somebody, answered by the front door, led by social care, looked at after a late version. What follows from which state is `assessment_people::episode`'s to say.

use assessment_engine::answers::Answers;
use assessment_people::{
    access::Action,
    episode::{
        Because, Closure, ClosureIncomplete, ClosureReason, Episode, Excluded, Ground, Handover,
        InvalidTransition, Item, Referral, ReferralAnswer, RiskCheck, SentBy, Settled, StillOpen,
    },
    id::EpisodeId,
    who::{Council, Organisation, Reason, Stamp, Subject},
};
use assessment_rules::{RulePack, evaluate};

use super::{Asking, NotDone, Open, open, promised, team::store_next};
use crate::{clock::date_in_england, store::Store};

/// A change to an episode.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// It ends.
    Close {
        /// Why.
        reason: ClosureReason,
        /// The reason in words.
        words: Option<Reason>,
        /// That the risk was looked at again now, and why it is safe to close.
        why_safe: Option<Reason>,
        /// What becomes of what is open.
        settled: Vec<Settled>,
    },
    /// It is opened again.
    Reopen(Reason),
    /// Another organisation holds it.
    HandOver(Organisation),
    /// Somebody must not be told.
    Exclude(Whom),
    /// Somebody may be told again.
    LiftExclusion(Whom, Reason),
    /// The written form of a referral was sent.
    WriteReferral(SentBy),
    /// It was not, although somebody said so.
    TakeBackWritten(Reason),
    /// The front door answers.
    AnswerReferral(ReferralAnswer),
    /// What came late from an episode that is part of this one was looked at.
    Look,
    /// Social care takes the lead.
    StepUp,
    /// Social care gives the lead back.
    StepDown(Handover),
    /// Another council is asked to take it over.
    BeginTransfer {
        /// Which.
        to: Council,
        /// The code of a lawful reason and why it holds; `None` where the family agreed.
        lawful: Option<(String, Reason)>,
    },
    /// That is taken back.
    CancelTransfer(Reason),
    /// The other council has accepted.
    FinishTransfer {
        /// Who has accepted, and how that is known.
        accepted: Reason,
        /// What becomes of what is open.
        settled: Vec<Settled>,
    },
}

/// Somebody who must not be told, or may be told again.
#[derive(Debug, Clone)]
pub(crate) enum Whom {
    /// A person.
    Person(Subject),
    /// The person who was let in by the grant with that id.
    Member(String),
    /// Everybody of an organisation.
    Organisation(Organisation),
}

impl Change {
    fn action(&self) -> Action {
        match self {
            Self::Close { .. } => Action::Close,
            Self::Reopen(_) => Action::Reopen,
            Self::HandOver(_) => Action::HandOver,
            Self::Exclude(_) => Action::Exclude,
            Self::LiftExclusion(..) => Action::LiftExclusion,
            Self::WriteReferral(_) | Self::TakeBackWritten(_) => Action::WriteReferral,
            Self::AnswerReferral(_) => Action::AnswerReferral,
            Self::Look => Action::LookAtAmendments,
            Self::StepUp => Action::StepUp,
            Self::StepDown(_) => Action::StepDown,
            Self::BeginTransfer { .. } => Action::BeginTransfer,
            Self::CancelTransfer(_) => Action::CancelTransfer,
            Self::FinishTransfer { .. } => Action::FinishTransfer,
        }
    }
}

/// Changes an episode that has the revision `expected`. Gives the new revision.
///
/// # Errors
/// If they may not; the episode has changed since; it does not follow from its state.
pub(crate) async fn change(
    store: &dyn Store,
    asking: &Asking,
    pack: &RulePack,
    id: EpisodeId,
    expected: u64,
    change: Change,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let mut open = open(store, asking, change.action(), id, reason).await?;
    open.is_current(expected)?;
    let stamp = asking.stamp().ok_or(NotDone::Refused(assessment_people::access::Answer::Forbidden))?;
    let next = next(&mut open, asking, pack, change, stamp).await?;
    store_next(open, asking, next, &[], reason).await
}

async fn next(
    open: &mut Open,
    asking: &Asking,
    pack: &RulePack,
    change: Change,
    stamp: Stamp,
) -> Result<Episode, NotDone> {
    let episode = open.stored.state.episode.clone();
    Ok(match change {
        Change::Close { reason, words, why_safe, settled } => {
            let is_urgent = open.stored.state.listed.urgent || is_urgent(open, asking, pack).await?;
            let lacks_check = why_safe.is_none() && reason.needs_risk_check_where(is_urgent);
            let check = why_safe.map(|why_safe| risk_check(open, &stamp, why_safe));
            let closure = Closure::new(reason, words, check).map_err(NotDone::Closure)?;
            let closure = closure.settling(settled).map_err(NotDone::Closure)?;
            let still = still_open(open, asking).await?;
            let named = closure.unsettled(&still).cloned().collect();
            let closed = episode.close(closure, &still, stamp).map_err(|refused| naming(refused, named))?;
            if lacks_check {
                return Err(NotDone::Closure(ClosureIncomplete::RiskCheck));
            }
            closed
        }
        Change::Reopen(reason) => episode.reopen(reason, stamp)?,
        Change::HandOver(to) => {
            // An organisation that is misspelt would hold a child's record that nobody sees.
            if !open.episodes().is_known(&asking.asker, &to).await? {
                return Err(NotDone::UnknownOrganisation);
            }
            episode.hand_to(to, stamp)?
        }
        Change::Exclude(whom) => {
            let whom = excluded(open, asking, whom).await?;
            if matches!(&whom, Excluded::Person(subject) if *subject == asking.asker.subject) {
                return Err(NotDone::Yourself);
            }
            episode.exclude(whom, stamp)?
        }
        Change::LiftExclusion(whom, reason) => {
            let whom = excluded(open, asking, whom).await?;
            episode.lift_exclusion(whom, reason, stamp)?
        }
        Change::WriteReferral(by) => {
            let episode = waiting(episode)?;
            let is_written = episode.state().referral().is_some_and(|referral| referral.written.is_some());
            // The first time counts.
            if is_written { episode } else { episode.write_referral(by, stamp)? }
        }
        Change::TakeBackWritten(reason) => {
            let episode = waiting(episode)?;
            if open.is_opened_by_front_door(asking).await? {
                return Err(NotDone::OpenedHere);
            }
            episode.take_back_written(reason, stamp)?
        }
        Change::AnswerReferral(answer) => waiting(episode)?.answer_referral(answer, stamp)?,
        Change::Look => episode.look(stamp)?,
        Change::StepUp => episode.step_up(stamp)?,
        Change::StepDown(handover) => episode.step_down(handover, stamp)?,
        Change::BeginTransfer { to, lawful } => {
            let decided_by = stamp.by.clone();
            let ground = lawful.map_or(Ground::Agreed, |(code, reason)| Ground::WithoutAgreement {
                code,
                reason,
                decided_by,
            });
            episode.begin_transfer(to, ground, stamp)?
        }
        Change::CancelTransfer(reason) => episode.cancel_transfer(reason, stamp)?,
        Change::FinishTransfer { accepted, settled } => {
            let still = still_open(open, asking).await?;
            let said = |item: &Item| settled.iter().any(|one| one.item() == item);
            let named = still.iter().filter(|item| !said(item)).cloned().collect();
            let done = episode.finish_transfer(accepted, settled, &still, stamp);
            done.map_err(|refused| naming(refused, named))?
        }
    })
}

/// The episode, where a referral waits for its answer in it.
fn waiting(episode: Episode) -> Result<Episode, NotDone> {
    let waits = episode.state().referral().is_some_and(Referral::waits);
    if waits { Ok(episode) } else { Err(NotDone::NoReferral) }
}

/// Whether the newest answers are urgent today: something to do at once, or to check because it is not ruled out. What lists show was worked out when they came, by the rules of that day.
pub(super) async fn is_urgent(open: &mut Open, asking: &Asking, pack: &RulePack) -> Result<bool, NotDone> {
    let state = &open.stored.state;
    let Some(versions) = state.episode.versions() else { return Ok(false) };
    let (id, number) = (state.episode.id(), versions.newest().number());
    let newest = open.episodes().version(&asking.asker, id, number).await?;
    let today = date_in_england(asking.at);
    // What is not found or cannot be read is not said to be calm.
    Ok(newest.is_none_or(|newest| {
        Answers::read(&newest.answers).map_or(true, |reading| {
            let outcome = evaluate(&reading.answers, today, pack);
            !outcome.urgent.is_empty() || !outcome.urgent_to_check.is_empty()
        })
    }))
}

/// Everything that is open in an episode now. The records of the team say so.
async fn still_open(open: &mut Open, asking: &Asking) -> Result<StillOpen, NotDone> {
    Ok(promised::still_open(&mut *open.work, asking, &open.stored.state).await?)
}

/// The refusal with the things that nobody has decided about.
fn naming(refused: InvalidTransition, open: Vec<Item>) -> NotDone {
    match refused.because {
        Because::Unsettled => NotDone::Unsettled(open),
        _ => refused.into(),
    }
}

/// That somebody looked at the risk now, with what the rules said of the newest version.
fn risk_check(open: &Open, stamp: &Stamp, why_safe: Reason) -> RiskCheck {
    let state = &open.stored.state;
    let suggested = state.listed.headline.as_ref().map(|headline| headline.code.clone());
    let rules = state.episode.versions().map(|versions| versions.newest().rules().to_owned());
    RiskCheck {
        checked: stamp.clone(),
        suggested: suggested.unwrap_or_default(),
        rules: rules.unwrap_or_default(),
        why_safe,
    }
}

async fn excluded(open: &mut Open, asking: &Asking, whom: Whom) -> Result<Excluded, NotDone> {
    Ok(match whom {
        Whom::Person(subject) => Excluded::Person(subject),
        Whom::Organisation(organisation) => Excluded::Organisation(organisation),
        Whom::Member(id) => {
            let episode = open.stored.state.episode.id();
            let all = open.episodes().grants_in(&asking.asker, episode).await?;
            let found = all.into_iter().find(|grant| grant.id == id).ok_or(NotDone::Missing)?;
            Excluded::Person(found.grant.terms().to.clone())
        }
    })
}
