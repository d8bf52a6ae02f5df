//! Drafts.

use assessment_api::draft::{DraftContent, DraftRecord};

#[test]
fn a_draft_needs_nothing_but_its_form_version() {
    let content: DraftContent = serde_json::from_str(r#"{"form_version":"f"}"#).unwrap();
    assert!(content.place.is_none() && content.answers.is_none());
    assert_eq!(serde_json::to_string(&content).unwrap(), r#"{"form_version":"f"}"#);
}

#[test]
fn a_draft_comes_back_as_it_was_sent() {
    let text = r#"{"id":"i","revision":3,"saved_at":"t","form_version":"f","place":{"a":1.0},"answers":{ }}"#;
    let record: DraftRecord = serde_json::from_str(text).unwrap();
    assert_eq!(record.revision, 3);
    assert_eq!(serde_json::to_string(&record).unwrap(), text);
}
