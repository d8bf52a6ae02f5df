//! The records: on this device in IndexedDB, or where nothing is kept on it in the element's memory. Every write to the
//! device asks for strict durability, and counts only when its transaction has completed. Any abort is a failure: browsers name them differently when a disk is full.
//!
//! This module alone knows where records are stored; encryption will come here.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionDurability,
    IdbTransactionMode, IdbTransactionOptions,
};

use super::clock;
use super::memory::Memory;
use crate::state::{LeftBehind, Record, SavedRecord, Unreadable, Written};

mod in_memory;
mod last_words;

const DATABASE: &str = "common-assessment";
const VERSION: u32 = 1;
/// Milliseconds after which a browser has cleared what it is clearing, as a rule much sooner.
const CLEARING: u32 = 2_000;
pub(super) const STORE: &str = "records";

thread_local! {
    /// The page's connection. Kept open, so that the last save of a page has nothing to wait for.
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
    /// Whom to tell that the connection is gone: each form of the page.
    static LOST: RefCell<Vec<Weak<dyn Fn()>>> = const { RefCell::new(Vec::new()) };
}

/// Where a form keeps its records.
#[derive(Clone)]
pub(crate) enum Drafts {
    /// On this device.
    Device,
    /// In the element's memory, and nowhere else.
    PageOnly(Memory),
}

impl Drafts {
    /// Where nothing is kept on the device: the memory.
    fn memory(&self) -> Option<&Memory> {
        match self {
            Drafts::Device => None,
            Drafts::PageOnly(memory) => Some(memory),
        }
    }

    /// Changes a text beside the records where nothing is kept on the device; whether that is so.
    pub(super) fn change_in_memory(
        &self,
        key: &str,
        change: impl FnOnce(Option<String>) -> Option<String>,
    ) -> bool {
        let Some(memory) = self.memory() else { return false };
        in_memory::change_text(memory, key, change);
        true
    }

    /// A text beside the records, where nothing is kept on the device.
    pub(super) fn text_in_memory(&self, key: &str) -> Option<String> {
        self.memory()?.texts().get(&key.into()).as_string()
    }

    /// Whether records are kept on this device.
    pub(crate) fn is_device(&self) -> bool {
        self.memory().is_none()
    }
}

/// How a record is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    /// Replaces what is stored, unless another window wrote that: then it is written as a copy.
    Checked,
    /// Replaces what is stored. For a page that is being left, which has no time to look.
    Over,
    /// As a copy at once, which is deleted when the record itself could be written. For a page that is being left where
    /// another window may write too.
    Beside,
}

/// Starts writing a record. The write is under way when this returns, if the database is open already. Says whether
/// the record became a copy.
pub(crate) fn write(
    drafts: &Drafts,
    record: &Rc<Written>,
    how: Write,
) -> impl Future<Output = Result<bool, JsValue>> + 'static + use<> {
    let in_memory = drafts.memory().map(|memory| in_memory::write(memory, record));
    let record = Rc::clone(record);
    let copied = Rc::new(Cell::new(false));
    let is_device = in_memory.is_none();
    let start = {
        let (record, copied) = (Rc::clone(&record), copied.clone());
        move |database: &IdbDatabase| started(database, &record, how, &copied)
    };
    let kept =
        (is_device && how != Write::Checked && last_words::keep(&record).is_ok()).then(|| Rc::clone(&record));
    let started = OPEN.with_borrow(|open| open.as_ref().filter(|_| is_device).map(&start));
    async move {
        if let Some(written) = in_memory {
            return written.map(|()| false);
        }
        let done = match started {
            Some(Ok(done)) => done,
            // The browser may have closed the connection, for one when it cleared its data.
            Some(Err(_)) | None => start(&opened().await?)?,
        };
        JsFuture::from(done).await?;
        if let Some(record) = kept {
            // If this fails, the next page finds the words stored already.
            let _ = last_words::forget(&record).await;
        }
        Ok(copied.get())
    }
}

fn started(
    database: &IdbDatabase,
    record: &Rc<Written>,
    how: Write,
    copied: &Rc<Cell<bool>>,
) -> Result<Promise, JsValue> {
    if how != Write::Checked {
        let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
        let beside = how == Write::Beside;
        put(&transaction.object_store(STORE)?, record, beside)?;
        let done = completed(&transaction);
        // Without this a page that is being left never finishes the write.
        commit(&transaction)?;
        if !beside {
            return Ok(done);
        }
    }
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let store = transaction.object_store(STORE)?;
    let request = store.get(&JsValue::from_str(&record.id))?;
    let done = completed(&transaction);
    let (record, copied, asked) = (Rc::clone(record), copied.clone(), request.clone());
    let look = Closure::once_into_js(move || {
        let stored = asked.result().ok().filter(JsValue::is_object);
        let free =
            stored.is_none_or(|stored| record.may_replace(&field(&stored, "stamp").unwrap_or_default()));
        copied.set(!free);
        let written = put(&store, &record, !free);
        if free && how == Write::Beside {
            let _ = store.delete(&JsValue::from_str(&record.opening));
        }
        if written.is_err() {
            let _ = store.transaction().abort();
        }
    });
    request.set_onsuccess(Some(look.unchecked_ref()));
    Ok(done)
}

