//! Two windows with one record, and leaving a record for another.

use super::*;

/// B8: a window that another one has the record of can read it and change nothing.
#[test]
fn a_record_that_another_window_has_cannot_be_changed_here() {
    let mut bench = Bench::open();
    let mut other = Record::new("r2".into());
    other.revision = 4;
    bench.opened(other.clone(), true);
    assert_eq!(bench.answer("danger_now", "yes"), []);
    assert_eq!(bench.event(acknowledge("IA-01")), []);
    assert_eq!(bench.event(Event::MarkedNotDiscussed), []);
    assert_eq!(bench.event(Event::Submitted("k".into())), []);
    bench.event(Event::Went(Page::Tasks));
    assert_eq!(*bench.record(), other, "not even the page it is on");
    let page = bench.state.page.clone();
    assert_eq!(bench.event(Event::TakeOverAsked), [Effect::TakeOver("r2".into(), page)]);
    let effects = bench.event(Event::Went(Page::Start));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Save(_))));
}

#[test]
fn a_window_that_loses_the_record_saves_its_last_words_first() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "yes");
    assert_eq!(bench.event(Event::LostToOtherWindow("another".into())), []);
    let effects = bench.event(Event::LostToOtherWindow("r1".into()));
    assert_eq!(effects.first(), Some(&Effect::Save(Box::new(bench.record().written()))));
    assert!(bench.state.read_only);
    assert_eq!(bench.answer("danger_now", "no"), []);
    assert_eq!(bench.event(Event::LostToOtherWindow("r1".into())), [], "it is said once");
}

#[test]
fn opening_another_record_saves_what_is_not_on_disk_yet() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "yes");
    let first = bench.record().written();
    let effects = bench.opened(Record::new("r2".into()), false);
    assert_eq!(effects.first(), Some(&Effect::Save(Box::new(first))));
}

/// What was changed in two windows becomes two records, and neither is sent by itself.
#[test]
fn a_record_that_became_a_copy_goes_on_as_the_copy() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k".into()));
    let mut copy = bench.record().clone();
    copy.become_copy();
    bench.event(Event::Copied("r1".into()));
    assert_eq!(*bench.record(), copy);
    assert!(bench.state.copied && bench.record().is_open() && !bench.state.sending);
    assert_eq!(bench.event(Event::Copied("r1".into())), [], "an earlier save ends the same way");
    bench.event(Event::Saved(copy.id.clone(), copy.revision, "14:03".into()));
    assert_eq!(bench.state.save, SaveStatus::Saved("14:03".into()));
}
