//! `assess explain --family`: plain, complete, and withheld where it could put a child in danger.

use serde_json::{Value, json};

use crate::program::{LEEDS, cases, pack, run, run_with, vignettes, wording};

/// Words that a family should not have to meet.
const JARGON: [&str; 12] = [
    "threshold",
    "undetermined",
    "indicator",
    "section 17",
    "section 47",
    "s17",
    "s47",
    "significant harm",
    "neglect",
    "abuse",
    "risk",
    "%{",
];

fn assert_plain(text: &str) {
    for word in JARGON {
        assert!(!text.to_lowercase().contains(word), "`{word}` in:\n{text}");
    }
    // No codes: R2, L4b, RU-4, GH-404.
    let code = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        word.len() > 1
            && word.chars().any(|c| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_uppercase())
    };
    assert!(!text.split_whitespace().any(code), "a code in:\n{text}");
}

#[test]
fn every_case_is_explained_in_plain_words() {
    for name in cases() {
        let done = run(&["explain", "--family", &name]);
        assert!(matches!(done.code, 0 | 1), "{name}");
        if done.code == 0 {
            assert_plain(&done.out);
        }
    }
}

#[test]
fn every_vignette_is_explained_in_plain_words_or_withheld() {
    let (mut told, mut withheld) = (0, 0);
    for (_, vignettes) in vignettes() {
        for vignette in vignettes.as_array().unwrap() {
            let done = run_with(&["explain", "--family", "-"], vignette.to_string().as_bytes());
            if done.code == 0 {
                told += 1;
                assert_plain(&done.out);
            } else {
                withheld += 1;
                assert!(!done.out.contains(&wording("family.heading")), "{}: {}", vignette["id"], done.out);
            }
        }
    }
    assert!(told > 100 && withheld > 10, "{told} and {withheld}");
}

fn with_indicator(element: &str, id: &str, mark: &str) -> Vec<u8> {
    json!({"danger_now": "no", "identifying_details": {"dob": "2015-01-01"},
        "elements": {element: {"indicators": {id: mark}}}})
    .to_string()
    .into_bytes()
}

/// For each indicator: if the family must not be told of its action, sure or not, there are no words for them, and the exit
/// code says so.
#[test]
fn what_must_not_be_told_is_withheld() {
    let pack = pack(LEEDS);
    let telling = |action: &Value| {
        let actions = pack["actions"].as_array().unwrap();
        let found = actions.iter().find(|one| one["id"] == *action).unwrap();
        found["telling_the_family"].as_str().unwrap().to_owned()
    };
    let open = ["n/a", "tell_family", "tell_family_unless_risk", "do_not_delay"];
    let (mut withheld, mut told) = (0, 0);
    for indicator in
        pack["indicators"].as_array().unwrap().iter().filter(|indicator| !indicator["action"].is_null())
    {
        let (id, element) = (indicator["id"].as_str().unwrap(), indicator["element"].as_str().unwrap());
        for mark in ["yes", "unsure"] {
            let record = with_indicator(element, id, mark);
            let outcome = run_with(&["evaluate", "--json", "--on", "2026-11-23", "-"], &record).json();
            let actions =
                ["urgent", "urgent_to_check"].map(|list| outcome[list].as_array().unwrap().clone()).concat();
            let secret = actions.iter().any(|action| !open.contains(&telling(action).as_str()));
            let done = run_with(&["explain", "--family", "--on", "2026-11-23", "-"], &record);
            if secret {
                withheld += 1;
                assert_eq!(done.code, 1, "{id}");
                let text = indicator["text"].as_str().unwrap();
                assert!(
                    !done.out.contains(&wording("family.heading")) && !done.out.contains(text),
                    "{id}: {}",
                    done.out
                );
            } else {
                told += 1;
                assert_eq!(done.code, 0, "{id}: {}", done.out);
                assert_plain(&done.out);
            }
        }
    }
    assert!(withheld > 10 && told > 5, "{withheld} and {told}");
}

/// "Not sure" and not asked are both open, even where the suggestion cannot rise any more.
#[test]
fn what_is_open_is_said() {
    let elements =
        run(&["schema", "record"]).json()["$defs"]["answers"]["properties"]["elements"]["properties"].clone();
    let all: serde_json::Map<String, Value> = elements
        .as_object()
        .unwrap()
        .keys()
        .map(|id| (id.clone(), json!({"status": "no_concern"})))
        .collect();
    let whole = json!({"danger_now": "no", "identifying_details": {"dob": "2015-01-01"}, "elements": all});
    let words = ["blank", "unsure", "none"].map(|key| wording(&format!("family.open.{key}")));
    let with = |place: &str, value: Value| {
        let mut record = whole.clone();
        let (parent, last) = place.rsplit_once('/').unwrap();
        record.pointer_mut(parent).unwrap()[last] = value;
        record
    };
    for (what, record, expected) in [
        ("everything answered", whole.clone(), [false, false, true]),
        ("nothing answered", json!({}), [true, false, false]),
        ("danger now, and nothing else", json!({"danger_now": "yes"}), [true, false, false]),
        ("danger not sure", with("/danger_now", json!("unsure")), [false, true, false]),
        ("no date of birth", with("/identifying_details/dob", json!(null)), [true, false, false]),
        ("an element that was not talked about", with("/elements/identity", json!({})), [true, false, false]),
        (
            "an indicator not sure",
            with("/elements/identity/indicators", json!({"ID-201": "unsure"})),
            [false, true, false],
        ),
        (
            "an indicator answered no",
            with("/elements/identity/indicators", json!({"ID-201": "no"})),
            [false, false, true],
        ),
        (
            "a mark that does not exist",
            with("/elements/identity/indicators", json!({"ID-201": "perhaps"})),
            [true, false, false],
        ),
    ] {
        let done =
            run_with(&["explain", "--family", "--on", "2026-11-23", "-"], record.to_string().as_bytes());
        assert_eq!(words.each_ref().map(|words| done.out.contains(words)), expected, "{what}: {}", done.out);
    }
}

/// The weaker rules that hold too would only add worry.
#[test]
fn only_the_rule_that_decided_is_given() {
    let explanation = run(&["explain", "--json", "tests/cases/unborn-baby.json"]).json();
    let text = run(&["explain", "--family", "tests/cases/unborn-baby.json"]).out;
    let pack = pack(LEEDS);
    for rule in
        explanation["rules"].as_array().unwrap().iter().filter(|rule| !rule["effect"]["gives"].is_null())
    {
        let of_pack = pack["rules"].as_array().unwrap().iter().find(|one| one["id"] == rule["rule"]).unwrap();
        let family = pack["wording"][of_pack["wording"].as_str().unwrap()]["family"].as_str().unwrap();
        let decided = rule["decided"].as_array().unwrap().contains(&json!("certain"));
        assert_eq!(text.contains(family), decided, "{}", rule["rule"]);
    }
}
