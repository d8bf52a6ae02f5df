//! What this browser remembers of who is signed in: a digest that tells them from others, until when, and where to come back
//! to. All windows see it, so that one notices what happens in another. Nothing of it opens anything on the server, and
//! nothing in it says who somebody is.

use js_sys::Date as JsDate;
use web_sys::Storage;

use super::device;
use crate::state::{Idle, Page};

/// In the browser.
const PERSON: &str = "common-assessment-person";
/// In this window.
const WAY_BACK: &str = "common-assessment-way-back";
const FOLLOWED: &str = "common-assessment-sign-in-to-send";
/// What begins the entry of a session that was locked and perhaps not ended on the server yet.
const LEFT: &str = "left";

#[expect(clippy::disallowed_methods, reason = "it holds a digest and times, and nothing about a child")]
fn browser() -> Option<Storage> {
    device::is_allowed().then(|| gloo_utils::window().local_storage().ok().flatten()).flatten()
}

#[expect(clippy::disallowed_methods, reason = "it holds a page, a record's random id and a field's name")]
fn window() -> Option<Storage> {
    device::is_allowed().then(|| gloo_utils::window().session_storage().ok().flatten()).flatten()
}

/// Now, in milliseconds since 1970.
pub(crate) fn now() -> i64 {
    // Whole, and far below 2^53.
    JsDate::now() as i64
}

/// Who is signed in here, as far as it is known before the server was asked. Time that was up while no page was open is up.
pub(crate) fn person() -> Option<String> {
    let entry = browser()?.get_item(PERSON).ok()??;
    let mut parts = entry.split(' ');
    let (person, until) = (parts.next()?, parts.next()?.parse::<i64>().ok()?);
    (now() < until).then(|| person.to_owned())
}

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StoredSession {
    /// The browser remembers nothing at all.
    Unusable,
    /// Nobody is signed in.
    Nobody,
    /// Somebody is.
    Somebody {
        /// The digest.
        person: String,
        /// How long.
        idle: Idle,
        /// The session's end as the server wrote it, which no other session has.
        session: String,
    },
    /// Somebody was, and the form was locked. This session must not open it again.
    Left(String),
}

/// What is remembered now.
pub(crate) fn stored_session() -> StoredSession {
    let Some(Ok(entry)) = browser().map(|storage| storage.get_item(PERSON)) else {
        return StoredSession::Unusable;
    };
    entry.and_then(|entry| parsed(&entry)).unwrap_or(StoredSession::Nobody)
}

fn parsed(entry: &str) -> Option<StoredSession> {
    let parts: Vec<&str> = entry.split(' ').collect();
    let number = |text: &str| text.parse::<i64>().ok();
    match parts[..] {
        [LEFT, session] => Some(StoredSession::Left(session.to_owned())),
        [person, until, ends, lasts, session] => {
            let idle = Idle { until: number(until)?, ends: number(ends)?, lasts: number(lasts)? };
            Some(StoredSession::Somebody { person: person.to_owned(), idle, session: session.to_owned() })
        }
        _ => None,
    }
}

/// Remembers who is signed in; whether that could be done.
pub(crate) fn keep(person: &str, idle: Idle, session: &str) -> bool {
    let Idle { until, ends, lasts } = idle;
    put(&format!("{person} {until} {ends} {lasts} {session}"))
}

/// Remembers that the form was locked.
pub(crate) fn leave(session: &str) {
    let _ = put(&format!("{LEFT} {session}"));
}

/// Remembers that nobody is signed in.
pub(crate) fn forget() {
    if let Some(storage) = browser() {
        let _ = storage.remove_item(PERSON);
    }
}

fn put(entry: &str) -> bool {
    browser().is_some_and(|storage| storage.set_item(PERSON, entry).is_ok())
}

/// Remembers the record whose link to sign in and send is followed, or that another such link is.
pub(crate) fn follow(record: Option<&str>) {
    if let Some(storage) = window() {
        let _ = storage.set_item(FOLLOWED, record.unwrap_or_default());
    }
}

/// That record, once: who signs in later follows a link of their own.
pub(crate) fn take_followed() -> Option<String> {
    let storage = window()?;
    let record = storage.get_item(FOLLOWED).ok()??;
    let _ = storage.remove_item(FOLLOWED);
    Some(record).filter(|record| !record.is_empty())
}

/// Where somebody was when the form was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WayBack {
    /// Whose it is, as [`person`]; empty where that is not known.
    pub(crate) person: String,
    /// The page.
    pub(crate) page: Page,
    /// The record that was open; empty where none was.
    pub(crate) record: String,
    /// The id of what had the focus; empty where it had none.
    pub(crate) focus: String,
}

/// Remembers it until this window has come back to it.
pub(crate) fn keep_way_back(WayBack { person, page, record, focus }: &WayBack) {
    if let Some(storage) = window() {
        let _ = storage.set_item(WAY_BACK, &format!("{person} {page} {record} {focus}"));
    }
}

/// The way back, once, and for nobody but the one whose it is.
pub(crate) fn take_way_back(of: &str) -> Option<WayBack> {
    let storage = window()?;
    let entry = storage.get_item(WAY_BACK).ok()??;
    let _ = storage.remove_item(WAY_BACK);
    let mut parts = entry.splitn(4, ' ').map(str::to_owned);
    let (person, page, record, focus) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_theirs = person.is_empty() || person == of;
    is_theirs.then(|| WayBack { person, page: Page::parse(&page), record, focus })
}
