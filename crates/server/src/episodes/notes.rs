//! What people say about an episode: reading it, and saying something. The words are in no address, no log and not in the
//! audit trail.

use assessment_people::{
    access::Action,
    id::{EpisodeId, NoteId},
    note::{Note, Said},
    who::Reason,
};

use super::{Asking, NotDone, may, open, refusing::noted};
use crate::store::{Store, StoreError, notes::Wanted};

/// Something to say.
#[derive(Debug, Clone)]
pub(crate) struct NewNote {
    /// The id, which the one who says it chose, so that a repeat stores nothing.
    pub(crate) id: NoteId,
    /// What.
    pub(crate) said: Said,
}

/// A note with the name of its author.
pub(crate) struct NoteShown {
    /// The note.
    pub(crate) note: Note,
    /// The author's name, where they have signed in here.
    pub(crate) name: Option<String>,
}

/// The notes of an episode as far as they may see them, oldest first, and after which the next page begins.
///
/// # Errors
/// If they may not.
pub(crate) async fn notes(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    wanted: Wanted,
    reason: Option<&Reason>,
) -> Result<(Vec<NoteShown>, Option<u64>), NotDone> {
    let mut open = open(store, asking, Action::ReadComments, id, reason).await?;
    // One more than asked for tells whether there is a next page. What they may not see is in none, nor in the count.
    let (limit, enough) = (wanted.limit as usize, wanted.limit + 1);
    let (mut seen, mut after) = (Vec::new(), wanted.after);
    while seen.len() <= limit {
        let found = open.notes().list(&asking.asker, id, Wanted { after, limit: enough }).await?;
        let is_last = found.len() <= limit;
        after = found.last().map_or(after, |last| last.number);
        let sight = open.sight;
        seen.extend(found.into_iter().filter(|stored| stored.note.said().is_shown_to(sight)));
        if is_last {
            break;
        }
    }
    let more = seen.len() > limit;
    seen.truncate(limit);
    let next = seen.last().filter(|_| more).map(|last| last.number);
    let mut shown = Vec::new();
    for stored in seen {
        let name = open.episodes().name_of(&asking.asker, stored.note.by()).await?;
        shown.push(NoteShown { note: stored.note, name });
    }
    open.close(asking, reason).await?;
    Ok((shown, next))
}

/// Says something about an episode that has the revision `expected`, or has said it already. Gives its revision.
///
/// # Errors
/// If they may not; the episode has changed since they read it; it is about something that they do not see.
pub(crate) async fn say(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    new: &NewNote,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    match attempt(store, asking, id, expected, new, reason).await {
        // The same words came twice at once. The second look finds the first.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            match attempt(store, asking, id, expected, new, reason).await {
                // It is another episode's.
                Err(NotDone::Store(StoreError::Conflict(_))) => Err(NotDone::IdUsed),
                outcome => outcome,
            }
        }
        outcome => outcome,
    }
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    new: &NewNote,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let kind = new.said.kind;
    let mut open = open(store, asking, kind.action(), id, reason).await?;
    if let Some(besides) = kind.besides()
        && let Err(refused) = may(&open.principal, besides, &open.stored.state, reason, asking.now)
    {
        drop(open);
        return noted(store, asking, Err(refused)).await;
    }
    let note = Note::new(
        new.id,
        new.said.clone(),
        asking.asker.subject.clone(),
        asking.asker.organisation.clone(),
        asking.now,
    );
    let note = note.map_err(NotDone::Note)?;
    let revision = open.stored.revision;
    let earlier = open.notes().find(&asking.asker, id, new.id).await?;
    if let Some(earlier) = earlier {
        let is_repeat = note.is_repeat_of(&earlier.note);
        open.close(asking, reason).await?;
        return if is_repeat { Ok(revision) } else { Err(NotDone::IdUsed) };
    }
    open.is_current(expected)?;
    // Nobody speaks about a section that they do not see, or keeps their words from themselves.
    if !note.said().is_shown_to(open.sight) {
        return Err(NotDone::NotInSight);
    }
    if !open.notes().add(&asking.asker, id, expected, &note, asking.at).await? {
        return Err(NotDone::Stale(expected + 1));
    }
    open.close(asking, reason).await?;
    Ok(revision)
}
