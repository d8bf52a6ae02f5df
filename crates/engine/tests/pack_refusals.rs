//! What loading a rule pack refuses, with its place: one case for each thing that can be wrong. A pack that is refused
//! is not used at all. Not a test of packs that are wrong at random: see `pack_mutations`.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

use assessment_engine::threshold::RulePack;
use serde_json::{Value, json};

fn built_in() -> Value {
    serde_json::from_str(RulePack::built_in()).unwrap()
}

/// The position of an indicator, by id.
fn at(pack: &Value, id: &str) -> usize {
    pack["indicators"].as_array().unwrap().iter().position(|indicator| indicator["id"] == id).unwrap()
}

fn duplicate(pack: &mut Value, list: &str) {
    let first = pack[list][0].clone();
    pack[list].as_array_mut().unwrap().push(first);
}

type Change = fn(&mut Value);

/// What is wrong, how the pack is changed, and where loading must say so.
const REFUSED: &[(&str, Change, &str)] = &[
    (
        "unknown indicator in any_of",
        |p| {
            let i = at(p, "BE-401");
            p["indicators"][i]["raised"][0]["when"]["any_of"][0] = "BE-999".into()
        },
        "(BE-401).raised[0].when.any_of",
    ),
    (
        "an indicator that raises itself",
        |p| {
            let i = at(p, "BE-401");
            p["indicators"][i]["raised"][0]["when"]["any_of"][0] = "BE-401".into()
        },
        "(BE-401).raised[0].when.any_of",
    ),
    ("unknown indicator in also", |p| p["also"][0]["any_of"][1] = "XX-1".into(), "also[0].any_of"),
    ("unknown action in also", |p| p["also"][0]["action"] = "IA-99".into(), "also[0].action"),
    (
        "unknown indicator in a rule",
        |p| p["rules"][8]["indicators"][0] = "XX-1".into(),
        "rules[8] (RU-9).indicators",
    ),
    ("unknown action in a rule", |p| p["rules"][9]["action"] = "IA-99".into(), "rules[9] (RU-10).action"),
    ("no codes of open work", |p| p["rules"][9]["legal_status"] = json!([]), "rules[9] (RU-10)"),
    ("no action for open work", |p| p["rules"][9]["action"] = Value::Null, "rules[9] (RU-10)"),
    ("one box is several", |p| p["rules"][3]["boxes"] = 1.into(), "rules[3] (RU-4).boxes"),
    (
        "no number of boxes",
        |p| {
            p["rules"][3].as_object_mut().unwrap().remove("boxes");
        },
        "rules[3] (RU-4).boxes",
    ),
    (
        "missing reference on an indicator",
        |p| p["indicators"][0]["references"] = json!([]),
        "indicators[0] (GH-101).references",
    ),
    (
        "missing reference on an action",
        |p| p["actions"][1]["references"] = json!([]),
        "actions[1] (IA-02).references",
    ),
    (
        "missing reference on a rule",
        |p| p["rules"][0]["references"] = json!([]),
        "rules[0] (RU-1).references",
    ),
    (
        "unknown reference",
        |p| p["indicators"][3]["references"][0] = "nobody".into(),
        "indicators[3] (ES-101).references",
    ),
    ("duplicate indicator", |p| duplicate(p, "indicators"), "indicators[147].id"),
    ("duplicate action", |p| duplicate(p, "actions"), "actions[23].id"),
    ("duplicate rule", |p| duplicate(p, "rules"), "rules[12].id"),
    ("duplicate reference", |p| duplicate(p, "references"), "references[29].id"),
    ("blank id", |p| p["indicators"][5]["id"] = " ".into(), "indicators[5].id"),
    ("id that is no part of a path", |p| p["indicators"][5]["id"] = "ID.101".into(), "indicators[5].id"),
    ("unknown box", |p| p["indicators"][2]["element"] = "elsewhere".into(), "indicators[2] (SL-101).element"),
    (
        "unknown action on an indicator",
        |p| {
            let i = at(p, "GH-402");
            p["indicators"][i]["action"] = "IA-99".into()
        },
        "(GH-402).action",
    ),
    (
        "raised to a lower level",
        |p| {
            let i = at(p, "GH-202");
            p["indicators"][i]["raised"][0]["to"] = "L2".into()
        },
        "(GH-202).raised[0].to",
    ),
    (
        "raised without a reason",
        |p| {
            let i = at(p, "GH-202");
            p["indicators"][i]["raised"][0]["because"] = "".into()
        },
        "(GH-202).raised[0].because",
    ),
    (
        "raised under no condition",
        |p| {
            let i = at(p, "GH-202");
            p["indicators"][i]["raised"][0]["when"] = json!({})
        },
        "(GH-202).raised[0].when",
    ),
    (
        "raised under two conditions",
        |p| {
            let i = at(p, "GH-202");
            p["indicators"][i]["raised"][0]["when"]["unborn"] = true.into()
        },
        "(GH-202).raised[0].when",
    ),
    (
        "alone no lower",
        |p| {
            let i = at(p, "PL-401");
            p["indicators"][i]["alone"] = "L4a".into()
        },
        "(PL-401).alone",
    ),
    (
        "ages the wrong way round",
        |p| {
            let i = at(p, "PL-303");
            p["indicators"][i]["applies"]["below"] = 186.into()
        },
        "(PL-303).applies",
    ),
    ("a strength above L1", |p| p["indicators"][0]["level"] = "L2".into(), "indicators[0] (GH-101).level"),
    (
        "a concern at L1",
        |p| {
            let i = at(p, "GH-201");
            p["indicators"][i]["level"] = "L1".into()
        },
        "(GH-201).level",
    ),
    (
        "a strength with an action",
        |p| p["indicators"][0]["action"] = "IA-02".into(),
        "indicators[0] (GH-101)",
    ),
    (
        "empty text of an indicator",
        |p| p["indicators"][7]["text"] = "  ".into(),
        "indicators[7] (SC-101).text",
    ),
    ("empty text of an action", |p| p["actions"][4]["action"] = "".into(), "actions[4] (IA-05).action"),
    ("empty deadline", |p| p["actions"][4]["deadline"] = "".into(), "actions[4] (IA-05).deadline"),
    ("empty trigger", |p| p["actions"][4]["trigger"] = "".into(), "actions[4] (IA-05).trigger"),
    ("nobody to contact", |p| p["actions"][4]["contacts"] = json!([]), "actions[4] (IA-05).contacts"),
    ("empty name of a rule", |p| p["rules"][1]["name"] = "".into(), "rules[1] (RU-2).name"),
    ("empty rationale", |p| p["rules"][1]["rationale"] = "".into(), "rules[1] (RU-2).rationale"),
    ("empty title of a reference", |p| p["references"][0]["title"] = "".into(), "references[0].title"),
    ("empty title", |p| p["title"] = "".into(), "title"),
    ("no such day", |p| p["effective_from"] = "2026-02-30".into(), "effective_from"),
    ("a day in words", |p| p["effective_to"] = "next year".into(), "effective_to"),
    ("ends before it starts", |p| p["effective_to"] = "2025-12-31".into(), "effective_to"),
    ("approved by nobody", |p| p["approved_on"] = "2026-01-01".into(), "approved_by"),
    (
        "approved on no day",
        |p| {
            p["approved_by"] = "A board".into();
            p["approved_on"] = "soon".into()
        },
        "approved_on",
    ),
    (
        "missing rule",
        |p| {
            p["rules"].as_array_mut().unwrap().remove(6);
        },
        "rules",
    ),
    (
        "a rule that nothing carries out",
        |p| {
            let mut rule = p["rules"][0].clone();
            rule["id"] = "RU-13".into();
            p["rules"].as_array_mut().unwrap().push(rule)
        },
        "rules[12] (RU-13).id",
    ),
    (
        "missing IA-01",
        |p| {
            p["actions"].as_array_mut().unwrap().remove(0);
        },
        "actions",
    ),
];

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    for (what, change, place) in REFUSED {
        let mut pack = built_in();
        change(&mut pack);
        let problems = RulePack::load(&pack.to_string()).err().unwrap_or_default();
        let found =
            problems.iter().any(|problem| problem.place.ends_with(place) && !problem.message.is_empty());
        assert!(found, "{what}: expected a problem at {place}, found {problems:?}");
    }
}

