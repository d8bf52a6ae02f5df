//! What people said and decided about an episode, beside its versions: notes, why it was closed and opened again, referrals
//! and their answers, work without agreement, who must not be told, orders to keep it. Anybody may be named in such words, so
//! all of it is for a person to decide about. What the team wrote is in [`team`].

mod team;

use std::collections::BTreeMap;

use assessment_people::{
    access::Sections,
    episode::{Closure, Episode, Excluded, Ground, Referral, State, Step},
    moment::Moment,
    note::{NoteKind, Said},
    who::{Council, Stamp, Subject},
};

use super::{PAGE, Part};
use crate::{
    clock,
    store::{StoreError, UnitOfWork, episodes::Asker, notes::Wanted, retention::StoredHold},
};

/// Something that a person has to decide about.
pub(super) struct Statement {
    /// What it is, with a number from 1 for each of its kind.
    pub(super) question: String,
    /// Why a person has to decide.
    pub(super) because: &'static str,
    /// When, by whom, and the words.
    pub(super) answer: String,
}

/// Everything that was said and decided about an episode, as far as it may be shown.
pub(super) async fn statements(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
) -> Result<Vec<Statement>, StoreError> {
    let mut found = notes(work, asker, part).await?;
    found.extend(team::statements(work, asker, part).await?);
    // Such words may tell of any section.
    if part.sight.is_none_or(|sight| sight.sections() == Sections::ALL) {
        found.extend(steps(work, asker, part).await?);
        found.extend(documents(work, asker, part).await?);
        found.extend(holds(work, asker, part).await?);
    }
    Ok(found)
}

async fn notes(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
) -> Result<Vec<Statement>, StoreError> {
    let id = part.stored.state.episode.id();
    let (mut found, mut after) = (Vec::new(), 0);
    loop {
        let page = work.notes().list(asker, id, Wanted { after, limit: PAGE }).await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.number;
        for note in page.into_iter().map(|stored| stored.note) {
            if part.sight.is_some_and(|sight| !note.said().is_shown_to(sight)) {
                continue;
            }
            let organisation = note.organisation().map_or("the family", |one| one.code());
            let by = named(work, asker, note.by()).await?;
            let (at, kind, words) = (moment(note.at()), kind(note.said()), &note.said().words);
            found.push(Statement {
                question: format!("note[{}]", found.len() + 1),
                because: "not-sorted",
                answer: format!("{at} {by} ({organisation}), {kind}: {words}"),
            });
        }
    }
}

/// As what a note was said, and about what.
fn kind(said: &Said) -> String {
    let kind = match said.kind {
        NoteKind::Comment => "comment".to_owned(),
        NoteKind::Safeguarding => "as the safeguarding lead".to_owned(),
        NoteKind::SecondOpinion { level } => format!("second opinion, level {}", level.code()),
    };
    match said.section {
        Some(section) => format!("{kind}, section {section}"),
        None => kind,
    }
}

/// What was sent to social care, oldest first, as it was sent.
async fn documents(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
) -> Result<Vec<Statement>, StoreError> {
    let sent = work.referrals().list(asker, part.stored.state.episode.id()).await?;
    let mut found = Vec::new();
    for one in sent.into_iter().rev() {
        let mut answer = format!("{}, to {}", signed(work, asker, &one.sent).await?, one.to.code());
        for part in &one.document.parts {
            answer.push_str(&format!("\n{}", part.heading));
            part.lines.iter().for_each(|line| answer.push_str(&format!("\n{}: {}", line.label, line.value)));
        }
        found.push(Statement {
            question: format!("sent_to_social_care[{}]", found.len() + 1),
            because: "not-sorted",
            answer,
        });
    }
    Ok(found)
}

