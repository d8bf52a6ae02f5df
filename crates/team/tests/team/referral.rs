//! A referral: what stops it from being sent, reading it back, and what of a team's records goes with it.

use assessment_engine::answers::{Answers, ParentOrCarer};
use assessment_engine::disclosure::{Choices, Offer, Reason};
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::rule_packs;
use assessment_engine::standards::Standards;
use assessment_form::{Kind, parse_day};
use assessment_team::{
    OfferedLine, RecordKind, ReferralForm, TeamRecord, check_referral, lists, needed_by_social_care,
};
use proptest::prelude::*;
use serde_json::json;

use super::catalogue::all;

fn complete() -> ReferralForm {
    ReferralForm {
        why: "Bruises that nobody explains.".to_owned(),
        agreement: "agrees".to_owned(),
        decided_by: "Priya Raman, inclusion lead".to_owned(),
        family_told: "yes".to_owned(),
        ..ReferralForm::default()
    }
}

fn problems(form: &ReferralForm, is_urgent: bool) -> Vec<String> {
    let standards = Standards::load(rule_packs::built_in(), AuthorityProfile::built_in()).unwrap();
    let lists = lists(&standards).unwrap();
    let found = check_referral(form, is_urgent, &lists, parse_day("2026-11-27").unwrap());
    found.into_iter().map(|one| format!("{} {}", one.path, one.code.as_str())).collect()
}

#[test]
fn what_is_missing_stops_it_and_an_emergency_waits_for_no_explanation() {
    let blank = ReferralForm::default();
    assert_eq!(
        problems(&blank, false),
        ["why needed", "agreement needed", "decided_by needed", "family_told needed"]
    );
    assert_eq!(problems(&blank, true), ["why needed", "agreement needed"]);
    assert_eq!(problems(&complete(), false), [""; 0]);
    for without in ["agrees_partly", "refuses", "withdrew", "not_asked"] {
        let form = ReferralForm { agreement: without.to_owned(), ..complete() };
        assert_eq!(problems(&form, false), ["lawful_reason needed", "reason needed"], "{without}");
        assert_eq!(problems(&form, true), ["lawful_reason needed"], "{without}");
    }
    let form = ReferralForm { agreement: "perhaps".to_owned(), why: "x".repeat(1001), ..complete() };
    let found = problems(&form, false);
    assert!(found.contains(&"why too-long".to_owned()), "{found:?}");
    assert!(found.contains(&"agreement not-offered".to_owned()), "{found:?}");
}

proptest! {
    #[test]
    fn nothing_that_was_typed_is_lost_on_the_way(why in ".{0,60}", agreement in "[a-z_]{0,12}", told in ".{0,20}") {
        let form = ReferralForm { why, agreement, spoke_to: told, ..ReferralForm::default() };
        let (read, unread) = ReferralForm::from_value(form.to_value()).expect("an object");
        prop_assert_eq!(read, form);
        prop_assert!(unread.is_empty());
    }
}

#[test]
fn a_form_of_another_version_is_not_read() {
    for wrong in [json!([]), json!({}), json!({ "form_version": "referral-1999.1" }), json!("x")] {
        assert!(ReferralForm::from_value(wrong.clone()).is_err(), "{wrong}");
    }
    let (_, unread) =
        ReferralForm::from_value(json!({ "form_version": ReferralForm::VERSION, "unknown": 1 })).unwrap();
    assert_eq!(unread.len(), 1, "what no question takes is said");
}

/// A child whose address is protected.
fn assessment() -> Answers {
    let parents_and_carers = vec![ParentOrCarer { name: "Nia Hart".to_owned(), ..ParentOrCarer::default() }];
    let mut answers = Answers { parents_and_carers, ..Answers::default() };
    answers.identifying_details.address_confidential = "yes".to_owned();
    answers.identifying_details.address.line_1 = "7 Quarry Hill Close".to_owned();
    answers.identifying_details.address.postcode = "LS2 8BB".to_owned();
    answers
}

fn record(kind: RecordKind, mut value: serde_json::Value) -> TeamRecord {
    value["form_version"] = json!(kind.form_version());
    TeamRecord::from_value(kind, value).unwrap().record
}

fn plan() -> TeamRecord {
    record(
        RecordKind::Plan,
        json!({
            "long_term_goal": "Calm mornings", "budget_held": "250", "disagreements": "Tom wants less",
            "outcomes": [{
                "id": "o1", "desired_outcome": "Sleeps through", "evidence": "The GP's letter", "score_child": "3",
                "actions": [
                    {"id": "a1", "action": "See the sleep clinic", "who": "Nia Hart", "status": "not_started"},
                    {"id": "a2", "action": "Move the bed at 7 Quarry Hill Close", "who": "Mo Ali"}
                ],
            }],
        }),
    )
}

