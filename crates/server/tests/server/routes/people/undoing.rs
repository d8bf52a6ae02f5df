//! Taking a join back: both records as they were, what was written since stays, the last join first, for 30 days.

use assessment_people::person::{Gp, Note};
use jiff::civil::date;
use serde_json::json;

use super::{Office, child, on_both};

on_both! {
    both_records_are_as_they_were_and_a_note_since_stays_a6;
    out_of_order_is_refused_in_plain_words_a6;
    it_can_be_undone_for_30_days_and_once;
}

async fn both_records_are_as_they_were_and_a_note_since_stays_a6(office: Office) {
    let (kept, mut merged) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    merged.gp = Some(Gp { written: "Hyde Park Surgery".to_owned() });
    office.add(&kept, "teacher").await;
    office.add(&merged, "health-visitor").await;
    assert_eq!(office.merge(kept.id, merged.id).await.status, 201);
    office
        .change(kept.id, |person| {
            assert!(person.gp.is_some(), "the join filled the blank");
            let text = "Moved up to Year 2.".to_owned();
            person.notes.push(Note { on: date(2026, 11, 23), by: "somebody".to_owned(), text });
        })
        .await;
    let undone = office.undo(kept.id, 1).await;
    assert_eq!(undone.status, 200, "{}", undone.text);
    assert_eq!(undone.json()["look_at"], json!(["notes"]));
    assert_eq!(undone.json()["merge"]["undone"], json!({ "on": "2026-11-23", "by": "Dewi Pritchard" }));
    let read = office.ask("teacher", "GET", &format!("/{}", kept.id), None).await.json();
    assert_eq!((&read["gps"], &read["notes"]), (&json!([]), &json!(["Moved up to Year 2."])));
    assert_eq!(read["merges"][0]["undone"]["by"], "Dewi Pritchard", "the history stays");
    let other = office.ask("health-visitor", "GET", &format!("/{}", merged.id), None).await.json();
    assert_eq!((&other["id"], &other["gps"]), (&json!(merged.id), &json!(["Hyde Park Surgery"])));
    assert_eq!((&other["merged"], &other["notes"]), (&json!(null), &json!([])));
    assert_eq!(office.stored(merged.id).await.person, merged);
    // Each is found again, by its own people only.
    assert_eq!(office.search("teacher", "amelia hart").await, [kept.id.to_string()]);
    assert_eq!(office.search("health-visitor", "amelia hart").await, [merged.id.to_string()]);
    let mut did = office.did("coordinator").await;
    did.retain(|(action, ..)| action.ends_with("merge-people"));
    assert_eq!(did.len(), 4, "two entries for the join and two for taking it back: {did:?}");
}

async fn out_of_order_is_refused_in_plain_words_a6(office: Office) {
    let (a, b, c) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"), child(3, "Amelia", "Hart"));
    for child in [&a, &b, &c] {
        office.add(child, "teacher").await;
    }
    assert_eq!(office.merge(b.id, c.id).await.status, 201);
    assert_eq!(office.merge(a.id, b.id).await.status, 201);
    let refused = office.undo(b.id, 1).await;
    refused.refused(409, "merge-refused");
    let words = "One of these records was joined with another one later, on 23 November 2026 by Dewi Pritchard. \
        Take that join back first.";
    assert_eq!(refused.json()["detail"], words);
    // An old id leads on over both joins; a record that went into another is not joined again.
    let read = office.ask("teacher", "GET", &format!("/{}", c.id), None).await.json();
    assert_eq!(read["id"], json!(a.id));
    let again = office
        .ask_if(
            "coordinator",
            "POST",
            &format!("/{}/merges", a.id),
            Some(json!({ "merged": c.id })),
            Some("\"2\""),
        )
        .await;
    again.refused(409, "merge-refused");
    assert!(
        again.json()["detail"].as_str().expect("words").contains("joined into another one"),
        "{}",
        again.text
    );
    assert_eq!(office.undo(a.id, 2).await.status, 200);
    assert_eq!(office.undo(b.id, 1).await.status, 200);
    for child in [a, b, c] {
        assert_eq!(office.stored(child.id).await.person, child);
    }
}

async fn it_can_be_undone_for_30_days_and_once(office: Office) {
    let (a, b) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    office.add(&a, "teacher").await;
    office.add(&b, "teacher").await;
    assert_eq!(office.merge(a.id, b.id).await.status, 201);
    office.undo(a.id, 2).await.refused(404, "not-found");
    office.undo(b.id, 1).await.refused(404, "not-found");
    let teacher =
        office.ask_if("teacher", "DELETE", &format!("/{}/merges/1", a.id), None, Some("\"2\"")).await;
    teacher.refused(403, "forbidden");
    office.clock.minutes_later(31 * 24 * 60);
    let late = office.undo(a.id, 1).await;
    late.refused(409, "merge-refused");
    assert!(late.json()["detail"].as_str().expect("words").contains("for 30 days"), "{}", late.text);
    office.clock.minutes_later(-24 * 60);
    assert_eq!(office.undo(a.id, 1).await.status, 200);
    let twice = office.undo(a.id, 1).await;
    twice.refused(409, "merge-refused");
    assert!(twice.json()["detail"].as_str().expect("words").contains("already"), "{}", twice.text);
}
