//! Contradictions: each matter reached and just missed, its limit on both sides, what a reason does, and what holds whatever
//! is typed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use assessment_engine::answers::Answers;
use assessment_engine::contradictions::{Contradiction, Matter, contradictions, explain, explanation};
use assessment_engine::standards::Standards;
use assessment_form::Edit;
use assessment_rules::evaluate;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::material::any_answers::{places, typed, typing};

const TODAY: Date = date(2026, 11, 23);
static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::built_in().unwrap());

fn all(answers: &Answers) -> Vec<Contradiction> {
    contradictions(answers, TODAY, &evaluate(answers, TODAY, &STANDARDS.pack))
}

fn read(record: &Value) -> Answers {
    let reading = Answers::from_value(record).unwrap();
    assert_eq!(reading.unread, [], "{record}");
    reading.answers
}

/// A matter, a record that has it, and one that nearly has it.
fn cases() -> Vec<(Matter, Value, Value)> {
    let checklist = |safe: &str, decision: &str| json!({"pre_assessment_checklist": {"safe": safe, "decision": decision}});
    let decided =
        |danger: &str, decision: &str| json!({"danger_now": danger, "conclusions": {"decision": decision}});
    let search = |search: &str, decision: &str| json!({"pre_assessment_checklist": {"existing_search": search, "decision": decision}});
    let harm = |safe: &str, mark: &str| {
        json!({"pre_assessment_checklist": {"safe": safe},
               "elements": {"basic_care_safety": {"indicators": {"BC-402": mark}}}})
    };
    let below = |decision: &str| json!({"elements": {"identity": {"indicators": {"ID-301": "yes"}}}, "conclusions": {"decision": decision}});
    let child = |child: Value| json!({"identifying_details": child});
    let child_and = |mut child: Value, name: &str, rows: Value| {
        let mut record = json!({"identifying_details": child.take()});
        record[name] = rows;
        record
    };
    let parent = |relationship: &str, theirs: &str, child: &str| {
        child_and(
            json!({"dob": child}),
            "parents_and_carers",
            json!([{"relationship": relationship, "dob": theirs}]),
        )
    };
    let household = |relationship: &str, theirs: &str, child: &str| {
        child_and(
            json!({"dob": child}),
            "home_and_family",
            json!({"household": [{"relationship": relationship, "dob": theirs}]}),
        )
    };
    let service = |legal_status: &str, service: &str, status: &str| {
        child_and(
            json!({"legal_status": legal_status}),
            "services_involved",
            json!([{"service": service, "status": status}]),
        )
    };
    let kept = |kept: &str, name: &str| {
        json!({"parents_and_carers": [{"name": "Sam  Reed", "not_to_be_told": kept}],
               "assessment_information": {"people_present": [{"name": "Ann"}, {"name": name}]}})
    };
    let secret = |kept: &str, secret: &str| {
        child_and(
            json!({"address_confidential": secret}),
            "parents_and_carers",
            json!([{"not_to_be_told": kept}]),
        )
    };
    let shared = |status: &str, may_share: &str| json!({"consent": {"status": status}, "services_involved": [{"service": "gp", "may_share": may_share}]});
    let ticked = |status: &str, may_share: &str, ticked: &str| {
        json!({"consent": {"status": status, "share": "yes", "services": [ticked]},
               "services_involved": [{"service": "school", "may_share": may_share}]})
    };
    let guessed = |theirs: &str, child: &str| {
        child_and(
            json!({"dob": child, "dob_estimated": "yes"}),
            "parents_and_carers",
            json!([{"relationship": "mother", "dob": theirs}]),
        )
    };
    let unborn = |theirs: &str| {
        child_and(
            json!({"edd": "2027-02-01"}),
            "parents_and_carers",
            json!([{"relationship": "mother", "dob": theirs}]),
        )
    };
    use Matter::*;
    vec![
        (UnsafeNoAction, checklist("no", "no_further_action"), checklist("not_sure", "no_further_action")),
        (UnsafeNoAction, checklist("no", "no_further_action"), checklist("no", "refer_safeguarding")),
        (UnsafeNoAction, decided("yes", "R0"), decided("unsure", "R0")),
        (UnsafeNoAction, decided("yes", "R0"), decided("yes", "R1")),
        (NoDanger999, decided("no", "R5"), decided("no", "R4")),
        (NoDanger999, decided("no", "R5"), decided("unsure", "R5")),
        (SafeAndHarm, harm("yes", "yes"), harm("yes", "unsure")),
        (SafeAndHarm, harm("yes", "yes"), harm("not_sure", "yes")),
        (DecidedBelow, below("R1"), below("R2")),
        (DecidedBelow, below("R0"), below("IA-23")),
        (
            SearchAndCaf,
            search("not_found", "existing_caf_found"),
            search("not_searched", "existing_caf_found"),
        ),
        (SearchAndCaf, search("not_found", "existing_caf_found"), search("found", "existing_caf_found")),
        (
            Disability,
            child(json!({"disabled": "no", "disability": ["LD"]})),
            child(json!({"disabled": "no", "disability": ["NONE"]})),
        ),
        (
            Disability,
            child(json!({"disabled": "yes", "disability": ["NONE"]})),
            child(json!({"disabled": "yes", "disability": ["LD"]})),
        ),
        (
            Disability,
            child_and(
                json!({"disabled": "no"}),
                "services_involved",
                json!([{"service": "disability_social_work", "status": "now"}]),
            ),
            child_and(
                json!({"disabled": "unknown"}),
                "services_involved",
                json!([{"service": "disability_social_work", "status": "now"}]),
            ),
        ),
        (SocialWorker, service("closed", "csws", "now"), service("closed", "csws", "past")),
        (SocialWorker, service("none", "csws", "now"), service("not_known", "csws", "now")),
        // Sixteen today, and sixteen tomorrow.
        (
            CareLeaver,
            child(json!({"dob": "2010-11-24", "legal_status": "care_leaver"})),
            child(json!({"dob": "2010-11-23", "legal_status": "care_leaver"})),
        ),
        (
            CareLeaver,
            child(json!({"dob": "2011", "legal_status": "care_leaver"})),
            child(json!({"dob": "2010", "legal_status": "care_leaver"})),
        ),
        // Year 6 is for ten; eight to thirteen is let be.
        (
            YearGroup,
            child(json!({"dob": "2018-11-24", "year_group": "6"})),
            child(json!({"dob": "2018-11-23", "year_group": "6"})),
        ),
        (
            YearGroup,
            child(json!({"dob": "2012-11-23", "year_group": "6"})),
            child(json!({"dob": "2012-11-24", "year_group": "6"})),
        ),
        (
            YearGroup,
            child(json!({"dob": "2017-01-01", "year_group": "R"})),
            child(json!({"dob": "2017-01-01", "year_group": "X"})),
        ),
        (Address, secret("no_address", "no"), secret("not_told", "no")),
        (Address, secret("neither", "no"), secret("neither", "yes")),
        (
            Address,
            child(json!({"address_status": "withheld", "address_confidential": "no"})),
            child(json!({"address_status": "withheld"})),
        ),
        // Twelve years less a day, twelve years, and a day more.
        (
            TwelveYears,
            parent("mother", "2012-06-16", "2024-06-15"),
            parent("mother", "2012-06-15", "2024-06-15"),
        ),
        (
            TwelveYears,
            parent("father", "2025-01-01", "2024-06-15"),
            parent("father", "2012-06-14", "2024-06-15"),
        ),
        // Of a year or a month, only what no day in it could make right.
        (TwelveYears, parent("mother", "2013", "2024"), parent("mother", "2012", "2024")),
        (TwelveYears, parent("mother", "2012-07", "2024-06"), parent("mother", "2012-06", "2024-06")),
        (TwelveYears, guessed("2013-06-16", "2024-06-15"), guessed("2013-06-15", "2024-06-15")),
        (TwelveYears, unborn("2015-03-02"), unborn("2015-03-01")),
        (
            TwelveYears,
            household("mother", "2012-06-16", "2024-06-15"),
            household("sibling", "2012-06-16", "2024-06-15"),
        ),
        (
            TwelveYears,
            household("own_child", "2022-06-14", "2010-06-15"),
            household("own_child", "2022-06-15", "2010-06-15"),
        ),
        (
            SamePerson,
            json!({"identifying_details": {"given_names": "Zoé", "family_name": "Reed", "dob": "2020-01-01"},
                "home_and_family": {"household": [{"name": "zoe\u{301}  REED", "relationship": "sibling", "dob": "2020-01-01"}]}}),
            // A twin has a name of their own.
            json!({"identifying_details": {"given_names": "Zoé", "family_name": "Reed", "dob": "2020-01-01"},
                "home_and_family": {"household": [{"name": "Zak Reed", "relationship": "sibling", "dob": "2020-01-01"}]}}),
        ),
        (
            BornAndUnborn,
            household("unborn_sibling", "2026-11-23", "2020-01-01"),
            household("unborn_sibling", "2026-11-24", "2020-01-01"),
        ),
        (KeptFromAndPresent, kept("not_told", "sam reed"), kept("no_address", "sam reed")),
        (KeptFromAndPresent, kept("neither", "Sam Reed"), kept("neither", "Sam Reedy")),
        (RefusedAndShared, shared("refused", "yes"), shared("refused", "no")),
        (RefusedAndShared, shared("withdrawn", "yes"), shared("given_partly", "yes")),
        (
            RefusedAndShared,
            json!({"consent": {"status": "withdrawn", "share": "yes"}}),
            json!({"consent": {"status": "withdrawn", "share": "no"}}),
        ),
        (NotAgreedAndTicked, ticked("given", "no", "school"), ticked("given", "no", "gp")),
        (NotAgreedAndTicked, ticked("given", "no", "school"), ticked("refused", "no", "school")),
    ]
}

