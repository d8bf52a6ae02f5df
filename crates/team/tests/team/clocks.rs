//! Clocks: rows B1, B3, B5, B6 and B16, and a table of weekends, bank holidays, leap years and clock changes.

use assessment_engine::standards::Standards;
use assessment_form::parse_day;
use assessment_rules::{BankHolidays, DueRule, Moment, MoreBankHolidays};
use assessment_team::clocks::{
    About, ClockCode, Closed, DueOn, Events, Length, MeetingEvent, Owed, Referral, Running, Timescales,
    Urgency, due_on, ends_early, months_after, running,
};
use assessment_team::{TeamSettings, uses_budget};
use jiff::civil::{Date, DateTime};

fn england() -> BankHolidays {
    Standards::built_in().unwrap().bank_holidays.clone()
}

fn day(text: &str) -> Date {
    parse_day(text).unwrap()
}

fn due(since: &str, length: Length) -> DueOn {
    due_on(day(since), length, &[], &england(), true).unwrap()
}

#[test]
fn working_days_over_christmas_case_b1() {
    for (since, days, expected) in
        [("2026-12-23", 3, "2026-12-30"), ("2027-12-24", 1, "2027-12-29"), ("2027-12-31", 1, "2028-01-04")]
    {
        assert_eq!(due(since, Length::WorkingDays(days)).day, day(expected), "{since} + {days}");
    }
}

#[test]
fn a_date_beyond_the_list_says_how_far_the_list_goes_case_b3() {
    let known = due("2028-06-01", Length::WorkingDays(45));
    assert_eq!(known.known_until, None);
    let beyond = due("2030-12-01", Length::WorkingDays(45));
    assert_eq!(beyond.known_until, Some(day("2028-12-31")));
    let coronation = MoreBankHolidays { days: vec![day("2027-06-02")], known_until: None };
    let more = england().with(&coronation);
    let with = due_on(day("2027-06-01"), Length::WorkingDays(1), &[], &more, true).unwrap();
    assert_eq!(with.day, day("2027-06-03"), "the extra day counts at once");
    // What was promised to a family is a date of its own, and does not move.
    let events = Events {
        plan_agreed: Some(day("2027-04-20")),
        next_review: Some(day("2027-06-02")),
        ..Events::default()
    };
    let [review] = clocks(&events, &more, "2027-05-20").try_into().unwrap();
    assert_eq!((review.clock, review.due.day), (Some(ClockCode::FirstReview), day("2027-06-02")));
}

/// Six weeks between reviews, as in B5. Agreed on the day of the assessment.
fn six_weekly(reviews: &[&str], today: &str) -> DueOn {
    let profile = r#"{"team": {"timescales": [{"code": "review_cycle", "limit": 6, "unit": "weeks", "source": "Local"}]}}"#;
    let timescales = TeamSettings::read(profile).unwrap().timescales;
    let reviews = reviews.iter().map(|on| day(on)).collect();
    let events = Events { plan_agreed: Some(day("2027-02-12")), reviews, ..Events::default() };
    let found = running(&events, &timescales, &england(), day(today));
    let is_review = |one: &Running| matches!(one.clock, Some(ClockCode::FirstReview | ClockCode::NextReview));
    let [review] = found.into_iter().filter(is_review).collect::<Vec<_>>().try_into().unwrap();
    review.due
}

#[test]
fn the_next_review_is_counted_from_the_unmoved_day_of_the_last_one_case_b5() {
    let first = six_weekly(&[], "2027-03-01");
    assert_eq!((first.day, first.moved_from()), (day("2027-03-30"), Some(day("2027-03-26"))));
    let second = six_weekly(&["2027-03-30"], "2027-04-01");
    assert_eq!((second.day, second.moved_from()), (day("2027-05-07"), None));
    // The third follows from the unmoved day as well: nothing that a holiday moved adds up.
    assert_eq!(six_weekly(&["2027-03-30", "2027-05-07"], "2027-05-08").day, day("2027-06-18"));
}

/// A holiday is no reason to shorten or to lengthen: only what it moved is counted from the day before.
#[test]
fn a_review_held_early_or_late_counts_from_the_day_on_which_it_was_held_case_b5() {
    for (held, next, why) in [
        ("2027-03-19", "2027-04-30", "a week early: six weeks from then"),
        ("2027-03-25", "2027-05-06", "the day before Good Friday"),
        ("2027-03-26", "2027-05-07", "on Good Friday itself"),
        ("2027-03-29", "2027-05-07", "on Easter Monday, within the days that it was moved"),
        ("2027-03-30", "2027-05-07", "on the day to which it was moved"),
        ("2027-03-31", "2027-05-12", "late by choice: six whole weeks"),
        ("2027-05-10", "2027-06-21", "so late that the one after would have been past"),
    ] {
        assert_eq!(six_weekly(&[held], held).day, day(next), "{why}");
    }
}

