//! `assess pack check`: whether a rule pack may be used, and why not.

use serde_json::json;

use crate::program::{LEEDS, file, pack, part, run, run_with};

#[test]
fn a_good_pack_may_be_used() {
    let done = run(&["pack", "check", LEEDS]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.errors.contains("leeds-example"), "progress is reported: {}", done.errors);
    let json = run_with(&["pack", "check", "--json", "-"], pack(LEEDS).to_string().as_bytes());
    assert_eq!((json.code, &json.json()["may_be_used"]), (0, &json!(true)));
    let tried = &json.json()["proof"]["tried"];
    let records = tried["records"].as_u64().unwrap();
    assert!(records > 0 && done.out.contains(&records.to_string()), "what was tried is said: {}", done.out);
}

/// The story has everything of its witness: the child, the answers, the change, what it does.
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
    // The place whose structure breaks a law is named with its line.
    let text = std::fs::read_to_string(&name).unwrap();
    let begins = text.lines().position(|line| line.contains("\"id\": \"RU-4\"")).unwrap();
    let line = text.lines().skip(begins).position(|line| line.contains("\"when\"")).unwrap() + begins + 1;
    assert!(done.out.contains(&format!("{name}:{line}: rules[")), "line {line}: {}", done.out);
}

#[test]
fn no_command_on_records_uses_a_pack_that_may_not_be_used() {
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

/// Nothing is searched then.
#[test]
fn a_pack_with_a_wrong_structure_is_refused_by_line() {
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
