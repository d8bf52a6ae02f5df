//! The form on the page around it: what that allows, what it asked for, and a portal that signs its people in itself.

use std::rc::Rc;

use leptos::task::spawn_local;

use super::Form;
use crate::io::api::Api;
use crate::io::history::{self, Entry};
use crate::io::local_draft::{self, Drafts, Write};
use crate::io::{screen, sign_in, signed_in, window};
use crate::state::{Effect, Event, FormState, Opening, Page, Privacy, SaveStatus, Whose};

/// What a form knows before anything was read or asked.
pub(super) fn first(is_on_device: bool, is_portals: bool) -> FormState {
    // Who is signed in where a portal does it the portal says.
    let person = signed_in::person().filter(|_| is_on_device && !is_portals);
    FormState {
        privacy: if is_on_device { window::privacy() } else { Privacy::default() },
        // Who is known already has signed in in another window, not by that link.
        followed: signed_in::take_followed().filter(|_| is_on_device && person.is_none()),
        person,
        ..FormState::default()
    }
}

impl Form {
    /// Where records are kept; `None` once the form is off the page.
    pub(crate) fn drafts(self) -> Option<Drafts> {
        self.with_browser(|browser| Some(browser.portal.drafts.clone()))
    }

    /// Whether this form keeps anything on the device.
    pub(crate) fn is_on_device(self) -> bool {
        self.drafts().is_some_and(|drafts| drafts.is_device())
    }

    /// Whether its pages go into the browser's history.
    pub(super) fn is_paged(self) -> bool {
        self.with_browser(|browser| browser.portal.is_paged)
    }

    /// Remembers where somebody is: in the browser's history, or where that is the portal's, in the element's memory.
    pub(super) fn remember(self, entry: &Entry) {
        if self.is_paged() {
            history::remember(entry);
        } else {
            self.with_browser(|browser| browser.portal.memory.set_place(&entry.text()));
        }
    }

    /// Where somebody was before the page was loaded again, or before the element was taken out of it.
    pub(super) fn place(self) -> Option<Entry> {
        match self.is_paged() {
            true => history::current().or_else(history::asked),
            false => Entry::parse(&self.with_browser(|browser| browser.portal.memory.place())?),
        }
    }

    /// Opens what the page asked for.
    pub(super) fn open_first(self) {
        self.run(Effect::ReadSavedRecords);
        match self.with_browser(|browser| std::mem::take(&mut browser.portal.opening)) {
            Opening::Start => {}
            Opening::Sent(page) => self.go(page),
            Opening::Assessment(id) => spawn_local(async move {
                let Some(drafts) = self.drafts() else { return };
                match local_draft::read(&drafts, &id).await {
                    Ok(Some(_)) => self.run(Effect::Read(id, None)),
                    Ok(None) => self.go(Page::of_episode(&id)),
                    Err(_) => self.dispatch(Event::SavedRecordsUnreadable),
                }
            }),
        }
    }

    /// Reads the list of records.
    pub(super) fn read_saved_records(self) {
        let Some(drafts) = self.drafts() else { return };
        spawn_local(async move {
            self.dispatch(match local_draft::list(&drafts).await {
                Ok(records) => Event::SavedRecordsRead(records),
                Err(_) => Event::SavedRecordsUnreadable,
            });
        });
    }

    /// Somebody has done something in the form: from now on it may move the focus.
    pub(super) fn used(self) {
        self.with_browser(|browser| browser.is_used = true);
    }

    /// Asks whose token the portal gives, so that records have an owner. A form that is locked stays so: only
    /// [`Form::unlock`] opens it.
    pub(crate) fn ask_who(self) {
        let Some(api) = self.with_browser(|browser| Some(browser.api.clone())).filter(|api| api.is_portals())
        else {
            return;
        };
        // A token that comes because of this question is no reason to ask it again.
        if self.with_browser(|browser| std::mem::replace(&mut browser.portal.asks_who, true)) {
            return;
        }
        spawn_local(async move {
            loop {
                let person = sign_in::person(&api).await;
                // Where the form was locked meanwhile, the token may have been given after that. Each answer counts, so that
                // what was begun under the callback before is not taken for the next one's.
                if person.is_some() && !self.is_shut() {
                    self.dispatch(Event::PersonKnown(person));
                }
                if !self.with_browser(|browser| std::mem::take(&mut browser.portal.asks_again)) {
                    break;
                }
            }
            self.with_browser(|browser| browser.portal.asks_who = false);
        });
    }

