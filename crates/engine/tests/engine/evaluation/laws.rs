//! The laws of the threshold rules, on random records. They hold for every pack that is accepted; here for the built-in
//! one, and the first also where packs are changed at random. Whether single results are right: see `naive`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use crate::material::built_in_records::{PACK, record};
use assessment_engine::answers::Answers;
use assessment_engine::rule_packs;
use assessment_form::Edit;
use assessment_rules::{Finding, Indicator, Level, Outcome, Record as _, Step, evaluate};
use jiff::civil::Date;
use proptest::prelude::*;

fn path(indicator: &Indicator) -> String {
    format!("elements.{}.indicators.{}", indicator.element, indicator.id)
}

fn mark(answers: &mut Answers, indicator: &Indicator, mark: &str) {
    answers.apply(&path(indicator), Edit::Text(mark.to_owned())).unwrap();
}

fn steps(outcome: &Outcome) -> [Step; 3] {
    let three = &outcome.suggestion;
    [three.certain.step(), three.possible.step(), three.not_ruled_out.step()]
}

fn concerns() -> Vec<&'static Indicator> {
    PACK.indicators().iter().filter(|indicator| !indicator.strength).collect()
}

/// A concern; half of the time one that the others depend on.
fn concern() -> impl Strategy<Value = &'static Indicator> {
    let telling = ["PL-401", "BE-401", "BE-306", "BE-402", "BE-403", "FR-402", "CO-401", "GH-303", "BC-407"];
    let telling: Vec<&Indicator> =
        concerns().into_iter().filter(|i| telling.contains(&i.id.as_str())).collect();
    prop_oneof![prop::sample::select(concerns()), prop::sample::select(telling)]
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 600,
        rng_seed: prop::test_runner::RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_1_certain_possible_and_not_ruled_out_are_in_order(seed: u64) {
        let (answers, today) = record(seed);
        let outcome = evaluate(&answers, today, &PACK);
        prop_assert!(steps(&outcome).is_sorted(), "{:?}", outcome.suggestion);
    }

    #[test]
    fn law_2_a_stronger_answer_never_lowers_a_result(seed: u64, concern in concern()) {
        let (mut answers, today) = record(seed);
        let mut before = [Step::R0; 3];
        for given in ["no", "", "unsure", "yes"] {
            mark(&mut answers, concern, given);
            let after = steps(&evaluate(&answers, today, &PACK));
            for (after, before) in after.iter().zip(before) {
                prop_assert!(*after >= before, "{} {given:?}", concern.id);
            }
            before = after;
        }
    }

    #[test]
    fn law_3_answering_a_blank_narrows_what_is_open(seed: u64, concern in concern(), given in prop::sample::select(vec!["no", "unsure", "yes"])) {
        let (mut answers, today) = record(seed);
        mark(&mut answers, concern, "");
        // In a box with no concern it would not be blank: it counts as no.
        let status = format!("elements.{}.status", concern.element);
        answers.apply(&status, Edit::Text("recorded".into())).unwrap();
        let [certain, _, open] = steps(&evaluate(&answers, today, &PACK));
        mark(&mut answers, concern, given);
        let [certain_after, _, open_after] = steps(&evaluate(&answers, today, &PACK));
        prop_assert!(certain_after >= certain && open_after <= open, "{} {given}", concern.id);
    }

    #[test]
    fn law_4_with_nothing_open_the_three_results_are_one(seed: u64) {
        let (mut answers, today) = record(seed);
        for (nth, indicator) in concerns().into_iter().enumerate() {
            match answers.text(&path(indicator)) {
                "yes" | "no" => {}
                _ => mark(&mut answers, indicator, if (seed >> (nth % 64)) & 7 == 7 { "yes" } else { "no" }),
            }
        }
        if answers.danger_now != "yes" {
            answers.danger_now = "no".to_owned();
        }
        let child = &mut answers.identifying_details;
        if child.dob.whole().is_none_or(|dob| dob > today) {
            child.dob = assessment_form::WrittenDate::from_iso("2019-02-03").unwrap();
        }
        child.dob_estimated = "no".to_owned();
        let outcome = evaluate(&answers, today, &PACK);
        let three = outcome.suggestion;
        prop_assert!(three.certain == three.possible && three.possible == three.not_ruled_out, "{three:?}");
        // What age set aside, and a worry that is written elsewhere, are still to be checked.
        let aside = !outcome.set_aside.is_empty() || !answers.serious_worries().is_empty();
        prop_assert!(aside || outcome.urgent_to_check.is_empty());
        prop_assert!(outcome.settles.is_empty());
    }

    #[test]
    fn law_5_a_younger_child_never_gets_a_lower_level(seed: u64, younger in 0u32..260, by in 0u32..120) {
        let (mut answers, _) = record(seed);
        let today = Date::new(2026, 11, 23).unwrap();
        let mut at = |months: u32| {
            let born = 2026 * 12 + 10 - i32::try_from(months).unwrap();
            let iso = format!("{:04}-{:02}-23", born / 12, born % 12 + 1);
            answers.identifying_details.dob = assessment_form::WrittenDate::from_iso(&iso).unwrap();
            evaluate(&answers, today, &PACK)
        };
        let (young, old) = (at(younger), at(younger + by));
        for finding in &old.findings {
            let same: Option<&Finding> = young.findings.iter().find(|other| other.indicator == finding.indicator);
            let Some(same) = same else {
                let listed = young.set_aside.iter().any(|aside| aside.indicator == finding.indicator);
                prop_assert!(listed, "{} is neither counted nor set aside", finding.indicator);
                continue;
            };
            // Severe absence counts lower alone; it can be alone because the others are set aside, which is listed.
            let left_alone = same.raised_by == ["alone"] && !young.set_aside.is_empty();
            prop_assert!(same.level >= finding.level || left_alone, "{}", finding.indicator);
        }
    }

    #[test]
    fn law_6_strengths_change_only_the_explanation(seed: u64, given in prop::sample::select(vec!["no", "unsure", "yes", ""])) {
        let (mut answers, today) = record(seed);
        let mut before = evaluate(&answers, today, &PACK);
        for strength in PACK.indicators().iter().filter(|indicator| indicator.strength) {
            mark(&mut answers, strength, given);
        }
        let mut after = evaluate(&answers, today, &PACK);
        before.findings.retain(|finding| finding.level > Level::L1);
        after.findings.retain(|finding| finding.level > Level::L1);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn law_7_the_same_answers_give_the_same_bytes(seed: u64) {
        let (answers, today) = record(seed);
        let once = evaluate(&answers, today, &PACK).to_canonical_json();
        let again = Answers::read(&answers.to_json()).unwrap().answers;
        let pack = rule_packs::load(rule_packs::built_in()).unwrap();
        prop_assert_eq!(evaluate(&again, today, &pack).to_canonical_json(), once);
    }

    #[test]
    fn law_8_r4_and_r5_always_come_with_something_to_do(seed: u64, concern in concern(), given in prop::sample::select(vec!["unsure", "yes"])) {
        let (mut answers, today) = record(seed);
        mark(&mut answers, concern, given);
        let outcome = evaluate(&answers, today, &PACK);
        let [certain, possible, _] = steps(&outcome);
        if certain >= Step::R4 {
            prop_assert!(!outcome.urgent.is_empty());
        }
        if possible >= Step::R4 {
            prop_assert!(!outcome.urgent.is_empty() || !outcome.urgent_to_check.is_empty());
        }
    }

    #[test]
    fn law_9_filling_a_blank_with_a_concern_never_moves_the_headline_down(seed: u64, concern in concern(), given in prop::sample::select(vec!["unsure", "yes"])) {
        let (mut answers, today) = record(seed);
        mark(&mut answers, concern, "");
        let before = evaluate(&answers, today, &PACK).headline.kind;
        mark(&mut answers, concern, given);
        let after = evaluate(&answers, today, &PACK).headline.kind;
        prop_assert!(after <= before, "{} {given}: {before:?} to {after:?}", concern.id);
    }

    /// A mistyped birth date may never take a warning away.
    #[test]
    fn a_warning_survives_any_birth_date(seed: u64, concern in concern(), given in prop::sample::select(vec!["unsure", "yes"]), months in 0u32..260) {
        let (mut answers, today) = record(seed);
        let Some(action) = concern.action.as_ref() else { return Ok(()) };
        mark(&mut answers, concern, given);
        let month = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 - i32::try_from(months).unwrap();
        let iso = format!("{:04}-{:02}-01", month / 12, month % 12 + 1);
        answers.identifying_details.dob = assessment_form::WrittenDate::from_iso(&iso).unwrap();
        let outcome = evaluate(&answers, today, &PACK);
        prop_assert!(outcome.urgent.contains(action) || outcome.urgent_to_check.contains(action), "{}", concern.id);
    }

    /// Everything is listed: an answer of yes or unsure is a finding or is set aside, never neither, never both.
    #[test]
    fn no_answer_is_silent(seed: u64) {
        let (answers, today) = record(seed);
        let outcome = evaluate(&answers, today, &PACK);
        for indicator in PACK.indicators() {
            let given = answers.text(&path(indicator));
            let found = outcome.findings.iter().filter(|f| f.indicator == indicator.id && f.answer == given).count();
            let aside = outcome.set_aside.iter().filter(|aside| aside.indicator == indicator.id).count();
            prop_assert_eq!(found + aside, usize::from(matches!(given, "yes" | "unsure")), "{}", indicator.id);
        }
    }

    /// Each result has a reason that names what is behind it, and the urgent actions explain themselves.
    #[test]
    fn every_result_has_its_reasons(seed: u64) {
        let (answers, today) = record(seed);
        let outcome = evaluate(&answers, today, &PACK);
        let three = &outcome.suggestion;
        for (name, suggestion) in
            [("certain", three.certain), ("possible", three.possible), ("not_ruled_out", three.not_ruled_out)]
        {
            let reasons: Vec<_> = outcome.reasons.iter().filter(|reason| reason.result == name).collect();
            prop_assert_eq!(reasons.last().map(|reason| reason.suggestion), Some(suggestion.code()));
            for reason in reasons {
                prop_assert!(PACK.rule(&reason.rule).is_some(), "{}", reason.rule);
                let answered = suggestion.step() == Step::R0 || !reason.because.is_empty();
                prop_assert!(answered, "{name} {} has nothing behind it", reason.rule);
            }
        }
        for path in outcome.settles.iter().filter(|path| path.starts_with("elements.")) {
            prop_assert!(!matches!(answers.text(path), "yes" | "no"), "{path} is settled already");
        }
        prop_assert!(outcome.urgent.iter().chain(&outcome.urgent_to_check).all(|code| PACK.action(code).is_some()));
        prop_assert!(!outcome.urgent_to_check.iter().any(|code| outcome.urgent.contains(code)));
    }
}

/// The canonical form has its fields in the order that is agreed.
#[test]
fn the_canonical_form_is_in_order() {
    let (answers, today) = record(7);
    let json = evaluate(&answers, today, &PACK).to_canonical_json();
    let mut from = 0;
    for name in [
        "pack_version",
        "as_of",
        "suggestion",
        "certain",
        "possible",
        "not_ruled_out",
        "headline",
        "urgent",
        "urgent_to_check",
        "prompts",
        "findings",
        "set_aside",
        "settles",
        "reasons",
    ] {
        let at = json[from..].find(&format!("\"{name}\":"));
        assert!(at.is_some(), "{name} is missing or too early in {json}");
        from += at.unwrap();
    }
    let finding = evaluate(
        &Answers::read(r#"{"elements":{"behavioural":{"indicators":{"BE-201":"yes"}}}}"#).unwrap().answers,
        today,
        &PACK,
    );
    assert!(finding.to_canonical_json().contains(
        r#""findings":[{"indicator":"BE-201","element":"behavioural","answer":"yes","base":"L2","level":"L2","raised_by":[]}]"#
    ));
}
