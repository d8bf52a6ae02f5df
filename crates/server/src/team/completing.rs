//! Completing a record: the plan is agreed with the family, the minutes or the review are finished. The whole form is checked,
//! and the episode moves on in the same transaction.

use assessment_api::{episode::Deed, problem::ProblemItem};
use assessment_engine::{
    answers::Answers, code_lists::CodeLists, people::people, validation::Stage as Checked,
};
use assessment_people::{
    access::Action,
    episode::{Episode, Next, Stage, StateName},
    id::EpisodeId,
    who::{Reason, Stamp},
};
use assessment_team::{Context, Member, Review, TeamRecord, check};

use super::{carrying::carry_over, in_sight, listed, reading::deed, stamp};
use crate::{
    clock::date_in_england,
    episodes::{Asking, NotDone, Open, day, open},
    store::{Store, StoreError, team_records::Which},
    team_part::read_back,
};

/// What records are checked with.
#[derive(Clone, Copy)]
pub(crate) struct TeamRules<'a> {
    /// The options of the questions.
    pub(crate) lists: &'a CodeLists,
    /// Whether the authority gives lead professionals money to spend on a plan.
    pub(crate) uses_budget: bool,
}

/// That a record is complete.
pub(crate) struct Done {
    /// Who said so, and when.
    pub(crate) completed: Deed,
    /// The revision.
    pub(crate) revision: u32,
    /// The state of the episode now.
    pub(crate) state: StateName,
}

/// Completes the newest revision of a record, which is `expected`, or has completed it already.
///
/// # Errors
/// If they may not; somebody saved it since; something in it is missing or cannot be right; a kept version waits to be
/// settled; it does not follow from the state of the episode.
pub(crate) async fn complete(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    (which, expected): (Which, u64),
    rules: TeamRules<'_>,
    reason: Option<&Reason>,
) -> Result<Done, NotDone> {
    match attempt(store, asking, id, (which, expected), rules, reason).await {
        // Somebody else has just completed it, or saved it. The second look finds that.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt(store, asking, id, (which, expected), rules, reason).await
        }
        outcome => outcome,
    }
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    (which, expected): (Which, u64),
    rules: TeamRules<'_>,
    reason: Option<&Reason>,
) -> Result<Done, NotDone> {
    let mut open = open(store, asking, Action::CompleteTeamRecord, id, reason).await?;
    let newest = open.team_records().find(&asking.asker, id, which, None).await?.ok_or(NotDone::Missing)?;
    in_sight(&open, which.kind)?;
    let by = stamp(asking)?;
    let all = open.team_records().list(&asking.asker, id).await?;
    let record = listed(&all, which).ok_or(NotDone::Missing)?;
    // Saying it again changes nothing, even where a correction came since. A plan is agreed again once it has changed.
    let is_again = |revision: u32| match which.kind {
        assessment_team::RecordKind::Plan => revision == newest.number,
        _ => true,
    };
    if let Some((revision, stamp)) = record.completed.clone().filter(|(revision, _)| is_again(*revision)) {
        return done(open, asking, revision, &stamp, reason).await;
    }
    if u64::from(newest.number) != expected {
        return Err(NotDone::Stale(newest.number.into()));
    }
    if record.waiting > 0 {
        return Err(NotDone::KeptWaits);
    }
    let stored = read_back(which.kind, &newest.answers)?;
    let people = members(&mut open, asking).await?;
    let began = open.stored.state.episode.history().first();
    let context = Context {
        today: date_in_england(asking.at),
        began: began.map(|opened| day(opened.stamp.at)),
        people: people.as_deref(),
        lists: rules.lists,
        uses_budget: rules.uses_budget,
    };
    let problems = check(&stored, Checked::Submit, &context);
    if !problems.is_empty() {
        let problems = problems.into_iter().map(|one| ProblemItem::new(one.path, one.code.as_str()));
        return Err(NotDone::Incomplete(problems.collect()));
    }
    let episode = moved(open.stored.state.episode.clone(), &stored, &by)?;
    open.team_records().complete(&asking.asker, id, which, newest.number, &by, asking.at).await?;
    if let TeamRecord::Review(review) = &stored {
        carry_over(&mut open, asking, (review, newest.saved.by.at), &by).await?;
    }
    open.move_on(asking, episode).await?;
    done(open, asking, newest.number, &by, reason).await
}

/// The episode, moved on by what is complete now.
fn moved(episode: Episode, record: &TeamRecord, by: &Stamp) -> Result<Episode, NotDone> {
    let stage = episode.state().stage();
    Ok(match record {
        // One that was agreed before is agreed again after changes, which is no step of the episode.
        TeamRecord::Plan(_) if matches!(stage, Stage::PlanActive { .. } | Stage::InReview { .. }) => episode,
        TeamRecord::Plan(_) => episode.agree_plan(by.clone())?,
        TeamRecord::Meeting(_) => episode,
        TeamRecord::Review(review) => {
            // One that was begun while another was under way begins now.
            let under_way = matches!(stage, Stage::InReview { .. });
            let episode = if under_way { episode } else { episode.begin_review(by.clone())? };
            episode.finish_review(next(review)?, by.clone())?
        }
    })
}

/// What a finished review says comes next. The check has made sure that it says one of the two.
fn next(review: &Review) -> Result<Next, NotDone> {
    if review.closes() {
        return Ok(Next::Close);
    }
    let missing = || NotDone::Incomplete(vec![ProblemItem::new("next_on", "needed")]);
    review.next_on.whole().map(Next::Review).ok_or_else(missing)
}

/// Everybody who was ever let in, and whom the newest version names. `None` where that cannot be read: then no name is wrong.
async fn members(open: &mut Open, asking: &Asking) -> Result<Option<Vec<Member>>, NotDone> {
    let episode = &open.stored.state.episode;
    let id = episode.id();
    let number = episode.versions().map_or(0, |versions| versions.newest().number());
    let Some(newest) = open.episodes().version(&asking.asker, id, number).await? else { return Ok(None) };
    let Ok(reading) = Answers::read(&newest.answers) else { return Ok(None) };
    let named = people(&reading.answers, false).into_iter();
    let mut members: Vec<Member> =
        named.map(|person| Member { name: person.name, reference: None }).collect();
    let grants = open.episodes().grants_in(&asking.asker, id).await?;
    for grant in grants {
        let name = open.episodes().name_of(&asking.asker, &grant.grant.terms().to).await?;
        members.push(Member { name: name.unwrap_or_default(), reference: Some(grant.id) });
    }
    Ok(Some(members))
}

async fn done(
    mut open: Open,
    asking: &Asking,
    revision: u32,
    by: &Stamp,
    reason: Option<&Reason>,
) -> Result<Done, NotDone> {
    let completed = deed(&mut open, asking, by).await?;
    let state = open.stored.state.episode.state().name();
    open.close(asking, reason).await?;
    Ok(Done { completed, revision, state })
}
