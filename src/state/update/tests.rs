//! What an event does to the state, and what it asks of the outside world.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

use super::*;
use crate::state::record::Waiting;
use crate::state::{Certainty, Delivery, Disclosure, NotSent, Receipt, Rejection, SavedRecord};
use assessment_engine::validation::Problem;
use assessment_form::parse_day;

mod evaluated;
mod files;
mod lock;
mod once;
mod refusal;
mod taken_back;
mod urgent;
mod windows;
mod work;

/// A form with one open record, and what it looks at.
struct Bench {
    state: FormState,
    standards: Standards,
    now: Moment,
}

/// A moment in winter, when England has UTC.
fn moment(text: &str) -> Moment {
    let (day, time) = text.split_once('T').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let (hour, minute) = (hour.parse().unwrap(), minute.parse().unwrap());
    let local = parse_day(day).unwrap().at(hour, minute, 0, 0);
    let instant = local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
    Moment { instant, local }
}

impl Bench {
    fn open() -> Bench {
        let standards = Standards::built_in().unwrap();
        let mut bench = Bench { state: FormState::default(), standards, now: moment("2026-11-23T14:03") };
        bench.event(Event::Started("r1".into()));
        bench
    }

    fn event(&mut self, event: Event) -> Vec<Effect> {
        let context = Context::new(self.now, &self.standards);
        let effects = update(&mut self.state, event, &context);
        self.check_evaluated(&context);
        effects
    }

    fn answer(&mut self, path: &str, text: &str) -> Vec<Effect> {
        self.event(Event::Answered(path.into(), Edit::Text(text.into())))
    }

    /// A complete record from the cases that practitioners read.
    fn fill(&mut self) {
        self.fill_with(include_str!("../../../tests/cases/toddler-with-speech-delay.json"));
    }

    fn fill_with(&mut self, case: &str) {
        let case: serde_json::Value = serde_json::from_str(case).unwrap();
        let answers = assessment_engine::answers::Answers::from_value(&case["answers"]).unwrap().answers;
        self.state.record.as_mut().unwrap().answers = answers;
    }

    fn opened(&mut self, record: Record, read_only: bool) -> Vec<Effect> {
        self.event(Event::Opened { record: Box::new(record), page: None, read_only })
    }

    fn record(&self) -> &Record {
        self.state.record.as_ref().unwrap()
    }
}

#[test]
fn a_new_record_begins_with_the_question_of_danger() {
    assert_eq!(Bench::open().state.page, Page::Danger);
}

#[test]
fn typing_is_quiet_and_asks_for_a_save() {
    let mut bench = Bench::open();
    assert_eq!(bench.answer("identifying_details.nhs_number", "12"), [Effect::SaveSoon]);
    assert!(bench.state.problems.is_empty(), "B62: no error while typing");
    assert_eq!(bench.state.save, SaveStatus::Saving);
}

#[test]
fn leaving_a_section_shows_what_cannot_be_read_and_lets_blanks_be() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Section("identifying_details".into())));
    bench.answer("identifying_details.nhs_number", "12");
    assert_eq!(bench.event(Event::Continued), [Effect::Move(Focus::Summary)]);
    assert_eq!(bench.state.problems.len(), 1);
    bench.answer("identifying_details.nhs_number", "");
    bench.event(Event::Continued);
    assert_eq!(bench.state.page, Page::Section("assessment_information".into()));
}

/// B2: "saved" is about the latest revision and about nothing else.
#[test]
fn an_older_save_does_not_count_as_saved() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    let first = bench.record().revision;
    bench.answer("danger_now", "yes");
    bench.event(Event::Saved("r1".into(), first, "14:03".into()));
    assert_eq!(bench.state.save, SaveStatus::Saving);
    bench.event(Event::Saved("r1".into(), first + 1, "14:04".into()));
    assert_eq!(bench.state.save, SaveStatus::Saved("14:04".into()));
}

