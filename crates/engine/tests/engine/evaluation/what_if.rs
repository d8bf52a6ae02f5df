//! What would change the suggestion, against trying everything: each way that is named works, none has an answer to spare,
//! and none of the smallest size is left out. Speed is measured elsewhere: see the benchmark.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_form::parse_day;
use std::collections::BTreeSet;

use crate::material::built_in_records::{PACK, record};
use assessment_engine::answers::Answers;
use assessment_form::Edit;
use assessment_rules::{Change, Step, Way, evaluate, what_if};
use jiff::civil::Date;

fn with(answers: &Answers, changes: &[Change]) -> Answers {
    let mut changed = answers.clone();
    for change in changes {
        changed.apply(&change.path, Edit::Text(change.to.clone())).unwrap();
    }
    changed
}

fn step(answers: &Answers, today: Date) -> Step {
    evaluate(answers, today, &PACK).suggestion.certain.step()
}

fn change(path: &str, to: &str) -> Change {
    Change { path: path.to_owned(), to: to.to_owned() }
}

/// Every single change that there is: a sign to the opposite, and danger now.
fn changes(answers: &Answers, to: &str) -> Vec<Change> {
    let concerns = PACK.indicators().iter().filter(|indicator| !indicator.strength);
    let paths = concerns.map(|i| format!("elements.{}.indicators.{}", i.element, i.id));
    let all = std::iter::once("danger_now".to_owned()).chain(paths);
    all.filter(|path| (answers.text(path) == "yes") == (to == "no")).map(|path| change(&path, to)).collect()
}

/// All sets of `size` out of `all`.
fn combinations(all: &[Change], size: usize) -> Vec<Vec<Change>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for (at, first) in all.iter().enumerate() {
        for mut rest in combinations(&all[at + 1..], size - 1) {
            rest.insert(0, first.clone());
            found.push(rest);
        }
    }
    found
}

fn paths(ways: &[Way]) -> BTreeSet<Vec<String>> {
    ways.iter()
        .map(|way| {
            let mut paths: Vec<String> = way.changes.iter().map(|change| change.path.clone()).collect();
            paths.sort();
            paths
        })
        .collect()
}

/// The smallest sets by trying all of them, as far as `most`.
fn tried(answers: &Answers, today: Date, to: &str, most: usize) -> BTreeSet<Vec<String>> {
    let (all, now) = (changes(answers, to), step(answers, today));
    for size in 1..=most {
        let mut works: BTreeSet<Vec<String>> = BTreeSet::new();
        for set in combinations(&all, size) {
            let then = step(&with(answers, &set), today);
            if (to == "yes" && then > now) || (to == "no" && then < now) {
                let mut paths: Vec<String> = set.iter().map(|change| change.path.clone()).collect();
                paths.sort();
                works.insert(paths);
            }
        }
        if !works.is_empty() {
            return works;
        }
    }
    BTreeSet::new()
}

#[test]
fn what_is_named_is_what_trying_everything_finds() {
    let (mut lowered, mut sizes) = (0, BTreeSet::new());
    for seed in 0..120 {
        let (mut answers, today) = record(seed);
        // Random records are worrying ones: most of the yes answers are taken back, so that three changes can matter.
        let yes: Vec<Change> = changes(&answers, "no");
        let keep = 2 + (seed as usize % 5);
        answers = with(&answers, &yes[keep.min(yes.len())..]);
        let found = what_if(&answers, today, &PACK);
        assert_eq!(found.now, step(&answers, today).code(), "seed {seed}");
        assert_eq!(paths(&found.lower), tried(&answers, today, "no", 3), "seed {seed}, lower");
        assert_eq!(paths(&found.raise), tried(&answers, today, "yes", 1), "seed {seed}, raise");
        for way in found.lower.iter().chain(&found.raise) {
            assert_eq!(step(&with(&answers, &way.changes), today).code(), way.leads_to, "seed {seed}");
        }
        lowered += usize::from(!found.lower.is_empty());
        sizes.extend(found.lower.first().map(|way| way.changes.len()));
    }
    assert!(lowered > 60 && sizes.len() == 3, "{lowered} lowered, in sizes {sizes:?}");
}

/// R5 cannot be raised, R0 cannot be lowered, and many signs of harm cannot be lowered by three answers.
#[test]
fn where_three_answers_are_not_enough_none_is_named() {
    let today = parse_day("2026-11-23").unwrap();
    let mut answers = Answers::default();
    let blank = what_if(&answers, today, &PACK);
    assert_eq!((blank.now, blank.lower.len()), ("R0", 0));
    assert!(blank.raise.iter().all(|way| way.changes.len() == 1));
    for sign in ["BC-404", "BC-405", "BC-406", "ES-402"] {
        let element = &PACK.indicator(sign).unwrap().element;
        answers.apply(&format!("elements.{element}.indicators.{sign}"), Edit::Text("yes".into())).unwrap();
    }
    let harm = what_if(&answers, today, &PACK);
    assert_eq!((harm.now, harm.lower.len()), ("R4", 0));
    answers.danger_now = "yes".into();
    let danger = what_if(&answers, today, &PACK);
    assert_eq!((danger.now, danger.raise.len()), ("R5", 0));
    let back = Way { changes: vec![change("danger_now", "no")], leads_to: "R4" };
    assert_eq!(danger.lower, [back]);
}
