//! Any string as a reply that the browser reads, or as a draft that the server reads: it is refused, or can be written
//! and read again without a change.
#![no_main]

use assessment_api::assessment::{AssessmentList, AssessmentRecord, Receipt};
use assessment_api::draft::{DraftContent, DraftList, DraftRecord, SavedDraft};
use assessment_api::problem::ProblemDetails;
use assessment_api::service::Health;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};

fuzz_target!(|text: &str| {
    settles::<AssessmentList>(text);
    settles::<AssessmentRecord>(text);
    settles::<Receipt>(text);
    settles::<DraftContent>(text);
    settles::<DraftList>(text);
    settles::<DraftRecord>(text);
    settles::<SavedDraft>(text);
    settles::<ProblemDetails>(text);
    settles::<Health>(text);
});

fn settles<T: Serialize + DeserializeOwned>(text: &str) {
    let Ok(read) = serde_json::from_str::<T>(text) else { return };
    let written = serde_json::to_string(&read).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(serde_json::to_string(&again).ok(), Some(written), "something changed");
}