#[test]
fn a_refused_save_is_said_once_and_stays_until_one_succeeds() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    assert_eq!(bench.event(Event::NotSaved("r1".into())), [Effect::Announce("save.failed")]);
    assert_eq!(bench.event(Event::NotSaved("r1".into())), []);
    bench.answer("danger_now", "yes");
    assert_eq!(bench.state.save, SaveStatus::Failed, "typing on does not hide it");
    let revision = bench.record().revision;
    assert_eq!(
        bench.event(Event::Saved("r1".into(), revision, "14:05".into())),
        [Effect::Announce("save.recovered")]
    );
}

#[test]
fn a_document_that_was_made_is_noted_also_once_the_record_was_sent_but_not_where_it_can_only_be_read() {
    let made = Disclosure {
        audience: "child".into(),
        name: "A child".into(),
        at: "now".into(),
        reason: String::new(),
    };
    let mut bench = Bench::open();
    bench.state.record.as_mut().unwrap().sent = Sent::Waiting(Waiting { key: "k".into(), body: "{}".into() });
    assert_eq!(bench.event(Event::Disclosed(made.clone())), [Effect::SaveSoon]);
    assert_eq!(bench.record().disclosures, std::slice::from_ref(&made));
    bench.state.read_only = true;
    assert_eq!(bench.event(Event::Disclosed(made)), []);
    assert_eq!(bench.record().disclosures.len(), 1);
}

#[test]
fn going_to_the_start_page_saves_the_record_first() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    let effects = bench.event(Event::Went(Page::Start));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Save(record) if record.revision > 0)));
    assert!(bench.state.record.is_none());
}

#[test]
fn an_incomplete_record_is_not_sent() {
    let mut bench = Bench::open();
    assert_eq!(bench.event(Event::Submitted("k".into())), [Effect::Move(Focus::Summary)]);
    assert!(!bench.state.problems.is_empty());
    assert_eq!(bench.record().sent, Sent::No);
}

/// The button goes away; a retry that nobody asked for leaves the focus alone.
#[test]
fn the_focus_goes_to_the_notice_when_a_record_waits_and_to_the_summary_when_it_is_refused() {
    let mut bench = Bench::open();
    bench.fill();
    let effects = bench.event(Event::Submitted("k1".into()));
    assert!(effects.contains(&Effect::Move(Focus::Id(WAITING.into()))), "{effects:?}");
    let effects = bench.event(Event::Delivered("k1".into(), Delivery::Waits("submit.offline")));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Move(_))), "{effects:?}");
    assert!(!bench.event(Event::Retried).iter().any(|effect| matches!(effect, Effect::Move(_))));
    let problem = Problem::new("assessor.name", assessment_engine::validation::ProblemCode::Needed);
    let effects = bench
        .event(Event::Delivered("k1".into(), Delivery::Refused { problems: vec![problem], judged_on: None }));
    assert!(effects.contains(&Effect::Move(Focus::Summary)), "{effects:?}");
}

/// Marking the rest as not talked about comes before somebody talks about it after all.
#[test]
fn an_element_that_gets_something_in_it_is_not_marked_any_more() {
    let mut bench = Bench::open();
    bench.event(Event::MarkedNotDiscussed);
    let status = |bench: &Bench| bench.record().answers.elements.identity.status.clone();
    assert_eq!(status(&bench), "not_discussed");
    bench.answer("elements.identity.needs", "");
    assert_eq!(status(&bench), "not_discussed", "nothing is in it yet");
    bench.answer("elements.identity.needs", "W");
    assert_eq!(status(&bench), "");
    bench.answer("elements.identity.status", "not_discussed");
    assert_eq!(status(&bench), "not_discussed", "what somebody chooses themselves stays");
    bench.answer("elements.self_care.status", "no_concern");
    bench.answer("elements.self_care.strengths", "Dresses herself");
    assert_eq!(bench.record().answers.elements.self_care.status, "no_concern");
}

