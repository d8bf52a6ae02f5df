//! The table of access over HTTP: every operation has an action, and what the server answers is what `authorise` says, for
//! each person of the demo, in each situation, on both stores.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU32, Ordering},
};

use assessment_people::{
    access::{Action, Answer, Decision, EpisodeFacts, Principal, Resource, TABLE, authorise},
    id::EpisodeId,
};
use assessment_server::{Needs, OPERATIONS};
use assessment_team::RecordKind;
use serde_json::{Value, json};

use super::{
    Person, body, member, on_both,
    situations::{Made, SITUATIONS, known, make, now},
};
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
pub(in crate::routes) const TRIED: [Tried; 49] = [
    ("read_episode", Action::ReadEpisode, "GET", "", (200, "")),
    ("list_versions", Action::ListVersions, "GET", "/versions", (200, "")),
    ("read_version", Action::ReadVersion, "GET", "/versions/1", (200, "")),
    ("compare_versions", Action::CompareVersions, "GET", "/versions/2/differences", (200, "")),
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
    ("read_team_record", Action::ReadTeamRecords, "GET", "/team-records/plan/1", (200, "")),
    ("list_kept_team_versions", Action::ReadTeamRecords, "GET", "/team-records/plan/1/kept", (200, "")),
    ("read_meeting_calendar", Action::ReadTeamRecords, "GET", "/team-records/meeting/1/calendar", (200, "")),
    ("save_team_record", Action::WriteTeamRecords, "PUT", "/team-records/plan/1", (412, "stale-revision")),
    (
        "complete_team_record",
        Action::CompleteTeamRecord,
        "POST",
        "/team-records/plan/1/completion",
        (412, "stale-revision"),
    ),
    (
        "circulate_minutes",
        Action::CirculateMinutes,
        "POST",
        "/team-records/meeting/1/circulations",
        (204, ""),
    ),
    ("close_episode", Action::Close, "POST", "/closure", (412, "stale-revision")),
    ("reopen_episode", Action::Reopen, "POST", "/reopening", (412, "stale-revision")),
    ("hand_over_episode", Action::HandOver, "PUT", "/holder", (412, "stale-revision")),
    ("exclude_from_episode", Action::Exclude, "POST", "/exclusions", (412, "stale-revision")),
    ("lift_exclusion", Action::LiftExclusion, "POST", "/exclusions/lifted", (412, "stale-revision")),
    ("merge_episode", Action::MergeEpisode, "POST", "/merge", (412, "stale-revision")),
    ("undo_episode_merge", Action::UndoMergeEpisode, "DELETE", "/merge", (412, "stale-revision")),
    ("look_at_amendments", Action::LookAtAmendments, "POST", "/looked-at", (412, "stale-revision")),
    ("refer_episode", Action::Refer, "POST", "/referral", (412, "stale-revision")),
    ("list_sent_referrals", Action::ReadReferral, "GET", "/referral", (200, "")),
    (
        "take_back_written_referral",
        Action::WriteReferral,
        "POST",
        "/referral/not-written",
        (412, "stale-revision"),
    ),
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
    ("export_subject_access", Action::ExportSubjectAccess, "GET", "/subject-access/REQUEST", (200, "")),
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

/// Operations on a team's record that show answers of it, or pass them on.
const ANSWERS: [(&str, RecordKind); 4] = [
    ("read_team_record", RecordKind::Plan),
    ("list_kept_team_versions", RecordKind::Plan),
    ("read_meeting_calendar", RecordKind::Meeting),
    ("circulate_minutes", RecordKind::Meeting),
];

/// What is allowed never answers like what is refused: a route that asked nobody's leave would not be noticed.
#[test]
fn what_is_allowed_answers_otherwise_than_what_is_refused() {
    const REFUSED: [(u16, &str); 5] = [
        (401, "sign-in-needed"),
        (403, "reason-needed"),
        (403, "forbidden"),
        (404, "not-found"),
        (409, "not-now"),
    ];
    let people = super::people_cells::TRIED.map(|(operation, .., allowed)| (operation, allowed));
    for (operation, allowed) in
        TRIED.map(|(operation, .., allowed)| (operation, allowed)).into_iter().chain(people)
    {
        assert!(!REFUSED.contains(&allowed), "{operation}: {allowed:?}");
    }
}

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
        let Made { episode, record, request, .. } = make(&app, &people["teacher"], situation).await;
        let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
        for code in PEOPLE {
            let (principal, facts) = known(&app, code, id).await;
            for (operation, action, method, rest, allowed) in TRIED {
                for with_reason in [false, true] {
                    if method == "SUBMIT" && with_reason {
                        continue;
                    }
                    let rest = rest.replace("REQUEST", &request);
                    let reply = ask(&people[code], (&episode, &record), method, &rest, with_reason).await;
                    let said = (reply.0, reply.1.as_str());
                    let shown = ANSWERS.iter().find(|(id, _)| *id == operation).map(|(_, kind)| *kind);
                    let expected = expected(&principal, action, &facts, with_reason, (shown, allowed));
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
    assert_eq!(cells, SITUATIONS.len() * PEOPLE.len() * 96);
}

fn expected(
    principal: &Principal,
    action: Action,
    facts: &EpisodeFacts,
    with_reason: bool,
    (shown, allowed): (Option<RecordKind>, (u16, &'static str)),
) -> (u16, &'static str) {
    match authorise(Some(principal), action, &Resource::Episode(facts), now()) {
        Decision::Allowed(found) if found.sight(with_reason).is_none() => (403, "reason-needed"),
        // That there is one, and no answer of it.
        Decision::Allowed(found)
            if shown.is_some_and(|kind| {
                found.sight(with_reason).is_some_and(|sight| !sight.sections().contains(kind.section()))
            }) =>
        {
            (403, "not-in-sight")
        }
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

/// An id that nothing has.
pub(super) fn new_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("5e7a3b52-0c9d-4b3e-9a53-0000{:08x}", LAST.fetch_add(1, Ordering::Relaxed))
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
            "id": new_id(), "revision": 1, "to": ["Nobody"],
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
        "/referral" => super::referral::asked("agrees"),
        "/referral/not-written" => json!({ "reason": "Because" }),
        "/referral/written" => json!({ "by": "email" }),
        "/referral/answer" => json!({ "answer": "accepted" }),
        other => panic!("nothing to send to {other}"),
    }
}
