//! What a team around the child writes, over HTTP: saving and merging, completing, who sees what, and what is due.

mod at_once;
mod backup;
mod bad_input;
mod closing;
mod completing;
mod due;
mod family;
mod holidays;
mod interleavings;
mod leavers;
mod meetings;
mod merging;
mod parts;
mod removed;
mod seeing;

use serde_json::{Value, json};

use super::{Person, member, on_both};
use crate::{app::App, wire::Reply};

/// A team: the health visitor, who started the episode and leads, and the teacher, who writes with her.
struct Team<'a> {
    lead: Person<'a>,
    teacher: Person<'a>,
    episode: String,
}

impl<'a> Team<'a> {
    async fn new(app: &'a App) -> Self {
        Self::of(app, "health-visitor", "teacher").await
    }

    /// The same with other people in the two parts.
    async fn of(app: &'a App, lead: &str, colleague: &str) -> Self {
        let (lead, teacher) = (Person::new(app, lead).await, Person::new(app, colleague).await);
        let known = episodes_of(&lead).await;
        lead.start().await;
        let all = episodes_of(&lead).await;
        let new = all.into_iter().find(|id| !known.contains(id)).expect("a new episode");
        let episode = format!("/api/v1/episodes/{new}");
        let invited = lead.invite_with(&episode, &let_in(colleague, "practitioner", &every_section())).await;
        assert_eq!(invited.status, 201, "{}", invited.text);
        Self { lead, teacher, episode }
    }

    fn path(&self, record: &str) -> String {
        format!("{}/team-records/{record}", self.episode)
    }

    /// Saves a record that started from that revision.
    async fn save(&self, who: &Person<'_>, record: &str, base: u32, answers: &Value) -> Reply {
        self.send(who, record, base, json!({ "record": of(record, answers) })).await
    }

    async fn send(&self, who: &Person<'_>, record: &str, base: u32, body: Value) -> Reply {
        let tag = format!("\"{base}\"");
        who.ask("PUT", &self.path(record), &[("if-match", &tag)], Some(body)).await
    }

    /// Saves it where that is no clash. Gives the revision.
    async fn saved(&self, who: &Person<'_>, record: &str, base: u32, answers: &Value) -> u32 {
        let saved = self.save(who, record, base, answers).await;
        assert_eq!(saved.status, 200, "{}", saved.text);
        tag(&saved)
    }

    async fn complete(&self, who: &Person<'_>, record: &str, revision: u32) -> Reply {
        let tag = format!("\"{revision}\"");
        who.ask("POST", &self.path(&format!("{record}/completion")), &[("if-match", &tag)], None).await
    }

    /// The newest revision of a record.
    async fn read(&self, record: &str) -> Value {
        let read = self.lead.get(&self.path(record)).await;
        assert_eq!(read.status, 200, "{}", read.text);
        read.json()
    }

    /// The record in the list.
    async fn listed(&self, kind: &str, number: u32) -> Value {
        let list = self.lead.get(&format!("{}/team-records", self.episode)).await.json();
        let all = list["records"].as_array().expect("records").clone();
        let found = all.into_iter().find(|one| one["kind"] == kind && one["number"] == number);
        found.unwrap_or_else(|| panic!("no {kind} {number}: {list}"))
    }

    async fn kept(&self, record: &str) -> Vec<Value> {
        let kept = self.lead.get(&self.path(&format!("{record}/kept"))).await;
        assert_eq!(kept.status, 200, "{}", kept.text);
        kept.json()["kept"].as_array().expect("kept").clone()
    }

    async fn state(&self) -> String {
        let episode = self.lead.get(&self.episode).await.json();
        episode["shown"]["state"].as_str().expect("a state").to_owned()
    }

    async fn due_on(&self) -> Value {
        self.lead.get(&self.episode).await.json()["shown"]["due_on"].clone()
    }
}

/// The ids of somebody's episodes.
pub(super) async fn episodes_of(who: &Person<'_>) -> Vec<String> {
    let list = who.get("/api/v1/episodes?limit=200").await.json();
    let all = list["episodes"].as_array().expect("episodes").iter();
    all.map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

/// The revision that a reply names.
fn tag(reply: &Reply) -> u32 {
    reply.header("etag").trim_matches('"').parse().unwrap_or_else(|_| panic!("no revision: {}", reply.text))
}

/// Answers with the version of their form.
pub(super) fn of(record: &str, answers: &Value) -> Value {
    let kind = record.split('/').next().expect("a kind");
    let mut record = answers.clone();
    record["form_version"] = json!(format!("{kind}-2026.1"));
    record
}

fn every_section() -> Vec<u8> {
    (0..=15).collect()
}

/// Somebody of the demo to let in, who sees these sections.
fn let_in(code: &str, role: &str, sections: &[u8]) -> Value {
    let organisation = assessment_server::sign_in::demo::person(code).expect("a person").organisation;
    let mut new = member(code, Some(organisation).filter(|_| role != "family_viewer").as_deref(), role);
    new["sections"] = json!(sections);
    new
}

/// A plan with everything that it needs.
pub(super) fn plan() -> Value {
    json!({
        "long_term_goal": "Mornings without shouting.",
        "outcomes": [{
            "id": "outcome-1",
            "desired_outcome": "He is at school every day.",
            "goal_measure": "No more than one day missed in a month.",
            "actions": [{
                "id": "action-1",
                "action": "Ring the school nurse about sleep.",
                "who": "Bernadette Oyelaran",
                "by_when": "2026-12-11",
            }],
        }],
        "lead_professional": "Bernadette Oyelaran",
        "lead_professional_agrees": "yes",
        "agreed_on": "2026-11-23",
        "review_date": "2027-01-04",
    })
}

/// A meeting that is to come.
pub(super) fn meeting() -> Value {
    json!({
        "kind": "first",
        "status": "planned",
        "on": "2026-12-01",
        "starts_at": "10:00",
        "ends_at": "11:00",
        "place": "The school, room 2",
        "people": [{ "id": "person-1", "name": "Priya Raman", "role": "Teacher", "agency": "Woodhouse Moor" }],
    })
}

/// A review with everything that it needs.
pub(super) fn review() -> Value {
    json!({
        "on": "2026-11-23",
        "outcome": "continue",
        "people": [{ "id": "person-1", "name": "Priya Raman" }],
        "notes": "He has been late twice.",
        "no_child_comment_reason": "He was at school.",
        "no_parent_comment_reason": "She could not come, and will ring.",
        "agreement_holds": "yes",
        "decision": "R2",
        "next_steps": "Go on as agreed.",
        "next_on": "2027-02-15",
    })
}
