//! What an open record does while it is typed into, saved, merged and refused. How it travels is not here.

use assessment_team::{Merge, RecordKind, merge};

use super::*;

const GOAL: &str = "long_term_goal";
const OTHER: &str = "disagreements";
const FIRST: &str = "outcomes[0].desired_outcome";

fn text(text: &str) -> Edit {
    Edit::Text(text.to_owned())
}

fn blank() -> TeamRecord {
    TeamRecord::blank(RecordKind::Plan)
}

/// A server with one record: it merges as the real one does, and keeps what clashes.
#[derive(Default)]
struct Server {
    revisions: Vec<TeamRecord>,
    kept: Vec<TeamRecord>,
}

impl Server {
    fn at(&self, revision: u32) -> TeamRecord {
        let index = usize::try_from(revision).expect("small");
        index.checked_sub(1).map_or_else(blank, |index| self.revisions[index].clone())
    }

    fn newest(&self) -> u32 {
        u32::try_from(self.revisions.len()).expect("small")
    }

    fn take(&mut self, save: Save, window: &mut OpenRecord) {
        let theirs = self.at(self.newest());
        match merge(&self.at(save.revision), &save.answers, &theirs).expect("one kind") {
            Merge::Clean(record) => {
                self.revisions.push(record.clone());
                window.saved(record, self.newest());
            }
            Merge::Clash { .. } => {
                self.kept.push(save.answers);
                window.kept_beside(theirs, self.newest());
            }
        }
    }

    fn settle(&mut self, window: &mut OpenRecord) {
        while let Some(save) = window.next_save() {
            self.take(save, window);
        }
    }

    fn has(&self, words: &str) -> bool {
        self.revisions.iter().chain(&self.kept).any(|record| record.to_json().contains(words))
    }
}

#[test]
fn one_save_is_on_its_way_at_a_time_and_what_is_typed_meanwhile_goes_with_the_next() {
    let (mut server, mut window) = (Server::default(), OpenRecord::open(blank(), 0));
    assert_eq!(window.next_save(), None);
    assert!(window.edit(GOAL, &text("He talks"), ""));
    let save = window.next_save().expect("a save");
    assert_eq!(save.revision, 0);
    assert!(window.edit(GOAL, &text("He talks to us"), ""));
    assert_eq!(window.next_save(), None);
    server.take(save, &mut window);
    assert_eq!((window.answers().text(GOAL), window.revision()), ("He talks to us", 1));
    assert!(window.is_unsaved());
    server.settle(&mut window);
    assert!(!window.is_unsaved() && window.to_keep().is_empty());
    assert_eq!(server.at(2).text(GOAL), "He talks to us");
}

#[test]
fn what_did_not_arrive_is_kept_and_sent_again_b18() {
    let mut window = OpenRecord::open(blank(), 0);
    window.edit(GOAL, &text("He talks"), "");
    let first = window.next_save().expect("a save");
    window.failed();
    assert!(window.is_unsaved());
    assert_eq!(window.to_keep().len(), 1);
    assert_eq!(window.next_save(), Some(first));
}

#[test]
fn what_others_wrote_in_other_places_appears_beside_what_was_typed_b9() {
    let mut server = Server::default();
    let (mut one, mut other) = (OpenRecord::open(blank(), 0), OpenRecord::open(blank(), 0));
    other.edit(OTHER, &text("Nan is not sure"), "");
    server.settle(&mut other);
    one.edit(GOAL, &text("He talks"), "");
    let save = one.next_save().expect("a save");
    one.edit("outcomes", &Edit::AddRow, "a1");
    one.edit(FIRST, &text("Talking"), "");
    server.take(save, &mut one);
    assert_eq!(one.answers().text(OTHER), "Nan is not sure");
    assert_eq!(one.answers().text(FIRST), "Talking");
    server.settle(&mut one);
    let stored = server.at(server.newest());
    assert_eq!((stored.text(GOAL), stored.text(OTHER)), ("He talks", "Nan is not sure"));
    assert!(server.kept.is_empty());
}