/// All records, the latest first.
pub(crate) async fn list(drafts: &Drafts) -> Result<Vec<SavedRecord>, JsValue> {
    if let Some(memory) = drafts.memory() {
        return Ok(in_memory::list(memory));
    }
    store_last_words().await;
    let store = begun(IdbTransactionMode::Readonly).await?.object_store(STORE)?;
    let (ids, texts) = (store.get_all_keys()?, store.get_all()?);
    let ids: Array = result(&ids).await?.unchecked_into();
    let texts: Array = result(&texts).await?.unchecked_into();
    let mut records: Vec<(String, SavedRecord)> = Vec::new();
    for (id, stored) in ids.iter().zip(texts.iter()) {
        let (Some(id), Some(text)) = (id.as_string(), field(&stored, "text")) else { continue };
        let saved = field(&stored, "at").unwrap_or_default();
        let place = records.partition_point(|(other, _)| *other >= saved);
        records.insert(place, (saved, SavedRecord::of(&id, &text)));
    }
    Ok(records.into_iter().map(|(_, record)| record).collect())
}

/// One record, if it exists, or why it is not opened.
pub(crate) async fn read(drafts: &Drafts, id: &str) -> Result<Option<Result<Record, Unreadable>>, JsValue> {
    let stored = kept(drafts, id).await?;
    let record = field(&stored, "text").map(|text| Record::from_json(&text));
    let (opening, base) = (clock::random_id(), field(&stored, "stamp").unwrap_or_default());
    Ok(record.map(|record| record.map(|record| Record { opening, base, ..record })))
}

/// What is stored of a record, as it is, by any release. `None` where there is nothing under that id.
pub(crate) async fn text(drafts: &Drafts, id: &str) -> Result<Option<String>, JsValue> {
    Ok(field(&kept(drafts, id).await?, "text"))
}

/// What is kept under an id; `undefined` where nothing is.
async fn kept(drafts: &Drafts, id: &str) -> Result<JsValue, JsValue> {
    if let Some(memory) = drafts.memory() {
        return Ok(memory.records().get(&id.into()));
    }
    store_last_words().await;
    let store = begun(IdbTransactionMode::Readonly).await?.object_store(STORE)?;
    result(&store.get(&JsValue::from_str(id))?).await
}

/// Waits until every write that has begun is on disk or has failed.
pub(crate) async fn settled(drafts: &Drafts) {
    // A read waits for the writes before it.
    let _ = read(drafts, "").await;
}

/// Stores the last words of pages that were left before they could. Words that cannot be stored now stay where they are.
async fn store_last_words() {
    for record in last_words::all().await.unwrap_or_default() {
        let record = record.written();
        if store_left_behind(&record).await == Ok(true) {
            let _ = last_words::forget(&record).await;
        }
    }
}

/// Says whether the words are stored.
async fn store_left_behind(record: &Written) -> Result<bool, JsValue> {
    let transaction = begun(IdbTransactionMode::Readwrite).await?;
    let done = completed(&transaction);
    let store = transaction.object_store(STORE)?;
    let copy = JsValue::from_str(&record.opening);
    let requests = (store.get(&JsValue::from_str(&record.id))?, store.get(&copy)?);
    let stamp = |stored: &JsValue| stored.is_object().then(|| field(stored, "stamp").unwrap_or_default());
    let itself = stamp(&result(&requests.0).await?);
    let beside = stamp(&result(&requests.1).await?);
    match record.left_behind(itself.as_deref(), beside.as_deref()) {
        LeftBehind::Stored => {}
        LeftBehind::Itself { has_copy } => {
            put(&store, record, false)?;
            if has_copy {
                store.delete(&copy)?;
            }
        }
        LeftBehind::Copy => put(&store, record, true)?,
        LeftBehind::Waits => return Ok(false),
    }
    JsFuture::from(done).await.map(|_| true)
}

/// Deletes a record.
pub(crate) async fn delete(drafts: &Drafts, id: &str) -> Result<(), JsValue> {
    if let Some(memory) = drafts.memory() {
        in_memory::delete(memory, id);
        return Ok(());
    }
    // Else they would bring the record back.
    store_last_words().await;
    let transaction = begun(IdbTransactionMode::Readwrite).await?;
    transaction.object_store(STORE)?.delete(&JsValue::from_str(id))?;
    JsFuture::from(completed(&transaction)).await.map(|_| ())
}

