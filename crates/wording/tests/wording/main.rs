//! Words by key.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_wording::Wording;

#[test]
fn placeholders_are_filled_once_and_the_rest_stays() {
    let words = Wording::load(
        r#"{"plain":"No braces","two":"%{a} and %{b}, %{a}","odd":"{a} 5% %{none} %{a","end":"%{a}"}"#,
    )
    .unwrap();
    let fill = |key: &str| words.fill(key, &[("a", "%{b}"), ("b", "two")]);
    assert_eq!(fill("plain"), "No braces");
    assert_eq!(fill("two"), "%{b} and two, %{b}", "what is filled in is never filled again");
    assert_eq!(fill("odd"), "{a} 5% %{none} %{a");
    assert_eq!(fill("end"), "%{b}");
    assert_eq!(fill("unknown.key"), "unknown.key");
}
