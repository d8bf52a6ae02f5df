//! Records on their way between the form and the outside: opening, saving, sending, and who may write. What they mean
//! is in `state`.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::Form;
use crate::io::local_draft::{self, Write};
use crate::io::tabs::{self, Ask, Lock};
use crate::io::{api_client, clock, spawn};
use crate::state::{Delivery, Effect, Event, Place, Written};

/// The right to change the open record.
#[derive(Default)]
pub(super) struct Held {
    /// Whose right it is or will be.
    id: String,
    /// Where the browser has locks.
    lock: Option<Lock>,
    /// Rises with each asking: an answer to an earlier one is dropped.
    asked: u32,
}

impl Form {
    /// Asks for the right to change a record. `None` when something else was asked for meanwhile.
    async fn ask_for(self, id: &str, ask: Ask) -> Option<Result<Option<Lock>, JsValue>> {
        let asked = self.outside(|outside| {
            outside.held.asked += 1;
            Some(outside.held.asked)
        })?;
        let wanted = id.to_owned();
        let lost = Rc::new(move || self.dispatch(Event::TakenOver(wanted.clone())));
        let lock = tabs::writer(id, ask, lost).await;
        let is_in_time = self.outside(|outside| outside.held.asked == asked);
        is_in_time.then_some(lock)
    }

    fn hold(self, id: String, lock: Option<Lock>) {
        self.outside(|outside| (outside.held.id, outside.held.lock) = (id, lock));
    }

    /// Opens a record: to change it, or only to read it while another window has it.
    pub(super) fn open(self, id: String, place: Option<Place>, ask: Ask) {
        spawn(async move {
            let Some(lock) = self.ask_for(&id, ask).await else { return };
            // Read only now: by now another window has saved its last words.
            let read = local_draft::read(&id).await;
            if self.is_gone() {
                return;
            }
            let read_only = lock.is_err();
            self.hold(id, lock.unwrap_or_default());
            match read {
                Ok(Some(record)) => {
                    self.dispatch(Event::Opened { record: Box::new(record), place, read_only })
                }
                Ok(None) => self.run(Effect::ReadShelf),
                Err(_) => self.dispatch(Event::ShelfFailed),
            }
        });
    }

    /// Keeps the right to change the record that is open, and no other.
    pub(super) fn hold_or_let_go(self) {
        let open = self
            .peek(|state| state.record.as_ref().filter(|_| !state.read_only).map(|record| record.id.clone()));
        let is_to_change = self.outside(|outside| {
            open.as_ref() != Some(&outside.held.id) && (outside.held.lock.is_some() || open.is_some())
        });
        if is_to_change {
            self.let_go(open);
        }
    }

    /// Gives the right back once everything that was to be written is on disk, and asks for the one to another record.
    pub(super) fn let_go(self, next: Option<String>) {
        let lock = self.outside(|outside| {
            outside.held.id = next.clone().unwrap_or_default();
            outside.held.lock.take()
        });
        spawn(async move {
            // Reading waits for what is being written.
            let _ = local_draft::read("").await;
            drop(lock);
            // A record that begins here: nobody else has it, so nothing waits for the answer.
            if let Some(id) = next
                && let Some(Ok(lock)) = self.ask_for(&id, Ask::Politely).await
            {
                self.hold(id, lock);
                // By now it may be closed again.
                self.hold_or_let_go();
            }
        });
    }

    /// Saves what is not on disk yet. A page that is being `left` has no time to wait for an answer.
    pub(super) fn save_unsaved(self, left: bool) {
        let record = self.peek(|state| {
            state.record.as_ref().filter(|_| state.is_unsaved()).map(|record| Box::new(record.written()))
        });
        let how = match self.outside(|outside| outside.held.lock.is_some()) {
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
        let pending = local_draft::write(&record, how);
        spawn(async move {
            if self.written(&record, pending.await).is_some() {
                local_draft::ask_to_persist();
            } else if !self.is_gone() {
                self.outside(|outside| outside.autosave.again(move || self.save_unsaved(false)));
            }
        });
    }

    /// Tells how a write ended: `None` when it failed, else whether the record became a copy.
    fn written<E>(self, record: &Written, ended: Result<bool, E>) -> Option<bool> {
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
        Some(copied)
    }

    pub(super) fn send(self, record: Option<Box<Written>>, key: String, body: String) {
        let Some(api) = self.outside(|outside| Some(outside.api.clone())) else { return };
        let pending = record.map(|record| {
            let record: Rc<Written> = record.into();
            (local_draft::write(&record, Write::Checked), record)
        });
        spawn(async move {
            if let Some((pending, record)) = pending {
                match self.written(&record, pending.await) {
                    Some(false) => {}
                    // A copy is sent only when somebody says so: the other one may have been sent.
                    Some(true) => return,
                    None => return self.dispatch(Event::Delivered(key, Delivery::Waits("submit.not_saved"))),
                }
            }
            let delivery = api_client::submit(&api, &key, &body).await;
            self.dispatch(Event::Delivered(key, delivery));
        });
    }
}
