//! A tree as a type with derives.

use serde::Deserialize;
use serde_json::{Value, json};
use strict_json::{Mismatch, from_value};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Colour {
    Red,
    DarkBlue,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Part {
    name: String,
    count: u16,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Whole {
    parts: Vec<Part>,
    colour: Colour,
    #[serde(default)]
    note: Option<String>,
    below: i32,
    share: f64,
}

fn whole() -> Value {
    json!({
        "parts": [{"name": "a", "count": 7, "unknown": {"deep": [1]}}], "colour": "dark-blue", "note": null,
        "below": -3, "share": 0.5, "unknown": [],
    })
}

#[test]
fn it_reads_what_the_derives_of_serde_json_read() {
    let tree = whole();
    let expected: Whole = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(from_value(&tree), Ok(expected));
}

#[test]
fn another_shape_is_refused() {
    let wrong = [
        ("/parts", json!({"0": 1})),
        ("/parts/0", json!(["a", 7])),
        ("/parts/0/count", json!(70_000)),
        ("/parts/0/count", json!("7")),
        ("/parts/0/name", json!(7)),
        ("/colour", json!("green")),
        ("/colour", json!({"red": null})),
        ("/note", json!([])),
        ("/below", json!(1.5)),
    ];
    for (place, value) in wrong {
        let mut tree = whole();
        *tree.pointer_mut(place).unwrap() = value;
        assert_eq!(from_value::<Whole>(&tree), Err(Mismatch), "{place}");
    }
    assert_eq!(from_value::<Whole>(&json!([])), Err(Mismatch));
    assert_eq!(from_value::<Part>(&json!({"name": "a"})), Err(Mismatch));
}
