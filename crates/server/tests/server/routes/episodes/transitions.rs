//! Every transition that has a route, from every state, over HTTP: compared with the table that was written by hand for the
//! domain (`crates/people/tests/people/episode/transitions.txt`), on both stores.

mod of_two;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::Action,
    episode::{Basis, Closure, ClosureReason, Episode, Excluded, Ground, ReferralAnswer, SentBy, StillOpen},
    id::EpisodeId,
    version::NewVersion,
    who::{Council, Organisation, Reason, Stamp, Subject, Who},
};
use assessment_server::{sign_in::demo, store::audit::AuditAction};
use jiff::civil::date;
use serde_json::{Value, json};

use super::{
    Person, on_both,
    situations::{asker, now},
    team_records::{meeting, of, plan, review},
};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    every_transition_with_a_route_answers_as_the_table_written_by_hand_says;
    every_step_that_a_team_s_record_brings_is_as_the_table_written_by_hand_says;
}

const EXPECTED: &str = include_str!("../../../../../people/tests/people/episode/transitions.txt");

/// A transition: its code in the table, who tries it, method, what follows the episode's address, and the body.
type Tried = (&'static str, &'static str, &'static str, &'static str, fn() -> Value);

const LEAD: &str = "teacher";
const COORDINATOR: &str = "coordinator";

const TRIED: &[Tried] = &[
    ("exclude", LEAD, "POST", "/exclusions", || json!({ "organisation": "Headingley Clinic" })),
    ("hand-over", COORDINATOR, "PUT", "/holder", || json!({ "organisation": "Aire Valley Health Visiting" })),
    ("refer", LEAD, "POST", "/referral", || super::referral::asked("agrees")),
    ("take-back-written", LEAD, "POST", "/referral/not-written", || json!({ "reason": "Still a draft." })),
    ("write-referral", LEAD, "POST", "/referral/written", || json!({ "by": "email" })),
    ("accept-referral", COORDINATOR, "POST", "/referral/answer", || json!({ "answer": "accepted" })),
    ("refuse-referral", COORDINATOR, "POST", "/referral/answer", || json!({ "answer": "not_accepted" })),
    ("step-up", LEAD, "POST", "/step-up", || json!({})),
    (
        "step-down",
        LEAD,
        "POST",
        "/step-down",
        || json!({ "why": "The plan has ended.", "still_needed": "Help with sleep." }),
    ),
    ("begin-transfer", LEAD, "POST", "/transfer", || json!({ "to": "Ribbleshire Council" })),
    (
        "transfer-lawfully",
        LEAD,
        "POST",
        "/transfer",
        || json!({ "to": "Ribbleshire Council", "lawful_reason": "delay", "words": "They moved overnight." }),
    ),
    ("cancel-transfer", LEAD, "POST", "/transfer/cancelled", || json!({ "reason": "They stay." })),
    ("finish-transfer", LEAD, "POST", "/transfer/finished", || json!({ "accepted": "By telephone." })),
    ("close", LEAD, "POST", "/closure", || json!({ "reason": "needs_met" })),
    (
        "close-stepped-up",
        LEAD,
        "POST",
        "/closure",
        || json!({ "reason": "stepped_up_s17", "words": "Social care has them." }),
    ),
    (
        "close-disengaged",
        LEAD,
        "POST",
        "/closure",
        || json!({ "reason": "not_engaged", "words": "Nobody opens.", "why_safe": "Nursery sees him daily." }),
    ),
    ("close-moved", LEAD, "POST", "/closure", || json!({ "reason": "moved_la", "words": "To Ribbleshire." })),
    ("close-died", LEAD, "POST", "/closure", || json!({ "reason": "child_died", "words": "On Sunday." })),
    (
        "lift-exclusion",
        LEAD,
        "POST",
        "/exclusions/lifted",
        || json!({ "excluded": { "organisation": "Kept out" }, "reason": "They asked." }),
    ),
    ("look", LEAD, "POST", "/looked-at", || json!({})),
    ("undo-merge", COORDINATOR, "DELETE", "/merge", || Value::Null),
    ("reopen", LEAD, "POST", "/reopening", || json!({ "reason": "It is worse again." })),
];

