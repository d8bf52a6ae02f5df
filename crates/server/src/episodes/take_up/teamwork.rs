//! What is counted of what teams wrote and of who led them: days, codes, and how scores changed. Words stay where they are.
//! Which scores belong together is `assessment_team::pictures`'s to say.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use assessment_people::{
    id::EpisodeId,
    take_up::{Teamwork, TookPlace},
};
use assessment_team::{
    Plan, RecordKind, Review, TeamRecord,
    pictures::{Change, Scorer, Series, series},
};

use jiff::civil::Date;

use crate::{
    clock::date_in_england,
    store::{StoreError, View, episodes::Asker, team_records::RecordOf},
};

/// What is counted of these episodes. One without records and without a lead professional is not among them.
///
/// # Errors
/// If the store fails.
pub(super) async fn of(
    view: &mut dyn View,
    system: &Asker,
    ids: &[EpisodeId],
) -> Result<BTreeMap<EpisodeId, Teamwork>, StoreError> {
    let mut records: BTreeMap<EpisodeId, Vec<RecordOf>> = BTreeMap::new();
    for record in view.team_records().of_all(system, ids).await? {
        records.entry(record.episode).or_default().push(record);
    }
    let mut all: BTreeMap<EpisodeId, Teamwork> =
        records.into_iter().map(|(id, records)| (id, written(&records))).collect();
    let mut leads: BTreeMap<EpisodeId, Vec<(bool, Option<String>)>> = BTreeMap::new();
    for stored in view.register().leads(system, ids).await? {
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
    let held: Vec<(Review, Date)> = finished(RecordKind::Review)
        .filter_map(|(one, written)| match TeamRecord::read(one.which.kind, &one.answers).ok()?.record {
            TeamRecord::Review(review) if review.is_held() => Some((*review, written)),
            _ => None,
        })
        .collect();
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
        reviews: held
            .iter()
            .filter_map(|(review, written)| Some(TookPlace { on: review.on.whole()?, written: *written }))
            .collect(),
        lead_agency: None,
        child: compared(&scores, Scorer::Child),
        parent: compared(&scores, Scorer::Parent),
        practitioner: compared(&scores, Scorer::Practitioner),
    }
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
