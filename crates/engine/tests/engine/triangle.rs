//! The state of each element for the triangle: what was written and answered, and nothing that was not.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Node};
use assessment_engine::sections::elements;
use assessment_engine::triangle::{ElementState, Talk, Viewer, Worry, talked_about, triangle, triangle_of};
use assessment_form::{Edit, parse_day};
use jiff::civil::Date;

use crate::material::built_in_records::PACK;

fn today() -> Date {
    parse_day("2026-11-26").unwrap()
}

fn record(answers: &[(&str, &str)]) -> Answers {
    let mut record = Answers::default();
    for (path, to) in answers {
        record.apply(path, Edit::Text((*to).to_owned())).unwrap();
    }
    record
}

fn behaviour(answers: &[(&str, &str)], viewer: Viewer) -> ElementState {
    let all = triangle(&record(answers), today(), &PACK, viewer);
    *all.iter().find(|state| state.id == "behavioural").unwrap()
}

const NEEDS: &str = "elements.behavioural.needs";
const STRENGTHS: &str = "elements.behavioural.strengths";
const WORDS: &str = "elements.behavioural.child_words";
const STATUS: &str = "elements.behavioural.status";
const WORRY: &str = "elements.behavioural.indicators.BE-401";
const OTHER: &str = "elements.behavioural.indicators.BE-402";

#[test]
fn each_state_is_told_from_the_others() {
    for (given, signs, talked) in [
        (&[][..], &["not_yet"][..], false),
        (&[(STATUS, "not_discussed")], &["not_discussed"], false),
        (&[(STATUS, "no_concern")], &["no_concern"], true),
        (&[(STATUS, "recorded")], &["recorded"], true),
        (&[(STRENGTHS, "Kind to his sister")], &["strength"], true),
        (&[(NEEDS, "Hits out")], &["need"], true),
        (&[(WORDS, "I get cross")], &["recorded"], true),
        (&[(WORRY, "yes")], &["worry"], true),
        (&[(WORRY, "unsure")], &["unsure"], true),
        (&[(WORRY, "unsure"), (OTHER, "yes")], &["worry"], true),
        (&[(WORRY, "no")], &["not_yet"], false),
        (&[(NEEDS, " \n"), (STRENGTHS, " ")], &["not_yet"], false),
        (&[(STRENGTHS, "a"), (NEEDS, "b"), (WORRY, "yes")], &["strength", "need", "worry"], true),
        // A status does not hide what was written.
        (&[(STATUS, "not_discussed"), (NEEDS, "b")], &["need"], true),
        (&[(STATUS, "no_concern"), (WORRY, "yes")], &["worry"], true),
        // What nobody can read is no mark.
        (&[(WORRY, "maybe")], &["not_yet"], false),
        // An indicator of another pack is a worry.
        (&[("elements.behavioural.indicators.XX-1", "yes")], &["worry"], true),
    ] {
        let state = behaviour(given, Viewer::Practitioner);
        assert_eq!(state.signs(), signs, "{given:?}");
        assert_eq!(state.is_talked_about(), talked, "{given:?}");
    }
}

#[test]
fn every_indicator_answered_with_no_is_no_concern_and_one_blank_is_not() {
    let mut answers = Answers::default();
    let concerns: Vec<_> = PACK.asked_of("behavioural", today()).filter(|one| !one.strength).collect();
    for indicator in &concerns {
        answers.apply(&PACK.path_of(indicator), Edit::Text("no".to_owned())).unwrap();
    }
    let state = |answers: &Answers| {
        let all = triangle(answers, today(), &PACK, Viewer::Practitioner);
        all.iter().find(|state| state.id == "behavioural").unwrap().talk
    };
    assert_eq!(state(&answers), Talk::NoConcern);
    answers.apply(&PACK.path_of(concerns[0]), Edit::Text(String::new())).unwrap();
    assert_eq!(state(&answers), Talk::NotYet);
}

#[test]
fn the_family_sees_no_worry_and_that_changes_no_other_state() {
    let given = [(STRENGTHS, "a"), (NEEDS, "b"), (WORRY, "yes")];
    assert_eq!(behaviour(&given, Viewer::Family).signs(), ["strength", "need"]);
    assert_eq!(behaviour(&given, Viewer::Practitioner).worry, Some(Worry::Yes));
    // That there is something is not to be seen either.
    assert_eq!(behaviour(&[(WORRY, "yes")], Viewer::Family), behaviour(&[], Viewer::Family));
}

#[test]
fn nineteen_in_form_order_and_the_count_is_what_was_talked_about() {
    let answers = record(&[(NEEDS, "a"), ("elements.identity.status", "not_discussed")]);
    let all = triangle(&answers, today(), &PACK, Viewer::Practitioner);
    assert_eq!(all.iter().map(|state| state.id).collect::<Vec<_>>(), elements());
    assert_eq!(talked_about(&all), 1);
    assert!(all.iter().all(|state| state.is_asked));
    let unborn = record(&[("identifying_details.age_band", "unborn")]);
    let asked = triangle(&unborn, today(), &PACK, Viewer::Practitioner);
    assert!(asked.iter().filter(|state| state.is_asked).count() < 19);
}

#[test]
fn a_document_shows_only_what_is_in_it() {
    let answers = record(&[(NEEDS, "a"), (STRENGTHS, "b"), (WORRY, "yes")]);
    let line = |path: &'static str| (path, answers.node(path).unwrap());
    let all = triangle_of([line(STRENGTHS)], &PACK).unwrap();
    let state = all.iter().find(|state| state.id == "behavioural").unwrap();
    assert_eq!(state.signs(), ["strength"]);
    let other = all.iter().find(|state| state.id == "identity").unwrap();
    assert_eq!(other.signs(), ["not_shown"], "a copy does not say that nothing was talked about");
    let whole = triangle_of([line(STRENGTHS), line(NEEDS), line(WORRY)], &PACK).unwrap();
    let state = whole.iter().find(|state| state.id == "behavioural").unwrap();
    assert_eq!(state.signs(), ["strength", "need", "worry"]);
    assert!(triangle_of(std::iter::empty::<(&str, Node<'_>)>(), &PACK).is_none());
}