fn stamp() -> Stamp {
    let person = demo::person(LEAD).expect("a person");
    let subject = Subject::new(demo::ISSUER, LEAD).expect("a subject");
    let organisation = Organisation::new(&person.organisation).expect("an organisation");
    Stamp { by: Who { subject, organisation }, at: now() }
}

fn reason() -> Reason {
    Reason::new("Because").expect("a reason")
}

/// The states, by the names of the columns. Only those that have one keep the version that was sent.
fn states(sent: &Episode) -> Vec<(&'static str, Episode)> {
    let opened = || Episode::open(sent.id(), sent.child(), sent.holder().clone(), stamp());
    let asked = || opened().ask(stamp()).expect("an enquiry");
    let basis = || Basis { ground: Ground::Agreed, shared_with: std::collections::BTreeSet::new() };
    let drafting = || asked().rest_on(basis(), stamp()).expect("it was asked");
    let first = sent.versions().expect("a version").newest();
    let new = || NewVersion {
        id: first.id(),
        sent: stamp(),
        form: first.form().to_owned(),
        rules: first.rules().to_owned(),
    };
    let shared = || drafting().send(new(), None).expect("the first version");
    let active = || shared().agree_plan(stamp()).expect("it is shared");
    let front_door = || Organisation::new("Invented front door").expect("an organisation");
    let referred = || active().refer(front_door(), reason(), stamp()).expect("it is open");
    let accepted = || referred().answer_referral(ReferralAnswer::Accepted, stamp()).expect("it waits");
    let council = Council::new("Ribbleshire Council").expect("a council");
    let met = Closure::new(ClosureReason::NeedsMet, None, None).expect("complete");
    let other = EpisodeId::parse("5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f").expect("an id");
    vec![
        ("enquiry", opened()),
        ("consent_pending", asked()),
        ("drafting", drafting()),
        ("shared", shared()),
        ("tac_scheduled", shared().schedule_meeting(date(2026, 12, 1), stamp()).expect("it is shared")),
        ("plan_active", active()),
        ("in_review", active().begin_review(stamp()).expect("there is a plan")),
        ("declined", asked().refuse_agreement(stamp()).expect("it was asked")),
        ("referred", referred()),
        ("accepted", accepted()),
        ("stepped_up", accepted().step_up(stamp()).expect("social care accepted")),
        ("transferring", active().begin_transfer(council, Ground::Agreed, stamp()).expect("agreed")),
        ("closed", shared().close(met, &StillOpen::new(), stamp()).expect("it is open")),
        ("merged", shared().merge_into(other, stamp()).expect("two episodes")),
    ]
}

fn expected() -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = EXPECTED.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.collect()))
    });
    rows.collect()
}

/// The episode as it is stored.
async fn stored(app: &App, id: EpisodeId) -> Episode {
    let mut view = app.store.view().await.expect("a view");
    let found = view.episodes().find(&asker(COORDINATOR, true), id).await.expect("an answer");
    found.expect("an episode").state.episode
}

/// Puts the episode into a state.
async fn put(app: &App, episode: &Episode) {
    let everywhere = asker(COORDINATOR, true);
    let mut work = app.store.begin().await.expect("a unit of work");
    let found = work.episodes().find(&everywhere, episode.id()).await.expect("an answer");
    let found = found.expect("an episode");
    let mut state = found.state;
    state.episode = episode.clone();
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    work.episodes().replace(&everywhere, &state, found.revision, at).await.expect("replaced");
    let action = AuditAction::Episode(Action::HandOver, episode.id());
    work.save(&everywhere.actor, action, at).await.expect("saved");
}

