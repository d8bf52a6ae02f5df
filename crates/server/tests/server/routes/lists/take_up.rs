//! Take-up and outcomes of the area: which quarters are published, what is hidden in them, and that it never changes.

use assessment_people::protection::Protection;
use serde_json::{Value, json};

use super::{Office, ask, child, get, lives_at, on_both, send_record};

on_both! {
    a_quarter_that_is_not_over_is_not_published_case_b21;
    a_small_number_cannot_be_worked_out_from_answer_or_file_case_b21;
    three_of_180_records_cannot_be_worked_out_case_b21;
    none_is_not_recorded_and_not_nought_case_b22;
    what_was_published_does_not_change_case_b21;
    a_shielded_record_is_not_counted_b42;
    what_teams_wrote_is_counted_and_what_they_did_not_write_is_not_nought_case_b22;
    what_is_written_up_after_its_quarter_was_published_is_counted_in_the_next_one;
    what_stood_in_the_way_is_counted_by_what_forms_say_and_closing_is_not_counted_twice;
}

/// From 23 November 2026 to 2 January 2027.
pub(super) const TO_JANUARY: i64 = 40 * 24 * 60;

pub(super) async fn read(office: &Office) -> Value {
    let reply = get(office, "coordinator", "/register/take-up").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

pub(super) fn measure<'a>(of: &'a Value, name: &str) -> &'a Value {
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

