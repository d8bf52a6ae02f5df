//! "Do I need to refer?": which indicators are asked at which age, and where a few answers lead.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Facts};
use assessment_engine::refer::{Theme, is_only_a_check, theme_ids, themes};
use assessment_engine::sections::elements;
use assessment_form::{Edit, WrittenDate, parse_day};
use assessment_rules::{Age, RulePack, Step, deciding, evaluate};
use jiff::civil::Date;

use crate::material::built_in_records::PACK;

fn today() -> Date {
    parse_day("2026-11-26").unwrap()
}

fn text(answers: &mut Answers, path: &str, to: &str) {
    answers.apply(path, Edit::Text(to.to_owned())).unwrap();
}

fn of_age(band: &str) -> Answers {
    let mut answers = Answers::default();
    text(&mut answers, "identifying_details.age_band", band);
    answers
}

fn asked(answers: &Answers) -> Vec<String> {
    let all = themes(answers, today(), &PACK);
    all.into_iter().flat_map(|theme| theme.indicators).map(|indicator| indicator.id.clone()).collect()
}

fn path_of(pack: &RulePack, id: &str) -> String {
    pack.path_of(pack.indicator(id).unwrap())
}

/// "None of these" under one theme.
fn none_of(answers: &mut Answers, theme: &Theme<'_>) {
    for indicator in &theme.indicators {
        let path = PACK.path_of(indicator);
        if answers.text(&path).is_empty() {
            text(answers, &path, "no");
        }
    }
}

#[test]
fn every_element_is_in_exactly_one_theme() {
    let mut found: Vec<_> = theme_ids().flat_map(|(_, elements)| elements.iter().copied()).collect();
    let mut all = elements();
    found.sort_unstable();
    all.sort_unstable();
    assert_eq!(found, all);
}

#[test]
fn what_is_asked_decides_alone_and_what_decides_alone_is_asked() {
    for band in ["unborn", "under_1", "1_to_4", "5_to_11", "12_to_17"] {
        let answers = of_age(band);
        let asked = asked(&answers);
        for indicator in PACK.indicators().iter().filter(|one| !one.strength) {
            let mut marked = answers.clone();
            text(&mut marked, &PACK.path_of(indicator), "yes");
            let outcome = evaluate(&marked, today(), &PACK);
            let decides = outcome.suggestion.certain.step() >= Step::R3 || !outcome.urgent.is_empty();
            if decides {
                assert!(asked.contains(&indicator.id), "{band}: {} is not asked", indicator.id);
            }
            if !outcome.set_aside.is_empty() {
                assert!(!asked.contains(&indicator.id), "{band}: {} does not apply", indicator.id);
            }
        }
    }
}

#[test]
fn an_age_that_is_not_known_asks_what_any_age_asks() {
    let any = asked(&of_age("unknown"));
    for band in ["unborn", "under_1", "1_to_4", "5_to_11", "12_to_17"] {
        for id in asked(&of_age(band)) {
            assert!(any.contains(&id), "{band}: {id}");
        }
    }
    assert_eq!(asked(&Answers::default()), any, "a blank age is not known");
}

#[test]
fn the_most_serious_comes_first_in_each_theme() {
    let answers = of_age("12_to_17");
    let all = deciding(&answers, today(), &PACK, Step::R3);
    let rank = |id: &str| {
        let one = all.iter().find(|one| one.indicator.id == id).unwrap();
        (one.step, one.is_urgent)
    };
    for theme in themes(&answers, today(), &PACK) {
        let ranks: Vec<_> = theme.indicators.iter().map(|one| rank(&one.id)).collect();
        assert!(ranks.is_sorted_by(|one, next| one >= next), "{}: {ranks:?}", theme.id);
        assert!(ranks.len() <= 14, "{} is a few indicators, not {}", theme.id, ranks.len());
    }
}

#[test]
fn an_answer_that_no_longer_fits_the_age_is_still_asked() {
    let mut answers = of_age("12_to_17");
    text(&mut answers, &path_of(&PACK, "BE-406"), "yes");
    text(&mut answers, "identifying_details.age_band", "");
    let dob = WrittenDate { year: "2009".into(), month: "1".into(), day: "1".into() };
    answers.apply("identifying_details.dob", Edit::Date(dob)).unwrap();
    assert!(asked(&answers).contains(&"BE-406".to_owned()));
    assert!(!asked(&answers).contains(&"GH-408".to_owned()), "not answered, and not for this age");
}

#[test]
fn a_rough_age_is_any_age_within_it_and_a_date_counts_instead() {
    let age = |answers: &Answers| Facts::of(answers, today()).age;
    assert_eq!(age(&of_age("under_1")), Age::Born { youngest: 0, oldest: 11 });
    assert_eq!(age(&of_age("12_to_17")), Age::Born { youngest: 144, oldest: 215 });
    assert_eq!(age(&of_age("unborn")), Age::Unborn);
    assert_eq!(age(&of_age("unknown")), Age::Unknown);
    assert_eq!(age(&of_age("a hundred")), Age::Unknown);
    let mut answers = of_age("unborn");
    let dob = WrittenDate { year: "2020".into(), month: "11".into(), day: "26".into() };
    answers.apply("identifying_details.dob", Edit::Date(dob.clone())).unwrap();
    assert_eq!(age(&answers), Age::Born { youngest: 72, oldest: 72 });
    let dob = WrittenDate { year: "Tuesday".into(), ..dob };
    answers.apply("identifying_details.dob", Edit::Date(dob)).unwrap();
    assert_eq!(age(&answers), Age::Unknown, "a date that cannot be read is not answered by a guess");
}

