//! Own pages, the register, the audit trail of everybody, and pairs of people: each row reached once, by those whom it reaches.

use std::collections::BTreeSet;

use assessment_people::{
    access::Action,
    episode::{Episode, StateName},
    id::{EpisodeId, PersonId},
    moment::Moment,
    protection::Protection,
    take_up::{About, Measure, Quarter, Story},
    who::{Organisation, Stamp, Subject, Who},
};
use assessment_server::{
    actor::Actor,
    staff::StaffMember,
    startup::place,
    store::{
        Store, StoreError,
        audit::{AuditAction, AuditPage},
        episodes::{Asker, EpisodeState, Key, Listed},
        pages::Page,
        pairs::Pair,
        register::{Localities, Locality, RegisterRow, StoredStory, WantedRegister, Within},
        trail::{TrailEntry, WantedTrail},
    },
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{actor, at, moment, other, people, work};
use crate::store::Harness;

fn asker(actor: &Actor, sub: &str, authority: bool) -> Asker {
    Asker {
        actor: actor.clone(),
        subject: Subject::new("https://issuer.example", sub).expect("a subject"),
        organisation: Organisation::new("North"),
        authority,
    }
}

pub(super) fn coordinator() -> Asker {
    asker(&other(), "coordinator", true)
}

/// A page of somebody's, and a name under which they signed in.
pub(in crate::store) async fn add(store: &dyn Store) {
    let staff = anna("Anna Smith", "North");
    store.sessions().meet(&staff, "5e7a3b52-0c9d-4b3e-9a53-0000000000aa", moment(3)).await.expect("met");
    let mut unit = work(store).await;
    unit.pages().add(&coordinator(), &Page::default(), 1, moment(3)).await.expect("added");
    unit.save(&other(), AuditAction::Own(Action::OwnPage), moment(3)).await.expect("saved");
}

fn anna(name: &str, organisation: &str) -> StaffMember {
    StaffMember {
        issuer: "https://issuer.example".to_owned(),
        subject: "anna".to_owned(),
        name: name.to_owned(),
        organisation: organisation.to_owned(),
        roles: BTreeSet::from(["practitioner".to_owned()]),
    }
}

pub(in crate::store) async fn a_page_is_its_person_s_and_changes_revision_by_revision(harness: impl Harness) {
    let store = harness.store();
    let (mine, theirs) = (asker(&actor(), "one", false), asker(&other(), "two", true));
    let page = |name: &str| Page { name: name.to_owned(), ..Page::default() };
    for (revision, name) in [(1, "Priya\u{0}"), (2, "Priya Raman")] {
        let mut unit = work(&*store).await;
        unit.pages().add(&mine, &page(name), revision, moment(2)).await.expect("added");
        unit.save(&actor(), AuditAction::Own(Action::OwnPage), moment(2)).await.expect("saved");
    }
    let again = work(&*store).await.pages().add(&mine, &page("Another"), 2, moment(3)).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    let mut view = store.view().await.expect("a view");
    let found = view.pages().find(&mine).await.expect("an answer").expect("a page");
    assert_eq!((found.page, found.revision, found.saved_at), (page("Priya Raman"), 2, moment(2)));
    assert_eq!(view.pages().find(&theirs).await, Ok(None), "whatever their role");
}

pub(in crate::store) async fn what_pages_say_of_training_is_for_the_program_that_counts_and_nobody_else_b41(
    harness: impl Harness,
) {
    let store = harness.store();
    for (sub, revision, trained_on) in [("one", 1, "2025"), ("one", 2, "2026-05"), ("two", 1, "")] {
        let who = asker(&actor(), sub, false);
        let page =
            Page { name: "Priya\u{0}".to_owned(), trained_on: trained_on.to_owned(), ..Page::default() };
        let mut unit = work(&*store).await;
        let at = moment(u32::try_from(revision).expect("a number"));
        unit.pages().add(&who, &page, revision, at).await.expect("added");
        unit.save(&actor(), AuditAction::Own(Action::OwnPage), at).await.expect("saved");
    }
    let mut view = store.view().await.expect("a view");
    let program = Asker::program().expect("the program");
    let found = view.pages().training(&program).await.expect("an answer");
    let found: Vec<_> =
        found.iter().map(|one| (one.person.as_str(), one.trained_on.as_str(), one.saved_at)).collect();
    let (one, two) = ("person\nhttps://issuer.example\none", "person\nhttps://issuer.example\ntwo");
    assert_eq!(found, [(one, "2025", moment(1)), (one, "2026-05", moment(2)), (two, "", moment(1))]);
    for who in [coordinator(), asker(&actor(), "one", false)] {
        assert_eq!(view.pages().training(&who).await, Ok(Vec::new()), "{who:?}");
    }
}

/// Somebody whose role does not reach everything.
pub(super) fn nobody() -> Asker {
    asker(&actor(), "one", false)
}

pub(super) fn told(revision: u64, words: &str) -> StoredStory {
    let quarter = Quarter::parse("2026-Q3").expect("a quarter");
    let organisation = Organisation::new("North").expect("one");
    let by = Who { subject: coordinator().subject, organisation };
    let story = Story::new(words.to_owned(), Stamp { by, at: Moment::new(moment(4)) });
    let about = About { quarter, measure: Measure::Started };
    StoredStory { about, revision, story: story.expect("a story") }
}

/// Stores an episode that began then.
async fn begin(
    store: &dyn Store,
    number: u128,
    opened: Timestamp,
    protection: Protection,
    at_place: &Locality,
) {
    let author = asker(&actor(), "one", false);
    let by = Who { subject: author.subject.clone(), organisation: Organisation::new("North").expect("one") };
    let id = EpisodeId::from_uuid(Uuid::from_u128(number));
    let child = PersonId::from_uuid(Uuid::from_u128(number));
    let stamp = Stamp { by: by.clone(), at: Moment::new(opened) };
    let listed = Listed {
        reference: format!("CAF{number}"),
        child_name: None,
        headline: None,
        urgent: false,
        due_on: None,
    };
    let episode = Episode::open(id, child, by.organisation.clone(), stamp);
    let concerns = BTreeSet::from([Key::person(&by.subject)]);
    let mut unit = work(store).await;
    let state = EpisodeState { episode, protection, listed };
    unit.episodes().add(&author, &state, &concerns, moment(2)).await.expect("added");
    unit.register().place(&author, id, at_place).await.expect("placed");
    unit.save(&actor(), AuditAction::Episode(Action::StartEpisode, id), moment(2)).await.expect("saved");
}

async fn register(store: &dyn Store, who: &Asker, wanted: &WantedRegister) -> Vec<RegisterRow> {
    let mut view = store.view().await.expect("a view");
    view.register().list(who, wanted).await.expect("an answer")
}

fn id(row: &RegisterRow) -> EpisodeId {
    row.stored.state.episode.id()
}

pub(in crate::store) async fn the_register_reaches_each_episode_once_however_many_share_a_moment_a10(
    harness: impl Harness,
) {
    let store = harness.store();
    for number in 0..30 {
        begin(&*store, number, moment(1), Protection::Ordinary, &Locality::default()).await;
    }
    let mut wanted = WantedRegister { limit: 7, ..WantedRegister::default() };
    let mut found = Vec::new();
    loop {
        let page = register(&*store, &coordinator(), &wanted).await;
        let Some(last) = page.last() else { break };
        wanted.after = Some(id(last));
        if found.len() == 7 {
            begin(&*store, 99, moment(5), Protection::Ordinary, &Locality::default()).await;
        }
        found.extend(page.iter().map(id));
    }
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 30);
    assert_eq!(found.len(), 30);
    assert_eq!(
        register(&*store, &coordinator(), &WantedRegister { limit: 1, ..wanted.clone() }).await.len(),
        0
    );
    let nobody = asker(&actor(), "one", false);
    let wanted_all = WantedRegister { limit: 9, ..Default::default() };
    assert_eq!(
        register(&*store, &nobody, &wanted_all).await.len(),
        0,
        "it reaches only those whose role does"
    );
    let nowhere = Some(EpisodeId::from_uuid(Uuid::from_u128(1_000)));
    let wanted = WantedRegister { limit: 9, after: nowhere, ..Default::default() };
    assert_eq!(register(&*store, &coordinator(), &wanted).await.len(), 0);
}

