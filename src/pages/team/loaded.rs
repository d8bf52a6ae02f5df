//! What a page about a record of the team begins with: the episode, the record, what is kept beside it, and what this device
//! has kept of it. Words that were typed before a lock or an outage are sent first, so that the page shows one record.

use assessment_api::episode::{EpisodeRecord, MemberList};
use assessment_api::path;
use assessment_api::team::{CirculationShown, TeamRecordSummary};
use assessment_form::typed::compared;
use assessment_people::access::Action;
use assessment_team::TeamRecord;

use super::super::work::Work;
use super::kept_versions::KeptVersion;
use super::open::{At, get, put, unsettled};
use crate::io::records_client::Asking;
use crate::state::team::open_record::Save;
use crate::state::team::typed::{Change, Kept, To, Typed};
use crate::state::work::Failure;
use crate::state::work::after::may;
use crate::state::work::kept::Fields;

/// What a page begins with.
#[derive(Clone)]
pub(super) struct Loaded {
    pub(super) episode: EpisodeRecord,
    pub(super) record: TeamRecord,
    /// 0 for a record that the server does not have yet.
    pub(super) revision: u32,
    pub(super) summary: Option<TeamRecordSummary>,
    is_whole: bool,
    pub(super) circulations: Vec<CirculationShown>,
    pub(super) kept: Vec<KeptVersion>,
    /// The names of those who were let into the record and are not any more.
    pub(super) gone: Vec<String>,
    /// What this device has kept and the server would not take, as it was typed.
    pub(super) left: Vec<(Fields, Kept)>,
}

impl Loaded {
    /// Whether this person may change the record here.
    pub(super) fn may_write(&self) -> bool {
        self.is_whole && may(&self.episode, Action::WriteTeamRecords)
    }

    pub(super) fn is_completed(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| summary.completed.is_some())
    }
}

/// Reads all of it. A record that is not there yet is blank.
pub(super) async fn load(work: Work, at: At) -> Result<Loaded, Failure> {
    let asking = work.asking(Some(&at.episode));
    let episode: EpisodeRecord = asking.get(&path::episode(&at.episode)).await?.read()?;
    let left = send_kept(work, &asking, &at).await?;
    let gone = gone(&asking, &at.episode).await;
    match get(&asking, &at, None).await {
        Ok(read) => {
            let kept = unsettled(&asking, &at).await?;
            let revision = read.summary.revision;
            Ok(Loaded {
                episode,
                record: read.record,
                revision,
                summary: Some(read.summary),
                is_whole: read.is_whole,
                circulations: read.circulations,
                kept,
                gone,
                left,
            })
        }
        Err(Failure::NotFound) => Ok(Loaded {
            episode,
            record: TeamRecord::blank(at.kind),
            revision: 0,
            summary: None,
            is_whole: true,
            circulations: Vec::new(),
            kept: Vec::new(),
            gone,
            left,
        }),
        Err(failure) => Err(failure),
    }
}

/// Who has left. Nobody, for those who may not see who there is.
async fn gone(asking: &Asking, episode: &str) -> Vec<String> {
    let list = asking.get(&format!("{}/members", path::episode(episode))).await;
    let members =
        list.and_then(|reply| reply.read::<MemberList>()).map(|list| list.members).unwrap_or_default();
    let is_here = |name: &str| {
        members
            .iter()
            .any(|one| one.status != "ended" && one.name.as_deref().map(compared) == Some(compared(name)))
    };
    let ended = members.iter().filter(|one| one.status == "ended").filter_map(|one| one.name.clone());
    ended.filter(|name| !is_here(name)).collect()
}

/// Sends what this device has kept of the record. Gives back what the server would not take.
async fn send_kept(work: Work, asking: &Asking, at: &At) -> Result<Vec<(Fields, Kept)>, Failure> {
    let mut left = Vec::new();
    for (name, text) in work.kept_under(&at.kept_under()).await {
        let read = Kept::read(&text);
        let fields = Fields::from([(name, text.clone())]);
        let Some(kept) = read else {
            // What cannot be read is shown as it is.
            let change = Change { at: String::new(), to: To::Text(text) };
            left.push((
                fields,
                Kept { reason: None, typed: vec![Typed { revision: 0, changes: vec![change] }] },
            ));
            continue;
        };
        match send(asking, at, &kept).await {
            Ok(()) => work.spent(fields),
            Err(failure @ (Failure::Offline | Failure::SignIn | Failure::ReasonNeeded)) => {
                return Err(failure);
            }
            Err(_) => left.push((fields, kept)),
        }
    }
    Ok(left)
}

async fn send(asking: &Asking, at: &At, kept: &Kept) -> Result<(), Failure> {
    for typed in &kept.typed {
        let base = match typed.revision {
            0 => TeamRecord::blank(at.kind),
            revision => get(asking, at, Some(revision)).await?.record,
        };
        let save = Save { revision: typed.revision, answers: typed.made_in(base) };
        match put(asking, at, save, kept.reason.clone(), None).await {
            Ok(_) => {}
            // The server keeps it beside the record: there it is safe.
            Err(Failure::NotNow) if !unsettled(asking, at).await?.is_empty() => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}
