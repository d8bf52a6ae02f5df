//! What is asked.

use assessment_people::person::{Person, System};
use serde_json::json;

use super::{
    answers,
    asking::Ask,
    episodes::{ORGANISATIONS, OWN_BELOW, OWN_EVERY},
    fixture::{AUTHOR, Fixture, today},
};

const COORDINATOR: &str = "coordinator";
/// Somebody who is in no team and may know of no record.
const STRANGER: &str = "youth-worker";

/// A record that one may not know of, and one that there is not: their waits must not tell them apart (B40).
pub(crate) const FOREIGN: &str = "a record of others, by a stranger";
pub(crate) const MADE_UP: &str = "a record of nobody, by a stranger";

/// Requests of one kind.
pub(crate) struct Question {
    /// What is asked.
    pub(crate) name: &'static str,
    /// By whom.
    pub(crate) who: &'static str,
    /// The requests, to be repeated.
    pub(crate) requests: Vec<Ask>,
}

/// All of them, for a store with an episode of each of these people.
pub(crate) fn questions(fixture: &Fixture, people: &[Person]) -> Vec<Question> {
    let own = || (0..OWN_BELOW.min(people.len())).step_by(OWN_EVERY);
    // Far apart, and as many as there are requests.
    let any = || (0..people.len()).cycle().step_by((people.len() / 997).max(1)).take(1_000);
    let open = |number: usize| Ask::Get(format!("/episodes/{}", fixture.sent.copy(number)));
    let middle = people.len() / 2 / ORGANISATIONS * ORGANISATIONS;
    let after = |path: &str| Ask::Get(format!("{path}after={}", fixture.sent.copy(middle)));
    let of_people =
        |make: fn(&Person) -> Option<Ask>| any().filter_map(|at| make(people.get(at)?)).collect::<Vec<_>>();
    let get = |path: &str| vec![Ask::Get(path.to_owned())];
    let question = |name, who, requests| Question { name, who, requests };
    vec![
        question("my work", AUTHOR, get("/episodes")),
        question("what is due in my work", AUTHOR, get("/me/due")),
        question(
            "read a plan",
            AUTHOR,
            own()
                .map(|n| Ask::Get(format!("/episodes/{}/team-records/plan/1", fixture.sent.copy(n))))
                .collect(),
        ),
        question(
            "what a team wrote",
            AUTHOR,
            own().map(|n| Ask::Get(format!("/episodes/{}/team-records", fixture.sent.copy(n)))).collect(),
        ),
        question("my team's work", AUTHOR, get("/episodes?whose=organisation")),
        question("my team's work, a later page", AUTHOR, vec![after("/episodes?whose=organisation&")]),
        question("open a record of my own", AUTHOR, own().map(open).collect()),
        question(
            "read its answers",
            AUTHOR,
            own().map(|n| Ask::Get(format!("/episodes/{}/versions/1", fixture.sent.copy(n)))).collect(),
        ),
        question("open any record, coordinator", COORDINATOR, any().map(open).collect()),
        question(
            FOREIGN,
            STRANGER,
            own().map(|n| Ask::Nothing(format!("/episodes/{}", fixture.sent.copy(n)))).collect(),
        ),
        question(
            MADE_UP,
            STRANGER,
            own().map(|n| Ask::Nothing(format!("/episodes/00000000-0000-4000-8000-{n:012}"))).collect(),
        ),
        question("register", COORDINATOR, get("/register")),
        question("register, a later page", COORDINATOR, vec![after("/register?")]),
        question("take-up", COORDINATOR, get("/register/take-up")),
        question(
            "timeline",
            AUTHOR,
            own().map(|n| Ask::Get(format!("/episodes/{}/timeline", fixture.sent.copy(n)))).collect(),
        ),
        question(
            "team members",
            AUTHOR,
            own().map(|n| Ask::Get(format!("/episodes/{}/members", fixture.sent.copy(n)))).collect(),
        ),
        question("search, whole name", COORDINATOR, of_people(by_name)),
        question("search, family name only", COORDINATOR, of_people(by_family_name)),
        question("search, NHS number", COORDINATOR, of_people(by_number)),
        question("same child?, may see few", AUTHOR, of_people(same_child)),
        question("same child?, may see all", COORDINATOR, of_people(same_child)),
        question(
            "send an assessment",
            AUTHOR,
            (0..50).map(|n| Ask::Send(answers::accepted(today(), n))).collect(),
        ),
    ]
}

fn search(text: &str) -> Ask {
    Ask::Post("/people/search", json!({ "text": text }).to_string())
}

fn by_name(person: &Person) -> Option<Ask> {
    let name = person.shown_name()?;
    Some(search(&format!("{} {}", name.given, name.family)))
}

fn by_family_name(person: &Person) -> Option<Ask> {
    let family = &person.shown_name()?.family;
    (family.chars().count() > 1).then(|| search(family))
}

fn by_number(person: &Person) -> Option<Ask> {
    let number = person.identifiers_of(System::NhsNumber).next()?;
    Some(search(number.value()))
}

fn same_child(person: &Person) -> Option<Ask> {
    let name = person.shown_name()?;
    let born = person.birth.day().map(|day| day.to_string()).unwrap_or_default();
    let postcode = person.addresses.first().map(|one| one.postcode.clone()).unwrap_or_default();
    let child = json!({
        "given_names": name.given, "family_name": name.family, "born": born, "postcode": postcode,
    });
    Some(Ask::Post("/people/matches", json!({ "child": child }).to_string()))
}
