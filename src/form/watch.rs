//! Watches over the session of whom is signed in: tells the server that somebody is at work, warns before the session ends,
//! locks the form when it has, and notices what happens in other windows. Part of what is loaded later: without sign-in,
//! and before anybody has signed in, it has nothing to do.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::Form;
use crate::io::api::Api;
use crate::io::history::{self, Entry};
use crate::io::sign_in::{self, Account, SignedIn};
use crate::io::signed_in::{self, StoredSession, WayBack};
use crate::io::{host, screen};
use crate::state::{Effect as Outside, Event, Idle, Locked, Page, Stage, Whose};

/// The key that locks the form at once. No browser and no screen reader uses it, and it types nothing (WCAG 2.1.4).
const KEY: &str = "F8";
/// Milliseconds between looks at the time that is left.
const EVERY: u32 = 1_000;
/// Milliseconds between two requests that say that somebody is at work. The server notes no more than one in 30 s.
const TOLD_EVERY: i64 = 45_000;
/// Milliseconds within which a request has been answered or given up.
const ANSWERED_WITHIN: i64 = 25_000;
/// What people do when they are at work.
const WORK: [&str; 4] = ["keydown", "pointerdown", "input", "wheel"];

/// What somebody is warned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Warning {
    /// Seconds left.
    pub(crate) seconds: i64,
    /// Whether they can stay signed in.
    pub(crate) can_stay: bool,
}

struct Watched {
    api: Api,
    idle: Option<Idle>,
    /// Names the session; see [`SignedIn::session`].
    session: String,
    /// The session that was locked here.
    left: String,
    /// When the server was asked last.
    asked: i64,
    is_asking: bool,
    /// Whether somebody did something since then.
    is_active: bool,
    /// Whether other windows can see who is signed in here.
    is_shared: bool,
    /// Whether somebody has read that this sign-in ends and goes on until then.
    is_read: bool,
    /// What had the focus when the form was last shown.
    focus: String,
    /// Rises when the form is locked: what was asked before counts no more.
    locks: u32,
    _heard: Vec<EventListener>,
    _clock: Interval,
}

/// A handle on the watch. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Watch {
    form: Form,
    watched: StoredValue<Option<Watched>, LocalStorage>,
    /// What somebody is warned of now.
    pub(crate) warned: RwSignal<Option<Warning>>,
    /// What is to have the focus once the record with this id is open again.
    wanted: RwSignal<Option<(String, String)>>,
}

impl Watch {
    /// Begins to watch, until the current owner ends. `None` where a portal signs its people in itself.
    pub(crate) fn start(form: Form) -> Option<Watch> {
        let api = form.own_api()?;
        let watch = Watch {
            form,
            watched: StoredValue::new_local(None),
            warned: RwSignal::new(None),
            wanted: RwSignal::new(None),
        };
        let (idle, session) = match signed_in::stored_session() {
            StoredSession::Somebody { idle, session, .. } => (Some(idle), session),
            StoredSession::Unusable | StoredSession::Nobody | StoredSession::Left(_) => (None, String::new()),
        };
        watch.watched.set_value(Some(Watched {
            api,
            idle,
            session,
            left: String::new(),
            asked: 0,
            is_asking: false,
            is_active: false,
            is_shared: false,
            is_read: false,
            focus: String::new(),
            locks: 0,
            _heard: watch.listeners(),
            _clock: Interval::new(EVERY, move || watch.look()),
        }));
        form.lock_by(move || watch.lock());
        Effect::new(move |_| watch.keep_way_back());
        Effect::new(move |_| watch.come_back());
        watch.ask(false);
        Some(watch)
    }

    fn listeners(self) -> Vec<EventListener> {
        let window = gloo_utils::window();
        // Capture: a page around the form may keep keys to itself.
        let capture = EventListenerOptions::run_in_capture_phase;
        let work = WORK.map(|kind| {
            EventListener::new_with_options(&window, kind, capture(), move |event| self.worked(event))
        });
        let other = EventListener::new(&window, "storage", move |_| self.look());
        work.into_iter().chain([other]).chain(host::on_return(move || self.look())).collect()
    }

