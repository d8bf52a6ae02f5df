//! Submissions and receipts.

use assessment_api::assessment::{NewAssessment, Receipt, Shown, Suggestion};
use serde_json::{json, value::RawValue};

fn suggestion() -> Suggestion {
    Suggestion { certain: "R1".into(), possible: "R2".into(), not_ruled_out: "R5".into() }
}

#[test]
fn answers_travel_as_the_text_that_was_given() {
    let answers = "{ \"a\" : 1.50,\"b\":\"\\u00e9\" }";
    let body = NewAssessment {
        form_version: "caf-2026.1".into(),
        answers: RawValue::from_string(answers.into()).unwrap(),
        sent_on: None,
        superseded: Vec::new(),
        episode: None,
        shown: Some(Shown {
            pack_version: "p".into(),
            suggestion: suggestion(),
            urgent: vec!["IA-02".into()],
            urgent_to_check: None,
            headline: None,
        }),
    };
    let text = serde_json::to_string(&body).unwrap();
    assert!(text.contains(answers), "{text}");
    for optional in ["sent_on", "superseded", "urgent_to_check", "headline", "episode"] {
        assert!(!text.contains(optional), "{optional} is sent though there is none");
    }
    let read: NewAssessment = serde_json::from_str(&text).unwrap();
    assert_eq!((read.answers.get(), read.shown), (answers, body.shown));
}

#[test]
fn a_receipt_may_gain_members_and_lack_a_difference() {
    let text = json!({
        "id": "i", "reference": "CAF1", "urgent": [], "pack_version": "p", "form_version": "f", "sha256": "00",
        "received_at": "t", "later": true,
        "suggestion": { "certain": "R1", "possible": "R2", "not_ruled_out": "R5", "later": true },
    })
    .to_string();
    let receipt: Receipt = serde_json::from_str(&text).unwrap();
    assert_eq!((&receipt.suggestion, &receipt.difference), (&suggestion(), &None));
    let again: Receipt = serde_json::from_str(&serde_json::to_string(&receipt).unwrap()).unwrap();
    assert_eq!(again, receipt);
}

#[test]
fn a_submission_with_a_member_too_many_is_not_one() {
    let text = r#"{"form_version":"f","answers":{},"outcome":{}}"#;
    assert!(serde_json::from_str::<NewAssessment>(text).is_err());
}
