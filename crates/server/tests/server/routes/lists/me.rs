//! Everybody's own page.

use serde_json::json;

use super::{Office, ask, get, on_both};

on_both! {
    a_page_is_written_once_and_read_as_it_was_typed;
    two_windows_overwrite_nothing_unseen;
    what_cannot_be_right_is_named_and_not_repeated;
    a_page_is_its_person_s_alone_and_does_not_change_who_they_are;
}

async fn a_page_is_written_once_and_read_as_it_was_typed(office: Office) {
    let first = get(&office, "teacher", "/me").await;
    assert_eq!((first.status, first.header("etag")), (200, ""));
    assert_eq!(first.json()["signed_in_name"], "Priya Raman");
    assert_eq!(first.json()["organisation"], "Woodhouse Moor Primary School");
    assert_eq!(first.json()["page"]["name"], "");
    let page = json!({
        "name": "Priya Raman-Ó Néill", "role": "teacher", "job_title": "Year 4 teacher",
        "phone": "0113 496 0001 ext 12", "trained_on": "2024-03", "training_level": "Level 2", "language": "pol",
    });
    let new = [("if-none-match", "*")];
    let saved = ask(&office, "teacher", "PUT", "/me", &new, Some(page.clone())).await;
    assert_eq!((saved.status, saved.header("etag")), (200, "\"1\""), "{}", saved.text);
    let read = get(&office, "teacher", "/me").await;
    assert_eq!((read.header("etag"), &read.json()["page"]), ("\"1\"", &page));
    assert_eq!(read.json()["saved_at"], "2026-11-23T12:00:00.000Z");
    // Blank again, and nothing but a name.
    let next =
        ask(&office, "teacher", "PUT", "/me", &[("if-match", "\"1\"")], Some(json!({ "name": "P" }))).await;
    assert_eq!((next.status, next.header("etag"), &next.json()["page"]["phone"]), (200, "\"2\"", &json!("")));
    let did = office.did("teacher").await;
    assert_eq!(did.iter().filter(|(action, ..)| action == "own-page").count(), 4, "{did:?}");
}

async fn two_windows_overwrite_nothing_unseen(office: Office) {
    let page = |name: &str| Some(json!({ "name": name }));
    let new = [("if-none-match", "*")];
    let saved = ask(&office, "teacher", "PUT", "/me", &new, page("one")).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    // The answer was lost, so it is sent again.
    let again = ask(&office, "teacher", "PUT", "/me", &new, page("one")).await;
    assert_eq!((again.status, again.header("etag")), (200, "\"1\""));
    let late = ask(&office, "teacher", "PUT", "/me", &new, page("two")).await;
    late.refused(412, "stale-revision");
    assert_eq!(late.header("etag"), "\"1\"");
    for wrong in ["\"2\"", "\"99\""] {
        ask(&office, "teacher", "PUT", "/me", &[("if-match", wrong)], page("two"))
            .await
            .refused(412, "stale-revision");
    }
    ask(&office, "teacher", "PUT", "/me", &[], page("two")).await.refused(428, "precondition-missing");
    assert_eq!(get(&office, "teacher", "/me").await.json()["page"]["name"], "one");
}

async fn what_cannot_be_right_is_named_and_not_repeated(office: Office) {
    let new = [("if-none-match", "*")];
    for (member, value, code) in [
        ("phone", "ring the office", "phone"),
        ("phone", "0113", "phone"),
        ("phone", "0113 496 0001\u{202e}", "hidden-characters"),
        ("name", "Priya\u{7}", "hidden-characters"),
        ("name", "one\ntwo", "hidden-characters"),
        ("role", "headmistress", "not-offered"),
        ("language", "en", "not-offered"),
        ("trained_on", "2026-11-24", "date-in-future"),
        ("trained_on", "2027", "date-in-future"),
        ("trained_on", "2026-02-30", "date-not-real"),
        ("trained_on", "last year", "date-not-real"),
    ] {
        let reply = ask(&office, "teacher", "PUT", "/me", &new, Some(json!({ member: value }))).await;
        reply.refused(422, "page-refused");
        assert_eq!(reply.problems(), [format!("{member} {code}")]);
        assert!(value.len() < 5 || !reply.text.contains(value), "{}", reply.text);
    }
    for (member, most) in [("name", 140), ("job_title", 100), ("training_level", 100)] {
        let reply =
            ask(&office, "teacher", "PUT", "/me", &new, Some(json!({ member: "é".repeat(most + 1) }))).await;
        reply.refused(422, "page-refused");
        assert_eq!(reply.problems(), [format!("{member} too-long")]);
    }
    let all = json!({ "phone": "x", "role": "x", "trained_on": "x" });
    let reply = ask(&office, "teacher", "PUT", "/me", &new, Some(all)).await;
    assert_eq!(reply.problems().len(), 3, "all at once: {}", reply.text);
    for wrong in
        [json!([]), json!({ "notes": "x" }), json!({ "name": 7 }), json!({ "organisation": "Another" })]
    {
        ask(&office, "teacher", "PUT", "/me", &new, Some(wrong)).await.refused(422, "wrong-shape");
    }
    assert_eq!(get(&office, "teacher", "/me").await.header("etag"), "", "nothing was saved");
}

async fn a_page_is_its_person_s_alone_and_does_not_change_who_they_are(office: Office) {
    let new = [("if-none-match", "*")];
    let page = Some(json!({ "name": "Dewi Pritchard", "role": "eh_coordinator" }));
    assert_eq!(ask(&office, "teacher", "PUT", "/me", &new, page).await.status, 200);
    let session = get(&office, "teacher", "/session").await.json();
    assert_eq!((&session["name"], &session["roles"]), (&json!("Priya Raman"), &json!(["practitioner"])));
    get(&office, "teacher", "/register").await.refused(403, "forbidden");
    for other in ["safeguarding-lead", "coordinator", "auditor", "parent"] {
        let read = get(&office, other, "/me").await;
        assert_eq!((read.status, read.header("etag"), &read.json()["page"]["name"]), (200, "", &json!("")));
    }
}
