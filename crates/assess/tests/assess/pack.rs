//! Rule packs: whether they may be used, what a new one changes, and truth tables.

use serde_json::{Value, json};

use crate::program::{LEEDS, NORTHBRIDGE, file, pack, part, run, run_with};

#[test]
fn a_good_pack_may_be_used() {
    let done = run(&["pack", "check", LEEDS]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.errors.contains("leeds-example"), "progress is told: {}", done.errors);
    let json = run_with(&["pack", "check", "--json", "-"], pack(LEEDS).to_string().as_bytes());
    assert_eq!((json.code, &json.json()["may_be_used"]), (0, &json!(true)));
    let tried = &json.json()["proof"]["tried"];
    let records = tried["records"].as_u64().unwrap();
    assert!(records > 0 && done.out.contains(&records.to_string()), "what was tried is told: {}", done.out);
}

/// A breach is told as a story that has everything of its witness: the child, what is answered, the change, what it does.
#[test]
fn a_breach_has_a_story() {
    let folder = tempfile::tempdir().unwrap();
    let mut broken = pack(LEEDS);
    part(&mut broken, "rules", "RU-4")["when"] =
        json!({"all": [{"level": "L3", "boxes": 1}, {"not": {"signs": ["BC-301"]}}]});
    let name = file(&folder, "broken.json", serde_json::to_string_pretty(&broken).unwrap());
    let json = run(&["pack", "check", "--json", &name]);
    assert_eq!((json.code, &json.json()["may_be_used"]), (1, &json!(false)));
    let breach = json.json()["proof"]["breaches"][0].clone();
    let done = run(&["pack", "check", &name]);
    assert_eq!(done.code, 1);
    let (before, after) =
        (breach["witness"]["before"].as_str().unwrap(), breach["witness"]["after"].as_str().unwrap());
    let falls = format!("falls from {before}: ");
    let story = done.out.lines().find(|line| line.contains(&falls)).unwrap_or_else(|| panic!("{}", done.out));
    assert!(story.contains(&format!(" to {after}: ")), "{story}");
    for (path, _) in
        breach["witness"]["answers"].as_array().unwrap().iter().map(|pair| (pair[0].as_str().unwrap(), 0))
    {
        if let Some((_, id)) = path.split_once(".indicators.") {
            assert!(story.contains(&format!("({id})")), "{id}: {story}");
        }
    }
    let change = breach["witness"]["change"][0].as_str().unwrap().rsplit('.').next().unwrap();
    assert!(story.contains("Then also yes to") && story.contains(change), "{story}");
    // The place that breaks a law by its form stands with its line.
    let text = std::fs::read_to_string(&name).unwrap();
    let begins = text.lines().position(|line| line.contains("\"id\": \"RU-4\"")).unwrap();
    let line = text.lines().skip(begins).position(|line| line.contains("\"when\"")).unwrap() + begins + 1;
    assert!(done.out.contains(&format!("{name}:{line}: rules[")), "line {line}: {}", done.out);
}

/// What may not be used is used by no command on records.
#[test]
fn no_record_meets_a_pack_that_may_not_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let mut weak = pack(LEEDS);
    part(&mut weak, "rules", "RU-3")["gives"] = "R0".into();
    part(&mut weak, "actions", "IA-01")["time_scale"] = "working-day".into();
    let name = file(&folder, "weak.json", weak.to_string());
    for command in [
        &["evaluate"][..],
        &["check"],
        &["explain"],
        &["explain", "--family"],
        &["what-if"],
        &["evaluate", "--lines"],
    ] {
        let done = run(&[command, &["--rule-pack", &name, "tests/cases/unborn-baby.json"]].concat());
        assert_eq!((done.code, done.out.as_str()), (3, ""), "{command:?}");
        let place = format!("assess: {name}:1: actions: ");
        let named = |line: &str| line.starts_with(&place) && line.contains("IA-01");
        assert!(done.errors.lines().any(named), "{}", done.errors);
    }
}

/// What is wrong by form is named with its line, and nothing is searched.
#[test]
fn a_pack_of_another_form_is_refused_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = pack(LEEDS);
    wrong["title"] = json!([]);
    part(&mut wrong, "indicators", "BE-306")["score"] = json!(3);
    let text = serde_json::to_string_pretty(&wrong).unwrap();
    let name = file(&folder, "wrong.json", &text);
    let done = run(&["pack", "check", &name]);
    assert_eq!(done.code, 1);
    for (field, place) in [("\"title\": []", "title"), ("\"score\"", "(BE-306).score")] {
        let line = text.lines().position(|line| line.contains(field)).unwrap() + 1;
        let found =
            done.out.lines().any(|one| one.starts_with(&format!("{name}:{line}: ")) && one.contains(place));
        assert!(found, "{place} at line {line}: {}", done.out);
    }
    let json = run(&["pack", "check", "--json", &name]).json();
    assert_eq!((json["refused"].as_array().unwrap().len(), &json["may_be_used"]), (2, &json!(false)));
}

#[test]
fn the_same_pack_changes_nothing() {
    let done = run(&["pack", "diff", LEEDS, LEEDS]);
    assert_eq!(done.code, 0, "{}", done.out);
    for heading in ["Impacted sections", "From when"] {
        assert!(done.out.lines().any(|line| line == heading), "{}", done.out);
    }
}

/// Parts that are added, removed, changed and ended, and a case that changes from the day on which the rule does.
#[test]
fn changes_are_told_by_part_and_by_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut new = pack(LEEDS);
    new["version"] = "2026.3".into();
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
    let mut sign = part(&mut new, "indicators", "HF-202").clone();
    sign["id"] = "HF-299".into();
    new["indicators"].as_array_mut().unwrap().push(sign);
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
    // A case of the new year changes on its own day too, and stands in both.
    let mut later = needs.clone();
    later[0]["on"] = "2027-03-01".into();
    let later = file(&folder, "later.json", later.to_string());
    let found = run(&["pack", "diff", "--json", LEEDS, &name, "--cases", &later]).json();
    let days = json!([{"day": "2027-01-01", "own_day": false}, {"day": "2027-03-01", "own_day": true}]);
    assert_eq!(found["cases"][0]["days"], days);
    let text = run(&["pack", "diff", LEEDS, &name, "--cases", &cases]).out;
    assert!(text.contains("LOWER") && text.contains("RU-5") && text.contains("three-needs"), "{text}");
}

/// Whom to phone is named as the authority names it: its profile's name, the built-in one's, or what it is.
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

/// A folder of cases is read; a case that cannot be is named, and the rest is compared.
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

#[test]
fn every_rule_has_a_table() {
    let done = run(&["pack", "table"]);
    assert_eq!(done.code, 0);
    let built_in = pack(LEEDS);
    for rule in built_in["rules"].as_array().unwrap() {
        let heading = format!("## {} ", rule["id"].as_str().unwrap());
        assert!(done.out.lines().any(|line| line.starts_with(&heading)), "{heading}");
    }
    let one = run(&["pack", "table", "RU-4"]);
    let rows: Vec<&str> = one.out.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(rows.len(), 10, "nine combinations below their heading: {}", one.out);
    assert_eq!(
        rows[5..8],
        [
            "| unknown | unknown | undetermined |",
            "| unknown | no | undetermined |",
            "| no | yes | **fired** |"
        ]
    );
    let json: Value = run(&["pack", "table", "RU-4", "--json", "--rule-pack", NORTHBRIDGE]).json();
    // Both versions of the rule.
    assert_eq!(json.as_array().unwrap().len(), 2);
}
