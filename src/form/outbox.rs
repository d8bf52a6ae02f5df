//! Records that wait to be sent and are not open: they are sent from anywhere in the form. The open record is sent by
//! `state::update::sending`, which also shows a refusal. Here only a receipt is kept: a record that is refused goes on
//! waiting, and says why once it is opened.

use std::rc::Rc;

use leptos::task::spawn_local;

use super::Form;
use crate::io::api_client;
use crate::io::local_draft::{self, Write};
use crate::io::write_lock::{self, Ask, WriteLock};
use crate::state::{Delivery, Effect, Event, Sent};

/// What is being sent, one record at a time.
#[derive(Default)]
pub(super) struct Outbox {
    is_busy: bool,
    /// The record that is on its way, with the right to change it.
    sending: Option<(String, Option<WriteLock>)>,
}

impl Outbox {
    /// Whether a record is on its way, under a lock of this window.
    pub(super) fn is_sending(&self, id: &str) -> bool {
        self.sending.as_ref().is_some_and(|(sending, lock)| sending == id && lock.is_some())
    }
}

/// How an attempt ended.
#[derive(PartialEq)]
enum Ended {
    Sent,
    /// This one goes on waiting, and why: a wording key, where the server or the network said so.
    Waits(String, Option<&'static str>),
}

impl Form {
    /// Sends what waits, unless that is going on already.
    pub(super) fn send_waiting(self) {
        let may_begin = self.with_browser(|browser| !std::mem::replace(&mut browser.outbox.is_busy, true));
        if !may_begin {
            return;
        }
        spawn_local(async move {
            let ended = self.send_others().await;
            self.with_browser(|browser| browser.outbox.is_busy = false);
            let is_sent = ended.contains(&Ended::Sent);
            let waits = ended.into_iter().filter_map(|ended| match ended {
                Ended::Waits(id, why) => Some((id, why)),
                Ended::Sent => None,
            });
            let waits: Vec<_> = waits.collect();
            let goes_on = !waits.is_empty();
            self.dispatch(Event::OthersWait(
                waits.into_iter().filter_map(|(id, why)| Some((id, why?))).collect(),
            ));
            if is_sent {
                self.dispatch(Event::OthersSent);
            }
            if goes_on {
                self.run(Effect::RetryLater);
            }
        });
    }

    async fn send_others(self) -> Vec<Ended> {
        let mut ended = Vec::new();
        let Some(drafts) = self.drafts() else { return ended };
        for record in local_draft::list(&drafts).await.unwrap_or_default() {
            let is_open = || self.record_id().as_ref() == Some(&record.id);
            if !record.waiting
                || record.unreadable.is_some()
                || !self.may_go(&record.id, record.owner.as_ref())
                || is_open()
            {
                continue;
            }
            // A window that has it sends it itself.
            let lock = match drafts.is_device() {
                true => write_lock::ask(&record.id, Ask::Politely, Rc::new(|| {})).await,
                false => Ok(None),
            };
            let Ok(lock) = lock else { continue };
            if is_open() {
                continue;
            }
            self.with_browser(|browser| browser.outbox.sending = Some((record.id.clone(), lock)));
            ended.extend(self.send_other(&record.id).await);
            self.give_up_sending(&record.id);
        }
        ended
    }

    /// What waits goes in nobody else's name, and what is nobody's waits for a press.
    fn may_go(self, id: &str, owner: Option<&String>) -> bool {
        self.peek(|state| state.goes_by_itself(id, owner))
    }

    /// How it ended; `None` where there is nothing to try again.
    async fn send_other(self, id: &str) -> Option<Ended> {
        let (api, drafts) = (self.with_browser(|browser| Some(browser.api.clone()))?, self.drafts()?);
        let mut record = local_draft::read(&drafts, id).await.ok().flatten()?.ok()?;
        if !matches!(record.sent, Sent::Waiting(_)) {
            return None;
        }
        // While the right to change it was waited for somebody may have signed in or out.
        if !self.may_go(id, record.owner.as_ref()) {
            return None;
        }
        let person = self.person();
        if record.owner.is_none() && person.is_some() {
            // The one who followed its link to sign in. It is theirs before it goes.
            record.owner = person;
            record.revision += 1;
            if local_draft::write(&drafts, &Rc::new(record.written()), Write::Checked).await.is_err() {
                return Some(Ended::Waits(id.to_owned(), None));
            }
        }
        let Sent::Waiting(waiting) = &record.sent else { return None };
        let owner = record.owner.as_deref();
        let receipt = match api_client::submit(&api, &waiting.key, &waiting.body, owner).await {
            Delivery::Received(receipt) => receipt,
            Delivery::Waits(why) => return Some(Ended::Waits(id.to_owned(), Some(why))),
            Delivery::Refused { .. } | Delivery::Rejected(_) => return None,
        };
        // Somebody opened it meanwhile: then it is sent there, under the same key, and gets the same receipt.
        let is_still_ours = self.with_browser(|browser| {
            browser.outbox.sending.as_ref().is_some_and(|(sending, _)| sending == id)
        });
        if !is_still_ours {
            return None;
        }
        record.revision += 1;
        record.receive(receipt);
        let written = Rc::new(record.written());
        // What cannot be stored is sent again, under the same key.
        let stored = local_draft::write(&drafts, &written, Write::Checked).await;
        Some(if stored.is_ok() { Ended::Sent } else { Ended::Waits(id.to_owned(), None) })
    }

    /// Gives a record back to be opened, or to another window.
    pub(super) fn give_up_sending(self, id: &str) {
        let given_up =
            self.with_browser(|browser| browser.outbox.sending.take_if(|(sending, _)| sending == id));
        drop(given_up);
    }
}
