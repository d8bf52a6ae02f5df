//! Episodes in the situations that the walks over the table of access try, and who somebody is in them.

use assessment_people::{
    access::{Action, EpisodeFacts, Principal, Role},
    episode::{Closure, ClosureReason, Excluded, StillOpen},
    id::{EpisodeId, PersonId, VersionId},
    moment::Moment,
    protection::Protection,
    who::{Organisation, Stamp, Subject, Who},
};
use assessment_server::{
    actor::Actor,
    sign_in::demo,
    store::{audit::AuditAction, episodes::Asker},
};
use serde_json::json;

use super::{
    Person, amendment, body, member,
    team_records::{meeting, of, plan},
};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

pub(super) const SITUATIONS: [&str; 9] =
    ["own", "referred", "team", "confidential", "shielded", "closed", "expired", "excluded", "declined"];

/// An episode, the address of its first version's record, and the id of a request of the child to see what is held.
pub(super) struct Made {
    pub(super) episode: String,
    pub(super) record: String,
    pub(super) request: String,
    /// An episode of the health visitor's, whose child was joined into this one's, and the number of that.
    pub(super) joined: EpisodeId,
    pub(super) merge: u64,
}

/// An episode of the teacher's in a situation, with two versions, a plan, a meeting and a request to see what is held.
/// Everybody is in the team, but for "own" and "referred".
pub(super) async fn make(app: &App, teacher: &Person<'_>, situation: &str) -> Made {
    let mut answers = complete(fixed_today());
    if situation == "referred" {
        answers["conclusions"]["decision"] = json!("R4");
        answers["conclusions"]["decision_reason"] =
            json!("Bruises that nobody explains; I rang them at noon.");
    }
    let sent = teacher.submit(situation, &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let first = sent.json()["id"].as_str().expect("an id").to_owned();
    let record = format!("/api/v1/assessments/{first}");
    let id = episode_of(app, &first).await;
    let episode = format!("/api/v1/episodes/{id}");
    if !["own", "referred"].contains(&situation) {
        for (code, role) in [
            ("health-visitor", "lead_professional"),
            ("youth-worker", "tac_member"),
            ("safeguarding-lead", "practitioner"),
            ("coordinator", "practitioner"),
            ("parent", "family_viewer"),
        ] {
            let organisation = demo::person(code).expect("a person").organisation;
            let organisation = Some(organisation).filter(|_| code != "parent");
            let mut new = member(code, organisation.as_deref(), role);
            new["up_to"] = json!(if situation == "shielded" && code == "health-visitor" {
                "shielded"
            } else {
                "ordinary"
            });
            if situation == "expired" {
                new["until"] = json!("2026-11-23T12:00:00.000001Z");
            }
            let invited = teacher.invite_with(&episode, &new).await;
            assert_eq!(invited.status, 201, "{situation} {code}: {}", invited.text);
        }
    }
    let request = write(app, teacher, &episode, &first).await;
    let (joined, merge) = join(app, id, situation).await;
    bring_about(app, id, situation).await;
    Made { episode, record, request, joined, merge }
}

async fn episode_of(app: &App, version: &str) -> EpisodeId {
    let id = VersionId::parse(version).expect("an id");
    let mut view = app.store.view().await.expect("a view");
    let found = view.episodes().of_version(&asker("coordinator", true), id).await;
    found.expect("an answer").expect("an episode")
}

/// Joins the child of another episode into the child of this one.
async fn join(app: &App, id: EpisodeId, situation: &str) -> (EpisodeId, u64) {
    let (health_visitor, coordinator) =
        (Person::new(app, "health-visitor").await, Person::new(app, "coordinator").await);
    let sent = health_visitor.submit(&format!("joined-{situation}"), &body(&complete(fixed_today()))).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let joined = episode_of(app, sent.json()["id"].as_str().expect("an id")).await;
    let (kept, _) = child(app, id).await;
    let (merged, _) = child(app, joined).await;
    let path = format!("/api/v1/people/{kept}");
    let tag = coordinator.get(&path).await.header("etag").to_owned();
    let body = Some(json!({ "merged": merged }));
    let reply = coordinator.ask("POST", &format!("{path}/merges"), &[("if-match", &tag)], body).await;
    assert_eq!(reply.status, 201, "{situation}: {}", reply.text);
    (joined, reply.json()["number"].as_u64().expect("a number"))
}

/// The child of an episode, and how closely their record is kept.
pub(super) async fn child(app: &App, id: EpisodeId) -> (PersonId, Protection) {
    let everywhere = asker("coordinator", true);
    let mut view = app.store.view().await.expect("a view");
    let stored = view.episodes().find(&everywhere, id).await.expect("an answer").expect("an episode");
    let child = stored.state.episode.child();
    let found = view.people().find(&Actor::new("test"), child).await.expect("an answer").expect("a child");
    (child, found.person.protection.level)
}

/// A second version, a plan, a meeting, and a request to see what is held. Gives the id of the request.
async fn write(app: &App, teacher: &Person<'_>, episode: &str, first: &str) -> String {
    let sent = teacher.submit(first, &amendment(episode, first, "correction", "Late three times.")).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    for (record, answers) in [("plan/1", plan()), ("meeting/1", meeting())] {
        let path = format!("{episode}/team-records/{record}");
        let body = json!({ "record": of(record, &answers) });
        let saved = teacher.ask("PUT", &path, &[("if-match", "\"0\"")], Some(body)).await;
        assert_eq!(saved.status, 200, "{record}: {}", saved.text);
    }
    let coordinator = Person::new(app, "coordinator").await;
    let tag = coordinator.get(episode).await.header("etag").to_owned();
    let received = Some(json!({ "received_on": "2026-11-20" }));
    let request = coordinator.keep("POST", &format!("{episode}/subject-access"), &tag, received).await;
    assert_eq!(request.status, 201, "{}", request.text);
    request.json()["id"].as_str().expect("an id").to_owned()
}

/// What routes do one by one is done at once in the store.
async fn bring_about(app: &App, id: EpisodeId, situation: &str) {
    let everywhere = asker("coordinator", true);
    let mut work = app.store.begin().await.expect("a unit of work");
    let stored = work.episodes().find(&everywhere, id).await.expect("an answer").expect("an episode");
    let mut state = stored.state;
    let by = Who { subject: subject("teacher"), organisation: organisation("teacher") };
    let stamp = Stamp { by, at: now() };
    match situation {
        "confidential" => state.protection = Protection::Confidential,
        "shielded" => state.protection = Protection::Shielded,
        "closed" => {
            let closure = Closure::new(ClosureReason::NeedsMet, None, None).expect("complete");
            state.episode = state.episode.close(closure, &StillOpen::new(), stamp).expect("closed");
        }
        "excluded" => {
            let who = Excluded::Person(subject("safeguarding-lead"));
            let other = Excluded::Organisation(organisation("youth-worker"));
            state.episode = state.episode.exclude(who, stamp.clone()).expect("excluded");
            state.episode = state.episode.exclude(other, stamp).expect("excluded");
        }
        "declined" => state.episode = state.episode.withdraw_agreement(stamp).expect("withdrawn"),
        "expired" => {
            let grants = work.episodes().grants_in(&everywhere, id).await.expect("grants");
            for mut grant in grants {
                if grant.grant.terms().to != subject("teacher") {
                    grant.revision += 1;
                    grant.grant = grant.grant.end(now());
                    work.episodes()
                        .add_grant(&everywhere, &grant, "2026-11-23T12:00:00Z".parse().expect("a moment"))
                        .await
                        .expect("ended");
                }
            }
        }
        _ => {}
    }
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    work.episodes().replace(&everywhere, &state, stored.revision, at).await.expect("replaced");
    work.save(&everywhere.actor, AuditAction::Episode(Action::HandOver, id), at).await.expect("saved");
}

/// Who somebody is and what the episode is, as the rules take it.
pub(super) async fn known(app: &App, code: &str, id: EpisodeId) -> (Principal, EpisodeFacts) {
    let who = asker(code, false);
    let mut view = app.store.view().await.expect("a view");
    let grants = view.episodes().grants_to(&who).await.expect("grants");
    let stored = view.episodes().find(&asker("coordinator", true), id).await.expect("an answer");
    let state = stored.expect("an episode").state;
    let roles = demo::person(code).expect("a person").roles;
    let principal = Principal {
        subject: who.subject,
        organisation: who.organisation,
        roles: roles.iter().filter_map(|role| Role::parse(role)).collect(),
        grants: grants.into_iter().map(|stored| stored.grant).collect(),
    };
    (principal, EpisodeFacts::of(&state.episode, state.protection, [], false))
}

pub(super) fn now() -> Moment {
    Moment::parse("2026-11-23T12:00:00Z").expect("a moment")
}

fn subject(code: &str) -> Subject {
    Subject::new(demo::ISSUER, code).expect("a subject")
}

fn organisation(code: &str) -> Organisation {
    Organisation::new(&demo::person(code).expect("a person").organisation).expect("an organisation")
}

pub(super) fn asker(code: &str, authority: bool) -> Asker {
    let organisation = Some(organisation(code)).filter(|_| code != "parent");
    Asker { actor: Actor::new(format!("test-{code}")), subject: subject(code), organisation, authority }
}
