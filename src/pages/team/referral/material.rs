//! What the page about a referral is made from: the newest version, what the team wrote, and what was sent before, each as far
//! as the person sees it.

use std::sync::Arc;

use assessment_api::episode::EpisodeRecord;
use assessment_api::path::{self, REFERRAL, TIMELINE};
use assessment_api::referral::{ReferralList, SentReferral};
use assessment_api::team::{TeamRecordSummary, Timeline};
use assessment_people::access::Action;
use assessment_team::RecordKind;

use super::super::super::work::{read_version, versions};
use super::super::stored::{At, get, team_records};
use crate::io::records_client::Asking;
use crate::state::team::read::Read;
use crate::state::work::after::may;
use crate::state::work::{Failure, Version};

/// A record of the team that the document is made from.
#[derive(Clone)]
pub(super) struct Team {
    pub(super) read: Arc<Read>,
}

/// What the page is made from.
#[derive(Clone)]
pub(super) struct Material {
    pub(super) record: EpisodeRecord,
    pub(super) revision: String,
    /// The newest version, as far as this person sees it.
    pub(super) version: Option<Arc<Version>>,
    /// The plan, the last meeting that was written up and the last review that was finished.
    pub(super) team: Vec<Team>,
    /// What happened before between the episode and social care: kind and day.
    pub(super) earlier: Vec<(String, String)>,
    pub(super) sent: Vec<SentReferral>,
}

impl Material {
    /// Which version and revisions it was made from.
    pub(super) fn read_from(&self) -> String {
        let version = self.version.as_ref().map(|one| one.version.number.to_string());
        let team = self.team.iter().map(|one| {
            let summary = &one.read.summary;
            format!("{}-{}-{}", summary.kind, summary.number, summary.revision)
        });
        version.into_iter().chain(team).collect::<Vec<_>>().join(".")
    }
}

/// Kinds of the timeline that say what social care was asked and answered.
const EARLIER: [&str; 3] = ["referred", "referral_accepted", "referral_not_accepted"];

pub(super) async fn load(asking: Asking, id: String) -> Result<Material, Failure> {
    let reply = asking.get(&path::episode(&id)).await?;
    let revision = reply.revision.clone().unwrap_or_default();
    let record: EpisodeRecord = reply.read()?;
    // Somebody may ask for help who sees nothing that was sent.
    let number = match versions(&asking, &id).await {
        Ok(list) => list.versions.last().map(|newest| newest.number),
        Err(Failure::Forbidden | Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    let version = match number {
        Some(number) => Some(Arc::new(read_version(&asking, &id, number).await?)),
        None => None,
    };
    let (mut team, mut earlier) = (Vec::new(), Vec::new());
    if may(&record, Action::ReadTeamRecords) {
        let all = team_records(&asking, &id).await?.records;
        for kind in RecordKind::ALL {
            if let Some(number) = newest(&all, kind) {
                let at = At { episode: id.clone(), kind, number };
                team.push(Team { read: Arc::new(get(&asking, &at, None).await?) });
            }
        }
        let line: Timeline = asking.get(&TIMELINE.replace("{id}", &id)).await?.read()?;
        let happened = line.entries.into_iter().filter(|one| EARLIER.contains(&one.kind.as_str()));
        earlier = happened.map(|one| (one.kind, one.on)).collect();
    }
    let sent = match may(&record, Action::ReadReferral) {
        true => asking.get(&REFERRAL.replace("{id}", &id)).await?.read::<ReferralList>()?.referrals,
        false => Vec::new(),
    };
    Ok(Material { record, revision, version, team, earlier, sent })
}

/// The number of the plan, and of the last meeting and review that are complete.
fn newest(all: &[TeamRecordSummary], kind: RecordKind) -> Option<u32> {
    let is_usable = |one: &&TeamRecordSummary| {
        let is_ready = kind == RecordKind::Plan || one.completed.is_some();
        one.kind == kind.code() && one.readable && one.revision > 0 && is_ready && !one.cancelled
    };
    all.iter().filter(is_usable).max_by_key(|one| (one.on.clone(), one.number)).map(|one| one.number)
}
