//! The records on this device, in IndexedDB. Every write asks for strict durability, and counts only when its
//! transaction has completed. Any abort is a failure: browsers name them differently when a disk is full.
//!
//! This module alone knows how records are stored; encryption will come here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::state::{Record, Shelved, Written};

const DATABASE: &str = "common-assessment";
const VERSION: u32 = 1;
const STORE: &str = "records";

thread_local! {
    /// Kept open, so that the last save of a page needs no waiting.
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// How a record is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    /// In the place of what is there, unless another window wrote that: then as a copy.
    Checked,
    /// In the place of what is there. For a page that is being left, which has no time to look.
    Over,
    /// As a copy at once, which goes when the record itself could be written. For a page that is being left where
    /// nothing says that no other window writes.
    Beside,
}

/// Starts writing a record. The write is under way when this returns, if the database is open already. Says whether
/// the record became a copy.
pub(crate) fn write(
    record: &Rc<Written>,
    how: Write,
) -> impl Future<Output = Result<bool, JsValue>> + 'static + use<> {
    let record = Rc::clone(record);
    let copied = Rc::new(Cell::new(false));
    let start = {
        let copied = copied.clone();
        move |database: &IdbDatabase| started(database, &record, how, &copied)
    };
    let started = OPEN.with_borrow(|open| open.as_ref().map(&start));
    async move {
        let done = match started {
            Some(Ok(done)) => done,
            // The handle may have been closed under us, for one when the browser cleared its data.
            Some(Err(_)) | None => start(&database().await?)?,
        };
        JsFuture::from(done).await.map(|_| copied.get())
    }
}

fn started(
    database: &IdbDatabase,
    record: &Rc<Written>,
    how: Write,
    copied: &Rc<Cell<bool>>,
) -> Result<Promise, JsValue> {
    if how != Write::Checked {
        let transaction = transaction(database, "readwrite")?;
        let beside = how == Write::Beside;
        put(&transaction.object_store(STORE)?, record, beside)?;
        let done = completed(&transaction);
        // Without this a page that is being left never finishes the write.
        transaction.unchecked_ref::<Strict>().commit()?;
        if !beside {
            return Ok(done);
        }
    }
    let transaction = transaction(database, "readwrite")?;
    let store = transaction.object_store(STORE)?;
    let request = store.get(&JsValue::from_str(&record.id))?;
    let done = completed(&transaction);
    let (record, copied, asked) = (Rc::clone(record), copied.clone(), request.clone());
    let look = Closure::once_into_js(move || {
        let there = asked.result().ok().filter(JsValue::is_object);
        let free = there.is_none_or(|there| record.may_replace(&field(&there, "stamp").unwrap_or_default()));
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
pub(crate) async fn shelf() -> Result<Vec<Shelved>, JsValue> {
    let store = transaction(&database().await?, "readonly")?.object_store(STORE)?;
    let (ids, texts) = (store.get_all_keys()?, store.get_all()?);
    let ids: Array = result(&ids).await?.unchecked_into();
    let texts: Array = result(&texts).await?.unchecked_into();
    let mut shelf: Vec<(String, Shelved)> = ids
        .iter()
        .zip(texts.iter())
        .filter_map(|(id, stored)| {
            let text = field(&stored, "text")?;
            Some((field(&stored, "at").unwrap_or_default(), Shelved::of(&id.as_string()?, &text)))
        })
        .collect();
    shelf.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(shelf.into_iter().map(|(_, shelved)| shelved).collect())
}

/// One record, if it is there and whole.
pub(crate) async fn read(id: &str) -> Result<Option<Record>, JsValue> {
    let store = transaction(&database().await?, "readonly")?.object_store(STORE)?;
    let stored = result(&store.get(&JsValue::from_str(id))?).await?;
    let record = field(&stored, "text").and_then(|text| Record::from_json(&text));
    Ok(record.map(|record| Record {
        opening: super::clock::random_id(),
        base: field(&stored, "stamp").unwrap_or_default(),
        ..record
    }))
}

/// Takes a record off this device.
pub(crate) async fn delete(id: &str) -> Result<(), JsValue> {
    let transaction = transaction(&database().await?, "readwrite")?;
    transaction.object_store(STORE)?.delete(&JsValue::from_str(id))?;
    JsFuture::from(completed(&transaction)).await.map(|_| ())
}

/// Asks the browser not to clear the records by itself. Asked once a page; the answer changes nothing here.
pub(crate) fn ask_to_persist() {
    thread_local! {
        static ASKED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if !ASKED.replace(true)
        && let Ok(window) = super::window()
    {
        let _ = window.navigator().storage().persist();
    }
}

#[wasm_bindgen]
extern "C" {
    /// The parts of IndexedDB that `web-sys` does not offer yet, on a database and on a transaction.
    type Strict;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Strict,
        store: &str,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Strict) -> Result<(), JsValue>;
}

fn put(store: &IdbObjectStore, record: &Written, as_copy: bool) -> Result<(), JsValue> {
    let stored = js_sys::Object::new();
    let set = |name: &str, value: &str| {
        js_sys::Reflect::set(&stored, &JsValue::from_str(name), &JsValue::from_str(value)).map(|_| ())
    };
    set("text", &record.text(as_copy, &super::clock::now_in_words()))?;
    set("stamp", &record.stamp(as_copy))?;
    set("at", &String::from(js_sys::Date::new_0().to_iso_string()))?;
    store.put_with_key(&stored, &JsValue::from_str(record.stored_as(as_copy))).map(|_| ())
}

fn transaction(database: &IdbDatabase, mode: &str) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"durability".into(), &"strict".into())?;
    database.unchecked_ref::<Strict>().transaction(STORE, mode, &options)
}

async fn database() -> Result<IdbDatabase, JsValue> {
    let factory = super::window()?.indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION)?;
    let upgrade = {
        let request = request.clone();
        Closure::once_into_js(move || {
            if let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                let _ = database.create_object_store(STORE);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database: IdbDatabase = result(&request).await?.unchecked_into();
    let close = Closure::once_into_js(|| OPEN.set(None));
    database.set_onclose(Some(close.unchecked_ref()));
    OPEN.set(Some(database.clone()));
    Ok(database)
}

/// Settles when a request has succeeded or failed.
async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
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
fn completed(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
}

fn field(stored: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(stored, &JsValue::from_str(name)).ok()?.as_string()
}
