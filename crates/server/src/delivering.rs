//! Sends what partners are told, at least once and until it succeeds or days have passed. It survives restarts, and several
//! servers on one database share the work: a delivery is claimed before it is sent, and is due again if nobody says how it went.
//!
//! Each partner has a task of its own, so one whose server hangs keeps no other waiting.

use std::{future::Future, sync::Arc, time::Duration};

use axum::http::{Request, header::CONTENT_TYPE};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use uuid::Uuid;

use crate::{
    clock::{Clock, written},
    sign_in::outside::{NoAnswer, Outside},
    store::{
        Store, StoreError,
        webhooks::{Claimed, Ended},
    },
    webhooks::Secret,
};

/// How often to look for what is due.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long a claim counts, in seconds. An answer takes ten at most, so nobody else sends it meanwhile.
const CLAIM: i64 = 60;

/// Seconds between the first attempt and the second; each later pause is [`FACTOR`] times as long, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: i64 = 15;
const FACTOR: u32 = 4;
/// Eight hours.
const LONGEST_PAUSE: i64 = 8 * 3600;

/// How long it is tried, in seconds: five days, which is a long weekend and the day after. The last attempt is at their end.
const TRIED_FOR: i64 = 5 * 24 * 3600;

/// How often to look for what need not be listed any more.
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// Where and how one partner is told.
#[derive(Debug, Clone)]
pub struct Target {
    /// The partner's id.
    pub partner: String,
    /// An address over HTTPS, or on this machine.
    pub url: String,
    /// What it is signed with.
    pub secret: Secret,
}

/// What sends deliveries.
#[derive(Clone)]
pub struct Deliverer {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    outside: Outside,
    targets: Vec<Target>,
    kept_days: u16,
}

/// What is sent: ids and kinds. Anyone who wants to know more asks the interface, and is asked who they are.
#[derive(Serialize)]
struct Body<'a> {
    id: String,
    kind: &'a str,
    at: String,
    episode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<String>,
}

impl Deliverer {
    /// For these partners. How a delivery went is forgotten so many days after it was taken.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        outside: Outside,
        targets: Vec<Target>,
        kept_days: u16,
    ) -> Self {
        Self { store, clock, outside, targets, kept_days }
    }

    /// Sends what is due until it is time to stop. An attempt under way is finished first.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let (stopping, is_stopping) = watch::channel(false);
        let mut tasks: JoinSet<()> = JoinSet::new();
        for target in self.targets.clone() {
            tasks.spawn(self.clone().serve(target, is_stopping.clone()));
        }
        tasks.spawn(self.clone().keep_forgetting(is_stopping));
        stop.await;
        stopping.send_replace(true);
        while tasks.join_next().await.is_some() {}
    }

    /// At once and then every hour.
    async fn keep_forgetting(self, mut is_stopping: watch::Receiver<bool>) {
        let mut look = interval(FORGET_EVERY);
        loop {
            tokio::select! {
                _ = is_stopping.wait_for(|stopping| *stopping) => return,
                _ = look.tick() => {}
            }
            if let Err(cause) = self.forget_delivered().await {
                tracing::warn!(%cause, "webhooks that were delivered long ago could not be taken off the list; it is tried again within an hour");
            }
        }
    }

    /// Takes what was delivered long ago off the list. Gives how many there were.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn forget_delivered(&self) -> Result<u64, StoreError> {
        let kept = SignedDuration::from_hours(24 * i64::from(self.kept_days));
        let before = self.clock.now().checked_sub(kept).unwrap_or(Timestamp::MIN);
        self.store.outbox().forget_delivered(before).await
    }

    async fn serve(self, target: Target, mut is_stopping: watch::Receiver<bool>) {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = is_stopping.wait_for(|stopping| *stopping) => return,
                _ = look.tick() => {}
            }
            // Everything that is due, one after the other.
            while !*is_stopping.borrow() {
                match self.next(&target).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(cause) => {
                        tracing::warn!(partner = target.partner, %cause, "webhooks could not be read or noted");
                        break;
                    }
                }
            }
        }
    }

    /// Tries the delivery that has been due longest. False if there is none.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn next(&self, target: &Target) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let outbox = self.store.outbox();
        let Some(claimed) = outbox.claim(&target.partner, now, later(now, CLAIM)).await? else {
            return Ok(false);
        };
        let answer = self.send(target, &claimed, now).await;
        let outcome = match &answer {
            Ok(status) => status.to_string(),
            Err(_) => "no-answer".to_owned(),
        };
        let ended = match answer {
            Ok(200..=299) => Ended::Delivered,
            _ => match next_attempt(claimed.attempt, claimed.since, self.clock.now()) {
                Some(due) => Ended::Again(due),
                None => Ended::GivenUp,
            },
        };
        let id = claimed.event.id;
        if ended == Ended::GivenUp {
            tracing::error!(partner = target.partner, %id, outcome, "a webhook was given up: replay it once the partner's server answers");
        } else if ended != Ended::Delivered {
            tracing::warn!(partner = target.partner, %id, outcome, attempt = claimed.attempt, "a webhook was not taken");
        }
        outbox.ended(id, claimed.attempt, ended, &outcome).await?;
        Ok(true)
    }

    /// Sends it once. Gives the status of the answer; a redirect is an answer and is not followed.
    async fn send(&self, target: &Target, claimed: &Claimed, now: Timestamp) -> Result<u16, NoAnswer> {
        let event = &claimed.event;
        let body = body(claimed);
        let (id, second) = (id(event.id), now.as_second());
        let request = Request::post(&target.url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-signature", target.secret.sign(event.id, second, &body))
            .header("webhook-id", id)
            .header("webhook-timestamp", second)
            .body(body.into_bytes())?;
        self.outside.status(request).await
    }
}

