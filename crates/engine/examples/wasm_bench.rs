//! The engine alone as a Wasm module, to be timed by `wasm_bench.mjs` beside it: the records of `benches/engine.rs` under
//! the same names, and rounds over one of them. No part of the form, and it looks at no clock itself.
//!
//! Plain C functions, so that the module needs no glue and takes nothing from its host. `cargo xtask bench engine`.

#![expect(unsafe_code, reason = "an export keeps its name only by an attribute that counts as unsafe")]

#[path = "../benches/timed/mod.rs"]
mod timed;

use std::cell::RefCell;
use std::hint::black_box;

use assessment_engine::validation::{Stage, check_with};
use assessment_rules::{evaluate, explain, what_if};
use timed::{NAMES, Timed, timed, today};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static PREPARED: RefCell<Option<Timed>> = const { RefCell::new(None) };
}

/// Where the name of a record is in memory; null when there is no record of this number.
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
    let Some(made) = NAMES.get(record).and_then(|name| timed(name)) else { return 0 };
    let bytes = made.answers.to_json().len();
    PREPARED.set(Some(made));
    bytes
}

/// Evaluates with all reasons, again and again.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate_rounds(rounds: u32) {
    repeat(rounds, |made| {
        drop(black_box(evaluate(black_box(&made.answers), today(), &made.standards.pack)));
    });
}

/// Explains every rule, again and again; it evaluates again each time.
#[unsafe(no_mangle)]
pub extern "C" fn explain_rounds(rounds: u32) {
    repeat(rounds, |made| {
        drop(black_box(explain(black_box(&made.answers), today(), &made.standards.pack)));
    });
}

/// Searches for what would change the suggestion, again and again.
#[unsafe(no_mangle)]
pub extern "C" fn what_if_rounds(rounds: u32) {
    repeat(rounds, |made| {
        drop(black_box(what_if(black_box(&made.answers), today(), &made.standards.pack)));
    });
}

/// Checks limits and formats, with an outcome that is known already.
#[unsafe(no_mangle)]
pub extern "C" fn section_rounds(rounds: u32) {
    repeat(rounds, |made| check(made, Stage::Section));
}

/// Checks for submission, with an outcome that is known already.
#[unsafe(no_mangle)]
pub extern "C" fn submit_rounds(rounds: u32) {
    repeat(rounds, |made| check(made, Stage::Submit));
}

/// Evaluates, and checks for submission.
#[unsafe(no_mangle)]
pub extern "C" fn both_rounds(rounds: u32) {
    repeat(rounds, |Timed { standards, answers, .. }| {
        let answers = black_box(answers);
        let outcome = evaluate(answers, today(), &standards.pack);
        drop(black_box(check_with(answers, Stage::Submit, today(), standards, &outcome)));
        drop(black_box(outcome));
    });
}

fn check(Timed { standards, answers, outcome }: &Timed, stage: Stage) {
    drop(black_box(check_with(black_box(answers), stage, today(), standards, outcome)));
}

fn repeat(rounds: u32, round: impl Fn(&Timed)) {
    PREPARED.with_borrow(|prepared| {
        if let Some(prepared) = prepared {
            (0..rounds).for_each(|_| round(prepared));
        }
    });
}
