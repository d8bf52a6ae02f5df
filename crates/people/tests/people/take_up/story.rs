//! The story behind a number.

use assessment_people::take_up::{MAX_STORY, NotAStory, Story};

use crate::world::stamp;

#[test]
fn a_story_is_kept_as_it_was_typed_up_to_its_limit() {
    let typed = "  Two schools joined.\r\nTheir teams were new to it. ";
    let story = Story::new(typed.to_owned(), stamp(1)).expect("a story");
    assert_eq!(story.words(), typed);
    assert!(!story.is_taken_away());
    let longest = Story::new("é".repeat(MAX_STORY), stamp(1)).expect("a story");
    let stored = serde_json::to_string(&longest).expect("JSON");
    assert_eq!(serde_json::from_str::<Story>(&stored).expect("the same"), longest);
    assert_eq!(Story::new("é".repeat(MAX_STORY + 1), stamp(1)), Err(NotAStory::TooLong));
    assert_eq!(Story::new("a\u{202e}b".to_owned(), stamp(1)), Err(NotAStory::HiddenCharacters));
}

#[test]
fn a_story_without_words_takes_it_away() {
    for typed in ["", "  \n"] {
        assert!(Story::new(typed.to_owned(), stamp(1)).expect("a story").is_taken_away(), "{typed:?}");
    }
    assert!(
        !Story::new("?".to_owned(), stamp(1)).expect("a story").is_taken_away(),
        "nobody loses what they typed"
    );
}