    fn worked(self, event: &web_sys::Event) {
        let is_key = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| {
            let is_alone =
                || !event.ctrl_key() && !event.alt_key() && !event.meta_key() && !event.shift_key();
            event.key() == KEY && event.type_() == "keydown" && is_alone() && !event.repeat()
        });
        if is_key {
            self.lock();
        } else if self.warned.try_get_untracked() == Some(None) {
            // Who is warned says so by the button: a key that was meant for something else does not count.
            self.with(|watched| watched.is_active = true);
        }
    }

    /// Looks at the time, and at what other windows did.
    fn look(self) {
        let now = signed_in::now();
        // A computer that was asleep waits for no answer.
        let waits = self.with(|watched| watched.is_asking && now - watched.asked < ANSWERED_WITHIN);
        if self.form.is_gone() || waits {
            return;
        }
        let Some(person) = self.form.person() else { return self.look_for_somebody(now) };
        match signed_in::stored_session() {
            StoredSession::Somebody { person: kept, idle, .. } if kept == person => {
                // Another window may have been used meanwhile.
                self.with(|watched| {
                    let until = watched.idle.map_or(idle.until, |own| own.until.max(idle.until));
                    watched.idle = Some(Idle { until, ..watched.idle.unwrap_or(idle) });
                });
            }
            StoredSession::Somebody { .. } => return self.ask(false),
            StoredSession::Nobody | StoredSession::Left(_) if self.with(|watched| watched.is_shared) => {
                return self.now_is(None);
            }
            StoredSession::Unusable | StoredSession::Nobody | StoredSession::Left(_) => {}
        }
        let Some(idle) = self.with(|watched| watched.idle) else { return };
        match idle.stage(now) {
            Stage::Over => self.lock(),
            Stage::Working => {
                self.warn(None);
                let is_due = self.with(|watched| {
                    watched.is_read = false;
                    watched.is_active && now - watched.asked >= TOLD_EVERY
                });
                if is_due {
                    self.ask(true);
                }
            }
            Stage::Warned { seconds, can_stay } => {
                let is_read = !can_stay && self.with(|watched| watched.is_read);
                self.warn((!is_read).then_some(Warning { seconds, can_stay }));
            }
        }
    }

    /// Nobody is signed in here. Another window may know better, and a session that was locked may still have to be ended.
    fn look_for_somebody(self, now: i64) {
        self.warn(None);
        let pause = match signed_in::stored_session() {
            StoredSession::Somebody { idle, .. } if idle.stage(now) != Stage::Over => i64::from(EVERY),
            StoredSession::Left(_) => TOLD_EVERY,
            StoredSession::Somebody { .. } | StoredSession::Nobody | StoredSession::Unusable => return,
        };
        if self.with(|watched| now - watched.asked >= pause) {
            self.ask(false);
        }
    }

    fn warn(self, warning: Option<Warning>) {
        if self.warned.try_get_untracked().is_some_and(|before| before != warning) {
            // The dialog takes the focus.
            self.note_focus();
            self.warned.set(warning);
        }
    }

    /// Asks the server who is signed in; tells it that they are at work, where that `keeps` them signed in.
    fn ask(self, keeps: bool) {
        let Some((api, locks)) = self.with(|watched| {
            watched.asked = signed_in::now();
            (watched.is_asking, watched.is_active) = (true, false);
            Some((watched.api.clone(), watched.locks))
        }) else {
            return;
        };
        let before = signed_in::stored_session();
        spawn_local(async move {
            let mut account = if keeps { sign_in::stay(&api).await } else { sign_in::account(&api).await };
            if let Account::Somebody(SignedIn { session, .. }) = &account
                && self.is_left(session, &before)
            {
                // The server was out of reach when it was locked, or answered before it heard of it.
                let is_done = sign_in::sign_out(&api).await;
                account = if is_done { Account::Nobody } else { Account::Unknown };
            }
            let is_in_time = self.with(|watched| {
                watched.is_asking = false;
                watched.locks == locks
            });
            // Somebody may have signed in since in another window, which then knows better.
            let is_old = account == Account::Nobody && signed_in::stored_session() != before;
            if is_in_time && !is_old && !self.form.is_gone() {
                self.answered(account, keeps);
            }
        });
    }

    /// Whether a session was locked, here or in another window, and so opens nothing any more.
    fn is_left(self, session: &str, before: &StoredSession) -> bool {
        let is_it = |kept: &StoredSession| matches!(kept, StoredSession::Left(left) if left == session);
        is_it(before) || is_it(&signed_in::stored_session()) || self.with(|watched| watched.left == session)
    }

    fn answered(self, account: Account, keeps: bool) {
        let now = signed_in::now();
        match account {
            Account::Unknown => {
                let Some(person) = self.form.person().filter(|_| keeps) else { return };
                // Out of reach of the server the time goes on here, as long as somebody is at work.
                self.with(|watched| {
                    if let Some(idle) = &mut watched.idle {
                        idle.worked(now);
                        watched.is_shared = signed_in::keep(&person, *idle, &watched.session);
                    }
                });
            }
            Account::Nobody | Account::Everybody => {
                if !matches!(signed_in::stored_session(), StoredSession::Unusable) {
                    signed_in::forget();
                }
                self.now_is(None);
            }
            Account::Somebody(SignedIn { person, session, idle_left, ends_left, .. }) => {
                self.with(|watched| {
                    let before = watched.idle.filter(|_| watched.session == session);
                    let idle = Idle::said(now, idle_left, ends_left, before);
                    watched.is_shared = signed_in::keep(&person, idle, &session);
                    (watched.idle, watched.session) = (Some(idle), session);
                });
                self.now_is(Some(person));
                self.look();
            }
        }
    }

    /// Tells the form who is signed in, and brings somebody who was locked out back to where they were.
    fn now_is(self, person: Option<String>) {
        self.note_focus();
        self.warn(None);
        if person.is_none() {
            self.with(|watched| watched.idle = None);
        }
        if self.form.person().is_some_and(|before| person.as_ref() != Some(&before)) {
            self.form.with_host(screen::leave_field);
        }
        let is_new = person.is_some() && person != self.form.person();
        let was_shut = self.form.is_shut();
        self.form.dispatch(Event::PersonKnown(person));
        let is_busy = self.form.is_shut() || (!was_shut && self.form.record_id().is_some());
        if !is_new || is_busy {
            return;
        }
        let of = self.form.person().unwrap_or_default();
        let Some(way) = signed_in::take_way_back(&of).or_else(|| self.form.reloaded()) else { return };
        if way.record.is_empty() {
            return self.form.go(way.page);
        }
        self.wanted.set(Some((way.record.clone(), way.focus)));
        if !was_shut {
            self.form.run(Outside::Read(way.record, Some(way.page)));
        }
    }

    /// Somebody is still there.
    pub(crate) fn stay(self) {
        self.with(|watched| watched.is_read = true);
        if self.warned.get_untracked().is_some_and(|warning| warning.can_stay) {
            self.ask(true);
        }
        self.warn(None);
    }

    /// Locks the form at once, and ends the session.
    pub(crate) fn lock(self) {
        if self.form.person().is_none() {
            return;
        }
        self.note_focus();
        self.warn(None);
        let Some((api, session)) = self.with(|watched| {
            watched.locks += 1;
            (watched.idle, watched.is_asking) = (None, false);
            watched.left.clone_from(&watched.session);
            Some((watched.api.clone(), watched.session.clone()))
        }) else {
            return;
        };
        self.form.with_host(screen::leave_field);
        signed_in::leave(&session);
        self.form.dispatch(Event::Locked { is_portals: false });
        spawn_local(async move {
            let is_done = sign_in::sign_out(&api).await;
            // By now somebody may have signed in again.
            if is_done && signed_in::stored_session() == StoredSession::Left(session) {
                signed_in::forget();
            }
        });
    }

    /// Notes what has the focus, while that is something of the form.
    fn note_focus(self) {
        if self.form.is_shut() || self.warned.try_get_untracked().flatten().is_some() {
            return;
        }
        self.form.with_host(|host| {
            let focus = screen::focused_id(host);
            self.with(|watched| watched.focus = focus);
        });
    }

    /// While the form is locked, this window remembers where it was. The record's id may change until it is saved.
    fn keep_way_back(self) {
        let locked = self.form.with(|state| state.locked.clone());
        let is_somewhere = |locked: &Locked| locked.record.is_some() || matches!(locked.page, Page::Work(_));
        if let Some(locked) = locked.filter(is_somewhere) {
            let record = locked.record.unwrap_or_default();
            let focus = self.with(|watched| watched.focus.clone());
            let person = match locked.whose {
                Whose::Person(person) => person,
                Whose::Nobodys | Whose::NotKnownYet | Whose::Unknown => String::new(),
            };
            signed_in::keep_way_back(&WayBack { person, page: locked.page, record, focus });
        }
    }

    /// Moves the focus to where it was, once the record is open again.
    fn come_back(self) {
        let Some((record, focus)) = self.wanted.get() else { return };
        let open = self.form.with(|state| state.record.as_ref().map(|record| record.id.clone()));
        if open.as_ref() == Some(&record) {
            self.wanted.set(None);
            if !focus.is_empty() {
                self.form.focus(&focus);
            }
        }
    }

    fn with<T: Default>(self, act: impl FnOnce(&mut Watched) -> T) -> T {
        self.watched.try_update_value(|watched| watched.as_mut().map(act)).flatten().unwrap_or_default()
    }
}

impl Form {
    /// Who is signed in here, by their digest; untracked.
    pub(super) fn person(self) -> Option<String> {
        self.peek(|state| state.person.clone())
    }

    /// The way back to a page that was reloaded before anybody knew whose it was.
    fn reloaded(self) -> Option<WayBack> {
        let Entry { page, record } = history::current().filter(|_| self.is_paged())?;
        Some(WayBack { person: String::new(), page, record: record?, focus: String::new() })
    }

    /// Whether nothing is shown until somebody signs in again; untracked.
    pub(crate) fn is_shut(self) -> bool {
        self.peek(|state| state.locked.is_some())
    }
}
