//! Taking events and carrying out what follows from them.

use assessment_api::own_page::Me;
use assessment_api::path::ME;
use gloo_events::EventListener;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use super::evaluated::{Evaluated, version};
use super::{Browser, Form};
use crate::io::api::Api;
use crate::io::history::{self, Entry};
use crate::io::records_client::Asking;
use crate::io::write_lock::Ask;
use crate::io::{clock, focus, host, local_draft, own_details, screen, sign_in, window};
use crate::state::{Context, Effect, Event, Focus, Page, update};

impl Form {
    /// Takes an event and carries out what follows. Does nothing once the form is off the page.
    pub(crate) fn dispatch(self, event: Event) {
        let Some(standards) = self.standards.try_get_value() else { return };
        let now = clock::moment(&standards.profile.time_zone);
        let context = Context::new(now, &standards);
        let taken = self.state.try_update(|state| {
            let effects = update(state, event, &context);
            // Before anything hears of the change.
            let evaluated = context.evaluated.take().map(|outcome| Evaluated { of: version(state), outcome });
            self.evaluated.set_value(evaluated);
            effects
        });
        let Some(effects) = taken else { return };
        for effect in effects {
            self.run(effect);
        }
        self.follow_write_lock();
    }

    pub(super) fn run(self, effect: Effect) {
        match effect {
            Effect::SaveSoon => {
                self.with_host(|host| host::tell(host, "assessment-changed"));
                match self.is_on_device() {
                    true => {
                        self.with_browser(|browser| browser.autosave.soon(move || self.save_unsaved(false)))
                    }
                    // Nothing to wait for, and the browser has to know at once that there is something to lose.
                    false => self.save_unsaved(false),
                }
            }
            Effect::Save(record) => self.save(record),
            Effect::ReadSavedRecords => self.read_saved_records(),
            Effect::Read(id, page) => self.open(id, page, Ask::Politely),
            Effect::TakeOver(id, page) => self.open(id, Some(page), Ask::TakeOver),
            Effect::Delete(id) => spawn_local(async move {
                let Some(drafts) = self.drafts() else { return };
                if local_draft::delete(&drafts, &id).await.is_err() {
                    self.dispatch(Event::SavedRecordsUnreadable);
                }
                self.run(Effect::ReadSavedRecords);
            }),
            Effect::Remember(page) => {
                let record = self.record_id().filter(|_| page.is_of_record());
                self.remember(&Entry { page, record });
            }
            // Who is at work elsewhere on the page is not to lose the focus to a form that has just loaded.
            Effect::Move(_) if !self.with_browser(|browser| browser.is_used) => {}
            // Nothing behind a blank screen can have the focus, and the page must not scroll.
            Effect::Move(target) if self.peek(|state| state.privacy.is_blank) => {
                self.with_browser(|browser| browser.missed = Some(target));
            }
            Effect::Move(target) => self.with_host(|host| focus::later(host, target)),
            Effect::Remembered(..) if !self.is_on_device() => {}
            Effect::Remembered(remembered, said) => spawn_local(async move {
                // "Forgotten" is said only once it is.
                if own_details::keep(self.person(), &remembered).await.is_ok() {
                    said.into_iter().for_each(|key| self.run(Effect::Announce(key)));
                } else {
                    self.run(Effect::Announce("own.failed"));
                    self.read_own_details();
                }
            }),
            Effect::KeepPrivacy(privacy) if self.is_on_device() => window::keep_privacy(privacy),
            Effect::KeepPrivacy(_) => {}
            Effect::Blank => self.with_host(|host| {
                self.with_browser(|browser| browser.spot = Some(screen::spot(host)));
                screen::go_to_blank(host);
            }),
            Effect::ShowAgain => {
                let (spot, missed) =
                    self.with_browser(|browser| (browser.spot.take(), browser.missed.take()));
                self.with_host(|host| match missed {
                    Some(target) => focus::later(host, target),
                    None => screen::go_back(host, spot),
                });
            }
            Effect::Send { record, key, body, owner } => self.send(record, key, body, owner),
            Effect::RetryLater => {
                self.with_browser(|browser| browser.retry.later(move || self.dispatch(Event::Retried)));
            }
            Effect::SendWaiting => self.send_waiting(),
            Effect::ReadRemembered => self.read_own_details(),
            Effect::ReadOwnPage => self.read_own_page(),
            Effect::Announce(key) => {
                let text = self.text(key);
                self.with_host(|host| host::announce(host, &text));
            }
            Effect::Tell(event) => self.with_host(|host| host::tell(host, event)),
            Effect::PrefillUsed => self.with_browser(|browser| browser.portal.memory.set_is_filled(true)),
            Effect::PrefillRefused(paths) => self.with_host(|host| host::tell_refused(host, &paths)),
        }
    }

    /// Moves the focus, once the page is drawn.
    pub(crate) fn focus_on(self, target: Focus) {
        self.run(Effect::Move(target));
    }

    /// Tells the host page that the suggestion is another one.
    pub(crate) fn tell_outcome(self) {
        self.with_host(|host| host::tell(host, "assessment-outcome"));
    }

    /// Tells the host page what the page is called.
    pub(crate) fn tell_title(self, title: &str) {
        self.with_host(|host| host::tell_title(host, title));
    }

