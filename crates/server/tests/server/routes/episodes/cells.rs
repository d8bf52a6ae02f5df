//! The table of access over HTTP: every operation has an action, and what the server answers is what `authorise` says, for
//! each person of the demo, in each situation, on both stores.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::{Action, Answer, Decision, EpisodeFacts, Principal, Resource, Role, TABLE, authorise},
    episode::{Closure, ClosureReason, Excluded, StillOpen},
    id::EpisodeId,
    moment::Moment,
    protection::Protection,
    who::{Organisation, Stamp, Subject, Who},
};
use assessment_server::{
    Needs, OPERATIONS,
    actor::Actor,
    sign_in::demo,
    store::{audit::AuditAction, episodes::Asker},
};
use serde_json::{Value, json};

use super::{Person, body, member, on_both};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    the_server_answers_as_the_table_says_b39;
}

pub(super) const PEOPLE: [&str; 8] = [
    "teacher",
    "health-visitor",
    "youth-worker",
    "safeguarding-lead",
    "coordinator",
    "duty-and-advice",
    "parent",
    "auditor",
];

#[test]
fn every_operation_has_an_action_with_rows_or_is_public() {
    let document: Value = serde_json::from_str(&assessment_server::openapi_document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.values().flat_map(|path| path.as_object().expect("operations").values());
    let published: BTreeSet<&str> = operations.filter_map(|one| one["operationId"].as_str()).collect();
    let listed: BTreeSet<&str> = OPERATIONS.iter().map(|(id, _)| *id).collect();
    assert_eq!(published, listed);
    assert_eq!(listed.len(), OPERATIONS.len());
    for (id, needs) in OPERATIONS {
        let Needs::Action(actions) = needs else { continue };
        for action in *actions {
            assert!(TABLE.iter().any(|row| row.actions.contains(action)), "{id}: {action:?} has no row");
        }
    }
}

/// An operation and its action, method, what follows the episode's address, and the answer where it is allowed.
pub(in crate::routes) type Tried = (&'static str, Action, &'static str, &'static str, (u16, &'static str));

