//! The clock of a referral, with the lengths of an authority's own profile.

use assessment_engine::standards::Standards;
use assessment_rules::{BankHolidays, Moment};
use assessment_team::TeamSettings;
use assessment_team::clocks::{ClockCode, Timescales, Urgency};
use jiff::civil::{DateTime, Time, date};

fn england() -> BankHolidays {
    Standards::built_in().unwrap().bank_holidays.clone()
}

fn moment(local: DateTime) -> Moment {
    let midnight = date(1970, 1, 1).to_datetime(Time::midnight());
    Moment { instant: local.duration_since(midnight).as_secs(), local }
}

fn timescales(changes: &str) -> Timescales {
    let profile = format!(r#"{{"team": {{"timescales": [{changes}]}}}}"#);
    TeamSettings::read(&profile).unwrap().timescales
}

#[test]
fn an_authority_s_own_lengths_count_and_a_statutory_one_only_where_it_is_shorter() {
    let holidays = england();
    // Monday at noon.
    let asked = moment(date(2026, 11, 23).at(12, 0, 0, 0));
    let by = |changes: &str| {
        let clock = timescales(changes).referral(asked, &holidays);
        [clock.write.by, clock.answer.by, clock.chase.by].map(|by| by.to_string())
    };
    assert_eq!(by(""), ["2026-11-24T12:00:00", "2026-11-24T17:00:00", "2026-11-26T17:00:00"]);
    let own = r#"{"code": "referral_written", "limit": 4, "unit": "hours", "soon": 0, "statutory": true, "source": "x"},
        {"code": "referrer_chase", "limit": 2, "unit": "days", "soon": 1, "statutory": false, "source": "x"}"#;
    assert_eq!(by(own), ["2026-11-23T16:00:00", "2026-11-24T17:00:00", "2026-11-25T12:00:00"]);
}

#[test]
fn a_clock_is_later_soon_today_or_overdue() {
    let holidays = england();
    // Friday evening: the answer is due on Monday.
    let asked = moment(date(2026, 11, 27).at(18, 30, 0, 0));
    let soon = r#"{"code": "referral_decision", "limit": 1, "unit": "working_days", "soon": 1, "statutory": true, "source": "x"}"#;
    for (changes, day, hour, urgency) in [
        ("", 28, 12, Urgency::Later),
        ("", 29, 12, Urgency::Later),
        (soon, 28, 12, Urgency::Later),
        (soon, 29, 12, Urgency::Soon),
        (soon, 30, 9, Urgency::Today),
        (soon, 30, 18, Urgency::Overdue),
    ] {
        let timescales = timescales(changes);
        let clock = timescales.referral(asked, &holidays);
        let now = moment(date(2026, 11, day).at(hour, 0, 0, 0));
        assert_eq!(
            timescales.urgency(ClockCode::ReferralAnswer, &clock.answer, now),
            urgency,
            "{day} {hour}"
        );
    }
}
