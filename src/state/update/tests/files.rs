//! What is not opened here, and records that come from a file.

use super::*;
use crate::state::{NotOpened, Unreadable};

fn take(bench: &mut Bench, text: &str) -> Vec<Effect> {
    bench.event(Event::FileTaken { text: Some(text.into()), id: "f1".into() })
}

/// Case C14. Another record is not touched by it.
#[test]
fn a_record_of_a_later_release_leads_to_the_list_that_says_so_and_nothing_is_written_b15() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    let effects = bench.event(Event::NotOpened(Unreadable::Newer));
    assert_eq!(
        (&bench.state.record, bench.state.not_opened),
        (&None, Some(NotOpened::Stored("drafts.newer")))
    );
    assert!(effects.contains(&Effect::ReadSavedRecords), "{effects:?}");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Save(_) | Effect::SaveSoon)));
    bench.event(Event::Started("r2".into()));
    assert_eq!((bench.record().id.as_str(), bench.state.not_opened), ("r2", None), "a new one begins");
    // With another record open, as by the browser's Back: that one is saved first.
    bench.answer("danger_now", "no");
    let effects = bench.event(Event::NotOpened(Unreadable::Newer));
    assert!(
        matches!(effects.as_slice(), [.., Effect::Save(saved), Effect::ReadSavedRecords] if saved.id == "r2"),
        "{effects:?}"
    );
}

/// Case C9. The file may be older than what became of the record since, so it becomes another one.
#[test]
fn a_record_from_a_file_goes_on_under_an_id_of_its_own_and_does_not_wait_to_be_sent_d17() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "unsure");
    let mut record = bench.record().clone();
    record.sent = Sent::Waiting(Waiting { key: "k".into(), body: "{}".into() });
    let text = record.written().text(false, "today").unwrap();
    bench.event(Event::Went(Page::Start));
    let effects = take(&mut bench, &text);
    let taken = bench.record();
    assert_eq!((taken.id.as_str(), taken.answers.danger_now.as_str()), ("f1", "unsure"));
    assert_eq!((&taken.sent, taken.copy, taken.base.as_str()), (&Sent::No, false, ""));
    assert!(taken.opening != taken.id && taken.opening != record.opening);
    assert!(effects.contains(&Effect::SaveSoon), "{effects:?}");
}

#[test]
fn a_file_that_cannot_be_read_changes_nothing_and_says_why_b15() {
    let mut bench = Bench::open();
    bench.event(Event::Went(Page::Start));
    bench.event(Event::PersonKnown(Some("b2".into())));
    let theirs = Record { owner: Some("a1".into()), ..Record::new("r9".into()) };
    let theirs = theirs.written().text(false, "").unwrap();
    for (text, key) in [
        ("", "file.damaged"),
        ("%PDF-1.7", "file.damaged"),
        (r#"{"answers":{}}"#, "file.damaged"),
        (r#"{"id":"a","version":9,"answers":{}}"#, "file.newer"),
        (&theirs, "file.other_person"),
    ] {
        assert_eq!(take(&mut bench, text), [], "{text}");
        assert_eq!(
            (&bench.state.record, bench.state.not_opened),
            (&None, Some(NotOpened::File(key))),
            "{text}"
        );
    }
    bench.event(Event::FileTaken { text: None, id: "f1".into() });
    assert_eq!((&bench.state.record, bench.state.not_opened), (&None, Some(NotOpened::File("file.damaged"))));
}
