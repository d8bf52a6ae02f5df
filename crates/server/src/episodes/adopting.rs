//! Records that were stored before there were episodes: each becomes an episode of its author's, once, when the program
//! starts.

use assessment_api::assessment::{Headline, Shown, Suggestion};
use assessment_engine::answers::Answers;
use assessment_people::{
    access::Action,
    id::{EpisodeId, PersonId, VersionId},
    moment::Moment,
    version::NewVersion,
    who::Stamp,
};
use jiff::Timestamp;
use serde::Deserialize;

use super::{Asking, FromAnswers, NotDone, sending};
use crate::{
    actor::Actor,
    identifier::{AssessmentId, random_uuid},
    staff::StaffMember,
    store::{Store, StoreError, assessments::StoredAssessment, audit::AuditAction},
};

/// The name under which the store remembers that this was done.
const STEP: &str = "episodes";

/// How many ids are read at a time.
const PAGE: u32 = 100;

/// Makes an episode of each record that has none. `besides` are people who acted without signing in.
///
/// # Errors
/// If the store fails. What was done until then stays, and the rest is done at the next start.
pub(crate) async fn adopt(
    store: &dyn Store,
    besides: &[(Actor, StaffMember)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut work = store.begin().await?;
    let is_done = work.is_upgraded(STEP).await?;
    work.cancel().await?;
    if is_done {
        return Ok(());
    }
    let known = store.sessions().practitioners().await?;
    let everybody = known.iter().map(|(id, staff)| (Actor::new(id), staff.clone()));
    for (actor, staff) in everybody.chain(besides.iter().cloned()) {
        let Some(asking) = Asking::new(&actor, &staff, now).filter(|asking| asking.who().is_some()) else {
            continue;
        };
        of_one(store, &asking).await?;
    }
    match store.begin().await?.upgraded(STEP, now).await {
        // Another program that started at the same time was first.
        Err(StoreError::Conflict(_)) => Ok(()),
        outcome => outcome,
    }
}

async fn of_one(store: &dyn Store, asking: &Asking) -> Result<(), StoreError> {
    loop {
        let ids = store.view().await?.episodes().without_episode(&asking.asker.actor, PAGE).await?;
        if ids.is_empty() {
            return Ok(());
        }
        for id in ids {
            match one(store, asking, id).await {
                Ok(()) | Err(NotDone::Store(StoreError::Conflict(_))) => {}
                Err(NotDone::Store(error)) => return Err(error),
                Err(_) => {
                    return Err(StoreError::Unavailable("a record cannot become an episode".to_owned()));
                }
            }
        }
    }
}

async fn one(store: &dyn Store, asking: &Asking, id: AssessmentId) -> Result<(), NotDone> {
    let mut work = store.begin().await?;
    let found = work.assessments().find(&asking.asker.actor, id).await?;
    let (Some(stored), Some(by)) = (found, asking.who()) else { return Err(NotDone::Missing) };
    let child = PersonId::from_uuid(random_uuid()?);
    let from = from_stored(&stored, child);
    let version = NewVersion {
        id: VersionId::parse(&stored.id).ok_or(NotDone::Missing)?,
        sent: Stamp { by, at: Moment::new(stored.received_at) },
        form: stored.form_version,
        rules: stored.pack_version,
    };
    let episode = EpisodeId::from_uuid(random_uuid()?);
    // Nobody is sent anything now that they were not sent then.
    let first = sending::First { version, from: &from, front_door: None, episode };
    sending::begin(&mut *work, asking, first).await?;
    let action = AuditAction::Episode(Action::StartEpisode, episode);
    Ok(work.save(&asking.asker.actor, action, asking.at).await?)
}

/// What a stored outcome says, as far as it matters here. Older ones say less.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    urgent: Vec<String>,
    urgent_to_check: Vec<String>,
    headline: Option<StoredHeadline>,
}

#[derive(Deserialize)]
struct StoredHeadline {
    kind: String,
    code: String,
}

fn from_stored(stored: &StoredAssessment, child: PersonId) -> FromAnswers {
    // What was accepted once can be read; of anything else there is only that it exists.
    let answers = Answers::read(&stored.answers).map(|reading| reading.answers).unwrap_or_default();
    let outcome: Outcome = serde_json::from_str(&stored.outcome).unwrap_or_default();
    let headline = outcome.headline.map(|one| Headline { kind: one.kind, code: one.code });
    let nothing = || String::new();
    let shown = Shown {
        pack_version: nothing(),
        suggestion: Suggestion { certain: nothing(), possible: nothing(), not_ruled_out: nothing() },
        urgent: outcome.urgent,
        urgent_to_check: Some(outcome.urgent_to_check),
        headline: None,
    };
    FromAnswers::read(&answers, &shown, headline, &stored.reference, child)
}
