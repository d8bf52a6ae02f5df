//! Two people write one plan.

use serde_json::{Value, json};

use super::{App, Person, Team, of, on_both, plan, tag};

on_both! {
    two_who_each_begin_a_meeting_write_two_b9;
    a_plan_is_kept_as_typed_and_each_save_is_a_revision;
    different_answers_merge_and_the_same_answer_clashes_with_both_texts_case_b18;
    a_run_of_offline_changes_is_judged_against_where_it_started_case_b19;
    a_flag_has_something_to_show_and_is_settled_once_case_b19;
    a_repeat_stores_nothing_and_gives_what_is_there_now_case_b18;
    many_at_once_lose_nothing_b9;
    what_was_typed_while_a_session_ended_is_saved_after_signing_in_again_case_b20;
    what_no_question_takes_is_refused_and_nothing_is_stored;
}

fn with(mut plan: Value, path: &str, value: Value) -> Value {
    *plan.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
    plan
}

const GOAL: &str = "/long_term_goal";
const ACTION: &str = "/outcomes/0/actions/0/action";
const BY_WHEN: &str = "/outcomes/0/actions/0/by_when";

async fn a_plan_is_kept_as_typed_and_each_save_is_a_revision(app: App) {
    let team = Team::new(&app).await;
    let typed = with(plan(), GOAL, json!("Mr O\u{2019}Brien said:\n\n  no shouting. "));
    assert_eq!(team.saved(&team.lead, "plan/1", 0, &typed).await, 1);
    let read = team.read("plan/1").await;
    assert_eq!(read["record"], of("plan/1", &typed));
    assert_eq!(read["summary"]["saved"]["name"], "Bernadette Oyelaran");
    assert_eq!((&read["summary"]["revision"], &read["summary"]["readable"]), (&json!(1), &json!(true)));
    assert_eq!(team.saved(&team.teacher, "plan/1", 1, &plan()).await, 2);
    let old = team.lead.get(&team.path("plan/1?revision=1")).await;
    assert_eq!((&old.json()["record"], tag(&old)), (&of("plan/1", &typed), 2));
    team.lead.get(&team.path("plan/1?revision=3")).await.refused(404, "not-found");
    // Saving what is there already is no revision.
    assert_eq!(team.saved(&team.lead, "plan/1", 2, &plan()).await, 2);
    // There is one plan, and a meeting follows the last one.
    for record in ["plan/2", "meeting/2", "review/0", "note/1", "plan/01"] {
        team.save(&team.lead, record, 0, &json!({})).await.refused(404, "not-found");
    }
}

