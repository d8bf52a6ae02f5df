//! By when something was promised in an episode: the dates in the assessment until there is an agreed plan, then the plan's
//! actions, meetings and reviews. Lists go by the first of these days. Which clocks of the authority run is not here.

use assessment_engine::answers::Answers;
use assessment_people::{
    episode::{Episode, Item, ItemId, Settled, StillOpen},
    id::EpisodeId,
};
use assessment_team::{
    Plan, RecordKind, TeamRecord,
    clocks::{ClockCode, Owed, is_closed},
};
use jiff::civil::Date;

use super::{Asking, answers, clocks::closed, is_cancelled_by_closing};
use crate::{
    clock::date_in_england,
    store::{
        StoreError, UnitOfWork,
        episodes::EpisodeState,
        team_records::{ListedRecord, Saved, TeamRecordReader, Which},
    },
};

/// The plan. There is one.
const PLAN: Which = Which { kind: RecordKind::Plan, number: 1 };

/// The first day on which something is promised, once a version is sent that promises something by `assessment`.
///
/// # Errors
/// If the store fails.
pub(super) async fn with_version(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    state: &EpisodeState,
    assessment: Option<Date>,
) -> Result<Option<Date>, StoreError> {
    let all = work.team_records().list(&asking.asker, state.episode.id()).await?;
    first(work, asking, state, &all, assessment).await
}

/// The first day on which something is promised, after a change to the team's records or to the episode's state.
///
/// # Errors
/// If the store fails.
pub(super) async fn after_change(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    state: &EpisodeState,
) -> Result<Option<Date>, StoreError> {
    let id = state.episode.id();
    let all = work.team_records().list(&asking.asker, id).await?;
    let assessment = if is_agreed(&all) { None } else { of_assessment(work, asking, state).await? };
    first(work, asking, state, &all, assessment).await
}

async fn of_assessment(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    state: &EpisodeState,
) -> Result<Option<Date>, StoreError> {
    let Some(versions) = state.episode.versions() else { return Ok(None) };
    let number = versions.newest().number();
    let newest = work.episodes().version(&asking.asker, state.episode.id(), number).await?;
    let read = newest.and_then(|newest| Answers::read(&newest.answers).ok());
    Ok(read.and_then(|reading| answers::due_on(&reading.answers)))
}

async fn first(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    state: &EpisodeState,
    all: &[ListedRecord],
    assessment: Option<Date>,
) -> Result<Option<Date>, StoreError> {
    if state.episode.has_ended() {
        return Ok(None);
    }
    let owed = owed(&mut *work.team_records(), asking, &state.episode, all).await?;
    // An agreed plan takes over what the assessment promised.
    let assessment = assessment.filter(|_| !is_agreed(all));
    let days = owed.into_iter().map(|owed| owed.by).chain(assessment);
    // The promise of a review ended with the episode.
    let closed = closed(&state.episode);
    let review = next_review(all).filter(|on| !is_closed(*on, &closed));
    Ok(days.chain(meetings(state, all)).chain(review).min())
}

/// Something that is open, and what it is about: the action's words, or the meeting's day.
pub(crate) struct OpenItem {
    pub(crate) item: Item,
    pub(crate) about: Option<String>,
}

/// Everything that is open in an episode now.
///
/// # Errors
/// If the store fails.
pub(super) async fn still_open(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    state: &EpisodeState,
) -> Result<StillOpen, StoreError> {
    Ok(open_items(work, asking, state).await?.into_iter().map(|open| open.item).collect())
}

/// The same with what each is about, in the order of the plan: actions that are not settled, meetings that are to come, and
/// the clock of the next review once there is an agreed plan.
///
/// # Errors
/// If the store fails.
pub(super) async fn open_items(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    state: &EpisodeState,
) -> Result<Vec<OpenItem>, StoreError> {
    let all = work.team_records().list(&asking.asker, state.episode.id()).await?;
    let plan = plan(&mut *work.team_records(), asking, state.episode.id(), &all).await?;
    let outcomes = plan.iter().flat_map(|plan| plan.outcomes.iter().enumerate());
    let actions = outcomes.flat_map(|(outcome, one)| {
        let open = one.actions.iter().enumerate().filter(|(_, action)| !action.is_settled());
        // One that a program gave no id is known by its place.
        open.filter_map(move |(row, action)| {
            let id = ItemId::parse(&action.id).or_else(|| ItemId::parse(&format!("action-{outcome}-{row}")));
            let about = Some(action.action.clone());
            id.map(|id| OpenItem { item: Item::Action(id), about })
        })
    });
    let today = date_in_england(asking.at);
    let to_come = of_kind(&all, RecordKind::Meeting).filter(|(record, saved)| {
        record.completed.is_none()
            && !saved.cancelled
            && !is_cancelled_by_closing(&state.episode, saved)
            && saved.on.is_some_and(|on| on >= today)
    });
    let has_review = of_kind(&all, RecordKind::Review).any(|(record, _)| record.completed.is_some());
    let review = if has_review { ClockCode::NextReview } else { ClockCode::FirstReview };
    let clock = ItemId::parse(review.as_str()).filter(|_| is_agreed(&all));
    let meetings = to_come.map(|(record, saved)| OpenItem {
        item: Item::Meeting(record.which.number),
        about: saved.on.map(|on| on.to_string()),
    });
    let clocks = clock.into_iter().map(|id| OpenItem { item: Item::Clock(id), about: None });
    Ok(actions.chain(meetings).chain(clocks).collect())
}

