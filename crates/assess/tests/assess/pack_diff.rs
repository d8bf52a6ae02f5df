//! `assess pack diff`: what a new pack changes, part by part and case by case.

use serde_json::json;

use crate::program::{LEEDS, NORTHBRIDGE, file, pack, part, run};

#[test]
fn the_same_pack_changes_nothing() {
    let done = run(&["pack", "diff", LEEDS, LEEDS]);
    assert_eq!(done.code, 0, "{}", done.out);
    for heading in ["Impacted sections", "From when"] {
        assert!(done.out.lines().any(|line| line == heading), "{}", done.out);
    }
}

/// Parts that are added, removed, changed and ended, and a case that changes from the day on which a rule does.
#[test]
fn changes_are_listed_by_part_and_by_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut new = pack(LEEDS);
    new["version"] = "2026.9".into();
    // From 2027 three needs no longer lead to a team.
    let mut later = part(&mut new, "rules", "RU-4").clone();
    part(&mut new, "rules", "RU-4")["effective_to"] = "2026-12-31".into();
    later["effective_from"] = "2027-01-01".into();
    later["when"] = json!({"level": "L3", "boxes": 1});
    let rules = new["rules"].as_array_mut().unwrap();
    let at = rules.iter().position(|rule| rule["id"] == "RU-4").unwrap();
    rules.insert(at + 1, later);
    part(&mut new, "contacts", "lado")["phone"] = "0113 496 0001".into();
    new["contacts"].as_array_mut().unwrap().retain(|contact| contact["id"] != "mace");
    for action in new["actions"].as_array_mut().unwrap() {
        action["contacts"].as_array_mut().unwrap().retain(|contact| contact != "mace");
    }
    let mut indicator = part(&mut new, "indicators", "HF-202").clone();
    indicator["id"] = "HF-299".into();
    new["indicators"].as_array_mut().unwrap().push(indicator);
    part(&mut new, "indicators", "GH-204")["effective_to"] = "2026-12-31".into();
    let name = file(&folder, "new.json", new.to_string());
    let needs = json!([{"id": "three-needs", "on": "2026-11-23", "answers": {"danger_now": "no",
        "identifying_details": {"dob": "2015-01-01"}, "elements": {
            "general_health": {"status": "recorded", "indicators": {"GH-201": "yes"}},
            "social_community": {"status": "recorded", "indicators": {"CO-201": "yes"}},
            "housing_employment_finance": {"status": "recorded", "indicators": {"HF-202": "yes"}}}}}]);
    let cases = file(&folder, "cases.json", needs.to_string());
    let json = run(&["pack", "diff", "--json", LEEDS, &name, "--cases", &cases]);
    assert_eq!(json.code, 1);
    let found = json.json();
    let parts: Vec<(String, String, String)> = found["impacted_sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            let text = |name: &str| part[name].as_str().unwrap().to_owned();
            (text("list"), text("id"), text("how"))
        })
        .collect();
    for (list, id, how) in [
        ("pack", "leeds-example", "changed"),
        ("rules", "RU-4", "ended"),
        ("rules", "RU-4", "changed"),
        ("contacts", "lado", "changed"),
        ("contacts", "mace", "removed"),
        ("indicators", "HF-299", "added"),
        ("indicators", "GH-204", "ended"),
    ] {
        assert!(parts.contains(&(list.into(), id.into(), how.into())), "{list} {id} {how}: {parts:#?}");
    }
    assert!(!parts.iter().any(|(_, id, _)| id == "RU-5" || id == "edt"), "{parts:#?}");
    assert_eq!(found["from_when"], json!(["2026-01-01", "2027-01-01"]));
    // On its own day nothing changes for the case; from the new year it is lower.
    assert_eq!(found["cases"].as_array().unwrap().len(), 1, "{found:#}");
    assert_eq!(found["cases"][0]["days"], json!([{"day": "2027-01-01", "own_day": false}]));
    assert_eq!(found["cases"][0]["lower"], true);
    // A case of the new year changes on its own day too, and is listed with both days.
    let mut later = needs.clone();
    later[0]["on"] = "2027-03-01".into();
    let later = file(&folder, "later.json", later.to_string());
    let found = run(&["pack", "diff", "--json", LEEDS, &name, "--cases", &later]).json();
    let days = json!([{"day": "2027-01-01", "own_day": false}, {"day": "2027-03-01", "own_day": true}]);
    assert_eq!(found["cases"][0]["days"], days);
    let text = run(&["pack", "diff", LEEDS, &name, "--cases", &cases]).out;
    assert!(text.contains("LOWER") && text.contains("RU-5") && text.contains("three-needs"), "{text}");
}

/// The name in its profile, the one in the built-in profile, or plain words.
#[test]
fn the_front_door_has_the_authoritys_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut new = pack(LEEDS);
    part(&mut new, "indicators", "GH-201")["level"] = "L4b".into();
    let name = file(&folder, "new.json", new.to_string());
    let case = json!([{"id": "one-sign", "on": "2026-11-23", "answers": {"danger_now": "no",
        "identifying_details": {"dob": "2015-01-01"}, "elements": {
            "general_health": {"status": "recorded", "indicators": {"GH-201": "yes"}}}}}]);
    let cases = file(&folder, "cases.json", case.to_string());
    let profile = |front_door: &str| {
        json!({"id": "own", "version": "1", "name": "", "organisation": "", "rule_pack": "leeds-example",
            "time_zone": "Europe/London", "terms": {"front_door": front_door}})
        .to_string()
    };
    let (own, blank) = (file(&folder, "own", profile("Harbour Desk")), file(&folder, "blank", profile(" ")));
    let diff = ["pack", "diff", LEEDS, &name, "--cases", &cases];
    for (arguments, said) in [
        (vec![], "R4: Phone Duty and Advice today"),
        (vec!["--profile", &own], "R4: Phone Harbour Desk today"),
        (vec!["--profile", &blank], "R4: Phone children's social care today"),
    ] {
        let out = run(&[&diff[..], &arguments].concat()).out;
        assert!(out.contains(said) && !out.contains("%{"), "{out}");
    }
}

/// A case that cannot be read is named, and the rest are compared.
#[test]
fn cases_come_from_files_and_folders() {
    let count = |arguments: &[&str]| {
        run(&[&["pack", "diff", "--json", LEEDS, NORTHBRIDGE], arguments].concat()).json()["cases_tried"]
            .as_u64()
    };
    assert_eq!(count(&["--cases", "tests/cases"]), Some(8));
    assert_eq!(count(&["--cases", "tests/cases", "--cases", "tests/cases/unborn-baby.json"]), Some(9));
    assert!(count(&[]) >= Some(8));
    let folder = tempfile::tempdir().unwrap();
    file(&folder, "a.json", "{\"answers\":{\"spy\":1}}");
    file(&folder, "b.json", "{}");
    let done = run(&["pack", "diff", LEEDS, LEEDS, "--cases", folder.path().to_str().unwrap()]);
    assert!(done.code == 3 && done.errors.contains("a.json:1: spy"), "{}", done.errors);
    assert!(done.out.contains("Tried: 1 case,"), "{}", done.out);
}
