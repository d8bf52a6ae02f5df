//! What a run would erase, and what is due and kept all the same. It is the run, without erasing.

use std::collections::BTreeSet;

use assessment_people::{
    id::{EpisodeId, PersonId},
    retention::{Obstacle, Periods, Verdict, due_on},
};
use jiff::civil::Date;

use super::facts::Facts;
use crate::store::episodes::{Asker, EpisodeState, StoredEpisode};
use crate::store::{Store, StoreError, retention::StoredHold};

/// An episode whose day has come, or whose day nobody knows.
#[derive(Debug, Clone)]
pub struct Line {
    /// The episode.
    pub stored: StoredEpisode,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Since when it is due; `None` where nobody knows when the child was born.
    pub due_on: Option<Date>,
    /// Orders that keep it.
    pub holds: Vec<StoredHold>,
    /// The child's record, and those joined with it.
    pub people: BTreeSet<PersonId>,
    /// Whether these stay because another episode of the child needs them.
    pub people_stay: bool,
}

/// What is to be done with the episodes that come after this one, among those that may be known. Gives the last one of them
/// that was looked at, if there are more: nothing tells how many others there are, or where.
///
/// # Errors
/// If the store cannot be read.
pub async fn page(
    store: &dyn Store,
    asker: &Asker,
    periods: &Periods,
    today: Date,
    (mut after, limit): (Option<EpisodeId>, u32),
    may_know: &(dyn Fn(&EpisodeState) -> bool + Sync),
) -> Result<(Vec<Line>, Option<EpisodeId>), StoreError> {
    let mut work = store.begin().await?;
    let mut known = Vec::new();
    // One more than asked for tells whether there is a next page.
    let enough = limit as usize + 1;
    while known.len() < enough {
        let found = work.retention().episodes(asker, after, limit + 1).await?;
        let is_last = found.len() < enough;
        after = found.last().map(|last| last.state.episode.id());
        known.extend(found.into_iter().filter(|stored| may_know(&stored.state)));
        if is_last {
            break;
        }
    }
    let more = known.len() >= enough;
    known.truncate(limit as usize);
    let facts = Facts::read(&mut *work, asker, &known).await?;
    work.cancel().await?;
    let next = known.last().filter(|_| more).map(|last| last.state.episode.id());
    let line = |stored| line(&facts, periods, today, stored, may_know);
    Ok((known.into_iter().filter_map(line).collect(), next))
}

fn line(
    facts: &Facts,
    periods: &Periods,
    today: Date,
    stored: StoredEpisode,
    may_know: &(dyn Fn(&EpisodeState) -> bool + Sync),
) -> Option<Line> {
    let due_on = due_on(&facts.record(&stored), periods);
    let verdict = facts.verdict(&stored, periods, today);
    let is_listed = match verdict {
        Verdict::Due { .. } | Verdict::Retained(Obstacle::BirthNotKnown) => true,
        Verdict::Retained(_) => due_on.is_some_and(|day| day <= today),
    };
    if !is_listed {
        return None;
    }
    let id = stored.state.episode.id();
    // A run takes them in the order of their ids, so those before are gone by then.
    let goes_before = |other: &StoredEpisode| {
        other.state.episode.id() < id && matches!(facts.verdict(other, periods, today), Verdict::Due { .. })
    };
    // One that must not be known counts as if there were none.
    let all_go = facts.others(&stored).filter(|other| may_know(&other.state)).all(goes_before);
    let people_stay = !matches!(verdict, Verdict::Due { .. }) || !all_go;
    let holds = facts.holds(&stored).cloned().collect();
    Some(Line { verdict, due_on, holds, people: facts.people(&stored), people_stay, stored })
}
