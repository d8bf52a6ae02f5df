//! Whose a record is, and what a locked form does.

use super::*;
use crate::state::{Locked, Others, SavedRecords, Whose};

const ANN: &str = "a1";
const BEN: &str = "b2";

impl Bench {
    fn person(&mut self, person: Option<&str>) -> Vec<Effect> {
        self.event(Event::PersonKnown(person.map(str::to_owned)))
    }

    fn save(&mut self) -> Vec<Effect> {
        let (id, revision) = (self.record().id.clone(), self.record().revision);
        self.event(Event::Saved(id, revision, "14:03".into()))
    }
}

fn by(person: &str) -> Option<String> {
    Some(person.to_owned())
}

#[test]
fn a_record_belongs_to_who_was_signed_in_when_it_began_a17() {
    let mut bench = Bench::open();
    assert_eq!(bench.record().owner, None);
    bench.event(Event::Went(Page::Start));
    bench.person(Some(ANN));
    bench.event(Event::Started("r2".into()));
    assert_eq!(bench.record().owner, by(ANN));
    assert!(bench.record().written().text(false, "").unwrap().contains(r#""owner":"a1""#));
}

#[test]
fn who_began_becomes_known_a_moment_later_and_is_written_down_a17() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    bench.save();
    let effects = bench.person(Some(ANN));
    assert_eq!(bench.record().owner, by(ANN));
    assert!(effects.contains(&Effect::SaveSoon), "{effects:?}");
}

#[test]
fn a_record_that_was_begun_signed_out_becomes_that_of_who_sends_it_a17() {
    let mut bench = Bench::open();
    bench.fill();
    let record = Record { base: "o1 3".into(), opening: "o2".into(), ..bench.record().clone() };
    bench.event(Event::Went(Page::Start));
    bench.person(Some(ANN));
    bench.event(Event::Opened { record: Box::new(record), page: None, read_only: false });
    assert_eq!(bench.record().owner, None, "anybody's, as before");
    let effects = bench.event(Event::Submitted("k".into()));
    let Some(Effect::Send { owner, .. }) = effects.first() else { panic!("{effects:?}") };
    assert_eq!((owner, &bench.record().owner), (&by(ANN), &by(ANN)));
}

#[test]
fn a_record_that_was_asked_for_too_soon_opens_once_its_person_is_known_and_for_nobody_else() {
    for (who, opens) in [(ANN, true), (BEN, false)] {
        let mut bench = Bench::open();
        bench.event(Event::Went(Page::Start));
        let record = Record { owner: by(ANN), ..Record::new("r9".into()) };
        let opened =
            || Event::Opened { record: Box::new(record.clone()), page: Some(Page::Tasks), read_only: false };
        bench.event(opened());
        assert_eq!(bench.state.record, None);
        let effects = bench.person(Some(who));
        assert!(effects.contains(&Effect::Read("r9".into(), Some(Page::Tasks))), "{who}: {effects:?}");
        bench.event(opened());
        assert_eq!(bench.state.record.is_some(), opens, "{who}");
        // Nothing is waited for any more.
        assert_eq!(bench.state.awaited, None, "{who}");
    }
}

#[test]
fn a_form_that_is_locked_before_its_record_was_read_comes_back_to_it() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    bench.event(Event::Awaited("r9".into(), Page::Tasks));
    bench.event(Event::Locked { is_portals: true });
    bench.event(Event::LockedFor(by(ANN)));
    let effects = bench.person(Some(ANN));
    assert!(effects.contains(&Effect::Read("r9".into(), Some(Page::Tasks))), "{effects:?}");
}

#[test]
fn what_was_asked_for_too_soon_is_not_opened_over_another_record() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    let record = Record { owner: by(ANN), ..Record::new("r9".into()) };
    bench.event(Event::Opened { record: Box::new(record), page: None, read_only: false });
    bench.event(Event::Started("r2".into()));
    let effects = bench.person(Some(ANN));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Read(..))), "{effects:?}");
    assert_eq!(bench.record().id, "r2");
}

