//! Every audience by every protected answer. Each answer is a word that is nowhere else, so a word that comes through is a
//! leak, wherever it comes through.

use assessment_engine::agreement::superseded;
use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{Audience, Choices, Content, Offer, Reason, is_hidden_on_paper};

use super::{made, record, said};

/// The protected answers: a name, its path, and the word.
const SECRETS: [(&str, &str, &str); 31] = [
    ("street", "identifying_details.address.line_1", "14 Quillmarsh Road"),
    ("town", "identifying_details.address.town", "Vexholme"),
    ("postcode", "identifying_details.address.postcode", "ZZ9 9ZZ"),
    ("safe contact", "identifying_details.safe_to_contact", "ringonlyaftersix"),
    ("phone", "identifying_details.phones", "07700900111|"),
    ("email", "identifying_details.email", "secretmail@example.org"),
    ("nhs number", "identifying_details.nhs_number", "9990000018"),
    ("pronouns", "identifying_details.pronouns", "theypronouns"),
    ("school", "identifying_details.setting", "Hiddenbrook Primary"),
    ("own street", "parents_and_carers[0].address.line_1", "3 Ownstreet Lane"),
    ("own phone", "parents_and_carers[0].phone", "07700900222"),
    ("other's street", "parents_and_carers[1].address.line_1", "5 Otherstreet Lane"),
    ("other's phone", "parents_and_carers[1].phone", "07700900333"),
    ("other's needs", "parents_and_carers[1].needs", "otherneedsword"),
    ("why it is kept", "parents_and_carers[1].not_to_be_told_reason", "violentreason"),
    ("household", "home_and_family.household[0].name", "Siblingname"),
    ("household school", "home_and_family.household[0].setting", "Siblingschool"),
    ("present", "assessment_information.people_present[0].name", "Neighbourname"),
    ("child's words", "elements.identity.child_words", "childsaidthis"),
    ("child's comment", "voices.child_comment", "childcommentword"),
    ("other's comment", "voices.parent_comments[0].comment", "othercommentword"),
    ("evidence", "elements.identity.evidence", "neighbourtoldus"),
    ("harm", "exceptional_circumstances.what", "harmword"),
    ("decision reason", "conclusions.decision_reason", "dangerreason"),
    ("checklist", "pre_assessment_checklist.evidence", "checklistword"),
    ("exclusions", "consent.exclusions", "dontellthem"),
    ("who agreed", "consent.people[0].name", "Agreeingname"),
    ("limits", "consent.people[0].limits", "limitsword"),
    ("competence", "consent.people[1].competence.view", "competenceword"),
    ("why shared", "sharing.reason", "sharingreason"),
    ("who decided", "sharing.decided_by", "Decidingname"),
];

/// A family whose address is protected. Nothing in it raises an urgent action.
fn family() -> Answers {
    let mut answers: Vec<(&str, &str)> = vec![
        ("identifying_details.given_names", "Testa"),
        ("identifying_details.dob", "2014-05-06"),
        ("identifying_details.address_status", "has_address"),
        ("identifying_details.address_confidential", "yes"),
        ("[]parents_and_carers", ""),
        ("parents_and_carers[0].name", "Ada Testparent"),
        ("parents_and_carers[0].not_to_be_told", "none"),
        ("[]parents_and_carers", ""),
        ("parents_and_carers[1].name", "Bo Otherparent"),
        ("parents_and_carers[1].not_to_be_told", "no_address"),
        ("[]home_and_family.household", ""),
        ("[]assessment_information.people_present", ""),
        ("[]voices.parent_comments", ""),
        ("voices.parent_comments[0].name", "bo otherparent "),
        ("[]services_involved", ""),
        ("services_involved[0].service", "gp"),
        ("services_involved[0].may_share", "yes"),
        ("consent.sought", "yes"),
        ("[]consent.people", ""),
        ("consent.people[0].who", "parent_pr"),
        ("consent.people[0].says", "agrees_partly"),
        ("[]consent.people", ""),
        ("consent.people[1].who", "young_person_competent"),
        ("consent.people[1].says", "agrees"),
        ("sharing.choice", "share"),
        ("consent.share", "yes"),
        // One service is in conflict, so that sharing is asked about.
        ("consent.services", "gp|school|"),
        ("[]services_involved", ""),
        ("services_involved[1].service", "school"),
        ("services_involved[1].may_share", "no"),
        ("elements.identity.needs", "needsword"),
        ("elements.identity.indicators.ID-201", "yes"),
        ("pre_assessment_checklist.healthy", "not_sure"),
    ];
    answers.extend(SECRETS.map(|(_, path, word)| (path, word)));
    record(&answers)
}

