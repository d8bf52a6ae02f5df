//! What an outcome tells beside its results: what raised a sign, which open question would settle the matter and in which
//! order, and what is behind each result. The results themselves are held against the text of the rules in `naive`.
//! Every record here is settled but for what a test names: no danger, no concern in any box, born in February 2019.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::rule_packs;
use std::sync::LazyLock;

use assessment_engine::answers::Answers;
use assessment_engine::sections;
use assessment_form::{Edit, WrittenDate};
use assessment_rules::{Outcome, RulePack, evaluate, explain};
use jiff::civil::Date;

static PACK: LazyLock<RulePack> = LazyLock::new(|| rule_packs::load(rule_packs::built_in()).unwrap());

/// A settled record with these marks and answers. A sign is named by its id, a date of birth by `born`, an expected one
/// by `due`.
fn record(changes: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    let mut put = |path: &str, text: &str| answers.apply(path, Edit::Text(text.to_owned())).unwrap();
    put("danger_now", "no");
    sections::elements().iter().for_each(|id| put(&format!("elements.{id}.status"), "no_concern"));
    for (what, to) in changes {
        match *what {
            "born" | "due" => {}
            id if PACK.indicator(id).is_some() => put(&path(id), to),
            path => put(path, to),
        }
    }
    let given = |what: &str| changes.iter().find(|(name, _)| *name == what).map(|(_, iso)| *iso);
    let date = |iso: Option<&str>| iso.and_then(WrittenDate::from_iso).unwrap_or_default();
    let born = if given("due").is_some() { None } else { Some(given("born").unwrap_or("2019-02-03")) };
    answers.identifying_details.dob = date(born);
    answers.identifying_details.edd = date(given("due"));
    answers
}

fn outcome(changes: &[(&str, &str)]) -> Outcome {
    evaluate(&record(changes), Date::new(2026, 11, 23).unwrap(), &PACK)
}

fn path(id: &str) -> String {
    format!("elements.{}.indicators.{id}", PACK.indicator(id).unwrap().element)
}

/// The ids of signs, and the paths of other questions, in order.
fn settles(changes: &[(&str, &str)]) -> Vec<String> {
    let short = |path: String| match path.rsplit_once(".indicators.") {
        Some((_, id)) => id.to_owned(),
        None => path,
    };
    outcome(changes).settles.into_iter().map(short).collect()
}

#[test]
fn a_sign_tells_what_raised_it() {
    let told = |changes: &[(&str, &str)], id: &str| {
        let outcome = outcome(changes);
        let finding = outcome.findings.into_iter().find(|finding| finding.indicator == id).unwrap();
        (finding.level.code(), finding.raised_by.join(" "))
    };
    let is = |changes: &[(&str, &str)], id: &str, level: &str, by: &str| {
        assert_eq!(told(changes, id), (level, by.to_owned()), "{changes:?}");
    };
    let baby = ("born", "2026-05-23");
    is(&[("GH-202", "yes")], "GH-202", "L2", "");
    is(&[("GH-202", "yes"), baby], "GH-202", "L3", "below_months:12");
    is(&[("GH-202", "unsure"), baby], "GH-202", "L3", "below_months:12");
    is(&[("GH-202", "yes"), ("due", "2027-02-01")], "GH-202", "L3", "unborn");
    // 16, and then 12: one reason, and then two.
    let sixteen = ("born", "2010-11-01");
    is(&[("BE-306", "yes"), sixteen], "BE-306", "L3", "");
    let mut disabled = record(&[("BE-306", "yes"), ("born", "2014-01-01")]);
    disabled.identifying_details.disability = vec!["LD".to_owned()];
    let both = evaluate(&disabled, Date::new(2026, 11, 23).unwrap(), &PACK);
    assert_eq!(both.findings[0].raised_by, ["below_months:156", "disability:LD"]);
    is(&[("BE-401", "yes"), ("BE-402", "yes"), sixteen], "BE-401", "L4b", "BE-402");
    is(&[("BE-401", "yes"), ("BE-306", "yes"), ("BE-403", "yes"), sixteen], "BE-401", "L4b", "BE-306");
    is(&[("BE-401", "unsure"), ("BE-402", "yes"), sixteen], "BE-401", "L4b", "BE-402");
    is(&[("BE-401", "yes"), ("BE-402", "unsure"), sixteen], "BE-401", "L4a", "");
    is(&[("PL-401", "yes")], "PL-401", "L3", "alone");
    is(&[("PL-401", "yes"), ("GH-202", "yes")], "PL-401", "L4a", "");
    is(&[("PL-401", "yes"), ("GH-202", "unsure")], "PL-401", "L3", "alone");
}

