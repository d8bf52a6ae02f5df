//! How much one person, or one address, may ask for. Who that is, and what a refusal says, is [`crate::admission`]'s.
//!
//! People who have signed in are counted one by one, so that nobody's excess is charged to a colleague behind the same
//! address. Only requests of nobody in particular are counted by address: those that show a cookie or a token that nobody was
//! given apart from the others, so that anyone who tries them keeps no neighbour from signing in. Each process counts for itself,
//! in memory.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use serde::{Deserialize, Serialize};

pub mod proxies;

/// How many requests are allowed. Each figure is also how many may come at once after a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RateLimits {
    /// Requests of one person in a minute.
    pub requests_a_minute: NonZeroU32,
    /// Requests in a minute from one address by nobody in particular, and as many again that try cookies or tokens.
    pub requests_a_minute_from_an_address: NonZeroU32,
    /// Searches for people, and questions who may be the same child, of one person in a minute.
    pub searches_a_minute: NonZeroU32,
    /// Searches and opened records of one person in a day.
    pub look_ups_a_day: NonZeroU32,
}

const fn figure(number: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(number - 1)
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            requests_a_minute: figure(600),
            requests_a_minute_from_an_address: figure(1_200),
            searches_a_minute: figure(30),
            look_ups_a_day: figure(300),
        }
    }
}

/// Which limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Of one person.
    Person,
    /// Of one address.
    Address,
    /// Of cookies and tokens that are tried from one address.
    Guesses,
    /// Of searches.
    Search,
    /// Of look-ups in a day.
    LookUps,
}

impl Limit {
    /// The name in metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Address => "address",
            Self::Guesses => "guesses",
            Self::Search => "search",
            Self::LookUps => "look-ups",
        }
    }
}

/// A request too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// Which limit.
    pub limit: Limit,
    /// Whole seconds after which one is allowed again; at least 1.
    pub seconds: u32,
}

type Keyed<K, C> = RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Counts requests. The clock is an argument so that a test need not wait.
pub struct Limits<C: Clock = DefaultClock> {
    people: Keyed<String, C>,
    addresses: Keyed<IpAddr, C>,
    guesses: Keyed<IpAddr, C>,
    searches: Keyed<String, C>,
    look_ups: Keyed<String, C>,
    told: Keyed<String, C>,
    counted: AtomicU32,
    clock: C,
}

