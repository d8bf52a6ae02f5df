//! What each person says about agreement, what it comes to, what then leaves the device, and what is out of date.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::FIRST_FORM_VERSION;
use assessment_engine::agreement::{
    Capacity, Conflict, RECORDED, Sending, State, agreement, beyond_refusal, conflicts, ended_on,
    is_recorded, refusal_record, sending, superseded,
};
use assessment_engine::answers::{Answers, Node};
use assessment_engine::assessment::Assessment;
use assessment_engine::contradictions::{Matter, contradictions, explain};
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Problem, ProblemCode as Code, Stage, check};
use assessment_form::parse_day;
use assessment_rules::{Record, evaluate};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::material::filled::{Amount, filled, today};

mod refusal;

const TODAY: Date = Date::constant(2026, 11, 23);

fn read(answers: &Value) -> Answers {
    let reading = Answers::read(&answers.to_string()).unwrap();
    assert_eq!(reading.unread, []);
    reading.answers
}

fn person(who: &str, says: &str) -> Value {
    json!({ "who": who, "says": says })
}

/// A young person under 16 with this answer to one of the five tests.
fn young(says: &str, test: &str) -> Value {
    json!({ "who": "young_person_competent", "says": says, "competence": {
        "understands_question": "yes", "understands_info": "yes", "weighs_options": "yes", "own_view": "yes",
        "free_choice": test,
    } })
}

fn said(people: &[Value]) -> Answers {
    read(&json!({ "consent": { "sought": "yes", "people": people, "share": "yes", "services": ["gp"] } }))
}

/// Two parents and a young person, every answer of each.
#[test]
fn one_no_is_enough_and_nothing_unknown_counts_as_yes() {
    let all = ["agrees", "agrees_partly", "refuses", "withdrew", "not_asked", "", "something new"];
    for one in all {
        for two in all {
            for three in all {
                let answers =
                    said(&[person("parent_pr", one), person("parent_pr", two), young(three, "yes")]);
                let is = |code: &str| [one, two, three].contains(&code);
                let (yes, no) = (is("agrees") || is("agrees_partly"), is("refuses") || is("withdrew"));
                let expected = match (yes, no) {
                    (true, true) => State::Differs,
                    (true, false) if is("agrees_partly") => State::AgreedWithLimits,
                    (true, false) => State::Agreed,
                    (false, true) if is("refuses") => State::Refused,
                    (false, true) => State::Withdrawn,
                    (false, false) => State::Nobody,
                };
                let found = agreement(&answers);
                assert_eq!(found.state, expected, "{one}, {two}, {three}");
                assert_eq!(found.shares(), yes && !no, "{one}, {two}, {three}");
                // Where nothing is said and something is blank, the blank is what is missing.
                let is_missing = expected == State::Nobody && is("");
                assert_eq!(conflicts(&answers).is_empty(), yes && !no || is_missing, "{one}, {two}, {three}");
            }
        }
    }
}

#[test]
fn a_yes_counts_only_from_somebody_who_can_decide() {
    for (row, expected) in [
        (person("parent_pr", "agrees"), Capacity::Parent),
        (person("local_authority", "agrees"), Capacity::Parent),
        (person("pregnant_woman", "agrees"), Capacity::Parent),
        (person("young_person_16", "agrees"), Capacity::SixteenOrOver),
        (young("agrees", "yes"), Capacity::CompetentUnderSixteen),
        (young("agrees", "unsure"), Capacity::View),
        (young("agrees", "no"), Capacity::View),
        (young("agrees", ""), Capacity::View),
        (person("young_person_under_16", "agrees"), Capacity::View),
        (person("carer", "agrees"), Capacity::View),
        (person("", "agrees"), Capacity::View),
        (person("something new", "agrees"), Capacity::View),
    ] {
        let answers = said(std::slice::from_ref(&row));
        let found = agreement(&answers);
        assert_eq!(found.people[0].capacity, expected, "{row}");
        let state = if expected == Capacity::View { State::Nobody } else { State::Agreed };
        assert_eq!(found.state, state, "{row}");
    }
}

