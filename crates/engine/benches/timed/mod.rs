//! The records that are timed, each with the rules that it is judged by: the same in the native benchmark, as Wasm, and
//! in the material for other packages. No measuring here.

#[path = "../../tests/engine/material/filled.rs"]
mod filled;

use assessment_engine::answers::Answers;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::rule_packs;
use assessment_engine::standards::Standards;
use assessment_form::Edit;
use assessment_rules::{Outcome, RulePack, evaluate};
use filled::Amount;
use serde_json::{Value, json};

pub(crate) use filled::today;

/// Whole families on paper, as practitioners fill them. The last is the one that other packages get, too: in it every
/// question is answered.
pub(crate) const CASES: [(&str, &str); 8] = [
    ("toddler-with-speech-delay", include_str!("../../../../tests/cases/toddler-with-speech-delay.json")),
    ("unborn-baby", include_str!("../../../../tests/cases/unborn-baby.json")),
    ("bruise-on-a-baby", include_str!("../../../../tests/cases/bruise-on-a-baby.json")),
    ("child-with-a-social-worker", include_str!("../../../../tests/cases/child-with-a-social-worker.json")),
    ("every-kind-of-text", include_str!("../../../../tests/cases/every-kind-of-text.json")),
    ("family-who-refuse", include_str!("../../../../tests/cases/family-who-refuse.json")),
    ("teenager-going-missing", include_str!("../../../../tests/cases/teenager-going-missing.json")),
    (COMPARED, include_str!("../../../../tests/cases/disabled-child.json")),
];
/// The record that is also given to other packages.
pub(crate) const COMPARED: &str = "disabled-child";
/// The same, with [`MISTAKES`].
pub(crate) const WRONG: &str = "six-mistakes";
/// What is typed wrongly: two codes that are not offered, a mark that does not exist, a postcode, an email, and an answer of 71 characters.
pub(crate) const MISTAKES: [(&str, &str); 6] = [
    ("identifying_details.sex", "X!"),
    ("identifying_details.address.postcode", "LS9 9"),
    ("assessor.email", "nobody"),
    (
        "identifying_details.preferred_name",
        "A name that is longer than the box on paper, and longer than its limit.",
    ),
    ("elements.self_care.status", "perhaps"),
    ("elements.general_health.indicators.GH-201", "perhaps"),
];
/// A child, a birth date, one sign.
const SMALL: &str = r#"{"danger_now":"no","identifying_details":{"given_names":"A","dob":"2024-02-03"},
    "elements":{"general_health":{"needs":"Not well","indicators":{"GH-201":"yes"}}}}"#;
/// How many times over the signs of concern are in the pack of each record that tells how time grows with rules.
pub(crate) const GROWN: [(&str, usize); 3] =
    [("signs-once", 1), ("signs-8-times", 8), ("signs-80-times", 80)];

/// The names of what is timed.
pub(crate) const NAMES: [&str; 10] = [
    CASES[0].0, CASES[1].0, COMPARED, WRONG, "whole", "fullest", "small", GROWN[0].0, GROWN[1].0, GROWN[2].0,
];

/// A record that is ready to be timed.
pub(crate) struct Timed {
    pub(crate) standards: Standards,
    pub(crate) answers: Answers,
    /// What the answers suggest; checks take it.
    pub(crate) outcome: Outcome,
}

/// Makes a record by its name; `None` when there is none of that name.
pub(crate) fn timed(name: &str) -> Option<Timed> {
    let mut standards = Standards::built_in().ok()?;
    let answers = match name {
        // 20 people in the household, 4 rows in the other groups, two or three sentences in each text.
        "whole" => filled::filled(&standards, Amount { characters: 160, rows: 4, large_household: true }),
        // As much as the form takes at all.
        "fullest" => filled::filled(
            &standards,
            Amount { characters: usize::MAX, rows: usize::MAX, large_household: true },
        ),
        "small" => Answers::read(SMALL).ok()?.answers,
        WRONG => {
            let mut answers = case(COMPARED)?;
            for (path, typed) in MISTAKES {
                answers.apply(path, Edit::Text(typed.to_owned())).ok()?;
            }
            answers
        }
        _ => match GROWN.iter().find(|grown| grown.0 == name) {
            Some((_, times)) => {
                standards = Standards::load(&grown_pack(*times), AuthorityProfile::built_in()).ok()?;
                marked(&standards.pack)?
            }
            None => case(name)?,
        },
    };
    let outcome = evaluate(&answers, today(), &standards.pack);
    Some(Timed { standards, answers, outcome })
}

/// The answers of a case.
pub(crate) fn case(name: &str) -> Option<Answers> {
    let text = CASES.iter().find(|case| case.0 == name)?.1;
    let case: Value = serde_json::from_str(text).ok()?;
    Some(Answers::from_value(case.get("answers")?).ok()?.answers)
}

/// The built-in pack with each sign of concern so many times: `GH-201`, `GH-201-1`, `GH-201-2`… Nothing of a sign is
/// looked at but its id and whether it is a strength.
fn grown_pack(times: usize) -> String {
    let mut pack: Value = serde_json::from_str(rule_packs::built_in()).unwrap_or_default();
    if let Some(signs) = pack.get_mut("indicators").and_then(Value::as_array_mut) {
        let concerns: Vec<Value> =
            signs.iter().filter(|sign| sign.get("strength") != Some(&json!(true))).cloned().collect();
        for copy in 1..times {
            for sign in &concerns {
                let mut sign = sign.clone();
                let id = sign.get("id").and_then(Value::as_str).unwrap_or_default();
                let id = format!("{id}-{copy}");
                if let Some(place) = sign.get_mut("id") {
                    *place = id.into();
                }
                signs.push(sign);
            }
        }
    }
    pack.to_string()
}

/// A child of four with a mark on each sign: of a hundred, five are yes, three are unsure, two are blank.
fn marked(pack: &RulePack) -> Option<Answers> {
    let mut answers =
        Answers::read(r#"{"danger_now":"no","identifying_details":{"dob":"2022-11-02","disabled":"no"}}"#)
            .ok()?
            .answers;
    for (at, sign) in pack.indicators().iter().enumerate() {
        // 37 and 100 have no factor in common, so each hundred signs get each number once.
        let mark = match at * 37 % 100 {
            0..5 => "yes",
            5..8 => "unsure",
            8..10 => continue,
            _ => "no",
        };
        let path = format!("elements.{}.indicators.{}", sign.element, sign.id);
        answers.apply(&path, Edit::Text(mark.to_owned())).ok()?;
    }
    Some(answers)
}
