//! Starting an episode, and later versions of it.

use assessment_people::{
    id::PersonId,
    person::{Name, System},
};
use assessment_server::actor::Actor;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Person, amendment, body,
    merging::{join, two_of_one_child},
    on_both,
};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    what_is_sent_is_an_episode_of_its_author_s;
    a_correction_starts_from_the_newest_version_and_says_why_b94;
    of_two_corrections_at_once_one_is_told_b94;
    a_correction_puts_the_child_s_record_right_and_old_names_are_found_b94;
    a_correction_takes_back_nothing_that_another_episode_of_the_child_tells_b94;
    a_repeat_of_a_correction_stores_nothing;
    somebody_who_may_not_write_starts_nothing;
    a_family_that_refused_and_a_referral_have_their_states;
}

async fn what_is_sent_is_an_episode_of_its_author_s(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let record = author.get(&episode).await;
    assert_eq!((record.status, record.header("etag")), (200, "\"1\""), "{}", record.text);
    let record = record.json();
    assert_eq!(record["shown"]["state"], "shared");
    assert_eq!(record["shown"]["holder"], "Aire Valley Health Visiting");
    assert_eq!(
        (&record["shown"]["child_name"], &record["shown"]["mine"]),
        (&json!("Teddy Example"), &json!(true))
    );
    assert_eq!(record["shown"]["due_on"], "2026-12-13");
    let versions = author.get(&format!("{episode}/versions")).await.json();
    assert_eq!(versions["versions"].as_array().map(Vec::len), Some(1));
    assert_eq!(versions["versions"][0]["sent"]["name"], "Bernadette Oyelaran");
    let version = author.get(&format!("{episode}/versions/1")).await.json();
    assert_eq!((&version["answers"], &version["whole"]), (&complete(fixed_today()), &json!(true)));
    assert_eq!(version["outcome"]["as_of"], "2026-11-23");
    // What anybody else asks for is answered like what does not exist.
    let made_up = "/api/v1/episodes/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    for stranger in ["teacher", "youth-worker", "safeguarding-lead", "duty-and-advice", "parent"] {
        let stranger = Person::new(&app, stranger).await;
        for part in ["", "/versions", "/versions/1", "/versions/2/differences", "/members", "/access-log"] {
            let (foreign, none) = (
                stranger.get(&format!("{episode}{part}")).await,
                stranger.get(&format!("{made_up}{part}")).await,
            );
            foreign.refused(404, "not-found");
            assert_eq!(foreign.text, none.text);
        }
        assert_eq!(stranger.get("/api/v1/episodes").await.json()["episodes"], json!([]));
    }
}

async fn a_correction_starts_from_the_newest_version_and_says_why_b94(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let first = newest(&author, &episode).await;
    let correction = amendment(&episode, &first, "correction", "His aunt is not his mother.");
    let sent = author.submit("second", &correction).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let versions = author.get(&format!("{episode}/versions")).await.json();
    let second = &versions["versions"][1];
    assert_eq!((&second["kind"], &second["reason"]), (&json!("correction"), &json!("Aunt rang.")));
    assert_eq!(second["started_from"], first);
    assert_eq!(second["id"], sent.json()["id"]);
    let differences = author.get(&format!("{episode}/versions/2/differences?from=1")).await.json();
    let change = json!([{
        "path": "assessment_information.reason", "change": "changed",
        "old": "Few words at his two-year review.", "new": "His aunt is not his mother."
    }]);
    assert_eq!(differences["changes"], change);
    author.get(&format!("{episode}/versions/2/differences?from=2")).await.refused(404, "not-found");
    author.get(&format!("{episode}/versions/3")).await.refused(404, "not-found");
    let list = author.get("/api/v1/episodes").await.json();
    assert_eq!(list["episodes"].as_array().map(Vec::len), Some(1), "still one episode");
}

