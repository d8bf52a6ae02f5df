//! Figures for Prometheus. Labels are route templates, methods, classes of status and kinds of limit: never an id, a name
//! or an address.

use std::time::Duration;

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::limits::Limit;

/// The type of what [`Metrics::text`] gives.
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends of the bars of every histogram, in seconds: from a read in memory to a client's patience.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Methods that have a name of their own here. Anyone can invent others: each would cost memory, and could say anything.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StoreWait {
    to: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    limit: &'static str,
}

/// The method, if everybody knows it.
pub(crate) fn known(method: &str) -> &'static str {
    METHODS.iter().find(|one| **one == method).copied().unwrap_or("other")
}

/// What somebody waits for from the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// A connection to read.
    ToRead,
    /// The right to write.
    ToWrite,
}

/// All figures of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram>,
    in_flight: Gauge,
    store_waits: Family<StoreWait, Histogram>,
    store_failures: Counter,
    refused: Family<Refused, Counter>,
    audit_entries: Gauge,
    webhooks_pending: Gauge,
    webhooks_failed: Gauge,
}

fn histogram() -> Histogram {
    Histogram::new(SECONDS)
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("assessment_server"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(histogram as fn() -> Histogram),
            in_flight: Gauge::default(),
            store_waits: Family::new_with_constructor(histogram as fn() -> Histogram),
            store_failures: Counter::default(),
            refused: Family::default(),
            audit_entries: Gauge::default(),
            webhooks_pending: Gauge::default(),
            webhooks_failed: Gauge::default(),
        };
        metrics.registered()
    }
}

impl Metrics {
    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        let taken = "Time from a request's head to its answer";
        registry.register_with_unit("request", taken, Unit::Seconds, self.seconds.clone());
        registry.register("requests_in_flight", "Requests being worked on", self.in_flight.clone());
        let waited = "Time until the store let somebody read or write";
        registry.register_with_unit("store_wait", waited, Unit::Seconds, self.store_waits.clone());
        registry.register("store_failures", "Times the store could not be used", self.store_failures.clone());
        registry.register("requests_refused", "Requests over a limit, by limit", self.refused.clone());
        registry.register("audit_entries", "Entries in the audit trail", self.audit_entries.clone());
        let pending = "Webhooks that a partner's server has not taken yet";
        registry.register("webhooks_pending", pending, self.webhooks_pending.clone());
        registry.register("webhooks_failed", "Webhooks that were given up", self.webhooks_failed.clone());
        self
    }

    /// A request has begun. It counts as in flight until the answer is dropped, also when the client goes away.
    #[must_use]
    pub fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// A request was answered. `route` is its template.
    pub fn answered(&self, method: &str, route: &str, status: u16, taken: Duration) {
        let method = known(method);
        let status = match status {
            100..=199 => "1xx",
            200..=299 => "2xx",
            300..=399 => "3xx",
            400..=499 => "4xx",
            _ => "5xx",
        };
        self.requests.get_or_create(&Request { method, route: route.to_owned(), status }).inc();
        let seconds = self.seconds.get_or_create(&Route { method, route: route.to_owned() });
        seconds.observe(taken.as_secs_f64());
    }

    /// The store let somebody in after that time.
    pub fn store_waited(&self, waiting: Waiting, taken: Duration) {
        let to = match waiting {
            Waiting::ToRead => "read",
            Waiting::ToWrite => "write",
        };
        self.store_waits.get_or_create(&StoreWait { to }).observe(taken.as_secs_f64());
    }

    /// The store could not be used.
    pub fn store_failed(&self) {
        self.store_failures.inc();
    }

    /// A request was over that limit.
    pub fn refused(&self, limit: Limit) {
        self.refused.get_or_create(&Refused { limit: limit.name() }).inc();
    }

    /// How long the audit trail is now.
    pub fn audit_entries(&self, entries: u64) {
        self.audit_entries.set(i64::try_from(entries).unwrap_or(i64::MAX));
    }

    /// How many webhooks wait, and how many were given up.
    pub fn webhooks(&self, pending: u64, failed: u64) {
        self.webhooks_pending.set(i64::try_from(pending).unwrap_or(i64::MAX));
        self.webhooks_failed.set(i64::try_from(failed).unwrap_or(i64::MAX));
    }

    /// Everything, in the text format of OpenMetrics.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// A request that is being worked on.
pub struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_nobody_knows_share_a_label() {
        let metrics = Metrics::default();
        for method in ["GET", "SAM", "ALEX"] {
            metrics.answered(method, "/a/{id}", 404, Duration::from_millis(3));
        }
        let text = metrics.text();
        assert!(text.contains("requests_total{method=\"GET\",route=\"/a/{id}\",status=\"4xx\"} 1"), "{text}");
        assert!(
            text.contains("requests_total{method=\"other\",route=\"/a/{id}\",status=\"4xx\"} 2"),
            "{text}"
        );
        assert!(text.contains("request_seconds_bucket{le=\"0.005\",method=\"GET\""), "{text}");
        assert!(!text.contains("SAM"), "{text}");
    }

    #[test]
    fn a_request_is_in_flight_until_it_is_dropped() {
        let metrics = Metrics::default();
        let (first, second) = (metrics.begin(), metrics.begin());
        assert!(metrics.text().contains("requests_in_flight 2"));
        drop(first);
        assert!(metrics.text().contains("requests_in_flight 1"));
        drop(second);
        assert!(metrics.text().contains("requests_in_flight 0"));
    }
}
