//! Words are complete: every key that a view names has a text.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

use std::fs;
use std::path::Path;

use assessment_wording::en_gb;

use super::*;
use crate::state::Page;

/// The words as the build joins them.
pub(super) fn all() -> Words {
    let mut words = serde_json::Map::new();
    for file in [
        en_gb::QUESTIONS,
        en_gb::DATES,
        en_gb::SCREEN,
        en_gb::TERMS,
        en_gb::WORK,
        en_gb::COORDINATOR,
        en_gb::TEAM,
    ] {
        words.extend(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(file).unwrap());
    }
    Words::read(&serde_json::to_string(&words).unwrap(), "Harbour Desk").unwrap()
}

/// Every string that a call of one of these functions begins with, in all sources.
fn keys_below(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            keys_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            for call in [".text(\"", ".filled(\"", ".fill(\"", "key=\""] {
                let keys = source.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                found.extend(keys.map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_key_that_a_view_names_has_a_text() {
    let (words, mut keys) = (all(), Vec::new());
    keys_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    let keys: Vec<_> = keys.into_iter().filter(|key| !key.contains(['{', '\\'])).collect();
    assert!(keys.len() > 80, "{}", keys.len());
    let missing: Vec<_> = keys.iter().filter(|key| words.get(key).is_none()).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

/// A page's title is found by the page's name, so no view names its key.
#[test]
fn every_page_has_a_title() {
    let words = all();
    let named = |page: &Page| !matches!(page, Page::Section(_) | Page::Element(_) | Page::Work(_));
    let keys = Page::one_of_each().into_iter().filter(named).map(|page| format!("title.{page}"));
    let missing: Vec<_> = keys.filter(|key| words.get(key).is_none()).collect();
    assert!(missing.is_empty(), "screen.json has no words for {missing:?}");
}

#[test]
fn the_authoritys_front_door_is_in_the_words() {
    let words = all();
    let named: Vec<&str> = words.0.keys().filter(|key| words.text(key).contains("Harbour Desk")).collect();
    assert!(!named.is_empty());
    assert!(words.0.keys().all(|key| !words.text(key).contains("%{front_door}")));
}

#[test]
fn a_broken_file_of_words_is_refused() {
    assert!(Words::read("{\"a\":", "x").is_err());
    assert!(Words::read("{\"a\":1}", "x").is_err());
}

#[test]
fn a_label_loses_its_capital_inside_a_sentence_and_an_abbreviation_does_not() {
    assert_eq!(uncapitalised("Given names"), "given names");
    assert_eq!(uncapitalised("NHS number"), "NHS number");
    assert_eq!(uncapitalised(""), "");
}

/// A form that keeps nothing on the device never says that something is kept there (decision record 0063).
#[test]
fn words_for_a_form_that_keeps_nothing_promise_nothing() {
    let (usual, other) = (all(), all().page_only());
    assert_ne!(usual.text("save.saved"), other.text("save.saved"));
    // What these say is not about what the form keeps, or is not shown where nothing is kept.
    let apart = [
        "hours.",
        "own.",
        "page_only.",
        "drafts.kept_for_people",
        "drafts.others",
        "tabs.",
        "linked_records.",
    ];
    let promises: Vec<_> = other
        .0
        .keys()
        .filter(|key| !apart.iter().any(|begins| key.starts_with(begins)))
        .filter(|key| {
            let text = other.text(key).to_lowercase();
            let says = text.contains("on this device") && !text.contains("on this device here");
            (says && !text.contains("nothing is kept")) || text.contains("saved on this")
        })
        .filter(|key| other.text(key) == usual.text(key))
        .collect();
    assert_eq!(promises, Vec::<&str>::new());
    // Every such text is there under its usual key, too.
    let stray = usual.0.keys().filter_map(|key| key.strip_prefix("page_only."));
    let stray: Vec<_> = stray.filter(|key| usual.get(key).is_none()).collect();
    assert_eq!(stray, Vec::<&str>::new());
}
