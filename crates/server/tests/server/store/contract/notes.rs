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
    unit.notes().add(&author(), episode, note, moment(3)).await?;
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
