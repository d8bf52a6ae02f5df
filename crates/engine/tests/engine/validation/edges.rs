//! One step to either side of an edge, for checks with several reasons: each reason alone is enough, and what is no reason
//! is none. Mutation testing showed that no other test would have noticed if one of them had gone.

use super::changes::To::{List, Text};
use super::changes::{Changes, STANDARDS, To, base, problems};
use crate::material::filled::today;
use assessment_engine::validation::{ProblemCode as Code, Stage, check};
use assessment_form::Edit;

/// Whether a record with these changes has this problem here when it is submitted.
fn has(changes: &[(&str, To)], path: &str, code: Code) -> bool {
    problems(changes, Stage::Submit).iter().any(|problem| problem.path == path && problem.code == code)
}

/// The box "identity" with nothing in it.
fn emptied() -> Vec<(&'static str, To)> {
    let mut changes: Vec<(&str, To)> = EMPTY.to_vec();
    changes.extend(SIGNS.iter().map(|path| (*path, Text(""))));
    changes
}

const STATUS: &str = "elements.identity.status";
const EMPTY: Changes = &[
    (STATUS, Text("recorded")),
    ("elements.identity.strengths", Text("")),
    ("elements.identity.needs", Text("")),
    ("elements.identity.child_words", Text("")),
];
const SIGNS: &[&str] = &[
    "elements.identity.indicators.ID-101",
    "elements.identity.indicators.ID-201",
    "elements.identity.indicators.ID-202",
    "elements.identity.indicators.ID-301",
    "elements.identity.indicators.ID-302",
    "elements.identity.indicators.ID-401",
    "elements.identity.indicators.ID-402",
    "elements.identity.indicators.ID-403",
];

#[test]
fn one_thing_in_a_recorded_box_is_enough() {
    let with = |path, to| {
        let mut changes = emptied();
        changes.push((path, to));
        has(&changes, STATUS, Code::ElementEmpty)
    };
    assert!(with("elements.identity.needs", Text(" ")), "white space is nothing");
    for path in ["elements.identity.strengths", "elements.identity.needs", "elements.identity.child_words"] {
        assert!(!with(path, Text("Something")), "{path}");
    }
    for mark in ["yes", "unsure", "no"] {
        assert!(!with("elements.identity.indicators.ID-201", Text(mark)), "{mark}");
    }
    assert!(with("elements.identity.indicators.ID-201", Text("perhaps")), "what is no mark is nothing");
}

#[test]
fn a_box_without_concern_has_neither_needs_nor_signs() {
    for status in ["no_concern", "not_discussed"] {
        let with = |path, to| {
            let mut changes = emptied();
            changes.extend([(STATUS, Text(status)), (path, to)]);
            has(&changes, STATUS, Code::ElementNotEmpty)
        };
        assert!(with("elements.identity.needs", Text("Worried")), "{status}: needs alone");
        for mark in ["yes", "unsure"] {
            assert!(
                with("elements.identity.indicators.ID-201", Text(mark)),
                "{status}: a sign alone, {mark}"
            );
            assert!(
                !with("elements.identity.indicators.ID-101", Text(mark)),
                "{status}: a strength is welcome"
            );
        }
        assert!(!with("elements.identity.indicators.ID-201", Text("no")), "{status}: no sign");
        assert!(!with("elements.identity.strengths", Text("Proud")), "{status}: words of strength");
    }
}

#[test]
fn only_the_injury_asks_about_moving() {
    let mobile = "identifying_details.independently_mobile";
    let injury = "elements.general_health.indicators.GH-404";
    for (mark, asks) in [("yes", true), ("unsure", true), ("no", false), ("", false)] {
        let changes = [(mobile, Text("yes")), (injury, Text(mark))];
        assert_eq!(has(&changes, mobile, Code::InjuryAndMobile), asks, "{mark:?}");
    }
}

#[test]
fn twenty_lines_of_full_length_are_not_too_long() {
    let path = "identifying_details.also_known_as";
    let with = |lines: Vec<String>| {
        let mut answers = base();
        answers.apply(path, Edit::List(lines)).unwrap();
        let found = check(&answers, Stage::Section, today(), &STANDARDS);
        found.iter().find(|problem| problem.path == path).map(|problem| (problem.code, problem.max))
    };
    let lines = |count: usize| (0..count).map(|line| format!("Name {line}")).collect::<Vec<_>>();
    assert_eq!(with(lines(20)), None);
    let (code, max) = with(lines(21)).expect("one too many");
    assert_eq!(code, Code::TooLong);
    let max = usize::try_from(max.expect("with its limit")).unwrap();
    assert_eq!(with(vec!["é".repeat(max)]), None);
    assert_eq!(with(vec!["é".repeat(max + 1)]).map(|(code, _)| code), Some(Code::TooLong));
}

#[test]
fn a_line_break_is_no_hidden_character() {
    use assessment_engine::validation::identifiers::is_hidden;
    for (c, hidden) in
        [('\n', false), ('\r', false), ('\t', false), ('\0', true), ('\u{7f}', true), ('a', false)]
    {
        assert_eq!(is_hidden(c), hidden, "{c:?}");
    }
    let hidden = |to| {
        has(
            &[("identifying_details.also_known_as", to)],
            "identifying_details.also_known_as",
            Code::HiddenCharacters,
        )
    };
    assert!(!hidden(List(&["Ann\tLee"])));
    assert!(hidden(List(&["Ann\u{1}Lee"])));
}
