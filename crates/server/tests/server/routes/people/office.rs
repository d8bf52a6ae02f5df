//! An application whose people sign in as those of the demo, with invented children on its store.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use assessment_people::{
    access::{Action, Grant, Scope, Sections},
    episode::{Episode, Excluded},
    id::{EpisodeId, PersonId},
    moment::Moment,
    person::{Address, Birth, Identifier, Name, Person, System},
    protection::{Protected, Protection},
    who::{Organisation, Stamp, Subject, Who},
};
use assessment_server::{
    actor::Actor,
    sign_in::demo,
    store::{
        Store,
        audit::{AuditAction, AuditPage, StoredEntry},
        episodes::{Asker, EpisodeState, Key, Listed, StoredGrant},
        people::StoredPerson,
    },
};
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::{App, With},
    sign_in::{MovedClock, sign_in},
    wire::{Reply, send},
};

/// An application with its people.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) clock: Arc<MovedClock>,
}

impl Office {
    pub(crate) async fn on_sqlite() -> Self {
        Self::with(None).await
    }

    #[cfg(unix)]
    pub(crate) async fn on_postgres() -> Self {
        use assessment_server::store::postgres::PostgresStore;
        let database = crate::postgres::Database::new().await;
        let patience = Duration::from_secs(10);
        let store = PostgresStore::open(&database.server(), Some(&database.owner()), patience).await;
        Self::with(Some(Arc::new(store.expect("a database")))).await
    }

    async fn with(store: Option<Arc<dyn Store>>) -> Self {
        let clock = MovedClock::at("2026-11-23T12:00:00Z");
        let app = App::start_with(With { clock: Arc::clone(&clock) as _, store, ..With::default() }).await;
        Self { app, clock }
    }

    /// Stores a child with an episode that this person of the demo began, for their organisation.
    pub(crate) async fn add(&self, child: &Person, by: &str) {
        self.add_without(child, by, &[]).await;
    }

    /// The same, where some must not be told.
    pub(crate) async fn add_without(&self, child: &Person, by: &str, excluded: &[Excluded]) {
        let who = who(by);
        let at = Moment::parse("2026-11-20T09:00:00Z").expect("a moment");
        let stamp = Stamp { by: who.clone(), at };
        let id = EpisodeId::from_uuid(Uuid::parse_str(&child.id.to_string()).expect("an id"));
        let mut episode = Episode::open(id, child.id, who.organisation.clone(), stamp.clone());
        for one in excluded {
            episode = episode.exclude(one.clone(), stamp.clone()).expect("excluded");
        }
        let listed = Listed {
            reference: "CAF-0001".to_owned(),
            child_name: None,
            headline: None,
            urgent: false,
            due_on: None,
        };
        let state = EpisodeState { episode, protection: child.protection.level, listed };
        let concerns = BTreeSet::from([Key::person(&who.subject), Key::organisation(&who.organisation)]);
        let scope = Scope { sections: Sections::ALL, up_to: Protection::Shielded };
        let grant = StoredGrant {
            id: child.id.to_string(),
            revision: 1,
            grant: Grant::on_starting(id, who.clone(), scope, at),
        };
        let asker = Asker {
            actor: Actor::new("seed"),
            subject: who.subject,
            organisation: Some(who.organisation),
            authority: true,
        };
        let stored_at = "2026-11-20T09:00:00Z".parse().expect("a moment");
        let mut unit = self.app.store.begin().await.expect("a unit of work");
        unit.people().add(&asker.actor, child, stored_at).await.expect("added");
        unit.episodes().add(&asker, &state, &concerns, stored_at).await.expect("added");
        unit.episodes().add_grant(&asker, &grant, stored_at).await.expect("added");
        let action = AuditAction::Person(Action::StartEpisode, child.id);
        unit.save(&asker.actor, action, stored_at).await.expect("saved");
    }

    /// Stores that many episodes of the teacher's in one step, each of a child of whom nothing is known.
    pub(crate) async fn add_many(&self, count: u128) {
        let (who, at) = (who("teacher"), "2026-11-20T09:00:00Z".parse().expect("a moment"));
        let asker = Asker {
            actor: Actor::new("seed"),
            subject: who.subject.clone(),
            organisation: Some(who.organisation.clone()),
            authority: true,
        };
        let concerns = BTreeSet::from([Key::person(&who.subject)]);
        let mut unit = self.app.store.begin().await.expect("a unit of work");
        for number in 0..count {
            let id = EpisodeId::from_uuid(Uuid::from_u128(number));
            let stamp = Stamp { by: who.clone(), at: Moment::new(at) };
            let child = PersonId::from_uuid(Uuid::from_u128(number));
            let episode = Episode::open(id, child, who.organisation.clone(), stamp);
            let listed = Listed {
                reference: format!("CAF{number}"),
                child_name: None,
                headline: None,
                urgent: false,
                due_on: None,
            };
            let state = EpisodeState { episode, protection: Protection::Ordinary, listed };
            unit.episodes().add(&asker, &state, &concerns, at).await.expect("added");
        }
        let action = AuditAction::Own(Action::StartEpisode);
        unit.save(&asker.actor, action, at).await.expect("saved");
    }

