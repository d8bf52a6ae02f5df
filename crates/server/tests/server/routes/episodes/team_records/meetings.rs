//! Meetings: their calendar file, who was there as on that day, and who was sent the minutes.

use serde_json::{Value, json};

use super::{App, Team, meeting, of, on_both};
use crate::{app::With, routes::episodes::lead::shut_out};

on_both! {
    one_calendar_entry_is_moved_and_cancelled_and_keeps_its_uid_case_b12;
    a_meeting_at_ten_is_nine_in_utc_once_the_clocks_have_changed_case_b8;
    minutes_have_everybody_as_on_that_day_case_b13;
    who_was_sent_the_minutes_is_written_down_once;
}

async fn calendar(team: &Team<'_>) -> String {
    let file = team.lead.get(&team.path("meeting/1/calendar")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    file.text
}

/// The value of a line of a calendar file.
fn line<'a>(file: &'a str, name: &str) -> &'a str {
    let found = file.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
    found.unwrap_or_else(|| panic!("no {name}: {file}")).trim_end()
}

async fn one_calendar_entry_is_moved_and_cancelled_and_keeps_its_uid_case_b12(app: App) {
    let team = Team::new(&app).await;
    team.lead.get(&team.path("meeting/1/calendar")).await.refused(404, "not-found");
    let mut undated = meeting();
    undated["on"] = Value::Null;
    team.saved(&team.lead, "meeting/1", 0, &undated).await;
    team.lead.get(&team.path("meeting/1/calendar")).await.refused(404, "not-found");
    team.saved(&team.lead, "meeting/1", 1, &meeting()).await;
    let made = calendar(&team).await;
    let mut moved = meeting();
    moved["on"] = json!("2026-12-02");
    team.saved(&team.lead, "meeting/1", 2, &moved).await;
    let later = calendar(&team).await;
    // The program starts again on the same records.
    let again = App::start_with(With { store: Some(app.store.clone()), ..With::default() }).await;
    let lead = super::Person::new(&again, "health-visitor").await;
    assert_eq!(lead.get(&team.path("meeting/1/calendar")).await.text, later);
    (moved["status"], moved["cancelled_reason"]) = (json!("cancelled"), json!("The family is away."));
    team.saved(&team.lead, "meeting/1", 3, &moved).await;
    let cancelled = calendar(&team).await;
    // It is made of the ids alone, so that it is the same in another database.
    let id = team.episode.rsplit('/').next().expect("an id");
    let uid = format!("{id}-meeting-1@common-assessment");
    let mut sequences = Vec::new();
    for (file, starts, method, status) in [
        (&made, "20261201T100000Z", "PUBLISH", "CONFIRMED"),
        (&later, "20261202T100000Z", "PUBLISH", "CONFIRMED"),
        (&cancelled, "20261202T100000Z", "CANCEL", "CANCELLED"),
    ] {
        // A long line is folded.
        let file = file.replace("\r\n ", "");
        assert_eq!((line(&file, "UID"), line(&file, "DTSTART")), (uid.as_str(), starts));
        assert_eq!((line(&file, "METHOD"), line(&file, "STATUS")), (method, status));
        sequences.push(line(&file, "SEQUENCE").parse::<u32>().expect("a number"));
        for name in ["Teddy", "Example", "Priya", "Bernadette", "Oyelaran"] {
            assert!(!file.contains(name), "{file}");
        }
    }
    assert!(sequences.is_sorted_by(|one, next| one < next), "{sequences:?}");
}

async fn a_meeting_at_ten_is_nine_in_utc_once_the_clocks_have_changed_case_b8(app: App) {
    let team = Team::new(&app).await;
    for (revision, day, starts, ends) in [
        (0, "2027-03-15", "20270315T100000Z", "20270315T110000Z"),
        (1, "2027-04-26", "20270426T090000Z", "20270426T100000Z"),
        (2, "2027-10-25", "20271025T090000Z", "20271025T100000Z"),
        (3, "2027-11-01", "20271101T100000Z", "20271101T110000Z"),
    ] {
        let mut held = meeting();
        held["on"] = json!(day);
        team.saved(&team.lead, "meeting/1", revision, &held).await;
        let file = calendar(&team).await;
        assert_eq!((line(&file, "DTSTART"), line(&file, "DTEND")), (starts, ends), "{file}");
        assert!(!file.contains("RRULE"), "each by itself: {file}");
    }
}

/// Somebody in the minutes.
fn present(number: u8, (name, role, agency): (&str, &str, &str), attendance: &str) -> Value {
    json!({
        "id": format!("person-{number}"), "name": name, "role": role, "agency": agency, "attendance": attendance,
    })
}

