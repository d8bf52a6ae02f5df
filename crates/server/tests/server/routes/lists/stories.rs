//! The story behind a number of take-up over HTTP: written, overtaken, taken away, and read in answer and file.

use serde_json::{Value, json};

use super::{Office, ask, get, lives_at, on_both, send_record};
use crate::wire::Reply;

on_both! {
    a_story_is_beside_its_number_and_earlier_wordings_stay;
    nothing_of_a_story_is_overwritten_unseen_and_a_repeat_stores_nothing;
    what_is_no_story_is_refused_and_nothing_is_stored;
    a_story_that_names_a_child_is_erased_with_everything_before_it_and_leaves_a_tombstone;
    a_wording_from_a_clock_that_was_ahead_is_erased_too_a11;
}

const AT: &str = "/register/take-up/2026-Q4/started/story";

/// From 23 November 2026 to 2 January 2027.
const TO_JANUARY: i64 = 40 * 24 * 60;

/// A quarter that is over, with seven records in it.
async fn published(office: &Office) {
    for number in 0..7 {
        send_record(office, "teacher", &number.to_string(), &[lives_at("LS6 1AB")]).await;
    }
    office.clock.minutes_later(TO_JANUARY);
    assert_eq!(get(office, "coordinator", "/register/take-up").await.status, 200);
}

async fn write(office: &Office, header: (&str, &str), words: &str) -> Reply {
    ask(office, "coordinator", "PUT", AT, &[header], Some(json!({ "words": words }))).await
}

/// The story beside the number of records that were started.
async fn beside(office: &Office) -> Value {
    let read = get(office, "coordinator", "/register/take-up").await.json();
    let measures = read["quarters"][0]["measures"].as_array().expect("measures").clone();
    let others = measures.iter().filter(|one| one["measure"] != "started");
    assert!(others.clone().all(|one| one.get("story").is_none()), "{measures:?}");
    measures.iter().find(|one| one["measure"] == "started").expect("a measure")["story"].clone()
}

