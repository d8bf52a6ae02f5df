//! What the team wrote: every revision of plan, meetings and reviews, what was sent and not merged, and who was sent minutes.

use assessment_people::who::Stamp;
use assessment_team::{Reader, RecordKind};

use super::{Statement, signed};
use crate::{
    store::{
        StoreError, UnitOfWork,
        episodes::Asker,
        team_records::{ListedRecord, Which, WhyKept},
    },
    subject_access::Part,
    team_part,
};

/// What is said of something that may not be shown.
const LEFT_OUT: &str = "something is left out";

/// All of it, as far as it may be shown.
pub(super) async fn statements(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
) -> Result<Vec<Statement>, StoreError> {
    let mut found = Vec::new();
    let all = work.team_records().list(asker, part.stored.state.episode.id()).await?;
    let reader = match part.sight {
        Some(sight) => {
            let episode = &part.stored.state.episode;
            Some(team_part::reader(&mut *work.episodes(), asker, episode, sight, false).await?)
        }
        None => None,
    };
    for record in all {
        let section = record.which.kind.section();
        if part.sight.is_none_or(|sight| sight.sections().contains(section)) {
            found.extend(of_record(work, asker, part, &record, reader.as_ref()).await?);
        }
    }
    Ok(found)
}

async fn of_record(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    part: &Part,
    record: &ListedRecord,
    reader: Option<&Reader>,
) -> Result<Vec<Statement>, StoreError> {
    let (id, which) = (part.stored.state.episode.id(), record.which);
    let mut found = Vec::new();
    let revisions = work.team_records().revisions(asker, id, which).await?;
    for revision in revisions {
        let why = revision.saved.reason.as_ref().map(|reason| reason.words());
        let why =
            why.map(|why| if reader.is_some_and(|reader| reader.hides_words(why)) { LEFT_OUT } else { why });
        let by = by(work, asker, &revision.saved.by, why).await?;
        let answers = answers(which.kind, revision.answers, reader)?;
        found.push(one(which, "revision", revision.number, format!("{by}: {answers}")));
    }
    if let Some((revision, stamp)) = &record.completed {
        found.push(one(which, "completed", *revision, by(work, asker, stamp, None).await?));
    }
    let kept = work.team_records().kept(asker, id, which).await?;
    for (number, version) in (1..).zip(kept) {
        let why = match version.kept.why {
            WhyKept::Clash => "not merged",
            WhyKept::Closed => "arrived after it was closed",
        };
        let by = by(work, asker, &version.kept.by, Some(why)).await?;
        let answers = answers(which.kind, version.answers, reader)?;
        found.push(one(which, "kept", number, format!("{by}: {answers}")));
    }
    if which.kind == RecordKind::Meeting {
        let circulations = work.team_records().circulations(asker, id, which.number).await?;
        for (number, sent) in (1..).zip(circulations) {
            let by = by(work, asker, &sent.sent.by, None).await?;
            let (on, to) = (sent.sent.on, sent.sent.to.join(", "));
            let answer = format!("{by}: revision {} was sent on {on} to {to}", sent.revision);
            found.push(one(which, "circulation", number, answer));
        }
    }
    Ok(found)
}

/// What was written, as far as it may be shown.
fn answers(kind: RecordKind, answers: String, reader: Option<&Reader>) -> Result<String, StoreError> {
    let Some(reader) = reader else { return Ok(answers) };
    let (answers, left_out) = team_part::shown(kind, answers, reader)?;
    Ok(if left_out.is_empty() { answers } else { format!("{answers} ({LEFT_OUT}: {})", left_out.join(", ")) })
}

fn one(which: Which, what: &str, number: u32, answer: String) -> Statement {
    let question = format!("{}[{}].{what}[{number}]", which.kind.code(), which.number);
    Statement { question, because: "not-sorted", answer }
}

/// When, by whom, and why.
async fn by(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    stamp: &Stamp,
    why: Option<&str>,
) -> Result<String, StoreError> {
    let by = signed(work, asker, stamp).await?;
    let why = why.map(|why| format!(", {why}")).unwrap_or_default();
    Ok(by + &why)
}
