//! How long somebody is still signed in, by this device's clock. The server decides; this only warns in time, and locks the
//! form where the server cannot be asked. All times are milliseconds.

/// Milliseconds before the end from which on somebody is warned.
const WARNED: i64 = 120_000;
/// The seconds left at which that is said again.
const SAID: [i64; 4] = [20, 30, 60, 120];

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idle {
    /// When it ends if nobody does anything.
    pub until: i64,
    /// When it ends in any case.
    pub ends: i64,
    /// How long it lasts after somebody did something.
    pub lasts: i64,
}

/// What that means now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// There is time.
    Working,
    /// It ends soon.
    Warned {
        /// Seconds left.
        seconds: i64,
        /// Whether it can go on.
        can_stay: bool,
    },
    /// It is over.
    Over,
}

impl Idle {
    /// What the server has just said, of a session of which `before` was known.
    #[must_use]
    pub fn said(now: i64, idle_left: i64, ends_left: i64, before: Option<Idle>) -> Idle {
        // What is left right after activity is how long it lasts.
        let lasts = before.map_or(idle_left, |before| before.lasts.max(idle_left));
        Idle { until: now + idle_left.min(ends_left), ends: now + ends_left, lasts }
    }

    /// What it means at that time.
    #[must_use]
    pub fn stage(&self, now: i64) -> Stage {
        let left = self.until.min(self.ends) - now;
        if left <= 0 {
            Stage::Over
        } else if left <= WARNED {
            Stage::Warned { seconds: (left + 999) / 1_000, can_stay: self.until < self.ends }
        } else {
            Stage::Working
        }
    }

    /// Somebody did something, and the server could not be told.
    pub fn worked(&mut self, now: i64) {
        self.until = self.until.max(now + self.lasts).min(self.ends);
    }
}

/// What was said last when that many seconds are left: 120, 60, 30 or 20.
#[must_use]
pub fn said_at(seconds: i64) -> i64 {
    SAID.into_iter().find(|said| seconds <= *said).unwrap_or(120)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn somebody_is_warned_two_minutes_before_and_as_often_as_they_stay_b67() {
        let mut idle = Idle::said(0, 15 * MINUTE, 12 * 60 * MINUTE, None);
        for _ in 0..20 {
            let warned = idle.until - 2 * MINUTE;
            assert_eq!(idle.stage(warned - 1), Stage::Working);
            assert_eq!(idle.stage(warned), Stage::Warned { seconds: 120, can_stay: true });
            assert_eq!(idle.stage(idle.until - 1), Stage::Warned { seconds: 1, can_stay: true });
            assert_eq!(idle.stage(idle.until), Stage::Over);
            idle.worked(idle.until - 1);
        }
    }

    #[test]
    fn the_end_in_any_case_is_told_from_one_that_can_be_put_off_b67() {
        let mut idle = Idle::said(0, 15 * MINUTE, 20 * MINUTE, None);
        idle.worked(10 * MINUTE);
        assert_eq!(idle.until, 20 * MINUTE);
        assert_eq!(idle.stage(19 * MINUTE), Stage::Warned { seconds: 60, can_stay: false });
        assert_eq!(idle.stage(20 * MINUTE), Stage::Over);
    }

    #[test]
    fn a_reply_in_the_middle_of_a_session_does_not_shorten_how_long_it_lasts() {
        let first = Idle::said(0, 15 * MINUTE, 60 * MINUTE, None);
        let later = Idle::said(5 * MINUTE, 10 * MINUTE, 55 * MINUTE, Some(first));
        assert_eq!(later, Idle { until: 15 * MINUTE, ends: 60 * MINUTE, lasts: 15 * MINUTE });
    }

    #[test]
    fn what_is_left_is_said_at_two_minutes_one_minute_thirty_and_twenty_seconds_b67() {
        let said: Vec<_> = [120, 61, 60, 31, 30, 21, 20, 1].map(said_at).into();
        assert_eq!(said, [120, 120, 60, 60, 30, 30, 20, 20]);
    }
}
