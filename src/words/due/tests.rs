//! What a practitioner reads about a deadline.

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

use assessment_form::WrittenDate;
use assessment_rules::{BankHolidays, DueRule};
use jiff::civil::date;

use super::super::tests::all;
use super::*;

/// A moment of November 2026.
fn on(day: i8, hour: i8, minute: i8) -> Moment {
    let local = date(2026, 11, day).at(hour, minute, 0, 0);
    let minutes = (i64::from(day) * 24 + i64::from(hour)) * 60 + i64::from(minute);
    Moment { instant: 1_793_000_000 + minutes * 60, local }
}

fn deadline(rule: DueRule, since: Moment) -> Deadline {
    let list = r#"{"title":"t","source":"s","known_from":"2026-01-01","known_until":"2027-12-31","days":[]}"#;
    rule.deadline(since, &BankHolidays::load(list).unwrap())
}

#[test]
fn a_deadline_reads_as_somebody_would_say_it() {
    let words = all();
    let (day, close) = (DueRule::SameDay, DueRule::WorkingDays(1));
    for (rule, since, now, tag, was) in [
        (DueRule::Now, on(26, 14, 3), on(26, 14, 5), "Due now", None),
        (DueRule::Now, on(26, 14, 3), on(26, 15, 5), "Overdue", Some("It was due at once. Do it now.")),
        (day, on(26, 14, 3), on(26, 14, 5), "Due today", None),
        (day, on(26, 23, 50), on(26, 23, 51), "Due now, tonight", None),
        (day, on(26, 14, 3), on(27, 0, 10), "Overdue", Some("It was due yesterday. Do it now.")),
        (
            day,
            on(16, 14, 3),
            on(26, 14, 3),
            "Overdue",
            Some("It was due on Monday 16 November 2026. Do it now."),
        ),
        (close, on(26, 14, 3), on(26, 14, 5), "By 17:00 tomorrow", None),
        (close, on(26, 14, 3), on(27, 9, 0), "By 17:00 today", None),
        (close, on(27, 14, 3), on(27, 14, 5), "By 17:00 on Monday", None),
        (close, on(26, 14, 3), on(28, 9, 0), "Overdue", Some("It was due by 17:00 yesterday. Do it now.")),
    ] {
        let deadline = deadline(rule, since);
        assert_eq!(words.due(&deadline, now), tag, "{rule:?}");
        assert_eq!(words.was_due(&deadline, now).as_deref(), was, "{rule:?}");
    }
}

#[test]
fn what_was_done_is_one_line() {
    let words = all();
    let mut entry = UrgentLogEntry {
        result: "done".into(),
        done_on: WrittenDate::from_iso("2026-11-26").unwrap(),
        done_at: "14:20".into(),
        spoke_to: "A Khan, duty desk".into(),
        reference: "12/34".into(),
        ..UrgentLogEntry::default()
    };
    let said = |entry: &UrgentLogEntry| words.logged(entry, date(2026, 11, 26));
    assert_eq!(said(&entry), "Done 14:20 today. Spoke to: A Khan, duty desk. Reference: 12/34.");
    entry.result = "not_reached".into();
    assert_eq!(said(&UrgentLogEntry { result: "done".into(), ..UrgentLogEntry::default() }), "Done.");
    assert!(said(&entry).starts_with("Tried 14:20 today: could not reach anyone."));
    assert_eq!(said(&UrgentLogEntry::default()), "Not finished: say what happened.");
}
