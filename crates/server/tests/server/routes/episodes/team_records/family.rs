//! What somebody of the family reads of the plan: their own page and nobody else's, and nothing where a telling rule says so.

use assessment_people::{access::Action, id::EpisodeId};
use assessment_server::store::audit::AuditAction;
use serde_json::{Value, json};

use super::{App, Person, Team, let_in, meeting, on_both, plan, review};
use crate::routes::episodes::{amendment, situations::asker};

on_both! {
    people_of_the_family_read_their_own_page_and_nobody_elses_b42;
    what_was_written_since_the_family_agreed_is_not_on_its_page;
    to_the_family_a_page_that_is_kept_back_looks_like_one_that_is_not_there_yet;
    a_copy_is_made_by_those_who_see_what_it_is_made_from;
}

/// The demo's parent, and another one who lives elsewhere.
fn parents() -> Value {
    json!([
        { "name": "Kelly-Anne Moss", "relationship": "mother", "not_to_be_told": "none" },
        { "name": "Lee Moss", "relationship": "father", "not_to_be_told": "none" },
    ])
}

/// A team into whose record the mother was let in.
async fn begun(app: &App) -> Team<'_> {
    let team = Team::new(app).await;
    amend(&team, "two parents", |answers| answers["parents_and_carers"] = parents()).await;
    assert_eq!(team.lead.invite(&team.episode, "parent", None, "family_viewer").await.status, 201);
    team
}

/// The same, with an agreed plan and a meeting that are finished, and a review that is not.
async fn agreed(app: &App) -> Team<'_> {
    let team = begun(app).await;
    agree(&team).await;
    team
}

async fn agree(team: &Team<'_>) {
    let mut held = meeting();
    held["status"] = json!("held");
    held["on"] = json!("2026-11-23");
    held["purpose"] = json!("To agree a plan.");
    held["chair"] = json!("Bernadette Oyelaran");
    held["note_taker"] = json!("Priya Raman");
    held["people"][0]["attendance"] = json!("attended");
    held["child_voice"] = json!("I miss my cat.");
    held["child_voice_method"] = json!(["words"]);
    held["family_views"] = json!([
        { "id": "view-1", "name": "Kelly-Anne Moss", "said": "I am so tired.", "method": ["words"] },
        { "id": "view-2", "name": "Lee Moss", "said": "I want to help.", "method": ["words"] },
    ]);
    held["points"] = json!([{ "id": "point-1", "source": "School nurse", "point": "He sleeps four hours." }]);
    held["risk_factors"] = json!("Rows at night.");
    held["protective_factors"] = json!("Gran is near.");
    held["decisions"] = json!([{ "id": "decision-1", "decision": "A plan.", "reason": "Sleep." }]);
    held["actions"] = json!([{
        "id": "ma-1", "action_id": "action-1", "action": "Ring the school nurse about sleep.",
        "who": "Bernadette Oyelaran", "by_when": "2026-12-11",
    }]);
    held["next_on"] = json!("2027-01-04");
    for (record, answers) in [("plan/1", plan()), ("meeting/1", held)] {
        let revision = team.saved(&team.lead, record, 0, &answers).await;
        let completed = team.complete(&team.lead, record, revision).await;
        assert_eq!(completed.status, 200, "{record}: {}", completed.text);
    }
    // Nobody has finished this one: it is nobody's words yet.
    team.saved(&team.lead, "review/1", 0, &review()).await;
}