/// Which secrets each audience may have by default, by name.
fn allowed(audience: &Audience) -> Vec<&'static str> {
    let child = ["child's words", "child's comment", "pronouns"];
    let service = [
        "safe contact",
        "phone",
        "email",
        "nhs number",
        "school",
        "own phone",
        "other's phone",
        "other's needs",
        "child's words",
        "child's comment",
        "other's comment",
        "evidence",
        "exclusions",
        "who agreed",
        "limits",
    ];
    match audience {
        Audience::Child => child.to_vec(),
        Audience::Parent(0) => vec!["own phone"],
        Audience::Parent(_) => vec!["other's phone", "other's needs", "other's comment"],
        Audience::Service(_) => service.to_vec(),
        Audience::CallScript | Audience::ContactForm => {
            vec!["safe contact", "phone", "school", "harm", "why shared"]
        }
        Audience::BlankPack => Vec::new(),
    }
}

fn everybody() -> [Audience; 7] {
    [
        Audience::Child,
        Audience::Parent(0),
        Audience::Parent(1),
        Audience::Service("gp".into()),
        Audience::ContactForm,
        Audience::CallScript,
        Audience::BlankPack,
    ]
}

#[test]
fn no_audience_gets_a_protected_answer_that_is_not_meant_for_it() {
    let answers = family();
    for audience in everybody() {
        let text = made(&answers, &audience, &Choices::default(), |document| {
            assert!(document.blocks.is_empty(), "{audience}: {:?}", document.blocks);
            said(document)
        });
        let allowed = allowed(&audience);
        for (name, _, word) in SECRETS {
            let word = word.trim_end_matches('|');
            assert_eq!(text.contains(word), allowed.contains(&name), "{audience}: {name}");
        }
    }
}

/// Putting everything in that is offered never brings a protected address to the family or to another service.
#[test]
fn what_is_not_offered_cannot_be_put_in() {
    let answers = family();
    for audience in everybody() {
        let every_path = SECRETS.map(|(_, path, _)| path.to_owned());
        let choices = Choices { put_in: every_path.to_vec(), ..Choices::default() };
        made(&answers, &audience, &choices, |document| {
            let text = said(document);
            for (name, _, word) in
                SECRETS.iter().filter(|(name, ..)| ["street", "town", "postcode"].contains(name))
            {
                assert_eq!(text.contains(word), audience.is_front_door(), "{audience}: {name}");
            }
            if audience == Audience::ContactForm {
                for (name, _, word) in SECRETS {
                    assert!(
                        text.contains(word.trim_end_matches('|')),
                        "social care may have everything: {name}"
                    );
                }
            }
            if audience.is_family() {
                for word in ["violentreason", "harmword", "dangerreason", "dontellthem", "checklistword"] {
                    assert!(!text.contains(word), "{audience}: {word}");
                }
            }
            for line in &document.lines {
                let is_shown = matches!(line.content, Content::Shown(_));
                assert!(!is_shown || line.offer != Offer::Never, "{}", line.path);
            }
        });
    }
}

/// A copy that says "what must be kept from them: withheld" has told them that something is.
#[test]
fn only_an_address_is_marked_as_withheld() {
    let answers = family();
    made(&answers, &Audience::Parent(0), &Choices::default(), |document| {
        let marked = document.lines.iter().filter_map(|line| match line.content {
            Content::Withheld(reason) if reason.is_marked() => Some(line.path.as_str()),
            _ => None,
        });
        for path in marked {
            assert!(path.contains("address"), "{path}");
        }
    });
}

#[test]
fn a_text_that_gives_the_protected_address_away_is_withheld_however_it_is_written() {
    for text in [
        "They moved to 14 quillmarsh road.",
        "now at Quillmarsh  Rd? no: QUILLMARSH ROAD",
        "zz99zz",
        "Zz9-9ZZ!",
    ] {
        let mut answers = family();
        answers.home_and_family.home_situation = text.to_owned();
        answers.agreed_actions.long_term_goal = text.to_owned();
        for audience in everybody().into_iter().filter(|audience| *audience != Audience::BlankPack) {
            made(&answers, &audience, &Choices::default(), |document| {
                assert!(!said(document).contains(text), "{audience}: {text}");
            });
        }
        assert!(is_hidden_on_paper(&answers, "home_and_family.home_situation"));
    }
}