/// B10: one key and one body, on disk before the first attempt, whatever happens on the way.
#[test]
fn every_attempt_sends_the_same_bytes_under_the_same_key() {
    let mut bench = Bench::open();
    bench.fill();
    let effects = bench.event(Event::Submitted("k1".into()));
    let [Effect::Send { record: saved, key, body, .. }, ..] = effects.as_slice() else {
        panic!("{effects:?} {:?}", bench.state.problems)
    };
    assert_eq!(bench.record().sent, Sent::Waiting(Waiting { key: key.clone(), body: body.clone() }));
    assert_eq!(saved.as_deref(), Some(&bench.record().written()));
    assert_eq!(bench.event(Event::Submitted("k2".into())), [], "a second press does nothing");
    assert_eq!(bench.answer("assessor.name", "Another"), [], "what waits cannot be changed");
    bench.event(Event::Delivered("k1".into(), Delivery::Waits("submit.offline")));
    let again = bench.event(Event::Retried);
    assert!(matches!(&again[..], [Effect::Send { key: k, body: b, .. }, _] if k == key && b == body));
    assert_eq!(bench.event(Event::Retried), [Effect::SendWaiting], "one attempt at a time");
}

#[test]
fn a_receipt_ends_the_waiting_and_a_refusal_opens_the_record_again() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    let problem = Problem::new("identifying_details.sex", assessment_engine::validation::ProblemCode::Needed);
    bench
        .event(Event::Delivered("k1".into(), Delivery::Refused { problems: vec![problem], judged_on: None }));
    assert!(bench.record().is_open());
    assert_eq!(bench.state.problems.len(), 1);
    bench.event(Event::Submitted("k2".into()));
    bench.event(Event::Delivered("k2".into(), received()));
    assert_eq!(bench.state.page, Page::Receipt);
    assert!(matches!(bench.record().sent, Sent::Received(_)));
}

#[test]
fn deleting_the_open_record_closes_it() {
    let mut bench = Bench::open();
    bench.event(Event::SavedRecordsRead(Vec::new()));
    let effects = bench.event(Event::Deleted("r1".into()));
    assert_eq!(effects.first(), Some(&Effect::Delete("r1".into())));
    assert!(bench.state.record.is_none());
}

fn acknowledge(action: &str) -> Event {
    Event::Acknowledged { action: action.into(), certainty: Certainty::NotSure, time: "14:03".into() }
}

/// A refusal that no repetition changes must not lock the record: it is opened again, with what the server said.
#[test]
fn a_rejected_record_can_be_changed_and_sent_again() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    let answers = bench.record().answers.clone();
    let rejection = Rejection {
        status: 413,
        detail: "It is too large.".into(),
        is_key_spent: false,
        is_overtaken: false,
    };
    let effects = bench.event(Event::Delivered("k1".into(), Delivery::Rejected(rejection.clone())));
    assert_eq!(
        effects,
        [
            Effect::Save(Box::new(bench.record().written())),
            Effect::Announce("submit.rejected"),
            Effect::Move(Focus::Summary),
        ]
    );
    assert_eq!(bench.state.not_sent, Some(NotSent::Rejected(rejection)));
    assert_eq!(bench.record().answers, answers, "nothing is lost");
    let sent_as = |bench: &mut Bench, key: &str| match bench.event(Event::Submitted(key.into())).remove(0) {
        Effect::Send { key, .. } => key,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        sent_as(&mut bench, "k2"),
        "k1",
        "an earlier attempt may be stored: the same bytes keep their key"
    );
    assert_eq!(bench.state.not_sent, None);
    bench.event(Event::Delivered(
        "k1".into(),
        Delivery::Rejected(Rejection {
            status: 413,
            detail: String::new(),
            is_key_spent: false,
            is_overtaken: false,
        }),
    ));
    assert_eq!(bench.answer("conclusions.conclusions", "Something else."), [Effect::SaveSoon]);
    assert_eq!(sent_as(&mut bench, "k3"), "k3");
}

/// What was read as "find out" has to be read again as "act now".
#[test]
fn acknowledging_at_not_sure_does_not_count_for_yes() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "unsure");
    bench.event(acknowledge("IA-01"));
    bench.answer("danger_now", "yes");
    let read = &bench.record().acknowledged;
    assert_eq!(read.time("IA-01", Certainty::Certain), None);
    assert_eq!(read.time("IA-01", Certainty::NotSure), Some("14:03"));
}

fn received() -> Delivery {
    let receipt = serde_json::json!({
        "id": "i", "reference": "CAF1", "suggestion": {"certain": "R2", "possible": "R2", "not_ruled_out": "R4"},
        "urgent": [], "pack_version": "p", "form_version": "f", "sha256": "00", "received_at": "t",
    });
    Delivery::Received(Box::new(serde_json::from_value::<Receipt>(receipt).unwrap()))
}