async fn amend(team: &Team<'_>, key: &str, change: impl FnOnce(&mut Value)) {
    let versions = team.lead.get(&format!("{}/versions", team.episode)).await.json();
    let newest = versions["versions"].as_array().and_then(|all| all.last()).expect("a version").clone();
    let mut body = amendment(&team.episode, newest["id"].as_str().expect("an id"), "correction", key);
    change(&mut body["answers"]);
    let sent = team.lead.submit(&key.replace(' ', "-"), &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
}

async fn page(who: &Person<'_>, team: &Team<'_>, reader: &str) -> Value {
    let reply = who.get(&format!("{}/family-page{reader}", team.episode)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

async fn people_of_the_family_read_their_own_page_and_nobody_elses_b42(app: App) {
    let team = agreed(&app).await;
    let mother = Person::new(&app, "parent").await;
    let hers = page(&mother, &team, "").await;
    assert_eq!(hers["reader"], json!({ "reader": "parent.0", "name": "Kelly-Anne Moss" }));
    assert!(hers.get("readers").is_none() && hers.get("why_not").is_none(), "{hers}");
    let said = hers["page"].to_string();
    for words in
        ["Mornings without shouting.", "Ring the school nurse about sleep.", "I am so tired.", "2026-12-11"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    for words in ["I miss my cat.", "I want to help.", "four hours", "Rows at night", "late twice"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
    // She chooses nobody else's page, and reads no record.
    for reader in ["?reader=child", "?reader=parent.0", "?reader=parent.1"] {
        mother.get(&format!("{}/family-page{reader}", team.episode)).await.refused(403, "forbidden");
    }
    // The one who makes copies sees each page as its reader does.
    assert_eq!(page(&team.lead, &team, "?reader=parent.0").await["page"], hers["page"]);
    let childs = page(&team.lead, &team, "?reader=child").await;
    assert!(childs["page"].to_string().contains("I miss my cat."));
    assert!(!childs["page"].to_string().contains("I am so tired."));
    let fathers = page(&team.lead, &team, "?reader=parent.1").await["page"].to_string();
    assert!(fathers.contains("I want to help.") && !fathers.contains("I am so tired."));
    assert_eq!(childs["readers"].as_array().map(Vec::len), Some(3));
    for reader in ["service.school", "parent.00", "parent.x", "", "blank"] {
        let reply = team.lead.get(&format!("{}/family-page?reader={reader}", team.episode)).await;
        assert_eq!(reply.status, 400, "{reader}");
    }
    assert_eq!(page(&team.lead, &team, "?reader=parent.7").await["why_not"], json!("nobody"));
    // Her own page is for the family alone.
    team.lead.get(&format!("{}/family-page", team.episode)).await.refused(403, "forbidden");
}

async fn what_was_written_since_the_family_agreed_is_not_on_its_page(app: App) {
    let team = agreed(&app).await;
    let mother = Person::new(&app, "parent").await;
    let mut since = team.read("plan/1").await["record"].clone();
    since["outcomes"][0]["desired_outcome"] = json!("Something that nobody has agreed to.");
    since["outcomes"][0]["actions"][0]["status"] = json!("in_progress");
    team.saved(&team.lead, "plan/1", 1, &since).await;
    let page = page(&mother, &team, "").await["page"].clone();
    assert_eq!(page["aims"][0]["promises"][0]["status"], "in_progress");
    assert!(!page.to_string().contains("nobody has agreed"), "{page}");
    assert_eq!(team.complete(&team.lead, "plan/1", 2).await.status, 200);
    assert!(self::page(&mother, &team, "").await.to_string().contains("nobody has agreed"));
}

async fn to_the_family_a_page_that_is_kept_back_looks_like_one_that_is_not_there_yet(app: App) {
    let team = begun(&app).await;
    let mother = Person::new(&app, "parent").await;
    let none_yet = page(&mother, &team, "").await;
    assert!(none_yet.get("page").is_none(), "{none_yet}");
    agree(&team).await;
    assert!(page(&mother, &team, "").await.get("page").is_some());
    for (key, not_to_be_told, name, why) in [
        ("kept from her", "not_told", "Kelly-Anne Moss", "kept_from"),
        ("another name", "none", "K Moss", ""),
    ] {
        amend(&team, key, |answers| {
            answers["parents_and_carers"] = parents();
            answers["parents_and_carers"][0]["not_to_be_told"] = json!(not_to_be_told);
            answers["parents_and_carers"][0]["name"] = json!(name);
        })
        .await;
        assert_eq!(page(&mother, &team, "").await, none_yet, "{key}");
        if !why.is_empty() {
            assert_eq!(page(&team.lead, &team, "?reader=parent.0").await["why_not"], json!(why));
        }
    }
    // Nor whom it is shared with: who was let in may say what it is about.
    assert_ne!(team.lead.get(&team.episode).await.json()["shared_with"], json!([]));
    assert_eq!(mother.get(&team.episode).await.json()["shared_with"], json!([]));
    let before = told(&mother, &team).await;
    // Nobody of the family is to hear of it: the rule pack says so.
    amend(&team, "danger", |answers| {
        answers["parents_and_carers"] = parents();
        answers["elements"]["identity"] = json!({ "status": "recorded", "indicators": { "ID-401": "yes" } });
        answers["conclusions"]["decision_reason"] = json!("The police said what we may do.");
    })
    .await;
    assert_eq!(page(&mother, &team, "").await, none_yet);
    assert_eq!(page(&team.lead, &team, "?reader=child").await["why_not"], json!("telling"));
    // Nor can she tell from anything else that she reads.
    assert_eq!(team.lead.get(&team.episode).await.json()["shown"]["urgent"], json!(true));
    assert_eq!(told(&mother, &team).await, before);
    // Nor when somebody last worked on it.
    let changed_at =
        async |who: &Person<'_>| who.get(&team.episode).await.json()["shown"]["changed_at"].clone();
    let (hers, theirs) = (changed_at(&mother).await, changed_at(&team.lead).await);
    later(&app, &team.episode).await;
    assert_eq!(changed_at(&mother).await, hers);
    assert_ne!(changed_at(&team.lead).await, theirs);
}

/// A change to the episode a day later, of which its history has nothing.
async fn later(app: &App, episode: &str) {
    let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
    let (who, at) = (asker("coordinator", true), "2026-11-24T12:00:00Z".parse().expect("a moment"));
    let mut work = app.store.begin().await.expect("a unit of work");
    let found = work.episodes().find(&who, id).await.expect("an answer").expect("an episode");
    work.episodes().replace(&who, &found.state, found.revision, at).await.expect("replaced");
    work.save(&who.actor, AuditAction::Episode(Action::HandOver, id), at).await.expect("saved");
}

/// What she reads of the episode beside her page, without what every new version changes.
async fn told(who: &Person<'_>, team: &Team<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    for path in [team.episode.as_str(), "/api/v1/episodes", "/api/v1/me/due"] {
        let mut reply = who.get(path).await.json();
        for shown in ["/shown", "/episodes/0/shown"] {
            if let Some(shown) = reply.pointer_mut(shown).and_then(Value::as_object_mut) {
                // It is that of the newest version.
                shown.remove("reference");
            }
        }
        all.push(reply);
    }
    all
}

async fn a_copy_is_made_by_those_who_see_what_it_is_made_from(app: App) {
    let team = agreed(&app).await;
    let some = let_in("safeguarding-lead", "practitioner", &(0..=12).collect::<Vec<_>>());
    assert_eq!(team.lead.invite_with(&team.episode, &some).await.status, 201);
    let writer = Person::new(&app, "safeguarding-lead").await;
    let refused = page(&writer, &team, "?reader=child").await;
    assert_eq!(refused["why_not"], json!("not_in_sight"));
    assert!(refused.get("page").is_none() && !refused.to_string().contains("cat"));
}