/// A mother's "no" and a competent young person's "yes" are both on the record, and a person decides.
#[test]
fn a_young_person_who_can_decide_is_heard_beside_a_parent() {
    let answers = said(&[person("parent_pr", "refuses"), young("agrees", "yes")]);
    let found = agreement(&answers);
    assert_eq!((found.state, found.shares()), (State::Differs, false));
    assert_eq!(found.young_people().count(), 1);
    assert_eq!(conflicts(&answers), [Conflict::Differs]);
    let not_shown = said(&[person("parent_pr", "refuses"), young("agrees", "unsure")]);
    assert_eq!(agreement(&not_shown).state, State::Refused);
}

/// What rules read is what they always read, and never milder than what one person says.
#[test]
fn rules_read_the_strictest_answer() {
    let question = assessment_engine::rule_packs::vocabulary()
        .questions
        .iter()
        .position(|question| question.path == "consent.status")
        .unwrap();
    let read_by_rules = |answers: &Answers| answers.codes(question).to_vec();
    for code in ["", "given", "given_partly", "refused", "withdrawn", "not_sought", "verbal_pending", "new"] {
        assert_eq!(read_by_rules(&read(&json!({ "consent": { "status": code } }))), [code]);
    }
    for (one, two, code) in [
        ("agrees", "agrees", "given"),
        ("agrees", "agrees_partly", "given_partly"),
        ("agrees", "refuses", "refused"),
        ("agrees", "withdrew", "withdrawn"),
        ("withdrew", "refuses", "refused"),
        ("not_asked", "", ""),
    ] {
        assert_eq!(read_by_rules(&said(&[person("parent_pr", one), person("parent_pr", two)])), [code]);
    }
    assert_eq!(read_by_rules(&read(&json!({ "consent": { "sought": "no" } }))), ["not_sought"]);
}

/// Old records have one status; a row that is added to one makes it only stricter.
#[test]
fn a_record_with_one_status_still_counts() {
    for (status, state) in [
        ("given", State::Agreed),
        ("verbal_pending", State::Agreed),
        ("given_partly", State::AgreedWithLimits),
        ("refused", State::Refused),
        ("withdrawn", State::Withdrawn),
        ("not_sought", State::NotSought),
        ("something new", State::Nobody),
    ] {
        let old = json!({ "consent": { "status": status, "given_by": ["parent_pr"] } });
        assert_eq!(agreement(&read(&old)).state, state, "{status}");
    }
    let mut mixed = json!({ "consent": { "status": "given", "people": [person("parent_pr", "refuses")] } });
    assert_eq!(agreement(&read(&mixed)).state, State::Differs);
    mixed["consent"]["status"] = json!("refused");
    assert_eq!(agreement(&read(&mixed)).state, State::Refused);
}

/// Agreement was given with sharing and signatures, and then refused: nothing of it is current.
#[test]
fn what_belongs_to_an_agreement_that_no_longer_holds_is_superseded_s7() {
    let mut old = json!({
        "consent": {
            "status": "given", "given_by": ["parent_pr"], "share": "yes", "services": ["gp"],
            "exclusions": "Not the neighbour.",
            "signatories": [{ "name": "Ada Testparent", "capacity": "parent_pr", "method": "signed" }],
        },
        "services_involved": [{ "service": "gp", "may_share": "yes" }, { "service": "school", "may_share": "no" }],
    });
    assert_eq!(superseded(&read(&old)), Vec::<String>::new());
    let expected =
        ["services_involved[0].may_share", "consent.share", "consent.services", "consent.signatories[0]"];
    for status in ["refused", "withdrawn", "not_sought"] {
        old["consent"]["status"] = json!(status);
        assert_eq!(superseded(&read(&old)), expected, "{status}");
    }
    let mut new = json!({ "consent": {
        "sought": "yes", "share": "yes", "services": ["gp"],
        "people": [{
            "name": "Ada Testparent", "who": "parent_pr", "says": "agrees_partly", "agreed_on": "2026-03-03",
            "agreed_how": "signed", "limits": "Not on Mondays.",
        }],
    } });
    assert_eq!(superseded(&read(&new)), Vec::<String>::new());
    new["consent"]["people"][0]["says"] = json!("refuses");
    new["consent"]["people"][0]["refused_on"] = json!("2026-11-10");
    let answers = read(&new);
    let expected =
        ["consent.people[0].agreed_on", "consent.people[0].agreed_how", "consent.share", "consent.services"];
    assert_eq!(superseded(&answers), expected);
    assert_eq!(ended_on(&answers), parse_day("2026-11-10"));
    // Every path leads to an answer that is still there, to the letter.
    assert!(expected.iter().all(|path| answers.node(path).is_some_and(|node| !node.is_blank())));
    // Changed back, the refusal is what no longer holds.
    new["consent"]["people"][0]["says"] = json!("agrees");
    assert_eq!(superseded(&read(&new)), ["consent.people[0].limits", "consent.people[0].refused_on"]);
    assert_eq!(ended_on(&read(&new)), None);
}

