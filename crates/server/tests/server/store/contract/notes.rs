//! Notes: found by those whom their episode concerns, in the order in which they were said, and never changed.

use assessment_people::{
    access::Action,
    id::{EpisodeId, NoteId},
    moment::Moment,
    note::{Note, NoteKind, Said},
    protection::Protection,
};
use assessment_server::store::{
    Store, StoreError,
    audit::{AuditAction, AuditPage},
    episodes::Asker,
    notes::{StoredNote, Wanted},
};
use uuid::Uuid;

use super::{
    actor,
    episodes::{asker, author, organisation, state, store_one},
    moment, other, work,
};
use crate::store::Harness;

/// A note of the author's.
pub(super) fn note(number: u128, words: &str) -> Note {
    let said = Said {
        kind: NoteKind::Comment,
        section: Some(7),
        protection: Protection::Confidential,
        words: words.to_owned(),
    };
    let id = NoteId::from_uuid(Uuid::from_u128(number));
    let by = author().subject;
    Note::new(id, said, by, Some(organisation("North")), Moment::new(moment(3))).expect("a note")
}

async fn say(store: &dyn Store, episode: EpisodeId, note: &Note) -> Result<(), StoreError> {
    let mut unit = work(store).await;
    assert!(unit.notes().add(&author(), episode, 1, note, moment(3)).await?);
    unit.save(&actor(), AuditAction::Episode(Action::Comment, episode), moment(3)).await
}

async fn list(store: &dyn Store, who: &Asker, episode: EpisodeId, wanted: Wanted) -> Vec<StoredNote> {
    let mut unit = work(store).await;
    let found = unit.notes().list(who, episode, wanted).await.expect("notes");
    unit.cancel().await.expect("cancelled");
    found
}

pub(in crate::store) async fn notes_are_found_by_those_whom_the_episode_concerns_b41(harness: impl Harness) {
    let store = harness.store();
    let (one, two) = (state(1, false, None), state(2, false, None));
    store_one(&*store, &one).await;
    store_one(&*store, &two).await;
    let id = one.episode.id();
    // Text that a database may not take is stored all the same.
    let words = ["First.", "'; -- \u{0} \u{e9} \u{1f600}", "Third."];
    for (number, words) in (1..).zip(words) {
        say(&*store, id, &note(number, words)).await.expect("stored");
    }
    let (mut after, mut said) = (0, Vec::new());
    loop {
        let page = list(&*store, &author(), id, Wanted { after, limit: 2 }).await;
        let Some(last) = page.last() else { break };
        after = last.number;
        said.extend(page.into_iter().map(|one| one.note.said().words.clone()));
    }
    assert_eq!(said, words);
    for (who, finds) in [
        (asker(&other(), "two", "North", false), true),
        (asker(&other(), "three", "Hub", true), true),
        (asker(&other(), "four", "South", false), false),
    ] {
        let found = list(&*store, &who, id, Wanted { after: 0, limit: 9 }).await;
        assert_eq!(found.len(), if finds { 3 } else { 0 }, "{who:?}");
    }
    assert_eq!(list(&*store, &author(), two.episode.id(), Wanted { after: 0, limit: 9 }).await, []);
    let mut unit = work(&*store).await;
    let found = unit.notes().find(&author(), id, NoteId::from_uuid(Uuid::from_u128(2))).await;
    assert_eq!(found.expect("an answer").expect("the note").note, note(2, words[1]));
    let elsewhere =
        unit.notes().find(&author(), two.episode.id(), NoteId::from_uuid(Uuid::from_u128(2))).await;
    assert_eq!(elsewhere, Ok(None));
}

pub(in crate::store) async fn nothing_is_said_of_an_episode_that_changes_meanwhile(harness: impl Harness) {
    let store = harness.store();
    let one = state(1, false, None);
    store_one(&*store, &one).await;
    let id = one.episode.id();
    // Somebody closes it, or changes it in another way, and has not saved yet.
    let mut unit = work(&*store).await;
    unit.episodes().replace(&author(), &one, 1, moment(3)).await.expect("replaced");
    let saying = tokio::spawn({
        let store = std::sync::Arc::clone(&store);
        async move {
            let mut unit = work(&*store).await;
            let added = unit.notes().add(&author(), id, 1, &note(1, "Too late."), moment(3)).await;
            unit.cancel().await.expect("cancelled");
            added
        }
    });
    tokio::task::yield_now().await;
    let action = AuditAction::Episode(Action::Close, id);
    unit.save(&actor(), action, moment(3)).await.expect("saved");
    assert_eq!(saying.await.expect("it ends"), Ok(false));

    // The other way round, the change comes after the words.
    let mut unit = work(&*store).await;
    assert_eq!(unit.notes().add(&author(), id, 2, &note(2, "In time."), moment(4)).await, Ok(true));
    let closing = tokio::spawn({
        let (store, one) = (std::sync::Arc::clone(&store), one.clone());
        async move {
            let mut unit = work(&*store).await;
            unit.episodes().replace(&author(), &one, 2, moment(4)).await.expect("replaced");
            let since = unit.notes().list(&author(), id, Wanted { after: 0, limit: 9 }).await;
            unit.save(&actor(), AuditAction::Episode(Action::Close, id), moment(4)).await.expect("saved");
            since.expect("notes").len()
        }
    });
    tokio::task::yield_now().await;
    unit.save(&actor(), AuditAction::Episode(Action::Comment, id), moment(4)).await.expect("saved");
    assert_eq!(closing.await.expect("it ends"), 1, "the change waited for the words");
}

pub(in crate::store) async fn an_id_of_a_note_is_used_once_and_its_words_are_not_in_the_trail_b43(
    harness: impl Harness,
) {
    let store = harness.store();
    let (one, two) = (state(1, false, None), state(2, false, None));
    store_one(&*store, &one).await;
    store_one(&*store, &two).await;
    say(&*store, one.episode.id(), &note(1, "Mauve umbrella.")).await.expect("stored");
    for episode in [one.episode.id(), two.episode.id()] {
        let again = say(&*store, episode, &note(1, "Another.")).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    }
    let mut view = store.view().await.expect("a view");
    let trail = view.audit().list(&actor(), AuditPage::Last, 9).await.expect("entries");
    assert_eq!(trail[0].action, "comment");
    assert!(!format!("{trail:?}").contains("Mauve"));
}
