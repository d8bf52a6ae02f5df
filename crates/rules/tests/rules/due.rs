//! By when an urgent action is due, with a clock that is set by hand: working hours, night, weekend, bank holidays, both
//! changes of the clocks, an old action, midnight, a wrong clock, and a list of bank holidays that has ended.

use assessment_rules::{By, Due, DueRule, Moment, RulePack, is_clock_wrong};
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::answering::bank_holidays;
use super::toy;

/// A moment in England: `2026-11-26T14:03+00:00` or, in summer, `+01:00`.
fn at(text: &str) -> Moment {
    let (local, offset) = text.split_at("2026-11-26T14:03".len());
    let local: DateTime = local.parse().unwrap();
    let hours = i64::from(offset == "+01:00");
    let utc = local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
    Moment { instant: utc - hours * 3600, local }
}

fn due(rule: DueRule, since: &str, now: &str) -> Due {
    rule.deadline(at(since), &bank_holidays()).at(at(now))
}

fn by(rule: DueRule, since: &str) -> (String, By) {
    let deadline = rule.deadline(at(since), &bank_holidays());
    (deadline.by.strftime("%a %d %b %H:%M").to_string(), deadline.how)
}

const DAY: DueRule = DueRule::WorkingDays(1);

#[test]
fn the_deadline_is_what_a_safeguarding_lead_would_say() {
    for (rule, since, expected, how) in [
        (DueRule::Now, "2026-11-26T14:03", "Thu 26 Nov 14:03", By::Now),
        // Working hours.
        (DueRule::SameDay, "2026-11-26T14:03", "Thu 26 Nov 23:59", By::EndOfDay),
        (DueRule::SameDay, "2026-11-26T19:59", "Thu 26 Nov 23:59", By::EndOfDay),
        // Evening and night: ten minutes of "today" are no deadline, and after midnight it does not wait for a whole day.
        (DueRule::SameDay, "2026-11-26T20:00", "Thu 26 Nov 20:00", By::Tonight),
        (DueRule::SameDay, "2026-11-26T23:50", "Thu 26 Nov 23:50", By::Tonight),
        (DueRule::SameDay, "2026-11-26T02:00", "Thu 26 Nov 02:00", By::Tonight),
        (DueRule::SameDay, "2026-11-26T06:00", "Thu 26 Nov 23:59", By::EndOfDay),
        (DueRule::Hours(48), "2026-11-26T14:03", "Sat 28 Nov 14:03", By::Hours(48)),
        (DueRule::Hours(11), "2026-12-31T14:03", "Fri 01 Jan 01:03", By::Hours(11)),
        // A working day, a Friday, a weekend, bank holidays and the days around them.
        (DAY, "2026-11-26T09:00", "Fri 27 Nov 17:00", By::Close),
        (DAY, "2026-11-27T16:59", "Mon 30 Nov 17:00", By::Close),
        (DAY, "2026-11-28T11:00", "Mon 30 Nov 17:00", By::Close),
        (DAY, "2026-08-28T11:00+01:00", "Tue 01 Sep 17:00", By::Close),
        (DAY, "2026-12-24T11:00", "Tue 29 Dec 17:00", By::Close),
        (DueRule::WorkingDays(3), "2026-11-26T09:00", "Tue 01 Dec 17:00", By::Close),
        // The list of bank holidays has ended: the earlier day counts.
        (DAY, "2028-12-22T11:00", "Mon 25 Dec 17:00", By::Close),
    ] {
        assert_eq!(by(rule, since), (expected.to_owned(), how), "{rule:?} since {since}");
    }
}

#[test]
fn an_action_is_due_and_then_overdue() {
    let (at_once, today, two_days) = (DueRule::Now, DueRule::SameDay, DueRule::Hours(48));
    for (rule, since, now, expected) in [
        (at_once, "2026-11-26T14:03", "2026-11-26T14:03", Due::Now),
        (at_once, "2026-11-26T14:03", "2026-11-26T14:33", Due::Now),
        (at_once, "2026-11-26T14:03", "2026-11-26T14:34", Due::Overdue),
        (today, "2026-11-26T14:03", "2026-11-26T23:59", Due::Today),
        // Opened after midnight.
        (today, "2026-11-26T14:03", "2026-11-27T00:00", Due::Overdue),
        (today, "2026-11-26T23:50", "2026-11-26T23:55", Due::Now),
        (today, "2026-11-26T23:50", "2026-11-27T00:10", Due::Now),
        (today, "2026-11-26T23:50", "2026-11-27T00:21", Due::Overdue),
        (two_days, "2026-11-26T14:03", "2026-11-27T23:59", Due::Later),
        (two_days, "2026-11-26T14:03", "2026-11-28T14:03", Due::Today),
        (two_days, "2026-11-26T14:03", "2026-11-28T14:04", Due::Overdue),
        (DAY, "2026-11-27T10:00", "2026-11-29T12:00", Due::Later),
        (DAY, "2026-11-27T10:00", "2026-11-30T17:00", Due::Today),
        (DAY, "2026-11-27T10:00", "2026-11-30T17:01", Due::Overdue),
        // Known for ten days.
        (at_once, "2026-11-16T14:03", "2026-11-26T14:03", Due::Overdue),
        (today, "2026-11-16T14:03", "2026-11-26T14:03", Due::Overdue),
        (two_days, "2026-11-16T14:03", "2026-11-26T14:03", Due::Overdue),
        (DAY, "2026-11-16T14:03", "2026-11-26T14:03", Due::Overdue),
    ] {
        assert_eq!(due(rule, since, now), expected, "{rule:?} since {since}, now {now}");
    }
}

