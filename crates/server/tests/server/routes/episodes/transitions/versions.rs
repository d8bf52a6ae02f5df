//! Sending a later version over HTTP, from every state: alone, as a correction, and with what it brings besides, which is that
//! the family agrees, refuses or takes its agreement back, that work goes on for a lawful reason without it, or that social care
//! is asked. Each is tried on an episode of its own, since a version is never taken back.

use std::collections::BTreeSet;

use assessment_people::{
    episode::{Episode, StateName},
    id::EpisodeId,
};
use serde_json::{Value, json};

use super::{App, LEAD, Person, expected, fixed_today, is_state, on_both, put, stored};
use crate::{
    answers::complete,
    routes::episodes::{body, sending::newest, team_records::episodes_of},
};

on_both! {
    every_version_from_every_state_is_taken_or_refused_as_the_table_written_by_hand_says;
}

/// What is tried here.
pub(super) const TRIED: [&str; 7] =
    ["send-new-version", "correct", "agree", "refer", "without-agreement", "withdraw", "refuse"];

/// The kind of version, and its answers.
fn sent(code: &str) -> (&'static str, Value) {
    let mut answers = complete(fixed_today());
    answers["assessment_information"]["reason"] = json!("It is worse at night.");
    if code == "refer" {
        answers["conclusions"]["decision"] = json!("R4");
        answers["conclusions"]["decision_reason"] =
            json!("Bruises that nobody explains; I rang them at noon.");
    }
    match code {
        "without-agreement" => {
            answers = says(answers, "refuses");
            answers["sharing"] = json!({
                "choice": "share", "lawful_reason": "risk_sig_harm", "decided_by": "Sam Sample, safeguarding lead",
                "reason": "The health visitor saw new bruises on Friday.", "family_told": "not_safe",
            });
        }
        "withdraw" => answers = record_of_refusal(&says(answers, "withdrew")),
        "refuse" => answers = record_of_refusal(&says(answers, "refuses")),
        _ => {}
    }
    (if code == "correct" { "correction" } else { "new_version" }, answers)
}

/// The same answers, and the mother says no, or not any more.
fn says(mut answers: Value, what: &str) -> Value {
    let person = &mut answers["consent"]["people"][0];
    (person["says"], person["refused_on"]) = (json!(what), json!("2026-11-20"));
    person["refused_how"] = json!("phone");
    answers
}

/// Only that she said so: nothing else is sent.
fn record_of_refusal(whole: &Value) -> Value {
    let keep = |names: &[&str], section: &str| {
        let part = |name: &&str| whole[section].get(*name).map(|value| ((*name).to_owned(), value.clone()));
        Value::Object(names.iter().filter_map(part).collect())
    };
    let said = &whole["consent"]["people"][0];
    json!({
        "danger_now": whole["danger_now"],
        "pre_assessment_checklist": keep(&["safe"], "pre_assessment_checklist"),
        "identifying_details": keep(&["given_names", "family_name", "dob"], "identifying_details"),
        "assessor": keep(&["name", "role", "role_other", "organisation", "phone", "email"], "assessor"),
        "consent": {
            "sought": "yes", "stored_about_me": "yes", "stored_about_child": "yes", "explained": "yes",
            "people": [{
                "name": "Jo Sample", "who": "parent_pr", "says": said["says"],
                "refused_on": said["refused_on"], "refused_how": said["refused_how"],
            }],
            "privacy_notice_version": "2026-1", "privacy_notice_given_on": "2026-11-09",
            "assessor_signature": "Sam Sample", "assessor_signed_on": "2026-11-20",
        },
        "sharing": { "choice": "record_only" },
    })
}

/// The episode in the state of that column. That the family refuses is an answer to being asked: where it is asked for the first
/// time there is no version that one could follow, so it is tried where it was asked again.
fn before(code: &str, sent: &Episode, index: usize) -> (&'static str, Episode) {
    let (name, before) = super::states(sent).swap_remove(index);
    if (code, name) != ("refuse", "consent_pending") {
        return (name, before);
    }
    let (_, closed) = super::states(sent).into_iter().find(|(name, _)| *name == "closed").expect("a state");
    (name, closed.reopen(super::reason(), super::stamp()).expect("it is closed"))
}

/// What the table says, as HTTP answers it. The usual record says that the family agrees, so that where a version is taken
/// the family has agreed as well.
fn wanted(code: &str, name: &str, index: usize) -> String {
    let expected = expected();
    let row = if code == "correct" { "correct" } else { "send-new-version" };
    if (code, name) == ("refuse", "consent_pending") {
        return expected[code][index].to_owned();
    }
    // A family that had agreed and says no takes its agreement back.
    let code = if code == "refuse" { "withdraw" } else { code };
    let (version, cell) = (expected[row][index], expected[code][index]);
    match (name, version) {
        // It has become part of one that is not there.
        ("merged", _) => "404 not-found".to_owned(),
        // The rules of access are asked before the state.
        ("closed", "closed") => "409 not-now".to_owned(),
        // Where the family was asked again, the version brings its answer; here there is no version that it could follow.
        ("consent_pending", "state") | (_, "no-version") => "409 not-now".to_owned(),
        (_, version) if !is_state(version) => format!("409 {version}"),
        // Social care that was asked, or that leads, is not asked again.
        _ if code == "refer" && !is_state(cell) => "=".to_owned(),
        _ => cell.to_owned(),
    }
}

async fn every_version_from_every_state_is_taken_or_refused_as_the_table_written_by_hand_says(app: App) {
    let lead = Person::new(&app, LEAD).await;
    let (mut wrong, mut cells, mut known) = (Vec::new(), 0, BTreeSet::new());
    for code in TRIED {
        for index in 0..14 {
            let first = lead.submit(&format!("{code}-{index}"), &body(&complete(fixed_today()))).await;
            assert_eq!(first.status, 201, "{}", first.text);
            let all = BTreeSet::from_iter(episodes_of(&lead).await);
            let id = all.difference(&known).next().expect("a new episode").clone();
            known = all;
            let started_from = newest(&lead, &format!("/api/v1/episodes/{id}")).await;
            let episode = EpisodeId::parse(&id).expect("an id");
            let (name, before) = before(code, &stored(&app, episode).await, index);
            put(&app, &before).await;
            let (kind, answers) = sent(code);
            let mut new = body(&answers);
            new["episode"] =
                json!({ "id": id, "started_from": started_from, "kind": kind, "reason": "Aunt rang." });
            let reply = lead.submit(&format!("{code}-{index}-then"), &new).await;
            let after = stored(&app, episode).await;
            let found = match reply.status {
                201 if after.state().name() == before.state().name() => "=".to_owned(),
                201 => named(after.state().name()),
                status => {
                    assert_eq!(after, before, "{code} from {name} was refused and changed something");
                    format!("{status} {}", reply.json()["code"].as_str().unwrap_or_default())
                }
            };
            let wanted = wanted(code, name, index);
            cells += 1;
            if found != wanted {
                wrong.push(format!("{code} from {name}: {found}, and not {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    assert_eq!(cells, 14 * TRIED.len());
}

fn named(state: StateName) -> String {
    serde_json::to_value(state).expect("a name").as_str().expect("a text").to_owned()
}