/// What the format does not allow is refused while it is read, at its place and nowhere else.
#[test]
fn what_the_format_does_not_have_is_refused_with_its_place() {
    let refused: &[(&str, Change, &str)] = &[
        ("unknown field", |p| p["weights"] = json!(1), "weights"),
        (
            "unknown field of an indicator",
            |p| p["indicators"][4]["score"] = json!(3),
            "indicators[4] (BE-101).score",
        ),
        ("unknown level", |p| p["indicators"][4]["level"] = "L5".into(), "indicators[4] (BE-101).level"),
        ("unknown condition", |p| p["also"][0]["when"]["moon"] = "full".into(), "also[0].when.moon"),
        ("an age below zero", |p| p["also"][0]["when"]["from"] = (-1).into(), "also[0].when.from"),
        (
            "missing field",
            |p| {
                p.as_object_mut().unwrap().remove("actions");
            },
            "actions",
        ),
        ("a list where a text is expected", |p| p["title"] = json!([]), "title"),
        (
            "two megabytes of text where a list is expected",
            |p| p["also"] = "a".repeat(2 << 20).into(),
            "also",
        ),
        ("a name of two megabytes", |p| p["a".repeat(2 << 20)] = json!(1), &"a".repeat(60)),
    ];
    for (what, change, place) in refused {
        let mut pack = built_in();
        change(&mut pack);
        let problems = RulePack::load(&pack.to_string()).err().unwrap_or_default();
        let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, [*place], "{what}");
        assert!(problems.iter().all(|problem| (1..200).contains(&problem.message.len())), "{what}");
    }
    // Everything that is wrong is named, not only the first. What was wrong inside `also` went when it became a text.
    let mut pack = built_in();
    refused.iter().for_each(|(_, change, _)| change(&mut pack));
    assert_eq!(RulePack::load(&pack.to_string()).err().unwrap_or_default().len(), refused.len() - 2);
}

