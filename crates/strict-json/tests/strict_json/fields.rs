//! Reading data: every kind of field, and every mistake with its place.

use strict_json::{Fields, read_data};

/// Asks for one field of each kind.
fn thing(of: &Fields<'_>) -> Vec<String> {
    let mut seen = vec![of.text("text"), of.flag("flag").to_string()];
    seen.extend(of.optional_text("maybe"));
    seen.extend(of.optional_number("number").map(|number| number.to_string()));
    seen.extend(of.choice("choice", &["a", "b"], false).map(|at| at.to_string()));
    seen.extend(of.texts_if_there("texts").unwrap_or_default());
    of.optional_list("list", &mut |item| seen.push(item.text("id")));
    of.optional_group("group", &mut |inner| {
        seen.extend(inner.names().into_iter().map(|name| inner.text(name)));
    });
    seen
}

fn places(text: &str) -> Vec<String> {
    read_data(text, thing).unwrap_err().into_iter().map(|problem| problem.place).collect()
}

#[test]
fn reads_every_kind_of_field() {
    let text = r#"{"text":"t","flag":true,"maybe":null,"number":7,"choice":"b","texts":["x"],
        "list":[{"id":"one"}],"group":{"k":"v"}}"#;
    assert_eq!(
        read_data(text, thing),
        Ok(["t", "true", "7", "1", "x", "one", "v"].map(String::from).to_vec())
    );
}

#[test]
fn everything_wrong_is_named_with_its_place() {
    let text = r#"{"flag":null,"maybe":1,"number":-1,"choice":"c","texts":["x",2],"<b>":1,
        "list":[{"id":"I<","spy":1},[]],"group":{"k":[]}}"#;
    let expected = [
        "text",
        "flag",
        "maybe",
        "number",
        "choice",
        "texts[1]",
        "list[0] (I?).spy",
        "list[1]",
        "group.k",
        "?b?",
    ];
    assert_eq!(places(text), expected);
    assert_eq!(places("[]"), ["the whole text"]);
    let long = format!(r#"{{"text":"","flag":true,"{}":1}}"#, "n".repeat(1000));
    assert_eq!(places(&long), ["n".repeat(60)]);
    for number in ["7.0", "1e2", "-0", "18446744073709551615"] {
        assert_eq!(
            places(&format!(r#"{{"text":"","flag":true,"number":{number}}}"#)),
            ["number"],
            "{number}"
        );
    }
}

#[test]
fn what_is_not_json_or_ambiguous_is_found_by_line_and_column() {
    for (text, place) in [
        ("{\n \"text\" 1}", "line 2, column 9"),
        ("{", "line 1, column 1"),
        ("", "line 1, column 0"),
        ("{\"a\":1,\n\"a\":2}", "line 2, column 3"),
        ("{\"b\":{\"a\":\"{\\\":\\\"\"},\"a\":2,\"b\":1}", "line 1, column 29"),
        (r#"{"a":1,"\u0061":1}"#, "line 1, column 15"),
    ] {
        assert_eq!(places(text), [place], "{text}");
    }
    // The same name in different objects is fine, and so are braces and colons inside texts.
    let text = r#"{"text":"a\":{","flag":true,"list":[{"id":"}"},{"id":"\\"}]}"#;
    assert!(read_data(text, thing).is_ok());
}