#[test]
fn a_record_is_only_a_check_until_something_else_is_answered() {
    let mut answers = of_age("5_to_11");
    text(&mut answers, "danger_now", "no");
    text(&mut answers, &path_of(&PACK, "FH-401"), "yes");
    assert!(is_only_a_check(&answers));
    assert!(is_only_a_check(&Answers::default()));
    for path in ["identifying_details.given_names", "elements.identity.needs", "assessor.name"] {
        let mut more = answers.clone();
        text(&mut more, path, "x");
        assert!(!is_only_a_check(&more), "{path}");
    }
}

/// What somebody meets, and what it must come to. Presses: open the page, "I am on my own", danger, age, and then one for
/// each answer or "none of these".
#[test]
fn a_few_answers_give_the_right_headline() {
    struct Situation {
        danger: &'static str,
        age: &'static str,
        marks: &'static [(&'static str, &'static str)],
        none_of_the_rest: bool,
        headline: (&'static str, &'static str),
        urgent: Option<&'static str>,
    }
    let with = |danger, age, marks, none_of_the_rest, headline, urgent| Situation {
        danger,
        age,
        marks,
        none_of_the_rest,
        headline,
        urgent,
    };
    let table = [
        (
            "a child who is being hit now",
            with("yes", "5_to_11", &[][..], false, ("act", "R5"), Some("IA-01")),
        ),
        ("somebody may be in danger", with("unsure", "1_to_4", &[], false, ("check_first", "R5"), None)),
        (
            "a bruise on a baby",
            with("no", "under_1", &[("GH-404", "yes")], false, ("act", "R4"), Some("IA-07")),
        ),
        (
            "perhaps a bruise on a baby",
            with("no", "under_1", &[("GH-404", "unsure")], false, ("check_first", "R4"), None),
        ),
        (
            "a mark with a story that changes",
            with("no", "1_to_4", &[("GH-405", "yes")], false, ("act", "R4"), Some("IA-02")),
        ),
        (
            "a boy says that he is hit",
            with("no", "5_to_11", &[("FR-404", "yes")], false, ("act", "R4"), Some("IA-02")),
        ),
        (
            "a girl of 12 is pregnant",
            with("no", "12_to_17", &[("GH-408", "yes")], false, ("act", "R4"), Some("IA-08")),
        ),
        ("county lines", with("no", "12_to_17", &[("BE-403", "yes")], false, ("act", "R4"), Some("IA-10"))),
        ("missing now", with("no", "12_to_17", &[("BE-409", "yes")], false, ("act", "R4"), Some("IA-11"))),
        (
            "violence at home goes on",
            with("no", "5_to_11", &[("FH-401", "yes")], true, ("at_least", "R3"), None),
        ),
        (
            "neglect that does not change",
            with("no", "1_to_4", &[("BC-401", "yes")], false, ("at_least", "R3"), None),
        ),
        ("perhaps neglect", with("no", "1_to_4", &[("BC-401", "unsure")], true, ("may_be", "R3"), None)),
        (
            "an earlier child was removed",
            with("no", "unborn", &[("BC-407", "yes")], false, ("act", "R4"), Some("IA-20")),
        ),
        (
            "lives with neighbours",
            with("no", "5_to_11", &[("FR-402", "yes")], true, ("at_least", "R3"), Some("IA-12")),
        ),
        ("a tired mother, nothing else", with("no", "under_1", &[], true, ("not_enough_known", "R0"), None)),
        (
            "age not known, suicidal",
            with("no", "unknown", &[("ES-402", "yes")], false, ("act", "R4"), Some("IA-15")),
        ),
        ("nothing answered yet", with("", "", &[], false, ("not_enough_known", "R0"), None)),
    ];
    for (name, situation) in table {
        let mut answers = of_age(situation.age);
        text(&mut answers, "danger_now", situation.danger);
        let mut presses =
            2 + usize::from(!situation.danger.is_empty()) + usize::from(!situation.age.is_empty());
        for (id, mark) in situation.marks {
            assert!(asked(&answers).contains(&(*id).to_owned()), "{name}: {id} is not asked");
            text(&mut answers, &path_of(&PACK, id), mark);
            presses += 1;
        }
        if situation.none_of_the_rest {
            let open = themes(&answers, today(), &PACK);
            // Somebody who has an answer stops there; "none of these" is for themes without one.
            let untouched = open.iter().filter(|theme| {
                theme.indicators.iter().all(|one| answers.text(&PACK.path_of(one)).is_empty())
            });
            let untouched: Vec<_> = untouched.collect();
            presses += untouched.len();
            for theme in untouched {
                none_of(&mut answers, theme);
            }
        }
        let outcome = evaluate(&answers, today(), &PACK);
        assert_eq!((outcome.headline.kind.code(), outcome.headline.code), situation.headline, "{name}");
        assert_eq!(outcome.urgent.first().map(String::as_str), situation.urgent, "{name}");
        assert!(presses <= 10, "{name} takes {presses} presses");
    }
}
