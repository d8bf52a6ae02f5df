//! Saving a record: merged with what was saved since, or kept whole where that needs a person.

use assessment_api::team::{KeptTeamVersion, TeamClash, TeamRecord as Shown};
use assessment_people::{
    access::Action,
    episode::Episode,
    id::EpisodeId,
    who::{Reason, Stamp},
};
use assessment_team::{Clash, Merge, PutBack, Reader, RecordKind, TeamRecord, merge, owed, put_back};
use serde_json::Value;

use super::{in_sight, kept_versions, listed, reader, reading, stamp};
use crate::{
    episodes::{Asking, NotDone, Open, closings, open, with_first_meeting},
    identifier::random_uuid,
    store::{
        Store, StoreError,
        team_records::{KeptBecause, KeptVersion, ListedRecord, Revision, Saved, Which, WhyKept},
    },
    team_part::{self, read_back},
};

/// How often a save begins again because something else of the episode was changed first. Saves themselves take turns.
const ATTEMPTS: u32 = 8;

/// A record to save.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// Which.
    pub(crate) which: Which,
    /// The revision from which it started; 0 for none.
    pub(crate) base: u32,
    /// Its answers.
    pub(crate) record: TeamRecord,
    /// Paths that were left out of what it started from.
    pub(crate) left_out: Vec<String>,
    /// SHA-256 of what was sent.
    pub(crate) sha256: String,
    /// What was wrong, where it corrects a record that has been completed.
    pub(crate) reason: Option<Reason>,
    /// The id of the kept version that it settles.
    pub(crate) settles: Option<String>,
}

/// What became of it.
pub(crate) enum Outcome {
    /// It is in the record. Its newest revision, and its number.
    Saved(Box<Shown>, u32),
    /// It is kept beside the record, whose newest revision has this number.
    NotMerged(Box<KeptTeamVersion>, u32),
}

/// Saves it, or has saved it already.
///
/// # Errors
/// If they may not, they do not see its section, or it starts from a revision that there is not.
pub(crate) async fn save(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    sent: &Sent,
    reason: Option<&Reason>,
) -> Result<Outcome, NotDone> {
    let mut outcome = attempt(store, asking, id, sent, reason).await;
    for _ in 1..ATTEMPTS {
        // Another save was first. A new unit of work sees what it has saved.
        if !matches!(outcome, Err(NotDone::Store(StoreError::Conflict(_)))) {
            break;
        }
        outcome = attempt(store, asking, id, sent, reason).await;
    }
    outcome
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    sent: &Sent,
    reason: Option<&Reason>,
) -> Result<Outcome, NotDone> {
    let mut open = open(store, asking, Action::WriteTeamRecords, id, reason).await?;
    open.team_records().take_turn(id).await?;
    let which = sent.which;
    let all = open.team_records().list(&asking.asker, id).await?;
    can_exist(&all, which)?;
    let newest = open.team_records().find(&asking.asker, id, which, None).await?;
    let current = newest.as_ref().map_or(0, |newest| newest.number);
    if sent.base > current {
        return Err(NotDone::Stale(current.into()));
    }
    in_sight(&open, which.kind)?;
    let by = stamp(asking)?;
    if sent.base == 0 && begun_by_another(&mut open, asking, which, &by).await? {
        return Err(NotDone::Stale(current.into()));
    }
    let reader = reader(&mut open, asking, reason).await?;
    if let Some(newest) = &newest
        && open.team_records().is_repeat(&asking.asker, id, which, sent.base, &sent.sha256).await?
    {
        return saved(open, asking, which, newest.clone(), &reader, reason).await;
    }
    let earlier = open.team_records().kept(&asking.asker, id, which).await?;
    if let Some(repeat) = earlier.iter().find(|one| is_repeat(one, sent, &by)) {
        return not_merged(open, asking, which.kind, repeat.clone(), (current, &reader), reason).await;
    }
    if let Some(settles) = &sent.settles {
        let found = earlier.iter().find(|one| one.id == *settles).ok_or(NotDone::NoSuchKept)?;
        if found.settled.is_some() {
            return Err(NotDone::Settled);
        }
        // Who does not see all of a kept version cannot say what becomes of it.
        if !team_part::shown(which.kind, found.answers.clone(), &reader)?.1.is_empty() {
            return Err(NotDone::NoSuchKept);
        }
    }
    // What they could not see is as it was. What they send says nothing about it.
    let base = base(&mut open, asking, sent).await?;
    let PutBack { record: yours, clashes } = put_back(&base, &sent.record, &reader, &sent.left_out);
    let keeping = Keeping { sent, record: &yours, newest: newest.as_ref(), reader: &reader };
    if open.stored.state.episode.has_ended() {
        return keep(open, asking, &keeping, (WhyKept::Closed, Vec::new()), reason).await;
    }
    // A plan goes on changing after it was agreed; minutes and reviews are corrected.
    let is_correction = which.kind != RecordKind::Plan
        && listed(&all, which).is_some_and(|record| record.completed.is_some());
    if is_correction && sent.reason.is_none() {
        return Err(NotDone::CorrectionWithoutReason);
    }
    let theirs = match &newest {
        Some(newest) => read_back(which.kind, &newest.answers)?,
        None => TeamRecord::blank(which.kind),
    };
    let record = match merge(&base, &yours, &theirs).ok_or(NotDone::Missing)? {
        Merge::Clean(record) if clashes.is_empty() => record,
        Merge::Clean(_) => return keep(open, asking, &keeping, because(clashes, Vec::new()), reason).await,
        Merge::Clash { clashes: more, .. } => {
            return keep(open, asking, &keeping, because(clashes, more), reason).await;
        }
    };
    let answers = record.to_json();
    if let Some(newest) = newest.as_ref().filter(|newest| newest.answers == answers && sent.settles.is_none())
    {
        return saved(open, asking, which, newest.clone(), &reader, reason).await;
    }
    let new = Revision {
        number: current + 1,
        base: sent.base,
        sha256: sent.sha256.clone(),
        form_version: which.kind.form_version().to_owned(),
        answers,
        saved: Saved {
            reason: sent.reason.clone(),
            settles: sent.settles.clone(),
            ..about(&record, by.clone(), closings(&open.stored.state.episode))
        },
    };
    open.team_records().add(&asking.asker, id, which, &new, asking.at).await?;
    if let Some(settles) = &sent.settles {
        open.team_records().settle(&asking.asker, id, settles, new.number, asking.at).await?;
    }
    let episode = moved(&mut open, asking, which, current == 0, by).await?;
    open.move_on(asking, episode).await?;
    saved(open, asking, which, new, &reader, reason).await
}

