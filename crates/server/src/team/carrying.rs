//! What a finished review says of the plan's actions goes into the plan, so that the next review, the picture and the daily
//! list begin from it. What goes over, and that nothing is replaced by something older, is `assessment_team::after_review`'s.

use assessment_people::who::Stamp;
use assessment_team::{RecordKind, Review, TeamRecord, after_review};

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
    review: &Review,
    by: &Stamp,
) -> Result<(), NotDone> {
    let which = Which { kind: RecordKind::Plan, number: 1 };
    let id = open.stored.state.episode.id();
    let Some(newest) = open.team_records().find(&asking.asker, id, which, None).await? else { return Ok(()) };
    let TeamRecord::Plan(before) = read_back(which.kind, &newest.answers)? else { return Ok(()) };
    let after = after_review(&before, review);
    if after == *before {
        return Ok(());
    }
    let record = TeamRecord::Plan(Box::new(after));
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
