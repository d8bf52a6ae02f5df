//! What a finished review says of the plan's actions goes into the plan, so that the next review, the picture and the daily
//! list begin from it. What goes over, and that nothing is replaced by something older, is `assessment_team::carried_over`'s.

use assessment_people::{moment::Moment, who::Stamp};
use assessment_team::{Plan, RecordKind, Review, TeamRecord, carried_over};

use super::saving::about;
use crate::{
    digest::sha256_hex,
    episodes::{Asking, NotDone, Open, closings},
    store::team_records::{Revision, Which},
    team_part::read_back,
};

/// Saves the plan with it, as a revision of the one who finishes the review. Nothing where there is no plan, or nothing new.
pub(super) async fn carry_over(
    open: &mut Open,
    asking: &Asking,
    (review, written): (&Review, Moment),
    by: &Stamp,
) -> Result<(), NotDone> {
    let which = Which { kind: RecordKind::Plan, number: 1 };
    let id = open.stored.state.episode.id();
    let Some(newest) = open.team_records().find(&asking.asker, id, which, None).await? else { return Ok(()) };
    let TeamRecord::Plan(before) = read_back(which.kind, &newest.answers)? else { return Ok(()) };
    // What was written into the plan since the review was last written is newer, and stays.
    let base = plan_at(open, asking, which, written).await?.unwrap_or_else(|| *before.clone());
    let record = carried_over(&base, review, &before);
    if record == TeamRecord::Plan(before) {
        return Ok(());
    }
    let answers = record.to_json();
    let new = Revision {
        number: newest.number + 1,
        base: newest.number,
        sha256: sha256_hex(answers.as_bytes()),
        form_version: which.kind.form_version().to_owned(),
        answers,
        saved: about(&record, by.clone(), closings(&open.stored.state.episode)),
    };
    open.team_records().add(&asking.asker, id, which, &new, asking.at).await?;
    Ok(())
}

/// The plan as it was at a moment; `None` where there was none yet.
async fn plan_at(
    open: &mut Open,
    asking: &Asking,
    which: Which,
    at: Moment,
) -> Result<Option<Plan>, NotDone> {
    let id = open.stored.state.episode.id();
    let revisions = open.team_records().revisions(&asking.asker, id, which).await?;
    let Some(then) = revisions.iter().rfind(|revision| revision.saved.by.at <= at) else { return Ok(None) };
    Ok(read_back(which.kind, &then.answers)?.as_plan().cloned())
}