fn meeting() -> TeamRecord {
    record(
        RecordKind::Meeting,
        json!({
            "kind": "first", "status": "held", "on": "2026-10-02", "place": "Rose Refuge",
            "people": [{"id": "p1", "name": "Mo Ali", "attendance": "attended"}],
            "points": [{"id": "t1", "source": "GP", "point": "Nia takes tablets"}],
            "decisions": [{
                "id": "d1", "decision": "Ask the sleep clinic", "reason": "Sleep", "disagreement": "Tom said no"
            }],
        }),
    )
}

fn texts(lines: &[OfferedLine<'_>]) -> String {
    let shown = lines.iter().filter_map(|line| line.content.as_ref().ok());
    shown.map(|node| serde_json::to_string(node).unwrap()).collect()
}

#[test]
fn social_care_gets_what_it_needs_and_nothing_that_nobody_decided() {
    let (plan, meeting, assessment) = (plan(), meeting(), assessment());
    let by_default = needed_by_social_care(&plan, Some(&assessment), &Choices::default());
    let said = texts(&by_default);
    for goes in ["Calm mornings", "Sleeps through", "See the sleep clinic", "Nia Hart", "not_started"] {
        assert!(said.contains(goes), "{goes}");
    }
    for stays in ["250", "Tom wants less", "GP", "Quarry Hill"] {
        assert!(!said.contains(stays), "{stays}");
    }
    let address =
        by_default.iter().find(|line| matches!(line.content, Err(Reason::GivesAddressAway))).unwrap();
    assert_eq!(address.path, "plan:outcomes[0].actions[1].action");
    assert_eq!(address.offer, Offer::Out);

    let by_default = needed_by_social_care(&meeting, Some(&assessment), &Choices::default());
    let said = texts(&by_default);
    assert!(said.contains("Ask the sleep clinic"), "{said}");
    for stays in ["Tom said no", "Rose Refuge", "Mo Ali", "tablets"] {
        assert!(!said.contains(stays), "{stays}");
    }
    let other = by_default.iter().find(|line| matches!(line.content, Err(Reason::OtherPerson))).unwrap();
    assert_eq!(other.path, "meeting:decisions[0].disagreement");
}

#[test]
fn one_line_is_left_out_or_put_in_and_no_other_changes() {
    let (plan, assessment) = (plan(), assessment());
    let before = needed_by_social_care(&plan, Some(&assessment), &Choices::default());
    for (at, line) in before.iter().enumerate() {
        let mut choices = Choices::default();
        match line.offer {
            Offer::In => choices.left_out.push(line.path.clone()),
            _ => choices.put_in.push(line.path.clone()),
        }
        let after = needed_by_social_care(&plan, Some(&assessment), &choices);
        assert_eq!(after.len(), before.len());
        for (other, (one, now)) in before.iter().zip(&after).enumerate() {
            let is_same = one.content.is_ok() == now.content.is_ok();
            assert_eq!(is_same, other != at, "{}", one.path);
        }
    }
}

/// Without the assessment nobody can tell where an address is: no text goes that nobody looked at, and what has no words does.
#[test]
fn where_the_assessment_cannot_be_read_no_text_goes_that_nobody_decided() {
    for record in [plan(), meeting()] {
        let unread = needed_by_social_care(&record, None, &Choices::default());
        assert_eq!(
            unread.len(),
            needed_by_social_care(&record, Some(&assessment()), &Choices::default()).len()
        );
        for line in &unread {
            let is_day = matches!(line.question.kind, Kind::AnyDate | Kind::PastDate | Kind::ComingDate);
            let is_text = !is_day && !matches!(line.question.kind, Kind::Choice(_) | Kind::Choices(_));
            assert!(!(is_text && line.content.is_ok()), "{}", line.path);
            assert!(!is_text || line.offer == Offer::Out, "{}", line.path);
        }
        let mut choices = Choices::default();
        choices.put_in.extend(unread.iter().map(|line| line.path.clone()));
        let decided = needed_by_social_care(&record, None, &choices);
        assert!(decided.iter().all(|line| line.content.is_ok()), "each can be put in");
    }
    let said = texts(&needed_by_social_care(&plan(), None, &Choices::default()));
    assert!(said.contains("not_started"), "{said}");
    assert!(!said.contains("uarry") && !said.contains("Calm mornings"), "{said}");
}

/// What is said to be needed is a question, and is said once.
#[test]
fn every_name_that_is_needed_is_a_question() {
    let known: Vec<String> = all().iter().map(|entry| entry.stem()).collect();
    for (group, names) in assessment_team::NEEDED {
        for name in names.split(' ') {
            assert!(known.contains(&format!("{group}.{name}")), "{group}.{name}");
        }
    }
}
