//! Twenty people who save one plan at once: what comes later is merged or kept, and nobody is told to come back.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{App, Team, of, on_both, plan};
use crate::wire::{Reply, send};

on_both! {
    twenty_who_save_different_answers_at_once_are_all_merged;
    twenty_who_save_the_same_answer_at_once_are_merged_or_kept_and_no_word_is_lost;
}

const WRITERS: usize = 20;

/// Sends all of them at once, each from the first revision, by two people in turn.
async fn at_once(team: &Team<'_>, plans: Vec<Value>) -> Vec<Reply> {
    let mut all = JoinSet::new();
    for (number, plan) in plans.into_iter().enumerate() {
        let who = if number % 2 == 0 { &team.lead } else { &team.teacher };
        let request = who.request("PUT", &team.path("plan/1")).header("if-match", "\"1\"");
        let body = json!({ "record": of("plan/1", &plan) }).to_string();
        let request = request.header("content-type", "application/json").body(body);
        all.spawn(send(request));
    }
    all.join_all().await
}

async fn twenty_who_save_different_answers_at_once_are_all_merged(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    let with_action = |number: usize| {
        let mut plan = plan();
        let action = json!({ "id": format!("new-{number:02}"), "action": format!("Promise {number}.") });
        plan["outcomes"][0]["actions"].as_array_mut().expect("actions").push(action);
        plan
    };
    for reply in at_once(&team, (0..WRITERS).map(with_action).collect()).await {
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
    let now = team.read("plan/1").await;
    let actions = now["record"]["outcomes"][0]["actions"].as_array().expect("actions").clone();
    let said: BTreeSet<&str> = actions.iter().filter_map(|one| one["action"].as_str()).collect();
    assert_eq!(said.len(), WRITERS + 1, "{said:?}");
    assert_eq!(now["summary"]["revision"], WRITERS + 1, "each is a revision of its own");
    assert_eq!(team.kept("plan/1").await, Vec::<Value>::new());
}

async fn twenty_who_save_the_same_answer_at_once_are_merged_or_kept_and_no_word_is_lost(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    let goal = |number: usize| format!("Goal {number:02}.");
    let with_goal = |number: usize| {
        let mut plan = plan();
        plan["long_term_goal"] = json!(goal(number));
        plan
    };
    let replies = at_once(&team, (0..WRITERS).map(with_goal).collect()).await;
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    let mut expected = vec![409; WRITERS];
    expected[0] = 200;
    assert_eq!(statuses, expected);
    let now = team.read("plan/1").await["record"]["long_term_goal"].clone();
    let kept = team.kept("plan/1").await;
    let kept = kept.iter().map(|one| one["record"]["long_term_goal"].clone());
    let all: BTreeSet<String> =
        kept.chain([now]).map(|one| one.as_str().expect("a goal").to_owned()).collect();
    assert_eq!(all, (0..WRITERS).map(goal).collect());
}
