//! Answers as JSON, both ways.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Reading};
use assessment_form::{ReadError, WrittenDate};

#[test]
fn what_is_not_understood_is_named_and_the_rest_is_kept() {
    let reading = Answers::read(
        r#"{"danger_now":"no","spy":1,"identifying_details":{"dob":"yesterday","given_names":["x"],"<b>":""},
            "parents_and_carers":[{"name":"A"},7],"elements":{"identity":{"indicators":{"ID-201":4}}}}"#,
    )
    .unwrap();
    let unread: Vec<_> = reading.unread.iter().map(|u| format!("{} {}", u.path, u.code.as_str())).collect();
    assert_eq!(
        unread,
        [
            "elements.identity.indicators.ID-201 wrong-kind",
            "identifying_details.?b? unknown-question",
            "identifying_details.dob wrong-kind",
            "identifying_details.given_names wrong-kind",
            "parents_and_carers[1] wrong-kind",
            "spy unknown-question",
        ]
    );
    assert_eq!(reading.answers.danger_now, "no");
    assert_eq!(reading.answers.parents_and_carers.len(), 2);
}

#[test]
fn text_comes_back_as_typed() {
    let mut answers = Answers::default();
    answers.identifying_details.given_names = " Zoë \u{202e}\u{200b}".into();
    answers.identifying_details.dob = WrittenDate { day: "03".into(), month: "Feb".into(), year: "2".into() };
    answers.identifying_details.edd = WrittenDate { day: "3".into(), month: "2".into(), year: "2027".into() };
    answers.identifying_details.also_known_as = vec![String::new(), "B".into()];
    answers.parents_and_carers.push(Default::default());
    let json = answers.to_json();
    assert!(json.contains(r#""edd":"2027-02-03""#), "{json}");
    let reading = Answers::read(&json).unwrap();
    assert_eq!(reading, Reading { answers, unread: Vec::new() });
    assert_eq!(reading.answers.to_json(), json);
}

#[test]
fn refuses_what_is_no_object_and_what_is_too_deep() {
    assert_eq!(Answers::read("[]"), Err(ReadError::NotAnObject));
    assert_eq!(Answers::read("{"), Err(ReadError::NotJson { line: 1, column: 1 }));
    let deep = "[".repeat(1_000);
    assert!(matches!(Answers::read(&deep), Err(ReadError::NotJson { .. })));
}
