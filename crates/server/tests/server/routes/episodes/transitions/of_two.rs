//! What takes more than one record, over HTTP and from every state: an episode that becomes part of another of the same child,
//! and one that is closed while the plan of its team has an open action.

use assessment_people::{episode::Episode, id::EpisodeId};
use serde_json::json;

use super::{App, COORDINATOR, LEAD, Person, expected, of, on_both, own_plan, put, stored};
use crate::routes::episodes::{
    amendment,
    merging::{into, two_of_one_child},
    sending::newest,
};

on_both! {
    from_every_state_an_episode_becomes_part_of_another_as_the_table_written_by_hand_says;
    in_every_state_what_comes_late_for_a_record_that_was_joined_is_taken_as_the_table_written_by_hand_says;
    from_every_state_what_is_open_stops_a_closing_as_the_table_written_by_hand_says;
}

/// What is tried here.
pub(super) const TRIED: [&str; 3] = ["merge", "close-unsettled", "receive-late"];

fn id(path: &str) -> EpisodeId {
    EpisodeId::parse(path.rsplit('/').next().expect("an id")).expect("an id")
}

fn name(episode: &Episode) -> String {
    serde_json::to_value(episode.state().name()).expect("a name").as_str().expect("a text").to_owned()
}

async fn from_every_state_an_episode_becomes_part_of_another_as_the_table_written_by_hand_says(app: App) {
    let (lead, visitor) = (Person::new(&app, LEAD).await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, COORDINATOR).await;
    let (kept, merged) = two_of_one_child(&lead, &visitor, &coordinator).await;
    let other = stored(&app, id(&kept)).await;
    let mut wrong = Vec::new();
    let states = super::states(&stored(&app, id(&merged)).await);
    assert_eq!(states.len(), 14);
    for (index, (state, before)) in states.into_iter().enumerate() {
        put(&app, &before).await;
        put(&app, &other).await;
        let reply = coordinator.change("POST", &merged, "/merge", into(&kept)).await;
        let after = stored(&app, id(&merged)).await;
        let found = match reply.status {
            204 => name(&after),
            status => format!("{status} {}", reply.json()["code"].as_str().unwrap_or_default()),
        };
        let wanted = match expected()["merge"][index] {
            _ if state == "merged" => "409 not-now",
            cell => cell,
        };
        if found != wanted {
            wrong.push(format!("merge from {state}: {found}, and not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn in_every_state_what_comes_late_for_a_record_that_was_joined_is_taken_as_the_table_written_by_hand_says(
    app: App,
) {
    let (lead, visitor) = (Person::new(&app, LEAD).await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, COORDINATOR).await;
    let mut wrong = Vec::new();
    for index in 0..14 {
        // Each with two of its own: a version is never taken back.
        let (kept, merged) = two_of_one_child(&lead, &visitor, &coordinator).await;
        let started_from = newest(&visitor, &merged).await;
        let joined = coordinator.change("POST", &merged, "/merge", into(&kept)).await;
        assert_eq!(joined.status, 204, "{}", joined.text);
        let (state, before) = super::states(&stored(&app, id(&kept)).await).swap_remove(index);
        // Over HTTP every episode has a version, and its number is taken.
        if before.versions().is_none() {
            continue;
        }
        put(&app, &before).await;
        let late = amendment(&merged, &started_from, "new_version", "He says more words now.");
        let reply = visitor.submit(&format!("late-{index}"), &late).await;
        let after = stored(&app, id(&kept)).await;
        let found = match reply.status {
            201 if after.state().name() == before.state().name() => "=".to_owned(),
            201 => name(&after),
            status => format!("{status} {}", reply.json()["code"].as_str().unwrap_or_default()),
        };
        let wanted = match expected()["receive-late"][index] {
            // It has become part of one that is not there.
            _ if state == "merged" => "404 not-found",
            cell => cell,
        };
        if found != wanted {
            wrong.push(format!("receive-late in {state}: {found}, and not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn from_every_state_what_is_open_stops_a_closing_as_the_table_written_by_hand_says(app: App) {
    let lead = Person::new(&app, LEAD).await;
    let path = lead.start().await;
    let plan = json!({ "record": of("plan/1", &own_plan()) });
    let at = format!("{path}/team-records/plan/1");
    let saved = lead.ask("PUT", &at, &[("if-match", "\"0\"")], Some(plan)).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    let mut wrong = Vec::new();
    let states = super::states(&stored(&app, id(&path)).await);
    assert_eq!(states.len(), 14);
    for (index, (state, before)) in states.into_iter().enumerate() {
        put(&app, &before).await;
        let reply = lead.change("POST", &path, "/closure", json!({ "reason": "needs_met" })).await;
        assert_eq!(stored(&app, id(&path)).await, before, "{state}");
        let found = format!("{} {}", reply.status, reply.json()["code"].as_str().unwrap_or_default());
        let wanted = match expected()["close-unsettled"][index] {
            "state" | "merged" => "409 not-now".to_owned(),
            cell => format!("409 {cell}"),
        };
        if found != wanted {
            wrong.push(format!("close-unsettled from {state}: {found}, and not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