async fn holds(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
) -> Result<Vec<Statement>, StoreError> {
    let id = part.stored.state.episode.id();
    let holds = work.retention().holds(asker, Some(&[id])).await?;
    let one = |(number, hold): (usize, StoredHold)| {
        let until = hold.until.map(|day| format!(" until {day}")).unwrap_or_default();
        Statement {
            question: format!("hold[{number}]"),
            because: "not-sorted",
            answer: format!("{}{until}: {}", clock::written(hold.placed_at), hold.reason),
        }
    };
    Ok((1..).zip(holds).map(one).collect())
}

/// What happened to the episode that somebody gave words for, or that names somebody.
async fn steps(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
) -> Result<Vec<Statement>, StoreError> {
    let episode = &part.stored.state.episode;
    let past = Past::of(&work.episodes().revisions(asker, episode.id()).await?);
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut found = Vec::new();
    for happened in episode.history() {
        let Some(what) = what(&happened.step) else { continue };
        let number = counts.get(what).map_or(1, |before| *before + 1);
        counts.insert(what, number);
        let (because, words) = match &happened.step {
            // Whom it is kept from, only those may know who may change it, and nobody is who exports over HTTP.
            Step::Excluded { .. } | Step::ExclusionLifted { .. } if part.sight.is_some() => continue,
            Step::Excluded { who } => ("kept-from-somebody", excluded(work, asker, who).await?),
            Step::ExclusionLifted { who, reason } => {
                let who = excluded(work, asker, who).await?;
                ("kept-from-somebody", format!("{who}: {}", reason.words()))
            }
            Step::Closed => ("not-sorted", past.closures.get(&number).map(closed).unwrap_or_default()),
            Step::TransferFinished => {
                ("not-sorted", past.closures.get(&number).map(closed).unwrap_or_default())
            }
            Step::Reopened { reason, .. } => ("not-sorted", reason.words().to_owned()),
            Step::SteppedDown { handover } => {
                ("not-sorted", format!("{}\n{}", handover.why.words(), handover.still_needed.words()))
            }
            Step::TransferBegun { to } => {
                let ground = past.transfers.get(&number);
                ("not-sorted", transfer(work, asker, to, ground).await?)
            }
            Step::TransferCancelled { reason } => ("not-sorted", reason.words().to_owned()),
            Step::Handed { to } => ("not-sorted", format!("to {}", to.code())),
            Step::Referred { to } => {
                let reason = past.referrals.get(&number).map(|one| one.reason.words()).unwrap_or_default();
                ("not-sorted", format!("to {}: {reason}", to.code()))
            }
            Step::ReferralWritten { by } => ("not-sorted", by.code().to_owned()),
            Step::ReferralNotWritten { reason } => ("not-sorted", reason.words().to_owned()),
            Step::ReferralAccepted => ("not-sorted", "accepted".to_owned()),
            Step::ReferralNotAccepted => ("not-sorted", "not accepted".to_owned()),
            Step::WithoutAgreement => match past.grounds.get(&number) {
                Some(Ground::WithoutAgreement { code, reason, decided_by }) => {
                    let by = named(work, asker, &decided_by.subject).await?;
                    ("not-sorted", format!("{code}: {} (decided by {by})", reason.words()))
                }
                _ => continue,
            },
            _ => continue,
        };
        let answer = format!("{}: {words}", signed(work, asker, &happened.stamp).await?);
        found.push(Statement { question: format!("{what}[{number}]"), because, answer });
    }
    Ok(found)
}

