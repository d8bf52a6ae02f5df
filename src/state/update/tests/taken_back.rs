//! S3: a record that waits is taken back, changed and sent again, and danger is answered whatever it waits for.

use super::*;

fn waiting() -> Bench {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    bench.event(Event::Delivered("k1".into(), Delivery::Waits("submit.offline")));
    bench
}

fn sent(effects: &[Effect]) -> (&str, &str) {
    let Some(Effect::Send { key, body, .. }) = effects.first() else { panic!("{effects:?}") };
    (key, body)
}

#[test]
fn what_was_taken_back_is_open_and_stored_so() {
    let mut bench = waiting();
    let effects = bench.event(Event::TakenBack);
    assert!(bench.record().is_open());
    assert_eq!(effects.first(), Some(&Effect::Save(Box::new(bench.record().written()))));
    assert!(effects.contains(&Effect::Announce("submit.taken_back")), "{effects:?}");
    assert_eq!(bench.event(Event::Retried), [Effect::SendWaiting], "it is not sent by itself any more");
    assert_eq!(bench.answer("assessor.name", "Another"), [Effect::SaveSoon]);
    assert_eq!(bench.event(Event::TakenBack), [], "it does not wait");
}

/// The first attempt may have been stored and its reply lost.
#[test]
fn unchanged_it_goes_under_the_same_key_and_changed_under_a_new_one() {
    for (is_changed, key) in [(false, "k1"), (true, "k2")] {
        let mut bench = waiting();
        bench.event(Event::TakenBack);
        if is_changed {
            bench.answer("assessor.name", "Another");
        }
        let effects = bench.event(Event::Submitted("k2".into()));
        assert_eq!(sent(&effects).0, key);
    }
}

#[test]
fn danger_takes_it_back_by_itself_and_is_never_locked() {
    for danger in ["yes", "unsure", "no"] {
        let mut bench = waiting();
        bench.event(Event::Went(Page::Danger));
        assert!(bench.state.can_answer());
        let effects = bench.answer("danger_now", danger);
        assert!(effects.contains(&Effect::Announce("submit.taken_back")), "{effects:?}");
        assert!(effects.contains(&Effect::SaveSoon) && bench.record().is_open());
        assert_eq!(bench.record().answers.danger_now, danger);
    }
    let mut bench = waiting();
    bench.state.read_only = true;
    assert_eq!(bench.answer("danger_now", "yes"), [], "another window has it");
}

#[test]
fn a_receipt_that_comes_too_late_counts_only_for_what_was_not_changed() {
    for (is_changed, is_received) in [(false, true), (true, false)] {
        let mut bench = Bench::open();
        bench.fill();
        bench.event(Event::Submitted("k1".into()));
        bench.event(Event::TakenBack);
        if is_changed {
            bench.answer("assessor.name", "Another");
        }
        let effects = bench.event(Event::Delivered("k1".into(), received()));
        assert_eq!(!bench.record().is_open(), is_received);
        assert_eq!(effects.contains(&Effect::Announce("submit.arrived")), is_changed, "{effects:?}");
        assert!(!bench.state.sending);
        if is_changed {
            let effects = bench.event(Event::Submitted("k2".into()));
            assert_eq!(sent(&effects).0, "k2");
        }
    }
}
