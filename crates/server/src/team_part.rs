//! How much of a team's records one person is shown: by section, and by how closely an answer is kept. Which answers are kept
//! closely is `assessment_team`'s, and who somebody is was decided before. Knows no HTTP and no SQL.

use assessment_engine::answers::Answers;
use assessment_people::{access::Sight, episode::Episode, protection::Protection};
use assessment_team::{Part, Reader, RecordKind, TeamRecord, part};

use crate::store::StoreError;
use crate::store::episodes::{Asker, EpisodeReader};

/// How much somebody with that sight is shown of the records of an episode.
pub(crate) async fn reader(
    of: &mut (dyn EpisodeReader + '_),
    asker: &Asker,
    episode: &Episode,
    sight: Sight,
    writes: bool,
) -> Result<Reader, StoreError> {
    let confidential = sight.shows(Protection::Confidential);
    // Who may see all of it is asked nothing more of.
    let assessment = if confidential { Answers::default() } else { newest(of, asker, episode).await? };
    Ok(Reader { sections: sight.sections().numbers().collect(), confidential, writes, assessment })
}

/// The newest assessment of an episode; a blank one before anything was sent.
///
/// # Errors
/// If it cannot be read: without it nobody knows which words give an address away.
pub(crate) async fn newest(
    of: &mut (dyn EpisodeReader + '_),
    asker: &Asker,
    episode: &Episode,
) -> Result<Answers, StoreError> {
    let Some(versions) = episode.versions() else { return Ok(Answers::default()) };
    let found = of.version(asker, episode.id(), versions.newest().number()).await?;
    let read = found.and_then(|newest| Answers::read(&newest.answers).ok());
    let unreadable = || StoreError::Unavailable("a stored assessment cannot be read".to_owned());
    Ok(read.ok_or_else(unreadable)?.answers)
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

/// A stored record.
///
/// # Errors
/// If it cannot be read, which only another program can have brought about.
pub(crate) fn read_back(kind: RecordKind, answers: &str) -> Result<TeamRecord, StoreError> {
    match TeamRecord::read(kind, answers) {
        Ok(reading) if reading.unread.is_empty() => Ok(reading.record),
        _ => Err(StoreError::Unavailable("a stored team record cannot be read".to_owned())),
    }
}