#[test]
fn months_keep_their_day_where_they_have_it_case_b6() {
    for (since, months, expected) in [
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-01-31", 2, "2027-03-31"),
        ("2027-01-31", 3, "2027-04-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-11-30", 12, "2027-11-30"),
        ("2026-12-01", 1, "2027-01-01"),
    ] {
        assert_eq!(months_after(day(since), months), Some(day(expected)), "{since} + {months}");
    }
    assert_eq!(months_after(day("9999-12-01"), 1), None, "the end of the calendar is no panic");
}

/// Weekends, bank holidays, leap years and the days on which clocks change, which have 23 and 25 hours and are days all the
/// same.
#[test]
fn days_over_weekends_holidays_leap_days_and_clock_changes() {
    use Length::{Days, Weeks, WorkingDays};
    for (since, length, expected, moved) in [
        ("2026-11-23", WorkingDays(10), "2026-12-07", false),
        ("2026-11-28", WorkingDays(1), "2026-11-30", false),
        ("2026-11-29", WorkingDays(5), "2026-12-04", false),
        ("2027-03-25", WorkingDays(1), "2027-03-30", false),
        ("2027-04-30", WorkingDays(1), "2027-05-04", false),
        ("2028-02-25", WorkingDays(3), "2028-03-01", false),
        ("2028-02-22", Days(7), "2028-02-29", false),
        ("2027-02-22", Days(7), "2027-03-01", false),
        ("2026-11-26", Days(2), "2026-11-30", true),
        ("2026-11-13", Weeks(6), "2026-12-29", true),
        ("2027-03-22", Weeks(1), "2027-03-30", true),
        ("2027-03-20", Days(9), "2027-03-30", true),
        ("2026-10-19", Weeks(1), "2026-10-26", false),
        ("2028-03-20", Weeks(1), "2028-03-27", false),
    ] {
        let found = due(since, length);
        assert_eq!((found.day, found.moved_from().is_some()), (day(expected), moved), "{since} + {length:?}");
    }
}

/// Hours are counted by the moment, by the reader of deadlines that there is: 24 hours are 24 hours when the clocks change.
#[test]
fn twenty_four_hours_are_that_on_the_day_the_clocks_change() {
    let moment = |instant: i64, local: &str| Moment { instant, local: local.parse::<DateTime>().unwrap() };
    let spring = 1_806_193_800;
    let deadline = DueRule::Hours(24).deadline(moment(spring, "2027-03-27T16:30:00"), &england());
    let at = |hours: i64, local: &str| deadline.at(moment(spring + hours * 3600, local));
    assert_ne!(at(23, "2027-03-28T16:30:00"), assessment_rules::Due::Overdue);
    assert_eq!(at(25, "2027-03-28T18:30:00"), assessment_rules::Due::Overdue);
}

fn clocks(events: &Events, holidays: &BankHolidays, today: &str) -> Vec<Running> {
    let timescales = Timescales::load(Timescales::built_in()).unwrap();
    running(events, &timescales, holidays, day(today))
}

fn urgency(events: &Events, clock: ClockCode, today: &str) -> Option<Urgency> {
    clocks(events, &england(), today).into_iter().find(|one| one.clock == Some(clock)).map(|one| one.urgency)
}

#[test]
fn a_review_is_later_soon_today_overdue_and_then_a_hard_warning() {
    // Agreed on a Monday: six weeks are 12 April, the hard limit of twelve weeks is 24 May.
    let events = Events { plan_agreed: Some(day("2027-03-01")), ..Events::default() };
    for (today, expected) in [
        ("2027-03-01", Urgency::Later),
        ("2027-04-04", Urgency::Later),
        ("2027-04-05", Urgency::Soon),
        ("2027-04-11", Urgency::Soon),
        ("2027-04-12", Urgency::Today),
        ("2027-04-13", Urgency::Overdue),
        ("2027-05-24", Urgency::Overdue),
        ("2027-05-25", Urgency::Hard),
    ] {
        assert_eq!(urgency(&events, ClockCode::FirstReview, today), Some(expected), "{today}");
    }
    let reviewed = Events { reviews: vec![day("2027-04-12")], ..events };
    assert_eq!(urgency(&reviewed, ClockCode::FirstReview, "2027-04-20"), None);
    assert_eq!(urgency(&reviewed, ClockCode::NextReview, "2027-06-07"), Some(Urgency::Today));
}

#[test]
fn clocks_run_until_their_thing_is_done() {
    let mut events = Events { began: Some(day("2026-11-23")), ..Events::default() };
    assert_eq!(urgency(&events, ClockCode::ExistingSearch, "2026-11-26"), Some(Urgency::Overdue));
    assert_eq!(urgency(&events, ClockCode::AssessmentWritten, "2026-12-07"), Some(Urgency::Today));
    events.assessed = Some(day("2026-12-04"));
    assert_eq!(urgency(&events, ClockCode::AssessmentWritten, "2026-12-10"), None);
    assert!(urgency(&events, ClockCode::FirstMeeting, "2026-12-10").is_some());
    events.meetings =
        vec![MeetingEvent { number: 1, on: day("2026-12-16"), is_written: false, is_sent: false }];
    assert!(urgency(&events, ClockCode::FirstMeeting, "2026-12-15").is_some(), "planned is not held");
    assert_eq!(urgency(&events, ClockCode::FirstMeeting, "2026-12-16"), None);
    assert_eq!(urgency(&events, ClockCode::Minutes, "2026-12-21"), Some(Urgency::Today));
    assert_eq!(urgency(&events, ClockCode::MinutesSent, "2026-12-23"), Some(Urgency::Today));
    events.referral = Some(Referral { on: day("2026-12-18"), is_written: false });
    assert_eq!(urgency(&events, ClockCode::ReferralAnswer, "2026-12-21"), Some(Urgency::Today));
    assert_eq!(urgency(&events, ClockCode::ReferralWritten, "2026-12-20"), Some(Urgency::Overdue));
}

