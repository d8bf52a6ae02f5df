//! However often and however badly a submission is sent, there is one record and one receipt (B10).

use std::{collections::BTreeMap, sync::Arc};

use tokio::{sync::Mutex, task::JoinSet};

use crate::{
    answers::{accepted, fixed_today},
    app::App,
    database::{assert_sound, count},
    wire::{Client, raw_submission, try_send},
};

#[tokio::test(flavor = "multi_thread")]
async fn one_key_twenty_times_at_once_is_one_record_b10() {
    let app = App::start().await;
    let body = accepted(fixed_today(), 1);
    let mut attempts = JoinSet::new();
    for _ in 0..20 {
        let (client, body) = (app.client.clone(), body.clone());
        attempts.spawn(async move { client.submit("k", body).await });
    }
    let mut receipts = Vec::new();
    for reply in attempts.join_all().await {
        match reply.status {
            201 => receipts.push(reply.text),
            409 => {
                reply.refused(409, "still-working");
                assert_eq!(reply.header("retry-after"), "1");
            }
            other => panic!("{other}: {}", reply.text),
        }
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "one receipt for all");
    assert_eq!(app.submit("k", body).await.text, receipts[0]);
    assert_eq!(count(&app.database(), "SELECT count(*) FROM assessments").await, 1);
    assert_eq!(count(&app.database(), "SELECT count(*) FROM idempotency_keys").await, 1);
    assert_eq!(count(&app.database(), "SELECT count(*) FROM audit").await, 1);
}

const KEYS: u64 = 250;
const ATTEMPTS: u64 = 1_000;
const AT_ONCE: u64 = 16;

/// Random numbers, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// One attempt, well formed or not. Gives the receipt if one came back.
async fn attempt(client: &Client, key: u64, manner: u64) -> Option<String> {
    let body = accepted(fixed_today(), key);
    let whole = raw_submission(&format!("key-{key}"), &body);
    match manner {
        0 => client.hang_up_after(&whole[..whole.len() / 2]).await,
        1 => client.hang_up_after(&whole[..whole.len() - 1]).await,
        2 => client.hang_up_after(&whole).await,
        3 => {
            let reply = client.raw(&whole[..whole.len() - body.len() / 2]).await;
            assert!(reply.starts_with("HTTP/1.1 400 "), "{reply}");
        }
        _ => {
            let reply = try_send(client.submission(&format!("key-{key}"), body)).await.ok()?;
            assert!(matches!(reply.status, 201 | 409), "{}", reply.text);
            return (reply.status == 201).then_some(reply.text);
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_mixed_attempts_leave_one_record_for_each_key_b10() {
    let app = App::start().await;
    let receipts: Arc<Mutex<BTreeMap<u64, String>>> = Arc::default();
    let mut workers = JoinSet::new();
    for worker in 0..AT_ONCE {
        let (client, receipts) = (app.client.clone(), Arc::clone(&receipts));
        workers.spawn(async move {
            let mut dice = Dice(worker);
            for _ in 0..ATTEMPTS / AT_ONCE + 1 {
                let (key, manner) = (dice.roll(KEYS), dice.roll(8));
                let Some(receipt) = attempt(&client, key, manner).await else { continue };
                let first = receipts.lock().await.entry(key).or_insert_with(|| receipt.clone()).clone();
                assert_eq!(first, receipt, "key {key} has two receipts");
            }
        });
    }
    workers.join_all().await;
    // One more well-formed attempt for each key settles whatever is still open.
    for key in 0..KEYS {
        let receipt = loop {
            if let Some(receipt) = attempt(&app.client, key, 9).await {
                break receipt;
            }
        };
        let receipts = receipts.lock().await;
        assert!(receipts.get(&key).is_none_or(|first| *first == receipt), "key {key} has two receipts");
    }
    for table in [
        "SELECT count(*) FROM assessments",
        "SELECT count(*) FROM idempotency_keys",
        "SELECT count(*) FROM audit",
    ] {
        assert_eq!(count(&app.database(), table).await, KEYS as i64, "{table}");
    }
    assert_sound(&app.database()).await;
}