async fn of_two_corrections_at_once_one_is_told_b94(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let first = newest(&author, &episode).await;
    let (one, two) = (
        amendment(&episode, &first, "correction", "One."),
        amendment(&episode, &first, "new_version", "Two."),
    );
    let (one, two) = tokio::join!(author.submit("one", &one), author.submit("two", &two));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text, two.text);
    let refused = if one.status == 409 { one } else { two };
    refused.refused(409, "newer-version");
    let versions = author.get(&format!("{episode}/versions")).await.json();
    assert_eq!(versions["versions"].as_array().map(Vec::len), Some(2));
}

/// An amendment of these details of the child.
fn details(episode: &str, started_from: &str, kind: &str, details: &[(&str, &str)]) -> Value {
    let mut body = amendment(episode, started_from, kind, "His name.");
    for (member, words) in details {
        body["answers"]["identifying_details"][*member] = json!(words);
    }
    body
}

async fn a_correction_puts_the_child_s_record_right_and_old_names_are_found_b94(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let child = author.get(&episode).await.json()["child"].as_str().expect("an id").to_owned();
    let record = async || author.get(&format!("/api/v1/people/{child}")).await.json();
    let finds = async |text: &str| {
        let found = author.ask("POST", "/api/v1/people/search", &[], Some(json!({ "text": text }))).await;
        found.text.contains(&child)
    };
    let before = record().await;
    assert_eq!(before["names"][0]["name"], "Teddy Example");

    let right = [("given_names", "Edward"), ("dob", "2024-02-03"), ("nhs_number", "999 000 0018")];
    let first = newest(&author, &episode).await;
    let sent = author.submit("right", &details(&episode, &first, "correction", &right)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let now = record().await;
    assert_eq!(now["names"][0], json!({ "kind": "usual", "name": "Edward Example" }));
    assert!(
        !now["names"].to_string().contains("Teddy"),
        "who does not know the old name is not told it: {now}"
    );
    assert!(finds("Teddy Example").await && finds("Edward Example").await);
    assert_eq!(now["born"][0]["from"], "2024-02-03");
    let numbers = |one: &Value| one["numbers"].as_array().expect("numbers").clone();
    let nhs = |one: &Value| {
        let all = numbers(one).into_iter().filter(|one| one["system"] == "nhs-number");
        all.map(|one| one["value"].as_str().expect("a number").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(nhs(&now), ["9990000018"], "a wrong number may be another child's");
    let did = author.get("/api/v1/me").await;
    assert_eq!(did.status, 200, "{}", did.text);

    // What is new comes first, and nothing that was right goes.
    let second = newest(&author, &episode).await;
    let new = [("given_names", "Edward"), ("dob", "2024-02-03"), ("nhs_number", "999 000 0026")];
    let mut new = details(&episode, &second, "new_version", &new);
    new["answers"]["identifying_details"]["family_name"] = json!("Sample");
    let sent = author.submit("new", &new).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let now = record().await;
    assert_eq!(now["names"][0]["name"], "Edward Sample");
    assert_eq!(nhs(&now), ["9990000026", "9990000018"]);
}

async fn a_correction_takes_back_nothing_that_another_episode_of_the_child_tells_b94(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (kept, merged) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let child = teacher.get(&kept).await.json()["child"].as_str().expect("an id").to_owned();
    let id = PersonId::from_uuid(Uuid::parse_str(&child).expect("an id"));
    let record = async || {
        let mut view = app.store.view().await.expect("a view");
        view.people().find(&Actor::new("seed"), id).await.expect("an answer").expect("found").person
    };
    let send = async |who: &Person<'_>, key: &str, episode: &str, said: &[(&str, &str)]| {
        let from = newest(who, episode).await;
        let sent = who.submit(key, &details(episode, &from, "correction", said)).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    };
    let wrong = [("nhs_number", "999 000 0018")];
    send(&visitor, "theirs", &merged, &wrong).await;
    send(&teacher, "ours", &kept, &wrong).await;
    send(&teacher, "right", &kept, &[("given_names", "Edward"), ("nhs_number", "999 000 0026")]).await;
    let now = record().await;
    let numbers: Vec<&str> = now.identifiers_of(System::NhsNumber).map(|one| one.value()).collect();
    assert_eq!(numbers, ["9990000026", "9990000018"]);
    let first = &now.names[..2];
    assert_eq!(first, [Name::usual("Edward", "Example"), Name::usual("Teddy", "Example")]);
    // That the record was corrected, and why, is in its trail.
    let trail = coordinator.get(&format!("/api/v1/audit?person={child}&limit=200")).await.json();
    let entries = trail["entries"].as_array().expect("entries").iter();
    let corrected = entries.filter(|one| one["action"] == "correct-person");
    let why: Vec<_> = corrected.map(|one| one["reason"].as_str().unwrap_or("none")).collect();
    assert_eq!(why, ["Aunt rang."; 2], "{trail}");

    // What was sent late adds a date of birth and corrects nothing.
    let from = newest(&visitor, &merged).await;
    join(&coordinator, &merged, &kept).await;
    let late = details(&merged, &from, "new_version", &[("dob", "2024-02-03")]);
    let sent = visitor.submit("late", &late).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert_eq!(record().await.births().count(), 2);
    assert!(!visitor.did().await.contains(&("correct-person".to_owned(), child)));
}

async fn a_repeat_of_a_correction_stores_nothing(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let correction = amendment(&episode, &newest(&author, &episode).await, "correction", "Again.");
    let sent = author.submit("second", &correction).await;
    let again = author.submit("second", &correction).await;
    assert_eq!((sent.status, again.status, sent.text), (201, 201, again.text));
    let versions = author.get(&format!("{episode}/versions")).await.json();
    assert_eq!(versions["versions"].as_array().map(Vec::len), Some(2));
}

async fn somebody_who_may_not_write_starts_nothing(app: App) {
    for person in ["youth-worker", "coordinator", "duty-and-advice", "parent", "auditor"] {
        let person = Person::new(&app, person).await;
        person.submit("k", &body(&complete(fixed_today()))).await.refused(403, "forbidden");
    }
    // Nor does an author add to another's episode.
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let first = newest(&author, &episode).await;
    let teacher = Person::new(&app, "teacher").await;
    let foreign = amendment(&episode, &first, "correction", "Mine now.");
    teacher.submit("k", &foreign).await.refused(404, "not-found");
    let mut broken = foreign;
    broken["episode"]["kind"] = json!("merge");
    broken["episode"]["reason"] = json!(" . ");
    let refused = author.submit("k", &broken).await;
    refused.refused(422, "wrong-shape");
    assert_eq!(refused.problems(), ["episode.kind wrong-kind", "episode.reason wrong-kind"]);
}

async fn a_family_that_refused_and_a_referral_have_their_states(app: App) {
    let author = Person::new(&app, "teacher").await;
    let mut answers = complete(fixed_today());
    answers["conclusions"]["decision"] = json!("R4");
    answers["conclusions"]["decision_reason"] = json!("Bruises that nobody explains; I rang them at noon.");
    let sent = author.submit("referred", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    assert_eq!(list["episodes"][0]["shown"]["state"], "referred");
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    // The front door that it was sent to reads it, and finds it among its organisation's.
    let duty = Person::new(&app, "duty-and-advice").await;
    assert_eq!(duty.get(&format!("{episode}/versions/1")).await.json()["answers"], answers);
    let theirs = duty.get("/api/v1/episodes?whose=organisation").await.json();
    assert_eq!(theirs["episodes"][0]["shown"]["referred_to"], json!(null));
    assert_eq!(theirs["episodes"].as_array().map(Vec::len), Some(1));
}

pub(super) async fn newest(person: &Person<'_>, episode: &str) -> String {
    let versions = person.get(&format!("{episode}/versions")).await.json();
    let newest = versions["versions"].as_array().and_then(|all| all.last()).expect("a version").clone();
    newest["id"].as_str().expect("an id").to_owned()
}