#[test]
fn each_matter_is_found_and_nearly_found() {
    for (matter, record, nearly) in cases() {
        let found = all(&read(&record));
        let mine: Vec<_> = found.iter().filter(|one| one.matter == matter).collect();
        assert_eq!(mine.len(), 1, "{record}: {found:?}");
        assert!(mine.iter().all(|one| !one.is_explained), "{record}");
        let found = all(&read(&nearly));
        assert!(found.iter().all(|one| one.matter != matter), "{nearly}: {found:?}");
    }
}

#[test]
fn every_matter_has_a_case_and_a_name() {
    let covered: BTreeSet<Matter> = cases().into_iter().map(|case| case.0).collect();
    assert_eq!(covered, Matter::ALL.iter().copied().collect());
    let named: Vec<&str> =
        STANDARDS.lists.list("contradictions").iter().map(|code| code.code.as_str()).collect();
    let codes: Vec<&str> = Matter::ALL.iter().map(|matter| matter.code()).collect();
    assert_eq!(named, codes);
}

#[test]
fn both_places_are_questions_with_an_answer() {
    for (matter, record, _) in cases() {
        let answers = read(&record);
        for one in all(&answers).iter().filter(|one| one.matter == matter) {
            for place in &one.places {
                assert!(answers.node(place).is_some_and(|node| !node.is_blank()), "{record}: {place}");
            }
        }
    }
}