/// What is tried.
pub(in crate::routes) const TRIED: [Tried; 46] = [
    ("read_episode", Action::ReadEpisode, "GET", "", (200, "")),
    ("list_versions", Action::ListVersions, "GET", "/versions", (200, "")),
    ("read_version", Action::ReadVersion, "GET", "/versions/1", (200, "")),
    // There is one version only.
    ("compare_versions", Action::CompareVersions, "GET", "/versions/2/differences", (404, "not-found")),
    ("list_members", Action::ListMembers, "GET", "/members", (200, "")),
    ("read_access_log", Action::ReadAccessLog, "GET", "/access-log", (200, "")),
    // No change is made: each names a revision or a version that is not there.
    ("invite_member", Action::Invite, "POST", "/members", (412, "stale-revision")),
    ("end_membership", Action::EndMembership, "DELETE", "/members/x", (412, "stale-revision")),
    ("list_notes", Action::ReadComments, "GET", "/notes", (200, "")),
    ("add_note", Action::Comment, "POST", "/notes", (412, "stale-revision")),
    ("add_note", Action::SecondOpinion, "OPINION", "/notes", (412, "stale-revision")),
    ("list_team_records", Action::ReadTeamRecords, "GET", "/team-records", (200, "")),
    ("list_proposals", Action::WriteTeamRecords, "GET", "/proposals", (200, "")),
    ("read_timeline", Action::ReadTeamRecords, "GET", "/timeline", (200, "")),
    // Whose page it is follows from who asks; those who make copies say whose they mean.
    ("read_family_page", Action::ReadFamilyCopy, "GET", "/family-page", (200, "")),
    ("read_family_page", Action::ExportEpisode, "GET", "/family-page?reader=child", (200, "")),
    // Nothing has been written yet.
    ("read_team_record", Action::ReadTeamRecords, "GET", "/team-records/plan/1", (404, "not-found")),
    (
        "list_kept_team_versions",
        Action::ReadTeamRecords,
        "GET",
        "/team-records/plan/1/kept",
        (404, "not-found"),
    ),
    (
        "read_meeting_calendar",
        Action::ReadTeamRecords,
        "GET",
        "/team-records/meeting/1/calendar",
        (404, "not-found"),
    ),
    ("save_team_record", Action::WriteTeamRecords, "PUT", "/team-records/plan/1", (412, "stale-revision")),
    (
        "complete_team_record",
        Action::CompleteTeamRecord,
        "POST",
        "/team-records/plan/1/completion",
        (404, "not-found"),
    ),
    (
        "circulate_minutes",
        Action::CirculateMinutes,
        "POST",
        "/team-records/meeting/1/circulations",
        (404, "not-found"),
    ),
    ("close_episode", Action::Close, "POST", "/closure", (412, "stale-revision")),
    ("reopen_episode", Action::Reopen, "POST", "/reopening", (412, "stale-revision")),
    ("hand_over_episode", Action::HandOver, "PUT", "/holder", (412, "stale-revision")),
    ("exclude_from_episode", Action::Exclude, "POST", "/exclusions", (412, "stale-revision")),
    ("lift_exclusion", Action::LiftExclusion, "POST", "/exclusions/lifted", (412, "stale-revision")),
    ("merge_episode", Action::MergeEpisode, "POST", "/merge", (412, "stale-revision")),
    ("undo_episode_merge", Action::UndoMergeEpisode, "DELETE", "/merge", (412, "stale-revision")),
    ("look_at_amendments", Action::LookAtAmendments, "POST", "/looked-at", (412, "stale-revision")),
    ("write_referral", Action::WriteReferral, "POST", "/referral/written", (412, "stale-revision")),
    ("answer_referral", Action::AnswerReferral, "POST", "/referral/answer", (412, "stale-revision")),
    ("step_up_episode", Action::StepUp, "POST", "/step-up", (412, "stale-revision")),
    ("step_down_episode", Action::StepDown, "POST", "/step-down", (412, "stale-revision")),
    ("begin_transfer", Action::BeginTransfer, "POST", "/transfer", (412, "stale-revision")),
    ("cancel_transfer", Action::CancelTransfer, "POST", "/transfer/cancelled", (412, "stale-revision")),
    ("finish_transfer", Action::FinishTransfer, "POST", "/transfer/finished", (412, "stale-revision")),
    ("read_assessment", Action::ReadVersion, "RECORD", "", (200, "")),
    ("place_hold", Action::PlaceHold, "POST", "/holds", (412, "stale-revision")),
    ("lift_hold", Action::LiftHold, "DELETE", "/holds/x", (412, "stale-revision")),
    ("erase_episode", Action::Erase, "DELETE", "", (412, "stale-revision")),
    ("open_access_request", Action::ExportSubjectAccess, "POST", "/subject-access", (412, "stale-revision")),
    ("export_subject_access", Action::ExportSubjectAccess, "GET", "/subject-access/x", (404, "not-found")),
    (
        "close_access_request",
        Action::ExportSubjectAccess,
        "DELETE",
        "/subject-access/x",
        (412, "stale-revision"),
    ),
    ("submit_assessment", Action::SendVersion, "SUBMIT", "new_version", (409, "newer-version")),
    ("submit_assessment", Action::CorrectVersion, "SUBMIT", "correction", (409, "newer-version")),
];

