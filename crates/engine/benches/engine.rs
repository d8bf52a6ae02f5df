//! How long one change costs: lifelike records, a whole one and a small one, evaluated with all reasons and checked for submission.
//! A plain program without a benchmark library; it prints one line for each record. `cargo bench -p assessment-engine`.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "what is built in is there")]

#[path = "../tests/filled/mod.rs"]
mod filled;

use filled::Amount;
use std::hint::black_box;
use std::time::{Duration, Instant};

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_engine::threshold::evaluate;
use assessment_engine::validation::{Stage, check_with};

/// A child, a birth date, one sign.
const SMALL: &str = r#"{"danger_now":"no","identifying_details":{"given_names":"A","dob":"2024-02-03"},
    "elements":{"general_health":{"needs":"Not well","indicators":{"GH-201":"yes"}}}}"#;

const RUNS: usize = 2_000;

/// The middle and the shortest time of many runs, after some that warm up.
fn times(mut run: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..RUNS + RUNS / 10)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .skip(RUNS / 10)
        .collect();
    times.sort();
    (times.get(RUNS / 2).copied().unwrap_or_default(), times.first().copied().unwrap_or_default())
}

fn measure(name: &str, answers: &Answers, standards: &Standards) {
    let today = filled::today();
    let outcome = evaluate(answers, today, &standards.pack);
    let problems = check_with(answers, Stage::Submit, today, standards, &outcome);
    let (evaluated, _) = times(|| drop(black_box(evaluate(black_box(answers), today, &standards.pack))));
    let (editing, _) =
        times(|| drop(black_box(check_with(black_box(answers), Stage::Editing, today, standards, &outcome))));
    let (submit, _) =
        times(|| drop(black_box(check_with(black_box(answers), Stage::Submit, today, standards, &outcome))));
    let (both, shortest) = times(|| {
        let outcome = evaluate(black_box(answers), today, &standards.pack);
        drop(black_box(check_with(answers, Stage::Submit, today, standards, &outcome)));
        drop(black_box(outcome));
    });
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "{name:<25} {:>7} bytes {:>4} problems | evaluate {:>7.1} µs | check editing {:>7.1} µs | check submit {:>7.1} µs | \
         evaluate and check {:>7.1} µs, at best {:>7.1} µs (medians of {RUNS})",
        answers.to_json().len(),
        problems.len(),
        us(evaluated),
        us(editing),
        us(submit),
        us(both),
        us(shortest),
    );
}

fn main() {
    let standards = Standards::built_in().unwrap();
    // Whole families on paper, as practitioners fill them.
    for name in ["toddler-with-speech-delay", "disabled-child", "unborn-baby"] {
        let file = format!("{}/../../tests/cases/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let case: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        measure(name, &Answers::from_value(&case["answers"]).unwrap().answers, &standards);
    }
    // 20 people in the household, 4 rows in the other groups, two or three sentences in each text.
    let whole = Amount { characters: 160, rows: 4, large_household: true };
    measure("whole", &filled::filled(&standards, whole), &standards);
    // As much as the form takes at all.
    let fullest = Amount { characters: usize::MAX, rows: usize::MAX, large_household: true };
    measure("fullest", &filled::filled(&standards, fullest), &standards);
    measure("small", &Answers::read(SMALL).unwrap().answers, &standards);
}
