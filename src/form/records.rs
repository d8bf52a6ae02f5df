//! Records on their way between the form and the outside: opening, saving, sending, and who may write. What they mean
//! is in `state`.

use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::Form;
use crate::io::local_draft::{self, Write};
use crate::io::write_lock::{self, Ask, WriteLock};
use crate::io::{api_client, clock, host};
use crate::state::{Delivery, Effect, Event, Page, Written};

/// The right to change the open record.
#[derive(Default)]
pub(super) struct Writing {
    /// The record that it is for, or will be.
    id: String,
    /// Where the browser has locks.
    lock: Option<WriteLock>,
    /// Rises with each request: the answer to an earlier one is dropped.
    requests: u32,
}

impl Form {
    /// Asks for the right to change a record. `None` when something else was asked for meanwhile.
    async fn ask_write_lock(self, id: &str, ask: Ask) -> Option<Result<Option<WriteLock>, JsValue>> {
        let request = self.with_browser(|browser| {
            browser.writing.requests += 1;
            Some(browser.writing.requests)
        })?;
        let wanted = id.to_owned();
        let lost = Rc::new(move || self.dispatch(Event::LostToOtherWindow(wanted.clone())));
        let lock = if self.is_on_device() { write_lock::ask(id, ask, lost).await } else { Ok(None) };
        let is_in_time = self.with_browser(|browser| browser.writing.requests == request);
        is_in_time.then_some(lock)
    }

    /// Whether this window has the right to change a record, open or on its way to the server.
    fn holds(self, id: &str) -> bool {
        self.with_browser(|browser| {
            (browser.writing.id == id && browser.writing.lock.is_some()) || browser.outbox.is_sending(id)
        })
    }

    /// Answers another window, or gives a record up to it.
    pub(super) fn heard(self, said: &str) {
        if let Some(id) = write_lock::heard(said, |id| self.holds(id)) {
            self.dispatch(Event::LostToOtherWindow(id.to_owned()));
        }
    }

    fn keep_write_lock(self, id: String, lock: Option<WriteLock>) {
        let before = self.with_browser(|browser| {
            browser.writing.id = id;
            std::mem::replace(&mut browser.writing.lock, lock)
        });
        drop(before);
    }

    /// Opens a record: to change it, or only to read it while another window has it.
    pub(super) fn open(self, id: String, page: Option<Page>, ask: Ask) {
        self.give_up_sending(&id);
        let Some(drafts) = self.drafts() else { return };
        spawn_local(async move {
            // What this window has already it does not wait for.
            let own = self.with_browser(|browser| {
                browser
                    .writing
                    .lock
                    .take_if(|_| browser.writing.id == id)
                    .inspect(|_| browser.writing.requests += 1)
            });
            let lock = match own {
                Some(lock) => Ok(Some(lock)),
                None => match self.ask_write_lock(&id, ask).await {
                    Some(lock) => lock,
                    None => return,
                },
            };
            let request = self.with_browser(|browser| browser.writing.requests);
            // Read only now: by now another window has saved what was typed last.
            let read = local_draft::read(&drafts, &id).await;
            // Something else may have been asked for meanwhile, or the same again, which then waits for this lock.
            if self.is_gone() || self.with_browser(|browser| browser.writing.requests) != request {
                return;
            }
            let read_only = lock.is_err();
            self.keep_write_lock(id, lock.unwrap_or_default());
            match read {
                Ok(Some(Ok(record))) => {
                    self.dispatch(Event::Opened { record: Box::new(record), page, read_only })
                }
                Ok(Some(Err(why))) => self.dispatch(Event::NotOpened(why)),
                Ok(None) => self.run(Effect::ReadSavedRecords),
                Err(_) => self.dispatch(Event::SavedRecordsUnreadable),
            }
        });
    }