async fn different_answers_merge_and_the_same_answer_clashes_with_both_texts_case_b18(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    // Different answers merge.
    assert_eq!(team.saved(&team.lead, "plan/1", 1, &with(plan(), GOAL, json!("Calm mornings."))).await, 2);
    let merged = team.save(&team.teacher, "plan/1", 1, &with(plan(), BY_WHEN, json!("2026-12-18"))).await;
    assert_eq!((merged.status, tag(&merged)), (200, 3), "{}", merged.text);
    let both = with(with(plan(), GOAL, json!("Calm mornings.")), BY_WHEN, json!("2026-12-18"));
    assert_eq!(merged.json()["record"], of("plan/1", &both));
    // The same value is no clash.
    assert_eq!(team.saved(&team.teacher, "plan/1", 1, &with(plan(), GOAL, json!("Calm mornings."))).await, 3);
    // The same answer clashes: nothing of it is merged, and all of it is kept.
    let mine = with(with(plan(), GOAL, json!("No bruises.")), ACTION, json!("Ring the GP."));
    let clash = team.save(&team.teacher, "plan/1", 1, &mine).await;
    assert_eq!((clash.status, tag(&clash)), (409, 3), "{}", clash.text);
    let kept = &clash.json()["kept"];
    assert_eq!((&kept["why"], &kept["base"], &kept["against"]), (&json!("clash"), &json!(1), &json!(3)));
    assert_eq!(
        kept["clashes"],
        json!([{
            "path": "long_term_goal",
            "base": "Mornings without shouting.",
            "yours": "No bruises.",
            "theirs": "Calm mornings.",
        }])
    );
    assert_eq!(
        (&kept["sent"]["name"], &kept["theirs_saved"]["name"]),
        (&json!("Priya Raman"), &json!("Priya Raman"))
    );
    assert_eq!(kept["record"], of("plan/1", &mine));
    assert_eq!(team.read("plan/1").await["record"], of("plan/1", &both));
    assert_eq!(team.listed("plan", 1).await["kept"], 1);
    // Ticks never clash.
    let ticked = |codes: &[&str]| {
        let mut plan = both.clone();
        plan["outcomes"][0]["sf_outcomes"] = json!(codes);
        plan
    };
    assert_eq!(team.saved(&team.lead, "plan/1", 3, &ticked(&["SF01"])).await, 4);
    let merged = team.save(&team.teacher, "plan/1", 3, &ticked(&["SF02"])).await;
    assert_eq!(
        merged.json()["record"]["outcomes"][0]["sf_outcomes"],
        json!(["SF01", "SF02"]),
        "{}",
        merged.text
    );
    // A row that one took away and the other changed is a clash.
    let mut without = ticked(&["SF01", "SF02"]);
    without["outcomes"][0]["actions"] = json!([]);
    assert_eq!(team.saved(&team.lead, "plan/1", 5, &without).await, 6);
    let changed = with(ticked(&["SF01", "SF02"]), ACTION, json!("Ring the GP today."));
    let clash = team.save(&team.teacher, "plan/1", 5, &changed).await;
    assert_eq!(clash.status, 409, "{}", clash.text);
    assert_eq!(clash.json()["kept"]["clashes"][0]["path"], "outcomes[0].actions[0]");
    assert_eq!(clash.json()["kept"]["clashes"][0].get("theirs"), None);
    // Without a revision, or from one that there is not yet.
    let body = json!({ "record": of("plan/1", &plan()) });
    let path = team.path("plan/1");
    team.lead.ask("PUT", &path, &[], Some(body.clone())).await.refused(428, "precondition-missing");
    let ahead = team.send(&team.lead, "plan/1", 9, body.clone()).await;
    ahead.refused(412, "stale-revision");
    assert_eq!(tag(&ahead), 6);
    for wrong in ["*", "1", "\"01\"", "\"1\", \"2\"", "W/\"1\""] {
        let refused = team.lead.ask("PUT", &path, &[("if-match", wrong)], Some(body.clone())).await;
        refused.refused(400, "bad-precondition");
    }
}

