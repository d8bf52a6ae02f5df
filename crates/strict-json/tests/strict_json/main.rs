//! What is read, what is refused, and where.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

mod fields;
mod library;
mod shape;

use serde_json::json;
use strict_json::{Limits, Reason, check, read};

fn limits() -> Limits {
    Limits::default()
}

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

fn reason(bytes: &[u8]) -> Reason {
    let refused = read(bytes, &limits()).unwrap_err();
    assert_eq!(check(bytes, &limits()), Err(refused.clone()), "check and read must agree");
    refused.reason
}

fn repeated(path: &str) -> Reason {
    Reason::RepeatedName { path: path.to_owned() }
}

#[test]
fn reads_plain_json() {
    for text in ["{}", " null ", r#"{"a":[1,-2,3.5,true,null,"\u00e9"],"b":{"a":1}}"#, &nested(64)] {
        assert_eq!(check(text.as_bytes(), &limits()), Ok(text));
        let plain: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text.as_bytes(), &limits()), Ok(plain));
    }
    assert_eq!(read(br#""\ud83d\ude00""#, &limits()), Ok(json!("\u{1f600}")));
}

#[test]
fn refuses_what_is_not_one_json_value() {
    for text in ["{} {}", "nul,", "{\"a\":1,}", "\u{feff}{}", "\"\\ud800\"", "01", "'a'"] {
        assert_eq!(reason(text.as_bytes()), Reason::NotJson, "{text}");
    }
    for text in ["", "{", "[1,", "\"a"] {
        assert_eq!(reason(text.as_bytes()), Reason::EndsEarly, "{text}");
    }
    assert_eq!(reason(b"1e999"), Reason::NumberTooLarge);
    assert_eq!(reason(b"\"\xff\""), Reason::NotUtf8);
}

#[test]
fn refuses_too_much() {
    assert_eq!(reason(nested(65).as_bytes()), Reason::TooDeep);
    assert_eq!(reason("[".repeat(1_000_000).as_bytes()), Reason::TooDeep);
    let list = |items| format!("[{}]", vec!["0"; items].join(","));
    assert!(check(list(49_999).as_bytes(), &limits()).is_ok());
    assert_eq!(reason(list(50_000).as_bytes()), Reason::TooMany);
    assert!(check(&vec![b' '; 1 << 20], &limits()).is_err_and(|refused| refused.reason == Reason::EndsEarly));
    assert_eq!(reason(&vec![b' '; (1 << 20) + 1]), Reason::TooLarge);
}

#[test]
fn refuses_a_repeated_name_however_it_is_spelt_and_says_where() {
    assert_eq!(reason(br#"{"a":1,"\u0061":2}"#), repeated("a"));
    assert_eq!(reason(br#"[{"b":{"a":1,"a":1}}]"#), repeated("[0].b.a"));
    assert_eq!(reason(br#"{"b":[[],[{"a":1,"a":1}]]}"#), repeated("b[1][0].a"));
    // The same name in two objects is fine.
    assert!(read(br#"[{"a":{"a":1}},{"a":1}]"#, &limits()).is_ok());
}

#[test]
fn says_line_and_column() {
    for (text, place) in [
        ("{\n \"text\" 1}", (2, 9)),
        ("{", (1, 1)),
        ("", (1, 0)),
        ("{\"a\":1,\n\"a\":2}", (2, 3)),
        ("{\"b\":{\"a\":\"{\\\":\\\"\"},\"a\":2,\"b\":1}", (1, 29)),
    ] {
        let refused = read(text.as_bytes(), &limits()).unwrap_err();
        assert_eq!((refused.line, refused.column), place, "{text}");
    }
    let refused = read(b"{\n \"a\": \"\xff\"}", &limits()).unwrap_err();
    assert_eq!((refused.reason, refused.line, refused.column), (Reason::NotUtf8, 2, 8));
}
