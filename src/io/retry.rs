//! When to send again: after 1 s, doubling to 5 minutes, at a random moment within that time.

use gloo_timers::callback::Timeout;

/// Milliseconds that pass at least.
const MIN: u32 = 500;
/// Milliseconds within which the first attempt is repeated.
const FIRST: u32 = 1_000;
/// Milliseconds to which that grows.
const MAX: u32 = 300_000;

/// The timer of one form.
#[derive(Default)]
pub(crate) struct Retry {
    attempts: u32,
    timer: Option<Timeout>,
}

impl Retry {
    /// Calls `again` later.
    pub(crate) fn later(&mut self, again: impl FnOnce() + 'static) {
        let within = FIRST.saturating_mul(2_u32.saturating_pow(self.attempts)).min(MAX);
        self.attempts += 1;
        let share = js_sys::Math::random() * f64::from(within);
        // A share of at most 300,000 fits.
        self.timer = Some(Timeout::new(MIN + share as u32, again));
    }
}