#[test]
fn nobody_else_opens_a_record_or_finds_it_in_the_list_a17() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    let mut theirs = Record { owner: by(ANN), ..Record::new("r9".into()) };
    theirs.answers.identifying_details.family_name = "Ashby".into();
    let texts = [
        theirs.written().text(false, "").unwrap(),
        theirs
            .written()
            .text(false, "")
            .unwrap()
            .replace(r#""answers""#, r#""waiting":{"key":"k","body":"b"},"answers""#),
        Record::new("r8".into()).written().text(false, "").unwrap(),
    ];
    for (person, shown, others) in [
        (None, 1, Others { count: 2, waiting: 1 }),
        (Some(BEN), 1, Others { count: 2, waiting: 1 }),
        (Some(ANN), 3, Others::default()),
    ] {
        bench.person(person);
        let lines = texts.iter().map(|text| SavedRecord::of("r", text)).collect();
        let effects = bench.event(Event::SavedRecordsRead(lines));
        let SavedRecords::Read(records) = &bench.state.saved_records else { panic!("read") };
        assert_eq!((records.len(), bench.state.others), (shown, others), "{person:?}");
        assert_eq!(effects.contains(&Effect::SendWaiting), person == Some(ANN));
        let record = Box::new(theirs.clone());
        bench.event(Event::Opened { record, page: None, read_only: false });
        assert_eq!(bench.state.record.is_some(), person == Some(ANN));
    }
}