    /// Asks it of another callback, also where an answer about the one before is on its way.
    pub(crate) fn ask_who_again(self) {
        if self.with_browser(|browser| browser.portal.asks_who) {
            self.with_browser(|browser| browser.portal.asks_again = true);
        } else {
            self.ask_who();
        }
    }

    /// Whether it is known who is there.
    pub(crate) fn is_somebody_known(self) -> bool {
        self.peek(|state| state.person.is_some())
    }

    /// Asks who gave the token that counted when the form was locked. Whether the server could be asked.
    async fn ask_who_locked(self, api: &Api) -> bool {
        match sign_in::person_before_lock(api).await {
            Ok(person) => self.dispatch(Event::LockedFor(person)),
            Err(_) => {
                self.dispatch(Event::NotUnlocked("lock.not_found_out"));
                return false;
            }
        }
        true
    }

    /// Asks the portal once more, and then sends what waited for it. A form that is locked asks who is there.
    pub(crate) fn ask_portal(self) {
        if self.is_shut() {
            return self.unlock();
        }
        let Some(api) = self.with_browser(|browser| Some(browser.api.clone())) else { return };
        spawn_local(async move {
            if api.ask_token("retry").await {
                self.dispatch(Event::Retried);
            }
        });
    }

    /// Asks the portal who is there now, so that the form opens for the one who locked it. Where it is not known yet who
    /// that was, the token that was given before says it, and no later one does.
    pub(crate) fn unlock(self) {
        let Some(api) = self.with_browser(|browser| Some(browser.api.clone())) else { return };
        let whose =
            move |is: Whose| self.peek(|state| state.locked.as_ref().is_some_and(|one| one.whose == is));
        spawn_local(async move {
            if whose(Whose::NotKnownYet) && !self.ask_who_locked(&api).await {
                return;
            }
            // Nobody can open it, so nobody is asked.
            if whose(Whose::Unknown) || !api.ask_token("unlock").await {
                return;
            }
            match sign_in::person(&api).await {
                Some(person) => {
                    self.dispatch(Event::PersonKnown(Some(person)));
                    match self.is_shut() {
                        true => self.dispatch(Event::NotUnlocked("lock.someone_else")),
                        false => self.note_locked(false),
                    }
                }
                None => self.dispatch(Event::NotUnlocked("lock.who_now")),
            }
        });
    }

    /// Whether a portal signs its people in.
    pub(crate) fn is_portals(self) -> bool {
        self.with_browser(|browser| browser.api.is_portals())
    }

    /// Hides everything until the person signs in again. Nothing where people do not sign in.
    pub(crate) fn lock(self) {
        if let Some(lock) = self.with_browser(|browser| browser.lock.clone()) {
            lock();
        } else if self.is_portals() {
            self.with_host(screen::leave_field);
            let (is_known, is_shut) = self.peek(|state| (state.person.is_some(), state.locked.is_some()));
            self.dispatch(Event::Locked { is_portals: true });
            if let Some(api) = self.with_browser(|browser| Some(browser.api.clone()))
                && !(is_known || is_shut)
            {
                // At once: what the portal gives after this says nothing about who was there.
                api.note_lock();
                self.note_locked(true);
                spawn_local(async move {
                    self.ask_who_locked(&api).await;
                });
            }
        }
    }

    /// Whether the form was locked before it was known who was there, and then taken out of the page and put in again: it is
    /// locked still.
    pub(super) fn was_locked(self) -> bool {
        let was_locked = self.with_browser(|browser| browser.portal.memory.is_locked());
        if let Some(api) = self.with_browser(|browser| Some(browser.api.clone())).filter(|_| was_locked) {
            self.dispatch(Event::Locked { is_portals: true });
            spawn_local(async move {
                self.ask_who_locked(&api).await;
            });
        }
        was_locked
    }

    fn note_locked(self, is_locked: bool) {
        self.with_browser(|browser| browser.portal.memory.set_is_locked(is_locked));
    }

    /// How the form is locked where people sign in on this site.
    pub(super) fn lock_by(self, lock: impl Fn() + 'static) {
        self.with_browser(|browser| browser.lock = Some(Rc::new(lock)));
    }

    /// Stores what was typed. Whether all of it is on this device then.
    pub(crate) async fn save_now(self) -> bool {
        let Some(drafts) = self.drafts() else { return false };
        let unsaved = self.peek(|state| {
            state.record.as_ref().filter(|_| state.is_unsaved()).map(|record| Rc::new(record.written()))
        });
        if let Some(record) = unsaved {
            let ended = local_draft::write(&drafts, &record, Write::Checked).await;
            self.written(&record, ended);
        }
        drafts.is_device() && self.peek(|state| state.save != SaveStatus::Failed && !state.is_unsaved())
    }
}
