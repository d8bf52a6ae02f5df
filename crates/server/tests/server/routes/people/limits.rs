//! Bad input: searches that are too long, wildcards, control characters, and shapes that are none.

use serde_json::json;

use super::{Office, child, on_both};

on_both! {
    what_cannot_be_looked_for_is_refused_in_plain_words;
    wildcards_and_control_characters_mean_nothing;
    details_that_are_too_long_are_named;
}

async fn what_cannot_be_looked_for_is_refused_in_plain_words(office: Office) {
    office.add(&child(1, "Amelia", "Hart"), "teacher").await;
    for (text, problem) in [
        ("a".repeat(10_000), "text too-long"),
        ("a".repeat(201), "text too-long"),
        ("a b c d e f g h i j k l m".to_owned(), "text too-long"),
        (String::new(), "text missing"),
        (" \u{a0}\t".to_owned(), "text missing"),
        ("%".to_owned(), "text missing"),
        ("*".repeat(200), "text missing"),
        ("h".to_owned(), "text too-short"),
        ("4 May 2019".to_owned(), "text too-short"),
    ] {
        let reply = office.ask("teacher", "POST", "/search", Some(json!({ "text": text }))).await;
        reply.refused(422, "search-refused");
        assert_eq!(reply.problems(), [problem], "{text:?}");
        let detail = reply.json()["detail"].as_str().expect("words").to_owned();
        assert!(detail.starts_with("Type ") && detail.ends_with('.'), "{detail}");
    }
    for body in [json!({}), json!({ "text": 7 }), json!({ "text": "hart", "limit": 7 }), json!([])] {
        office.ask("teacher", "POST", "/search", Some(body)).await.refused(422, "wrong-shape");
    }
    let reply = office.ask("teacher", "GET", "/search?text=hart", None).await;
    assert!(
        reply.status == 404 || reply.status == 405,
        "nothing is looked for by an address: {}",
        reply.text
    );
}

async fn wildcards_and_control_characters_mean_nothing(office: Office) {
    let amelia = child(1, "Amelia", "Hart");
    office.add(&amelia, "teacher").await;
    for text in ["%art", "h_rt", "h*", "hart%' OR '1'='1", "\"hart\" NEAR x", "xx\u{0}yy"] {
        let reply = office.ask("teacher", "POST", "/search", Some(json!({ "text": text }))).await;
        assert!([200, 422].contains(&reply.status), "{text}: {} {}", reply.status, reply.text);
        let found = if reply.status == 200 { super::office::ids(&reply.json()) } else { Vec::new() };
        assert!(found.is_empty(), "{text}: {}", reply.text);
    }
    for text in ["ha\u{0}rt", "\u{1}hart\u{7f}", "hart\r\n", "\u{202e}hart\u{feff}", "(hart)", "\"hart\""] {
        assert_eq!(office.search("teacher", text).await, [amelia.id.to_string()], "{text:?}");
    }
}

async fn details_that_are_too_long_are_named(office: Office) {
    let long = "x".repeat(201);
    for (member, value, problem) in [
        ("given_names", json!(long), "child.given_names too-long"),
        ("born", json!(long), "child.born too-long"),
        ("phones", json!([long]), "child.phones too-long"),
        ("address", json!(vec!["x"; 11]), "child.address too-many"),
        ("family_name", json!("  "), "child nobody"),
        ("born", json!("2019-05-04"), "child nobody"),
        ("reason", json!("x"), "child wrong-kind"),
    ] {
        let reply =
            office.ask("teacher", "POST", "/matches", Some(json!({ "child": { member: value } }))).await;
        reply.refused(422, "wrong-shape");
        assert_eq!(reply.problems(), [problem]);
    }
    for body in [json!({}), json!({ "child": {}, "person": "x" })] {
        office.ask("teacher", "POST", "/matches", Some(body)).await.refused(422, "wrong-shape");
    }
    let reply = office
        .ask("teacher", "POST", "/search", Some(json!({ "text": "hart", "reason": "y".repeat(1_001) })))
        .await;
    reply.refused(422, "wrong-shape");
    assert_eq!(reply.problems(), ["reason too-long"]);
}
