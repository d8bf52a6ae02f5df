//! People: looking for them, and two records of one child, families.

use assessment_api::{
    person::{Born, Decision, MatchReason, Merge, PersonMatch, PersonSummary, Strength},
    problem::ProblemItem,
};
use assessment_people::{
    id::PersonId,
    matching::{self, Reason},
    merge,
    person::Birth,
    who,
};
use serde::de::DeserializeOwned;

use crate::{
    body::JsonBody,
    caller::Caller,
    error::ApiError,
    people::{Asking, Shown, shown_name, written},
    state::AppState,
};

pub(super) mod duplicates;
pub(super) mod families;
pub(super) mod matches;
pub(super) mod merge_people;
pub(super) mod not_the_same;
pub(super) mod read;
pub(super) mod search;
pub(super) mod undo_merge;

/// A body of that shape. What is wrong with it is named by `member`, never by what was sent.
fn shape<T: DeserializeOwned>(body: &JsonBody, member: &'static str) -> Result<T, ApiError> {
    body.members()?.ok_or_else(|| ApiError::wrong_shape(vec![ProblemItem::new(member, "wrong-kind")]))
}

/// A reason that somebody gave. A blank one is none.
fn reason(words: Option<&str>) -> Result<Option<who::Reason>, ApiError> {
    let Some(words) = words else { return Ok(None) };
    if words.chars().nth(crate::submission::MAX_REASON).is_some() {
        return Err(ApiError::wrong_shape(vec![ProblemItem::new("reason", "too-long")]));
    }
    Ok(who::Reason::new(words))
}

/// Who asks, and why.
pub(super) async fn asking(
    state: &AppState,
    caller: &Caller,
    reason: Option<who::Reason>,
) -> Result<Asking, ApiError> {
    let asking = Asking::of(&*state.store, &caller.actor, &caller.staff, reason, state.clock.now()).await?;
    asking.ok_or_else(ApiError::forbidden)
}

/// An id in an address. What is none is answered like one that nobody has.
fn person_id(text: &str) -> Result<PersonId, ApiError> {
    PersonId::parse(text).ok_or_else(ApiError::not_found)
}

fn matched(shown: Vec<Shown>) -> Vec<PersonMatch> {
    let one = |shown: Shown| PersonMatch {
        strength: match shown.strength {
            matching::Strength::Possible => Strength::Possible,
            matching::Strength::Likely => Strength::Likely,
            matching::Strength::Strong => Strength::Strong,
        },
        reasons_for: shown.reasons_for.iter().map(said).collect(),
        reasons_against: shown.reasons_against.iter().map(said).collect(),
        earlier_decision: shown
            .earlier
            .as_ref()
            .map(|(decision, by)| Decision { on: decision.on().to_string(), by: by.clone() }),
        person: summary(&shown),
    };
    shown.into_iter().map(one).collect()
}

fn summary(shown: &Shown) -> PersonSummary {
    PersonSummary {
        id: shown.person.id.to_string(),
        name: shown_name(&shown.person).map(written),
        born: shown.readable.then(|| born(shown.person.birth)).flatten(),
        held_by: shown.held_by.iter().map(|one| one.code().to_owned()).collect(),
        readable: shown.readable,
        episodes: shown.episodes.iter().map(ToString::to_string).collect(),
    }
}

fn born(birth: Birth) -> Option<Born> {
    let (from, to) = birth.range()?;
    Some(Born { from: from.to_string(), to: to.to_string() })
}

fn said(reason: &Reason) -> MatchReason {
    let value = serde_json::to_value(reason).unwrap_or_default();
    let text = |member: &str| value.get(member).and_then(|text| text.as_str()).unwrap_or_default().to_owned();
    let system = text("system");
    let code = if system.is_empty() { text("reason") } else { format!("{}-{system}", text("reason")) };
    MatchReason { code, words: reason.to_string() }
}

fn joined(merge: &merge::Merge) -> Merge {
    Merge {
        number: merge.number,
        kept: merge.kept.id.to_string(),
        merged: merge.merged.id.to_string(),
        on: merge.on.to_string(),
        by: merge.by.clone(),
        can_be_undone_until: merge.can_be_undone_until().to_string(),
        undone: merge.undone.as_ref().map(|(on, by)| Decision { on: on.to_string(), by: by.clone() }),
    }
}
