//! What the closed format does not have, and what is no JSON at all.

use assessment_engine::rule_packs;
use serde_json::json;

use super::{Case, built_in, each_is_refused, refused, rule, sign};

/// Refused while it is read, at its place and nowhere else.
const CASES: &[Case] = &[
    ("unknown field", |p| p["weights"] = json!(1), "weights"),
    ("unknown field of an indicator", |p| sign(p, "BE-101")["score"] = json!(3), "(BE-101).score"),
    ("unknown level", |p| sign(p, "BE-101")["level"] = "L5".into(), "(BE-101).level"),
    ("unknown step", |p| rule(p, "RU-5")["gives"] = "R9".into(), "(RU-5).gives"),
    ("unknown prompt", |p| rule(p, "RU-8")["prompt"] = "shout".into(), "(RU-8).prompt"),
    (
        "unknown condition",
        |p| rule(p, "RU-14")["when"]["all"][0]["moon"] = "full".into(),
        ".when.all[0].moon",
    ),
    ("an age below zero", |p| rule(p, "RU-14")["when"]["all"][0]["born"]["from"] = (-1).into(), ".born.from"),
    (
        "an age with a fraction",
        |p| rule(p, "RU-14")["when"]["all"][0]["born"]["from"] = 1.5.into(),
        ".born.from",
    ),
    (
        "missing field",
        |p| {
            p.as_object_mut().unwrap().remove("actions");
        },
        "actions",
    ),
    ("a list where a text is expected", |p| p["title"] = json!([]), "title"),
    ("two megabytes of text where a list is expected", |p| p["rules"] = "a".repeat(2 << 20).into(), "rules"),
    ("no such day", |p| p["effective_from"] = "2026-02-30".into(), "effective_from"),
    ("a day in words", |p| p["effective_to"] = "next year".into(), "effective_to"),
    (
        "no first day of a rule",
        |p| drop(rule(p, "RU-5").as_object_mut().unwrap().remove("effective_from")),
        "(RU-5).effective_from",
    ),
    ("a condition of nothing", |p| rule(p, "RU-5")["when"] = json!({}), "(RU-5).when"),
    ("two conditions in one", |p| rule(p, "RU-5")["when"]["always"] = true.into(), "(RU-5).when"),
    ("half a condition", |p| rule(p, "RU-5")["when"] = json!({"boxes": 2}), "(RU-5).when"),
    (
        "a rule that does nothing",
        |p| drop(rule(p, "RU-5").as_object_mut().unwrap().remove("gives")),
        "(RU-5)",
    ),
    ("a rule that does two things", |p| rule(p, "RU-5")["urgent"] = "IA-02".into(), "(RU-5)"),
    (
        "a rule without a condition",
        |p| drop(rule(p, "RU-5").as_object_mut().unwrap().remove("when")),
        "(RU-5).when",
    ),
    ("a principle with a condition", |p| rule(p, "RU-7")["when"] = json!({"always": true}), "(RU-7).when"),
    (
        "conditions too deep inside each other",
        |p| {
            let mut deep = json!({"level": "L2", "boxes": 1});
            (0..40).for_each(|_| deep = json!({"all": [deep]}));
            rule(p, "RU-5")["when"] = deep;
        },
        "",
    ),
];

#[test]
fn what_the_format_does_not_have_is_refused_with_its_place() {
    each_is_refused(CASES);
    // And nothing else is blamed: every problem is in the part that was changed.
    for (what, change, place) in CASES.iter().filter(|(_, _, place)| place.contains('(')) {
        let part = place.split_inclusive(')').next().unwrap();
        assert!(refused(change).iter().all(|problem| problem.place.contains(part)), "{what}");
    }
}

#[test]
fn a_name_of_two_megabytes_is_shortened() {
    let problems = refused(&|p| p["a".repeat(2 << 20)] = json!(1));
    assert_eq!(problems[0].place, "a".repeat(60));
}

/// Everything that is wrong is named, not only the first.
#[test]
fn everything_that_is_wrong_is_named() {
    let problems = refused(&|p| {
        p["weights"] = json!(1);
        p["title"] = json!([]);
        sign(p, "BE-101")["score"] = json!(3);
    });
    assert_eq!(problems.len(), 3, "{problems:#?}");
}

/// What is no JSON, or can be read in two ways, is refused with line and column.
#[test]
fn what_cannot_be_read_is_refused_with_line_and_column() {
    let whole = rule_packs::built_in();
    for (what, text) in [
        ("a field given twice", whole.replacen("\"version\"", "\"id\"", 1)),
        ("a field given twice far inside", whole.replacen("\"trigger\"", "\"who\"", 1)),
        ("not JSON", "the rules".to_owned()),
        ("nothing", String::new()),
        ("another encoding", String::from_utf8_lossy(&[0xff, 0xfe, b'{', 0, b'}', 0]).into_owned()),
        ("a mark before the text", format!("\u{feff}{whole}")),
        ("cut off half way", whole.chars().take(whole.chars().count() / 2).collect()),
        ("something after the end", format!("{whole} {{}}")),
        ("two megabytes of nothing", " ".repeat(2 << 20)),
        ("two megabytes of brackets", "[".repeat(2 << 20)),
        ("a thousand levels", whole.replacen("null", &("[".repeat(1000) + &"]".repeat(1000)), 1)),
    ] {
        let problems = rule_packs::load(&text).err().unwrap_or_default();
        assert_eq!(problems.len(), 1, "{what}: {problems:?}");
        let place = problems[0].place.strip_prefix("line ").and_then(|rest| rest.split_once(", column "));
        let numbers = place.map(|(line, column)| (line.parse::<usize>(), column.parse::<usize>()));
        assert!(matches!(numbers, Some((Ok(_), Ok(_)))), "{what}: {problems:?}");
        assert!(!problems[0].message.is_empty(), "{what}");
    }
}

/// A pack of a hundred thousand rules is read, or refused with each place, in a bounded time and without a panic.
#[test]
fn a_hundred_thousand_rules_are_read() {
    let mut pack = built_in();
    let last = pack["rules"].as_array().unwrap().iter().position(|rule| rule["id"] == "RU-6").unwrap();
    let local = rule(&mut pack, "RU-5").clone();
    let rules = pack["rules"].as_array_mut().unwrap();
    let many = (0..100_000).map(|number| {
        let mut rule = local.clone();
        rule["id"] = format!("LOCAL-{number}").into();
        rule
    });
    rules.splice(last..last, many.collect::<Vec<_>>());
    let loaded = rule_packs::load(&pack.to_string());
    assert_eq!(loaded.map(|pack| pack.rules().len()).ok(), Some(100_015));
}
