//! What is not asked twice.

use assessment_engine::sibling::NewChild;

use super::*;
use crate::state::{Remembered, SavedRecord, Urgency};

fn set(path: &str, text: &str) -> (String, Edit) {
    (path.to_owned(), Edit::Text(text.to_owned()))
}

#[test]
fn one_press_answers_several_questions_and_is_saved_once() {
    let mut bench = Bench::open();
    let edits = vec![
        ("parents_and_carers".to_owned(), Edit::AddRow),
        set("parents_and_carers[0].name", "Ada"),
        set("parents_and_carers[0].relationship", "mother"),
    ];
    let effects = bench.event(Event::AnsweredTogether(edits, Some("parents_and_carers[0]".into())));
    assert_eq!(effects, [Effect::SaveSoon, Effect::Move(Focus::Id("parents_and_carers[0]".into()))]);
    assert_eq!(bench.record().revision, 1);
    assert_eq!(bench.record().answers.parents_and_carers[0].name, "Ada");
}

#[test]
fn half_of_a_press_is_none() {
    let mut bench = Bench::open();
    let edits = vec![set("assessor.name", "Nia"), set("assessor.no_such_question", "x")];
    assert_eq!(bench.event(Event::AnsweredTogether(edits, None)), []);
    assert_eq!(bench.record().answers, Default::default());
    assert_eq!(bench.event(Event::AnsweredTogether(Vec::new(), None)), []);
}

#[test]
fn a_record_that_can_only_be_read_is_not_filled_in() {
    let mut bench = Bench::open();
    bench.state.read_only = true;
    assert_eq!(bench.event(Event::AnsweredTogether(vec![set("assessor.name", "Nia")], None)), []);
    assert_eq!(bench.event(Event::CarriedChecked("assessor".into())), []);
}

/// An urgent action that one press calls for is known from that moment.
#[test]
fn an_urgent_action_of_several_answers_is_known_at_once() {
    let mut bench = Bench::open();
    let effects = bench.event(Event::AnsweredTogether(vec![set("danger_now", "yes")], None));
    assert!(effects.contains(&Effect::SaveSoon));
    assert_ne!(bench.record().urgency, Urgency::new());
}

fn assessor(bench: &mut Bench) {
    bench.state.page = Page::Section("assessor".into());
    for (path, text) in [
        ("assessor.name", "Nia Teacher"),
        ("assessor.role", "teacher"),
        ("assessor.organisation", "Example Primary"),
        ("assessor.phone", "0113 496 0201"),
        ("assessor.email", "nia@example.org"),
    ] {
        bench.answer(path, text);
    }
}

#[test]
fn details_are_remembered_on_going_on_and_offered_never_filled_in() {
    let mut bench = Bench::open();
    bench.event(Event::RememberedRead(Remembered::Nothing));
    assessor(&mut bench);
    let effects = bench.event(Event::Continued);
    let kept = |effect: &&Effect| matches!(effect, Effect::Remembered(_, Some("own.remembered")));
    assert_eq!(effects.iter().filter(kept).count(), 1, "{effects:?}");
    bench.event(Event::Started("r2".into()));
    assert_eq!(bench.record().answers, Default::default(), "nothing is filled in by itself");
    let edits = bench.state.remembered.edits(&bench.record().answers);
    bench.event(Event::AnsweredTogether(edits, None));
    assert_eq!(bench.record().answers.assessor.organisation, "Example Primary");
    // The same again is no news.
    bench.state.page = Page::Section("assessor".into());
    let effects = bench.event(Event::Continued);
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Remembered(..))), "{effects:?}");
}

#[test]
fn forgotten_details_are_remembered_again_only_when_somebody_says_so() {
    let mut bench = Bench::open();
    assessor(&mut bench);
    bench.event(Event::RememberedRead(Remembered::Nothing));
    let effects = bench.event(Event::ForgetAsked);
    assert_eq!(effects, [Effect::Remembered(Remembered::Off, Some("own.forgotten"))]);
    bench.event(Event::Continued);
    assert_eq!(bench.state.remembered, Remembered::Off);
    bench.event(Event::RememberAsked);
    assert_eq!(bench.state.remembered.name(), Some("Nia Teacher"));
}

