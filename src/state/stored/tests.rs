//! What is on disk stays readable, and is never replaced by a window that did not begin from it.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

use assessment_form::Edit;
use serde_json::json;

use super::*;

/// As every version of the form so far has stored it.
const DRAFT: &str = include_str!("draft.json");
const SENT: &str = include_str!("sent.json");

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_record_is_read_as_it_was_written() {
    let mut record = Record { owner: Some("0a1b".into()), ..Record::new("a1".into()) };
    let name = "identifying_details.given_names";
    assert_eq!(record.answers.apply(name, Edit::Text(" Zoë\u{202e}".into())), Ok(()));
    record.page = Page::Element("identity".into());
    record.acknowledged.insert("IA-02".into(), Certainty::NotSure, "14:03".into());
    record.acknowledged.insert("IA-05".into(), Certainty::Certain, "14:04".into());
    record.disclosures.push(Disclosure {
        audience: "parent.0".into(),
        name: "A parent".into(),
        at: "today".into(),
        reason: "Agreed with the police".into(),
    });
    record.revision = 7;
    record.sent = Sent::Waiting(Waiting { key: "k".into(), body: "{}".into() });
    record.copy = true;
    (record.opening, record.base) = (String::new(), String::new());
    assert_eq!(Record::from_json(&record.written().text(false, "today").unwrap()), Ok(record));
}

#[test]
fn a_record_stored_by_an_earlier_version_is_written_back_with_the_same_meaning() {
    for text in [DRAFT, SENT] {
        let stored = value(text);
        let record = Record::from_json(text).unwrap();
        let again = record.written().text(false, stored["saved"].as_str().unwrap()).unwrap();
        let mut again = value(&again);
        // Earlier releases did not say which version of the form it is.
        let form = again.as_object_mut().unwrap().remove("form");
        assert_eq!((again, form), (stored, Some(FORM_VERSION.into())));
    }
    let draft = Record::from_json(DRAFT).unwrap();
    assert_eq!(draft.page, Page::Element("identity".into()));
    assert!(draft.copy && matches!(&draft.sent, Sent::Waiting(waiting) if waiting.key == "key-1"));
    let Sent::Received(receipt) = Record::from_json(SENT).unwrap().sent else { panic!("it was sent") };
    assert!(receipt.difference && receipt.reference == "CAF7F3K2M9QABCD");
}

/// It did not say under which answer the action was read, so it counts for the weaker one.
#[test]
fn an_acknowledgement_of_an_earlier_version_counts_at_not_sure_only() {
    let read = Record::from_json(DRAFT).unwrap().acknowledged;
    assert_eq!(read.time("IA-02", Certainty::NotSure), Some("14:03"));
    assert_eq!(read.time("IA-02", Certainty::Certain), None);
}

#[test]
fn what_a_newer_version_wrote_is_kept() {
    let text = r#"{"id":"a","answers":{"danger_now":"no","from_the_future":{"x":[1]}},"revision":3}"#;
    let record = Record::from_json(text).unwrap();
    let again = value(&record.written().text(false, "").unwrap());
    assert_eq!(again["not_understood"]["from_the_future"], json!({"x": [1]}));
    assert_eq!(record.page, Page::Tasks);
}