async fn the_server_answers_as_the_table_says_b39(app: App) {
    for (operation, action, ..) in TRIED {
        let (_, needs) = OPERATIONS.iter().find(|(id, _)| *id == operation).expect("an operation");
        assert!(matches!(needs, Needs::Action(actions) if actions.contains(&action)), "{operation}");
    }
    let mut people = BTreeMap::new();
    for code in PEOPLE {
        people.insert(code, Person::new(&app, code).await);
    }
    let mut cells = 0;
    let mut wrong = Vec::new();
    for situation in SITUATIONS {
        let (episode, record) = make(&app, &people["teacher"], situation).await;
        let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
        for code in PEOPLE {
            let (principal, facts) = known(&app, code, id).await;
            for (operation, action, method, rest, allowed) in TRIED {
                for with_reason in [false, true] {
                    if method == "SUBMIT" && with_reason {
                        continue;
                    }
                    let reply = ask(&people[code], (&episode, &record), method, rest, with_reason).await;
                    let said = (reply.0, reply.1.as_str());
                    let expected = expected(&principal, action, &facts, with_reason, allowed);
                    cells += 1;
                    if said != expected {
                        wrong.push(format!(
                            "{situation} {code} {operation} reason {with_reason}: {said:?}, and not {expected:?}"
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    assert_eq!(cells, SITUATIONS.len() * PEOPLE.len() * 90);
}

fn expected(
    principal: &Principal,
    action: Action,
    facts: &EpisodeFacts,
    with_reason: bool,
    allowed: (u16, &'static str),
) -> (u16, &'static str) {
    match authorise(Some(principal), action, &Resource::Episode(facts), now()) {
        Decision::Allowed(found) if found.sight(with_reason).is_none() => (403, "reason-needed"),
        Decision::Allowed(_) => allowed,
        Decision::Refused(refused) => match refused.answer {
            Answer::SignIn => (401, "sign-in-needed"),
            Answer::Unknown => (404, "not-found"),
            Answer::Forbidden => (403, "forbidden"),
            Answer::NotNow => (409, "not-now"),
        },
    }
}

async fn ask(
    who: &Person<'_>,
    (episode, record): (&str, &str),
    method: &str,
    rest: &str,
    with_reason: bool,
) -> (u16, String) {
    let mut headers = vec![("if-match", "\"999\"")];
    if with_reason {
        headers.push(("access-reason", "Because"));
    }
    let reply = match method {
        "SUBMIT" => {
            let mut sent = body(&complete(fixed_today()));
            let id = episode.rsplit('/').next().expect("an id");
            sent["episode"] = json!({
                "id": id, "started_from": "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", "kind": rest, "reason": "Because"
            });
            who.submit(&format!("{id}-{rest}"), &sent).await
        }
        "RECORD" => who.ask("GET", record, &headers[1..], None).await,
        "OPINION" => {
            let mut new = change(rest);
            (new["kind"], new["level"]) = (json!("second_opinion"), json!("L3"));
            who.ask("POST", &format!("{episode}{rest}"), &headers, Some(new)).await
        }
        "POST" | "PUT" => who.ask(method, &format!("{episode}{rest}"), &headers, Some(change(rest))).await,
        other => {
            who.ask(other, &format!("{episode}{rest}"), &headers[usize::from(other == "GET")..], None).await
        }
    };
    let code = if reply.status < 300 {
        String::new()
    } else {
        reply.json()["code"].as_str().unwrap_or_default().to_owned()
    };
    (reply.status, code)
}

/// A change that would be taken of the right revision.
fn change(rest: &str) -> Value {
    let excluded = json!({ "organisation": "Headingley Clinic" });
    match rest {
        "/members" => member("nobody", Some("Woodhouse Moor Primary School"), "tac_member"),
        "/notes" => json!({
            "id": "5e7a3b52-0c9d-4b3e-9a53-0000000000aa", "kind": "comment", "words": "Nothing yet.",
        }),
        "/holds" => json!({}),
        "/subject-access" => json!({ "received_on": "2026-11-20" }),
        "/team-records/plan/1" => json!({ "record": { "form_version": "plan-2026.1" } }),
        "/team-records/plan/1/completion" => json!({}),
        "/team-records/meeting/1/circulations" => json!({
            "id": "5e7a3b52-0c9d-4b3e-9a53-0000000000bb", "revision": 1, "to": ["Nobody"],
        }),
        "/closure" => json!({ "reason": "needs_met" }),
        "/reopening" => json!({ "reason": "Because" }),
        "/holder" => excluded,
        "/exclusions" => excluded,
        "/exclusions/lifted" => json!({ "excluded": excluded, "reason": "Because" }),
        "/merge" => json!({ "into": "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f" }),
        "/looked-at" => json!({}),
        "/step-up" => json!({}),
        "/step-down" => json!({ "why": "The plan has ended.", "still_needed": "Help with sleep." }),
        "/transfer" => json!({ "to": "Ribbleshire Council" }),
        "/transfer/cancelled" => json!({ "reason": "Because" }),
        "/transfer/finished" => json!({ "accepted": "By telephone." }),
        "/referral/written" => json!({ "by": "email" }),
        "/referral/answer" => json!({ "answer": "accepted" }),
        other => panic!("nothing to send to {other}"),
    }
}

pub(super) const SITUATIONS: [&str; 9] =
    ["own", "referred", "team", "confidential", "shielded", "closed", "expired", "excluded", "declined"];

/// An episode of the teacher's in a situation. Everybody is in the team, but for "own" and "referred".
pub(super) async fn make(app: &App, teacher: &Person<'_>, situation: &str) -> (String, String) {
    let mut answers = complete(fixed_today());
    if situation == "referred" {
        answers["conclusions"]["decision"] = json!("R4");
        answers["conclusions"]["decision_reason"] =
            json!("Bruises that nobody explains; I rang them at noon.");
    }
    let sent = teacher.submit(situation, &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let record = format!("/api/v1/assessments/{}", sent.json()["id"].as_str().expect("an id"));
    let id =
        assessment_people::id::VersionId::parse(sent.json()["id"].as_str().expect("an id")).expect("an id");
    let everywhere = asker("coordinator", true);
    let mut view = app.store.view().await.expect("a view");
    let id = view.episodes().of_version(&everywhere, id).await.expect("an answer").expect("an episode");
    drop(view);
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
    bring_about(app, id, situation).await;
    (episode, record)
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