/// Before the device has said what it remembers, nothing may replace it.
#[test]
fn nothing_is_remembered_before_it_is_known_what_was() {
    let mut bench = Bench::open();
    assessor(&mut bench);
    bench.event(Event::Continued);
    assert_eq!(bench.state.remembered, Remembered::Unread);
}

#[test]
fn a_brothers_record_begins_with_what_the_family_shares_and_both_are_linked() {
    let mut bench = Bench::open();
    bench.fill();
    bench.answer("danger_now", "yes");
    let effects = bench.event(Event::SiblingStarted("r2".into(), NewChild::Member(1)));
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::Save(written) => Some(written),
        _ => None,
    });
    let first = Record::from_json(&saved.unwrap().text(false, "").unwrap()).unwrap();
    assert_eq!((first.id.as_str(), first.answers.linked_records[0].record.as_str()), ("r1", "r2"));
    let new = bench.record();
    assert_eq!((new.id.as_str(), new.answers.linked_records[0].record.as_str()), ("r2", "r1"));
    assert_eq!(new.answers.identifying_details.given_names, "Hania");
    assert_eq!(new.answers.danger_now, "", "danger is asked of each child");
    assert_eq!((new.begun.as_str(), &bench.state.page), ("2026-11-23", &Page::Danger));
    assert_eq!(new.urgency, Urgency::new());
    assert!(new.carried.as_ref().unwrap().is_in("parents_and_carers"));
    assert!(effects.contains(&Effect::SaveSoon), "the new record reaches the disk: {effects:?}");
}

#[test]
fn a_sisters_record_can_begin_from_one_that_was_sent_and_leaves_that_as_it_was_sent() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    bench.event(Event::Delivered("k1".into(), received()));
    let sent = bench.record().clone();
    let page = Some(Page::Sibling);
    bench.event(Event::Opened { record: Box::new(sent.clone()), page, read_only: false });
    assert_eq!(bench.state.page, Page::Sibling);
    let effects = bench.event(Event::SiblingStarted("r2".into(), NewChild::Another));
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Save(_))), "{effects:?}");
    let Sent::Received(receipt) = &sent.sent else { panic!("it was sent") };
    assert_eq!(bench.record().answers.linked_records[0].reference, receipt.reference);
    assert!(bench.state.can_change());
}

#[test]
fn a_record_that_cannot_be_saved_is_not_left_for_another() {
    let mut bench = Bench::open();
    bench.answer("assessor.name", "Nia");
    bench.event(Event::NotSaved("r1".into()));
    let effects = bench.event(Event::SiblingStarted("r2".into(), NewChild::Another));
    assert_eq!((effects, bench.record().id.as_str()), (vec![Effect::Announce("save.failed")], "r1"));
}

#[test]
fn what_was_carried_over_is_checked_section_by_section_and_outlives_a_reload() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::SiblingStarted("r2".into(), NewChild::Another));
    let text = bench.record().written().text(false, "").unwrap();
    assert_eq!(Record::from_json(&text).unwrap().carried, bench.record().carried);
    for section in bench.record().carried.clone().unwrap().sections {
        assert!(bench.record().carried.as_ref().unwrap().is_in(&section));
        bench.event(Event::CarriedChecked(section));
    }
    let carried = bench.record().carried.clone().unwrap();
    assert!(carried.sections.is_empty());
    // What is offered stays offered, and is no answer.
    assert!(!carried.offered_for(None).is_empty());
    assert!(
        carried
            .offered_for(Some("wider_family"))
            .iter()
            .all(|(path, _)| path.starts_with("elements.wider_family."))
    );
    assert!(bench.record().answers.elements.wider_family.needs.is_empty());
    assert_eq!(bench.event(Event::CarriedChecked("assessor".into())), []);
}