fn id(id: Uuid) -> String {
    id.hyphenated().to_string()
}

fn body(claimed: &Claimed) -> String {
    let event = &claimed.event;
    let body = Body {
        id: id(event.id),
        kind: event.kind.as_str(),
        at: written(event.at),
        episode: event.episode.to_string(),
        assessment: event.version.map(|id| id.to_string()),
    };
    // Texts under fixed names are always JSON.
    serde_json::to_string(&body).unwrap_or_default()
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// When to try again after an attempt failed; `None` once it was the last.
fn next_attempt(attempt: u32, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let last = later(since, TRIED_FOR);
    if now >= last {
        return None;
    }
    let times = i64::from(FACTOR).checked_pow(attempt.saturating_sub(1)).unwrap_or(i64::MAX);
    let pause = FIRST_PAUSE.saturating_mul(times).min(LONGEST_PAUSE);
    Some(later(now, pause).min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_it_ends_after_five_days() {
        let since: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap_or_default();
        let (mut now, mut pauses) = (since, Vec::new());
        let mut attempt = 1;
        while let Some(due) = next_attempt(attempt, since, now) {
            pauses.push(due.as_second() - now.as_second());
            assert!(due > now && due <= later(since, TRIED_FOR));
            (now, attempt) = (due, attempt + 1);
        }
        assert_eq!(pauses[..7], [15, 60, 240, 960, 3840, 15360, 28800]);
        assert!(pauses.windows(2).all(|two| two[0] <= two[1] || two[1] == pauses[pauses.len() - 1]));
        assert_eq!(now, later(since, TRIED_FOR), "the last attempt is at their end");
        assert_eq!(attempt, 22);
    }

    #[test]
    fn an_attempt_without_end_is_still_counted() {
        let since = Timestamp::UNIX_EPOCH;
        assert_eq!(next_attempt(u32::MAX, since, since), Some(later(since, LONGEST_PAUSE)));
        assert_eq!(next_attempt(1, since, later(since, TRIED_FOR)), None);
    }
}