#[test]
fn what_is_settled_asks_for_nothing() {
    for changes in [&[][..], &[("GH-402", "yes")], &[("danger_now", "yes")], &[("GH-202", "yes")]] {
        assert_eq!(settles(changes), Vec::<String>::new(), "{changes:?}");
    }
    // What is open and cannot lead further than what is certain asks for nothing either.
    assert_eq!(settles(&[("GH-402", "yes"), ("BE-402", "unsure")]), Vec::<String>::new());
    assert_eq!(
        settles(&[("danger_now", "yes"), ("elements.identity.status", "recorded")]),
        Vec::<String>::new()
    );
}

#[test]
fn what_leads_furthest_comes_first_then_what_is_unsure_then_the_order_of_the_form() {
    // A box that was talked about, with every sign of it open.
    let open = ("elements.basic_care_safety.status", "recorded");
    let protection = ["BC-402", "BC-404", "BC-405", "BC-406", "BC-408"];
    let need = ["BC-401", "BC-403"];
    let lower = ["BC-201", "BC-202", "BC-203", "BC-301", "BC-302"];
    let all: Vec<&str> = protection.into_iter().chain(need).chain(lower).collect();
    assert_eq!(settles(&[open])[..all.len()], all);
    assert_eq!(settles(&[open, ("BC-405", "unsure")])[..3], ["BC-405", "BC-402", "BC-404"]);
    // A sign of a lower level that is unsure stays behind blank ones that lead further.
    let unsure = settles(&[open, ("BC-403", "unsure"), ("BC-203", "unsure")]);
    assert_eq!(unsure[5..9], ["BC-403", "BC-401", "BC-203", "BC-201"]);
    // With a child in need certain, only protection is still open.
    assert_eq!(settles(&[open, ("BC-401", "yes")]), protection);
    // With danger not answered, that comes before all.
    let danger = settles(&[open, ("danger_now", "")]);
    assert_eq!(danger[..2], ["danger_now", "BC-402"]);
    assert_eq!(settles(&[("danger_now", "unsure")]), ["danger_now"]);
    // CO-401 is danger now: it leads to R5, and so before signs that lead to R4.
    assert_eq!(settles(&[open, ("CO-401", "unsure")])[..2], ["CO-401", "BC-402"]);
}

#[test]
fn signs_that_only_together_lead_further_are_asked_for() {
    // One box at L2 is certain; with two more, services would have to work together.
    let three = [("GH-202", "yes"), ("BC-201", "unsure"), ("CO-201", "unsure")];
    assert_eq!(settles(&three), ["BC-201", "CO-201"]);
    // The second authority has a rule that names three signs, two of which are enough.
    let json = include_str!("../../../data/rule_packs/northbridge-example.json");
    let second = rule_packs::draft(json).unwrap();
    let two = record(&[("BC-301", "yes"), ("EW-301", "unsure")]);
    let outcome = evaluate(&two, Date::new(2026, 11, 23).unwrap(), &second);
    assert_eq!((outcome.suggestion.certain.code(), outcome.suggestion.possible.code()), ("R2", "R3"));
    assert_eq!(outcome.settles, [path("EW-301")]);
}

#[test]
fn an_age_that_is_not_known_is_asked_for() {
    let asked = settles(&[("born", ""), ("BC-401", "yes")]);
    assert_eq!(asked, ["identifying_details.dob"], "an infant would be raised to protection");
    assert_eq!(settles(&[("born", ""), ("GH-402", "yes")]), Vec::<String>::new());
    // An age that is known and raises a sign is no open question.
    assert_eq!(settles(&[("GH-202", "unsure"), ("born", "2026-05-23")]), ["GH-202"]);
}