#[test]
fn actions_have_their_own_dates_and_owners() {
    let owed = Owed { action: "a1".to_owned(), owner: Some("m1".to_owned()), by: day("2027-03-10") };
    let events = Events { actions: vec![owed.clone()], ..Events::default() };
    let [one] = clocks(&events, &england(), "2027-03-11").try_into().unwrap();
    assert_eq!((one.about, one.urgency, one.clock), (About::Action(owed), Urgency::Overdue, None));
}

#[test]
fn closed_time_does_not_count_and_a_closed_episode_is_quiet_case_b16() {
    let owed = Owed { action: "a1".to_owned(), owner: None, by: day("2027-04-20") };
    let mut events =
        Events { plan_agreed: Some(day("2027-03-01")), actions: vec![owed], ..Events::default() };
    events.closed = vec![Closed { from: day("2027-03-15"), until: None }];
    assert_eq!(clocks(&events, &england(), "2027-04-30"), vec![], "closed: lists and clocks are quiet");
    // Opened again after 61 days: the clock goes on where it was.
    events.closed = vec![Closed { from: day("2027-03-15"), until: Some(day("2027-05-15")) }];
    events.actions.clear();
    let [review] = clocks(&events, &england(), "2027-05-16").try_into().unwrap();
    assert_eq!(review.due.unmoved, day("2027-06-12"));
    assert_eq!(review.due.day, day("2027-06-14"), "a Saturday is moved");
    // A day that was agreed with the family and came while the episode was closed is no promise any more.
    events.next_review = Some(day("2027-04-12"));
    assert_eq!(clocks(&events, &england(), "2027-05-16")[0].due.unmoved, day("2027-06-12"));
    let working =
        due_on(day("2027-03-12"), Length::WorkingDays(3), &events.closed, &england(), true).unwrap();
    assert_eq!(working.day, day("2027-05-19"));
}

#[test]
fn a_profile_changes_clocks_and_lengthens_no_statutory_one() {
    let read = |timescales: &str| {
        TeamSettings::read(&format!(
            r#"{{"id": "x", "team": {{"uses_budget": true, "timescales": [{timescales}]}}}}"#
        ))
    };
    let shorter =
        r#"{"code": "eha_complete", "limit": 3, "unit": "weeks", "soon": 5, "source": "Local standard"}"#;
    let settings = read(shorter).unwrap();
    assert!(settings.uses_budget);
    assert_eq!(settings.timescales.get(ClockCode::AssessmentWritten).unwrap().limit, Length::Weeks(3));
    let longer = r#"{"code": "referral_decision", "limit": 2, "unit": "working_days", "source": "Local"}"#;
    let refused = read(longer).unwrap_err();
    assert!(refused[0].contains("referral_decision"), "{refused:?}");
    let same = r#"{"code": "referral_written", "limit": 12, "unit": "hours", "source": "Local"}"#;
    assert!(read(same).is_ok());
    assert!(read(r#"{"code": "nonsense", "limit": 0, "unit": "moons", "source": "x"}"#).is_err());
    let plain = TeamSettings::read("{}").unwrap();
    assert!(!plain.uses_budget);
    // The browser reads the one flag, and as the server does.
    let with = format!(r#"{{"id": "x", "team": {{"uses_budget": true, "timescales": [{shorter}]}}}}"#);
    assert!(uses_budget(&with) && !uses_budget("{}") && !uses_budget("no profile"));
    for clock in ClockCode::ALL {
        assert!(plain.timescales.get(*clock).is_some());
    }
}

/// Two years after the last day that is known, and as far before it as the longest clock runs.
#[test]
fn a_list_that_ends_within_what_clocks_need_is_known_to_case_b3() {
    let timescales = Timescales::load(Timescales::built_in()).unwrap();
    let ends = |today: &str| ends_early(&timescales, &england(), day(today));
    assert_eq!(ends("2026-11-23"), None);
    assert_eq!(ends("2027-12-29"), None, "a year of days that are known");
    for late in ["2028-01-03", "2028-12-31", "2030-12-31"] {
        assert_eq!(ends(late), Some(day("2028-12-31")), "{late}");
    }
    let more = MoreBankHolidays { days: vec![], known_until: Some(day("2031-12-31")) };
    assert_eq!(ends_early(&timescales, &england().with(&more), day("2030-12-29")), None);
}
