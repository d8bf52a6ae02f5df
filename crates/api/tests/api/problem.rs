//! Problem details.

use assessment_api::problem::{KIND, ProblemDetails, ProblemItem};

#[test]
fn problem_details_are_those_of_the_rfc() {
    let details = ProblemDetails {
        kind: KIND.into(),
        title: "Gone".into(),
        status: 410,
        detail: "d".into(),
        code: "draft-deleted".into(),
        problems: vec![ProblemItem::new("consent.given", "missing")],
        judged_on: Some("2026-11-23".into()),
        instance: None,
    };
    let text = serde_json::to_string(&details).unwrap();
    assert!(text.starts_with(r#"{"type":"about:blank","title":"Gone","status":410,"#), "{text}");
    assert_eq!(serde_json::from_str::<ProblemDetails>(&text).unwrap(), details);
}

#[test]
fn a_refusal_without_a_list_of_problems_is_read() {
    let text = r#"{"type":"about:blank","title":"t","status":400,"detail":"d","code":"c"}"#;
    let details: ProblemDetails = serde_json::from_str(text).unwrap();
    assert!(details.problems.is_empty() && details.instance.is_none());
}
