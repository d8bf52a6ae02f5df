//! Joining two records of one child: nothing is lost, the stricter protection counts, and old ids and numbers lead on.

use assessment_people::{
    id::PersonId,
    person::{Gp, Name, NameKind, Phone, System},
    protection::{Protected, Protection},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Office, address, born, child, number, on_both};

on_both! {
    everything_that_led_to_the_other_record_leads_to_the_kept_one_a4;
    nothing_is_lost_and_the_stricter_protection_counts_either_way_round_a5;
    a_record_is_not_joined_with_itself_or_unseen;
    of_two_joins_at_once_one_is_told_that_the_record_has_changed;
}

async fn everything_that_led_to_the_other_record_leads_to_the_kept_one_a4(office: Office) {
    let (kept, mut merged) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    merged.birth = born(2019, 4, 5);
    merged.names.push(Name::of(NameKind::Former, "Amelia", "Pemberton"));
    let numbers =
        [(System::NhsNumber, "9990000018"), (System::Upn, UPN), (System::Reference, "CAF-2K7R-9XTW")];
    merged.identifiers.extend(numbers.map(|(system, text)| number(system, text)));
    office.add(&kept, "teacher").await;
    office.add(&merged, "health-visitor").await;
    let reply = office.merge(kept.id, merged.id).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let merge = reply.json();
    assert_eq!((&merge["number"], &merge["by"]), (&json!(1), &json!("Dewi Pritchard")));
    assert_eq!(merge["can_be_undone_until"], "2026-12-23");

    // The teacher and the health visitor each see the one record now: it belongs to both their episodes.
    let (school, visitors) = ("Woodhouse Moor Primary School", "Aire Valley Health Visiting");
    for (person, held_by) in [
        ("teacher", json!([school])),
        ("health-visitor", json!([visitors])),
        ("coordinator", json!([visitors, school])),
    ] {
        for text in ["999 000 0018", UPN, "CAF-2K7R-9XTW", "pemberton", "amelia hart"] {
            assert_eq!(office.search(person, text).await, [kept.id.to_string()], "{person} {text}");
        }
        let reply = office.ask(person, "GET", &format!("/{}", merged.id), None).await;
        let read = reply.json();
        assert_eq!((reply.status, &read["id"]), (200, &json!(kept.id)), "{person}: {}", reply.text);
        let said = json!({
            "from": merged.id, "on": "2026-11-23", "by": "Dewi Pritchard",
            "words": "The record that you opened was joined into this one on 23 November 2026 by Dewi Pritchard.",
        });
        assert_eq!(read["merged"], said);
        assert_eq!(read["held_by"], held_by, "of episodes that {person} may know of");
        let body = Some(json!({ "text": "amelia hart" }));
        let found = office.ask(person, "POST", "/search", body).await.json();
        assert_eq!(found["people"][0]["person"]["held_by"], held_by, "{person}");
        let direct = office.ask(person, "GET", &format!("/{}", kept.id), None).await.json();
        assert_eq!(direct["merged"], Value::Null);
    }
    let matches = office.same_as_stored("coordinator", merged.id).await;
    assert!(super::office::ids(&matches).is_empty(), "they are no longer two: {matches}");
}

const UPN: &str = "H801200001001";

async fn nothing_is_lost_and_the_stricter_protection_counts_either_way_round_a5(office: Office) {
    for (round, first, second) in [(0, 1, 2), (10, 2, 1)] {
        let (mut one, mut other) = (child(round + 1, "Amelia", "Hart"), child(round + 2, "Amelia", "Hart"));
        one.addresses.push(address("12 Elm Road", "LS6 3HN"));
        other.addresses.push(address("12 elm road", "ls63hn"));
        other.addresses[0].protection = Protected::because(Protection::Confidential, "Fled from violence");
        one.phones.main = Some(Phone::new("0113 496 0001"));
        other.phones.main = Some(Phone::new("0113 496 0002"));
        one.gp = Some(Gp { written: "Hyde Park Surgery".to_owned() });
        other.gp = Some(Gp { written: "HYDE PARK SURGERY".to_owned() });
        office.add(&one, "teacher").await;
        office.add(&other, "teacher").await;
        let (kept, merged) = if first < second { (&one, &other) } else { (&other, &one) };
        assert_eq!(office.merge(kept.id, merged.id).await.status, 201);
        let read = office.ask("teacher", "GET", &format!("/{}", merged.id), None).await.json();
        assert_eq!(read["addresses"].as_array().map(Vec::len), Some(1), "{read}");
        let phones = read["phones"].as_array().expect("numbers");
        let main = kept.phones.main.as_ref().expect("one").written.clone();
        assert_eq!((phones.len(), &phones[0]["number"]), (2, &json!(main)), "{read}");
        assert_eq!(read["gps"].as_array().map(Vec::len), Some(1), "{read}");
        // The coordinator may read ordinary answers only, and either record said that the address is none.
        let read = office.ask("coordinator", "GET", &format!("/{}", kept.id), None).await.json();
        assert_eq!(read["addresses"], json!([]), "{read}");
    }
}

async fn a_record_is_not_joined_with_itself_or_unseen(office: Office) {
    let (one, other) = (child(1, "Amelia", "Hart"), child(2, "Emelia", "Hart"));
    office.add(&one, "teacher").await;
    office.add(&other, "health-visitor").await;
    let path = format!("/{}/merges", one.id);
    let body = |id: PersonId| Some(json!({ "merged": id }));
    let itself = office.ask_if("coordinator", "POST", &path, body(one.id), Some("\"1\"")).await;
    itself.refused(409, "merge-refused");
    assert_eq!(
        itself.json()["detail"],
        "This is one and the same record. Choose the other record of this child."
    );
    office.ask("coordinator", "POST", &path, body(other.id)).await.refused(428, "precondition-missing");
    let stale = office.ask_if("coordinator", "POST", &path, body(other.id), Some("\"7\"")).await;
    stale.refused(412, "stale-revision");
    assert_eq!(stale.header("etag"), "\"1\"");
    let nobody = PersonId::from_uuid(Uuid::from_u128(77));
    office.ask_if("coordinator", "POST", &path, body(nobody), Some("\"1\"")).await.refused(404, "not-found");
    office.ask_if("teacher", "POST", &path, body(other.id), Some("\"1\"")).await.refused(403, "forbidden");
    office
        .ask_if("health-visitor", "POST", &path, body(other.id), Some("\"1\""))
        .await
        .refused(404, "not-found");
    assert_eq!(office.stored(one.id).await.person, one, "nothing was changed");
    assert_eq!(office.stored(one.id).await.revision, 1);
}

async fn of_two_joins_at_once_one_is_told_that_the_record_has_changed(office: Office) {
    let (one, other, third) =
        (child(1, "Amelia", "Hart"), child(2, "Emelia", "Hart"), child(3, "Amelie", "Hart"));
    for child in [&one, &other, &third] {
        office.add(child, "teacher").await;
    }
    let (first, second) = tokio::join!(office.merge(one.id, other.id), office.merge(one.id, third.id));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    // Either both read the same revision and one is late, or the second read what the first had made.
    assert!(statuses == [201, 412] || statuses == [201, 201], "{statuses:?}");
    let joins = office.ask("coordinator", "GET", &format!("/{}", one.id), None).await.json();
    let made = statuses.iter().filter(|status| **status == 201).count();
    assert_eq!(joins["merges"].as_array().map(Vec::len), Some(made), "{joins}");
}
