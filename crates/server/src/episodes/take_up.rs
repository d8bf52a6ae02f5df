//! Take-up and outcomes of the area: what was published about quarters that are over, and publishing what is missing. What is
//! counted and what is hidden is `assessment_people::take_up`'s; this reads the episodes, what their teams wrote and who worked
//! in them for it, once a quarter. Why numbers are as they are is in `stories`.

mod stories;
mod teamwork;
mod workers;

use std::collections::BTreeMap;

use assessment_engine::areas::Areas;
use assessment_people::{
    access::Action,
    id::EpisodeId,
    protection::Protection,
    take_up::{Facts, Published, Quarter, RECORDED, Since, Teamwork, Threshold, publish},
};
use jiff::{Timestamp, civil::Date};
use tokio::sync::Mutex;

pub(crate) use stories::{Told, erase_story, tell_story, wordings};
use workers::Workers;

use super::{Asking, NotDone, day, may_at_all};
use crate::{
    clock::{date_in_england, start_of_day_in_england},
    store::{
        Store, StoreError,
        audit::AuditAction,
        episodes::Asker,
        register::{RegisterRow, WantedRegister},
    },
};

/// How many quarters are shown: this year, and a year before to compare with.
const QUARTERS: usize = 8;

/// How many episodes are read at a time.
const AT_ONCE: u32 = 500;

/// Locked while a quarter is worked out, so that a server does it once and not for each request that waits. It has the last
/// quarter that was tried: there may have been nothing to publish.
pub(crate) type Making = Mutex<Option<Quarter>>;

/// The threshold that a profile names, or the usual one.
///
/// # Errors
/// It names one that is none.
pub(crate) fn threshold(profile: &str) -> Result<Threshold, String> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct TakeUp {
        hide_below: Threshold,
    }
    #[derive(serde::Deserialize)]
    struct Profile {
        take_up: Option<TakeUp>,
    }
    match serde_json::from_str::<Profile>(profile) {
        Ok(profile) => Ok(profile.take_up.map_or(Threshold::USUAL, |given| given.hide_below)),
        Err(error) => Err(format!("profile: take_up: {error}")),
    }
}

/// What is shown.
pub(crate) struct Shown {
    /// The quarters, oldest first.
    pub(crate) quarters: Vec<Published>,
    /// The newest wording of every story behind one of their numbers.
    pub(crate) stories: Vec<Told>,
    /// The first day on which there will be one more quarter.
    pub(crate) next_on: Date,
}

/// The quarters that are shown, with the stories behind their numbers.
///
/// # Errors
/// If they may not, or the store fails.
pub(crate) async fn take_up(
    store: &dyn Store,
    asking: &Asking,
    areas: &Areas,
    threshold: Threshold,
    making: &Making,
) -> Result<Shown, NotDone> {
    let mut view = store.view().await?;
    let grants = view.episodes().grants_to(&asking.asker).await?;
    may_at_all(&asking.principal(&grants), Action::ReadTakeUp, asking.now)?;
    let now = Quarter::of(date_in_england(asking.at));
    let mut published = view.register().published(&asking.asker).await?;
    if !has(&published, now.before()) {
        drop(view);
        publish_missing(store, asking.at, areas, threshold, making).await?;
        view = store.view().await?;
        published = view.register().published(&asking.asker).await?;
    }
    let stories = stories::newest(&mut *view, asking).await?;
    drop(view);
    let work = store.begin().await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::ReadTakeUp), asking.at).await?;
    let surplus = published.len().saturating_sub(QUARTERS);
    Ok(Shown { quarters: published.split_off(surplus), stories, next_on: now.next().first_day() })
}

fn has(published: &[Published], quarter: Quarter) -> bool {
    published.iter().any(|one| one.quarter == quarter)
}

/// Publishes the quarters that are over at a moment and missing. Another server may do so at the same time; the first one
/// counts.
///
/// # Errors
/// If the store fails.
pub(crate) async fn publish_missing(
    store: &dyn Store,
    at: Timestamp,
    areas: &Areas,
    threshold: Threshold,
    making: &Making,
) -> Result<(), StoreError> {
    let Some(system) = Asker::program() else { return Ok(()) };
    let now = Quarter::of(date_in_england(at));
    let mut tried = making.lock().await;
    if *tried == Some(now.before()) {
        return Ok(());
    }
    let published = {
        let mut view = store.view().await?;
        view.register().published(&system).await?
    };
    if !has(&published, now.before()) {
        complete(store, (&system, at), areas, threshold, &published).await?;
    }
    *tried = Some(now.before());
    Ok(())
}