/// B95: a reply that comes late must not land on the record that is open by then.
#[test]
fn what_is_about_one_record_never_lands_on_another() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    let mut other = Record::new("r2".into());
    other.sent = Sent::Waiting(Waiting { key: "k2".into(), body: "{}".into() });
    bench.opened(other.clone(), false);
    assert_eq!(bench.event(Event::Delivered("k1".into(), received())), []);
    assert_eq!(bench.record().sent, other.sent, "the other child's record still waits");

    bench.event(Event::Started("r3".into()));
    bench.answer("danger_now", "no");
    bench.event(Event::Saved("r1".into(), 99, "14:03".into()));
    assert_eq!(bench.state.save, SaveStatus::Saving, "another record's save is not this one's");
    assert_eq!(bench.event(Event::NotSaved("r1".into())), []);
}

/// S2: what waits is sent from anywhere in the form, not only where it is open.
#[test]
fn records_that_wait_are_sent_though_they_are_not_open_s2() {
    let mut bench = Bench::open();
    assert_eq!(bench.event(Event::Retried), [Effect::SendWaiting]);
    bench.event(Event::Went(Page::Start));
    let line = |text: &str| SavedRecord::of("r2", text);
    assert_eq!(bench.event(Event::SavedRecordsRead(vec![line(r#"{"id":"r2","answers":{}}"#)])), []);
    let waiting = line(r#"{"id":"r2","answers":{},"waiting":{"key":"k","body":"{}"}}"#);
    assert_eq!(bench.event(Event::SavedRecordsRead(vec![waiting])), [Effect::SendWaiting]);
    let effects = bench.event(Event::OthersSent);
    assert!(effects.contains(&Effect::ReadSavedRecords), "{effects:?}");
}

/// A request that ends late must not let a second one start beside the one that is under way.
#[test]
fn a_late_reply_does_not_end_the_sending_of_another_record() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    bench.event(Event::Delivered("k0".into(), Delivery::Waits("submit.offline")));
    assert!(bench.state.sending);
}

/// What sending found is kept from page to page until it is put right, and nothing new is said while typing.
#[test]
fn problems_found_on_sending_stay_until_they_are_put_right() {
    let mut bench = Bench::open();
    bench.fill();
    bench.answer("assessment_information.reason", "");
    bench.answer("assessor.name", "");
    bench.event(Event::Went(Page::Check));
    bench.event(Event::Submitted("k".into()));
    let here = |bench: &Bench| bench.state.problems_here().count();
    assert_eq!((here(&bench), bench.state.problems.len()), (2, 2));
    bench.event(Event::Went(Page::Section("assessment_information".into())));
    assert_eq!((here(&bench), bench.state.problems.len()), (1, 2), "each page shows its own");
    bench.answer("assessment_information.reason", "Tired at school");
    bench.answer("assessment_information.child_seen", "perhaps");
    bench.event(Event::Continued);
    assert_eq!(bench.state.page, Page::Section("assessment_information".into()));
    assert_eq!((here(&bench), bench.state.problems.len()), (1, 2), "one put right, one new");
    bench.answer("assessment_information.child_seen", "yes");
    bench.event(Event::Went(Page::Check));
    assert_eq!(bench.state.problems.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["assessor.name"]);
    bench.event(Event::Went(Page::Start));
    assert_eq!(bench.state.problems, []);
}

#[test]
fn problems_of_one_section_go_when_it_is_left() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Section("identifying_details".into())));
    bench.answer("identifying_details.nhs_number", "12");
    bench.event(Event::Continued);
    bench.event(Event::Went(Page::Tasks));
    assert_eq!(bench.state.problems, []);
}

/// While the disk refuses, the page alone has the last words: nothing may close the record.
#[test]
fn a_record_that_could_not_be_saved_is_not_left() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "yes");
    bench.event(Event::NotSaved("r1".into()));
    let effects = bench.event(Event::Went(Page::Start));
    assert!(effects.contains(&Effect::Announce("save.failed")));
    assert_eq!((bench.state.page.clone(), bench.record().id.as_str()), (Page::Danger, "r1"));
}
