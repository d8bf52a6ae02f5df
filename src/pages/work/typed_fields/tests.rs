//! What a window writes of its fields, what it is given back, and what goes once it was sent.

use super::*;

const WORDS: &str = "close.r1..words";
const NOTE: &str = "notes.7..words";
const ABOUT: &str = "notes.7..about";
const OTHER: &str = "close.7..words";
const SEARCH: &str = "search.words";

/// A window that was given back what was kept.
fn window() -> Inner {
    let inner = Inner::kept_in(Drafts::Device);
    inner.give_back(WORDS.to_owned(), "They moved".to_owned());
    inner
}

fn change(before: &str, now: &str) -> Change {
    Change { before: before.to_owned(), now: now.to_owned() }
}

#[test]
fn a_window_writes_only_the_fields_that_were_changed_in_it_b20() {
    let inner = window();
    assert_eq!(inner.text(WORDS.to_owned(), "").get_untracked(), "They moved");
    let search = inner.text(SEARCH.to_owned(), "");
    assert!(inner.changes().is_empty(), "nothing was typed here");
    search.set("M".to_owned());
    assert_eq!(inner.changes(), Changes::from([(SEARCH.to_owned(), change("", "M"))]));
}

#[test]
fn what_was_written_is_written_again_only_once_it_is_changed() {
    let inner = window();
    let words = inner.text(WORDS.to_owned(), "");
    words.set("They moved to Hull".to_owned());
    let changes = inner.changes();
    assert_eq!(changes.get(WORDS), Some(&change("They moved", "They moved to Hull")));
    inner.written(changes);
    assert!(inner.changes().is_empty());
    words.set(String::new());
    assert_eq!(inner.changes().get(WORDS), Some(&change("They moved to Hull", "")));
}

#[test]
fn what_is_typed_before_the_kept_words_come_stays_and_is_kept() {
    let inner = Inner::kept_in(Drafts::Device);
    let words = inner.text(WORDS.to_owned(), "");
    words.set("He is two".to_owned());
    inner.give_back(WORDS.to_owned(), "They moved".to_owned());
    assert_eq!(words.get_untracked(), "He is two");
    assert_eq!(inner.changes().get(WORDS), Some(&change("They moved", "He is two")));
}

fn typed(inner: &Inner, name: &str, text: &str) -> ArcRwSignal<String> {
    let field = inner.text(name.to_owned(), "");
    field.set(text.to_owned());
    field
}

#[test]
fn what_was_sent_goes_and_what_was_typed_meanwhile_stays() {
    let inner = Inner::kept_in(Drafts::Device);
    let [words, about, other] = [(NOTE, "He rang."), (ABOUT, "5"), (OTHER, "He moved.")]
        .map(|(name, text)| typed(&inner, name, text));
    let sent = inner.typed(|name| name.starts_with("notes.7."));
    words.set("He rang. Twice.".to_owned());
    inner.spend(&sent);
    let now = [words, about, other].map(|field| field.get_untracked());
    assert_eq!(now, ["He rang. Twice.", "", "He moved."]);
}

#[test]
fn what_was_sent_before_a_lock_is_not_given_back_after_it() {
    let (before, after) = (Inner::kept_in(Drafts::Device), Inner::kept_in(Drafts::Device));
    typed(&before, NOTE, "He rang.");
    after.spend(&before.typed(|_| true));
    after.give_back(NOTE.to_owned(), "He rang.".to_owned());
    after.give_back(OTHER.to_owned(), "He moved.".to_owned());
    let now = [NOTE, OTHER].map(|name| after.text(name.to_owned(), "").get_untracked());
    assert_eq!(now, ["", "He moved."]);
    assert_eq!(after.changes(), Changes::from([(NOTE.to_owned(), change("He rang.", ""))]));
}
