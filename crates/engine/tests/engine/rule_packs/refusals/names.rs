//! Names that lead nowhere, words and days that are missing, and conditions where they have no meaning.

use serde_json::{Value, json};

use super::{Case, add, each_is_refused, part, rule, sign};

const CASES: &[Case] = &[
    ("another format", |p| p["format"] = "rule-pack/9".into(), "format"),
    ("empty title", |p| p["title"] = "".into(), "title"),
    // Signs, actions, references, contacts, time scales, wording.
    (
        "unknown sign",
        |p| sign(p, "BE-401")["raised"][0]["when"]["signs"][0] = "BE-999".into(),
        "(BE-401).raised[0].when.signs",
    ),
    (
        "a sign that raises itself",
        |p| sign(p, "BE-401")["raised"][0]["when"]["signs"][0] = "BE-401".into(),
        "(BE-401).raised[0].when.signs",
    ),
    (
        "unknown sign in a rule",
        |p| rule(p, "RU-14")["when"]["all"][1]["signs"][0] = "XX-1".into(),
        "(RU-14).when.signs",
    ),
    (
        "unknown indicator on its own",
        |p| rule(p, "RU-9")["when"]["any"][0]["alone"] = "XX-1".into(),
        "(RU-9).when.signs",
    ),
    ("unknown action of a rule", |p| rule(p, "RU-14")["urgent"] = "IA-99".into(), "(RU-14).urgent"),
    (
        "unknown action in a condition",
        |p| rule(p, "RU-2A")["when"]["any"][1]["action"] = "IA-99".into(),
        "(RU-2A).when.action",
    ),
    ("unknown action of a sign", |p| sign(p, "GH-402")["action"] = "IA-99".into(), "(GH-402).action"),
    (
        "another action instead of R1 to R3",
        |p| rule(p, "RU-10")["instead"] = "IA-02".into(),
        "(RU-10).instead",
    ),
    ("unknown reference", |p| sign(p, "ES-101")["references"][0] = "nobody".into(), "(ES-101).references"),
    ("no reference of a sign", |p| sign(p, "GH-101")["references"] = json!([]), "(GH-101).references"),
    (
        "no reference of an action",
        |p| part(p, "actions", "IA-02")["references"] = json!([]),
        "(IA-02).references",
    ),
    ("no reference of a rule", |p| rule(p, "RU-1")["references"] = json!([]), "(RU-1).references"),
    ("no reference of a time scale", |p| p["time_scales"][0]["references"] = json!([]), "(now).references"),
    ("unknown contact", |p| part(p, "actions", "IA-05")["contacts"][0] = "nobody".into(), "(IA-05).contacts"),
    ("nobody to contact", |p| part(p, "actions", "IA-05")["contacts"] = json!([]), "(IA-05).contacts"),
    ("a contact without a way", |p| part(p, "contacts", "edt")["phone"] = Value::Null, "contacts[2] (edt)"),
    (
        "a number checked on no day",
        |p| part(p, "contacts", "edt")["checked_on"] = "soon".into(),
        "(edt).checked_on",
    ),
    ("no 999", |p| part(p, "contacts", "police_999")["phone"] = "998".into(), "contacts"),
    (
        "unknown time scale",
        |p| part(p, "actions", "IA-05")["time_scale"] = "someday".into(),
        "(IA-05).time_scale",
    ),
    (
        "unknown advice on telling",
        |p| part(p, "actions", "IA-05")["telling_the_family"] = "shout".into(),
        "(IA-05).telling_the_family",
    ),
    ("unknown wording", |p| rule(p, "RU-5")["wording"] = "nothing".into(), "(RU-5).wording"),
    (
        "wording that no rule has",
        |p| p["wording"]["spare"] = p["wording"]["no-need"].clone(),
        "wording.spare",
    ),
    ("empty wording", |p| p["wording"]["no-need"]["family"] = " ".into(), "wording.no-need.family"),
    // Questions and options.
    (
        "unknown question",
        |p| rule(p, "RU-8")["when"]["all"][1]["question"] = "consent.moon".into(),
        "(RU-8).when.question",
    ),
    (
        "a question without options",
        |p| rule(p, "RU-8")["when"]["all"][1]["question"] = "identifying_details.family_name".into(),
        "(RU-8).when.question",
    ),
    (
        "a question of a row",
        |p| rule(p, "RU-8")["when"]["all"][1]["question"] = "parents_and_carers.name".into(),
        "(RU-8).when.question",
    ),
    (
        "an option that is not offered",
        |p| rule(p, "RU-8")["when"]["all"][1]["is"][0] = "perhaps".into(),
        "(RU-8).when.is",
    ),
    ("no option", |p| rule(p, "RU-8")["when"]["all"][1]["is"] = json!([]), "(RU-8).when.is"),
    (
        "certain and unsure at once",
        |p| rule(p, "RU-2A")["when"]["any"][0]["unsure"] = json!(["yes"]),
        "(RU-2A).when.unsure",
    ),
    // Conditions where they have no meaning.
    (
        "a level in a modifier",
        |p| sign(p, "GH-202")["raised"][0]["when"] = json!({"level": "L3"}),
        "(GH-202).raised[0].when",
    ),
    (
        "the suggestion in a rule that gives one",
        |p| rule(p, "RU-5")["when"] = json!({"suggestion": ["R2"]}),
        "(RU-5).when",
    ),
    (
        "the suggestion in an urgent rule",
        |p| rule(p, "RU-14")["when"] = json!({"below": "R3"}),
        "(RU-14).when",
    ),
    (
        "no such suggestion",
        |p| rule(p, "RU-8")["when"]["all"][0]["suggestion"] = json!(["R7"]),
        "(RU-8).when.suggestion",
    ),
    ("in no box", |p| rule(p, "RU-4")["when"]["any"][1]["boxes"] = 0.into(), "(RU-4).when.boxes"),
    ("in twenty boxes", |p| rule(p, "RU-4")["when"]["any"][1]["boxes"] = 20.into(), "(RU-4).when.boxes"),
    ("the level of strengths", |p| rule(p, "RU-5")["when"]["level"] = "L1".into(), "(RU-5).when.level"),
    (
        "more signs than there are",
        |p| rule(p, "RU-14")["when"]["all"][1]["at_least"] = 3.into(),
        "(RU-14).when.at_least",
    ),
    ("no signs", |p| rule(p, "RU-14")["when"]["all"][1]["signs"] = json!([]), "(RU-14).when.signs"),
    ("no parts", |p| rule(p, "RU-4")["when"]["any"] = json!([]), "(RU-4).when"),
    (
        "ages the wrong way round",
        |p| rule(p, "RU-14")["when"]["all"][0]["born"]["from"] = 216.into(),
        "(RU-14).when.born",
    ),
    // Signs.
    ("unknown box", |p| sign(p, "SL-101")["element"] = "elsewhere".into(), "(SL-101).element"),
    (
        "raised to a lower level",
        |p| sign(p, "GH-202")["raised"][0]["to"] = "L2".into(),
        "(GH-202).raised[0].to",
    ),
    (
        "raised without a reason",
        |p| sign(p, "GH-202")["raised"][0]["because"] = "".into(),
        "(GH-202).raised[0].because",
    ),
    ("alone no lower", |p| sign(p, "PL-401")["alone"] = "L4a".into(), "(PL-401).alone"),
    (
        "ages of a sign the wrong way round",
        |p| sign(p, "PL-303")["applies"]["below"] = 186.into(),
        "(PL-303).applies",
    ),
    ("a strength above L1", |p| sign(p, "GH-101")["level"] = "L2".into(), "(GH-101).level"),
    ("a concern at L1", |p| sign(p, "GH-201")["level"] = "L1".into(), "(GH-201).level"),
    ("a strength with an action", |p| sign(p, "GH-101")["action"] = "IA-02".into(), "(GH-101)"),
    ("danger now below protection", |p| sign(p, "GH-201")["action"] = "IA-01".into(), "(GH-201).level"),
    ("empty text of a sign", |p| sign(p, "SC-101")["text"] = "  ".into(), "(SC-101).text"),
    ("empty text of an action", |p| part(p, "actions", "IA-05")["action"] = "".into(), "(IA-05).action"),
    ("empty trigger", |p| part(p, "actions", "IA-05")["trigger"] = "".into(), "(IA-05).trigger"),
    ("empty rationale", |p| rule(p, "RU-2")["rationale"] = "".into(), "(RU-2).rationale"),
    ("empty title of a reference", |p| p["references"][0]["title"] = "".into(), "references[0].title"),
    ("blank id", |p| p["indicators"][5]["id"] = " ".into(), "indicators[5].id"),
    ("id that is no part of a path", |p| p["indicators"][5]["id"] = "ID.101".into(), "indicators[5].id"),
    // The same thing twice, and days.
    ("the same sign twice", |p| add(p, "indicators", "GH-201", &|_| ()), "(GH-201).id"),
    ("the same action twice", |p| add(p, "actions", "IA-02", &|_| ()), "(IA-02).id"),
    ("the same rule twice", |p| add(p, "rules", "RU-5", &|_| ()), "(RU-5).id"),
    ("the same reference twice", |p| add(p, "references", "prevent", &|_| ()), ".id"),
    ("the same contact twice", |p| add(p, "contacts", "edt", &|_| ()), ".id"),
    (
        "versions that overlap by one day",
        |p| {
            rule(p, "RU-5")["effective_to"] = "2026-06-30".into();
            add(p, "rules", "RU-5", &|new| {
                new["effective_from"] = "2026-06-30".into();
                new["effective_to"] = Value::Null;
            });
        },
        "(RU-5).id",
    ),
    ("ends before it starts", |p| p["effective_to"] = "2025-12-31".into(), "effective_to"),
    (
        "a rule from before the pack",
        |p| rule(p, "RU-5")["effective_from"] = "2025-12-31".into(),
        "(RU-5).effective_from",
    ),
    (
        "a sign that is never in force",
        |p| {
            p["effective_to"] = "2026-12-31".into();
            sign(p, "GH-201")["effective_from"] = "2027-01-01".into();
        },
        "(GH-201)",
    ),
    (
        "a rule that names a sign which has ended",
        |p| sign(p, "SL-302")["effective_to"] = "2026-12-31".into(),
        "(RU-9).when.signs",
    ),
    (
        "an action that ends before its sign",
        |p| part(p, "actions", "IA-12")["effective_to"] = "2026-12-31".into(),
        "(FR-402).action",
    ),
    ("approved by nobody", |p| p["approved_on"] = "2026-01-01".into(), "approved_by"),
    (
        "approved on no day",
        |p| {
            p["approved_by"] = "A board".into();
            p["approved_on"] = "soon".into();
        },
        "approved_on",
    ),
    (
        "a rule approved by blanks",
        |p| {
            rule(p, "RU-5")["approved_by"] = " ".into();
            rule(p, "RU-5")["approved_on"] = "2026-01-01".into();
        },
        "(RU-5).approved_by",
    ),
];

#[test]
fn what_leads_nowhere_is_refused_with_its_place() {
    each_is_refused(CASES);
}
