//! The stories behind the numbers of take-up: reading them with the names of their authors, and writing one so that nothing is
//! overwritten unseen. What a story is, `assessment_people::take_up::Story` says.

use std::collections::BTreeMap;

use assessment_people::{
    access::{Action, Answer},
    moment::Moment,
    take_up::{About, Figure, Published, Story},
    who::{Stamp, Subject},
};

use super::super::{Asking, NotDone, may_at_all};
use jiff::{Timestamp, ToSpan as _};

use crate::{
    clock,
    drafts::Expected,
    retention,
    store::{Store, StoreError, UnitOfWork, View, audit::AuditAction, register::StoredStory},
};

/// One wording, with the name of its author.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Which number it is about.
    pub(crate) about: About,
    /// The number of the wording, from 1.
    pub(crate) revision: u64,
    /// What was written.
    pub(crate) story: Story,
    /// The author's name, where they have signed in here.
    pub(crate) name: Option<String>,
}

/// The newest wording of every story.
///
/// # Errors
/// If the store fails.
pub(super) async fn newest(view: &mut dyn View, asking: &Asking) -> Result<Vec<Told>, StoreError> {
    let stories = view.register().stories(&asking.asker).await?;
    named(view, asking, stories).await
}

/// Every wording of one story, the newest first.
///
/// # Errors
/// If they may not, no number was published about it, or the store fails.
pub(crate) async fn wordings(
    store: &dyn Store,
    asking: &Asking,
    about: Option<About>,
) -> Result<Vec<Told>, NotDone> {
    let mut view = store.view().await?;
    let grants = view.episodes().grants_to(&asking.asker).await?;
    may_at_all(&asking.principal(&grants), Action::ReadTakeUp, asking.now)?;
    let about = about.ok_or(NotDone::Missing)?;
    let published = view.register().published(&asking.asker).await?;
    if !is_a_number(&published, about) {
        return Err(NotDone::Missing);
    }
    let found = view.register().wordings(&asking.asker, about).await?;
    let told = named(&mut *view, asking, found).await?;
    drop(view);
    let work = store.begin().await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::ReadTakeUp), asking.at).await?;
    Ok(told)
}

/// Whether a number was published about it. Words behind one that is hidden would be about very few, and may tell who.
fn is_a_number(published: &[Published], about: About) -> bool {
    let quarter = published.iter().find(|one| one.quarter == about.quarter);
    let measured = quarter.and_then(|one| one.measures.iter().find(|one| one.measure == about.measure));
    measured.is_some_and(|one| matches!(one.total, Figure::Number { .. }))
}

async fn named(
    view: &mut dyn View,
    asking: &Asking,
    stories: Vec<StoredStory>,
) -> Result<Vec<Told>, StoreError> {
    let mut names: BTreeMap<Subject, Option<String>> = BTreeMap::new();
    let mut told = Vec::new();
    for StoredStory { about, revision, story } in stories {
        let author = story.written().by.subject.clone();
        let name = match names.get(&author) {
            Some(name) => name.clone(),
            None => view.episodes().name_of(&asking.asker, &author).await?,
        };
        names.insert(author, name.clone());
        told.push(Told { about, revision, story, name });
    }
    Ok(told)
}

/// Writes a story as the wording that follows `expected`. The same person writing again what is there already stores nothing:
/// the answer was lost on the way.
///
/// # Errors
/// They may not, no number was published about it, it is no story, or another wording was saved since.
pub(crate) async fn tell_story(
    store: &dyn Store,
    asking: &Asking,
    about: Option<About>,
    words: String,
    expected: Expected,
) -> Result<Told, NotDone> {
    match attempt(store.begin().await?, asking, about, words.clone(), expected).await {
        // Somebody else was first. A new unit of work sees it.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt(store.begin().await?, asking, about, words, expected).await
        }
        outcome => outcome,
    }
}

