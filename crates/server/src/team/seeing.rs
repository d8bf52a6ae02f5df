//! How much of a team's records one person is shown: by section, and by how closely an answer is kept. Which answers are kept
//! closely is `assessment_team`'s.

use assessment_engine::answers::Answers;
use assessment_people::{
    access::{Action, Sight},
    episode::Episode,
    protection::Protection,
    who::Reason,
};
use assessment_team::{Part, Reader, RecordKind, part};

use super::read_back;
use crate::{
    episodes::{Asking, Open},
    store::{
        StoreError,
        episodes::{Asker, EpisodeReader},
    },
};

/// How much somebody sees of the records of an episode that they opened.
pub(super) async fn reader(
    open: &mut Open,
    asking: &Asking,
    reason: Option<&Reason>,
) -> Result<Reader, StoreError> {
    let writes = open.may_also(Action::WriteTeamRecords, reason, asking.now);
    let (sight, episode) = (open.sight, open.stored.state.episode.clone());
    let mut reader = by_sight(sight, writes);
    if !reader.confidential {
        reader.assessment = newest(&mut *open.episodes(), &asking.asker, &episode).await?;
    }
    Ok(reader)
}

/// The same of somebody who asks for everything that is held, and writes none of it.
pub(crate) async fn reader_of(
    episodes: &mut (dyn EpisodeReader + '_),
    asker: &Asker,
    episode: &Episode,
    sight: Sight,
) -> Result<Reader, StoreError> {
    let mut reader = by_sight(sight, false);
    if !reader.confidential {
        reader.assessment = newest(episodes, asker, episode).await?;
    }
    Ok(reader)
}

fn by_sight(sight: Sight, writes: bool) -> Reader {
    Reader {
        sections: sight.sections().numbers().collect(),
        confidential: sight.shows(Protection::Confidential),
        writes,
        assessment: Answers::default(),
    }
}

/// The newest assessment of an episode. A blank one, which protects, where it cannot be read.
pub(super) async fn newest(
    episodes: &mut (dyn EpisodeReader + '_),
    asker: &Asker,
    episode: &Episode,
) -> Result<Answers, StoreError> {
    let Some(versions) = episode.versions() else { return Ok(Answers::default()) };
    let found = episodes.version(asker, episode.id(), versions.newest().number()).await?;
    let read = found.and_then(|newest| Answers::read(&newest.answers).ok());
    Ok(read.map(|reading| reading.answers).unwrap_or_default())
}

/// Stored answers as somebody sees them, byte for byte where they see all, and what was left out.
///
/// # Errors
/// If they cannot be read.
pub(crate) fn shown(
    kind: RecordKind,
    answers: String,
    reader: &Reader,
) -> Result<(String, Vec<String>), StoreError> {
    if reader.sees_all(kind) {
        return Ok((answers, Vec::new()));
    }
    let Part { record, left_out } = part(&read_back(kind, &answers)?, reader);
    Ok((record.to_json(), left_out))
}