/// There is one plan. The number of a new meeting or review follows the last one.
fn can_exist(all: &[ListedRecord], which: Which) -> Result<(), NotDone> {
    let last = all.iter().filter(|one| one.which.kind == which.kind).map(|one| one.which.number).max();
    let most = match which.kind {
        RecordKind::Plan => 1,
        RecordKind::Meeting | RecordKind::Review => last.unwrap_or(0).saturating_add(1),
    };
    if (1..=most).contains(&which.number) { Ok(()) } else { Err(NotDone::Missing) }
}

/// Whether somebody else has begun the meeting or the review of this number: two people who each begin one write two. There
/// is one plan, and anyone who begins it writes that.
async fn begun_by_another(
    open: &mut Open,
    asking: &Asking,
    which: Which,
    by: &Stamp,
) -> Result<bool, NotDone> {
    if which.kind == RecordKind::Plan {
        return Ok(false);
    }
    let id = open.stored.state.episode.id();
    let first = open.team_records().find(&asking.asker, id, which, Some(1)).await?;
    Ok(first.is_some_and(|first| first.saved.by.by.subject != by.by.subject))
}

/// Whether the same person sent the same before.
fn is_repeat(earlier: &KeptVersion, sent: &Sent, by: &Stamp) -> bool {
    earlier.base == sent.base && earlier.sha256 == sent.sha256 && earlier.kept.by.by.subject == by.by.subject
}

/// What it started from.
async fn base(open: &mut Open, asking: &Asking, sent: &Sent) -> Result<TeamRecord, NotDone> {
    let kind = sent.which.kind;
    if sent.base == 0 {
        return Ok(TeamRecord::blank(kind));
    }
    let id = open.stored.state.episode.id();
    let found = open.team_records().find(&asking.asker, id, sent.which, Some(sent.base)).await?;
    Ok(read_back(kind, &found.ok_or(NotDone::Missing)?.answers)?)
}

