//! Asking social care for help from an episode, in whatever state it is, and reading what was sent. What follows from which
//! state is `assessment_people::episode`'s to say, what has to be answered `assessment_team`'s. Answers to a referral, and its
//! written form, are not here.

use assessment_api::{problem::ProblemItem, referral::SentDocument};
use assessment_engine::{answers::Answers, code_lists::CodeLists, disclosure::gives_address_away};
use assessment_form::{Group, Kind, Node, Question};
use assessment_people::{
    access::{Action, Answer, Sections},
    episode::Referral,
    id::{EpisodeId, ReferralId},
    protection::Protection,
    who::{Organisation, Reason},
};
use assessment_rules::RulePack;
use assessment_team::{ReferralForm, Referring, check_referral};

use super::{Asking, NotDone, Open, changing::is_urgent, open, shown::Shown, team::store_next};
use crate::{
    clock::date_in_england,
    store::{Store, StoreError, referrals::SentReferral},
};

/// What is asked of social care.
pub(crate) struct NewReferral {
    /// The id, which the one who asks chose, so that a repeat asks nobody twice.
    pub(crate) id: ReferralId,
    /// The answers to the questions of the referral.
    pub(crate) form: ReferralForm,
    /// The contact form, as it was shown.
    pub(crate) document: SentDocument,
    /// Whether somebody decided that a protected address goes.
    pub(crate) shares_address: bool,
}

/// What a referral is checked with, and to whom it goes.
#[derive(Clone, Copy)]
pub(crate) struct FrontDoor<'a> {
    /// The front door that the settings name.
    pub(crate) organisation: Option<&'a Organisation>,
    /// The rules.
    pub(crate) pack: &'a RulePack,
    /// The options of the questions.
    pub(crate) lists: &'a CodeLists,
}

/// Asks social care, from an episode that has the revision `expected`, or has asked it already. Gives the revision that it has
/// then.
///
/// # Errors
/// If they may not; the episode has changed since; no front door is known; something is missing; the
/// document gives a protected address away that nobody decided about; it does not follow from the state; another referral of the
/// episode has that id.
pub(crate) async fn refer(
    store: &dyn Store,
    asking: &Asking,
    front_door: FrontDoor<'_>,
    id: EpisodeId,
    expected: u64,
    new: &NewReferral,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    match attempt(store, asking, front_door, id, expected, new, reason).await {
        // The same came twice at once. The second look finds the first.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt(store, asking, front_door, id, expected, new, reason).await
        }
        outcome => outcome,
    }
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    front_door: FrontDoor<'_>,
    id: EpisodeId,
    expected: u64,
    new: &NewReferral,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let mut open = open(store, asking, Action::Refer, id, reason).await?;
    let answers = new.form.to_value();
    let earlier = open.work.referrals().list(&asking.asker, id).await?;
    if let Some(earlier) = earlier.into_iter().find(|one| one.id == Some(new.id)) {
        let is_repeat = earlier.sent.by.subject == asking.asker.subject
            && earlier.answers == answers
            && earlier.document == new.document;
        let revision = open.stored.revision;
        // Social care is not asked once more, and the trail does not say so.
        open.action = Action::ReadEpisode;
        open.close(asking, reason).await?;
        return if is_repeat { Ok(revision) } else { Err(NotDone::IdUsed) };
    }
    open.is_current(expected)?;
    let sent = asking.stamp().ok_or(NotDone::Refused(Answer::Forbidden))?;
    let to = front_door.organisation.ok_or(NotDone::NoFrontDoor)?;
    let episode = open.stored.state.episode.clone();
    let urgent = open.stored.state.listed.urgent || is_urgent(&mut open, asking, front_door.pack).await?;
    let problems = check_referral(&new.form, urgent, front_door.lists, date_in_england(asking.at));
    let why = Reason::new(&new.form.why).filter(|_| problems.is_empty());
    let Some(why) = why else {
        let mut items: Vec<_> =
            problems.into_iter().map(|one| ProblemItem::new(one.path, one.code.as_str())).collect();
        if items.is_empty() {
            // It has no letter and no digit.
            items.push(ProblemItem::new("why", "needed"));
        }
        return Err(NotDone::ReferralIncomplete(items));
    };
    let next = episode.refer(to.clone(), why, sent.clone())?;
    if !new.shares_address {
        keeps_address(&mut open, asking, new, front_door.lists).await?;
    }
    let (own_id, document) = (Some(new.id), new.document.clone());
    let kept = SentReferral { id: own_id, to: to.clone(), sent, answers, document };
    open.work.referrals().add(&asking.asker, id, &kept, asking.at).await?;
    store_next(open, asking, next, &[], reason).await
}