#[test]
fn what_was_typed_over_somebody_elses_words_while_a_save_was_on_its_way_is_kept_beside_them_b9() {
    let mut server = Server::default();
    let (mut one, mut other) = (OpenRecord::open(blank(), 0), OpenRecord::open(blank(), 0));
    other.edit(OTHER, &text("Nan is not sure"), "");
    server.settle(&mut other);
    one.edit(GOAL, &text("He talks"), "");
    let save = one.next_save().expect("a save");
    one.edit(OTHER, &text("Everybody agrees"), "");
    server.take(save, &mut one);
    assert_eq!(one.answers().text(OTHER), "Nan is not sure", "theirs is not overwritten unseen");
    assert_eq!(one.to_keep().len(), 1);
    server.settle(&mut one);
    assert!(!one.is_unsaved());
    assert_eq!(server.kept.len(), 1);
    assert!(server.has("Everybody agrees") && server.has("Nan is not sure") && server.has("He talks"));
}

#[test]
fn a_clash_is_no_save_and_what_was_typed_after_it_is_kept_too_b9() {
    let mut server = Server::default();
    let (mut one, mut other) = (OpenRecord::open(blank(), 0), OpenRecord::open(blank(), 0));
    other.edit(GOAL, &text("She walks"), "");
    server.settle(&mut other);
    one.edit(GOAL, &text("He talks"), "");
    let save = one.next_save().expect("a save");
    one.edit(GOAL, &text("He talks to Dad"), "");
    server.take(save, &mut one);
    assert_eq!(one.answers().text(GOAL), "She walks");
    server.settle(&mut one);
    for words in ["She walks", "He talks", "He talks to Dad"] {
        assert!(server.has(words), "{words}");
    }
    assert_eq!(server.at(server.newest()).text(GOAL), "She walks");
}

/// 500 interleavings of two windows: every text that was typed and not typed over in the same window is in the record or
/// in a kept version (B9).
#[test]
fn b9_no_value_of_two_windows_is_lost_whatever_the_order() {
    for seed in 0..500_u64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let mut server = Server::default();
        let mut windows = [OpenRecord::open(blank(), 0), OpenRecord::open(blank(), 0)];
        let mut on_the_way: [Option<Save>; 2] = [None, None];
        let mut last: [std::collections::BTreeMap<&str, String>; 2] = Default::default();
        for step in 0..40 {
            let who = usize::from(next(2) == 1);
            match next(4) {
                0 | 1 => {
                    let path = [GOAL, OTHER, "lead_professional"][usize::try_from(next(3)).expect("small")];
                    let words = format!("w{who}s{step}.");
                    if windows[who].edit(path, &text(&words), "") {
                        last[who].insert(path, words);
                    }
                }
                2 => {
                    if on_the_way[who].is_none() {
                        on_the_way[who] = windows[who].next_save();
                    }
                }
                _ => match (on_the_way[who].take(), next(3)) {
                    (Some(_), 0) => windows[who].failed(),
                    (Some(save), _) => server.take(save, &mut windows[who]),
                    (None, _) => {}
                },
            }
            for (path, words) in &last[who] {
                let is_here = windows[who].to_json_of_all().contains(words.as_str());
                assert!(is_here || server.has(words), "seed {seed}, step {step}: {path}");
            }
        }
        for who in [0, 1] {
            if let Some(save) = on_the_way[who].take() {
                server.take(save, &mut windows[who]);
            }
            server.settle(&mut windows[who]);
            assert!(!windows[who].is_unsaved(), "seed {seed}");
            for words in last[who].values() {
                assert!(server.has(words), "seed {seed}: {words}");
            }
        }
    }
}

impl OpenRecord {
    /// Everything that is in this window.
    fn to_json_of_all(&self) -> String {
        let kept = serde_json::to_string(&self.to_keep()).expect("JSON");
        [kept, self.answers.to_json()].concat()
    }
}
