//! Any bytes as the body of a submission, as the server reads it before anything else: refused with a
//! reason, or JSON with one meaning. The server's own files are compiled in, without its database and network.
#![no_main]

#[path = "../../crates/server/src/strict_json.rs"]
mod strict_json;
#[path = "../../crates/server/src/submission.rs"]
mod submission;

use assessment_api::assessment::NewAssessment;
use assessment_engine::answers::Answers;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use strict_json::{DEPTH_LIMIT, NotAccepted, VALUE_LIMIT, check};

fuzz_target!(|bytes: &[u8]| {
    let plain = serde_json::from_slice::<Value>(bytes);
    let text = match check(bytes) {
        Err(reason) => {
            assert!(reason != NotAccepted::NotJson || plain.is_err(), "JSON that is called none");
            return;
        }
        Ok(text) => text,
    };
    let value = plain.expect("what is accepted is JSON");
    assert!(depth(&value) <= DEPTH_LIMIT && values(&value) <= VALUE_LIMIT);
    match submission::read(text) {
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a problem");
            // A name from outside is repeated only if it could be ours.
            assert!(problems.iter().all(|problem| problem.path.is_ascii() && problem.path.len() < 300));
        }
        Ok(read) => {
            let published: NewAssessment = serde_json::from_str(text).expect("the published shape");
            assert_eq!(
                (read.answers, &read.form_version),
                (published.answers.get(), &published.form_version)
            );
            assert_eq!(read.shown, published.shown);
            let _ = Answers::read(read.answers);
        }
    }
});

fn depth(value: &Value) -> u32 {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn values(value: &Value) -> u32 {
    match value {
        Value::Array(items) => 1 + items.iter().map(values).sum::<u32>(),
        Value::Object(fields) => 1 + fields.values().map(values).sum::<u32>(),
        _ => 1,
    }
}