async fn attempt(
    mut work: Box<dyn UnitOfWork>,
    asking: &Asking,
    about: Option<About>,
    words: String,
    expected: Expected,
) -> Result<Told, NotDone> {
    let grants = work.episodes().grants_to(&asking.asker).await?;
    may_at_all(&asking.principal(&grants), Action::WriteTakeUpStory, asking.now)?;
    let stamp = asking.stamp().ok_or(NotDone::Refused(Answer::Forbidden))?;
    let about = about.ok_or(NotDone::Missing)?;
    let published = work.register().published(&asking.asker).await?;
    if !is_a_number(&published, about) {
        return Err(NotDone::Missing);
    }
    let all = work.register().wordings(&asking.asker, about).await?;
    let moment = moment_after(&all, asking.at);
    let story = Story::new(words, at(stamp, moment)).map_err(NotDone::Story)?;
    let newest = all.into_iter().next();
    let current = newest.as_ref().map_or(0, |stored| stored.revision);
    let expected = match expected {
        Expected::Nothing => 0,
        Expected::Revision(revision) => revision,
    };
    let name = work.episodes().name_of(&asking.asker, &asking.asker.subject).await?;
    let told = |revision, story| Told { about, revision, story, name };
    match newest {
        Some(stored) if is_repeat(&stored.story, &story) && current == expected.saturating_add(1) => {
            work.cancel().await?;
            Ok(told(current, stored.story))
        }
        _ if current != expected => {
            work.cancel().await?;
            Err(NotDone::Stale(current))
        }
        _ => {
            let revision = current.saturating_add(1);
            let new = StoredStory { about, revision, story };
            work.register().tell(&asking.asker, &new, moment).await?;
            work.save(&asking.asker.actor, AuditAction::Own(Action::WriteTakeUpStory), asking.at).await?;
            Ok(told(revision, new.story))
        }
    }
}

/// Erases every wording of a story, as somebody decided who saw the wording `expected`. What follows it has no words, so that the
/// numbers of wordings go on. Asking once more for what is done does nothing.
///
/// # Errors
/// They may not, there is nothing to erase, or another wording was saved since.
pub(crate) async fn erase_story(
    store: &dyn Store,
    asking: &Asking,
    about: Option<About>,
    expected: Expected,
) -> Result<Told, NotDone> {
    let mut work = store.begin().await?;
    let grants = work.episodes().grants_to(&asking.asker).await?;
    may_at_all(&asking.principal(&grants), Action::EraseTakeUpStory, asking.now)?;
    let stamp = asking.stamp().ok_or(NotDone::Refused(Answer::Forbidden))?;
    let about = about.ok_or(NotDone::Missing)?;
    let all = work.register().wordings(&asking.asker, about).await?;
    let has_words = all.iter().any(|stored| !stored.story.words().is_empty());
    let moment = moment_after(&all, asking.at);
    let newest = all.into_iter().next().ok_or(NotDone::Missing)?;
    let name = work.episodes().name_of(&asking.asker, &newest.story.written().by.subject).await?;
    let told = |StoredStory { revision, story, .. }, name| Told { about, revision, story, name };
    let current = newest.revision;
    if !has_words {
        work.cancel().await?;
        return Ok(told(newest, name));
    }
    if expected != Expected::Revision(current) {
        work.cancel().await?;
        return Err(NotDone::Stale(current));
    }
    if !retention::story::erase(&mut *work, &asking.asker, about, asking.at, moment).await? {
        work.cancel().await?;
        // Somebody else has just erased it, and a wording follows.
        return Err(NotDone::Stale(current.saturating_add(1)));
    }
    let story = Story::new(String::new(), at(stamp, moment)).map_err(NotDone::Story)?;
    let new = StoredStory { about, revision: current.saturating_add(1), story };
    work.register().tell(&asking.asker, &new, moment).await?;
    let name = work.episodes().name_of(&asking.asker, &asking.asker.subject).await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::EraseTakeUpStory), asking.at).await?;
    Ok(told(new, name))
}

/// The moment of what follows these wordings: now, or where a clock was ahead, the next after the last of them. So each wording
/// is later than those before it, and erasing until a moment takes no more and no less than was there.
fn moment_after(all: &[StoredStory], now: Timestamp) -> Timestamp {
    let last = all.iter().map(|stored| clock::moment(stored.story.written().at)).max();
    let next = last.and_then(|last| last.saturating_add(1.microsecond()).ok());
    next.map_or(now, |next| next.max(now))
}

fn at(stamp: Stamp, moment: Timestamp) -> Stamp {
    Stamp { at: Moment::new(moment), ..stamp }
}

fn is_repeat(stored: &Story, new: &Story) -> bool {
    stored.words() == new.words() && stored.written().by.subject == new.written().by.subject
}
