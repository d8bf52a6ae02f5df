//! The engine with its data as the smallest useful Wasm module: a record goes in as JSON, the outcome and the problems
//! come out. `cargo xtask bench engine` weighs it, to tell what engine and rules add to a download. Nothing loads it: the
//! form contains the engine.
//!
//! Plain C functions over one buffer, so that the module needs no glue and takes nothing from its host.

#![expect(unsafe_code, reason = "an export keeps its name only by an attribute that counts as unsafe")]

use std::cell::RefCell;

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Stage, check_with};
use assessment_rules::evaluate;
use jiff::civil::Date;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static STANDARDS: Option<Standards> = Standards::built_in().ok();
}

/// Makes room for so many bytes of JSON and says where. The same place holds what comes out.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.resize(bytes, 0);
        buffer.as_mut_ptr()
    })
}

/// Where the last result begins.
#[unsafe(no_mangle)]
pub extern "C" fn place() -> *const u8 {
    BUFFER.with_borrow(|buffer| buffer.as_ptr())
}

/// Evaluates the record in the buffer on a day and checks it for submission. The bytes of the result: the outcome in its
/// canonical form, then a line for each problem; 0 when the record is no JSON or the day is none.
#[unsafe(no_mangle)]
pub extern "C" fn judge(year: i16, month: i8, day: i8) -> usize {
    let text = BUFFER.with_borrow(|buffer| String::from_utf8_lossy(buffer).into_owned());
    let result = STANDARDS.with(|standards| {
        let (standards, today) = (standards.as_ref()?, Date::new(year, month, day).ok()?);
        let answers = Answers::read(&text).ok()?.answers;
        let outcome = evaluate(&answers, today, &standards.pack);
        let mut result = outcome.to_canonical_json();
        for problem in check_with(&answers, Stage::Submit, today, standards, &outcome) {
            for part in ["\n", &problem.path, " ", problem.code.as_str()] {
                result.push_str(part);
            }
        }
        Some(result.into_bytes())
    });
    let result = result.unwrap_or_default();
    let bytes = result.len();
    BUFFER.set(result);
    bytes
}