/// The six of the team, as they were called when they met.
const SIX: [(&str, &str, &str); 6] = [
    ("Priya Raman", "Teacher", "Woodhouse Moor Primary School"),
    ("Bernadette Oyelaran", "Health visitor", "Aire Valley Health Visiting"),
    ("Tomasz Bielak", "Youth worker", "Kirkstall Youth Project"),
    ("Mrs O\u{2019}Brien", "Mother", "Family"),
    ("Dilys Marsh", "School nurse", "North Clinic"),
    ("Sam Okafor", "Housing officer", "Leeds Homes"),
];

/// Three meetings with six people. Then one leaves the team, her account is closed, and people and agencies are called
/// something else in what is written afterwards.
async fn minutes_have_everybody_as_on_that_day_case_b13(app: App) {
    let team = Team::new(&app).await;
    let days = ["2026-12-01", "2027-01-12", "2027-02-23"];
    let mut written = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let mut minutes = meeting();
        minutes["on"] = json!(day);
        // At each meeting another one sends apologies.
        let there = |number: usize| if number == at { "apologies" } else { "attended" };
        let people = SIX.into_iter().enumerate();
        let people =
            people.map(|(number, who)| present(u8::try_from(number).expect("six"), who, there(number)));
        minutes["people"] = people.collect();
        let record = format!("meeting/{}", at + 1);
        team.saved(&team.lead, &record, 0, &minutes).await;
        written.push((record, minutes));
    }
    let unchanged = async |when: &str| {
        for (record, minutes) in &written {
            assert_eq!(team.read(record).await["record"], of(record, minutes), "{record} {when}");
        }
    };
    let members = team.lead.get(&format!("{}/members", team.episode)).await;
    let teacher = members.json()["members"][1]["id"].as_str().expect("an id").to_owned();
    let tag = [("if-match", members.header("etag"))];
    let ended = team.lead.ask("DELETE", &format!("{}/members/{teacher}", team.episode), &tag, None).await;
    assert_eq!(ended.status, 204, "{}", ended.text);
    for (record, _) in &written {
        team.teacher.get(&team.path(record)).await.refused(404, "not-found");
    }
    unchanged("after she left the team").await;
    shut_out(&app, "Priya Raman").await;
    unchanged("after her account was closed").await;
    // The next minutes have the new surname and the new name of the clinic; the old ones keep theirs.
    let mut fourth = meeting();
    fourth["on"] = json!("2027-04-06");
    fourth["people"] = json!([
        present(0, ("Priya Raman-Cole", "Teacher", "Woodhouse Moor Primary School"), "attended"),
        present(4, ("Dilys Marsh", "School nurse", "Leeds North Health Centre"), "attended"),
    ]);
    team.saved(&team.lead, "meeting/4", 0, &fourth).await;
    unchanged("after names have changed").await;
    assert_eq!(team.read("meeting/4").await["record"], of("meeting/4", &fourth));
}

async fn who_was_sent_the_minutes_is_written_down_once(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    let path = team.path("meeting/1/circulations");
    let sent = |number: u8, to: &[&str]| json!({ "id": format!("5e7a3b52-0c9d-4b3e-9a53-0000000000{number:02x}"), "revision": 1, "to": to });
    let one = sent(1, &["Priya Raman", "Mrs O\u{2019}Brien"]);
    for _ in 0..2 {
        let noted = team.lead.ask("POST", &path, &[], Some(one.clone())).await;
        assert_eq!(noted.status, 204, "{}", noted.text);
    }
    team.lead.ask("POST", &path, &[], Some(sent(1, &["Somebody"]))).await.refused(409, "id-used");
    let shown = team.read("meeting/1").await["circulations"].clone();
    assert_eq!(shown.as_array().map(Vec::len), Some(1));
    assert_eq!((&shown[0]["to"], &shown[0]["sent_on"]), (&one["to"], &json!("2026-11-23")));
    assert_eq!(shown[0]["noted"]["name"], "Bernadette Oyelaran");
    let mut unknown = sent(2, &["Priya Raman"]);
    unknown["revision"] = json!(2);
    team.lead.ask("POST", &path, &[], Some(unknown)).await.refused(404, "not-found");
    for (member, value, problem) in [
        ("to", json!([]), "to missing"),
        ("to", json!([" "]), "to missing"),
        ("to", json!(["a".repeat(141)]), "to too-long"),
        ("to", json!(vec!["a"; 51]), "to too-long"),
        ("sent_on", json!("2026-11-24"), "sent_on date-in-future"),
        ("sent_on", json!("soon"), "sent_on wrong-kind"),
        ("id", json!("1"), "id wrong-kind"),
        ("author", json!("somebody else"), "body wrong-kind"),
    ] {
        let mut new = sent(3, &["Priya Raman"]);
        new[member] = value;
        let refused = team.lead.ask("POST", &path, &[], Some(new)).await;
        refused.refused(422, "wrong-shape");
        assert_eq!(refused.problems(), [problem]);
    }
}