#[test]
fn an_address_that_nobody_said_may_be_shared_is_withheld() {
    for (status, confidential, kept) in [
        ("has_address", "", "none"),
        ("has_address", "maybe", "none"),
        ("has_address", "no", "no_address"),
        ("has_address", "no", "neither"),
        ("has_address", "no", "something new"),
    ] {
        let mut answers = family();
        answers.identifying_details.address_status = status.to_owned();
        answers.identifying_details.address_confidential = confidential.to_owned();
        answers.parents_and_carers[1].not_to_be_told = kept.to_owned();
        assert!(is_hidden_on_paper(&answers, "identifying_details.address.line_1"));
        for audience in
            [Audience::Child, Audience::Parent(0), Audience::Service("gp".into()), Audience::ContactForm]
        {
            made(&answers, &audience, &Choices::default(), |document| {
                assert!(!said(document).contains("Quillmarsh"), "{audience}: {confidential} {kept}");
            });
        }
    }
}

#[test]
fn an_address_that_may_be_shared_goes_to_services_and_to_who_may_have_it() {
    let mut answers = family();
    answers.identifying_details.address_confidential = "no".to_owned();
    for (kept, has_it) in [("none", true), ("", false)] {
        answers.parents_and_carers[0].not_to_be_told = kept.to_owned();
        answers.parents_and_carers[1].not_to_be_told = String::new();
        let street = |audience: &Audience| {
            made(&answers, audience, &Choices::default(), |document| said(document).contains("Quillmarsh"))
        };
        assert!(street(&Audience::Service("gp".into())) && street(&Audience::ContactForm));
        assert_eq!(street(&Audience::Parent(0)), has_it);
    }
    assert!(!is_hidden_on_paper(&answers, "identifying_details.address.line_1"));
}

#[test]
fn what_was_left_out_is_not_in_the_document() {
    let answers = family();
    let path = "elements.identity.needs".to_owned();
    let choices = Choices { left_out: vec![path.clone()], ..Choices::default() };
    made(&answers, &Audience::Parent(0), &choices, |document| {
        assert!(!said(document).contains("needsword"));
        let line = document.lines.iter().find(|line| line.path == path).unwrap();
        assert!(matches!(line.content, Content::Withheld(Reason::LeftOut)) && line.offer == Offer::In);
    });
}

#[test]
fn an_answer_that_is_not_asked_any_more_goes_to_nobody() {
    let mut answers = family();
    answers.identifying_details.address_status = "no_fixed_address".to_owned();
    answers.identifying_details.address_confidential = "no".to_owned();
    answers.parents_and_carers[1].not_to_be_told = "none".to_owned();
    for audience in everybody() {
        made(&answers, &audience, &Choices::default(), |document| {
            assert!(!said(document).contains("Quillmarsh"), "{audience}");
            assert!(!said(document).contains("violentreason"), "{audience}");
        });
    }
}

/// The family says no after it had agreed: nothing of the agreement is current in any document, and why it is shared all
/// the same is for social care alone.
#[test]
fn what_no_longer_holds_is_in_no_document_and_why_it_is_shared_is_for_social_care() {
    let mut answers = family();
    for person in &mut answers.consent.people {
        person.says = "refuses".to_owned();
    }
    answers.consent.people[0].agreed_how = "signed".to_owned();
    assert!(superseded(&answers).contains(&"services_involved[0].may_share".to_owned()));
    for audience in everybody() {
        let choices =
            Choices { reason: "The safeguarding lead agreed on 3 March".to_owned(), ..Choices::default() };
        made(&answers, &audience, &choices, |document| {
            let paths: Vec<&str> = document.lines.iter().map(|line| line.path.as_str()).collect();
            for over in superseded(&answers) {
                assert!(!paths.contains(&over.as_str()), "{audience}: {over}");
            }
            assert_eq!(said(document).contains("sharingreason"), audience.is_front_door(), "{audience}");
            assert!(!audience.is_family() || !said(document).contains("Decidingname"), "{audience}");
        });
    }
}

/// The short summary holds less than the whole copy, and what it leaves out cannot be a way round what is withheld.
#[test]
fn the_short_summary_holds_no_more_than_the_copy_and_offers_nothing_that_is_kept() {
    let answers = family();
    for audience in [Audience::Child, Audience::Parent(0), Audience::Parent(1)] {
        let lines = |choices: &Choices| {
            made(&answers, &audience, choices, |document| {
                let lines = document.lines.iter();
                lines
                    .map(|line| (line.path.clone(), matches!(line.content, Content::Shown(_)), line.offer))
                    .collect::<Vec<_>>()
            })
        };
        let whole = lines(&Choices::default());
        let short = lines(&Choices { is_short: true, ..Choices::default() });
        assert_eq!(whole.len(), short.len(), "{audience}");
        for ((path, in_whole, offer), (_, in_short, short_offer)) in whole.iter().zip(&short) {
            assert!(*in_whole || !in_short, "{audience}: {path}");
            assert_eq!(*offer == Offer::Never, *short_offer == Offer::Never, "{audience}: {path}");
        }
        assert!(short.iter().any(|(_, shown, _)| *shown) && whole != short, "{audience}");
    }
}
