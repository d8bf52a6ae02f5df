//! What stops a document, and what a recorded reason changes.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{Audience, Block, Caution, Choices, Telling, family_advice};
use assessment_engine::reasons::is_reason;
use assessment_engine::standards::Standards;
use assessment_rules::evaluate;

use super::{TODAY, made, record, said};

fn family(more: &[(&str, &str)]) -> Answers {
    let mut answers = vec![
        ("identifying_details.given_names", "Testa"),
        ("identifying_details.dob", "2014-05-06"),
        ("elements.identity.needs", "needsword"),
        ("[]parents_and_carers", ""),
        ("parents_and_carers[0].name", "Ada Testparent"),
    ];
    answers.extend(more);
    record(&answers)
}

/// Every indicator with an urgent action, at yes and at not sure, against what its action says.
#[test]
fn the_strictest_telling_rule_of_every_urgent_action_blocks_the_family_copies() {
    let standards = Standards::built_in().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for indicator in standards.pack.indicators() {
        for mark in ["yes", "unsure"] {
            let path = format!("elements.{}.indicators.{}", indicator.element, indicator.id);
            let answers = family(&[(&path, mark)]);
            let outcome = evaluate(&answers, TODAY, &standards.pack);
            let codes: Vec<&String> = outcome.urgent.iter().chain(&outcome.urgent_to_check).collect();
            let strictest = codes
                .iter()
                .filter_map(|code| standards.pack.action(code))
                .map(|action| Telling::of(&action.telling_the_family))
                .max();
            for audience in [Audience::Child, Audience::Parent(0)] {
                made(&answers, &audience, &Choices::default(), |document| {
                    let block = document.blocks.first().copied();
                    let expected = strictest.filter(|telling| telling.is_block()).map(Block::Telling);
                    assert_eq!(block, expected, "{} at {mark} for {audience}", indicator.id);
                    assert_eq!(document.lines.is_empty(), expected.is_some());
                });
            }
            seen.extend(strictest.map(Telling::code));
            let advice = family_advice(&answers, Some(&outcome), &[], &standards.pack);
            assert_eq!(advice.telling, strictest.unwrap_or(Telling::NoRule));
        }
    }
    assert!(seen.contains("never_tell_family") && seen.contains("do_not_tell_alleged_abuser"), "{seen:?}");
}

#[test]
fn an_urgent_action_that_the_pack_does_not_know_counts_as_the_strictest() {
    let standards = Standards::built_in().unwrap();
    let answers = family(&[]);
    let advice = family_advice(&answers, None, &["IA-99".to_owned()], &standards.pack);
    assert_eq!(advice.telling, Telling::Never);
}

#[test]
fn a_person_who_must_not_be_told_gets_no_copy_and_the_others_are_warned() {
    for (kept, blocked) in
        [("none", false), ("no_address", false), ("not_told", true), ("neither", true), ("new", true)]
    {
        let answers = family(&[("parents_and_carers[0].not_to_be_told", kept)]);
        made(&answers, &Audience::Parent(0), &Choices::default(), |document| {
            assert_eq!(document.blocks == [Block::KeptFrom], blocked, "{kept}");
        });
        made(&answers, &Audience::Child, &Choices::default(), |document| {
            assert_eq!(document.cautions.contains(&Caution::SomebodyKeptFrom), kept != "none", "{kept}");
        });
        let standards = Standards::built_in().unwrap();
        let advice = family_advice(&answers, None, &[], &standards.pack);
        assert_eq!(!advice.kept_from.is_empty(), blocked, "{kept}");
    }
    made(&family(&[]), &Audience::Parent(0), &Choices::default(), |document| {
        assert_eq!(document.cautions, [Caution::NotSaidWhetherKept]);
    });
}

#[test]
fn a_service_is_blocked_unless_the_family_agreed_that_it_is_told() {
    let gp = Audience::Service("gp".into());
    let person = |says: &'static str| {
        [
            ("consent.sought", "yes"),
            ("consent.share", "yes"),
            ("consent.services", "gp|"),
            ("[]consent.people", ""),
            ("consent.people[0].who", "parent_pr"),
            ("consent.people[0].says", "agrees"),
            ("[]consent.people", ""),
            ("consent.people[1].who", "parent_pr"),
            ("consent.people[1].says", says),
        ]
    };
    let [both, limits, refuses, withdrew, unknown] =
        ["agrees", "agrees_partly", "refuses", "withdrew", ""].map(person);
    let cases: [(&[(&str, &str)], bool); 13] = [
        (&both, true),
        (&limits, true),
        (&refuses, false),
        (&withdrew, false),
        (&unknown, true),
        (&[], false),
        (&[("consent.status", "given"), ("consent.share", "yes"), ("consent.services", "gp|")], true),
        (&[("consent.status", "refused"), ("consent.share", "yes"), ("consent.services", "gp|")], false),
        (&[("consent.status", "withdrawn"), ("consent.share", "yes"), ("consent.services", "gp|")], false),
        (
            &[("consent.status", "something new"), ("consent.share", "yes"), ("consent.services", "gp|")],
            false,
        ),
        (&[("consent.status", "given"), ("consent.services", "gp|")], false),
        (&[("consent.status", "given"), ("consent.share", "yes"), ("consent.services", "school|")], false),
        (
            &[
                ("consent.status", "given"),
                ("consent.share", "yes"),
                ("consent.services", "gp|"),
                ("[]services_involved", ""),
                ("services_involved[0].service", "gp"),
                ("services_involved[0].may_share", "no"),
            ],
            false,
        ),
    ];
    for (answers, agreed) in cases {
        made(&family(answers), &gp, &Choices::default(), |document| {
            assert_eq!(document.blocks.is_empty(), agreed, "{answers:?}");
        });
    }
}