#[test]
fn taking_either_answer_back_ends_it() {
    for (matter, record, _) in cases() {
        let before = read(&record);
        let one = all(&before).into_iter().find(|one| one.matter == matter).unwrap();
        for place in &one.places {
            let mut answers = before.clone();
            clear(&mut answers, place);
            assert!(!all(&answers).contains(&one), "{record}: {place}");
        }
    }
}

fn clear(answers: &mut Answers, path: &str) {
    let edit = match answers.node(path) {
        Some(assessment_engine::answers::Node::List(_)) => Edit::List(Vec::new()),
        Some(assessment_engine::answers::Node::Date(_)) => Edit::Date(Default::default()),
        _ => Edit::Text(String::new()),
    };
    answers.apply(path, edit).unwrap();
}

#[test]
fn a_blank_record_contradicts_nothing() {
    assert_eq!(all(&Answers::default()), []);
}

#[test]
fn a_reason_of_substance_closes_it_and_a_word_does_not() {
    for (matter, record, _) in cases() {
        let mut answers = read(&record);
        let one = all(&answers).into_iter().find(|one| one.matter == matter).unwrap();
        let mut say = |reason: &str| {
            match matter.own_reason() {
                Some(path) => answers.apply(path, Edit::Text(reason.to_owned())).unwrap(),
                None => explain(&mut answers, matter, &one.fingerprint, reason.to_owned()),
            }
            let found = all(&answers).into_iter().find(|one| one.matter == matter).unwrap();
            assert_eq!(found.fingerprint, one.fingerprint);
            found.is_explained
        };
        assert!(!say("ok"));
        assert!(!say("n/a n/a n/a n/a"));
        assert!(say("Checked with the family on 3 March"));
        assert!(!say(""));
        assert!(answers.conclusions.explained.is_empty(), "a reason that was taken back leaves no row");
    }
}

