//! What a page about a record of the team begins with: the episode, the record, what is kept beside it, and what this device
//! has kept of it. Words that were typed before a lock or an outage are sent first, so that the page shows one record.

use assessment_api::episode::{Deed, EpisodeRecord};
use assessment_api::path;
use assessment_api::team::{CirculationShown, TeamRecordSummary};
use assessment_people::access::Action;
use assessment_team::{RecordKind, TeamRecord};
use jiff::Timestamp;

use super::super::work::Work;
use super::kept_versions::KeptVersion;
use super::people::Known;
use super::stored::{At, Put, beside, get, next_number, put, unsettled};
use crate::io::records_client::Asking;
use crate::state::team::open_record::Save;
use crate::state::team::read::Seen;
use crate::state::team::typed::{Change, To, Typed, UnsavedChanges};
use crate::state::work::Failure;
use crate::state::work::after::{may, may_write_records};
use crate::state::work::typed_fields::Fields;

/// What a page begins with.
#[derive(Clone)]
pub(super) struct Loaded {
    pub(super) episode: EpisodeRecord,
    pub(super) seen: Seen,
    /// 0 for a record that the server does not have yet.
    pub(super) revision: u32,
    pub(super) summary: Option<TeamRecordSummary>,
    is_whole: bool,
    pub(super) circulations: Vec<CirculationShown>,
    pub(super) kept: Vec<KeptVersion>,
    pub(super) known: Known,
    /// The number of the record that this device's words went to, where somebody else had begun the one of this page.
    pub(super) elsewhere: Option<u32>,
    /// What this device has kept and the server would not take, as it was typed.
    pub(super) left: Vec<(Fields, UnsavedChanges)>,
}

impl Loaded {
    /// Whether this person may change the record here.
    pub(super) fn may_write(&self) -> bool {
        self.is_whole && may_write_records(&self.episode)
    }

    pub(super) fn is_completed(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| summary.completed.is_some())
    }

    /// Whether it is changed with a reason only. A plan goes on changing after the family has agreed to it.
    pub(super) fn is_finished(&self) -> bool {
        self.is_completed() && self.seen.record.kind() != RecordKind::Plan
    }

    /// Whether it is complete and nothing has been saved since.
    pub(super) fn is_completed_as_it_is(&self) -> bool {
        let Some(summary) = &self.summary else { return false };
        let at = |deed: &Option<Deed>| deed.as_ref().and_then(|deed| deed.at.parse::<Timestamp>().ok());
        at(&summary.completed)
            .is_some_and(|completed| at(&summary.saved).is_none_or(|saved| saved <= completed))
    }
}

/// Reads all of it. A record that is not there yet is blank.
pub(super) async fn load(work: Work, at: At) -> Result<Loaded, Failure> {
    let asking = work.asking(Some(&at.episode));
    let episode: EpisodeRecord = asking.get(&path::episode(&at.episode)).await?.read()?;
    let (left, elsewhere) = send_kept(work, &asking, &at).await?;
    let mut known = match may(&episode, Action::WriteTeamRecords) {
        true => Known::ask(work, &asking, &at.episode).await,
        false => Known::default(),
    };
    if at.kind == RecordKind::Meeting {
        let plan = At { kind: RecordKind::Plan, number: 1, ..at.clone() };
        if let Ok(TeamRecord::Plan(plan)) = get(&asking, &plan, None).await.map(|read| read.record) {
            known = known.with_plan(&plan);
        }
    }
    let loaded = Loaded {
        episode,
        seen: TeamRecord::blank(at.kind).into(),
        revision: 0,
        summary: None,
        is_whole: true,
        circulations: Vec::new(),
        kept: Vec::new(),
        known,
        elsewhere,
        left,
    };
    match get(&asking, &at, None).await {
        Ok(read) => Ok(Loaded {
            kept: unsettled(&asking, &at).await?,
            revision: read.summary.revision,
            summary: Some(read.summary.clone()),
            is_whole: read.is_whole,
            circulations: read.circulations.clone(),
            seen: read.seen(),
            ..loaded
        }),
        Err(Failure::NotFound) => Ok(loaded),
        Err(failure) => Err(failure),
    }
}

/// What the server would not take, and where the rest went, where that is another record.
type Sent = (Vec<(Fields, UnsavedChanges)>, Option<u32>);

/// Sends what this device has kept of the record.
async fn send_kept(work: Work, asking: &Asking, at: &At) -> Result<Sent, Failure> {
    let (mut left, mut elsewhere) = (Vec::new(), None);
    for (name, text) in work.kept_under(&at.kept_under()).await {
        let read = UnsavedChanges::read(&text);
        let fields = Fields::from([(name, text.clone())]);
        let Some(kept) = read else {
            // What cannot be read is shown as it is.
            let change = Change { at: String::new(), to: To::Text(text) };
            let typed = vec![Typed { revision: 0, changes: vec![change] }];
            left.push((fields, UnsavedChanges { typed, ..UnsavedChanges::default() }));
            continue;
        };
        match send(asking, at, &kept).await {
            Ok(number) => {
                work.spent(fields);
                elsewhere = Some(number).filter(|number| *number != at.number).or(elsewhere);
            }
            Err(failure @ (Failure::Offline | Failure::SignIn | Failure::Portal | Failure::ReasonNeeded)) => {
                return Err(failure);
            }
            Err(_) => left.push((fields, kept)),
        }
    }
    Ok((left, elsewhere))
}

/// Sends it, and gives the number of the record that it went to. Where the server keeps it beside the record, it is safe.
async fn send(asking: &Asking, at: &At, kept: &UnsavedChanges) -> Result<u32, Failure> {
    let mut at = At { number: kept.number.unwrap_or(at.number), ..at.clone() };
    for typed in &kept.typed {
        let base = match typed.revision {
            0 => TeamRecord::blank(at.kind).into(),
            revision => get(asking, &at, Some(revision)).await?.seen(),
        };
        let save = Save::of(typed, base);
        match put(asking, &at, save.clone(), kept.reason.clone(), None).await {
            // Somebody else has begun that one.
            Err(Failure::Changed) if typed.revision == 0 && at.kind != RecordKind::Plan => {
                at.number = next_number(asking, &at).await?;
                put(asking, &at, save, kept.reason.clone(), None).await?;
            }
            // It is safe once it can be read: beside a record that was never there, it cannot be.
            Ok(Put::KeptBeside(_)) => drop(beside(asking, &at).await?),
            done => drop(done?),
        }
    }
    Ok(at.number)
}