#[test]
fn a_rule_that_is_undetermined_tells_what_is_open() {
    let open = |changes: &[(&str, &str)]| {
        let explanation = explain(&record(changes), Date::new(2026, 11, 23).unwrap(), &PACK);
        let rule = explanation.rules.into_iter().find(|rule| rule.rule == "RU-2").unwrap();
        rule.condition.unwrap().open
    };
    let sixteen = ("born", "2010-11-01");
    assert_eq!(open(&[sixteen]), Vec::<String>::new());
    assert_eq!(open(&[("BE-402", "unsure"), sixteen]), [path("BE-402")]);
    // The sign that was answered is not open; what could raise it is.
    assert_eq!(open(&[("BE-401", "yes"), ("BE-402", "unsure"), sixteen]), [path("BE-402")]);
    assert_eq!(open(&[("FH-401", "yes"), ("born", "")]), ["identifying_details.dob"]);
    assert_eq!(open(&[("BE-404", "yes"), ("BE-402", "unsure"), sixteen]), Vec::<String>::new());
}

#[test]
fn what_could_raise_a_sign_is_asked_for() {
    let sixteen = ("born", "2010-11-01");
    // Missing is certain, exploitation is not: the three signs beside it would raise it, and the disability BE-306.
    let asked = settles(&[("BE-401", "yes"), ("BE-403", "unsure"), sixteen]);
    assert_eq!(asked, ["BE-403"]);
    let open = settles(&[("BE-401", "yes"), ("elements.behavioural.status", "recorded"), sixteen]);
    assert_eq!(open[..4], ["BE-306", "BE-402", "BE-403", "BE-404"]);
}

#[test]
fn each_result_tells_what_is_behind_it() {
    let reasons = |changes: &[(&str, &str)]| {
        let told = outcome(changes).reasons.into_iter();
        told.map(|reason| {
            let because: Vec<&str> =
                reason.because.iter().map(|path| path.rsplit('.').next().unwrap()).collect();
            format!("{} {} {} {}", reason.result, reason.rule, reason.suggestion, because.join("+"))
        })
        .collect::<Vec<_>>()
    };
    let same = |rule: &str, because: &str| {
        ["certain", "possible", "not_ruled_out"].map(|result| format!("{result} {rule} {because}"))
    };
    assert_eq!(reasons(&[]), ["certain RU-6 R0 ", "possible RU-6 R0 ", "not_ruled_out RU-6 R0 "]);
    assert_eq!(reasons(&[("danger_now", "yes")]), same("RU-2A R5", "danger_now"));
    assert_eq!(reasons(&[("danger_now", "yes"), ("CO-401", "yes")]), same("RU-2A R5", "danger_now+CO-401"));
    assert_eq!(reasons(&[("GH-402", "yes"), ("GH-202", "yes")]), same("RU-2 R4", "GH-402"));
    // Three boxes at L2, in the order of the list; an indicator that is only unsure is behind what is possible.
    let three = [("GH-202", "yes"), ("CO-201", "yes"), ("BC-201", "unsure")];
    let told = [
        "certain RU-5 R1 GH-202+CO-201",
        "possible RU-4 R2 GH-202+BC-201+CO-201",
        "not_ruled_out RU-4 R2 GH-202+BC-201+CO-201",
    ];
    assert_eq!(reasons(&three), told);
    // A social worker replaces R1 to R3, with a reason of its own.
    let worker = ("identifying_details.legal_status", "child_in_need");
    assert_eq!(
        reasons(&[("PL-402", "yes"), worker])[..2],
        ["certain RU-3 R3 PL-402", "certain RU-10 IA-23 legal_status"]
    );
    assert_eq!(reasons(&[("GH-402", "yes"), worker]), same("RU-2 R4", "GH-402"));
    assert_eq!(outcome(&[("PL-402", "yes"), worker]).suggestion.certain.to_string(), "IA-23");
}
