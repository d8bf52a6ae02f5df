//! How long one change costs: lifelike records, a whole one and a small one, evaluated with all reasons and checked; and
//! how the time grows with the number of rules. A plain program without a benchmark library: one line of JSON for each
//! record, with the median and the shortest time of each measurement in microseconds. `cargo bench -p assessment-engine`.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "the built-in data exists")]

mod timed;

use std::hint::black_box;
use std::time::{Duration, Instant};

use assessment_engine::validation::{Stage, check_with};
use assessment_rules::{evaluate, explain, what_if};
use timed::{NAMES, Timed, timed, today};

/// Batches whose median counts, after a tenth more that warm up.
const BATCHES: u32 = 200;
/// What one batch should take at least, so that the clock's own cost does not show.
const LONG_ENOUGH: Duration = Duration::from_millis(2);

/// The median and the shortest time of one run, in microseconds.
fn times(mut run: impl FnMut()) -> [f64; 2] {
    let mut batch = |size: u32| {
        let start = Instant::now();
        (0..size).for_each(|_| run());
        start.elapsed()
    };
    let once = (0..20).map(|_| batch(1)).min().unwrap_or_default().max(Duration::from_nanos(1));
    let size = u32::try_from(LONG_ENOUGH.as_nanos() / once.as_nanos()).unwrap_or(1).max(1);
    let mut times: Vec<Duration> = (0..BATCHES + BATCHES / 10).map(|_| batch(size) / size).skip(20).collect();
    times.sort();
    [times[times.len() / 2], times[0]].map(|time| (time.as_secs_f64() * 1e8).round() / 100.0)
}

fn measure(name: &str) {
    let Timed { standards, answers, outcome } = timed(name).unwrap();
    let checked =
        |stage| drop(black_box(check_with(black_box(&answers), stage, today(), &standards, &outcome)));
    let evaluated = || drop(black_box(evaluate(black_box(&answers), today(), &standards.pack)));
    println!(
        "{}",
        serde_json::json!({
            "record": name,
            "bytes": answers.to_json().len(),
            "signs": standards.pack.indicators().iter().filter(|sign| !sign.strength).count(),
            "problems": check_with(&answers, Stage::Submit, today(), &standards, &outcome).len(),
            "evaluate": times(evaluated),
            "explain": times(|| drop(black_box(explain(black_box(&answers), today(), &standards.pack)))),
            "what_if": times(|| drop(black_box(what_if(black_box(&answers), today(), &standards.pack)))),
            "section": times(|| checked(Stage::Section)),
            "submit": times(|| checked(Stage::Submit)),
            "both": times(|| {
                let outcome = evaluate(black_box(&answers), today(), &standards.pack);
                drop(black_box(check_with(&answers, Stage::Submit, today(), &standards, &outcome)));
                drop(black_box(outcome));
            }),
        })
    );
}

fn main() {
    NAMES.iter().for_each(|name| measure(name));
}
