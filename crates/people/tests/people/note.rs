//! What people say about an episode: whole, kept as typed, and shown to those who see what it is about.

use assessment_people::access::{Action, Resource, Role, Sight, authorise};
use assessment_people::id::NoteId;
use assessment_people::note::{Level, MAX_WORDS, NotANote, Note, NoteKind, Said};
use assessment_people::protection::Protection;
use serde_json::json;

use crate::access::{NOW, facts, grant, principal};
use crate::world::{day, organisation, subject};

fn said(section: Option<u8>, protection: Protection, words: &str) -> Said {
    Said { kind: NoteKind::Comment, section, protection, words: words.to_owned() }
}

fn note(said: Said) -> Result<Note, NotANote> {
    let id = NoteId::parse("5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f").expect("an id");
    Note::new(id, said, subject("teacher"), Some(organisation("school")), day(0))
}

/// What a member of the team is shown who sees sections 1 to 3, as far as anything ordinary is in them.
fn sight() -> Sight {
    let member =
        principal("them", "clinic", &[], vec![grant(Role::TacMember, "clinic", Protection::Ordinary)]);
    let decision = authorise(Some(&member), Action::ReadComments, &Resource::Episode(&facts()), day(NOW));
    let allowed = decision.allowed().expect("it is allowed");
    allowed.sight(false).expect("without a reason")
}

#[test]
fn a_note_says_something_and_is_kept_as_typed() {
    let typed = "  Spoke to Mrs O\u{2019}Brien.\n\nShe will ring. ";
    let kept = note(said(Some(4), Protection::Ordinary, typed)).expect("a note");
    assert_eq!(kept.said().words, typed);
    let stored = serde_json::to_value(&kept).expect("JSON");
    assert_eq!(serde_json::from_value::<Note>(stored.clone()).expect("a note"), kept);
    for (words, section, why) in [
        (" . \n", None, NotANote::NoWords),
        ("", None, NotANote::NoWords),
        (&"a".repeat(MAX_WORDS + 1), None, NotANote::TooLong),
        ("Yes.", Some(16), NotANote::Section),
    ] {
        assert_eq!(note(said(section, Protection::Ordinary, words)), Err(why), "{words}");
        let mut stored = stored.clone();
        (stored["said"]["words"], stored["said"]["section"]) = (json!(words), json!(section));
        assert!(serde_json::from_value::<Note>(stored).is_err());
    }
}

#[test]
fn a_note_on_a_section_that_a_member_may_not_see_is_absent() {
    for (section, protection, shown) in [
        (None, Protection::Ordinary, true),
        (Some(3), Protection::Ordinary, true),
        (Some(7), Protection::Ordinary, false),
        (Some(3), Protection::Confidential, false),
        (None, Protection::Confidential, false),
    ] {
        assert_eq!(said(section, protection, "x").is_shown_to(sight()), shown, "{section:?} {protection:?}");
    }
}

#[test]
fn a_repeat_is_the_same_words_from_the_same_person() {
    let one = note(said(None, Protection::Ordinary, "One.")).expect("a note");
    assert!(one.is_repeat_of(&one));
    let other = note(said(None, Protection::Ordinary, "Two.")).expect("a note");
    assert!(!other.is_repeat_of(&one));
}

#[test]
fn the_levels_are_the_code_list() {
    let codes: Vec<&str> = Level::ALL.iter().map(|level| level.code()).collect();
    assert_eq!(codes, ["L1", "L2", "L3", "L4a", "L4b"]);
    assert_eq!(Level::parse("L4b"), Some(Level::Protection));
    assert_eq!(Level::parse("l1"), None);
}