/// 180 records that were really sent: 3 from one cluster, 177 from another.
async fn three_of_180_records_cannot_be_worked_out_case_b21(office: Office) {
    sent(&office, 0, 3, "LS1 1UR").await;
    sent(&office, 3, 177, "LS6 1AB").await;
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    let quarter = &read["quarters"][0];
    let number = |figure: &Value| figure["number"].as_u64();
    assert_eq!(number(&measure(quarter, "started")["total"]), Some(180));
    let rows = table(measure(quarter, "started"), "cluster")["rows"].clone();
    let of = |code: &str| {
        let found = rows.as_array().expect("rows").iter().find(|row| row["code"] == code);
        found.unwrap_or_else(|| panic!("no {code}: {rows}"))["figure"].clone()
    };
    assert_eq!(
        (&of("city")["kind"], &of("moor")["kind"]),
        (&json!("fewer_than"), &json!("not_shown")),
        "{rows}"
    );
    // In each table of each measure, at most what is hidden together, and that is never fewer than six.
    for one in quarter["measures"].as_array().expect("measures") {
        let Some(total) = number(&one["total"]) else { continue };
        for table in one["tables"].as_array().expect("tables") {
            let rows = table["rows"].as_array().expect("rows");
            let seen: Vec<u64> = rows.iter().filter_map(|row| number(&row["figure"])).collect();
            assert!(seen.iter().all(|seen| *seen == 0 || *seen >= 6), "{table}");
            let is_hidden =
                |row: &&Value| ["fewer_than", "not_shown"].iter().any(|kind| row["figure"]["kind"] == *kind);
            let hidden = rows.iter().filter(is_hidden).count();
            let rest = total.saturating_sub(seen.iter().sum());
            // Where one alone is hidden, the total less the others is that one.
            assert!(hidden != 1 || rest >= 6, "{rest} is hidden and the rest: {table}");
        }
    }
    let file = get(&office, "coordinator", "/register/take-up/export").await.text;
    for text in [&file, &read.to_string()] {
        for given_away in ["177", r#""3""#, r#""number":3}"#, "1.7", "98.3"] {
            assert!(!text.contains(given_away), "{given_away} is in {text}");
        }
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
    // No team has written anything here, so nobody knows.
    let outcome = measure(quarter, "outcome");
    assert_eq!(outcome["total"], json!({ "kind": "number", "number": 0 }), "as many as were closed");
    assert_eq!(table(outcome, "child_change")["rows_are"], "not_recorded");
    for name in ["first_meeting", "plan_agreed", "reviewed", "barrier", "trained", "training_not_recorded"] {
        let one = measure(quarter, name);
        assert_eq!(one["total"], json!({ "kind": "not_recorded" }), "{name}");
        if !name.starts_with("train") {
            assert_eq!(table(one, "cluster")["rows_are"], "not_recorded", "{name}");
        }
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

/// Saves a record of a team, and says that it is complete.
async fn completed(office: &Office, episode: &str, record: &str, answers: Value) {
    saved(office, episode, record, answers).await;
    finished(office, episode, record).await;
}

async fn saved(office: &Office, episode: &str, record: &str, mut answers: Value) {
    let kind = record.split('/').next().expect("a kind");
    answers["form_version"] = json!(format!("{kind}-2026.1"));
    let at = format!("{episode}/team-records/{record}");
    let body = Some(json!({ "record": answers }));
    let saved = ask(office, "teacher", "PUT", &at, &[("if-match", "\"0\"")], body).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
}

async fn finished(office: &Office, episode: &str, record: &str) {
    let at = format!("{episode}/team-records/{record}/completion");
    let done = ask(office, "teacher", "POST", &at, &[("if-match", "\"1\"")], None).await;
    assert_eq!(done.status, 200, "{}", done.text);
}

/// A plan with two goals, of which only the child scored the second.
fn plan() -> Value {
    let goal = |number: u32, scores: Value| {
        let mut goal = json!({
            "id": format!("goal-{number}"), "desired_outcome": "He is at school every day.", "goal_measure": "No day missed.",
            "actions": [{
                "id": format!("action-{number}"), "action": "Ring the nurse.", "who": "Priya Raman",
                "by_when": "2026-12-11", "status": "done", "completed_on": "2026-11-23",
            }],
        });
        goal.as_object_mut().expect("a goal").extend(scores.as_object().expect("scores").clone());
        goal
    };
    json!({
        "outcomes": [goal(1, json!({ "score_child": "3", "score_practitioner": "5" })), goal(2, json!({ "score_child": "4" }))],
        "lead_professional": "Priya Raman", "lead_professional_agrees": "yes",
        "agreed_on": "2026-11-23", "review_date": "2027-01-04",
    })
}

fn meeting() -> Value {
    json!({
        "kind": "first", "status": "held", "on": "2026-11-23", "starts_at": "10:00", "ends_at": "11:00",
        "place": "The school", "purpose": "To agree a plan", "chair": "Priya Raman", "note_taker": "Priya Raman",
        "people": [{ "id": "p-1", "name": "Priya Raman", "role": "Teacher", "attendance": "attended" }],
        "no_child_voice_reason": "He was at school.",
        "family_views": [{ "id": "v-1", "name": "His mother", "said": "We are tired.", "method": ["words"] }],
        "points": [{ "id": "t-1", "source": "School", "point": "He is often late." }],
        "risk_factors": "Little sleep", "protective_factors": "His aunt lives near.",
        "decisions": [{ "id": "d-1", "decision": "A plan", "reason": "Sleep comes first." }],
        "actions": [{
            "id": "x-1", "action_id": "action-1", "action": "Ring the nurse.", "who": "Priya Raman", "by_when": "2026-12-11",
        }],
        "next_on": "2027-01-11",
    })
}

/// A review: what the child says is better in one goal and worse in the other, and the practitioner sees no change.
fn review(outcome: &str) -> Value {
    let mut review = json!({
        "on": "2026-11-23", "outcome": outcome, "next_steps": "Go on as agreed.", "next_on": "2027-02-15",
    });
    let more = match outcome {
        "not_held" => json!({ "not_held_reason": "Snow." }),
        _ => json!({
            "people": [{ "id": "p-1", "name": "Priya Raman" }],
            "outcomes": [
                { "id": "r-1", "outcome_id": "goal-1", "score_child": "6", "score_practitioner": "5" },
                { "id": "r-2", "outcome_id": "goal-2", "score_child": "2" },
            ],
            "notes": "He has been late twice.", "no_child_comment_reason": "He was at school.",
            "no_parent_comment_reason": "She will ring.", "agreement_holds": "yes", "decision": "R2",
        }),
    };
    review.as_object_mut().expect("a review").extend(more.as_object().expect("more").clone());
    review
}

async fn what_teams_wrote_is_counted_and_what_they_did_not_write_is_not_nought_case_b22(office: Office) {
    sent(&office, 0, 7, "LS6 1AB").await;
    let list = get(&office, "teacher", "/episodes").await.json();
    let all = list["episodes"].as_array().expect("episodes").clone();
    assert_eq!(all.len(), 7);
    for (number, one) in all.iter().enumerate() {
        let episode = format!("/episodes/{}", one["id"].as_str().expect("an id"));
        completed(&office, &episode, "plan/1", plan()).await;
        completed(&office, &episode, "meeting/1", meeting()).await;
        // Of one the review was not held, and of none but these the scores are known.
        completed(&office, &episode, "review/1", review(if number == 0 { "not_held" } else { "continue" }))
            .await;
        let revision = get(&office, "teacher", &episode).await.header("etag").to_owned();
        let settled = json!([{ "kind": "clock", "id": "review_cycle", "becomes": "ended" }]);
        let body = json!({ "reason": "needs_met", "settled": settled });
        let at = format!("{episode}/closure");
        let closed = ask(&office, "teacher", "POST", &at, &[("if-match", &revision)], Some(body)).await;
        assert_eq!(closed.status, 204, "{}", closed.text);
    }
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    let quarter = &read["quarters"][0];
    let number = |number: u32| json!({ "kind": "number", "number": number });
    for (name, total) in
        [("first_meeting", 7), ("plan_agreed", 7), ("reviewed", 6), ("closed", 7), ("outcome", 7)]
    {
        assert_eq!(measure(quarter, name)["total"], number(total), "{name}");
        assert!(measure(quarter, name)["days"].is_object(), "{name}");
        let agencies = &table(measure(quarter, name), "lead_agency")["rows"];
        assert_eq!(agencies.as_array().map(Vec::len), Some(1), "{agencies}");
        assert_eq!(agencies[0]["figure"], number(total), "{name}");
        assert_ne!(agencies[0]["code"], "not-known", "{name}");
    }
    assert_eq!(
        table(measure(quarter, "closed"), "reason")["rows"],
        json!([{ "code": "needs_met", "figure": number(7) }])
    );
    let outcome = measure(quarter, "outcome");
    // Six are mixed and one is not known, and 7 less the six would give it away: the table is left out.
    assert_eq!(table(outcome, "child_change")["rows_are"], "not_shown");
    assert_eq!(table(outcome, "practitioner_change")["rows_are"], "not_shown");
    assert_eq!(
        table(outcome, "parent_change")["rows"],
        json!([{ "code": "not-known", "figure": number(7) }]),
        "no parent gave a score, which is not that nothing changed"
    );
    let barrier = measure(quarter, "barrier");
    assert_eq!(barrier["total"], json!({ "kind": "fewer_than", "threshold": 6 }), "one was not held");
    assert_eq!(table(barrier, "barrier")["rows_are"], "not_shown");
    assert_eq!(table(outcome, "need")["rows_are"], "not_recorded");
}

async fn what_is_written_up_after_its_quarter_was_published_is_counted_in_the_next_one(office: Office) {
    sent(&office, 0, 7, "LS6 1AB").await;
    let list = get(&office, "teacher", "/episodes").await.json();
    let all = list["episodes"].as_array().expect("episodes").clone();
    let ids = all.iter().map(|one| format!("/episodes/{}", one["id"].as_str().expect("an id")));
    let episodes: Vec<String> = ids.collect();
    let mut held = meeting();
    held["actions"][0]["by_when"] = json!("2027-03-01");
    held["next_on"] = json!("2027-03-01");
    for episode in &episodes {
        saved(&office, episode, "meeting/1", held.clone()).await;
    }
    office.clock.minutes_later(TO_JANUARY);
    let before = read(&office).await;
    let total = |quarter: &Value| measure(quarter, "first_meeting")["total"].clone();
    assert_eq!(total(&before["quarters"][0]), json!({ "kind": "number", "number": 0 }));
    for episode in &episodes {
        finished(&office, episode, "meeting/1").await;
    }
    office.clock.minutes_later(100 * 24 * 60);
    let later = read(&office).await;
    assert_eq!(later["quarters"][0], before["quarters"][0], "what was published stays");
    let next = &later["quarters"][1];
    assert_eq!(total(next), json!({ "kind": "number", "number": 7 }));
    let late = json!([{ "code": "late", "figure": { "kind": "number", "number": 7 } }]);
    assert_eq!(table(measure(next, "first_meeting"), "written_up")["rows"], late);
}

async fn what_stood_in_the_way_is_counted_by_what_forms_say_and_closing_is_not_counted_twice(office: Office) {
    sent(&office, 0, 14, "LS6 1AB").await;
    let list = get(&office, "teacher", "/episodes?limit=50").await.json();
    let all = list["episodes"].as_array().expect("episodes").clone();
    assert_eq!(all.len(), 14);
    let mut blocked = review("continue");
    blocked["actions"] = json!([{
        "id": "b-1", "action_id": "action-1", "action": "Ring the nurse.", "status": "blocked", "progress": "No answer.",
    }]);
    for (number, one) in all.iter().enumerate() {
        let episode = format!("/episodes/{}", one["id"].as_str().expect("an id"));
        completed(&office, &episode, "plan/1", plan()).await;
        let review = if number < 7 { review("not_held") } else { blocked.clone() };
        completed(&office, &episode, "review/1", review).await;
        let revision = get(&office, "teacher", &episode).await.header("etag").to_owned();
        let mut settled = vec![json!({ "kind": "clock", "id": "review_cycle", "becomes": "ended" })];
        if number >= 7 {
            settled.push(json!({ "kind": "action", "id": "action-1", "becomes": "ended" }));
        }
        let body = json!({
            "reason": "not_engaged", "words": "They moved on.", "why_safe": "The school sees him each day.",
            "settled": settled,
        });
        let at = format!("{episode}/closure");
        let closed = ask(&office, "teacher", "POST", &at, &[("if-match", &revision)], Some(body)).await;
        assert_eq!(closed.status, 204, "{}", closed.text);
    }
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    let barrier = measure(&read["quarters"][0], "barrier");
    let number = |number: u32| json!({ "kind": "number", "number": number });
    assert_eq!(barrier["total"], number(14));
    assert_eq!(
        table(barrier, "barrier")["rows"],
        json!([
            { "code": "action_blocked", "figure": number(7) },
            { "code": "review_not_held", "figure": number(7) },
        ]),
        "why they were closed is in another table, and in no second one"
    );
}
