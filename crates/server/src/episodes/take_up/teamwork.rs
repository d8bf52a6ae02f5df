//! What is counted of what teams wrote and of who led them: days, codes, and how scores changed. Words stay where they are.
//! Which scores belong together is `assessment_team::pictures`'s to say.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use assessment_people::{
    id::EpisodeId,
    take_up::{Barrier, Teamwork, TookPlace},
};
use assessment_team::{
    Plan, RecordKind, Review, TeamRecord,
    pictures::{Change, Scorer, Series, series},
};

use jiff::civil::Date;

use crate::{
    clock::date_in_england,
    store::{
        StoreError, View,
        episodes::{Asker, StoredGrant},
        team_records::RecordOf,
    },
};

/// What is counted of these episodes. One without records and without a lead professional is not among them.
///
/// # Errors
/// If the store fails.
pub(super) async fn of(
    view: &mut dyn View,
    system: &Asker,
    ids: &[EpisodeId],
    leads_of_all: &[StoredGrant],
) -> Result<BTreeMap<EpisodeId, Teamwork>, StoreError> {
    let mut records: BTreeMap<EpisodeId, Vec<RecordOf>> = BTreeMap::new();
    for record in view.team_records().of_all(system, ids).await? {
        records.entry(record.episode).or_default().push(record);
    }
    let mut all: BTreeMap<EpisodeId, Teamwork> =
        records.into_iter().map(|(id, records)| (id, written(&records))).collect();
    let mut leads: BTreeMap<EpisodeId, Vec<(bool, Option<String>)>> = BTreeMap::new();
    for stored in leads_of_all {
        let terms = stored.grant.terms();
        let agency = terms.organisation.as_ref().map(|organisation| organisation.code().to_owned());
        leads.entry(terms.episode).or_default().push((stored.grant.ended().is_none(), agency));
    }
    for (id, leads) in leads {
        // The last to whom it was given and from whom nobody took it; where it was taken from all, the last of them.
        let lead = leads.iter().rfind(|(is_kept, _)| *is_kept).or(leads.last());
        all.entry(id).or_default().lead_agency = lead.and_then(|(_, agency)| agency.clone());
    }
    Ok(all)
}

/// What is counted of the records of one episode.
fn written(records: &[RecordOf]) -> Teamwork {
    let finished = |kind: RecordKind| {
        let written =
            move |one: &RecordOf| one.completed.filter(|_| one.which.kind == kind && !one.saved.cancelled);
        records.iter().filter_map(move |one| Some((one, date_in_england(written(one)?))))
    };
    let (held, not_held) = finished(RecordKind::Review)
        .filter_map(|(one, written)| match TeamRecord::read(one.which.kind, &one.answers).ok()?.record {
            TeamRecord::Review(review) => Some((*review, written)),
            TeamRecord::Plan(_) | TeamRecord::Meeting(_) => None,
        })
        .partition::<Vec<(Review, Date)>, _>(|(review, _)| review.is_held());
    let plan =
        records.iter().find_map(|one| match TeamRecord::read(one.which.kind, &one.answers).ok()?.record {
            TeamRecord::Plan(plan) => Some(*plan),
            TeamRecord::Meeting(_) | TeamRecord::Review(_) => None,
        });
    let reviews: Vec<&Review> = held.iter().map(|(review, _)| review).collect();
    let scores = plan.map(|plan: Plan| series(&plan, &reviews)).unwrap_or_default();
    let meetings = finished(RecordKind::Meeting);
    Teamwork {
        meetings: meetings
            .filter_map(|(one, written)| Some(TookPlace { on: one.saved.on?, written }))
            .collect(),
        barriers: barriers(&held, &not_held),
        reviews: held.iter().filter_map(took_place).collect(),
        lead_agency: None,
        child: compared(&scores, Scorer::Child),
        parent: compared(&scores, Scorer::Parent),
        practitioner: compared(&scores, Scorer::Practitioner),
    }
}

fn took_place((review, written): &(Review, Date)) -> Option<TookPlace> {
    Some(TookPlace { on: review.on.whole()?, written: *written })
}

/// What finished reviews say stood in the way: that they were not held, or an action that could not go on.
fn barriers(held: &[(Review, Date)], not_held: &[(Review, Date)]) -> Vec<(TookPlace, Barrier)> {
    let blocked = held.iter().filter(|(review, _)| review.actions.iter().any(|one| one.status == "blocked"));
    let blocked = blocked.filter_map(took_place).map(|on| (on, Barrier::ActionBlocked));
    let not_held = not_held.iter().filter_map(took_place).map(|on| (on, Barrier::ReviewNotHeld));
    blocked.chain(not_held).collect()
}

/// How the last score of each goal compares with the first; nothing of a goal that does not have two.
fn compared(scores: &[Series], scorer: Scorer) -> Vec<Ordering> {
    let compared = |goal: &Series| match goal.change(scorer) {
        Change::Better => Some(Ordering::Greater),
        Change::Same => Some(Ordering::Equal),
        Change::Worse => Some(Ordering::Less),
        Change::NotKnown => None,
    };
    scores.iter().filter_map(compared).collect()
}