#[test]
fn the_list_says_that_a_record_goes_by_itself_only_while_it_does_a17() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    let record = |owner: Option<String>| {
        let text = Record { owner, ..Record::new("r9".into()) }.written().text(false, "").unwrap();
        SavedRecord::of("r9", &text.replace(r#""answers""#, r#""waiting":{"key":"k","body":"b"},"answers""#))
    };
    let (anns, nobodys) = (record(by(ANN)), record(None));
    let tried = |why: &'static str| Event::OthersWait([("r9".to_owned(), why)].into());
    bench.person(Some(ANN));
    let said = |bench: &Bench| [&anns, &nobodys].map(|record| bench.state.waiting_key(record));
    assert_eq!(said(&bench), ["drafts.waiting", "drafts.waiting_for_a_press"]);
    // The server knows that somebody else has signed in, in another window for example.
    bench.event(tried("submit.other_person"));
    assert_eq!(said(&bench), ["drafts.waiting_for_its_person", "drafts.waiting_for_a_press"]);
    bench.event(tried("submit.sign_in"));
    assert_eq!(said(&bench)[0], "drafts.waiting_for_sign_in");
    bench.event(tried("submit.offline"));
    assert_eq!(said(&bench)[0], "drafts.waiting");
    bench.event(tried("submit.other_person"));
    bench.person(Some(BEN));
    bench.person(Some(ANN));
    assert_eq!(said(&bench)[0], "drafts.waiting", "what was said to one says nothing of the next");
}

#[test]
fn a_locked_form_saves_first_and_then_keeps_nothing_b29() {
    let mut bench = Bench::open();
    bench.person(Some(ANN));
    bench.answer("danger_now", "no");
    bench.event(Event::Went(Page::Section("health".into())));
    let effects = bench.event(Event::Locked { is_portals: false });
    assert!(matches!(effects.first(), Some(Effect::Save(_))), "{effects:?}");
    assert!(bench.state.record.is_some(), "not on disk yet");
    bench.save();
    assert_eq!(bench.state.record, None);
    let place = Locked {
        whose: Whose::Person(ANN.into()),
        page: Page::Section("health".into()),
        record: by("r1"),
        not_opened: None,
    };
    assert_eq!((&bench.state.locked, &bench.state.person), (&Some(place), &None));
}

#[test]
fn what_could_not_be_saved_stays_in_a_locked_form_until_it_is_b20() {
    let mut bench = Bench::open();
    bench.person(Some(ANN));
    bench.answer("danger_now", "no");
    bench.event(Event::Locked { is_portals: false });
    bench.event(Event::NotSaved("r1".into()));
    assert_eq!(bench.record().answers.danger_now, "no");
    // Signed in again meanwhile: it goes on as it was.
    let effects = bench.person(Some(ANN));
    assert!(effects.contains(&Effect::Move(Focus::Heading)), "{effects:?}");
    assert_eq!((bench.record().answers.danger_now.as_str(), &bench.state.locked), ("no", &None));
}

#[test]
fn a_locked_form_opens_nothing_until_its_own_person_is_back_a17() {
    let mut bench = Bench::open();
    bench.person(Some(ANN));
    bench.answer("danger_now", "no");
    bench.event(Event::Went(Page::Section("health".into())));
    bench.event(Event::Locked { is_portals: false });
    bench.save();
    let other = Box::new(Record::new("r5".into()));
    for event in [
        Event::Opened { record: other, page: None, read_only: false },
        Event::SavedRecordsRead(vec![SavedRecord::of("r5", "{}")]),
        Event::Started("r6".into()),
        Event::Came(Page::Check),
        Event::Retried,
    ] {
        assert_eq!(bench.event(event), []);
    }
    assert_eq!(bench.person(Some(BEN)), [], "somebody else");
    assert!(bench.state.locked.is_some() && bench.state.record.is_none());
    bench.person(None);
    let effects = bench.person(Some(ANN));
    assert!(
        effects.contains(&Effect::Read("r1".into(), Some(Page::Section("health".into())))),
        "{effects:?}"
    );
    assert!(
        effects.contains(&Effect::SendWaiting),
        "nothing was tried again while it was locked: {effects:?}"
    );
    assert_eq!(bench.state.locked, None);
}

/// A form in a portal that is locked before the server has said whose token it is.
fn locked_before_anybody_was_known() -> Bench {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    bench.event(Event::Locked { is_portals: true });
    bench
}

#[test]
fn a_form_that_was_locked_before_anybody_was_known_opens_for_the_one_who_was_there_b20() {
    let mut bench = locked_before_anybody_was_known();
    bench.save();
    for next in [Some(BEN), None, Some(ANN)] {
        assert_eq!(bench.person(next), [], "nobody opens it while nobody can say whose it is");
    }
    // The answer about the token that was given before comes later, and opens nothing.
    assert_eq!(bench.event(Event::LockedFor(by(ANN))), []);
    assert_eq!(bench.event(Event::LockedFor(by(BEN))), [], "only the first counts");
    assert_eq!(bench.event(Event::LockedFor(None)), []);
    assert_eq!(bench.person(Some(BEN)), [], "somebody whom the portal vouches for later");
    assert!(bench.state.locked.is_some() && bench.state.record.is_none());
    bench.person(Some(ANN));
    assert_eq!(bench.state.locked, None);
    // In a form that is open it says nothing.
    bench.event(Event::LockedFor(by(BEN)));
    assert_eq!((&bench.state.locked, &bench.state.person), (&None, &by(ANN)));
}

#[test]
fn a_form_of_which_nobody_can_say_who_locked_it_opens_for_nobody_and_a_reload_shows_no_record_b20() {
    let mut bench = locked_before_anybody_was_known();
    bench.save();
    assert_eq!(bench.event(Event::LockedFor(None)), [Effect::Remember(Page::Start)]);
    for next in [Some(BEN), Some(ANN), None, Some(BEN)] {
        assert_eq!(bench.person(next), []);
        assert_eq!(bench.event(Event::LockedFor(by(BEN))), [], "it is too late to say so");
    }
    let locked = bench.state.locked.as_ref().unwrap();
    assert_eq!((&locked.whose, &bench.state.record), (&Whose::Unknown, &None));
}

#[test]
fn what_was_not_saved_when_the_form_was_locked_becomes_nobody_elses_b20() {
    let mut bench = locked_before_anybody_was_known();
    bench.event(Event::NotSaved("r1".into()));
    bench.person(Some(BEN));
    assert_eq!(bench.record().owner, None, "who asks is not who wrote");
    let effects = bench.event(Event::LockedFor(by(ANN)));
    let [Effect::Save(written)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(written.text(false, "").unwrap().contains(r#""owner":"a1""#));
    assert_eq!(bench.record().owner, by(ANN));
}

#[test]
fn why_a_form_stays_locked_is_said_until_it_opens() {
    let mut bench = locked_before_anybody_was_known();
    bench.event(Event::NotUnlocked("lock.not_found_out"));
    assert_eq!(bench.state.locked.as_ref().unwrap().not_opened, Some("lock.not_found_out"));
    bench.event(Event::LockedFor(by(ANN)));
    assert_eq!(bench.state.locked.as_ref().unwrap().not_opened, None);
    bench.person(Some(ANN));
    bench.event(Event::NotUnlocked("lock.someone_else"));
    assert_eq!(bench.state.locked, None);
}

#[test]
fn signing_out_elsewhere_locks_what_is_open_and_the_next_person_does_not_see_it_b20() {
    for next in [None, Some(BEN)] {
        let mut bench = Bench::open();
        bench.person(Some(ANN));
        bench.answer("danger_now", "no");
        bench.save();
        bench.person(next);
        assert!(bench.state.locked.is_some() && bench.state.record.is_none(), "{next:?}");
    }
}

#[test]
fn a_record_that_became_a_copy_while_it_was_saved_is_the_one_to_come_back_to_b20() {
    let mut bench = Bench::open();
    bench.person(Some(ANN));
    bench.answer("danger_now", "no");
    bench.event(Event::Locked { is_portals: false });
    bench.event(Event::Copied("r1".into()));
    bench.save();
    assert_eq!(bench.state.locked.as_ref().unwrap().record, by("r1-2"));
}

#[test]
fn without_sign_in_nothing_is_locked_and_everything_is_as_before() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    assert_eq!(bench.person(None), []);
    assert_eq!(bench.record().owner, None);
    assert!(!bench.record().written().text(false, "").unwrap().contains("owner"));
}

/// The whole record, sent while nobody was signed in, as it is read from the disk.
fn waits_as_nobody(bench: &mut Bench) -> Box<Record> {
    bench.fill();
    bench.event(Event::Submitted("k".into()));
    let record = Record { base: "o1 3".into(), opening: "o2".into(), ..bench.record().clone() };
    bench.event(Event::Went(Page::Start));
    assert_eq!((&record.owner, record.is_open()), (&None, false));
    Box::new(record)
}

#[test]
fn what_was_sent_signed_out_goes_in_nobodys_name_without_a_press_a17() {
    let mut bench = Bench::open();
    let record = waits_as_nobody(&mut bench);
    bench.person(Some(BEN));
    bench.event(Event::Opened { record, page: None, read_only: false });
    assert!(bench.state.waits_for_a_press());
    let sends = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Send { .. }));
    assert!(!sends(&bench.event(Event::Retried)) && bench.record().owner.is_none());
    let effects = bench.event(Event::SentAsOwn);
    let Some(Effect::Send { owner, record: Some(written), .. }) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!((owner, &bench.record().owner), (&by(BEN), &by(BEN)));
    assert!(written.text(false, "").unwrap().contains(r#""owner":"b2""#), "theirs before it goes");
    assert!(!bench.state.waits_for_a_press());
}

#[test]
fn someone_who_signs_in_elsewhere_does_not_become_the_sender_of_what_is_open_and_waits_a17() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k".into()));
    let waits = Event::Delivered("k".into(), Delivery::Waits("submit.sign_in"));
    bench.event(waits);
    let effects = bench.person(Some(BEN));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })), "{effects:?}");
    assert!(bench.record().owner.is_none() && bench.state.waits_for_a_press());
}