/// The list of records on this device, told apart.
#[test]
fn records_with_one_name_are_told_apart() {
    let bench = Bench::open();
    let line = |id: &str, answers: &str, more: &str| {
        let text = format!(r#"{{"id":"{id}","name":"Ann","answers":{answers}{more}}}"#);
        let mut line = SavedRecord::of(id, &text);
        line.find_open_actions(bench.now.local.date(), &bench.standards);
        line
    };
    let number = r#"{"identifying_details":{"nhs_number":"999 000 1006","dob":"2019-02-03"}}"#;
    let same = r#"{"identifying_details":{"nhs_number":"9990001006"},"linked_records":[{"record":"c"}]}"#;
    let skipped = r#"{"elements":{"identity":{"status":"not_discussed"},"self_care":{"needs":"Help"}}}"#;
    let all = [
        line("a", number, r#","begun":"2026-11-03""#),
        line("b", same, ""),
        line("c", skipped, ""),
        SavedRecord::of("d", "{"),
    ];
    let facts = |at: usize| all[at].facts.as_ref().unwrap();
    assert_eq!(facts(0).started.map(|day| day.to_string()).as_deref(), Some("2026-11-03"));
    assert_eq!((facts(2).talked_about, facts(2).asked), (1, 19), "saying so is not talking about it");
    assert!(facts(0).to_do > 0);
    let shares: Vec<bool> = all.iter().map(|record| record.shares_number(&all)).collect();
    assert_eq!(shares, [true, true, false, false]);
    let linked = |at: usize| all[at].linked(&all).map(|other| other.id.as_str()).collect::<Vec<_>>();
    assert_eq!((linked(1), linked(2), linked(0)), (vec!["c"], vec!["b"], vec![]), "from either side");
    assert_eq!(all[3].facts, None);
}

fn given(fields: serde_json::Value) -> Event {
    Event::PrefillGiven(serde_json::from_value(fields).ok())
}

/// The second record is another child's.
#[test]
fn what_a_portal_fills_in_goes_into_the_next_new_record_and_no_other() {
    let mut bench = Bench::open();
    bench.answer("assessor.name", "Typed");
    let fields = serde_json::json!({ "identifying_details.given_names": "Zebedee", "danger_now": "no" });
    assert_eq!(bench.event(given(fields)), []);
    assert_eq!(bench.record().answers.identifying_details.given_names, "", "that record is another child's");
    let effects = bench.event(Event::Started("r2".into()));
    assert!(effects.contains(&Effect::PrefillRefused(vec!["danger_now".into()])), "{effects:?}");
    assert!(effects.contains(&Effect::SaveSoon), "{effects:?}");
    assert!(
        effects.contains(&Effect::PrefillUsed),
        "an element that is put in again fills in no second record"
    );
    let record = bench.record();
    assert_eq!(record.answers.identifying_details.given_names, "Zebedee");
    let carried = record.carried.as_ref().unwrap();
    assert!(carried.by_portal && carried.is_in("identifying_details") && !carried.is_in("assessor"));
    let text = record.written().text(false, "").unwrap();
    assert_eq!(Record::from_json(&text).unwrap().carried, record.carried);
    bench.event(Event::CarriedChecked("identifying_details".into()));
    assert_eq!(bench.record().carried, None);
    bench.event(Event::Started("r3".into()));
    assert_eq!(bench.record().answers.identifying_details.given_names, "");
}

#[test]
fn a_record_that_has_just_begun_takes_what_a_portal_fills_in_late() {
    let mut bench = Bench::open();
    bench.event(Event::Started("r2".into()));
    bench.event(given(serde_json::json!({ "assessor.name": "Cy Marsh" })));
    assert_eq!(bench.record().answers.assessor.name, "Cy Marsh");
    assert_eq!(bench.event(Event::PrefillGiven(None)), [Effect::PrefillRefused(Vec::new())]);
}
