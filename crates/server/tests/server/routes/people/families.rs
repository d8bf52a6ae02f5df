//! Families over HTTP: who is shown to whom, linking brothers and sisters, two people at once, joined records, and what was typed.

use assessment_people::{
    episode::Excluded,
    id::PersonId,
    person::Person as Child,
    protection::{Protected, Protection},
};
use serde_json::{Value, json};

use super::{Office, child, office::who, on_both};
use crate::{
    answers::{complete, fixed_today},
    routes::episodes::Person,
    wire::Reply,
};

on_both! {
    brothers_and_sisters_are_linked_where_somebody_works_with_both;
    a_record_that_must_not_be_known_of_changes_no_answer_b40;
    a_membership_is_kept_as_closely_as_a_person_b42;
    two_people_at_once_are_told_of_each_other_and_of_nothing_hidden;
    a_join_of_records_carries_families_and_undoing_gives_them_back;
    nobody_comes_to_a_family_whose_record_somebody_may_not_change;
    what_was_typed_is_proposed_and_nothing_is_linked_by_itself;
    an_export_has_the_family_and_leaves_other_people_to_decide_about;
}

fn families_of(id: PersonId) -> String {
    format!("/{id}/families")
}

pub(super) async fn read(office: &Office, who: &str, id: PersonId) -> Reply {
    let reply = office.ask(who, "GET", &families_of(id), None).await;
    assert_eq!(reply.status, 200, "{who}: {}", reply.text);
    reply
}

/// Changes a family as they have just seen it.
pub(super) async fn change(office: &Office, who: &str, id: PersonId, body: Value) -> Reply {
    let tag = read(office, who, id).await.header("etag").to_owned();
    office.ask_if(who, "POST", &families_of(id), Some(body), Some(&tag)).await
}

async fn changed(office: &Office, who: &str, id: PersonId, body: Value) -> Value {
    let reply = change(office, who, id, body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

/// The names of all members, in order.
pub(super) fn names(families: &Value) -> Vec<&str> {
    let all = families["families"].as_array().expect("families").iter();
    let members = all.flat_map(|one| one["members"].as_array().expect("members"));
    let mut names: Vec<&str> = members.map(|one| one["name"].as_str().unwrap_or("")).collect();
    names.sort_unstable();
    names
}

pub(super) fn member<'a>(families: &'a Value, name: &str) -> &'a Value {
    let all = families["families"].as_array().expect("families").iter();
    let mut members = all.flat_map(|one| one["members"].as_array().expect("members"));
    members.find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name}: {families}"))
}

/// Amelia and Ben, both the teacher's.
pub(super) async fn amelia_and_ben(office: &Office) -> (Child, Child) {
    let (amelia, ben) = (child(1, "Amelia", "Hart"), child(2, "Ben", "Hart"));
    office.add(&amelia, "teacher").await;
    office.add(&ben, "teacher").await;
    (amelia, ben)
}

/// Amelia, Ben and their mother are a family, as the teacher says.
pub(super) async fn linked(office: &Office, amelia: &Child, ben: &Child) -> Value {
    let body = json!({ "add": [
        { "name": "Rosa Hart", "relationship": "mother" },
        {
            "record": ben.id, "relationship": "sibling",
            "shared_parents": [{ "name": "rosa hart", "relationship": "mother" }],
        },
    ] });
    changed(office, "teacher", amelia.id, body).await
}

