//! What a run would erase, and what is due and kept all the same. It is the run, without erasing.

use std::collections::BTreeSet;

use assessment_people::{
    id::{EpisodeId, PersonId},
    retention::{Kept, Periods, Verdict, due_on},
};
use jiff::civil::Date;

use super::facts::Facts;
use crate::store::episodes::{Asker, StoredEpisode};
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

/// What is to be done with the episodes that come after this one. Gives the last one that was looked at, if there are more.
///
/// # Errors
/// If the store cannot be read.
pub async fn page(
    store: &dyn Store,
    asker: &Asker,
    periods: &Periods,
    today: Date,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<(Vec<Line>, Option<EpisodeId>), StoreError> {
    let mut work = store.begin().await?;
    // One more than asked for tells whether there is a next page.
    let mut found = work.retention().episodes(asker, after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let facts = Facts::read(&mut *work, asker, &found).await?;
    work.cancel().await?;
    let next = found.last().filter(|_| more).map(|last| last.state.episode.id());
    let lines = found.into_iter().filter_map(|stored| line(&facts, periods, today, stored)).collect();
    Ok((lines, next))
}

fn line(facts: &Facts, periods: &Periods, today: Date, stored: StoredEpisode) -> Option<Line> {
    let due_on = due_on(&facts.record(&stored), periods);
    let verdict = facts.verdict(&stored, periods, today);
    let is_listed = match verdict {
        Verdict::Due { .. } | Verdict::Kept(Kept::BirthNotKnown) => true,
        Verdict::Kept(_) => due_on.is_some_and(|day| day <= today),
    };
    if !is_listed {
        return None;
    }
    let id = stored.state.episode.id();
    // A run takes them in the order of their ids, so those before are gone by then.
    let goes_before = |other: &StoredEpisode| {
        other.state.episode.id() < id && matches!(facts.verdict(other, periods, today), Verdict::Due { .. })
    };
    let people_stay = !matches!(verdict, Verdict::Due { .. }) || !facts.others(&stored).all(goes_before);
    let holds = facts.holds(&stored).cloned().collect();
    Some(Line { verdict, due_on, holds, people: facts.people(&stored), people_stay, stored })
}
