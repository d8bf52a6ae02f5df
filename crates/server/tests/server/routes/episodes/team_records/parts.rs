//! Who sees a part of a record: what is left out is said, and is never taken away by those who do not see it.

use serde_json::{Value, json};

use super::{App, Person, Team, let_in, meeting, of, on_both, review};
use crate::{
    answers::{complete, fixed_today},
    routes::episodes::{amendment, sending::newest},
};

on_both! {
    somebody_let_in_up_to_ordinary_sees_a_part_of_the_minutes_everywhere_b42;
    a_save_by_somebody_who_sees_a_part_takes_nothing_away_b42;
    how_an_episode_ends_is_a_section_of_its_own_b42;
}

const SECRETS: [&str; 4] = ["Rose Refuge", "Invented Row", "Her mother is ill", "Tom says no"];

/// Where the child of the usual record lives must not be told.
async fn protected(app: &App) -> Team<'_> {
    let team = Team::new(app).await;
    let first = newest(&team.lead, &team.episode).await;
    let mut second = amendment(&team.episode, &first, "correction", "They must not be found.");
    second["answers"]["identifying_details"]["address_confidential"] = json!("yes");
    let sent = team.lead.submit("second", &second).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    team
}

fn minutes() -> Value {
    let street = complete(fixed_today())["identifying_details"]["address"]["line_1"].clone();
    let mut minutes = meeting();
    minutes["place"] = json!(format!("At home, {}", street.as_str().expect("a street")));
    minutes["people"] = json!([
        { "id": "person-1", "name": "Mo Ali", "role": "Worker", "agency": "Rose Refuge", "attendance": "attended" },
        { "id": "person-2", "name": "Priya Raman", "role": "Teacher", "attendance": "apologies", "apology_reason": "Her mother is ill" },
    ]);
    minutes["decisions"] =
        json!([{ "id": "decision-1", "decision": "A plan", "disagreement": "Tom says no" }]);
    minutes
}

/// Lets somebody of the demo in, up to what is ordinary.
async fn ordinary<'a>(app: &'a App, team: &Team<'_>, code: &str, role: &str, sections: &[u8]) -> Person<'a> {
    let mut some = let_in(code, role, sections);
    some["up_to"] = json!("ordinary");
    let invited = team.lead.invite_with(&team.episode, &some).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    Person::new(app, code).await
}