/// What lists show of it.
pub(super) fn about(record: &TeamRecord, by: Stamp, closings: usize) -> Saved {
    let owed = match record {
        TeamRecord::Plan(plan) => Some(owed(plan)),
        TeamRecord::Meeting(_) | TeamRecord::Review(_) => None,
    };
    let (on, next_on, cancelled) = match record {
        TeamRecord::Plan(plan) => (None, plan.review_date.whole(), false),
        TeamRecord::Meeting(meeting) => (meeting.on.whole(), meeting.next_on.whole(), meeting.is_cancelled()),
        TeamRecord::Review(review) => (review.on.whole(), review.next_on.whole(), false),
    };
    Saved { by, reason: None, settles: None, on, next_on, cancelled, closings, owed }
}

/// The episode as it is once the record is saved: its first meeting has a day, or its review begins. Where its state takes
/// neither, it stays as it is, and the record is saved all the same.
async fn moved(
    open: &mut Open,
    asking: &Asking,
    which: Which,
    is_new: bool,
    stamp: Stamp,
) -> Result<Episode, NotDone> {
    let episode = open.stored.state.episode.clone();
    Ok(match which.kind {
        RecordKind::Plan => episode,
        RecordKind::Meeting => {
            let all = open.team_records().list(&asking.asker, episode.id()).await?;
            with_first_meeting(episode, &all, stamp)
        }
        RecordKind::Review if is_new => episode.clone().begin_review(stamp).unwrap_or(episode),
        RecordKind::Review => episode,
    })
}

/// Why it is kept: where they clash, each place once.
fn because(mut clashes: Vec<Clash>, more: Vec<Clash>) -> (WhyKept, Vec<TeamClash>) {
    let is_new = |one: &Clash| clashes.iter().all(|other| other.path != one.path);
    let more: Vec<Clash> = more.into_iter().filter(is_new).collect();
    clashes.extend(more);
    (WhyKept::Clash, clashes.into_iter().map(clash).collect())
}

fn clash(clash: Clash) -> TeamClash {
    let given = |value: Value| Some(value).filter(|value| !value.is_null());
    TeamClash {
        path: clash.path,
        base: given(clash.base),
        yours: given(clash.yours),
        theirs: given(clash.theirs),
    }
}

/// What is kept, and for whom.
struct Keeping<'a> {
    sent: &'a Sent,
    /// What was sent, with what its author could not see.
    record: &'a TeamRecord,
    newest: Option<&'a Revision>,
    reader: &'a Reader,
}

async fn keep(
    mut open: Open,
    asking: &Asking,
    keeping: &Keeping<'_>,
    (why, clashes): (WhyKept, Vec<TeamClash>),
    reason: Option<&Reason>,
) -> Result<Outcome, NotDone> {
    let Keeping { sent, record, newest, reader } = keeping;
    let against = newest.map_or(0, |newest| newest.number);
    let version = KeptVersion {
        id: random_uuid()?.to_string(),
        base: sent.base,
        sha256: sent.sha256.clone(),
        form_version: sent.which.kind.form_version().to_owned(),
        answers: record.to_json(),
        kept: KeptBecause {
            by: stamp(asking)?,
            why,
            reason: sent.reason.clone(),
            against,
            theirs: newest.map(|newest| newest.saved.by.clone()),
            clashes,
        },
        settled: None,
    };
    let id = open.stored.state.episode.id();
    open.team_records().keep(&asking.asker, id, sent.which, &version, asking.at).await?;
    not_merged(open, asking, sent.which.kind, version, (against, reader), reason).await
}

async fn saved(
    mut open: Open,
    asking: &Asking,
    which: Which,
    revision: Revision,
    reader: &Reader,
    reason: Option<&Reason>,
) -> Result<Outcome, NotDone> {
    let (shown, newest) = reading::shown(&mut open, asking, which, revision, reader).await?;
    open.close(asking, reason).await?;
    Ok(Outcome::Saved(Box::new(shown), newest))
}

async fn not_merged(
    mut open: Open,
    asking: &Asking,
    kind: RecordKind,
    version: KeptVersion,
    (revision, reader): (u32, &Reader),
    reason: Option<&Reason>,
) -> Result<Outcome, NotDone> {
    let shown = kept_versions::shown(&mut open, asking, kind, version, reader).await?;
    open.close(asking, reason).await?;
    Ok(Outcome::NotMerged(Box::new(shown), revision))
}
