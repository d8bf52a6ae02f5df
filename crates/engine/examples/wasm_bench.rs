//! The engine alone as a Wasm module, to be timed by `wasm_bench.mjs` beside it: the records of `benches/engine.rs` under
//! the same names, and rounds over one of them. No part of the form, and it looks at no clock itself.
//!
//! Plain C functions, so that the module needs no glue and takes nothing from its host. `cargo xtask bench engine`.

#![expect(unsafe_code, reason = "an export keeps its name only by an attribute that counts as unsafe")]

#[path = "../tests/filled/mod.rs"]
mod filled;

use filled::Amount;
use std::cell::RefCell;
use std::hint::black_box;

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_engine::threshold::{Outcome, evaluate};
use assessment_engine::validation::{Stage, check_with};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Whole families on paper, as practitioners fill them.
const CASES: [(&str, &str); 3] = [
    ("toddler-with-speech-delay", include_str!("../../../tests/cases/toddler-with-speech-delay.json")),
    ("disabled-child", include_str!("../../../tests/cases/disabled-child.json")),
    ("unborn-baby", include_str!("../../../tests/cases/unborn-baby.json")),
];
/// A child, a birth date, one sign.
const SMALL: &str = r#"{"danger_now":"no","identifying_details":{"given_names":"A","dob":"2024-02-03"},
    "elements":{"general_health":{"needs":"Not well","indicators":{"GH-201":"yes"}}}}"#;
/// 20 people in the household, 4 rows in the other groups, two or three sentences in each text.
const WHOLE: Amount = Amount { characters: 160, rows: 4, large_household: true };
/// As much as the form takes at all.
const FULLEST: Amount = Amount { characters: usize::MAX, rows: usize::MAX, large_household: true };
/// Names in the order of their numbers.
const NAMES: [&str; 6] = [CASES[0].0, CASES[1].0, CASES[2].0, "whole", "fullest", "small"];

/// What the rounds run on.
struct Prepared {
    standards: Standards,
    answers: Answers,
    outcome: Outcome,
}

thread_local! {
    static PREPARED: RefCell<Option<Prepared>> = const { RefCell::new(None) };
}

/// Where the name of a record stands in memory; null when there is no record of this number.
#[unsafe(no_mangle)]
pub extern "C" fn name_at(record: usize) -> *const u8 {
    NAMES.get(record).map_or(std::ptr::null(), |name| name.as_ptr())
}

/// Bytes of that name; 0 when there is no record of this number.
#[unsafe(no_mangle)]
pub extern "C" fn name_length(record: usize) -> usize {
    NAMES.get(record).map_or(0, |name| name.len())
}

/// Makes a record ready for the rounds. The bytes of its JSON; 0 when it could not be made.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(record: usize) -> usize {
    let Some(standards) = Standards::ready() else { return 0 };
    let answers = match NAMES.get(record) {
        Some(&"whole") => Some(filled::filled(&standards, WHOLE)),
        Some(&"fullest") => Some(filled::filled(&standards, FULLEST)),
        Some(&"small") => Answers::read(SMALL).ok().map(|reading| reading.answers),
        _ => CASES.get(record).and_then(|(_, case)| from_case(case)),
    };
    let Some(answers) = answers else { return 0 };
    let bytes = answers.to_json().len();
    let outcome = evaluate(&answers, filled::today(), &standards.pack);
    PREPARED.set(Some(Prepared { standards, answers, outcome }));
    bytes
}

fn from_case(case: &str) -> Option<Answers> {
    let case: serde_json::Value = serde_json::from_str(case).ok()?;
    Some(Answers::from_value(case.get("answers")?).ok()?.answers)
}

/// Evaluates with all reasons, again and again.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate_rounds(rounds: u32) {
    repeat(rounds, |prepared| {
        drop(black_box(evaluate(black_box(&prepared.answers), filled::today(), &prepared.standards.pack)));
    });
}

/// Checks for submission, with an outcome that is known already.
#[unsafe(no_mangle)]
pub extern "C" fn check_rounds(rounds: u32) {
    repeat(rounds, |Prepared { standards, answers, outcome }| {
        let answers = black_box(answers);
        drop(black_box(check_with(answers, Stage::Submit, filled::today(), standards, outcome)));
    });
}

/// Evaluates, and checks for submission.
#[unsafe(no_mangle)]
pub extern "C" fn both_rounds(rounds: u32) {
    repeat(rounds, |Prepared { standards, answers, .. }| {
        let answers = black_box(answers);
        let outcome = evaluate(answers, filled::today(), &standards.pack);
        drop(black_box(check_with(answers, Stage::Submit, filled::today(), standards, &outcome)));
        drop(black_box(outcome));
    });
}

fn repeat(rounds: u32, round: impl Fn(&Prepared)) {
    PREPARED.with_borrow(|prepared| {
        if let Some(prepared) = prepared {
            (0..rounds).for_each(|_| round(prepared));
        }
    });
}