fn says_nothing(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

async fn somebody_let_in_up_to_ordinary_sees_a_part_of_the_minutes_everywhere_b42(app: App) {
    let team = protected(&app).await;
    team.saved(&team.lead, "meeting/1", 0, &minutes()).await;
    let mut later = minutes();
    later["place"] = json!("The school");
    later["purpose"] = json!("To agree a plan");
    team.saved(&team.lead, "meeting/1", 1, &later).await;
    // Another version of it, which was not merged.
    let mut other = minutes();
    other["place"] = json!("The clinic, 1 Invented Row");
    other["people"][0]["agency"] = json!("Rose Refuge, by the park");
    assert_eq!(team.save(&team.teacher, "meeting/1", 1, &other).await.status, 409);

    let youth = ordinary(&app, &team, "youth-worker", "tac_member", &[1, 14]).await;
    let left_out = ["people[0].agency", "people[1].apology_reason", "decisions[0].disagreement"];
    let read = youth.get(&team.path("meeting/1")).await;
    assert_eq!((read.status, &read.json()["left_out"]), (200, &json!(left_out)), "{}", read.text);
    assert_eq!(read.json()["record"]["place"], "The school");
    assert_eq!(read.json()["record"]["people"][1]["name"], "Priya Raman");
    says_nothing(&read.text, &SECRETS);
    let old = youth.get(&team.path("meeting/1?revision=1")).await;
    assert_eq!(old.json()["left_out"][0], "place", "{}", old.text);
    says_nothing(&old.text, &SECRETS);
    let kept = youth.get(&team.path("meeting/1/kept")).await;
    let clash = kept.json()["kept"][0]["clashes"][0].clone();
    assert_eq!((clash.get("yours"), &clash["theirs"]), (None, &json!("The school")), "{}", kept.text);
    assert!(kept.json()["kept"][0]["left_out"].as_array().is_some_and(|all| !all.is_empty()));
    says_nothing(&kept.text, &SECRETS);
    for rest in ["/timeline", "/team-records"] {
        let read = youth.get(&format!("{}{rest}", team.episode)).await;
        assert_eq!(read.status, 200, "{}", read.text);
        says_nothing(&read.text, &SECRETS);
    }
    // Who sees everything gets the very answers that were saved.
    let all = team.read("meeting/1?revision=1").await;
    assert_eq!((all.get("left_out"), &all["record"]), (None, &of("meeting/1", &minutes())));
    // A calendar is shared, and so nobody gets a file that gives it away.
    team.saved(&team.lead, "meeting/2", 0, &minutes()).await;
    for who in [&team.lead, &youth] {
        let file = who.get(&team.path("meeting/2/calendar")).await.text.replace("\r\n ", "");
        says_nothing(&file, &SECRETS);
        assert!(file.contains("LOCATION:Not given here."), "{file}");
    }
}

async fn a_save_by_somebody_who_sees_a_part_takes_nothing_away_b42(app: App) {
    let team = protected(&app).await;
    team.saved(&team.lead, "meeting/1", 0, &minutes()).await;
    let writer = ordinary(&app, &team, "youth-worker", "practitioner", &super::every_section()).await;
    let seen = writer.get(&team.path("meeting/1")).await.json();
    // Who writes the minutes sees why somebody did not come, and not where somebody lives.
    assert_eq!(seen["left_out"], json!(["place", "people[0].agency"]));
    let mut theirs = seen["record"].clone();
    theirs["purpose"] = json!("To agree a plan");
    // Meanwhile somebody else changes what they do not see.
    let mut meanwhile = minutes();
    meanwhile["people"][0]["agency"] = json!("Rose Refuge, by the park");
    team.saved(&team.lead, "meeting/1", 1, &meanwhile).await;
    let saved = team.save(&writer, "meeting/1", 1, &theirs).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    says_nothing(&saved.text, &SECRETS[..2]);
    let mut expected = meanwhile.clone();
    expected["purpose"] = json!("To agree a plan");
    assert_eq!(team.read("meeting/1").await["record"], of("meeting/1", &expected));

    // Writing over it, and taking away a row that holds some of it, are for a person to decide.
    let seen = writer.get(&team.path("meeting/1")).await.json()["record"].clone();
    let (mut over, mut away) = (seen.clone(), seen);
    over["place"] = json!("The library");
    away["people"].as_array_mut().expect("people").remove(0);
    for (record, path) in [(over, "place"), (away, "people[0]")] {
        let refused = team.save(&writer, "meeting/1", 3, &record).await;
        assert_eq!(refused.status, 409, "{}", refused.text);
        assert_eq!(refused.json()["kept"]["clashes"][0]["path"], path);
        says_nothing(&refused.text, &SECRETS[..2]);
    }
    assert_eq!(team.read("meeting/1").await["record"], of("meeting/1", &expected));
    let kept = team.kept("meeting/1").await;
    assert_eq!((&kept[0]["record"]["place"], kept.len()), (&json!("The library"), 2));
    assert_eq!(kept[0]["record"]["people"][0]["agency"], "Rose Refuge, by the park");

    // Somebody may see more by now, and says what had been left out when they read.
    let mut blank = expected.clone();
    for member in ["place", "purpose"] {
        blank.as_object_mut().expect("answers").remove(member);
    }
    let body = json!({ "record": of("meeting/1", &blank), "left_out": ["place"] });
    let saved = team.send(&team.lead, "meeting/1", 3, body).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    expected.as_object_mut().expect("answers").remove("purpose");
    assert_eq!(team.read("meeting/1").await["record"], of("meeting/1", &expected));
}

async fn how_an_episode_ends_is_a_section_of_its_own_b42(app: App) {
    let team = Team::new(&app).await;
    let mut closing = review();
    closing["closing"] = json!({ "on": "2026-11-23", "risk_recheck_reason": "Nursery sees him daily." });
    team.saved(&team.lead, "review/1", 0, &closing).await;
    let some = let_in("youth-worker", "practitioner", &(0..=14).collect::<Vec<_>>());
    assert_eq!(team.lead.invite_with(&team.episode, &some).await.status, 201);
    let writer = Person::new(&app, "youth-worker").await;
    let read = writer.get(&team.path("review/1")).await;
    assert_eq!(read.json()["left_out"], json!(["closing"]), "{}", read.text);
    says_nothing(&read.text, &["Nursery"]);
    let mut theirs = read.json()["record"].clone();
    theirs["notes"] = json!("He has been late once.");
    let saved = team.save(&writer, "review/1", 1, &theirs).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    assert_eq!(team.read("review/1").await["record"]["closing"], closing["closing"]);
}