#[test]
fn where_the_clocks_change_the_earlier_reading_counts() {
    let day = DueRule::Hours(24);
    // In March an hour is missing: a day on the clock is 23 hours.
    let since = "2026-03-28T14:03";
    assert_eq!(due(day, since, "2026-03-29T14:03+01:00"), Due::Today);
    assert_eq!(due(day, since, "2026-03-29T14:04+01:00"), Due::Overdue);
    // In October an hour comes twice: a day on the clock is 25 hours, and 24 are what was allowed.
    let since = "2026-10-24T14:03+01:00";
    assert_eq!(due(day, since, "2026-10-25T13:03"), Due::Today);
    assert_eq!(due(day, since, "2026-10-25T13:04"), Due::Overdue);
    // In the hour that comes twice the clock goes back, and time does not.
    let since = "2026-10-25T01:50+01:00";
    assert!(!is_clock_wrong(at(since), at("2026-10-25T01:10")));
    assert_eq!(due(DueRule::Now, since, "2026-10-25T01:10"), Due::Now);
    assert_eq!(due(DueRule::Now, since, "2026-10-25T01:25"), Due::Overdue);
    // By the end of a day of change.
    assert_eq!(due(DueRule::SameDay, "2026-10-25T12:00", "2026-10-25T23:59"), Due::Today);
    assert_eq!(due(DueRule::SameDay, "2026-03-29T12:00+01:00", "2026-03-30T00:00+01:00"), Due::Overdue);
}

#[test]
fn a_clock_that_is_wrong_by_a_year_gives_no_fewer_warnings() {
    let since = "2026-11-26T14:03";
    for now in ["2025-11-26T14:03", "2026-11-26T13:57", "2027-11-28T14:03"] {
        assert!(is_clock_wrong(at(since), at(now)), "{now}");
        for rule in [DueRule::Now, DueRule::SameDay, DueRule::Hours(48), DAY] {
            assert_eq!(due(rule, since, now), Due::Overdue, "{rule:?}, now {now}");
        }
    }
    for now in ["2026-11-26T13:59", "2026-11-26T14:03", "2027-11-25T14:03"] {
        assert!(!is_clock_wrong(at(since), at(now)), "{now}");
    }
    assert_eq!(due(DueRule::SameDay, since, "2026-11-26T13:59"), Due::Today, "the clock was put right");
}

#[test]
fn a_pack_may_give_a_clock_and_need_not() {
    let rule = |due: Value| {
        let mut pack = toy::source();
        pack["time_scales"][0]["hours"] = json!(48);
        pack["time_scales"][0]["due"] = due;
        let pack = RulePack::load(&pack.to_string(), &toy::vocabulary());
        pack.map(|pack| pack.due_rule(pack.action("IA-01").unwrap()))
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    assert_eq!(rule(Value::Null), Ok(None));
    assert_eq!(rule(json!({"kind": "now"})), Ok(Some(DueRule::Now)));
    assert_eq!(rule(json!({"kind": "hours", "hours": 48})), Ok(Some(DueRule::Hours(48))));
    assert_eq!(rule(json!({"kind": "same_day"})), Ok(Some(DueRule::SameDay)));
    assert_eq!(rule(json!({"kind": "working_days", "days": 2})), Ok(Some(DAY2)));
    for (nonsense, message) in [
        (json!({"kind": "soon"}), "time_scales[0] (now).due.kind"),
        (json!({"kind": "hours"}), "time_scales[0] (now).due.hours: a number from 1 to 8760 is needed here"),
        (json!({"kind": "hours", "hours": 0}), "time_scales[0] (now).due.hours"),
        (json!({"kind": "hours", "hours": 9000}), "time_scales[0] (now).due.hours"),
        (json!({"kind": "hours", "hours": 1, "days": 1}), "time_scales[0] (now).due.days"),
        (json!({"kind": "now", "hours": 1}), "time_scales[0] (now).due.hours"),
        (json!({"kind": "working_days", "days": 61}), "time_scales[0] (now).due.days"),
        (json!({}), "time_scales[0] (now).due.kind"),
        (json!("now"), "time_scales[0] (now).due"),
        // More time than the longest that may pass.
        (
            json!({"kind": "hours", "hours": 49}),
            "time_scales[0] (now).due: it gives more time than the 48 hours",
        ),
        (json!({"kind": "working_days", "days": 3}), "time_scales[0] (now).due: it gives more time"),
    ] {
        let refused = rule(nonsense.clone()).unwrap_err();
        assert!(refused.contains(message), "{nonsense}: {refused}");
    }
}

const DAY2: DueRule = DueRule::WorkingDays(2);
