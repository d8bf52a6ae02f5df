//! Any bytes as a body, as the server and the command line read it before anything else: refused with a place, or JSON with
//! one meaning and within the limits.
#![no_main]

use assessment_api::assessment::NewAssessment;
use assessment_engine::answers::Answers;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use strict_json::{Limits, Reason, check, from_value, read};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let plain = serde_json::from_slice::<Value>(bytes);
    let text = match check(bytes, &limits) {
        Err(refused) => {
            assert!(refused.line >= 1, "refused without a place");
            assert!(refused.reason != Reason::NotJson || plain.is_err(), "JSON that is called none");
            assert_eq!(read(bytes, &limits).err(), Some(refused), "the two readers differ");
            return;
        }
        Ok(text) => text,
    };
    let value = plain.expect("what is accepted is JSON");
    assert!(depth(&value) <= limits.depth && values(&value) <= limits.values);
    assert_eq!(read(bytes, &limits).ok(), Some(value.clone()), "read as something else");
    // A shape that the strict reader takes is one that serde takes, too.
    if let Ok(strict) = from_value::<NewAssessment>(&value) {
        let published: NewAssessment = serde_json::from_str(text).expect("the published shape");
        assert_eq!(strict.form_version, published.form_version);
        let _ = Answers::read(published.answers.get());
    }
});

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn values(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(values).sum::<usize>(),
        _ => 1,
    }
}
