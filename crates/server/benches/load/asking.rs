//! Asking many times, so many at once, and how long each answer took.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use super::Fixture;

/// How long answers took.
pub(crate) struct Waits {
    /// The shortest first.
    took: Vec<Duration>,
    lasted: Duration,
}

impl Waits {
    /// The longest wait of the best so many of a hundred, in milliseconds.
    pub(crate) fn part(&self, of_a_hundred: usize) -> f64 {
        let at = (self.took.len() * of_a_hundred / 100).min(self.took.len().saturating_sub(1));
        self.took.get(at).copied().unwrap_or_default().as_secs_f64() * 1e3
    }

    /// Answers a second.
    pub(crate) fn a_second(&self) -> f64 {
        self.took.len() as f64 / self.lasted.as_secs_f64()
    }
}

/// One request.
#[derive(Clone)]
pub(crate) enum Ask {
    /// `GET` of this path.
    Get(String),
    /// `POST` of this body to this path.
    Post(&'static str, String),
    /// `GET` of this path, which is answered as if nothing were there.
    Nothing(String),
    /// A new assessment.
    Send(String),
}

/// Asks these again and again, until all requests were made.
pub(crate) async fn ask(
    fixture: &Fixture,
    cookie: &str,
    asked: Vec<Ask>,
    clients: usize,
    requests: usize,
) -> Waits {
    let next = Arc::new(AtomicUsize::new(0));
    let asked = Arc::new(asked);
    let began = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..clients {
        let (http, asked, next) = (fixture.http.clone(), Arc::clone(&asked), Arc::clone(&next));
        let (address, cookie) = (fixture.address.clone(), cookie.to_owned());
        all.spawn(async move {
            let mut took = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(one) = asked.get(at % asked.len()).filter(|_| at < requests) else { return took };
                let request = match one {
                    Ask::Get(path) | Ask::Nothing(path) => http.get(format!("{address}{path}")),
                    Ask::Post(path, body) => http.post(format!("{address}{path}")).body(body.clone()),
                    Ask::Send(body) => http
                        .post(format!("{address}/assessments"))
                        .header("idempotency-key", format!("sent-{at}"))
                        .body(body.clone()),
                };
                let request = request.header("content-type", "application/json").header("cookie", &cookie);
                let sent = Instant::now();
                let reply = request.send().await.expect("a reply");
                let status = reply.status();
                let text = reply.text().await.expect("an answer");
                took.push(sent.elapsed());
                let is_right = match one {
                    Ask::Nothing(_) => status.as_u16() == 404,
                    Ask::Get(_) | Ask::Post(..) | Ask::Send(_) => status.is_success(),
                };
                assert!(is_right, "{status}: {text}");
            }
        });
    }
    let mut took: Vec<Duration> = all.join_all().await.into_iter().flatten().collect();
    took.sort();
    Waits { took, lasted: began.elapsed() }
}
