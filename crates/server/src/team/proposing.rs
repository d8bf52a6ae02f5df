//! Starting points for the plan, from the newest version of the assessment: as much of it as the one who asks may see.

use assessment_api::team::{ProposalList, ProposedAction, ProposedNeed};
use assessment_engine::{standards::Standards, triangle::Worry};
use assessment_people::{access::Action, id::EpisodeId, who::Reason};
use assessment_team::{Agreed, Need, RecordKind, proposals};

use super::in_sight;
use crate::{
    clock::date_in_england,
    episodes::{Asking, NotDone, may_see, open},
    store::Store,
    team_part,
};

/// The starting points.
///
/// # Errors
/// If they may not, they do not see the plan, or nothing was sent.
pub(crate) async fn propose(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    standards: &Standards,
    reason: Option<&Reason>,
) -> Result<ProposalList, NotDone> {
    let mut open = open(store, asking, Action::WriteTeamRecords, id, reason).await?;
    in_sight(&open, RecordKind::Plan)?;
    let episode = open.stored.state.episode.clone();
    let number = episode.versions().map(|versions| versions.newest().number()).ok_or(NotDone::Missing)?;
    let answers = team_part::newest(&mut *open.episodes(), &asking.asker, &episode).await?;
    let sight = open.sight;
    let sees = |path: &str| may_see(&answers, sight, path);
    let found = proposals(&answers, date_in_england(asking.at), standards, &sees);
    open.close(asking, reason).await?;
    Ok(ProposalList {
        version: number,
        telling: found.telling.code().to_owned(),
        needs: found.needs.into_iter().map(need).collect(),
        agreed: found.agreed.into_iter().map(agreed).collect(),
    })
}

fn need(need: Need) -> ProposedNeed {
    let worry = need.worry.map(|worry| match worry {
        Worry::Yes => "yes",
        Worry::Unsure => "unsure",
    });
    ProposedNeed {
        element: need.element.to_owned(),
        worry: worry.map(str::to_owned),
        evidence: need.evidence,
        paths: need.paths,
    }
}

fn agreed(agreed: Agreed) -> ProposedAction {
    let Agreed { desired_outcome, goal_measure, action, who, by_when, path } = agreed;
    let by_when = by_when.map(|day| day.to_string());
    ProposedAction { path, desired_outcome, goal_measure, action, who, by_when }
}
