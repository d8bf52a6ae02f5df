//! Differences between the answers of two versions (B94, A13).

use assessment_people::difference::{Change, Difference, differences};
use proptest::prelude::*;

type Answers = Vec<(&'static str, Option<&'static str>)>;

fn check(old: Answers, new: Answers, expected: &[(&str, &str)]) {
    let found = differences(&old, &new, |path| path.contains("address"));
    let shown: Vec<(&str, String)> = found.iter().map(|one| (one.path, shown(&one.change))).collect();
    let shown: Vec<(&str, &str)> = shown.iter().map(|(path, change)| (*path, change.as_str())).collect();
    assert_eq!(shown, expected);
}

fn shown(change: &Change) -> String {
    match change {
        Change::Added { new } => format!("+ {new}"),
        Change::Removed { old } => format!("- {old}"),
        Change::Changed { old, new } => format!("{old} > {new}"),
        Change::Protected => "a protected answer changed".to_owned(),
    }
}

#[test]
fn what_was_added_removed_and_changed_is_listed_in_order() {
    check(
        vec![("name", Some("Ada")), ("gone", Some("x")), ("phone", Some("1")), ("school", None)],
        vec![("name", Some("Ada")), ("first", Some("y")), ("phone", Some("2")), ("school", Some("Elm"))],
        &[("first", "+ y"), ("gone", "- x"), ("phone", "1 > 2"), ("school", "+ Elm")],
    );
}

#[test]
fn blank_missing_and_empty_are_the_same() {
    check(vec![("a", None), ("b", Some(""))], vec![("b", None), ("c", Some(""))], &[]);
}

#[test]
fn of_a_protected_answer_there_is_only_that_it_changed_a13() {
    for (old, new) in [(Some("1 Elm Road"), Some("2 Oak Road")), (None, Some("x")), (Some("x"), None)] {
        check(vec![("address", old)], vec![("address", new)], &[("address", "a protected answer changed")]);
    }
    check(vec![("address", Some("same"))], vec![("address", Some("same"))], &[]);
}

/// Answers to a handful of questions, each at most once.
fn answers() -> impl Strategy<Value = Vec<(u8, Option<String>)>> {
    prop::collection::btree_map(0_u8..8, prop::option::of("[ab]{0,2}"), 0..8)
        .prop_map(|map| map.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

proptest! {
    #[test]
    fn differences_put_on_the_old_answers_give_the_new_ones(old in answers(), new in answers()) {
        let found = differences(&old, &new, |_| false);
        let filled = |answers: &[(u8, Option<String>)]| -> std::collections::BTreeMap<u8, String> {
            let blank = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
            answers.iter().filter_map(|(path, text)| Some((*path, blank(text)?))).collect()
        };
        let mut patched = filled(&old);
        for Difference { path, change } in &found {
            let was = match change {
                Change::Added { new } => patched.insert(*path, new.clone()),
                Change::Changed { old, new } => {
                    let was = patched.insert(*path, new.clone());
                    prop_assert_eq!(was.as_ref(), Some(old));
                    was
                }
                Change::Removed { .. } => patched.remove(path),
                Change::Protected => None,
            };
            prop_assert_eq!(was.is_none(), matches!(change, Change::Added { .. }));
        }
        prop_assert_eq!(patched, filled(&new));
    }

    #[test]
    fn no_protected_value_is_in_the_differences_a13(old in answers(), new in answers()) {
        let open = differences(&old, &new, |_| false);
        let kept = differences(&old, &new, |path| path % 2 == 0);
        let paths = |found: &[Difference<u8>]| found.iter().map(|one| one.path).collect::<Vec<_>>();
        prop_assert_eq!(paths(&open), paths(&kept));
        for one in kept {
            prop_assert_eq!(one.path % 2 == 0, one.change == Change::Protected);
        }
    }
}