async fn brothers_and_sisters_are_linked_where_somebody_works_with_both(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    let none = read(&office, "teacher", amelia.id).await.json();
    assert_eq!((&none["families"], &none["may_change"]), (&json!([]), &json!(true)));
    let now = linked(&office, &amelia, &ben).await;
    assert_eq!(names(&now).len(), 3, "one mother of both: {now}");
    let brother = member(&now, "Ben Hart");
    assert_eq!(brother["sibling"], true);
    assert_eq!(
        brother["record"],
        json!({ "readable": true, "episodes": [ben.id], "held_by": [who("teacher").organisation.code()] })
    );
    assert_eq!(member(&now, "Rosa Hart")["record"], Value::Null);
    let from_ben = read(&office, "teacher", ben.id).await.json();
    assert_eq!(from_ben["families"][0]["id"], now["families"][0]["id"]);
    assert_eq!(member(&from_ben, "Amelia Hart")["sibling"], true);
    let did = office.did("teacher").await;
    for id in [amelia.id, ben.id] {
        let entry = ("change-family".to_owned(), "person".to_owned(), id.to_string());
        assert!(did.contains(&entry), "{id}: {did:?}");
    }

    // Leaving needs a reason, and is another change.
    let id = &now["families"][0]["id"];
    let without = json!({ "family": id, "leave": [ben.id] });
    change(&office, "teacher", amelia.id, without).await.refused(422, "family-refused");
    let left = json!({ "family": id, "leave": [ben.id], "reason": "The school mixed them up." });
    let now = changed(&office, "teacher", amelia.id, left).await;
    assert_eq!(names(&now).len(), 2, "{now}");
    assert_eq!(read(&office, "teacher", ben.id).await.json()["families"], json!([]));
}

async fn a_record_that_must_not_be_known_of_changes_no_answer_b40(office: Office) {
    let amelia = child(1, "Amelia", "Hart");
    office.add(&amelia, "teacher").await;
    let mother = json!({ "add": [{ "name": "Rosa Hart", "relationship": "mother" }] });
    let family = changed(&office, "teacher", amelia.id, mother).await["families"][0]["id"].clone();
    let mut hidden = [child(2, "Ben", "Hart"), child(3, "Cara", "Hart"), child(4, "Dan", "Hart")];
    hidden[1].protection = Protected::at(Protection::Shielded);
    for one in &hidden {
        let excluded = Excluded::Person(who("teacher").subject);
        let excluded = if one.id == hidden[2].id { vec![excluded] } else { Vec::new() };
        office.add_without(one, "health-visitor", &excluded).await;
    }
    let before = read(&office, "teacher", amelia.id).await;
    // Somebody who works with all of them links them: here the seed of the test, by way of the store.
    let mut unit = office.app.store.begin().await.expect("a unit of work");
    let actor = assessment_server::actor::Actor::new("seed");
    let stored = unit.families().of(&actor, &[amelia.id]).await.expect("families").remove(0);
    assert_eq!(json!(stored.family.id()), family);
    let mut with = stored.family.clone();
    for one in &hidden {
        let sister = assessment_people::family::Related {
            person: one.id,
            relationship: assessment_people::family::Relationship::Sibling,
            to: amelia.id,
        };
        with = with.with(one.id, Protection::Ordinary).relate(sister).expect("related");
        let gran = PersonId::from_uuid(uuid::Uuid::from_u128(900));
        with = with.with_name(gran, "Gran of the others", Protection::Ordinary);
        let theirs = assessment_people::family::Related {
            person: gran,
            relationship: assessment_people::family::Relationship::Grandparent,
            to: one.id,
        };
        with = with.relate(theirs).expect("related");
    }
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    unit.families().store(&actor, &stored, &with, None, at).await.expect("stored");
    let action = assessment_server::store::audit::AuditAction::Person(
        assessment_people::access::Action::ChangeFamily,
        amelia.id,
    );
    unit.save(&actor, action, at).await.expect("saved");

    let after = read(&office, "teacher", amelia.id).await;
    assert_eq!(after.text, before.text);
    assert_eq!(after.header("etag"), before.header("etag"));
    // And what they may not know of cannot be taken out, related, or found by trying.
    for id in [hidden[0].id, PersonId::from_uuid(uuid::Uuid::from_u128(7))] {
        let leave = json!({ "family": family, "leave": [id], "reason": "Tried." });
        let reply = change(&office, "teacher", amelia.id, leave).await;
        reply.refused(422, "family-refused");
        assert_eq!(reply.json()["problems"][0]["code"], "not-a-member", "{}", reply.text);
    }
    // Who works with the others sees nothing of Amelia by them.
    let theirs = read(&office, "health-visitor", hidden[0].id).await.json();
    assert_eq!(names(&theirs), ["Ben Hart", "Cara Hart", "Dan Hart", "Gran of the others"], "{theirs}");
}