/// Refuses a document with a protected address in it that they see in the newest version. One that they do not see is not
/// looked for: the refusal would tell them that they guessed it. Where there is a version that cannot be read, any address may
/// be protected, and only what they wrote themselves goes.
async fn keeps_address(
    open: &mut Open,
    asking: &Asking,
    new: &NewReferral,
    lists: &CodeLists,
) -> Result<(), NotDone> {
    let episode = &open.stored.state.episode;
    let Some(number) = episode.versions().map(|versions| versions.newest().number()) else {
        return Ok(());
    };
    let id = episode.id();
    let newest = open.episodes().version(&asking.asker, id, number).await?;
    let shown = newest.and_then(|newest| Shown::of(&newest.answers, open.sight));
    let answers = shown.and_then(|shown| Answers::read(&shown.answers).ok());
    let Some(reading) = answers else {
        return if is_own(new, lists) { Ok(()) } else { Err(NotDone::AddressUnknown) };
    };
    let mut texts = new.document.parts.iter().flat_map(|part| {
        let lines = part.lines.iter().flat_map(|line| [&line.label, &line.value]);
        std::iter::once(&part.heading).chain(lines)
    });
    let is_inside = texts.any(|text| gives_address_away(&reading.answers, text));
    if is_inside { Err(NotDone::AddressInside) } else { Ok(()) }
}

/// Whether every line of the document is an answer to a question of the referral, which they wrote themselves.
fn is_own(new: &NewReferral, lists: &CodeLists) -> bool {
    let answer =
        |(index, question): (usize, &Question<Referring>)| match (question.kind, new.form.get(index)?) {
            (Kind::Choice(list), Node::Text(code)) => {
                lists.find(list, code).map(|option| option.label.as_str())
            }
            (_, Node::Text(text)) => Some(text.as_str()),
            _ => None,
        };
    let answers: Vec<&str> = new.form.questions().iter().enumerate().filter_map(answer).collect();
    let mut lines = new.document.parts.iter().flat_map(|part| &part.lines);
    lines.all(|line| answers.contains(&line.value.as_str()))
}

/// What was sent, as one person may see it.
pub(crate) struct SentShown {
    /// What was sent.
    pub(crate) sent: SentReferral,
    /// The name of the one who sent it, where they have signed in here.
    pub(crate) name: Option<String>,
    /// Whether they see the document.
    pub(crate) is_shown: bool,
}

/// Everything that was sent to social care from an episode, the newest first.
///
/// # Errors
/// If they may not.
pub(crate) async fn sent_referrals(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    reason: Option<&Reason>,
) -> Result<Vec<SentShown>, NotDone> {
    let mut open = open(store, asking, Action::ReadReferral, id, reason).await?;
    let sight = open.sight;
    // It tells of every section.
    let sees = Sections::ALL.within(sight.sections()) && sight.shows(Protection::Confidential);
    let mut shown = Vec::new();
    let all = open.work.referrals().list(&asking.asker, id).await?;
    for sent in all {
        let name = open.episodes().name_of(&asking.asker, &sent.sent.by.subject).await?;
        let is_shown = sees || sent.sent.by.subject == asking.asker.subject;
        shown.push(SentShown { sent, name, is_shown });
    }
    // That the front door read what it was sent counts as its receipt. Where it was shown nothing of the referral that waits,
    // its entry says only that the episode was looked at. Everybody else's says what they read.
    let waits = open.stored.state.episode.state().referral().filter(|referral| referral.waits());
    let is_theirs = |referral: &&Referral| asking.asker.organisation.as_ref() == Some(&referral.to);
    let of = |referral: &Referral| shown.iter().any(|one| one.is_shown && one.sent.sent == referral.sent);
    if waits.filter(is_theirs).is_some_and(|referral| !of(referral)) {
        open.action = Action::ReadEpisode;
    }
    open.close(asking, reason).await?;
    Ok(shown)
}
