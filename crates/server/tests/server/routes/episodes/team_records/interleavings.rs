//! Two people who change one record over HTTP, in seeded interleavings: no value is lost from both the newest revision and the
//! kept versions (bar B9, on both stores).

#[path = "../../../../../../team/tests/team/editing.rs"]
mod editing;

use assessment_team::{RecordKind, TeamRecord};
use serde_json::{Value, json};

use super::{App, Team, on_both, tag};
use editing::{Editing, new_values, values_of};

on_both! {
    no_value_of_two_editors_is_lost_over_http_b9;
}

fn read(kind: RecordKind, record: &Value) -> TeamRecord {
    let reading = TeamRecord::from_value(kind, record.clone()).expect("a record");
    assert_eq!(reading.unread, vec![], "{record}");
    reading.record
}

/// One interleaving. Gives how many saves were merged and how many were refused.
async fn interleave(team: &Team<'_>, record: &str, seed: u64) -> (u32, u32) {
    let kind = RecordKind::parse(record.split('/').next().expect("a kind")).expect("a kind");
    let (mut merged, mut refused) = (0, 0);
    let mut editing = Editing::new(seed);
    let mut first = TeamRecord::blank(kind);
    for _ in 0..8 {
        editing.change(&mut first);
    }
    let (mut newest, mut current) = (team.saved(&team.lead, record, 0, &first.to_value()).await, first);
    let mut editors =
        [(newest, current.clone(), current.clone()), (newest, current.clone(), current.clone())];
    let mut kept: Vec<Value> = Vec::new();
    for _ in 0..24 {
        let who = editing.dice.roll(2);
        let (revision, base, own) = editors[who].clone();
        if editing.dice.roll(3) > 0 {
            editing.change(&mut editors[who].2);
            continue;
        }
        let person = if who == 0 { &team.lead } else { &team.teacher };
        let saved = team.save(person, record, revision, &own.to_value()).await;
        let next = match saved.status {
            200 => {
                merged += 1;
                newest = tag(&saved);
                read(kind, &saved.json()["record"])
            }
            409 => {
                refused += 1;
                let said = saved.json();
                let clashes = said["kept"]["clashes"].as_array().map_or(0, Vec::len);
                assert!(clashes > 0, "seed {seed}: a flag has something to show: {said}");
                current.clone()
            }
            _ => panic!("seed {seed}: {}", saved.text),
        };
        let stored = team.read(record).await;
        assert_eq!(read(kind, &stored["record"]), next, "seed {seed}: what was answered is what is stored");
        if saved.status == 409 {
            kept = team.kept(record).await.into_iter().map(|one| one["record"].clone()).collect();
            let is_kept = kept.iter().any(|one| read(kind, one) == own);
            assert!(is_kept, "seed {seed}: what was refused is kept whole");
        }
        let everywhere: Vec<_> = kept.iter().chain([&stored["record"]]).map(values_of).collect();
        for (place, value) in new_values(&base, &own).into_iter().chain(new_values(&base, &current)) {
            let holds = everywhere.iter().any(|values| values.get(&place) == Some(&value));
            assert!(holds, "seed {seed}: {value} at {place} is lost");
        }
        current = next.clone();
        editors[who] = (newest, next.clone(), next);
    }
    (merged, refused)
}

async fn no_value_of_two_editors_is_lost_over_http_b9(app: App) {
    let (mut merged, mut refused) = (0, 0);
    let team = Team::new(&app).await;
    // There is one plan for each episode, and meetings and reviews follow each other.
    for (record, seed) in [
        ("plan/1", 1),
        ("meeting/1", 2),
        ("meeting/2", 3),
        ("review/1", 4),
        ("meeting/3", 5),
        ("review/2", 6),
    ] {
        let (clean, clash) = interleave(&team, record, seed).await;
        (merged, refused) = (merged + clean, refused + clash);
    }
    assert!(merged > 10 && refused > 3, "both happen: {merged} merged, {refused} refused");
    assert_eq!(team.listed("plan", 1).await["kept"], json!(team.kept("plan/1").await.len()));
}