/// Case C14. What a later release wrote may mean something else than it seems: it is not opened, whatever is in it.
#[test]
fn what_a_later_release_wrote_is_refused_by_its_format_or_its_form_and_nothing_else_is_b15() {
    let with = |members: &str| Record::from_json(&format!(r#"{{"id":"a","answers":{{}}{members}}}"#));
    for newer in [
        r#","version":2"#,
        r#","version":"1.1""#,
        r#","version":null"#,
        r#","form":"caf-2027.1""#,
        r#","version":1,"form":"caf-2026.4""#,
        r#","form":7,"answers_2":{}"#,
        r#","version":2,"waiting":7,"receipt":7"#,
    ] {
        assert_eq!(with(newer), Err(Unreadable::Newer), "{newer}");
    }
    for known in READS {
        assert!(with(&format!(r#","version":1,"form":"{known}""#)).is_ok(), "{known}");
    }
    assert!(with("").is_ok(), "the first releases said neither");
    assert_eq!(Record::from_json(r#"{"version":2}"#), Err(Unreadable::Newer), "not called damaged");
}

/// Case C14: what a page of this release left behind is put beside what a later one stored meanwhile, and never over it.
#[test]
fn words_of_this_release_never_replace_what_a_later_one_stored_b15() {
    let record = Record { opening: "o1".into(), base: "o0 9".into(), revision: 3, ..Record::new("a".into()) };
    assert_eq!(record.written().left_behind(Some("later 1"), None), LeftBehind::Copy);
    assert!(!record.written().may_replace("later 1"));
}

#[test]
fn a_member_of_an_unexpected_type_does_not_damage_the_record() {
    let text = r#"{"id":"a","answers":{},"revision":"7","place":1,"name":[],"disclosures":[7],"acknowledged":{"IA-01":1,"IA-02":"9:00"}}"#;
    let record = Record::from_json(text).unwrap();
    assert_eq!((record.revision, record.page), (0, Page::Tasks));
    assert_eq!(record.acknowledged.time("IA-02", Certainty::NotSure), Some("9:00"));
    let damaged = Err(Unreadable::Damaged);
    assert_eq!(Record::from_json(""), damaged);
    assert_eq!(Record::from_json(r#"{"id":"a","answers":{},"waiting":{"key":"k"}}"#), damaged);
}

/// What cannot be read of the urgent actions makes them older than they seem, never newer.
#[test]
fn damaged_urgency_takes_nothing_else_with_it() {
    let text = r#"{"id":"a","answers":{"danger_now":"yes"},"urgency":{"known":{
        "IA-01":{"since":{"at":1795701780,"local":"2026-11-26T14:03"},"shown":"certain"},
        "IA-02":{"since":{"at":"x","local":"2026-11-26T14:03"},"shown":"certain"},"IA-03":7},"gone":[7]}}"#;
    let record = Record::from_json(text).unwrap();
    assert!(record.urgency.known("IA-01").is_some_and(|known| known.at_least));
    assert!(record.urgency.known("IA-02").is_none() && record.urgency.gone().is_empty());
    assert!(!record.urgency.is_whole);
    let again = Record::from_json(&record.written().text(false, "").unwrap()).unwrap();
    assert_eq!(again.urgency.known("IA-01"), record.urgency.known("IA-01"));
}

/// B8: what another window wrote is never replaced.
#[test]
fn a_record_replaces_only_what_it_began_from_or_wrote_itself() {
    let mut first = Record::new("a".into());
    let mut second = Record { opening: "o2".into(), base: "o1 3".into(), ..Record::new("a".into()) };
    (first.opening, first.base, first.revision) = ("o1".into(), "o0 9".into(), 3);
    let first = first.written();
    assert_eq!(first.stamp(false), second.base);
    assert!(first.may_replace("o0 9") && first.may_replace("o1 3") && !first.may_replace("o1"));
    assert!(second.written().may_replace("o1 3"));
    assert!(!second.written().may_replace("o1 4"), "the first went on");
    assert!(!first.may_replace("o2 4") && !first.may_replace("o10 4") && !first.may_replace(""));
    second.sent = Sent::Waiting(Waiting { key: "k".into(), body: "{}".into() });
    second.revision = 4;
    let written = second.written();
    assert_eq!((written.stored_as(true), written.stamp(true)), ("o2", "o2-2 4".into()));
    second.become_copy();
    assert_eq!((second.id.as_str(), second.copy, &second.sent), ("o2", true, &Sent::No));
    let copy = second.written();
    assert_eq!((copy.text(false, ""), copy.stamp(false)), (written.text(true, ""), written.stamp(true)));
    assert!(!copy.may_replace("o2 4"), "another opening than the one that it came from");
}

/// A page that is left has no time to see its words stored. The next page stores them, once.
#[test]
fn what_a_page_left_behind_is_stored_once_and_replaces_nothing_of_others() {
    let record = Record { opening: "o1".into(), base: "o0 9".into(), revision: 3, ..Record::new("a".into()) };
    let left = record.written();
    let itself = |has_copy| LeftBehind::Itself { has_copy };
    for (stored, copy, expected) in [
        // Nothing of it arrived.
        (None, None, itself(false)),
        (Some("o0 9"), None, itself(false)),
        (Some("o1 2"), None, itself(false)),
        // Only the copy arrived, which the record itself replaces.
        (Some("o0 9"), Some("o1-2 3"), itself(true)),
        (Some("o0 9"), Some("x 1"), itself(false)),
        // The same revision arrived, or a later one.
        (Some("o1 3"), None, LeftBehind::Stored),
        (Some("o1 10"), None, LeftBehind::Stored),
        // Another window went on.
        (Some("o2 4"), None, LeftBehind::Copy),
        (Some("o2 4"), Some("o1-2 2"), LeftBehind::Copy),
        (Some("o2 4"), Some("o1-2 3"), LeftBehind::Stored),
        (Some("o2 4"), Some("o1-2 10"), LeftBehind::Stored),
        (Some("o2 4"), Some("x 1"), LeftBehind::Waits),
    ] {
        assert_eq!(left.left_behind(stored, copy), expected, "{stored:?} {copy:?}");
    }
}