/// What a step is called here; `None` of those without words, which the versions and the access log tell.
fn what(step: &Step) -> Option<&'static str> {
    match step {
        Step::WithoutAgreement => Some("without_agreement"),
        Step::Excluded { .. } => Some("exclusion"),
        Step::ExclusionLifted { .. } => Some("exclusion_lifted"),
        Step::Handed { .. } => Some("handed_over"),
        Step::Referred { .. } => Some("referral"),
        Step::ReferralWritten { .. } => Some("referral_written"),
        Step::ReferralNotWritten { .. } => Some("referral_not_written"),
        Step::ReferralAccepted | Step::ReferralNotAccepted => Some("referral_answer"),
        Step::Closed | Step::TransferFinished => Some("closure"),
        Step::SteppedDown { .. } => Some("handover"),
        Step::TransferBegun { .. } => Some("transfer"),
        Step::TransferCancelled { .. } => Some("transfer_cancelled"),
        Step::Reopened { .. } => Some("reopening"),
        Step::Opened
        | Step::Asked
        | Step::Agreed
        | Step::Refused
        | Step::Withdrawn
        | Step::Sent { .. }
        | Step::LookedAt { .. }
        | Step::MeetingScheduled { .. }
        | Step::MeetingCancelled
        | Step::PlanAgreed
        | Step::ReviewBegun
        | Step::ReviewFinished { .. }
        | Step::SteppedUp
        | Step::Merged { .. }
        | Step::MergeUndone => None,
    }
}

/// Words that an episode has only for as long as they hold, by which step of its kind they belong to, from 1.
struct Past {
    closures: BTreeMap<usize, Closure>,
    referrals: BTreeMap<usize, Referral>,
    grounds: BTreeMap<usize, Ground>,
    transfers: BTreeMap<usize, Ground>,
}

impl Past {
    fn of(revisions: &[Episode]) -> Self {
        let mut past = Self {
            closures: BTreeMap::new(),
            referrals: BTreeMap::new(),
            grounds: BTreeMap::new(),
            transfers: BTreeMap::new(),
        };
        for revision in revisions {
            let count =
                |name: &str| revision.history().iter().filter(|one| what(&one.step) == Some(name)).count();
            let state = revision.state();
            if let Some(closure) = state.closure() {
                past.closures.insert(count("closure"), closure.clone());
            }
            if let State::Transferring { transfer, .. } = state {
                past.transfers.insert(count("transfer"), transfer.ground.clone());
            }
            if let Some(referral) = state.referral() {
                past.referrals.insert(count("referral"), referral.clone());
            }
            if let Some(basis) = state.stage().basis().filter(|basis| basis.ground.is_without_agreement()) {
                past.grounds.insert(count("without_agreement"), basis.ground.clone());
            }
        }
        past
    }
}

fn closed(closure: &Closure) -> String {
    let words = closure.words().map(|words| format!(", {}", words.words())).unwrap_or_default();
    let check = closure.risk_check().map(|check| {
        let suggested = if check.suggested.is_empty() { "nothing" } else { check.suggested.as_str() };
        format!("\nWhy it is safe (the rules suggested {suggested}): {}", check.why_safe.words())
    });
    format!("{}{words}{}", closure.reason().code(), check.unwrap_or_default())
}

/// To which council, and on what ground.
async fn transfer(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    to: &Council,
    ground: Option<&Ground>,
) -> Result<String, StoreError> {
    Ok(match ground {
        Some(Ground::WithoutAgreement { code, reason, decided_by }) => {
            let by = named(work, asker, &decided_by.subject).await?;
            format!("to {}, {code}: {} (decided by {by})", to.name(), reason.words())
        }
        _ => format!("to {}", to.name()),
    })
}

async fn excluded(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    who: &Excluded,
) -> Result<String, StoreError> {
    match who {
        Excluded::Person(subject) => named(work, asker, subject).await,
        Excluded::Organisation(organisation) => Ok(format!("everybody of {}", organisation.code())),
    }
}

async fn signed(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    stamp: &Stamp,
) -> Result<String, StoreError> {
    let by = named(work, asker, &stamp.by.subject).await?;
    Ok(format!("{} {by} ({})", moment(stamp.at), stamp.by.organisation.code()))
}

/// Their name, or what their provider calls them where they have never signed in here.
async fn named(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    subject: &Subject,
) -> Result<String, StoreError> {
    let name = work.episodes().name_of(asker, subject).await?;
    Ok(name.unwrap_or_else(|| subject.sub().to_owned()))
}

fn moment(at: Moment) -> String {
    clock::written(clock::moment(at))
}
