//! What runs after social care was asked: by when the written form follows the call, by when the front door answers, and when
//! to chase and to escalate. No clock: both moments are arguments. Not whether to ask, which the rules and people decide.
//!
//! Statutory guidance: the front door decides and tells the referrer within one working day, and somebody who hears nothing
//! asks (Working Together to Safeguard Children). That the form follows the call within 24 hours and is chased after three
//! working days is local practice in Leeds and elsewhere.

use super::bank_holidays::BankHolidays;
use super::due::{Deadline, Due, DueRule, Moment};

/// How long each may run. An authority may have its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralLimits {
    /// The written form follows the call.
    pub write: DueRule,
    /// The front door answers.
    pub answer: DueRule,
    /// Somebody who has heard nothing chases.
    pub chase: DueRule,
}

impl ReferralLimits {
    /// What an authority has that says nothing else.
    pub const USUAL: Self =
        Self { write: DueRule::Hours(24), answer: DueRule::WorkingDays(1), chase: DueRule::WorkingDays(3) };
}

/// What runs while a referral waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralClock {
    /// By when the written form is sent.
    pub write: Deadline,
    /// By when the front door answers.
    pub answer: Deadline,
    /// By when to chase where it does not.
    pub chase: Deadline,
}

/// What to do about a referral that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferralHelp {
    /// The answer is not late.
    Wait,
    /// The answer is late: ring the front door.
    Ring,
    /// Nothing was heard for longer than anybody waits: ask a manager or the safeguarding lead to escalate.
    Escalate,
}

impl ReferralHelp {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Ring => "ring",
            Self::Escalate => "escalate",
        }
    }
}

impl ReferralClock {
    /// The clock of a referral that was made at a moment.
    #[must_use]
    pub fn since(asked: Moment, limits: ReferralLimits, bank_holidays: &BankHolidays) -> Self {
        let by = |rule: DueRule| rule.deadline(asked, bank_holidays);
        Self { write: by(limits.write), answer: by(limits.answer), chase: by(limits.chase) }
    }

    /// What to do now. Where the clock cannot be trusted, the most: nobody then knows that it is not late.
    #[must_use]
    pub fn help(&self, now: Moment) -> ReferralHelp {
        if self.chase.at(now) == Due::Overdue {
            ReferralHelp::Escalate
        } else if self.answer.at(now) == Due::Overdue {
            ReferralHelp::Ring
        } else {
            ReferralHelp::Wait
        }
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test says what must exist")]
mod tests {
    use jiff::civil::{DateTime, date};

    use super::*;

    const HOLIDAYS: &str = r#"{"title": "Bank holidays", "source": "x", "known_from": "2026-01-01",
        "known_until": "2027-12-31", "days": ["2026-12-25", "2026-12-28", "2027-01-01"]}"#;

    /// A moment by the clock on the wall, in winter.
    fn moment(local: DateTime) -> Moment {
        let midnight = date(1970, 1, 1).to_datetime(jiff::civil::Time::midnight());
        let instant = local.duration_since(midnight).as_secs();
        Moment { instant, local }
    }

    fn at(month: i8, day: i8, hour: i8, minute: i8) -> Moment {
        let year = if month == 1 { 2027 } else { 2026 };
        moment(date(year, month, day).at(hour, minute, 0, 0))
    }

    #[test]
    fn a_referral_is_answered_in_one_working_day_chased_after_three_and_then_escalated() {
        let holidays = BankHolidays::load(HOLIDAYS).expect("a list");
        // Asked, written by, answered by, chased by: over a weekend, and over Christmas.
        for (asked, write, answer, chase) in [
            (at(11, 23, 12, 0), "2026-11-24T12:00:00", "2026-11-24T17:00:00", "2026-11-26T17:00:00"),
            (at(11, 27, 18, 30), "2026-11-28T18:30:00", "2026-11-30T17:00:00", "2026-12-02T17:00:00"),
            (at(12, 23, 9, 0), "2026-12-24T09:00:00", "2026-12-24T17:00:00", "2026-12-30T17:00:00"),
            (at(12, 31, 16, 0), "2027-01-01T16:00:00", "2027-01-04T17:00:00", "2027-01-06T17:00:00"),
        ] {
            let clock = ReferralClock::since(asked, ReferralLimits::USUAL, &holidays);
            let found = [clock.write.by, clock.answer.by, clock.chase.by].map(|by| by.to_string());
            assert_eq!(found, [write, answer, chase], "{asked:?}");
        }
        let clock = ReferralClock::since(at(11, 23, 12, 0), ReferralLimits::USUAL, &holidays);
        for (now, help) in [
            (at(11, 23, 12, 0), ReferralHelp::Wait),
            (at(11, 24, 17, 0), ReferralHelp::Wait),
            (at(11, 24, 17, 1), ReferralHelp::Ring),
            (at(11, 26, 17, 0), ReferralHelp::Ring),
            (at(11, 26, 17, 1), ReferralHelp::Escalate),
            // The clock was put back, so nobody knows that it is not late.
            (at(11, 22, 12, 0), ReferralHelp::Escalate),
        ] {
            assert_eq!(clock.help(now), help, "{now:?}");
        }
    }
}