/// What is no JSON, or can be read in two ways, is refused with line and column.
#[test]
fn what_cannot_be_read_is_refused_with_line_and_column() {
    let whole = RulePack::built_in();
    for (what, text) in [
        ("a field given twice", whole.replacen("\"version\"", "\"id\"", 1)),
        ("a field given twice far inside", whole.replacen("\"trigger\"", "\"who\"", 1)),
        ("not JSON", "the rules".to_owned()),
        ("nothing", String::new()),
        ("cut off half way", whole.chars().take(whole.chars().count() / 2).collect()),
        ("something after the end", format!("{whole} {{}}")),
        ("two megabytes of nothing", " ".repeat(2 << 20)),
        ("two megabytes of brackets", "[".repeat(2 << 20)),
        ("a thousand levels", whole.replacen("null", &("[".repeat(1000) + &"]".repeat(1000)), 1)),
    ] {
        let problems = RulePack::load(&text).err().unwrap_or_default();
        assert_eq!(problems.len(), 1, "{what}");
        let place = problems[0].place.strip_prefix("line ").and_then(|rest| rest.split_once(", column "));
        let numbers = place.map(|(line, column)| (line.parse::<usize>(), column.parse::<usize>()));
        assert!(matches!(numbers, Some((Ok(_), Ok(_)))), "{what}: {problems:?}");
        assert!(!problems[0].message.is_empty(), "{what}");
    }
}