#[test]
fn the_record_whose_link_to_sign_in_was_followed_goes_by_itself_and_no_other_a17() {
    let mut bench = Bench::open();
    let record = waits_as_nobody(&mut bench);
    bench.state.followed = Some(record.id.clone());
    bench.person(Some(ANN));
    let state = &bench.state;
    assert!(state.goes_by_itself(&record.id, None) && !state.goes_by_itself("another", None));
    assert!(
        state.goes_by_itself("another", by(ANN).as_ref()) && !state.goes_by_itself("x", by(BEN).as_ref())
    );
    bench.event(Event::Opened { record: record.clone(), page: None, read_only: false });
    let effects = bench.event(Event::Retried);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Send { owner, .. } if *owner == by(ANN))));
    // A lock ends it: the next person follows a link of their own.
    bench.event(Event::Locked { is_portals: false });
    assert_eq!(bench.state.followed, None);
}

#[test]
fn who_comes_back_from_the_sign_in_page_without_signing_in_sends_nothing_in_the_next_ones_name_a17() {
    let mut bench = Bench::open();
    let record = waits_as_nobody(&mut bench);
    bench.state.followed = Some(record.id.clone());
    // The page is loaded again, and nobody is signed in. Then somebody else signs in in another window.
    assert_eq!(bench.person(None), []);
    bench.person(Some(BEN));
    assert!(!bench.state.goes_by_itself(&record.id, None));
    bench.event(Event::Opened { record, page: None, read_only: false });
    assert!(bench.state.waits_for_a_press());
}
