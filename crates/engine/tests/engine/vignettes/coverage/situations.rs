//! The situations that must be shown besides signs and ages: each rule at, just below and just above where it begins,
//! and what a blank, an unsure answer, an uncertain date or a contradiction leads to. One line for each.

use serde_json::Value;

use super::pack_form::open_statuses;
use super::shown::{Shown, rank};

type Holds = fn(&Shown<'_>) -> bool;

const L2: Option<usize> = Some(1);

/// What certain answers alone lead to, where nothing else is open.
fn settled(one: &Shown<'_>, code: &str, level: &str) -> bool {
    one.all_are(code) && Some(one.highest()) == rank(level)
}

fn consult(one: &Shown<'_>) -> bool {
    one.is_about("RU-9") && one.prompt("consult-safeguarding-lead") && one.all_are("R2")
}

fn no_consult(one: &Shown<'_>) -> bool {
    one.is_about("RU-9") && !one.prompt("consult-safeguarding-lead") && one.code("certain") == "R2"
}

fn refusal(one: &Shown<'_>, status: &str, code: &str, asks: bool) -> bool {
    one.consent() == status && one.code("certain") == code && one.prompt("does-refusal-change-risk") == asks
}

/// Everything but one or a few things was answered.
fn nearly_all(one: &Shown<'_>) -> bool {
    one.boxes_with_status("no_concern") >= 17
}

const SITUATIONS: &[(&str, Holds)] = &[
    ("RU-1: urgent actions beside R2", |one| {
        one.is_about("RU-1") && one.all_are("R2") && !one.nothing_urgent()
    }),
    ("RU-1: needs and nothing urgent", |one| {
        one.is_about("RU-1") && one.nothing_urgent() && one.highest() > 0
    }),
    ("RU-2: R5 by danger now and nothing else", |one| one.danger() == "yes" && one.all_are("R5")),
    ("RU-2: R5 by danger now beside no concern", |one| {
        one.danger() == "yes" && one.all_are("R5") && one.boxes_with_status("no_concern") == 19
    }),
    ("RU-2: R5 by a sign that carries IA-01", |one| {
        one.danger() == "no" && one.all_are("R5") && one.urgent("IA-01")
    }),
    ("RU-2: R4 at L4b", |one| one.is_about("RU-2") && settled(one, "R4", "L4b")),
    ("RU-2, just below: R3 at L4a", |one| one.is_about("RU-2") && settled(one, "R3", "L4a")),
    ("RU-3: R3 at L4a", |one| one.is_about("RU-3") && settled(one, "R3", "L4a")),
    ("RU-3, just above: R4 at L4b", |one| one.is_about("RU-3") && settled(one, "R4", "L4b")),
    ("RU-3, just below: several at L3 stay R2", |one| {
        let at_l3 = one.findings().filter(|(_, level)| *level == "L3").count();
        one.is_about("RU-3") && settled(one, "R2", "L3") && at_l3 > 1
    }),
    ("RU-4: one L3", |one| one.is_about("RU-4") && settled(one, "R2", "L3")),
    ("RU-4: three boxes at L2", |one| one.is_about("RU-4") && settled(one, "R2", "L2") && one.needs().1 == 3),
    ("RU-4, just below: two boxes at L2", |one| {
        one.is_about("RU-4") && settled(one, "R1", "L2") && one.needs() == (2, 2)
    }),
    ("RU-4, just below: three needs in two boxes", |one| {
        one.is_about("RU-4") && settled(one, "R1", "L2") && one.needs() == (3, 2)
    }),
    ("RU-5: one box at L2", |one| one.is_about("RU-5") && settled(one, "R1", "L2") && one.needs().1 == 1),
    ("RU-5: two boxes at L2", |one| one.is_about("RU-5") && settled(one, "R1", "L2") && one.needs().1 == 2),
    ("RU-6: nothing", |one| one.is_about("RU-6") && one.all_are("R0") && one.findings().next().is_none()),
    ("RU-8: refused with R2", |one| refusal(one, "refused", "R2", true)),
    ("RU-8: withdrawn with R2", |one| refusal(one, "withdrawn", "R2", true)),
    ("RU-8: given with R2", |one| refusal(one, "given", "R2", false)),
    ("RU-8: refused with R1", |one| refusal(one, "refused", "R1", false)),
    ("RU-8: withdrawn with R1", |one| refusal(one, "withdrawn", "R1", false)),
    ("RU-8: refused with R3", |one| refusal(one, "refused", "R3", false)),
    ("RU-8: refused with the social worker instead of R2", |one| refusal(one, "refused", "IA-23", false)),
    ("RU-9: unborn", |one| {
        one.is_about("RU-9")
            && one.unborn()
            && one.code("certain") == "R2"
            && one.prompt("consult-safeguarding-lead")
    }),
    ("RU-9: the day before twelve months", |one| one.day_before(12) && consult(one)),
    ("RU-9: not at exactly twelve months", |one| one.first_day_of(12) && no_consult(one)),
    ("RU-9: cannot move independently", |one| one.child("independently_mobile") == "no" && consult(one)),
    ("RU-9: not where the child can move", |one| {
        one.child("independently_mobile") == "yes" && no_consult(one)
    }),
    ("RU-9: not where nobody knows", |one| one.child("independently_mobile") == "unknown" && no_consult(one)),
    ("RU-9: disabled", |one| one.child("disabled") == "yes" && consult(one)),
    ("RU-9: not where nobody knows of a disability", |one| {
        one.child("disabled") == "unknown" && no_consult(one)
    }),
    ("RU-9: SL-302", |one| one.mark("SL-302") == "yes" && consult(one)),
    ("RU-9: not where SL-302 is unsure", |one| one.mark("SL-302") == "unsure" && no_consult(one)),
    ("RU-9: CO-302", |one| one.mark("CO-302") == "yes" && consult(one)),
    ("RU-9: not where CO-302 is unsure", |one| one.mark("CO-302") == "unsure" && no_consult(one)),
    // FH-404 is at L4a by itself, so that certain is never R2 beside it: it never gets as far as this prompt.
    ("RU-9: FH-404 goes further by itself", |one| {
        one.is_about("RU-9") && one.mark("FH-404") == "yes" && one.all_are("R3")
    }),
    ("RU-9: not where FH-404 is unsure", |one| one.mark("FH-404") == "unsure" && no_consult(one)),
    ("RU-9: a closed protection plan", |one| {
        one.child("legal_status") == "closed_protection_plan" && consult(one)
    }),
    ("RU-9: not where no plan was closed", |one| one.child("legal_status") == "closed" && no_consult(one)),
    ("RU-9, just below: an amplifier with R1", |one| one.is_about("RU-9") && one.all_are("R1")),
    ("RU-9: an amplifier with three boxes at L2", |one| consult(one) && one.needs().1 == 3),
    ("RU-10: not while it is not known", |one| one.child("legal_status") == "not_known" && one.all_are("R2")),
    ("RU-10: not where there never was one", |one| one.child("legal_status") == "none" && one.all_are("R2")),
    ("RU-10: not where it is closed", |one| one.child("legal_status") == "closed" && one.all_are("R2")),
    ("RU-11: strengths alone", |one| one.is_about("RU-11") && one.all_are("R0") && one.strengths() > 0),
    ("RU-11: strengths beside L3", |one| one.strengths() > 0 && settled(one, "R2", "L3")),
    ("RU-11: strengths beside L4b", |one| one.strengths() > 0 && settled(one, "R4", "L4b")),
    ("danger now is unsure", |one| {
        one.danger() == "unsure" && one.three() == "R0 R5 R5" && one.checks("IA-01")
    }),
    ("danger now is blank beside no concern", |one| {
        one.danger().is_empty() && one.three() == "R0 R0 R5" && one.boxes_with_status("no_concern") == 19
    }),
    ("a sign that carries IA-01 is unsure", |one| one.mark("CO-401") == "unsure" && one.checks("IA-01")),
    ("an urgent action is not checked twice", |one| {
        one.mark("HF-402") == "unsure" && one.urgent("IA-02") && !one.checks("IA-02")
    }),
    ("an unsure action is to be checked beside a certain one", |one| {
        one.urgent("IA-02") && one.checks("IA-09")
    }),
    ("nothing is answered", |one| {
        one.0.answers().as_object().is_some_and(serde_json::Map::is_empty) && one.three() == "R0 R0 R5"
    }),
    ("every box was not talked about", |one| {
        one.boxes_with_status("not_discussed") == 19 && one.three() == "R0 R0 R5"
    }),
    ("every box without concern", |one| {
        one.boxes_with_status("no_concern") == 19 && one.three() == "R0 R0 R0"
    }),
    ("a blank leaves R1 open", |one| nearly_all(one) && one.three() == "R0 R0 R1"),
    ("a blank leaves R2 open", |one| nearly_all(one) && one.three() == "R0 R0 R2"),
    ("a blank leaves R3 open", |one| nearly_all(one) && one.three() == "R0 R0 R3"),
    ("a blank leaves R4 open", |one| nearly_all(one) && one.three() == "R0 R0 R4"),
    ("a blank leaves R5 open", |one| nearly_all(one) && one.danger() == "no" && one.three() == "R0 R0 R5"),
    ("a third need is unsure", |one| one.three() == "R1 R2 R2" && one.prompt("possible-is-higher")),
    ("a third need is blank", |one| one.three() == "R1 R1 R2" && !one.child("dob").is_empty()),
    ("a sign counts in a box without concern", |one| {
        one.code("certain") == "R2"
            && one.problem("elements.participation_learning.status", "box-not-empty")
            && one.boxes_with_status("no_concern") == 19
    }),
    ("BE-401 yes and a sign of exploitation unsure", |one| {
        one.mark("BE-401") == "yes" && one.mark("BE-306") == "unsure" && one.three() == "R3 R4 R4"
    }),
    ("BE-401 unsure and a sign of exploitation yes", |one| {
        one.mark("BE-401") == "unsure" && one.mark("BE-306") == "yes" && one.three() == "R2 R4 R4"
    }),
    ("BE-401 and a sign of exploitation unsure", |one| {
        one.mark("BE-401") == "unsure" && one.mark("BE-402") == "unsure" && one.three() == "R0 R4 R4"
    }),
    ("BE-401 yes and a sign of exploitation blank", |one| {
        one.mark("BE-401") == "yes" && !one.answered("BE-306") && one.three() == "R3 R3 R4"
    }),
    ("BE-306 unsure with a learning disability", |one| {
        one.mark("BE-306") == "unsure" && one.disability("LD") && one.level("BE-306") == "L4b"
    }),
    ("PL-401 alone", |one| {
        one.mark("PL-401") == "yes" && one.all_are("R2") && one.prompt("consult-safeguarding-lead")
    }),
    ("PL-401 with one other", |one| {
        one.mark("PL-401") == "yes" && one.all_are("R3") && one.findings().count() == 2
    }),
    ("PL-401 with one that is unsure", |one| one.mark("PL-401") == "yes" && one.three() == "R2 R3 R3"),
    ("PL-401 with one that is blank", |one| one.mark("PL-401") == "yes" && one.three() == "R2 R2 R3"),
    ("PL-401 unsure", |one| one.mark("PL-401") == "unsure" && one.three() == "R0 R2 R2"),
    ("PL-401 with a strength", |one| one.level("PL-401") == "L3" && one.strengths() > 0),
    ("PL-401 with one that is set aside", |one| one.level("PL-401") == "L3" && one.set_aside("GH-303")),
    ("PL-401 alone with a social worker", |one| {
        one.level("PL-401") == "L3" && one.all_are("IA-23") && one.prompt("consult-safeguarding-lead")
    }),
    ("GH-404 and the child can move", |one| {
        one.mark("GH-404") == "yes"
            && one.all_are("R4")
            && one.problem("identifying_details.independently_mobile", "injury-and-mobile")
    }),
    ("GH-404 and the child cannot move", |one| {
        one.mark("GH-404") == "yes" && one.child("independently_mobile") == "no"
    }),
    ("a disabled child without concern", |one| one.all_are("R0") && one.prompt("disabled-child-s17-offer")),
    ("a disabled child with R3", |one| {
        one.child("disabled") == "yes" && one.all_are("R3") && !one.prompt("disabled-child-s17-offer")
    }),
    ("PD-302 without a known disability", |one| {
        one.mark("PD-302") == "yes"
            && one.child("disabled").is_empty()
            && one.prompt("disabled-child-s17-offer")
    }),
    ("born on the 31st", |one| one.child("dob").ends_with("-31") && one.first_day_of(6)),
    ("born on 29 February", |one| one.child("dob").ends_with("-02-29") && one.first_day_of(24)),
    ("year and month of birth", |one| {
        one.child("dob").len() == 7 && one.findings().any(|(_, l)| rank(l) > L2)
    }),
    ("year and month of birth, old enough whatever the day", |one| {
        one.child("dob").len() == 7 && one.findings().all(|(_, level)| rank(level) == L2)
    }),
    ("year of birth, and signs of two ages apply", |one| {
        one.child("dob").len() == 4 && !one.level("GH-304").is_empty() && !one.level("GH-408").is_empty()
    }),
    ("year of birth, and one sign is set aside", |one| {
        one.child("dob").len() == 4 && one.set_aside("GH-408")
    }),
    ("year of birth, perhaps sixteen", |one| one.child("dob").len() == 4 && one.urgent("IA-19")),
    ("neither date: what raises a sign counts only in what is not ruled out", |one| {
        one.child("dob").is_empty() && !one.unborn() && one.three() == "R1 R1 R2"
    }),
    ("neither date: every sign applies", |one| {
        one.child("dob").is_empty() && !one.level("GH-304").is_empty() && !one.level("GH-408").is_empty()
    }),
    ("both dates: the child is born", |one| {
        !one.child("edd").is_empty() && one.problem("identifying_details.edd", "birth-and-expected")
    }),
    ("unborn, and a sign that is raised only after birth", |one| {
        one.unborn() && one.is_about("HF-202") && one.level("HF-202") == "L2"
    }),
    ("unborn, and a sign that begins at an age", |one| one.unborn() && one.set_aside("GH-304")),
];

/// One line for each situation that no vignette shows.
pub(super) fn missing(shown: &[Shown<'_>], pack: &Value) -> Vec<String> {
    let mut missing: Vec<String> = SITUATIONS
        .iter()
        .filter(|(_, holds)| !shown.iter().any(holds))
        .map(|(what, _)| (*what).to_owned())
        .collect();
    missing.extend(social_worker(shown, pack));
    missing
}

/// Each open status with each of the six steps: the worker replaces R1, R2 and R3, and for nothing else.
fn social_worker(shown: &[Shown<'_>], pack: &Value) -> Vec<String> {
    let mut missing = Vec::new();
    for status in open_statuses(pack) {
        for (step, by) in [
            ("R0", None),
            ("R1", Some("RU-5")),
            ("R2", Some("RU-4")),
            ("R3", Some("RU-3")),
            ("R4", None),
            ("R5", None),
        ] {
            // Where the worker replaces it, only the rule says which step it was.
            let stands_in = by.is_some();
            let code = if stands_in { "IA-23" } else { step };
            let shows = |one: &&Shown<'_>, result: &str| {
                one.code(result) == code
                    && by.is_none_or(|by| one.rule(result, by))
                    && one.rule(result, "RU-10") == stands_in
            };
            let fits = |one: &&Shown<'_>| {
                one.child("legal_status") == status
                    && one.urgent("IA-23")
                    && ["certain", "possible", "not_ruled_out"].into_iter().any(|result| shows(one, result))
            };
            if !shown.iter().any(|one| fits(&one)) {
                missing.push(format!("RU-10: {status} with {step}"));
            }
        }
    }
    missing
}