async fn a_run_of_offline_changes_is_judged_against_where_it_started_case_b19(app: App) {
    let mut ends = Vec::new();
    for (swapped, lead, colleague) in
        [(false, "health-visitor", "teacher"), (true, "teacher", "health-visitor")]
    {
        let team = Team::of(&app, lead, colleague).await;
        let base = with(plan(), "/outcomes/0/actions/0/who", json!("Priya Raman"));
        team.saved(&team.lead, "plan/1", 0, &base).await;
        let owner = with(base.clone(), "/outcomes/0/actions/0/who", json!("Bernadette Oyelaran"));
        let both = with(owner.clone(), BY_WHEN, json!("2026-12-18"));
        assert_eq!(team.saved(&team.lead, "plan/1", 1, &with(base, BY_WHEN, json!("2026-12-21"))).await, 2);
        let mut run = [owner, both];
        if swapped {
            run.reverse();
        }
        let mut statuses = Vec::new();
        for answers in &run {
            statuses.push(team.save(&team.teacher, "plan/1", 1, answers).await.status);
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let kept = team.kept("plan/1").await;
        let clash = kept[0]["clashes"][0].clone();
        let dates = ["base", "yours", "theirs"].map(|name| clash[name].clone());
        assert_eq!(dates, [json!("2026-12-11"), json!("2026-12-18"), json!("2026-12-21")]);
        ends.push((team.read("plan/1").await["record"].clone(), clash));
    }
    assert_eq!(ends[0], ends[1], "the order of arrival changes nothing");
}

async fn a_flag_has_something_to_show_and_is_settled_once_case_b19(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    team.saved(&team.lead, "plan/1", 1, &with(plan(), GOAL, json!("Theirs."))).await;
    let clash = team.save(&team.teacher, "plan/1", 1, &with(plan(), GOAL, json!("Mine."))).await;
    let id = clash.json()["kept"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(team.listed("plan", 1).await["kept"], team.kept("plan/1").await.len());
    team.complete(&team.lead, "plan/1", 2).await.refused(409, "kept-waits");
    let settling = |settles: &str, goal: &str| json!({ "record": of("plan/1", &with(plan(), GOAL, json!(goal))), "settles": settles });
    let unknown =
        team.send(&team.teacher, "plan/1", 2, settling("5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", "x")).await;
    unknown.refused(422, "wrong-shape");
    let settled = team.send(&team.teacher, "plan/1", 2, settling(&id, "Theirs. Mine.")).await;
    assert_eq!((settled.status, tag(&settled)), (200, 3), "{}", settled.text);
    assert_eq!(team.listed("plan", 1).await["kept"], 0);
    let kept = team.kept("plan/1").await;
    assert_eq!((kept.len(), &kept[0]["settled"]), (1, &json!(3)), "it stays reachable");
    team.send(&team.lead, "plan/1", 3, settling(&id, "Again.")).await.refused(409, "settled");
    // Keeping theirs settles it as well.
    let clash = team.save(&team.teacher, "plan/1", 1, &with(plan(), GOAL, json!("Mine again."))).await;
    let id = clash.json()["kept"]["id"].as_str().expect("an id").to_owned();
    let theirs = team.send(&team.lead, "plan/1", 3, settling(&id, "Theirs. Mine.")).await;
    assert_eq!(
        (theirs.status, team.listed("plan", 1).await["kept"].clone()),
        (200, json!(0)),
        "{}",
        theirs.text
    );
}

async fn a_repeat_stores_nothing_and_gives_what_is_there_now_case_b18(app: App) {
    let team = Team::new(&app).await;
    let first = with(plan(), GOAL, json!("First."));
    assert_eq!(team.saved(&team.lead, "plan/1", 0, &first).await, 1);
    assert_eq!(team.saved(&team.lead, "plan/1", 0, &first).await, 1);
    assert_eq!(team.saved(&team.teacher, "plan/1", 1, &with(plan(), GOAL, json!("Second."))).await, 2);
    // The reply was lost, and somebody has saved since.
    let again = team.save(&team.lead, "plan/1", 0, &first).await;
    assert_eq!((again.status, tag(&again)), (200, 2), "{}", again.text);
    assert_eq!(again.json()["record"]["long_term_goal"], "Second.");
    // From the same revision with other words it is no repeat.
    let clash = team.save(&team.lead, "plan/1", 1, &with(plan(), GOAL, json!("Third."))).await;
    assert_eq!(clash.status, 409);
    let repeated = team.save(&team.lead, "plan/1", 1, &with(plan(), GOAL, json!("Third."))).await;
    assert_eq!((repeated.status, &repeated.json()["kept"]["id"]), (409, &clash.json()["kept"]["id"]));
    assert_eq!(team.kept("plan/1").await.len(), 1);
}

async fn two_who_each_begin_a_meeting_write_two_b9(app: App) {
    let team = Team::new(&app).await;
    let begun = |purpose: &str| json!({ "purpose": purpose });
    assert_eq!(team.saved(&team.lead, "meeting/1", 0, &begun("To agree the plan.")).await, 1);
    let second = team.save(&team.teacher, "meeting/1", 0, &begun("To talk about school.")).await;
    second.refused(412, "stale-revision");
    assert_eq!(team.read("meeting/1").await["record"]["purpose"], "To agree the plan.");
    assert_eq!(team.saved(&team.teacher, "meeting/2", 0, &begun("To talk about school.")).await, 1);
    // The person who began it may have lost the reply, and typed on since.
    assert_eq!(
        team.saved(&team.lead, "meeting/1", 0, &json!({ "purpose": "To agree the plan.", "chair": "Sam" }))
            .await,
        2
    );
    // There is one plan: what two people begin there is merged.
    team.saved(&team.lead, "plan/1", 0, &json!({ "long_term_goal": "A calm home." })).await;
    assert_eq!(team.saved(&team.teacher, "plan/1", 0, &json!({ "disagreements": "None." })).await, 2);
}

async fn many_at_once_lose_nothing_b9(app: App) {
    let team = Team::new(&app).await;
    let mut base = plan();
    base["outcomes"][0]["actions"] = json!([]);
    team.saved(&team.lead, "plan/1", 0, &base).await;
    let with_row = |number: u32| {
        let mut plan = base.clone();
        plan["outcomes"][0]["actions"] =
            json!([{ "id": format!("action-{number}"), "action": format!("Word {number}.") }]);
        plan
    };
    let rows: Vec<Value> = (1..=6).map(with_row).collect();
    let saves = tokio::join!(
        team.save(&team.lead, "plan/1", 1, &rows[0]),
        team.save(&team.teacher, "plan/1", 1, &rows[1]),
        team.save(&team.lead, "plan/1", 1, &rows[2]),
        team.save(&team.teacher, "plan/1", 1, &rows[3]),
        team.save(&team.lead, "plan/1", 1, &rows[4]),
        team.save(&team.teacher, "plan/1", 1, &rows[5]),
    );
    for saved in [saves.0, saves.1, saves.2, saves.3, saves.4, saves.5] {
        assert_eq!(saved.status, 200, "{}", saved.text);
    }
    let read = team.read("plan/1").await;
    for number in 1..=6 {
        assert!(read["record"].to_string().contains(&format!("Word {number}.")), "{read}");
    }
    assert_eq!(read["summary"]["revision"], 7);
}

async fn what_was_typed_while_a_session_ended_is_saved_after_signing_in_again_case_b20(app: App) {
    let team = Team::new(&app).await;
    let mut minutes = super::meeting();
    team.saved(&team.lead, "meeting/1", 0, &minutes).await;
    let ended = team.lead.ask("DELETE", "/api/v1/session", &[], None).await;
    assert_eq!(ended.status, 204, "{}", ended.text);
    minutes["risk_factors"] = json!("He is alone after school.");
    let refused = team.save(&team.lead, "meeting/1", 1, &minutes).await;
    refused.refused(401, "session-ended");
    // Meanwhile the other editor goes on.
    let mut theirs = super::meeting();
    theirs["protective_factors"] = json!("Grandmother lives next door.");
    assert_eq!(team.saved(&team.teacher, "meeting/1", 1, &theirs).await, 2);
    let again = Person::new(&app, "health-visitor").await;
    let saved = team.save(&again, "meeting/1", 1, &minutes).await;
    assert_eq!((saved.status, tag(&saved)), (200, 3), "{}", saved.text);
    let record = &saved.json()["record"];
    assert_eq!(record["risk_factors"], "He is alone after school.");
    assert_eq!(record["protective_factors"], "Grandmother lives next door.");
}

async fn what_no_question_takes_is_refused_and_nothing_is_stored(app: App) {
    let team = Team::new(&app).await;
    let mut unknown = plan();
    unknown["shoe_size"] = json!("Mauve umbrella");
    let refused = team.save(&team.lead, "plan/1", 0, &unknown).await;
    refused.refused(422, "answers-refused");
    assert_eq!(refused.problems(), ["shoe_size unknown-question"]);
    assert!(!refused.text.contains("Mauve"), "{}", refused.text);
    for (body, status, code) in [
        (json!({ "record": plan() }), 422, "unknown-form-version"),
        (json!({ "record": { "form_version": "plan-2031.1" } }), 422, "unknown-form-version"),
        (json!({ "record": [] }), 422, "wrong-shape"),
        (json!({ "record": of("plan/1", &plan()), "author": "somebody else" }), 422, "wrong-shape"),
        (json!({}), 422, "wrong-shape"),
    ] {
        team.send(&team.lead, "plan/1", 0, body).await.refused(status, code);
    }
    team.lead.get(&team.path("plan/1")).await.refused(404, "not-found");
    let list = team.lead.get(&format!("{}/team-records", team.episode)).await.json();
    assert_eq!(list["records"], json!([]));
}
