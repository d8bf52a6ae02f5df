//! Going to my work and back, and a record that corrects one that was sent.

use assessment_api::assessment::EpisodeLink;

use super::*;

fn my_work() -> Page {
    Page::Work("list".into())
}

fn link() -> EpisodeLink {
    EpisodeLink {
        id: "an-episode".into(),
        started_from: "a-version".into(),
        kind: "correction".into(),
        reason: "the year was wrong".into(),
    }
}

#[test]
fn my_work_needs_no_record_and_is_remembered_without_one() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    let effects = bench.event(Event::Went(my_work()));
    assert_eq!(effects, [Effect::Remember(my_work()), Effect::Move(Focus::Heading)]);
    bench.event(Event::Came(Page::Work("episode.1".into())));
    assert_eq!(bench.state.page, Page::Work("episode.1".into()));
    // Pages of a record need one.
    bench.event(Event::Went(Page::Check));
    assert_eq!(bench.state.page, Page::Start);
}

#[test]
fn going_to_my_work_saves_the_open_record_and_leaves_it() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    let written = bench.record().written();
    let effects = bench.event(Event::Went(my_work()));
    assert!(effects.contains(&Effect::Save(Box::new(written))), "{effects:?}");
    assert_eq!((bench.state.record.as_ref(), &bench.state.page), (None, &my_work()));
}

#[test]
fn b2_what_cannot_be_saved_is_not_left_for_my_work() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    bench.event(Event::NotSaved("r1".into()));
    bench.event(Event::Went(my_work()));
    assert_eq!(bench.state.page, Page::Danger);
    assert!(bench.state.record.is_some());
}

#[test]
fn b94_a_correction_opens_with_its_answers_is_saved_and_is_sent_to_its_episode() {
    let mut bench = Bench::open();
    bench.fill();
    let answers = bench.record().answers.clone();
    bench.event(Event::Went(my_work()));
    let mut record = Record::new("r2".into());
    (record.answers, record.episode, record.revision) = (answers, Some(link()), 1);
    let opened = Event::Opened { record: Box::new(record), page: Some(Page::Tasks), read_only: false };
    assert!(bench.event(opened).contains(&Effect::SaveSoon));
    assert_eq!(bench.state.page, Page::Tasks);
    let stored = bench.record().written().text(false, "today").unwrap();
    assert_eq!(Record::from_json(&stored).unwrap().episode, Some(link()));
    let effects = bench.event(Event::Submitted("k".into()));
    let body = effects.iter().find_map(|effect| match effect {
        Effect::Send { body, .. } => Some(body.clone()),
        _ => None,
    });
    let body: serde_json::Value = serde_json::from_str(&body.unwrap()).unwrap();
    assert_eq!(body["episode"]["started_from"], "a-version");
}

#[test]
fn b94_a_correction_that_was_overtaken_keeps_its_answers_and_can_follow_the_newer_version() {
    let mut bench = Bench::open();
    bench.fill();
    bench.state.record.as_mut().unwrap().episode = Some(link());
    bench.event(Event::Submitted("k1".into()));
    let refused = Rejection { status: 409, detail: String::new(), is_key_spent: false, is_overtaken: true };
    bench.event(Event::Delivered("k1".into(), Delivery::Rejected(refused)));
    let answers = bench.record().answers.clone();
    bench.event(Event::FollowsVersion("newer".into()));
    assert_eq!(bench.record().answers, answers);
    assert_eq!(bench.state.not_sent, None);
    let effects = bench.event(Event::Submitted("k2".into()));
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Send { key, body, .. } => Some((key.clone(), body.contains("\"started_from\":\"newer\""))),
        _ => None,
    });
    assert_eq!(sent, Some(("k2".into(), true)));
}

/// Sent as a first record it would make another child's file.
#[test]
fn a_stored_correction_whose_episode_is_damaged_is_not_read_as_a_first_record() {
    let mut record = Record::new("r2".into());
    record.episode = Some(link());
    let stored = record.written().text(false, "today").unwrap();
    let damaged = stored.replace("\"started_from\":\"a-version\"", "\"started_from\":7");
    assert_ne!(stored, damaged);
    assert_eq!(Record::from_json(&damaged), Err(crate::state::Unreadable::Damaged));
}