/// A reason is for the answers that it was given for.
#[test]
fn changed_answers_ask_again_and_the_old_reason_is_kept() {
    let record = |theirs: &str| {
        json!({"identifying_details": {"dob": "2024-06-15"},
               "parents_and_carers": [{"relationship": "mother", "dob": theirs}]})
    };
    let mut answers = read(&record("2013-01-01"));
    let [first] = all(&answers).try_into().unwrap();
    explain(&mut answers, first.matter, &first.fingerprint, "She was eleven when he was born".to_owned());
    assert!(all(&answers)[0].is_explained);
    answers.parents_and_carers = read(&record("2014-01-01")).parents_and_carers;
    assert!(!all(&answers)[0].is_explained);
    assert_eq!(answers.conclusions.explained.len(), 1);
    // Back to what it was: the reason holds again.
    answers.parents_and_carers = read(&record("2013-01-01")).parents_and_carers;
    assert!(all(&answers)[0].is_explained);
    assert!(explanation(&answers, first.matter, &first.fingerprint).is_some());
    // It is an answer like any other: sent, read again, and without the two answers in it.
    let sent = answers.to_json();
    assert_eq!(Answers::read(&sent).unwrap().answers, answers);
    let row = serde_json::to_value(&answers).unwrap()["conclusions"]["explained"][0].clone();
    assert!(!row.to_string().contains("2013"));
}

/// A row that moves up because the one before it was removed is not asked about again.
#[test]
fn a_reason_follows_its_row() {
    let mut answers = read(&json!({"identifying_details": {"dob": "2024-06-15"}, "parents_and_carers": [
        {"relationship": "father", "dob": "1990-01-01"}, {"relationship": "mother", "dob": "2013-01-01"}]}));
    let [one] = all(&answers).try_into().unwrap();
    explain(&mut answers, one.matter, &one.fingerprint, "She was eleven when he was born".to_owned());
    answers.apply("parents_and_carers", Edit::RemoveRow(0)).unwrap();
    let [one] = all(&answers).try_into().unwrap();
    assert!(one.is_explained && one.places[1] == "parents_and_carers[0].dob");
}

/// One question for one person, wherever they are written down.
#[test]
fn the_same_person_in_two_lists_is_one_question() {
    let mother = json!({"relationship": "mother", "dob": "2013-01-01"});
    let record = json!({"identifying_details": {"dob": "2024-06-15"}, "parents_and_carers": [mother],
                        "home_and_family": {"household": [mother]}});
    assert_eq!(all(&read(&record)).len(), 1);
}

#[test]
fn no_whole_family_of_the_cases_contradicts_itself() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let open: Vec<_> =
                all(&read(&case["answers"])).into_iter().filter(|one| !one.is_explained).collect();
            // One case has every kind of text and no care for what fits.
            let may_be = |one: &Contradiction| {
                one.matter == Matter::Address && path.ends_with("every-kind-of-text.json")
            };
            assert!(open.iter().all(may_be), "{}: {open:?}", path.display());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is typed: both places have an answer, and saying why closes exactly that one.
    #[test]
    fn two_answers_make_a_contradiction_and_one_never_does(typing in typing()) {
        let mut answers = typed(Answers::default(), &typing, &places(&STANDARDS.pack));
        let found = all(&answers);
        for one in &found {
            for place in &one.places {
                prop_assert!(answers.node(place).is_some_and(|node| !node.is_blank()), "{place}");
            }
        }
        for one in found.iter().filter(|one| one.matter.own_reason().is_none()) {
            explain(&mut answers, one.matter, &one.fingerprint, "Checked with the family on 3 March".to_owned());
        }
        let left = all(&answers);
        prop_assert!(left.iter().all(|one| one.is_explained || one.matter.own_reason().is_some()));
        prop_assert_eq!(left.len(), found.len());
    }
}
