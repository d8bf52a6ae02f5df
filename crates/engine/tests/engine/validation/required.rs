//! What must be answered before a record can be sent: the set as a table, each answer of it and no other, and what a
//! profile may add. Not a test of what is expected besides: see `completeness`.

use std::sync::LazyLock;

use assessment_engine::SECOND_FORM_VERSION;
use assessment_engine::answers::Answers;
use assessment_engine::assessment::Assessment;
use assessment_engine::not_recorded::not_recorded;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::required::{RequiredBy, RequiredSet};
use assessment_engine::rule_packs;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{ProblemCode, Stage, check};
use assessment_form::{Edit, WrittenDate};
use assessment_rules::evaluate;
use proptest::prelude::*;

use super::changes::STANDARDS;
use crate::material::any_answers::{places, typed, typing};
use crate::material::filled::today;

static PLACES: LazyLock<Vec<String>> = LazyLock::new(|| places(&STANDARDS.pack));

/// Answers that are enough, with where the problem is and its code once one is taken away.
type Enough = &'static [(&'static str, &'static str, &'static str)];

/// What every record answers, but for the name and the age.
const ALWAYS: Enough = &[
    ("danger_now", "no", "danger_now needed"),
    ("assessment_information.reason", "She is often tired at school", "assessment_information.reason needed"),
    ("assessor.name", "Sam Sample", "assessor.name needed"),
    ("assessor.organisation", "Example Primary", "assessor.organisation needed"),
    ("assessor.phone", "0113 496 0000", "assessor.phone needed"),
    ("conclusions.decision", "R0", "conclusions.decision needed"),
];
const SAYS: (&str, &str, &str) =
    ("voices.child_comment", "I like drawing", "voices.no_child_comment_reason needed");
const AGREED: Enough = &[
    ("consent.sought", "yes", "consent.sought needed"),
    ("consent.people[0].name", "Mo Example", "consent.people[0].name needed"),
    // Somebody who may not be able to decide: that is asked before sending.
    ("consent.people[0].who", "parent_pr", "consent.people[0].who needed, sharing.choice needed"),
    ("consent.people[0].says", "agrees", "consent.people[0].says needed"),
    ("consent.share", "yes", "consent.share needed"),
];
const NOT_ASKED: Enough = &[
    ("consent.sought", "no", "consent.sought needed"),
    ("consent.not_sought_reason", "not_contactable", "consent.not_sought_reason needed"),
    (
        "consent.not_sought_details",
        "Nobody answers the door or the phone",
        "consent.not_sought_details needed",
    ),
    ("consent.not_sought_authorised_by", "The head teacher", "consent.not_sought_authorised_by needed"),
];

fn record(answers: &[(&str, &str)]) -> Answers {
    let mut record = Answers::default();
    for (path, value) in answers {
        if path.starts_with("consent.people[") && record.consent.people.is_empty() {
            record.apply("consent.people", Edit::AddRow).unwrap();
        }
        let edit = match WrittenDate::from_iso(value) {
            Some(date) if path.ends_with("dob") || path.ends_with("edd") => Edit::Date(date),
            _ => Edit::Text((*value).to_owned()),
        };
        record.apply(path, edit).unwrap();
    }
    record
}

fn problems(answers: &Answers) -> String {
    let problems = check(answers, Stage::Submit, today(), &STANDARDS);
    let said = problems.iter().map(|problem| format!("{} {}", problem.path, problem.code.as_str()));
    said.collect::<Vec<_>>().join(", ")
}

/// Every way to answer just what is required, with the name, the age and the agreement in every form.
fn records_of_just_the_required_set() -> Vec<Vec<(&'static str, &'static str, &'static str)>> {
    let (first, dob) = ("identifying_details.given_names needed", "identifying_details.dob");
    let names = [
        "identifying_details.given_names",
        "identifying_details.family_name",
        "identifying_details.preferred_name",
    ];
    let names = names.map(|path| {
        vec![(path, "Ada", first), SAYS, (dob, "2018-05-05", "identifying_details.dob birth-or-expected")]
    });
    let ages = ["2018", "2018-05", "2018-05-05"].map(|age| {
        vec![
            ("identifying_details.family_name", "Example", first),
            SAYS,
            (dob, age, "identifying_details.dob birth-or-expected"),
        ]
    });
    let unborn = vec![
        ("identifying_details.unborn_label", "Unborn baby of Mo", "identifying_details.unborn_label needed"),
        // A child who is born is asked for a voice, and the name of an unborn baby is not its name.
        (
            "identifying_details.edd",
            "2027-02-01",
            "identifying_details.given_names needed, identifying_details.dob birth-or-expected, \
             voices.no_child_comment_reason needed",
        ),
    ];
    let silent = vec![
        ("identifying_details.given_names", "Ada", first),
        ("voices.no_child_comment_reason", "She is two weeks old", "voices.no_child_comment_reason needed"),
        (dob, "2026-11-09", "identifying_details.dob birth-or-expected"),
    ];
    let children = names.into_iter().chain(ages).chain([unborn, silent]);
    children
        .flat_map(|child| [AGREED, NOT_ASKED].map(|agreement| [ALWAYS, &child, agreement].concat()))
        .collect()
}

