//! What was sent of a record and not merged.

use assessment_api::team::{KeptTeamVersion, TeamClash};
use assessment_people::{access::Action, id::EpisodeId, who::Reason};
use assessment_team::{Reader, RecordKind, part_at};

use super::{
    in_sight, listed, reader,
    reading::{deed, raw},
};
use crate::{
    episodes::{Asking, NotDone, Open, open},
    store::{
        Store,
        team_records::{KeptVersion, Which, WhyKept},
    },
    team_part,
};

/// All of it, oldest first.
///
/// # Errors
/// If they may not, they do not see its section, or there is no such record.
pub(crate) async fn kept_versions(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    which: Which,
    reason: Option<&Reason>,
) -> Result<Vec<KeptTeamVersion>, NotDone> {
    let mut open = open(store, asking, Action::ReadTeamRecords, id, reason).await?;
    let all = open.team_records().list(&asking.asker, id).await?;
    listed(&all, which).ok_or(NotDone::Missing)?;
    in_sight(&open, which.kind)?;
    let reader = reader(&mut open, asking, reason).await?;
    let mut found = Vec::new();
    let all = open.team_records().kept(&asking.asker, id, which).await?;
    for one in all {
        found.push(shown(&mut open, asking, which.kind, one, &reader).await?);
    }
    open.close(asking, reason).await?;
    Ok(found)
}

/// A kept version as it is shown to somebody.
pub(super) async fn shown(
    open: &mut Open,
    asking: &Asking,
    kind: RecordKind,
    version: KeptVersion,
    reader: &Reader,
) -> Result<KeptTeamVersion, NotDone> {
    let theirs_saved = match &version.kept.theirs {
        Some(theirs) => Some(deed(open, asking, theirs).await?),
        None => None,
    };
    let why = match version.kept.why {
        WhyKept::Clash => "clash",
        WhyKept::Closed => "closed",
    };
    let (answers, left_out) = team_part::shown(kind, version.answers, reader)?;
    Ok(KeptTeamVersion {
        id: version.id,
        why: why.to_owned(),
        sent: deed(open, asking, &version.kept.by).await?,
        base: version.base,
        against: version.kept.against,
        theirs_saved,
        clashes: version.kept.clashes.into_iter().map(|clash| clash_shown(kind, clash, reader)).collect(),
        record: raw(answers)?,
        left_out,
        settled: version.settled,
    })
}

/// Where the two differ. Of what somebody does not see there is the place alone.
fn clash_shown(kind: RecordKind, clash: TeamClash, reader: &Reader) -> TeamClash {
    let TeamClash { path, base, yours, theirs } = clash;
    let [base, yours, theirs] =
        [base, yours, theirs].map(|value| value.and_then(|value| part_at(kind, &path, &value, reader)));
    TeamClash { path, base, yours, theirs }
}