#[test]
fn what_is_in_the_way_of_sending_is_named() {
    let parent = |says: &str, share: &str| {
        json!({ "consent": {
        "sought": "yes", "people": [person("parent_pr", says)], "share": share, "services": ["gp", "school"],
    } })
    };
    for (answers, expected) in [
        (json!({}), vec![]),
        (json!({ "consent": { "sought": "yes" } }), vec![]),
        (parent("", ""), vec![]),
        (json!({ "consent": { "sought": "no" } }), vec![]),
        (parent("agrees", "yes"), vec![]),
        (parent("agrees", "no"), vec![Conflict::NotShared]),
        (parent("refuses", "yes"), vec![Conflict::Refused]),
        (parent("withdrew", "no"), vec![Conflict::Withdrawn]),
        (parent("not_asked", ""), vec![Conflict::Nobody]),
    ] {
        assert_eq!(conflicts(&read(&answers)), expected, "{answers}");
    }
    let mut answers = parent("agrees", "yes");
    answers["services_involved"] = json!([{ "service": "school", "may_share": "no" }]);
    answers["services_involved"] =
        json!([{ "service": "school", "may_share": "no" }, { "service": "school", "may_share": "no" }]);
    assert_eq!(conflicts(&read(&answers)), [Conflict::Service("school".into())]);
}

#[test]
fn a_service_that_is_no_and_ticked_is_one_question_wherever_it_is_asked() {
    let standards = Standards::built_in().unwrap();
    let mut answers = read(&json!({
        "consent": { "sought": "yes", "people": [person("parent_pr", "agrees")], "share": "yes", "services": ["school"] },
        "services_involved": [{ "service": "school", "may_share": "no" }],
    }));
    let outcome = evaluate(&answers, TODAY, &standards.pack);
    let found = contradictions(&answers, TODAY, &outcome);
    let one = found.iter().find(|one| one.matter == Matter::NotAgreedAndTicked).unwrap();
    assert_eq!(conflicts(&answers), [Conflict::Service("school".into())]);
    for (reason, is_open) in [("ok", true), ("They agreed to the school on Friday", false)] {
        explain(&mut answers, one.matter, &one.fingerprint, reason.to_owned());
        assert_eq!(!conflicts(&answers).is_empty(), is_open, "{reason}");
    }
    // The reason is for these two answers, and for no others.
    answers.consent.services.push("gp".to_owned());
    answers.services_involved[0].service = "gp".to_owned();
    assert_eq!(conflicts(&answers), [Conflict::Service("gp".into())]);
}

#[test]
fn a_person_who_says_no_beside_a_service_that_may_be_told_is_asked_about() {
    let standards = Standards::built_in().unwrap();
    let places = |says: &[(&str, &str)]| {
        let people: Vec<_> = says.iter().map(|(who, says)| person(who, says)).collect();
        let answers = read(&json!({
            "consent": { "sought": "yes", "people": people },
            "services_involved": [{ "service": "school", "may_share": "yes" }],
        }));
        let found = contradictions(&answers, TODAY, &evaluate(&answers, TODAY, &standards.pack));
        found.into_iter().find(|one| one.matter == Matter::RefusedAndShared).map(|one| one.places)
    };
    let expected = ["consent.people".to_owned(), "services_involved[0].may_share".to_owned()];
    assert_eq!(places(&[("parent_pr", "refuses")]), Some(expected.clone()));
    assert_eq!(places(&[("parent_pr", "withdrew")]), Some(expected));
    assert_eq!(places(&[("parent_pr", "agrees")]), None);
    assert_eq!(places(&[("parent_pr", "refuses"), ("young_person_16", "agrees")]), None);
}