async fn a_membership_is_kept_as_closely_as_a_person_b42(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    let adoptive = json!({ "add": [{ "name": "Adoptive Mother", "relationship": "adoptive_parent" }] });
    changed(&office, "teacher", amelia.id, adoptive).await;
    let before = read(&office, "coordinator", amelia.id).await;
    let birth = json!({ "add": [
        { "name": "Birth Mother", "relationship": "mother", "protection": "shielded" },
        { "record": ben.id, "relationship": "sibling", "protection": "confidential" },
    ] });
    let both = changed(&office, "teacher", amelia.id, birth).await;
    assert_eq!(both["families"].as_array().map(Vec::len), Some(2), "a child is in both: {both}");
    let of_birth = both["families"].as_array().expect("families").iter().find(|one| {
        one["members"].as_array().expect("members").iter().any(|one| one["name"] == "Birth Mother")
    });
    let of_birth = &of_birth.expect("the family of birth")["id"];
    // The coordinator reads ordinary things of every family, and is not told that there is another one (B40).
    let seen = read(&office, "coordinator", amelia.id).await;
    assert_eq!((&seen.text, seen.header("etag")), (&before.text, before.header("etag")));
    let seen = seen.json();
    assert!(!names(&seen).contains(&"Birth Mother") && !names(&seen).contains(&"Ben Hart"), "{seen}");
    let protect =
        json!({ "family": of_birth, "protect": [{ "member": amelia.id, "protection": "confidential" }] });
    changed(&office, "teacher", amelia.id, protect).await;
    let seen = read(&office, "coordinator", amelia.id).await.json();
    assert_eq!(names(&seen), ["Adoptive Mother", "Amelia Hart"], "{seen}");
    assert!(names(&read(&office, "teacher", amelia.id).await.json()).contains(&"Birth Mother"));
    // Saying it again does not make it less protected.
    let lower = json!({ "family": of_birth, "protect": [{ "member": amelia.id, "protection": "ordinary" }] });
    changed(&office, "teacher", amelia.id, lower).await;
    assert_eq!(read(&office, "coordinator", amelia.id).await.json()["families"], seen["families"]);
}

async fn two_people_at_once_are_told_of_each_other_and_of_nothing_hidden(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    let now = linked(&office, &amelia, &ben).await;
    let tag = read(&office, "teacher", amelia.id).await.header("etag").to_owned();
    let add = |name: &str| json!({ "family": now["families"][0]["id"], "add": [{ "name": name, "relationship": "grandparent" }] });
    let path = families_of(amelia.id);
    let first = office.ask_if("teacher", "POST", &path, Some(add("Gran")), Some(&tag)).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let second = office.ask_if("teacher", "POST", &path, Some(add("Grandad")), Some(&tag)).await;
    second.refused(412, "stale-revision");
    assert_eq!(second.header("etag"), first.header("etag"), "what there is to see now");
    assert!(!names(&read(&office, "teacher", amelia.id).await.json()).contains(&"Grandad"));
    let missing = office.ask_if("teacher", "POST", &path, Some(add("Grandad")), None).await;
    assert_eq!(missing.status, 428, "{}", missing.text);
}

