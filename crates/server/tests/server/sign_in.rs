//! Who is asking: the people of the demo, sessions and their ends, and access tokens of portals. Signing in through a real
//! provider is tested in the browser (`tests/browser/sign-in.spec.mjs`).

mod demo;
mod sessions;
pub(crate) mod tokens;

use std::sync::{Arc, Mutex};

use assessment_server::clock::Clock;
use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{App, With},
    wire::{Reply, send},
};

/// A clock that a test moves on.
pub(crate) struct MovedClock(Mutex<Timestamp>);

impl MovedClock {
    pub(crate) fn at(moment: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(moment.parse().expect("a moment"))))
    }

    pub(crate) fn minutes_later(&self, minutes: i64) {
        let mut now = self.0.lock().expect("no panic before");
        *now = now.checked_add(SignedDuration::from_mins(minutes)).expect("a moment");
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no panic before")
    }
}

/// A demo whose clock the test moves.
async fn demo() -> (App, Arc<MovedClock>) {
    let clock = MovedClock::at("2026-11-23T09:00:00Z");
    let app = App::start_with(With { clock: Arc::clone(&clock) as _, ..With::default() }).await;
    (app, clock)
}

/// Acts as a person of the demo; gives the session's cookie, as a browser would send it back.
pub(crate) async fn sign_in(app: &App, person: &str) -> String {
    let reply = choose(app, person, None).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    cookie(&reply)
}

pub(crate) async fn choose(app: &App, person: &str, cookie: Option<&str>) -> Reply {
    let mut request =
        app.client.request("POST", "/api/v1/demo/session").header("content-type", "application/json");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    send(request.body(format!("{{\"person\":\"{person}\"}}"))).await
}

/// Name and value of the cookie that a reply sets.
fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// A request with a header.
async fn with(app: &App, method: &str, path: &str, header: (&str, &str)) -> Reply {
    send(app.client.request(method, path).header(header.0, header.1)).await
}