/// The whole record of a family that says no, with this choice.
fn refused(choice: &str) -> Answers {
    let standards = Standards::built_in().unwrap();
    let mut answers = filled(&standards, Amount { characters: 40, rows: 2, large_household: false });
    for person in &mut answers.consent.people {
        person.says = "refuses".to_owned();
    }
    answers.sharing.choice = choice.to_owned();
    answers
}

#[test]
fn a_choice_counts_only_while_there_is_something_to_choose() {
    for (choice, expected) in [
        ("record_only", Sending::RefusalOnly),
        ("do_not_send", Sending::Nothing),
        ("share", Sending::Whole),
        ("", Sending::Whole),
    ] {
        assert_eq!(sending(&refused(choice)), expected, "{choice}");
        let mut agreed = refused(choice);
        agreed.consent.people.iter_mut().for_each(|person| person.says = "agrees".to_owned());
        assert_eq!(sending(&agreed), Sending::Whole, "{choice}, and then they agreed");
    }
}

/// What sharing without agreement needs, from a calm record and from one with an urgent action.
#[test]
fn a_reason_must_say_something_and_an_emergency_waits_for_no_words() {
    let standards = Standards::built_in().unwrap();
    let problems = |danger: &str, reason: &str| {
        let mut answers = read(&json!({
            "danger_now": danger,
            "consent": { "sought": "yes", "people": [person("parent_pr", "refuses")] },
            "sharing": { "choice": "share", "lawful_reason": "risk_sig_harm" },
        }));
        answers.sharing.reason = reason.to_owned();
        let found = check(&answers, Stage::Submit, TODAY, &standards);
        let sharing = found.into_iter().filter(|problem| problem.path.starts_with("sharing."));
        sharing.map(|problem| format!("{} {}", problem.path, problem.code.as_str())).collect::<Vec<_>>()
    };
    let others = ["sharing.decided_by needed", "sharing.family_told needed"];
    let with = |first: &str| [first, others[0], others[1]].map(str::to_owned).to_vec();
    assert_eq!(problems("no", ""), with("sharing.reason needed"));
    for weak in ["ok", "x", "x x x", "n/a"] {
        assert_eq!(problems("no", weak), with("sharing.reason weak-reason"), "{weak}");
        assert_eq!(problems("yes", weak), Vec::<String>::new(), "{weak}");
    }
    assert_eq!(problems("no", "The school saw new bruises today"), others.map(str::to_owned));
    assert_eq!(problems("yes", ""), Vec::<String>::new());
    assert_eq!(problems("unsure", ""), Vec::<String>::new());
    // The reason for not asking is a reason too.
    let mut not_sought = read(&json!({ "danger_now": "no", "consent": { "sought": "no" } }));
    let path = "consent.not_sought_details";
    for (details, weak) in [("ok", true), ("Asking would have warned him", false)] {
        not_sought.consent.not_sought_details = details.to_owned();
        let found = check(&not_sought, Stage::Submit, TODAY, &standards);
        assert_eq!(found.contains(&Problem::new(path, Code::WeakReason)), weak, "{details}");
    }
}

/// A body that was finished before the question existed is complete without its answer.
#[test]
fn a_record_of_the_first_version_needs_no_lawful_reason() {
    let standards = Standards::built_in().unwrap();
    let mut old = filled(&standards, Amount { characters: 40, rows: 2, large_household: false });
    old.consent.sought.clear();
    old.consent.people.clear();
    old.consent.status = "refused".to_owned();
    old.sharing = Default::default();
    let parsed =
        Assessment::parse_earlier_version(old.clone(), FIRST_FORM_VERSION, today(), &standards).unwrap();
    assert_eq!(parsed.answers(), &old);
    let problems = Assessment::parse(old, today(), &standards).unwrap_err();
    assert_eq!(problems, [Problem::new("sharing.choice", Code::Needed)]);
}