    /// Reads what the browser remembers: the record of a page that was reloaded, else the list. To be called once the form
    /// is mounted. Where something was pressed on the start page, that begins instead.
    pub(crate) fn begin(self, pressed: Option<&str>) {
        let place = self.place();
        if let Some(Entry { page, record: Some(id) }) = place.clone() {
            self.dispatch(Event::Awaited(id, page));
        }
        if self.was_locked() {
            return;
        }
        self.read_own_details();
        if pressed.is_some() {
            self.used();
        }
        match place {
            _ if pressed == Some("caf") => self.dispatch(Event::Started(clock::random_id())),
            _ if pressed == Some("refer") => self.dispatch(Event::CheckBegan(clock::random_id())),
            Some(Entry { page, record: Some(id) }) => self.run(Effect::Read(id, Some(page))),
            Some(Entry { page: page @ Page::Work(_), .. }) => {
                self.run(Effect::ReadSavedRecords);
                self.go(page);
            }
            _ => self.open_first(),
        }
    }

    /// Reads what this device remembers of the practitioner. Where that fails, nothing is offered and nothing replaced.
    fn read_own_details(self) {
        spawn_local(async move {
            if !self.is_on_device() {
                return;
            }
            let remembered = own_details::read(self.person()).await.unwrap_or_default();
            self.dispatch(Event::RememberedRead(remembered));
        });
    }

    /// Asks the server for the page of the person who is signed in.
    fn read_own_page(self) {
        let (person, asking) = (self.person(), Asking { api: self.api(), reason: None });
        spawn_local(async move {
            let me = asking.get(ME).await.and_then(|reply| reply.read::<Me>());
            self.dispatch(Event::OwnPageRead(person, me.ok().map(Box::new)));
        });
    }

    pub(super) fn listeners(self, host: &HtmlElement, is_paged: bool) -> Vec<EventListener> {
        let [hidden, leaving, left] = host::on_leaving(move || self.save_unsaved(true));
        let [seen, focused, shown] = host::on_return(move || self.look_at_clock());
        let [pressed, touched] = host::on_use(host, move || self.used());
        let back = is_paged.then(|| history::on_back(move |entry| self.came_back(entry)));
        let always = [
            hidden,
            leaving,
            left,
            seen,
            focused,
            shown,
            pressed,
            touched,
            host::on_online(move || self.dispatch(Event::Retried)),
            screen::on_key(move || self.dispatch(Event::Blanked(self.peek(|state| !state.privacy.is_blank)))),
        ];
        always.into_iter().chain(back).collect()
    }

    /// Opens a page of the open record, or of another one, in a new tab; in this one where the page around the form is a
    /// portal's, or a new tab would not have the record.
    pub(crate) fn open_beside(self, page: Page, record: Option<String>) {
        if !(self.is_paged() && self.is_on_device()) {
            return match record {
                Some(id) => self.dispatch(Event::Chosen(id)),
                None => self.go(page),
            };
        }
        history::open_beside(&Entry { page, record: record.or_else(|| self.record_id()) });
    }

    fn came_back(self, Entry { page, record }: Entry) {
        match record {
            Some(id) if self.record_id().as_ref() != Some(&id) => self.run(Effect::Read(id, Some(page))),
            _ => self.dispatch(Event::Came(page)),
        }
    }

    /// Ends the form before it is taken off the page. The save of what is not on disk yet has begun when this returns.
    pub(crate) fn leave(self) {
        if self.is_gone() {
            return;
        }
        self.save_unsaved(true);
        self.release_write_lock(None);
        // The browser's things end here and not with the signals: some of them call back into the form.
        let ended = self.browser.try_update_value(Option::take);
        drop(ended);
    }

    /// Whether the form has been taken off the page. A save or a request that was under way then ends later, and must
    /// find nothing to tell.
    pub(super) fn is_gone(self) -> bool {
        !matches!(self.browser.try_with_value(Option::is_some), Some(true))
    }

    /// The backend where people sign in on this site.
    pub(crate) fn own_api(self) -> Option<Api> {
        self.with_browser(|browser| browser.api.is_own_site().then(|| browser.api.clone()))
    }

    /// The address that leads to the sign-in page and back; `None` where a portal signs its people in itself.
    pub(crate) fn sign_in_address(self) -> Option<String> {
        self.with_browser(|browser| sign_in::address(&browser.api))
    }

    /// Uses what belongs to the browser; a default once the form is off the page.
    pub(super) fn with_browser<T: Default>(self, act: impl FnOnce(&mut Browser) -> T) -> T {
        self.browser.try_update_value(|browser| browser.as_mut().map(act)).flatten().unwrap_or_default()
    }

    /// Uses the element. The host page may hear of it and take the form off the page at once, so nothing is borrowed
    /// meanwhile.
    pub(crate) fn with_host(self, act: impl FnOnce(&HtmlElement)) {
        if let Some(host) = self.with_browser(|browser| Some(browser.host.clone())) {
            act(&host);
        }
    }

    /// The id of the open record; untracked.
    pub(crate) fn record_id(self) -> Option<String> {
        self.peek(|state| state.record.as_ref().map(|record| record.id.clone()))
    }

    /// Goes to the page from which the record is sent, and to the problems there.
    pub(crate) fn go_to_problems(self) {
        self.go(Page::Check);
        self.focus_on(Focus::Summary);
    }
}
