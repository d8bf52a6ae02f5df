//! What somebody leaves behind who is shut out or leaves the team: their open actions need another owner, and are in the list of
//! the lead professional until a person has chosen one.

use assessment_people::{access::Action, id::EpisodeId};
use assessment_server::store::{
    audit::AuditAction,
    team_records::{Revision, Which},
};
use assessment_team::RecordKind;
use serde_json::{Value, json};

use super::{App, Person, Team, on_both, plan};
use crate::routes::episodes::{lead::shut_out, situations::asker};

on_both! {
    closing_an_account_says_what_is_owed_and_the_lead_professional_gets_the_list_case_b15;
    who_leaves_the_team_owes_the_same_and_keeps_the_name_case_b15;
    what_is_owed_in_a_plan_that_cannot_be_read_is_not_said_to_be_nothing;
}

/// The id of what the teacher was given: by it the plan knows the owner.
async fn teacher(team: &Team<'_>) -> String {
    member(team).await["id"].as_str().expect("an id").to_owned()
}

async fn member(team: &Team<'_>) -> Value {
    let members = team.lead.get(&format!("{}/members", team.episode)).await.json();
    let all = members["members"].as_array().expect("members");
    all.iter().find(|one| one["name"] == "Priya Raman").expect("the teacher").clone()
}

/// A plan with four open actions of the teacher, one that is done, and one of somebody else.
fn of_the_teacher(id: &str) -> Value {
    let mut plan = plan();
    let action = |number: u8, who: &str, reference: &str, status: &str| {
        json!({
            "id": format!("action-{number}"), "action": "Ring home.", "who": who, "who_ref": reference,
            "by_when": format!("2027-03-{number:02}"), "status": status,
        })
    };
    let mut actions: Vec<Value> =
        (1..=4).map(|number| action(number, "Priya Raman", id, "not_started")).collect();
    actions.push(action(5, "Priya Raman", id, "no_longer_needed"));
    let mut other = action(6, "Bernadette Oyelaran", "", "not_started");
    other.as_object_mut().expect("an action").remove("who_ref");
    actions.push(other);
    plan["outcomes"][0]["actions"] = json!(actions);
    plan
}

async fn without_owner(who: &Person<'_>) -> Vec<String> {
    let list = who.get("/api/v1/me/due").await;
    assert_eq!(list.status, 200, "{}", list.text);
    let list = list.json();
    let all = list["due"].as_array().expect("a list").iter().filter(|one| one["needs_owner"] == true);
    all.map(|one| one["due_on"].as_str().expect("a day").to_owned()).collect()
}

const DAYS: [&str; 4] = ["2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04"];

async fn closing_an_account_says_what_is_owed_and_the_lead_professional_gets_the_list_case_b15(app: App) {
    let team = Team::new(&app).await;
    let mut answers = of_the_teacher(&teacher(&team).await);
    team.saved(&team.lead, "plan/1", 0, &answers).await;
    assert_eq!(member(&team).await["open_actions"], 4, "it is known before");
    assert_eq!(without_owner(&team.lead).await, Vec::<String>::new());
    let done = shut_out(&app, "Priya Raman").await;
    assert_eq!(done, json!({ "open_actions": 4, "episodes": 1 }));
    assert_eq!(shut_out(&app, "Priya Raman").await, done, "saying it again changes nothing");
    // Looking through the plan is in the access log of the episode.
    let log = team.lead.get(&format!("{}/access-log", team.episode)).await.json();
    let entries = log["entries"].as_array().expect("entries");
    let looked = |one: &&Value| one["action"] == "list-members" && one["reason"].is_string();
    assert_eq!(entries.iter().filter(looked).count(), 2, "{log}");
    // Looking gives them to nobody.
    for _ in 0..2 {
        assert_eq!(without_owner(&team.lead).await, DAYS);
    }
    assert_eq!(team.read("plan/1").await["record"], super::of("plan/1", &answers));
    let them = member(&team).await;
    assert_eq!((&them["has_left"], &them["open_actions"]), (&json!(true), &json!(4)));
    // A new due day does not change the owner, and a new owner takes it off the list.
    answers["outcomes"][0]["actions"][0]["by_when"] = json!("2027-04-01");
    team.saved(&team.lead, "plan/1", 1, &answers).await;
    assert_eq!(team.read("plan/1").await["record"]["outcomes"][0]["actions"][0]["who"], "Priya Raman");
    assert_eq!(without_owner(&team.lead).await, ["2027-03-02", "2027-03-03", "2027-03-04", "2027-04-01"]);
    for at in 1..4 {
        let action = &mut answers["outcomes"][0]["actions"][at];
        action["who"] = json!("Bernadette Oyelaran");
        action.as_object_mut().expect("an action").remove("who_ref");
    }
    team.saved(&team.lead, "plan/1", 2, &answers).await;
    assert_eq!(without_owner(&team.lead).await, ["2027-04-01"]);
}

async fn what_is_owed_in_a_plan_that_cannot_be_read_is_not_said_to_be_nothing(app: App) {
    let team = Team::new(&app).await;
    let answers = of_the_teacher(&teacher(&team).await);
    team.saved(&team.lead, "plan/1", 0, &answers).await;
    unreadable(&app, &team.episode).await;
    assert_eq!(shut_out(&app, "Priya Raman").await, json!({}));
}

/// Adds a revision of the plan by a newer program.
async fn unreadable(app: &App, episode: &str) {
    let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
    let (who, which) = (asker("coordinator", true), Which { kind: RecordKind::Plan, number: 1 });
    let mut work = app.store.begin().await.expect("a unit of work");
    let newest = work.team_records().find(&who, id, which, None).await.expect("an answer").expect("a plan");
    let new = Revision {
        number: newest.number + 1,
        base: newest.number,
        answers: json!({ "form_version": "plan-2099.1" }).to_string(),
        ..newest
    };
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    work.team_records().add(&who, id, which, &new, at).await.expect("added");
    work.save(&who.actor, AuditAction::Episode(Action::WriteTeamRecords, id), at).await.expect("saved");
}

async fn who_leaves_the_team_owes_the_same_and_keeps_the_name_case_b15(app: App) {
    let team = Team::new(&app).await;
    let id = teacher(&team).await;
    team.saved(&team.lead, "plan/1", 0, &of_the_teacher(&id)).await;
    let tag = team.lead.get(&team.episode).await.header("etag").to_owned();
    let path = format!("{}/members/{id}", team.episode);
    let ended = team.lead.ask("DELETE", &path, &[("if-match", &tag)], None).await;
    assert_eq!(ended.status, 204, "{}", ended.text);
    assert_eq!(without_owner(&team.lead).await, DAYS);
    let them = member(&team).await;
    assert_eq!((&them["status"], &them["open_actions"]), (&json!("ended"), &json!(4)));
    // The coordinator is told of open episodes only.
    let plan = team.read("plan/1").await["record"].clone();
    assert_eq!(plan["outcomes"][0]["actions"][0]["who_ref"], id);
    let settled: Vec<Value> = [1, 2, 3, 4, 6]
        .map(|number| json!({ "kind": "action", "id": format!("action-{number}"), "becomes": "ended" }))
        .into();
    let closure = json!({ "reason": "needs_met", "settled": settled });
    let closed = team.lead.change("POST", &team.episode, "/closure", closure).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
    assert_eq!(shut_out(&app, "Priya Raman").await["open_actions"], 0);
}
