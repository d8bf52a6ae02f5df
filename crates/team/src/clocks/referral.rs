//! What runs while a referral waits for its answer, with the authority's own lengths. What to do about it is
//! `assessment_rules`'s to say.

use assessment_rules::{BankHolidays, Deadline, Due, DueRule, Moment, ReferralClock, ReferralLimits};

use super::{ClockCode, Length, Timescales, Urgency};

impl Length {
    /// The same as a deadline counts it. Months are as short as a month can be: too early costs a glance.
    fn rule(self) -> DueRule {
        match self {
            Length::Hours(hours) => DueRule::Hours(hours),
            Length::Days(days) => DueRule::Hours(days * 24),
            Length::WorkingDays(days) => DueRule::WorkingDays(days),
            Length::Weeks(weeks) => DueRule::Hours(weeks * 7 * 24),
            Length::Months(months) => DueRule::Hours(months * 28 * 24),
        }
    }
}

impl Timescales {
    /// The clock of a referral that was made at a moment.
    #[must_use]
    pub fn referral(&self, asked: Moment, bank_holidays: &BankHolidays) -> ReferralClock {
        let usual = ReferralLimits::USUAL;
        let limit = |clock, usual| self.get(clock).map_or(usual, |scale| scale.limit.rule());
        let limits = ReferralLimits {
            write: limit(ClockCode::ReferralWritten, usual.write),
            answer: limit(ClockCode::ReferralAnswer, usual.answer),
            chase: limit(ClockCode::AskAgain, usual.chase),
        };
        ReferralClock::since(asked, limits, bank_holidays)
    }

    /// How urgent a deadline of a clock is now.
    #[must_use]
    pub fn urgency(&self, clock: ClockCode, deadline: &Deadline, now: Moment) -> Urgency {
        let soon = self.get(clock).map_or(0, |scale| scale.soon);
        let days = now.local.date().until(deadline.by.date()).map_or(0, |span| span.get_days());
        match deadline.at(now) {
            Due::Overdue => Urgency::Overdue,
            Due::Now | Due::Today => Urgency::Today,
            Due::Later if u32::try_from(days).is_ok_and(|days| days <= soon) => Urgency::Soon,
            Due::Later => Urgency::Later,
        }
    }
}