/// Asks the browser not to clear the records by itself. Asked once a page; the answer changes nothing here.
pub(crate) fn ask_to_persist() {
    thread_local! {
        static ASKED: Cell<bool> = const { Cell::new(false) };
    }
    if !ASKED.replace(true) {
        let _ = gloo_utils::window().navigator().storage().persist();
    }
}

fn put(store: &IdbObjectStore, record: &Written, as_copy: bool) -> Result<(), JsValue> {
    let stored = stored(record, as_copy)?;
    store.put_with_key(&stored, &JsValue::from_str(record.stored_as(as_copy))).map(|_| ())
}

/// A record as it is kept.
fn stored(record: &Written, as_copy: bool) -> Result<js_sys::Object, JsValue> {
    let text = record.text(as_copy, &clock::now_in_words()).ok_or(JsValue::UNDEFINED)?;
    let stored = js_sys::Object::new();
    for (name, value) in [("text", text), ("stamp", record.stamp(as_copy)), ("at", clock::now_rfc3339())] {
        Reflect::set(&stored, &name.into(), &value.into())?;
    }
    Ok(stored)
}

pub(super) fn transaction(
    database: &IdbDatabase,
    mode: IdbTransactionMode,
) -> Result<IdbTransaction, JsValue> {
    let options = IdbTransactionOptions::new();
    options.set_durability(IdbTransactionDurability::Strict);
    database.transaction_with_str_and_mode_and_options(STORE, mode, &options)
}

#[expect(deprecated, reason = "a slip in web-sys' data: the method is in the standard and in every browser")]
fn commit(transaction: &IdbTransaction) -> Result<(), JsValue> {
    transaction.commit()
}

/// A transaction on a connection of its own, which ends with it, so that an element that comes and goes leaves none open.
/// The page's connection is for writing, after the first read.
async fn begun(mode: IdbTransactionMode) -> Result<IdbTransaction, JsValue> {
    let connection = connection(DATABASE).await?;
    let transaction = transaction(&connection, mode)?;
    if OPEN.with_borrow(Option::is_none) {
        keep_open(connection);
    } else {
        // It closes once the transaction has ended.
        connection.close();
    }
    Ok(transaction)
}

/// A new connection, which becomes the page's.
async fn opened() -> Result<IdbDatabase, JsValue> {
    connection(DATABASE).await.inspect(|connection| keep_open(connection.clone()))
}

/// Makes a connection the page's, until the browser closes it or another window wants the database to itself, as it must
/// to delete it. What is open then is not stored any more, and is told so.
fn keep_open(connection: IdbDatabase) {
    let close = Closure::once_into_js(lost);
    connection.set_onclose(Some(close.unchecked_ref()));
    let give_way = Closure::once_into_js(lost);
    connection.set_onversionchange(Some(give_way.unchecked_ref()));
    if let Some(before) = OPEN.replace(Some(connection)) {
        before.close();
    }
}

/// The connection is gone, and perhaps everything in the database. The browser may still be clearing it: what is stored
/// again at once can go as well, without another word. So it is stored once more when that is over.
fn lost() {
    store_afresh();
    Timeout::new(CLEARING, store_afresh).forget();
}

/// Has everything stored again, over a new connection.
fn store_afresh() {
    if let Some(open) = OPEN.take() {
        open.close();
    }
    let told = LOST.with_borrow(Clone::clone);
    told.iter().filter_map(Weak::upgrade).for_each(|tell| tell());
}

/// Calls `tell` whenever the page's connection is gone, until what this gives is dropped.
pub(crate) fn on_lost(tell: impl Fn() + 'static) -> Rc<dyn Fn()> {
    let tell: Rc<dyn Fn()> = Rc::new(tell);
    LOST.with_borrow_mut(|told| {
        told.retain(|other| other.strong_count() > 0);
        told.push(Rc::downgrade(&tell));
    });
    tell
}

pub(super) async fn connection(name: &str) -> Result<IdbDatabase, JsValue> {
    let factory = gloo_utils::window().indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(name, VERSION)?;
    let upgrade = {
        let request = request.clone();
        Closure::once(move || {
            if let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                let _ = database.create_object_store(STORE);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = result(&request).await;
    // Request and closure hold each other; without this neither would ever be freed.
    request.set_onupgradeneeded(None);
    opened.map(JsCast::unchecked_into)
}

/// Settles when a request has succeeded or failed.
pub(super) async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let target = request.clone();
        let succeed = Closure::once_into_js(move || {
            let _ = resolve.call1(&JsValue::UNDEFINED, &target.result().unwrap_or(JsValue::UNDEFINED));
        });
        request.set_onsuccess(Some(succeed.unchecked_ref()));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await
}

/// Settles when a transaction has completed, or when it has not.
pub(super) fn completed(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
}

fn field(stored: &JsValue, name: &str) -> Option<String> {
    Reflect::get(stored, &name.into()).ok()?.as_string()
}
