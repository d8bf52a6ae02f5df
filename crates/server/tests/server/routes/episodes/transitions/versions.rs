//! Sending a later version over HTTP, from every state: alone, as a correction, and with what it brings besides, which is that
//! the family agrees or that social care is asked. Each is tried on an episode of its own, since a version is never taken back.

use std::collections::BTreeSet;

use assessment_people::{episode::StateName, id::EpisodeId};
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
pub(super) const TRIED: [&str; 4] = ["send-new-version", "correct", "agree", "refer"];

/// The kind of version, and its answers.
fn sent(code: &str) -> (&'static str, Value) {
    let mut answers = complete(fixed_today());
    answers["assessment_information"]["reason"] = json!("It is worse at night.");
    if code == "refer" {
        answers["conclusions"]["decision"] = json!("R4");
        answers["conclusions"]["decision_reason"] =
            json!("Bruises that nobody explains; I rang them at noon.");
    }
    (if code == "correct" { "correction" } else { "new_version" }, answers)
}

/// What the table says, as HTTP answers it. The usual record says that the family agrees, so that where a version is taken
/// the family has agreed as well.
fn wanted(code: &str, name: &str, index: usize) -> String {
    let expected = expected();
    let row = if code == "correct" { "correct" } else { "send-new-version" };
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
            let (name, before) = super::states(&stored(&app, episode).await).swap_remove(index);
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