/// "Other" is several services in one: the family's yes counts for those that they meant.
#[test]
fn another_service_is_blocked_unless_it_is_the_one_that_was_named() {
    let other = Audience::Service("other".into());
    let agreed = [("consent.status", "given"), ("consent.share", "yes"), ("consent.services", "other|")];
    let listed = [("[]services_involved", ""), ("services_involved[0].service", "other")];
    let toys = ("services_involved[0].service_other", "Toy library");
    for (more, is_made) in [
        (vec![], true),
        (vec![("consent.services_other", "Her church")], true),
        (vec![listed[0], listed[1], toys], true),
        (vec![listed[0], listed[1], toys, ("consent.services_other", "toy  LIBRARY")], true),
        (vec![listed[0], listed[1], toys, ("consent.services_other", "Her church")], false),
        (vec![listed[0], listed[1], ("consent.services_other", "Her church")], false),
        (
            vec![
                listed[0],
                listed[1],
                toys,
                ("services_involved[0].may_share", "yes"),
                ("consent.services_other", "Her church"),
            ],
            true,
        ),
    ] {
        let answers = [&agreed[..], &more].concat();
        made(&family(&answers), &other, &Choices::default(), |document| {
            assert_eq!(document.blocks.is_empty(), is_made, "{more:?}");
        });
    }
}

#[test]
fn a_blocked_document_needs_a_reason_and_one_for_nobody_cannot_be_made() {
    let answers = family(&[("parents_and_carers[0].not_to_be_told", "not_told")]);
    for (reason, is_made) in
        [("", false), ("ok", false), ("x x x", false), ("The police agreed on 3 March", true)]
    {
        let choices = Choices { reason: reason.to_owned(), ..Choices::default() };
        assert_eq!(is_reason(reason), is_made);
        made(&answers, &Audience::Parent(0), &choices, |document| {
            assert_eq!(said(document).contains("needsword"), is_made, "{reason}");
            assert_eq!(document.blocks, [Block::KeptFrom], "it still says what spoke against it");
        });
        made(&answers, &Audience::Parent(7), &choices, |document| {
            assert!(document.lines.is_empty() && document.blocks == [Block::Nobody]);
        });
    }
}

#[test]
fn social_care_is_never_blocked_and_is_told_what_is_urgent() {
    let answers = family(&[("danger_now", "yes")]);
    for audience in [Audience::ContactForm, Audience::CallScript] {
        made(&answers, &audience, &Choices::default(), |document| {
            assert!(document.blocks.is_empty());
            assert_eq!(document.urgent, ["IA-01"]);
            assert!(document.cautions.contains(&Caution::NoAgreement));
        });
    }
    made(&answers, &Audience::Child, &Choices::default(), |document| {
        assert!(document.urgent.is_empty(), "a family copy says nothing of danger");
    });
}

#[test]
fn the_telephone_script_says_the_most_serious_first() {
    let answers = family(&[
        ("elements.behavioural.indicators.BE-301", "yes"),
        ("elements.identity.indicators.ID-401", "unsure"),
        ("elements.general_health.indicators.GH-301", "yes"),
    ]);
    let standards = Standards::built_in().unwrap();
    let outcome = evaluate(&answers, TODAY, &standards.pack);
    made(&answers, &Audience::CallScript, &Choices::default(), |document| {
        let levels: Vec<_> = document
            .lines
            .iter()
            .filter_map(|line| line.indicator)
            .map(|id| outcome.findings.iter().find(|finding| finding.indicator == id).unwrap().level)
            .collect();
        assert!(levels.len() >= 2 && levels.is_sorted_by(|one, next| one >= next), "{levels:?}");
        let parts: Vec<_> = document.lines.iter().map(|line| line.section).collect();
        assert!(
            parts.is_sorted_by_key(|part| ["who", "where", "why"].iter().position(|known| known == part))
        );
    });
}