async fn every_transition_with_a_route_answers_as_the_table_written_by_hand_says(app: App) {
    let lead = Person::new(&app, LEAD).await;
    let coordinator = Person::new(&app, COORDINATOR).await;
    // Her organisation is known once she has signed in.
    let _ = Person::new(&app, "health-visitor").await;
    let path = lead.start().await;
    let id = EpisodeId::parse(path.rsplit('/').next().expect("an id")).expect("an id");
    let expected = expected();
    let mut wrong = Vec::new();
    let mut cells = 0;
    for (index, (name, before)) in states(&stored(&app, id).await).into_iter().enumerate() {
        for (code, who, method, rest, body) in TRIED {
            let before = prepared(code, before.clone());
            put(&app, &before).await;
            let person = if *who == LEAD { &lead } else { &coordinator };
            let reply = person.change(method, &path, rest, body()).await;
            let after = stored(&app, id).await;
            let state = serde_json::to_value(after.state().name()).expect("a name");
            let found = if reply.status == 204 {
                if after.state().name() == before.state().name() {
                    "="
                } else {
                    state.as_str().expect("a text")
                }
                .to_owned()
            } else {
                assert_eq!(after, before, "{code} from {name} was refused and changed something");
                format!("{} {}", reply.status, reply.json()["code"].as_str().unwrap_or_default())
            };
            let cell = expected[code][index];
            // The rules of access are asked before the state, and are stricter: nobody gives away what is closed.
            let is_refused = (name == "merged" && *code != "undo-merge")
                || !is_state(cell)
                || (name, *code) == ("closed", "hand-over");
            let wanted = match cell {
                cell if !is_refused => cell.to_owned(),
                _ if ["closed", "merged"].contains(&name) => "409 not-now".to_owned(),
                _ if rest.starts_with("/referral/") => "409 no-referral".to_owned(),
                "state" | "no-version" => "409 not-now".to_owned(),
                refusal => format!("409 {refusal}"),
            };
            cells += 1;
            if found != wanted {
                wrong.push(format!("{code} from {name}: {found}, and not {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    assert_eq!(cells, 14 * TRIED.len());
}

/// The episode with what a transition takes back: somebody who may be told again was kept out before.
fn prepared(code: &str, episode: Episode) -> Episode {
    let kept_out = || Excluded::Organisation(Organisation::new("Kept out").expect("an organisation"));
    match code {
        "take-back-written" => episode.clone().write_referral(SentBy::Email, stamp()).unwrap_or(episode),
        "lift-exclusion" => episode.clone().exclude(kept_out(), stamp()).unwrap_or(episode),
        _ => episode,
    }
}

#[test]
fn every_row_of_the_table_is_tried_over_http_or_says_why_it_cannot_be() {
    let tried = TRIED.iter().map(|(code, ..)| *code).chain(TEAM_STEPS.iter().map(|step| step.code));
    let tried: BTreeSet<&str> = tried.chain(versions::TRIED).chain(of_two::TRIED).collect();
    let without: BTreeSet<&str> = EXPECTED
        .lines()
        .filter_map(|line| line.strip_prefix("# not over HTTP: "))
        .map(|line| line.split_once(' ').expect("a reason").0)
        .collect();
    let rows: BTreeSet<&str> = expected().keys().copied().collect();
    assert_eq!(tried.union(&without).copied().collect::<BTreeSet<_>>(), rows);
    assert_eq!(tried.intersection(&without).count(), 0, "what is tried needs no reason");
}

/// Whether a cell is a state, or that it stays.
fn is_state(cell: &str) -> bool {
    cell == "=" || serde_json::from_value::<assessment_people::episode::StateName>(json!(cell)).is_ok()
}

/// A step that follows from a record of the team: its code in the table, what is written in the state `shared`, and what is
/// tried then: method, what follows the episode's address, the revision in `If-Match`, and the body.
struct TeamStep {
    code: &'static str,
    before: fn() -> Option<(&'static str, Value)>,
    tried: fn() -> (&'static str, &'static str, &'static str, Option<Value>),
}

const TEAM_STEPS: &[TeamStep] = &[
    TeamStep {
        code: "schedule-meeting",
        before: || None,
        tried: || ("PUT", "meeting/1", "\"0\"", Some(json!({ "record": of("meeting/1", &meeting()) }))),
    },
    TeamStep {
        code: "cancel-meeting",
        before: || Some(("meeting/1", meeting())),
        tried: || {
            let mut cancelled = meeting();
            cancelled["status"] = json!("cancelled");
            ("PUT", "meeting/1", "\"1\"", Some(json!({ "record": of("meeting/1", &cancelled) })))
        },
    },
    TeamStep {
        code: "agree-plan",
        before: || Some(("plan/1", own_plan())),
        tried: || ("POST", "plan/1/completion", "\"1\"", None),
    },
    TeamStep {
        code: "begin-review",
        before: || None,
        tried: || ("PUT", "review/1", "\"0\"", Some(json!({ "record": of("review/1", &review()) }))),
    },
    TeamStep {
        code: "finish-review",
        before: || Some(("review/1", review())),
        tried: || ("POST", "review/1/completion", "\"1\"", None),
    },
];

/// The usual plan, with the teacher in the part of the health visitor.
fn own_plan() -> Value {
    let plan = plan().to_string().replace("Bernadette Oyelaran", "Priya Raman");
    serde_json::from_str(&plan).expect("a plan")
}

/// What the route of a step says, by the table. A record is saved whatever the state, and where the state does not take its
/// step, the episode stays as it is; what comes after the end is kept beside the record.
fn wanted(code: &str, name: &str, cells: &BTreeMap<&'static str, Vec<&'static str>>, index: usize) -> String {
    let cell = cells[code][index];
    let refused = |cell: &str| match cell {
        "state" => "409 not-now".to_owned(),
        other => format!("409 {other}"),
    };
    let is_completing = matches!(code, "agree-plan" | "finish-review");
    match (code, name) {
        (_, "merged") => "409 not-now".to_owned(),
        (_, "closed") if is_completing => "409 not-now".to_owned(),
        (_, "closed") => "409 kept".to_owned(),
        _ if is_state(cell) => cell.to_owned(),
        // One that was agreed before is agreed again, which is no step.
        (
            "agree-plan",
            "plan_active" | "in_review" | "referred" | "accepted" | "stepped_up" | "transferring",
        ) => "=".to_owned(),
        // A review that nobody said had begun begins and ends at once.
        ("finish-review", _) if is_state(cells["begin-review"][index]) => "=".to_owned(),
        _ if is_completing => refused(cell),
        _ => "=".to_owned(),
    }
}

async fn every_step_that_a_team_s_record_brings_is_as_the_table_written_by_hand_says(app: App) {
    let lead = Person::new(&app, LEAD).await;
    let expected = expected();
    let (mut wrong, mut cells, mut known) = (Vec::new(), 0, BTreeSet::new());
    for step in TEAM_STEPS {
        for index in 0..14 {
            // Each with a record of its own: what a team wrote is never taken back.
            let sent =
                lead.submit(&format!("{}-{index}", step.code), &super::body(&complete(fixed_today()))).await;
            assert_eq!(sent.status, 201, "{}", sent.text);
            let all = BTreeSet::from_iter(super::team_records::episodes_of(&lead).await);
            let id = all.difference(&known).next().expect("a new episode").clone();
            known = all;
            let path = format!("/api/v1/episodes/{id}");
            let address = |rest: &str| format!("{path}/team-records/{rest}");
            if let Some((record, answers)) = (step.before)() {
                let body = json!({ "record": of(record, &answers) });
                let saved = lead.ask("PUT", &address(record), &[("if-match", "\"0\"")], Some(body)).await;
                assert_eq!(saved.status, 200, "{}", saved.text);
            }
            let id = EpisodeId::parse(&id).expect("an id");
            let (name, before) = states(&stored(&app, id).await).swap_remove(index);
            put(&app, &before).await;
            let (method, rest, tag, body) = (step.tried)();
            let reply = lead.ask(method, &address(rest), &[("if-match", tag)], body).await;
            let after = stored(&app, id).await;
            let state = serde_json::to_value(after.state().name()).expect("a name");
            let found = match reply.status {
                200 if after.state().name() == before.state().name() => "=".to_owned(),
                200 => state.as_str().expect("a text").to_owned(),
                status => {
                    assert_eq!(after, before, "{} from {name} was refused and changed something", step.code);
                    let code = reply.json()["code"].as_str().map(str::to_owned);
                    format!("{status} {}", code.unwrap_or_else(|| "kept".to_owned()))
                }
            };
            let wanted = wanted(step.code, name, &expected, index);
            cells += 1;
            if found != wanted {
                wrong.push(format!("{} from {name}: {found}, and not {wanted}", step.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    assert_eq!(cells, 14 * TEAM_STEPS.len());
}