async fn a_join_of_records_carries_families_and_undoing_gives_them_back(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    let again = child(5, "Amelia", "Hart");
    office.add(&again, "teacher").await;
    linked(&office, &amelia, &ben).await;
    let gran = json!({ "add": [{ "name": "Gran", "relationship": "grandparent" }] });
    changed(&office, "teacher", again.id, gran).await;
    let before = read(&office, "teacher", ben.id).await.json();
    assert_eq!(office.merge(again.id, amelia.id).await.status, 201);

    let kept = read(&office, "teacher", again.id).await.json();
    assert_eq!(kept["families"].as_array().map(Vec::len), Some(2), "{kept}");
    for name in ["Rosa Hart", "Ben Hart", "Gran"] {
        member(&kept, name);
    }
    assert_eq!(read(&office, "teacher", amelia.id).await.json(), kept, "an old id leads to them");
    assert_eq!(member(&read(&office, "teacher", ben.id).await.json(), "Amelia Hart")["id"], json!(again.id));
    // It can be changed while they are one, and stays with the record that was in it.
    let family = member_family(&kept, "Rosa Hart");
    let aunt = json!({ "family": family, "add": [{ "name": "Aunt May", "relationship": "aunt_uncle" }] });
    changed(&office, "teacher", again.id, aunt).await;

    assert_eq!(office.undo(again.id, 1).await.status, 200);
    let apart = read(&office, "teacher", again.id).await.json();
    assert_eq!(names(&apart).len(), 2, "{apart}");
    let first = read(&office, "teacher", amelia.id).await.json();
    for name in ["Rosa Hart", "Ben Hart", "Aunt May"] {
        member(&first, name);
    }
    let of_ben = read(&office, "teacher", ben.id).await.json();
    for name in ["Amelia Hart", "Rosa Hart"] {
        assert_eq!(member(&of_ben, name)["id"], member(&before, name)["id"], "{of_ben}");
    }
}

fn member_family(families: &Value, name: &str) -> Value {
    let all = families["families"].as_array().expect("families").iter();
    let has =
        |one: &&Value| one["members"].as_array().expect("members").iter().any(|one| one["name"] == name);
    all.clone().find(has).expect("a family")["id"].clone()
}

async fn nobody_comes_to_a_family_whose_record_somebody_may_not_change(office: Office) {
    let (amelia, other) = (child(1, "Amelia", "Hart"), child(2, "Ben", "Hart"));
    office.add(&amelia, "teacher").await;
    office.add(&other, "health-visitor").await;
    let nobody = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    let add = |id: &str| json!({ "add": [{ "record": id, "relationship": "sibling" }] });
    let theirs = change(&office, "teacher", amelia.id, add(&other.id.to_string())).await;
    let made_up = change(&office, "teacher", amelia.id, add(nobody)).await;
    theirs.refused(404, "not-found");
    assert_eq!(theirs.text, made_up.text);
    // Who only reads, changes nothing.
    let tag = read(&office, "coordinator", amelia.id).await.header("etag").to_owned();
    let body = Some(json!({ "add": [{ "name": "Rosa", "relationship": "mother" }] }));
    let reply = office.ask_if("coordinator", "POST", &families_of(amelia.id), body, Some(&tag)).await;
    reply.refused(403, "forbidden");
    assert_eq!(read(&office, "coordinator", amelia.id).await.json()["may_change"], false);
    office.ask("teacher", "GET", &families_of(other.id), None).await.refused(404, "not-found");
}

/// The usual record with these names, and what it says of the family.
fn typed(given: &str, household: Value) -> Value {
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["given_names"] = json!(given);
    answers["home_and_family"]["household"] = household;
    json!({ "form_version": "caf-2026.3", "answers": answers })
}