/// The plan as it is now.
///
/// # Errors
/// If the store fails.
pub(super) async fn plan(
    records: &mut (dyn TeamRecordReader + '_),
    asking: &Asking,
    id: EpisodeId,
    all: &[ListedRecord],
) -> Result<Option<Plan>, StoreError> {
    if !all.iter().any(|record| record.which == PLAN && record.newest.is_some()) {
        return Ok(None);
    }
    let found = records.find(&asking.asker, id, PLAN, None).await?;
    let read = found.and_then(|found| TeamRecord::read(PLAN.kind, &found.answers).ok());
    Ok(read.and_then(|reading| match reading.record {
        TeamRecord::Plan(plan) => Some(*plan),
        TeamRecord::Meeting(_) | TeamRecord::Review(_) => None,
    }))
}

/// The actions of the plan as it is now that are not settled and have a day. What a closing said of an action counts until the
/// plan is saved again: opening the episode again brings it not back.
///
/// # Errors
/// If the store fails.
pub(super) async fn owed(
    records: &mut (dyn TeamRecordReader + '_),
    asking: &Asking,
    episode: &Episode,
    all: &[ListedRecord],
) -> Result<Vec<Owed>, StoreError> {
    let saved = of_kind(all, PLAN.kind).next().map(|(_, saved)| saved);
    let mut owed = match saved.and_then(|saved| saved.owed.clone()) {
        Some(owed) => owed,
        None => {
            let plan = plan(records, asking, episode.id(), all).await?;
            plan.as_ref().map(assessment_team::owed).unwrap_or_default()
        }
    };
    let closings = saved.map_or(0, |saved| saved.closings);
    let settled: Vec<&Item> = episode.settled_since(closings).map(Settled::item).collect();
    let is_settled =
        |owed: &Owed| ItemId::parse(&owed.action).is_some_and(|id| settled.contains(&&Item::Action(id)));
    owed.retain(|owed| !is_settled(owed));
    Ok(owed)
}

fn is_agreed(all: &[ListedRecord]) -> bool {
    all.iter().any(|record| record.which == PLAN && record.completed.is_some())
}

/// Records of a kind with what goes with their newest revision.
pub(super) fn of_kind(
    all: &[ListedRecord],
    kind: RecordKind,
) -> impl DoubleEndedIterator<Item = (&ListedRecord, &Saved)> {
    let of = all.iter().filter(move |record| record.which.kind == kind);
    of.filter_map(|record| record.newest.as_ref().map(|(_, saved)| (record, saved)))
}

/// Days of meetings whose minutes are not finished, and of the next one that the last finished minutes promise.
fn meetings<'a>(state: &'a EpisodeState, all: &'a [ListedRecord]) -> impl Iterator<Item = Date> + 'a {
    let is_on = |saved: &Saved| !saved.cancelled && !is_cancelled_by_closing(&state.episode, saved);
    let to_come: Vec<_> = of_kind(all, RecordKind::Meeting).filter(|(_, saved)| is_on(saved)).collect();
    let last = to_come.last().filter(|(record, _)| record.completed.is_some());
    let next = last.and_then(|(_, saved)| saved.next_on);
    let open = to_come.into_iter().filter(|(record, _)| record.completed.is_none());
    open.filter_map(|(_, saved)| saved.on).chain(next)
}

/// The day of the next review, as it was agreed: by the last review that was finished, or by the plan.
pub(super) fn next_review(all: &[ListedRecord]) -> Option<Date> {
    let last = of_kind(all, RecordKind::Review).rfind(|(record, _)| record.completed.is_some());
    last.or_else(|| of_kind(all, RecordKind::Plan).next()).and_then(|(_, saved)| saved.next_on)
}
