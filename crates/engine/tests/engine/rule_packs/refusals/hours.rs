//! Opening hours that overlap, are missing, end before they begin or leave an urgent action without anybody to ring.

use serde_json::{Value, json};

use super::{Case, each_is_refused, part, refused};

fn office(pack: &mut Value) -> &mut Value {
    &mut part(pack, "contacts", "duty_advice")["hours"]
}

const CASES: &[Case] = &[
    ("no hours of a number", |p| part(p, "contacts", "edt")["hours"] = Value::Null, "(edt).hours"),
    (
        "no field for the hours of a number",
        |p| drop(part(p, "contacts", "lado").as_object_mut().and_then(|lado| lado.remove("hours"))),
        "(lado).hours",
    ),
    ("hours of two kinds", |p| office(p)["always"] = true.into(), "(duty_advice).hours"),
    ("hours of no kind", |p| part(p, "contacts", "edt")["hours"] = json!({}), "(edt).hours"),
    ("never open", |p| office(p)["open"] = json!([]), "(duty_advice).hours.open"),
    ("no days", |p| office(p)["open"][0]["days"] = json!([]), "(duty_advice).hours.open[0].days"),
    ("no such day", |p| office(p)["open"][0]["days"][0] = "Monday".into(), ".hours.open[0].days"),
    ("a day twice", |p| office(p)["open"][0]["days"][1] = "mon".into(), ".hours.open[0].days"),
    ("no such time", |p| office(p)["open"][0]["from"] = "9am".into(), ".hours.open[0].from"),
    ("a minute too many", |p| office(p)["open"][0]["from"] = "08:60".into(), ".hours.open[0].from"),
    ("begins when the day ends", |p| office(p)["open"][0]["from"] = "24:00".into(), ".hours.open[0].from"),
    ("ends after the day", |p| office(p)["open"][0]["to"] = "24:01".into(), ".hours.open[0].to"),
    ("ends before it begins", |p| office(p)["open"][0]["to"] = "08:00".into(), ".hours.open[0].to"),
    ("ends as it begins", |p| office(p)["open"][0]["to"] = "09:00".into(), ".hours.open[0].to"),
    ("no end", |p| office(p)["open"][0]["to"] = Value::Null, ".hours.open[0].to"),
    ("no word on bank holidays", |p| office(p)["bank_holidays"] = Value::Null, ".hours.bank_holidays"),
    ("another word on bank holidays", |p| office(p)["bank_holidays"] = "shut".into(), ".hours.bank_holidays"),
    ("periods that overlap", |p| office(p)["open"][1]["days"] = json!(["thu", "fri"]), "(duty_advice).hours"),
    (
        "open and perhaps open at once",
        |p| office(p)["may_be_open"][0]["to"] = "09:01".into(),
        "(duty_advice).hours",
    ),
    (
        "outside the hours of nobody",
        |p| part(p, "contacts", "edt")["hours"]["outside"] = "nobody".into(),
        "(edt).hours.outside",
    ),
    (
        "outside its own hours",
        |p| part(p, "contacts", "edt")["hours"]["outside"] = "edt".into(),
        "(edt).hours.outside",
    ),
    ("outside hours that nobody knows", |p| *office(p) = json!({"unknown": true}), "(edt).hours.outside"),
    (
        "nobody answers instead",
        |p| part(p, "contacts", "duty_advice")["when_closed"] = "nobody".into(),
        "(duty_advice).when_closed",
    ),
    (
        "answers instead of itself",
        |p| part(p, "contacts", "duty_advice")["when_closed"] = "duty_advice".into(),
        "(duty_advice).when_closed",
    ),
    (
        "a mailbox that answers instead",
        |p| part(p, "contacts", "duty_advice")["when_closed"] = "mace".into(),
        "(duty_advice).when_closed",
    ),
    ("a number that cannot be rung", |p| part(p, "contacts", "edt")["phone"] = "ask".into(), "(edt).phone"),
    ("an empty number", |p| part(p, "contacts", "edt")["phone"] = "".into(), "(edt).phone"),
    (
        "an action with an address only",
        |p| part(p, "actions", "IA-06")["contacts"] = json!(["mace"]),
        "(IA-06).contacts",
    ),
    (
        "an action for office hours only",
        |p| {
            let lado = part(p, "contacts", "lado");
            lado["hours"] = json!({"open": [{"days": ["mon"], "from": "09:00", "to": "17:00"}], "bank_holidays": "closed"});
            lado["when_closed"] = Value::Null;
        },
        "(IA-06).contacts",
    ),
    (
        "an action for every day but bank holidays",
        |p| {
            let lado = part(p, "contacts", "lado");
            let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            lado["hours"] =
                json!({"open": [{"days": days, "from": "00:00", "to": "24:00"}], "bank_holidays": "closed"});
            lado["when_closed"] = Value::Null;
        },
        "(IA-06).contacts",
    ),
    ("no such bank holiday", |p| p["bank_holidays"] = json!({"days": ["2026-02-30"]}), "bank_holidays.days"),
    (
        "a bank holiday twice",
        |p| p["bank_holidays"] = json!({"days": ["2026-02-27", "2026-02-27"]}),
        "bank_holidays.days",
    ),
    (
        "bank holidays known until no day",
        |p| p["bank_holidays"] = json!({"days": [], "known_until": "later"}),
        "bank_holidays.known_until",
    ),
];

#[test]
fn hours_that_could_mislead_are_refused_with_their_place() {
    each_is_refused(CASES);
}

#[test]
fn the_message_says_when_nobody_answers() {
    let problems = refused(&|p| {
        let lado = part(p, "contacts", "lado");
        lado["hours"] = json!({"open": [
            {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "00:00", "to": "22:15"},
        ], "bank_holidays": "as_usual"});
        lado["when_closed"] = Value::Null;
    });
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.starts_with("nobody answers on a Monday at 22:15"), "{problems:?}");
}

/// Times that touch do not overlap, and hours may be honest about what nobody knows.
#[test]
fn hours_that_fit_together_are_accepted() {
    for change in [
        (|p| office(p)["open"][0]["to"] = "24:00".into()) as fn(&mut Value),
        |p| drop(office(p).as_object_mut().and_then(|hours| hours.remove("may_be_open"))),
        |p| office(p)["bank_holidays"] = "unknown".into(),
        |p| {
            *office(p) = json!({"unknown": true});
            part(p, "contacts", "edt")["hours"] = json!({"unknown": true});
        },
        |p| part(p, "contacts", "edt")["phone"] = "+44 113 496 0000".into(),
        |p| p["bank_holidays"] = json!({"days": ["2029-01-01"], "known_until": "2029-12-31"}),
        |p| p["bank_holidays"] = Value::Null,
    ] {
        assert_eq!(refused(&change), Vec::new());
    }
}
