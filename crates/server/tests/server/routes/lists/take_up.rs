//! Take-up and outcomes of the area: which quarters are published, what is hidden in them, and that it never changes.

use assessment_people::protection::Protection;
use serde_json::{Value, json};

use super::{Office, child, get, lives_at, on_both, send_record};

on_both! {
    a_quarter_that_is_not_over_is_not_published_case_b21;
    a_small_number_cannot_be_worked_out_from_answer_or_file_case_b21;
    none_is_not_recorded_and_not_nought_case_b22;
    what_was_published_does_not_change_case_b21;
    a_shielded_record_is_not_counted_b42;
}

/// From 23 November 2026 to 2 January 2027.
const TO_JANUARY: i64 = 40 * 24 * 60;

async fn read(office: &Office) -> Value {
    let reply = get(office, "coordinator", "/register/take-up").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn measure<'a>(of: &'a Value, name: &str) -> &'a Value {
    let measures = of["measures"].as_array().expect("measures");
    measures.iter().find(|one| one["measure"] == name).expect("a measure")
}

fn table<'a>(of: &'a Value, split: &str) -> &'a Value {
    let tables = of["tables"].as_array().expect("tables");
    tables.iter().find(|one| one["split"] == split).expect("a table")
}

/// So many records from children who live there.
async fn sent(office: &Office, from: u32, count: u32, postcode: &str) {
    for number in from..from + count {
        send_record(office, "teacher", &number.to_string(), &[lives_at(postcode)]).await;
    }
}

async fn a_quarter_that_is_not_over_is_not_published_case_b21(office: Office) {
    sent(&office, 0, 7, "LS1 1UR").await;
    let now = read(&office).await;
    assert_eq!((&now["quarters"], &now["next_on"]), (&json!([]), &json!("2027-01-01")));
    office.clock.minutes_later(TO_JANUARY);
    let later = read(&office).await;
    let quarters = later["quarters"].as_array().expect("quarters");
    assert_eq!(quarters.len(), 1, "nothing is known of the quarters before the first record");
    assert_eq!(
        (&quarters[0]["quarter"], &quarters[0]["from"], &quarters[0]["to"], &later["next_on"]),
        (&json!("2026-Q4"), &json!("2026-10-01"), &json!("2026-12-31"), &json!("2027-04-01"))
    );
    let did = office.did("coordinator").await;
    assert_eq!(did.iter().filter(|(action, ..)| action == "read-take-up").count(), 2);
}

async fn a_small_number_cannot_be_worked_out_from_answer_or_file_case_b21(office: Office) {
    sent(&office, 0, 3, "LS1 1UR").await;
    sent(&office, 3, 9, "LS6 1AB").await;
    sent(&office, 12, 8, "LS6 9ZZ").await;
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    let started = measure(&read["quarters"][0], "started");
    assert_eq!(started["total"], json!({ "kind": "number", "number": 20 }));
    // The total less two of them would give the third away.
    assert_eq!(
        table(started, "cluster")["rows"],
        json!([
            { "code": "moor", "figure": { "kind": "number", "number": 9 } },
            { "code": "mills", "figure": { "kind": "not_shown" } },
            { "code": "city", "figure": { "kind": "fewer_than", "threshold": 6 } },
        ])
    );
    let completed = measure(&read["quarters"][0], "completed");
    assert_eq!(completed["days"], json!({ "lower": 0, "median": 0, "upper": 0 }));
    let reply = get(&office, "coordinator", "/register/take-up/export").await;
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"take-up.csv\"");
    for line in [
        r#""2026-Q4","2026-10-01","2026-12-31","started","total","","","20""#,
        r#""2026-Q4","2026-10-01","2026-12-31","started","cluster","moor","The Moor","9""#,
        r#""2026-Q4","2026-10-01","2026-12-31","started","cluster","mills","'=The Mills","not shown""#,
        r#""2026-Q4","2026-10-01","2026-12-31","started","cluster","city","City","fewer than 6""#,
        r#""2026-Q4","2026-10-01","2026-12-31","closed","total","","","0""#,
        r#""2026-Q4","2026-10-01","2026-12-31","reviewed","total","","","not recorded""#,
    ] {
        assert!(reply.text.contains(line), "{line}\n{}", reply.text);
    }
}

async fn none_is_not_recorded_and_not_nought_case_b22(office: Office) {
    sent(&office, 0, 6, "LS6 1AB").await;
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    let quarter = &read["quarters"][0];
    assert_eq!(
        table(measure(quarter, "started"), "month")["rows"],
        json!([
            { "code": "2026-10", "figure": { "kind": "not_recorded" } },
            { "code": "2026-11", "figure": { "kind": "number", "number": 6 } },
            { "code": "2026-12", "figure": { "kind": "number", "number": 0 } },
        ])
    );
    assert_eq!(measure(quarter, "closed")["total"], json!({ "kind": "number", "number": 0 }));
    for name in ["first_meeting", "plan_agreed", "reviewed", "outcome", "barrier"] {
        let one = measure(quarter, name);
        assert_eq!(one["total"], json!({ "kind": "not_recorded" }), "{name}");
        assert_eq!(table(one, "cluster")["rows_are"], "not_recorded", "{name}");
    }
}

async fn what_was_published_does_not_change_case_b21(office: Office) {
    sent(&office, 0, 4, "LS6 1AB").await;
    office.clock.minutes_later(TO_JANUARY);
    let before = read(&office).await;
    let started = measure(&before["quarters"][0], "started");
    assert_eq!(started["total"], json!({ "kind": "fewer_than", "threshold": 6 }));
    assert!(started["tables"].as_array().expect("tables").iter().all(|one| one["rows"] == json!([])));
    sent(&office, 4, 4, "LS6 1AB").await;
    assert_eq!(read(&office).await, before);
    // After three months, the next quarter comes after it.
    office.clock.minutes_later(100 * 24 * 60);
    let later = read(&office).await;
    assert_eq!(later["quarters"][0], before["quarters"][0]);
    assert_eq!(later["quarters"].as_array().map(Vec::len), Some(2));
    let started = measure(&later["quarters"][1], "started");
    assert_eq!(started["total"], json!({ "kind": "fewer_than", "threshold": 6 }), "each quarter by itself");
}

async fn a_shielded_record_is_not_counted_b42(office: Office) {
    for number in 0..7 {
        let mut one = child(number, "Amelia", "Hart");
        if number == 0 {
            one.protection.level = Protection::Shielded;
        }
        office.add(&one, "teacher").await;
    }
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    assert_eq!(measure(&read["quarters"][0], "started")["total"], json!({ "kind": "number", "number": 6 }));
}