async fn a_story_is_beside_its_number_and_earlier_wordings_stay(office: Office) {
    published(&office).await;
    assert!(beside(&office).await.is_null());
    let none = get(&office, "coordinator", AT).await;
    assert_eq!((none.status, none.header("etag"), none.json()), (200, "", json!({ "wordings": [] })));
    let before = get(&office, "coordinator", "/register/take-up").await.json();

    let first = "=Two schools joined.\nTheir teams were new to it.";
    let saved = write(&office, ("if-none-match", "*"), first).await;
    assert_eq!((saved.status, saved.header("etag")), (200, "\"1\""), "{}", saved.text);
    let story = beside(&office).await;
    assert_eq!((&story["words"], &story["revision"]), (&json!(first), &json!(1)));
    assert_eq!(story["said"]["at"], "2027-01-02T12:00:00.000Z");
    assert!(story["said"]["name"].as_str().is_some_and(|name| !name.is_empty()), "{story}");
    let file = get(&office, "coordinator", "/register/take-up/export").await.text;
    assert!(file.contains(r#""number","story","story_by","story_at""#), "{file}");
    let line =
        "\"started\",\"total\",\"\",\"\",\"7\",\"'=Two schools joined.\nTheir teams were new to it.\",";
    assert!(file.contains(line), "a spreadsheet runs nothing of it: {file}");

    assert_eq!(write(&office, ("if-match", "\"1\""), "Three schools joined.").await.status, 200);
    assert_eq!(write(&office, ("if-match", "\"2\""), " ").await.header("etag"), "\"3\"");
    assert_eq!(beside(&office).await["words"], "", "it is taken away");
    let read = get(&office, "coordinator", AT).await;
    assert_eq!(read.header("etag"), "\"3\"");
    let words: Vec<Value> = read.json()["wordings"]
        .as_array()
        .expect("wordings")
        .iter()
        .map(|one| json!([one["revision"], one["words"]]))
        .collect();
    assert_eq!(words, [json!([3, ""]), json!([2, "Three schools joined."]), json!([1, first])]);
    let file = get(&office, "coordinator", "/register/take-up/export").await.text;
    assert!(!file.contains("schools"), "{file}");

    // The numbers are as they were published.
    let mut after = get(&office, "coordinator", "/register/take-up").await.json();
    for measure in after["quarters"][0]["measures"].as_array_mut().expect("measures") {
        measure.as_object_mut().expect("a measure").remove("story");
    }
    assert_eq!(after, before);
    let did = office.did("coordinator").await;
    assert_eq!(did.iter().filter(|(action, ..)| action == "write-take-up-story").count(), 3);
    assert!(!format!("{did:?}").contains("schools"), "the trail says that, and not what");
}

async fn nothing_of_a_story_is_overwritten_unseen_and_a_repeat_stores_nothing(office: Office) {
    published(&office).await;
    for _ in 0..2 {
        let saved = write(&office, ("if-none-match", "*"), "One").await;
        assert_eq!((saved.status, saved.header("etag")), (200, "\"1\""), "its answer was lost on the way");
    }
    let late = write(&office, ("if-none-match", "*"), "Two").await;
    assert_eq!(late.header("etag"), "\"1\"");
    late.refused(412, "stale-revision");
    write(&office, ("if-match", "\"7\""), "Two").await.refused(412, "stale-revision");
    write(&office, ("if-match", "1"), "Two").await.refused(400, "bad-precondition");
    let body = Some(json!({ "words": "Two" }));
    ask(&office, "coordinator", "PUT", AT, &[], body).await.refused(428, "precondition-missing");
    assert_eq!(beside(&office).await["words"], "One");
    let did = office.did("coordinator").await;
    assert_eq!(did.iter().filter(|(action, ..)| action == "write-take-up-story").count(), 1);
}

async fn what_is_no_story_is_refused_and_nothing_is_stored(office: Office) {
    published(&office).await;
    let new = ("if-none-match", "*");
    for (words, code) in [("é".repeat(2_001), "too-long"), ("a\u{202e}b".to_owned(), "hidden-characters")] {
        let refused = write(&office, new, &words).await;
        assert_eq!(refused.json()["problems"], json!([{ "path": "words", "code": code }]));
        assert!(!refused.text.contains('é'), "what was typed is not repeated");
        refused.refused(422, "wrong-shape");
    }
    for at in [
        "/register/take-up/2026-Q3/started/story",
        "/register/take-up/2026-Q5/started/story",
        "/register/take-up/2026-Q4/nothing/story",
    ] {
        let body = Some(json!({ "words": "x" }));
        ask(&office, "coordinator", "PUT", at, &[new], body).await.refused(404, "not-found");
        get(&office, "coordinator", at).await.refused(404, "not-found");
    }
    let more = Some(json!({ "words": "x", "child": "y" }));
    ask(&office, "coordinator", "PUT", AT, &[new], more).await.refused(422, "wrong-shape");
    let body = Some(json!({ "words": "x" }));
    ask(&office, "teacher", "PUT", AT, &[new], body).await.refused(403, "forbidden");
    assert!(beside(&office).await.is_null());
    let longest = write(&office, new, &"é".repeat(2_000)).await;
    assert_eq!(longest.status, 200, "{}", longest.text);
}

async fn a_wording_from_a_clock_that_was_ahead_is_erased_too_a11(office: Office) {
    published(&office).await;
    office.clock.minutes_later(60);
    assert_eq!(write(&office, ("if-none-match", "*"), "Zzyzx moved here.").await.status, 200);
    office.clock.minutes_later(-60);
    assert_eq!(write(&office, ("if-match", "\"1\""), "Zzyzx moved away.").await.status, 200);
    let erased = erase(&office, "coordinator", "\"2\"").await;
    assert_eq!((erased.status, erased.header("etag")), (200, "\"3\""), "{}", erased.text);
    let read = get(&office, "coordinator", AT).await;
    assert!(!read.text.contains("Zzyzx"), "{}", read.text);
    // What is written now follows what was erased, whatever the clock says.
    assert_eq!(write(&office, ("if-match", "\"3\""), "Two schools joined.").await.status, 200);
    let read = get(&office, "coordinator", AT).await.json();
    let at = |index: usize| read["wordings"][index]["said"]["at"].as_str().expect("a moment").to_owned();
    assert!(at(0) >= at(1), "{read}");
}

async fn erase(office: &Office, person: &str, revision: &str) -> Reply {
    ask(office, person, "DELETE", AT, &[("if-match", revision)], None).await
}

async fn a_story_that_names_a_child_is_erased_with_everything_before_it_and_leaves_a_tombstone(
    office: Office,
) {
    published(&office).await;
    erase(&office, "coordinator", "\"1\"").await.refused(404, "not-found");
    assert_eq!(write(&office, ("if-none-match", "*"), "Zzyzx moved here.").await.status, 200);
    assert_eq!(write(&office, ("if-match", "\"1\""), "Zzyzx moved away.").await.status, 200);

    erase(&office, "teacher", "\"2\"").await.refused(403, "forbidden");
    ask(&office, "coordinator", "DELETE", AT, &[], None).await.refused(428, "precondition-missing");
    let stale = erase(&office, "coordinator", "\"1\"").await;
    assert_eq!(stale.header("etag"), "\"2\"", "what was not seen is not erased");
    stale.refused(412, "stale-revision");
    assert_eq!(beside(&office).await["words"], "Zzyzx moved away.");

    let done = erase(&office, "coordinator", "\"2\"").await;
    assert_eq!((done.status, done.header("etag"), &done.json()["words"]), (200, "\"3\"", &json!("")));
    assert_eq!(beside(&office).await["words"], "");
    let read = get(&office, "coordinator", AT).await.json();
    assert_eq!(read["wordings"].as_array().map(Vec::len), Some(1), "{read}");
    assert!(!read.to_string().contains("Zzyzx"));
    assert_eq!(erase(&office, "coordinator", "\"2\"").await.header("etag"), "\"3\"", "its answer was lost");
    let did = office.did("coordinator").await;
    assert_eq!(did.iter().filter(|(action, ..)| action == "erase-take-up-story").count(), 1);

    // The numbers of wordings go on, so that nobody overwrites one unseen.
    write(&office, ("if-none-match", "*"), "New").await.refused(412, "stale-revision");
    assert_eq!(write(&office, ("if-match", "\"3\""), "New").await.header("etag"), "\"4\"");
    let left = assessment_server::retention::erased(&*office.app.store).await.expect("tombstones");
    let [left] = left.as_slice() else { panic!("{left:?}") };
    assert_eq!(left.story().map(|about| about.quarter.to_string()).as_deref(), Some("2026-Q4"));
    assert!(!serde_json::to_string(left).expect("JSON").contains("Zzyzx"));
}