#[test]
fn just_the_required_set_is_enough_and_each_answer_of_it_is_required() {
    for answers in records_of_just_the_required_set() {
        let given: Vec<(&str, &str)> = answers.iter().map(|(path, value, _)| (*path, *value)).collect();
        assert_eq!(problems(&record(&given)), "", "{given:?}");
        assert!(Assessment::parse(record(&given), today(), &STANDARDS).is_ok());
        for (without, (path, _, expected)) in answers.iter().enumerate() {
            // Once nobody says whether they were asked, what they said is not asked either.
            let mut fewer = given.clone();
            fewer.remove(without);
            assert_eq!(problems(&record(&fewer)), *expected, "without {path}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Any words will do for what is words.
    #[test]
    fn any_words_are_enough(words in "[a-z][a-z ]{0,60}", which in 0_usize..16) {
        let all = records_of_just_the_required_set();
        let answers: Vec<(&str, &str)> = all[which % all.len()].iter().map(|(path, value, _)| (*path, *value)).collect();
        let mut record = record(&answers);
        for path in ["assessment_information.reason", "assessor.name", "assessor.organisation"] {
            record.apply(path, Edit::Text(words.clone())).unwrap();
        }
        prop_assert_eq!(problems(&record), "");
    }

    /// Whatever is typed, only what the set names is ever missing; the rest of what is blank is shown as not recorded.
    #[test]
    fn nothing_else_is_ever_missing(typing in typing()) {
        let answers = typed(record(&[]), &typing, &PLACES);
        for problem in check(&answers, Stage::Submit, today(), &STANDARDS) {
            let is_missing = matches!(problem.code, ProblemCode::Needed | ProblemCode::NeededRow);
            let named = STANDARDS.required.requirement(&problem.path);
            prop_assert!(!is_missing || named.is_some(), "{} is not in the set", problem.path);
        }
        let outcome = evaluate(&answers, today(), &STANDARDS.pack);
        for path in not_recorded(&answers, today(), &STANDARDS, &outcome).paths() {
            let found = answers.find(&path);
            prop_assert!(found.is_some(), "{path} is no question");
        }
    }
}

/// One name is a whole name: nothing says that the other is missing.
#[test]
fn a_child_with_one_name_lacks_none() {
    for (path, name) in
        [("identifying_details.given_names", "Ada"), ("identifying_details.family_name", "Suharto")]
    {
        let answers = record(&[(path, name)]);
        let outcome = evaluate(&answers, today(), &STANDARDS.pack);
        let missing = not_recorded(&answers, today(), &STANDARDS, &outcome).paths();
        assert!(
            !missing.iter().any(|path| path.ends_with("_name") || path.ends_with("_names")),
            "{missing:?}"
        );
        assert_eq!(assessment_engine::answers::child_name(&answers), name);
    }
}

#[test]
fn an_element_is_not_discussed_until_anything_is_in_it() {
    let elements = |answers: &Answers| {
        let outcome = evaluate(answers, today(), &STANDARDS.pack);
        not_recorded(answers, today(), &STANDARDS, &outcome).not_discussed
    };
    let none = elements(&record(&[]));
    assert_eq!(none.len(), 19);
    for (path, value) in [
        ("elements.identity.status", "no_concern"),
        ("elements.identity.strengths", "Proud of her football"),
        ("elements.identity.child_words", "I am me"),
        ("elements.identity.indicators.ID-201", "unsure"),
    ] {
        let some = elements(&record(&[(path, value)]));
        assert!(!some.contains(&"identity") && some.len() == 18, "{path}");
    }
    assert!(elements(&record(&[("elements.identity.status", "not_discussed")])).contains(&"identity"));
}

/// Many blanks of one part are counted and not named, so that nobody meets a wall.
#[test]
fn a_part_that_is_mostly_blank_says_so() {
    let answers = record(&[("identifying_details.given_names", "Ada")]);
    let outcome = evaluate(&answers, today(), &STANDARDS.pack);
    let found = not_recorded(&answers, today(), &STANDARDS, &outcome);
    let gap = found.gaps.iter().find(|gap| gap.part == "identifying_details").unwrap();
    assert!(gap.is_mostly_blank() && gap.blank.len() < gap.expected, "{gap:?}");
    let parts: Vec<&str> = found.gaps.iter().map(|gap| gap.part.as_str()).collect();
    let mut once = parts.clone();
    once.dedup();
    assert_eq!(parts, once, "each part once");
    assert!(!parts.contains(&"pre_assessment_checklist"), "the checklist is optional");
}

fn profile(required: &str) -> Result<Standards, Vec<String>> {
    let built_in = AuthorityProfile::built_in();
    let profile =
        built_in.replacen("\"approved_by\"", &format!("\"required\": {required}, \"approved_by\""), 1);
    Standards::load(rule_packs::built_in(), &profile)
}

#[test]
fn a_profile_may_require_more() {
    let more = r#"[{"question": "identifying_details.ethnicity", "because": "We check whom we reach."},
        {"question": "parents_and_carers[].phone", "because": "The hub rings the same day."}]"#;
    let standards = profile(more).unwrap();
    let given: Vec<(&str, &str)> =
        records_of_just_the_required_set()[0].iter().map(|(path, value, _)| (*path, *value)).collect();
    let mut answers = record(&given);
    let missing = |answers: &Answers| {
        check(answers, Stage::Submit, today(), &standards)
            .into_iter()
            .map(|problem| problem.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(missing(&answers), ["identifying_details.ethnicity"]);
    assert_eq!(problems(&answers), "", "the built-in profile requires nothing more");
    answers.apply("parents_and_carers", Edit::AddRow).unwrap();
    answers.apply("identifying_details.ethnicity", Edit::Text("WBRI".into())).unwrap();
    assert_eq!(missing(&answers), ["parents_and_carers[0].phone"]);
    let one = standards.required.requirement("parents_and_carers[0].phone").unwrap();
    assert_eq!((one.by, one.because.as_str()), (RequiredBy::Profile, "The hub rings the same day."));
    assert_eq!(one.source, "Profile of Leeds");
    assert_eq!(standards.required.requirement("danger_now").unwrap().by, RequiredBy::Form);
    // A body that was finished under an earlier form waits with nobody beside it.
    let earlier =
        Assessment::parse_earlier_version(answers.clone(), SECOND_FORM_VERSION, today(), &standards);
    assert!(earlier.is_ok());
    answers.danger_now.clear();
    assert!(Assessment::parse_earlier_version(answers, SECOND_FORM_VERSION, today(), &standards).is_err());
}

#[test]
fn a_profile_is_refused_that_names_no_question_or_gives_no_reason() {
    for (required, says) in [
        (r#"[{"question": "identifying_details.shoe_size", "because": "x"}]"#, "there is no such question"),
        (r#"[{"question": "parents_and_carers[0].phone", "because": "x"}]"#, "rows are written `[]`"),
        (r#"[{"question": "identifying_details.address", "because": "x"}]"#, "name one of them"),
        (
            r#"[{"question": "elements.identity.indicators", "because": "x"}]"#,
            "indicators are never required",
        ),
        (
            r#"[{"question": "elements.identity.indicators.ID-201", "because": "x"}]"#,
            "indicators are never required",
        ),
        (r#"[{"question": "danger_now", "because": "x"}]"#, "the form requires it already"),
        (r#"[{"question": "identifying_details.sex", "because": " "}]"#, "say in a few words why"),
        (r#"[{"question": "identifying_details.sex"}]"#, "because"),
        (
            r#"[{"question": "identifying_details.sex", "because": "x"}, {"question": "identifying_details.sex", "because": "y"}]"#,
            "named twice",
        ),
        (r#"[{"question": "identifying_details.sex", "because": "x", "optional": true}]"#, "optional"),
        (r#"{"danger_now": false}"#, "required"),
    ] {
        let wrong = profile(required).unwrap_err().join("; ");
        assert!(wrong.contains(says) && wrong.starts_with("profile: "), "{required}: {wrong}");
    }
    // It cannot require less: there is no way to say so, and an empty list changes nothing.
    assert_eq!(profile("[]").unwrap().required, STANDARDS.required);
}

#[test]
fn the_set_itself_is_checked() {
    assert_eq!(
        RequiredSet::load(RequiredSet::built_in()).unwrap().all().len(),
        STANDARDS.required.all().len()
    );
    let entry = |more: &str| format!(r#"{{"required": [{{{more}}}]}}"#);
    let whole = r#""because": "x", "source": "y""#;
    for (text, says) in [
        (entry(&format!(r#""questions": ["danger"], {whole}"#)), "there is no such question"),
        (entry(&format!(r#""questions": [], {whole}"#)), "at least one"),
        (entry(&format!(r#""questions": ["danger_now", "danger_now"], {whole}"#)), "named twice"),
        (entry(r#""questions": ["danger_now"], "because": "", "source": "y""#), "a few words"),
        (entry(r#""questions": ["danger_now"], "because": "x""#), "source"),
        (entry(&format!(r#""questions": ["danger_now", "assessor.name"], {whole}"#)), "of one group"),
        (entry(&format!(r#""questions": ["danger_now"], "when": "often", {whole}"#)), "leave this out"),
        (entry(&format!(r#""questions": ["consent.people"], {whole}"#)), "say when"),
        (entry(&format!(r#""questions": ["danger_now"], "code": "no-such", {whole}"#)), "no such problem"),
    ] {
        let wrong = RequiredSet::load(&text).unwrap_err();
        assert!(wrong.contains(says), "{text}: {wrong}");
    }
}