    /// Keeps the right to change the record that is open, and no other.
    pub(super) fn follow_write_lock(self) {
        let open = self
            .peek(|state| state.record.as_ref().filter(|_| !state.read_only).map(|record| record.id.clone()));
        let must_change = self.with_browser(|browser| {
            open.as_ref() != Some(&browser.writing.id) && (browser.writing.lock.is_some() || open.is_some())
        });
        if must_change {
            self.release_write_lock(open);
        }
    }

    /// Gives the right back once everything that was to be written is on disk, and asks for the one to another record.
    pub(super) fn release_write_lock(self, next: Option<String>) {
        let lock = self.with_browser(|browser| {
            browser.writing.id = next.clone().unwrap_or_default();
            browser.writing.lock.take()
        });
        let Some(drafts) = self.drafts() else { return };
        spawn_local(async move {
            local_draft::settled(&drafts).await;
            drop(lock);
            // A record that begins here: nobody else has it, so nothing waits for the answer.
            if let Some(id) = next
                && let Some(Ok(lock)) = self.ask_write_lock(&id, Ask::Politely).await
            {
                self.keep_write_lock(id, lock);
                // By now it may be closed again.
                self.follow_write_lock();
            }
        });
    }

    /// Saves what is not on disk yet. A page that is being `left` has no time to wait for an answer.
    pub(super) fn save_unsaved(self, left: bool) {
        let record = self.peek(|state| {
            state.record.as_ref().filter(|_| state.is_unsaved()).map(|record| Box::new(record.written()))
        });
        let how = match self.with_browser(|browser| browser.writing.lock.is_some()) {
            _ if !left => Write::Checked,
            true => Write::Over,
            false => Write::Beside,
        };
        if let Some(record) = record {
            self.write(record, how);
        }
    }

    /// Saves one revision. "Saved" is said only when the browser has committed it.
    pub(super) fn save(self, record: Box<Written>) {
        self.write(record, Write::Checked);
    }

    fn write(self, record: Box<Written>, how: Write) {
        let record: Rc<Written> = record.into();
        let Some(drafts) = self.drafts() else { return };
        let pending = local_draft::write(&drafts, &record, how);
        spawn_local(async move {
            if self.written(&record, pending.await).is_some() {
                if drafts.is_device() {
                    local_draft::ask_to_persist();
                }
            } else {
                self.with_browser(|browser| browser.autosave.again(move || self.save_unsaved(false)));
            }
        });
    }

    /// Tells how a write ended: `None` when it failed, else whether the record became a copy.
    pub(super) fn written<E>(self, record: &Written, ended: Result<bool, E>) -> Option<bool> {
        let Ok(copied) = ended else {
            self.dispatch(Event::NotSaved(record.id.clone()));
            return None;
        };
        let mut id = record.id.clone();
        if copied {
            self.dispatch(Event::Copied(id));
            id = record.opening.clone();
        }
        self.dispatch(Event::Saved(id, record.revision, clock::time()));
        if self.is_on_device() {
            self.with_host(|host| host::tell(host, "assessment-saved"));
        }
        Some(copied)
    }

    pub(super) fn send(self, record: Option<Box<Written>>, key: String, body: String, owner: Option<String>) {
        let Some((api, drafts)) = self.with_browser(|browser| Some(browser.api.clone())).zip(self.drafts())
        else {
            return;
        };
        let pending = record.map(|record| {
            let record: Rc<Written> = record.into();
            (local_draft::write(&drafts, &record, Write::Checked), record)
        });
        spawn_local(async move {
            if let Some((pending, record)) = pending {
                match self.written(&record, pending.await) {
                    Some(false) => {}
                    // A copy is sent only when somebody says so: the other one may have been sent.
                    Some(true) => return,
                    None => return self.dispatch(Event::Delivered(key, Delivery::Waits("submit.not_saved"))),
                }
            }
            let delivery = api_client::submit(&api, &key, &body, owner.as_deref()).await;
            self.dispatch(Event::Delivered(key, delivery));
        });
    }
}
