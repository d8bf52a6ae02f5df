//! A second, different authority's pack and profile: accepted, proven, and really used, as of each day. Any pack that is not
//! built in is read the same way.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::Answers;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::rule_packs;
use assessment_engine::standards::Standards;
use assessment_form::Edit;
use assessment_form::parse_day;
use assessment_rules::{RulePack, evaluate, prove};

const PACK: &str = include_str!("../../../data/rule_packs/northbridge-example.json");
const PROFILE: &str = include_str!("../../../data/profiles/northbridge.json");

fn pack() -> RulePack {
    rule_packs::load(PACK).unwrap()
}

fn answered(signs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers { danger_now: "no".into(), ..Answers::default() };
    answers.identifying_details.dob = assessment_form::WrittenDate::from_iso("2018-05-05").unwrap();
    for (element, sign) in signs {
        answers.apply(&format!("elements.{element}.indicators.{sign}"), Edit::Text("yes".into())).unwrap();
    }
    answers
}

fn certain(answers: &Answers, day: &str, pack: &RulePack) -> (&'static str, String) {
    let outcome = evaluate(answers, parse_day(day).unwrap(), pack);
    (outcome.suggestion.certain.code(), outcome.reasons[0].rule.clone())
}

#[test]
fn it_is_accepted_and_proven() {
    let standards = Standards::load(PACK, PROFILE).unwrap();
    assert_eq!(standards.profile.term("team"), "team around the family");
    assert_eq!(standards.pack.approval().unwrap().1, "2026-03-12");
    let proof = prove(&standards.pack);
    assert!(proof.holds() && proof.not_covered.is_empty(), "{proof:#?}");
    assert_eq!(proof.remarks, Vec::new());
    // The pack changes on three days, and each was searched.
    assert_eq!(proof.tried.days, 3);
}

/// One authority's rules are never mixed with another's profile.
#[test]
fn a_profile_belongs_to_its_pack() {
    let wrong = Standards::load(rule_packs::built_in(), PROFILE).unwrap_err();
    assert!(wrong[0].contains("northbridge-example") && wrong[0].contains("leeds-example"), "{wrong:?}");
    assert!(Standards::load(PACK, AuthorityProfile::built_in()).is_err());
}

#[test]
fn its_own_rule_decides_where_the_built_in_one_would_not() {
    let neglect = answered(&[("basic_care_safety", "BC-301"), ("housing_employment_finance", "HF-302")]);
    let built_in = rule_packs::load(rule_packs::built_in()).unwrap();
    assert_eq!(certain(&neglect, "2026-11-23", &built_in), ("R2", "RU-4".into()));
    assert_eq!(certain(&neglect, "2026-11-23", &pack()), ("R3", "NB-1".into()));
}

/// A rule that is ended by date is used until its last day, and the next one from the day after.
#[test]
fn evaluation_is_as_of_a_day() {
    let three = answered(&[
        ("general_health", "GH-201"),
        ("behavioural", "BE-201"),
        ("housing_employment_finance", "HF-290"),
    ]);
    assert_eq!(certain(&three, "2026-12-31", &pack()), ("R2", "RU-4".into()));
    assert_eq!(certain(&three, "2027-01-01", &pack()), ("R1", "RU-5".into()));
    // Before its first day a pack applies as on that day: the wrong rules are better than none.
    assert_eq!(certain(&three, "2020-01-01", &pack()), ("R2", "RU-4".into()));
}

#[test]
fn a_sign_is_asked_in_the_words_of_its_day() {
    let text = |day: &str| {
        let pack = pack();
        let day = parse_day(day).unwrap();
        let signs: Vec<String> = pack
            .asked_of("housing_employment_finance", day)
            .filter(|sign| sign.id == "HF-202")
            .map(|sign| sign.text.clone())
            .collect();
        signs
    };
    assert_eq!(text("2026-09-30"), ["The home is in poor repair or overcrowded"]);
    assert_eq!(text("2026-10-01"), ["The home is damp, cold, in poor repair or overcrowded"]);
    // Either version raises and counts once.
    let home = answered(&[("housing_employment_finance", "HF-202")]);
    for day in ["2026-09-30", "2026-10-01"] {
        let outcome = evaluate(&home, parse_day(day).unwrap(), &pack());
        assert_eq!((outcome.findings.len(), outcome.set_aside.len()), (1, 0), "{day}");
    }
}

/// A sign that was answered and has been ended is never passed over in silence.
#[test]
fn a_sign_that_has_ended_is_listed_as_set_aside() {
    let ended =
        PACK.replacen(r#"{"id": "HF-290", "#, r#"{"id": "HF-290", "effective_to": "2026-06-30", "#, 1);
    let pack = rule_packs::load(&ended).unwrap();
    let flooded = answered(&[("housing_employment_finance", "HF-290")]);
    let outcome = evaluate(&flooded, parse_day("2026-07-01").unwrap(), &pack);
    assert_eq!(outcome.suggestion.certain.code(), "R0");
    assert_eq!(
        (outcome.set_aside[0].indicator.as_str(), outcome.set_aside[0].because),
        ("HF-290", "not-in-force")
    );
}