async fn what_was_typed_is_proposed_and_nothing_is_linked_by_itself(office: Office) {
    let teacher = Person::new(&office.app, "teacher").await;
    let usual = complete(fixed_today());
    let family_name = usual["identifying_details"]["family_name"].as_str().expect("a name").to_owned();
    let brother = json!([{ "name": "Benedict", "relationship": "half_sibling", "lives_with_child": "yes" }]);
    for (key, body) in [("amelia", typed("Amelia", brother)), ("ben", typed("Benedict", json!([])))] {
        let sent = teacher.submit(key, &body).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    }
    let list = teacher.get("/api/v1/episodes").await.json();
    let mut ids = std::collections::BTreeMap::new();
    for one in list["episodes"].as_array().expect("a list") {
        let episode =
            teacher.get(&format!("/api/v1/episodes/{}", one["id"].as_str().expect("an id"))).await.json();
        let name = episode["shown"]["child_name"].as_str().expect("a name").to_owned();
        ids.insert(name, PersonId::parse(episode["child"].as_str().expect("an id")).expect("an id"));
    }
    let (amelia, ben) = (ids[&format!("Amelia {family_name}")], ids[&format!("Benedict {family_name}")]);
    let seen = read(&office, "teacher", amelia).await.json();
    assert_eq!(seen["families"], json!([]), "nothing is linked by itself");
    let proposals = seen["proposals"].as_array().expect("proposals");
    let found = proposals.iter().find(|one| one["record"] == json!(ben)).unwrap_or_else(|| panic!("{seen}"));
    assert_eq!(found["relationship"], "half_sibling");
    let reasons: Vec<&str> =
        found["reasons"].as_array().expect("reasons").iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(reasons.contains(&"named-here"), "{found}");
    assert_eq!(proposals.iter().filter(|one| one["name"] == "Benedict").count(), 0, "once, with the record");
    // Named people without a record are proposed as names.
    let parents = usual["parents_and_carers"].as_array().expect("parents");
    let mother = parents.first().and_then(|one| one["name"].as_str());
    if let Some(mother) = mother {
        assert!(proposals.iter().any(|one| one["name"] == mother && one["record"].is_null()), "{seen}");
        assert!(reasons.contains(&"same-parent"), "both records name {mother}: {found}");
    }

    let add = json!({ "add": [{
        "record": ben, "relationship": found["relationship"], "shared_parents": found["shared_parents"],
    }] });
    let now = changed(&office, "teacher", amelia, add).await;
    member(&now, &format!("Benedict {family_name}"));
    let left = now["proposals"].as_array().expect("proposals");
    assert!(left.iter().all(|one| one["record"] != json!(ben)), "what is so is not proposed: {now}");
    // Who may only read is proposed nothing.
    assert_eq!(read(&office, "coordinator", amelia).await.json()["proposals"], json!([]));
}

async fn an_export_has_the_family_and_leaves_other_people_to_decide_about(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    linked(&office, &amelia, &ben).await;
    let coordinator = Person::new(&office.app, "coordinator").await;
    let episode = format!("/api/v1/episodes/{}", amelia.id);
    let tag = coordinator.get(&episode).await.header("etag").to_owned();
    let headers = [("if-match", tag.as_str()), ("access-reason", "She%20turned%2016")];
    let received = Some(json!({ "received_on": "2026-11-20" }));
    let requests = format!("{episode}/subject-access");
    let request = coordinator.ask("POST", &requests, &headers, received).await;
    let request = request.json()["id"].as_str().expect("an id").to_owned();
    let export = coordinator.because(&format!("{requests}/{request}"), "She%20turned%2016").await;
    assert_eq!(export.status, 200, "{}", export.text);
    let export = export.json();
    let to_decide = export["to_decide"].as_array().expect("a list");
    let family: Vec<&Value> = to_decide.iter().filter(|one| one["question"] == "person.family").collect();
    let said: Vec<&str> = family.iter().filter_map(|one| one["answer"].as_str()).collect();
    assert_eq!(said.len(), 2, "{export}");
    assert!(said.iter().any(|one| one.contains("Rosa Hart") && one.contains("mother")), "{said:?}");
    assert!(said.iter().any(|one| one.contains("Ben Hart") && one.contains("sibling")), "{said:?}");
    assert!(family.iter().all(|one| one["because"] == "another-person"), "{export}");
    assert!(!export["for_the_person"].to_string().contains("Rosa Hart"), "{export}");
    // Her brother's name was shown: that is in the trail of his record.
    let look = ("read-family".to_owned(), "person".to_owned(), ben.id.to_string());
    assert!(office.did("coordinator").await.contains(&look), "{:?}", office.did("coordinator").await);
}