    /// Changes a stored person, as a correction would.
    pub(crate) async fn change(&self, id: PersonId, change: impl FnOnce(&mut Person)) {
        let actor = Actor::new("seed");
        let StoredPerson { mut person, revision, .. } = self.stored(id).await;
        change(&mut person);
        let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
        let mut unit = self.app.store.begin().await.expect("a unit of work");
        unit.people().replace(&actor, &person, revision, at).await.expect("replaced");
        unit.save(&actor, AuditAction::Person(Action::CorrectPerson, id), at).await.expect("saved");
    }

    /// The record of that id itself.
    pub(crate) async fn stored(&self, id: PersonId) -> StoredPerson {
        let mut view = self.app.store.view().await.expect("a view");
        view.people().find(&Actor::new("seed"), id).await.expect("an answer").expect("found")
    }

    /// Everything that this person of the demo did, oldest first: action, kind of record, id.
    pub(crate) async fn did(&self, person: &str) -> Vec<(String, String, String)> {
        let staff = demo::person(person).expect("somebody");
        let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
        let met = self.app.store.sessions().meet(&staff, "unused", at).await.expect("met");
        let mut view = self.app.store.view().await.expect("a view");
        let all = view.audit().list(&Actor::new(met.id), AuditPage::After(0), 500).await.expect("entries");
        all.into_iter().map(|one: StoredEntry| (one.action, one.subject_kind, one.subject_id)).collect()
    }

    /// A request as a person of the demo.
    pub(crate) async fn ask(&self, person: &str, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.ask_if(person, method, path, body, None).await
    }

    /// The same of a revision.
    pub(crate) async fn ask_if(
        &self,
        person: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
        revision: Option<&str>,
    ) -> Reply {
        let cookie = sign_in(&self.app, person).await;
        let path = format!("/api/v1/people{path}");
        let mut request = self.app.client.request(method, &path).header("cookie", cookie);
        if let Some(revision) = revision {
            request = request.header("if-match", revision);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        send(request).await
    }

    /// The ids that a search finds.
    pub(crate) async fn search(&self, person: &str, text: &str) -> Vec<String> {
        let reply = self.ask(person, "POST", "/search", Some(json!({ "text": text }))).await;
        assert_eq!(reply.status, 200, "{text}: {}", reply.text);
        ids(&reply.json())
    }

    /// What the question about a child's details finds.
    pub(crate) async fn same_as(&self, person: &str, child: Value) -> Value {
        let reply = self.ask(person, "POST", "/matches", Some(json!({ "child": child }))).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// Who else may be this stored person.
    pub(crate) async fn same_as_stored(&self, person: &str, id: PersonId) -> Value {
        let reply = self.ask(person, "POST", "/matches", Some(json!({ "person": id }))).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// Joins a record into another, as the coordinator.
    pub(crate) async fn merge(&self, kept: PersonId, merged: PersonId) -> Reply {
        let revision = self.ask("coordinator", "GET", &format!("/{kept}"), None).await;
        let revision = revision.header("etag").to_owned();
        let body = Some(json!({ "merged": merged }));
        self.ask_if("coordinator", "POST", &format!("/{kept}/merges"), body, Some(&revision)).await
    }

    /// Takes a join back, as the coordinator.
    pub(crate) async fn undo(&self, kept: PersonId, number: u64) -> Reply {
        let revision = format!("\"{}\"", self.stored(kept).await.revision);
        let path = format!("/{kept}/merges/{number}");
        self.ask_if("coordinator", "DELETE", &path, None, Some(&revision)).await
    }
}

/// The ids of the people in an answer.
pub(crate) fn ids(answer: &Value) -> Vec<String> {
    let people = answer["people"].as_array().expect("people");
    people.iter().map(|one| one["person"]["id"].as_str().expect("an id").to_owned()).collect()
}

/// A person of the demo, acting for their organisation.
pub(crate) fn who(person: &str) -> Who {
    let staff = demo::person(person).expect("somebody");
    Who {
        subject: Subject::new(&staff.issuer, &staff.subject).expect("a subject"),
        organisation: Organisation::new(&staff.organisation).expect("an organisation"),
    }
}

/// An invented child, born on 4 May 2019.
pub(crate) fn child(id: u128, given: &str, family: &str) -> Person {
    let id = PersonId::from_uuid(Uuid::from_u128(0x4000_8000_0000_0000_0000 + id));
    let mut person = Person::new(id, Protected::at(Protection::Ordinary));
    person.names.push(Name::usual(given, family));
    person.birth = born(2019, 5, 4);
    person
}

pub(crate) fn born(year: i16, month: i8, day: i8) -> Birth {
    Birth::on(Date::new(year, month, day).expect("a day"))
}

pub(crate) fn address(line: &str, postcode: &str) -> Address {
    Address {
        lines: vec![line.to_owned(), "Leeds".to_owned()],
        postcode: postcode.to_owned(),
        protection: Protected::at(Protection::Ordinary),
    }
}

pub(crate) fn number(system: System, text: &str) -> Identifier {
    Identifier::parse(system, text).unwrap_or_else(|| panic!("{text} is not valid"))
}
