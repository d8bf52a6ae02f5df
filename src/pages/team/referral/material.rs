//! What the page about a referral is made from: the newest version, what the team wrote, and what was sent before, each as far
//! as the person sees it. What cannot be read is left out and named: one part never takes the page away.

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
    /// What could not be read, by the keys of its words. The page goes on without: a child may be in danger.
    pub(super) unread: Vec<&'static str>,
}

/// The key of the newest version, where it could not be read.
pub(super) const VERSION: &str = "team.referral.of.version";

impl Material {
    /// Whether there is an assessment that could not be read: nobody can tell then whether an address is protected.
    pub(super) fn is_assessment_unread(&self) -> bool {
        self.unread.contains(&VERSION)
    }

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
    let mut unread = Vec::new();
    let version = part(newest_version(&asking, &id).await, VERSION, &mut unread)?.flatten();
    let (mut team, mut earlier, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    if may(&record, Action::ReadTeamRecords) {
        let all = part(team_records(&asking, &id).await, "team.referral.of.team", &mut unread)?;
        let all = all.map(|list| list.records).unwrap_or_default();
        for kind in RecordKind::ALL {
            if let Some(number) = newest(&all, kind) {
                let at = At { episode: id.clone(), kind, number };
                let read = part(get(&asking, &at, None).await, heading(kind), &mut unread)?;
                team.extend(read.map(|read| Team { read: Arc::new(read) }));
            }
        }
        let line = part(timeline(&asking, &id).await, "team.referral.earlier", &mut unread)?;
        let happened = line.into_iter().flat_map(|line| line.entries);
        let happened = happened.filter(|one| EARLIER.contains(&one.kind.as_str()));
        earlier = happened.map(|one| (one.kind, one.on)).collect();
    }
    if may(&record, Action::ReadReferral) {
        let list = part(referrals(&asking, &id).await, "team.referral.sent", &mut unread)?;
        sent = list.map(|list| list.referrals).unwrap_or_default();
    }
    Ok(Material { record, revision, version, team, earlier, sent, unread })
}

/// A part that was asked for. Where it cannot be read, its key is noted and the page goes on without; what somebody has to do
/// first, such as signing in, stops the whole.
fn part<T>(
    found: Result<T, Failure>,
    key: &'static str,
    unread: &mut Vec<&'static str>,
) -> Result<Option<T>, Failure> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(failure @ (Failure::SignIn | Failure::Portal | Failure::ReasonNeeded)) => Err(failure),
        Err(_) => {
            unread.push(key);
            Ok(None)
        }
    }
}

/// What the part of the document is called that comes from a record of the team.
pub(super) fn heading(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Plan => "team.referral.of.plan",
        RecordKind::Meeting => "team.referral.of.meeting",
        RecordKind::Review => "team.referral.of.review",
    }
}

/// The newest version. Somebody may ask for help who sees nothing that was sent.
async fn newest_version(asking: &Asking, id: &str) -> Result<Option<Arc<Version>>, Failure> {
    let list = match versions(asking, id).await {
        Ok(list) => list,
        Err(Failure::Forbidden | Failure::NotFound) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let Some(newest) = list.versions.last() else { return Ok(None) };
    Ok(Some(Arc::new(read_version(asking, id, newest.number).await?)))
}

async fn timeline(asking: &Asking, id: &str) -> Result<Timeline, Failure> {
    asking.get(&TIMELINE.replace("{id}", id)).await?.read()
}

async fn referrals(asking: &Asking, id: &str) -> Result<ReferralList, Failure> {
    asking.get(&REFERRAL.replace("{id}", id)).await?.read()
}

/// The number of the plan, and of the last meeting and review that are complete.
fn newest(all: &[TeamRecordSummary], kind: RecordKind) -> Option<u32> {
    let is_usable = |one: &&TeamRecordSummary| {
        let is_ready = kind == RecordKind::Plan || one.completed.is_some();
        one.kind == kind.code() && one.readable && one.revision > 0 && is_ready && !one.cancelled
    };
    all.iter().filter(is_usable).max_by_key(|one| (one.on.clone(), one.number)).map(|one| one.number)
}