pub(in crate::store) async fn the_register_is_in_order_of_the_moment_a11(harness: impl Harness) {
    let store = harness.store();
    let located = |district: &str, sector: &str, school: &str| {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Locality { school: some(school), district: some(district), sector: some(sector) }
    };
    let moments = [
        "2026-11-23T06:00:00Z",
        "2026-11-23T06:00:00.5Z",
        "2026-11-23T06:00:00.500001Z",
        "2026-11-23T07:00:00.2+01:00",
    ];
    let places = [
        located("LS6", "LS6 1", ""),
        located("LS6", "LS6 2", "moorschool"),
        located("LS6", "LS6 1", "another"),
        located("", "", ""),
    ];
    for (number, (written, place)) in moments.into_iter().zip(&places).enumerate() {
        let kept = if number == 2 { Protection::Confidential } else { Protection::Ordinary };
        begin(&*store, number as u128, at(written), kept, place).await;
    }
    let numbers = async |wanted: WantedRegister| {
        let found = register(&*store, &coordinator(), &WantedRegister { limit: 9, ..wanted }).await;
        let number = |row: &RegisterRow| row.stored.state.listed.reference.clone();
        found.iter().map(number).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(numbers(WantedRegister::default()).await, "CAF2 CAF1 CAF3 CAF0");
    let from = Some(at("2026-11-23T06:00:00.2Z"));
    assert_eq!(numbers(WantedRegister { from, ..Default::default() }).await, "CAF2 CAF1 CAF3");
    let until = Some(at("2026-11-23T06:00:00.5Z"));
    assert_eq!(numbers(WantedRegister { until, ..Default::default() }).await, "CAF3 CAF0");
    let state = Some(StateName::Enquiry);
    assert_eq!(numbers(WantedRegister { state, ..Default::default() }).await, "CAF2 CAF1 CAF3 CAF0");
    let state = Some(StateName::Closed);
    assert_eq!(numbers(WantedRegister { state, ..Default::default() }).await, "");

    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let moor = Localities { schools: texts(&["moorschool"]), ..Localities::default() };
    let river = Localities { districts: texts(&["LS6"]), ..Localities::default() };
    let any = Localities {
        schools: texts(&["moorschool"]),
        districts: texts(&["LS6"]),
        sectors: texts(&["LS6 9"]),
    };
    let within = |area: &Localities, nowhere: bool| WantedRegister {
        within: Some(Within { area: area.clone(), any: any.clone(), nowhere }),
        ..Default::default()
    };
    // What is kept more closely is in no area.
    assert_eq!(numbers(within(&moor, false)).await, "CAF1");
    assert_eq!(numbers(within(&river, false)).await, "CAF0");
    assert_eq!(numbers(within(&Localities::default(), true)).await, "CAF2 CAF3");
}

pub(in crate::store) async fn episodes_of_before_get_a_place_once(harness: impl Harness) {
    let store = harness.store();
    let new = super::assessment(1);
    super::submit(&*store, &actor(), "k", &new).await.expect("stored");
    super::episodes::add(&*store).await;
    let mut view = store.view().await.expect("a view");
    let old = view.register().unplaced(&coordinator(), 9).await.expect("an answer");
    assert_eq!(old, [(EpisodeId::from_uuid(Uuid::from_u128(1)), new.answers)]);
    assert_eq!(view.register().unplaced(&asker(&actor(), "one", false), 9).await, Ok(Vec::new()));
    drop(view);
    for _ in 0..2 {
        place(&*store, moment(3)).await.expect("placed");
        let mut view = store.view().await.expect("a view");
        assert_eq!(view.register().unplaced(&coordinator(), 9).await, Ok(Vec::new()));
    }
    let wanted = WantedRegister { limit: 9, ..WantedRegister::default() };
    assert_eq!(register(&*store, &coordinator(), &wanted).await[0].place, Locality::default());
}

async fn trail(store: &dyn Store, who: &Asker, page: AuditPage, limit: u32) -> Vec<TrailEntry> {
    let mut view = store.view().await.expect("a view");
    let wanted = WantedTrail { page, limit, from: None, until: None, about: None };
    view.trail().list(who, &wanted).await.expect("an answer")
}

pub(in crate::store) async fn the_whole_trail_shows_each_entry_once_to_those_whom_it_reaches_a10(
    harness: impl Harness,
) {
    let store = harness.store();
    // Each leaves an entry of the one same moment.
    for number in 0..30 {
        people::add(&*store, &people::person(number, "Amelia", "Hart")).await;
    }
    let (mut forwards, mut edge) = (Vec::new(), 0);
    loop {
        let page = trail(&*store, &coordinator(), AuditPage::After(edge), 7).await;
        let Some(last) = page.last() else { break };
        edge = last.sequence;
        forwards.extend(page);
    }
    let (mut backwards, mut page) = (Vec::new(), trail(&*store, &coordinator(), AuditPage::Last, 7).await);
    people::add(&*store, &people::person(99, "Zac", "Young")).await;
    while let Some(last) = page.last() {
        let before = AuditPage::Before(last.sequence);
        backwards.append(&mut page);
        page = trail(&*store, &coordinator(), before, 7).await;
    }
    backwards.reverse();
    assert_eq!(forwards.len(), 30);
    assert_eq!(forwards, backwards);
    for nobody in [asker(&actor(), "one", false), asker(&other(), "coordinator", false)] {
        assert_eq!(trail(&*store, &nobody, AuditPage::Last, 200).await, []);
    }
    let about = |ids: &[u128]| {
        let one = |id: &u128| ("person".to_owned(), PersonId::from_uuid(Uuid::from_u128(*id)).to_string());
        Some(ids.iter().map(one).collect::<Vec<_>>())
    };
    let mut view = store.view().await.expect("a view");
    let wanted =
        WantedTrail { page: AuditPage::Last, limit: 9, from: None, until: None, about: about(&[3, 5]) };
    let found = view.trail().list(&coordinator(), &wanted).await.expect("an answer");
    assert_eq!(found.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [6, 4]);
    let wanted = WantedTrail { about: about(&[]), ..wanted };
    assert_eq!(view.trail().list(&coordinator(), &wanted).await, Ok(Vec::new()), "about none of them");
    let wanted = WantedTrail { about: None, from: Some(moment(2)), ..wanted };
    assert_eq!(view.trail().list(&coordinator(), &wanted).await, Ok(Vec::new()));
    let wanted = WantedTrail { from: Some(moment(1)), until: Some(moment(2)), ..wanted };
    assert_eq!(view.trail().list(&coordinator(), &wanted).await.expect("an answer").len(), 9);
}

pub(in crate::store) async fn an_entry_has_the_name_of_its_time(harness: impl Harness) {
    let store = harness.store();
    let person = people::person(1, "Amelia", "Hart");
    people::add(&*store, &person).await;
    for (name, organisation) in [("Anna Smith", "North"), ("Anna Jones", "North"), ("Anna Jones", "South")] {
        let staff = anna(name, organisation);
        // The clock shows the same moment each time: names go by position, not by time.
        let met = store.sessions().meet(&staff, "5e7a3b52-0c9d-4b3e-9a53-0000000000aa", moment(3)).await;
        let anna = Actor::new(met.expect("met").id);
        let unit = work(&*store).await;
        let read = AuditAction::Person(Action::ReadPerson, person.id);
        unit.save(&anna, read, moment(3)).await.expect("saved");
    }
    let found = trail(&*store, &coordinator(), AuditPage::After(0), 9).await;
    let names: Vec<_> =
        found.iter().map(|entry| (entry.name.as_deref(), entry.organisation.as_deref())).collect();
    let expected = [
        (None, None),
        (Some("Anna Smith"), Some("North")),
        (Some("Anna Jones"), Some("North")),
        (Some("Anna Jones"), Some("South")),
    ];
    assert_eq!(names, expected);
}

pub(in crate::store) async fn somebody_who_changes_meanwhile_is_still_due(harness: impl Harness) {
    let store = harness.store();
    let (one, two) = (people::person(1, "Amelia", "Hart"), people::person(2, "Amelia", "Hart"));
    people::add(&*store, &one).await;
    people::add(&*store, &two).await;
    let mut view = store.view().await.expect("a view");
    let due = view.pairs().due(&actor(), 9).await.expect("an answer");
    assert_eq!(due.iter().filter(|one| one.is_looked_for).count(), 2);
    drop(view);
    let mut unit = work(&*store).await;
    unit.people().replace(&actor(), &two, 1, moment(2)).await.expect("replaced");
    unit.people().withdraw(&actor(), two.id).await.expect("withdrawn");
    unit.save(&actor(), AuditAction::Person(Action::CorrectPerson, two.id), moment(2)).await.expect("saved");

    let pairs = [Pair::of(two.id, one.id, 7), Pair::of(one.id, two.id, 7)];
    let mut unit = work(&*store).await;
    unit.pairs().settle(&actor(), &[(one.id, 1), (two.id, 1)], &pairs).await.expect("settled");
    assert_eq!(unit.pairs().count_due(&actor()).await, Ok(1));
    let due = unit.pairs().due(&actor(), 9).await.expect("an answer");
    assert_eq!((due[0].stored.person.id, due[0].stored.revision, due[0].is_looked_for), (two.id, 2, false));
    let found = unit.pairs().list(&actor(), None, 9).await.expect("an answer");
    assert_eq!(found, [Pair { weight: 7, one: one.id, other: two.id }], "the pair is kept once");
    assert_eq!(unit.pairs().list(&actor(), Some(found[0]), 9).await, Ok(Vec::new()));
    assert_eq!(unit.pairs().of(&actor(), &[two.id]).await, Ok(found));
    unit.pairs().settle(&actor(), &[(two.id, 2)], &[]).await.expect("settled");
    assert_eq!(unit.pairs().list(&actor(), None, 9).await, Ok(Vec::new()));
    assert_eq!(unit.pairs().count_due(&actor()).await, Ok(0));
    unit.cancel().await.expect("cancelled");
}