async fn complete(
    store: &dyn Store,
    (system, at): (&Asker, Timestamp),
    areas: &Areas,
    threshold: Threshold,
    published: &[Published],
) -> Result<(), StoreError> {
    let now = Quarter::of(date_in_england(at));
    let Found { mut facts, workers, wrote } = found(store, system, areas, now).await?;
    let Some(since) = Since::of(&facts, wrote, workers.first_page()) else { return Ok(()) };
    let clusters: Vec<String> = areas.clusters.iter().map(|cluster| cluster.code.clone()).collect();
    let (mut missing, episodes) = (Vec::new(), facts.len());
    let mut quarter = now.before();
    while missing.len() < QUARTERS && quarter.last_day() >= since.opened && !has(published, quarter) {
        facts.extend(workers.facts(quarter));
        missing.push(publish(quarter, &facts, since, &clusters, &RECORDED, threshold));
        facts.truncate(episodes);
        quarter = quarter.before();
    }
    let mut work = store.begin().await?;
    for new in &missing {
        let kept = work.register().publish(system, new, at).await;
        match kept {
            Ok(()) => {}
            Err(StoreError::Conflict(_)) => {
                return work.cancel().await;
            }
            Err(error) => return Err(error),
        }
    }
    match work.save(&system.actor, AuditAction::Own(Action::ReadTakeUp), at).await {
        Err(StoreError::Conflict(_)) => Ok(()),
        outcome => outcome,
    }
}

/// What is counted.
struct Found {
    /// The facts of all episodes that began before this quarter.
    facts: Vec<Facts>,
    /// Who worked in them.
    workers: Workers,
    /// The day on which the first team saved something.
    wrote: Option<Date>,
}

async fn found(store: &dyn Store, system: &Asker, areas: &Areas, now: Quarter) -> Result<Found, StoreError> {
    let until = start_of_day_in_england(now.first_day());
    let mut wanted = WantedRegister { until, limit: AT_ONCE, ..WantedRegister::default() };
    let mut view = store.view().await?;
    let wrote = view.team_records().first_saved(system).await?.map(date_in_england);
    let pages = view.pages().training(system).await?;
    let (mut facts, mut workers) = (Vec::new(), Workers::with(pages));
    loop {
        let mut rows = view.register().list(system, &wanted).await?;
        let Some(last) = rows.last() else { return Ok(Found { facts, workers, wrote }) };
        wanted.after = Some(last.stored.state.episode.id());
        // Anyone who works in a shielded one is not counted for it, either.
        rows.retain(|row| row.stored.state.protection != Protection::Shielded);
        let ids: Vec<EpisodeId> = rows.iter().map(|row| row.stored.state.episode.id()).collect();
        let leads = view.register().leads(system, &ids).await?;
        let mut teamwork = teamwork::of(&mut *view, system, &ids, &leads).await?;
        workers.note(rows.iter().map(|row| &row.stored.state.episode), &leads);
        facts.extend(rows.iter().filter_map(|row| of(row, &mut teamwork, areas)));
    }
}

/// The facts of one episode.
fn of(
    RegisterRow { stored, place, .. }: &RegisterRow,
    teamwork: &mut BTreeMap<EpisodeId, Teamwork>,
    areas: &Areas,
) -> Option<Facts> {
    let episode = &stored.state.episode;
    let cluster =
        areas.cluster_of(place.school.as_deref(), place.sector.as_deref(), place.district.as_deref());
    let cluster = cluster.map(|cluster| cluster.code.clone());
    Facts::of(episode, cluster, teamwork.remove(&episode.id()).unwrap_or_default(), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_names_its_threshold_or_has_the_usual_one_b21() {
        assert_eq!(threshold("{}"), Ok(Threshold::USUAL));
        assert_eq!(threshold(r#"{"take_up": {"hide_below": 10}}"#).map(Threshold::get), Ok(10));
        for wrong in ["2", "101", "\"6\"", "null"] {
            let profile = format!("{{\"take_up\": {{\"hide_below\": {wrong}}}}}");
            assert!(threshold(&profile).is_err_and(|text| text.starts_with("profile: take_up: ")), "{wrong}");
        }
    }
}