/// After how many requests those who have not asked for long are forgotten.
const TIDIED_EVERY: u32 = 4_096;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Limits {
    /// By the machine's clock.
    #[must_use]
    pub fn new(limits: &RateLimits) -> Self {
        Self::by(limits, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    /// By that clock.
    #[must_use]
    pub fn by(limits: &RateLimits, clock: C) -> Self {
        let minute = |figure| Quota::per_minute(figure);
        // A period of no length is the only one that is refused.
        let daily = |figure: NonZeroU32| {
            Quota::with_period(DAY / figure.get()).unwrap_or(Quota::per_hour(figure)).allow_burst(figure)
        };
        Self {
            people: RateLimiter::dashmap_with_clock(minute(limits.requests_a_minute), clock.clone()),
            addresses: RateLimiter::dashmap_with_clock(
                minute(limits.requests_a_minute_from_an_address),
                clock.clone(),
            ),
            guesses: RateLimiter::dashmap_with_clock(
                minute(limits.requests_a_minute_from_an_address),
                clock.clone(),
            ),
            searches: RateLimiter::dashmap_with_clock(minute(limits.searches_a_minute), clock.clone()),
            look_ups: RateLimiter::dashmap_with_clock(daily(limits.look_ups_a_day), clock.clone()),
            told: RateLimiter::dashmap_with_clock(Quota::per_hour(figure(1)), clock.clone()),
            counted: AtomicU32::new(0),
            clock,
        }
    }

    /// Counts a request of that person.
    ///
    /// # Errors
    /// If it is one too many.
    pub fn person(&self, id: &str) -> Result<(), TooMany> {
        self.tidy();
        self.count(&self.people, &id.to_owned(), Limit::Person)
    }

    /// Counts a request from that address by nobody in particular. A network gives each household or office a whole range
    /// of IPv6 addresses, so the first 64 bits count.
    ///
    /// # Errors
    /// If it is one too many.
    pub fn address(&self, address: IpAddr) -> Result<(), TooMany> {
        self.tidy();
        self.count(&self.addresses, &network(address), Limit::Address)
    }

    /// Counts a request from that address, as [`Limits::address`] does, that shows a cookie or a token nobody was given.
    ///
    /// # Errors
    /// If it is one too many.
    pub fn guess(&self, address: IpAddr) -> Result<(), TooMany> {
        self.tidy();
        self.count(&self.guesses, &network(address), Limit::Guesses)
    }

    /// Counts a search of that person, which is also a look-up.
    ///
    /// # Errors
    /// If it is one too many.
    pub fn search(&self, id: &str) -> Result<(), TooMany> {
        self.count(&self.searches, &id.to_owned(), Limit::Search)?;
        self.look_up(id)
    }

    /// Counts a record that person opens.
    ///
    /// # Errors
    /// If it is one too many.
    pub fn look_up(&self, id: &str) -> Result<(), TooMany> {
        self.count(&self.look_ups, &id.to_owned(), Limit::LookUps)
    }

    /// Whether somebody should be told that this person was stopped: once an hour, not for each request.
    #[must_use]
    pub fn is_news(&self, id: &str) -> bool {
        self.told.check_key(&id.to_owned()).is_ok()
    }

    fn count<K: Hash + Eq + Clone>(&self, keyed: &Keyed<K, C>, key: &K, limit: Limit) -> Result<(), TooMany> {
        keyed.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            let whole = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
            TooMany { limit, seconds: u32::try_from(whole).unwrap_or(u32::MAX).max(1) }
        })
    }

    /// Now and then forgets those whose figures are full again, so that memory does not grow with the number of addresses.
    fn tidy(&self) {
        if self.counted.fetch_add(1, Ordering::Relaxed) % TIDIED_EVERY == TIDIED_EVERY - 1 {
            self.people.retain_recent();
            self.addresses.retain_recent();
            self.guesses.retain_recent();
            self.searches.retain_recent();
            self.look_ups.retain_recent();
            self.told.retain_recent();
        }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn limits(clock: &FakeRelativeClock) -> Limits<FakeRelativeClock> {
        let few = RateLimits {
            requests_a_minute: figure(3),
            requests_a_minute_from_an_address: figure(2),
            searches_a_minute: figure(2),
            look_ups_a_day: figure(4),
        };
        Limits::by(&few, clock.clone())
    }

    #[test]
    fn one_persons_excess_is_their_own_and_passes_b46() {
        let clock = FakeRelativeClock::default();
        let limits = limits(&clock);
        for _ in 0..3 {
            assert_eq!(limits.person("a"), Ok(()));
        }
        assert_eq!(limits.person("a"), Err(TooMany { limit: Limit::Person, seconds: 20 }));
        assert_eq!(limits.person("b"), Ok(()));
        clock.advance(Duration::from_secs(20));
        assert_eq!(limits.person("a"), Ok(()));
        assert!(limits.person("a").is_err());
    }

    #[test]
    fn addresses_of_one_network_count_together_b46() {
        let limits = limits(&FakeRelativeClock::default());
        let ask = |text: &str| limits.address(text.parse().unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)));
        assert_eq!((ask("2001:db8::1"), ask("2001:db8::ffff:1")), (Ok(()), Ok(())));
        assert_eq!(ask("2001:db8::2"), Err(TooMany { limit: Limit::Address, seconds: 30 }));
        assert_eq!(ask("2001:db8:0:1::2"), Ok(()));
        assert_eq!((ask("192.0.2.1"), ask("::ffff:192.0.2.1")), (Ok(()), Ok(())));
        assert!(ask("192.0.2.1").is_err() && ask("192.0.2.2").is_ok());
    }

    #[test]
    fn bulk_look_ups_stop_for_hours_and_are_told_once_b98() {
        let clock = FakeRelativeClock::default();
        let limits = limits(&clock);
        assert_eq!((limits.search("a"), limits.search("a")), (Ok(()), Ok(())));
        assert_eq!(limits.search("a"), Err(TooMany { limit: Limit::Search, seconds: 30 }));
        assert_eq!((limits.look_up("a"), limits.look_up("a")), (Ok(()), Ok(())));
        assert_eq!(limits.look_up("a"), Err(TooMany { limit: Limit::LookUps, seconds: 6 * 60 * 60 }));
        assert!(limits.is_news("a") && !limits.is_news("a") && limits.is_news("b"));
        clock.advance(Duration::from_secs(60));
        assert_eq!(limits.search("a").map_err(|one| one.limit), Err(Limit::LookUps));
        assert_eq!(limits.look_up("b"), Ok(()));
    }
}
