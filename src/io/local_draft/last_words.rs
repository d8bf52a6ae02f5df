//! What a page had not saved when it was left, in a database of its own until it is among the records. Holds words for
//! moments only: the next page that reads the records moves them there. Nothing that was called saved is only here.
//!
//! A browser drops a write that is still waiting for another one when its page goes, even if it was committed. Among the
//! records it may have to wait: for another window's save, or for one of the same page. Nothing waits here but pages
//! that are left at the same moment.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::{STORE, commit, completed, connection, field, result, transaction};
use crate::state::{Record, Written};

const DATABASE: &str = "common-assessment-last-words";

thread_local! {
    /// Open from the first read of the page on, so that the page has nothing to wait for when it is left.
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

fn open() -> Result<IdbDatabase, JsValue> {
    OPEN.with_borrow(Clone::clone).ok_or(JsValue::UNDEFINED)
}

/// Keeps a record that a page leaves unsaved. It is on its way when this returns.
pub(super) fn keep(record: &Written) -> Result<(), JsValue> {
    let transaction = transaction(&open()?, IdbTransactionMode::Readwrite)?;
    let text = record.text(false, "").ok_or(JsValue::UNDEFINED)?;
    let kept = Object::new();
    for (name, value) in [("text", text), ("stamp", record.stamp(false)), ("base", record.base().to_owned())]
    {
        Reflect::set(&kept, &name.into(), &value.into())?;
    }
    transaction.object_store(STORE)?.put_with_key(&kept, &JsValue::from_str(&record.opening))?;
    commit(&transaction)
}

/// Every record that was kept and can be read. What a later release left here waits for it.
pub(super) async fn all() -> Result<Vec<Record>, JsValue> {
    let database = match open() {
        Ok(database) => database,
        Err(_) => {
            let database = connection(DATABASE).await?;
            let closed = Closure::once_into_js(|| OPEN.set(None));
            database.set_onclose(Some(closed.unchecked_ref()));
            // Another window that deletes the database must not have to wait for this one.
            let give_way = Closure::once_into_js(|| {
                if let Some(open) = OPEN.take() {
                    open.close();
                }
            });
            database.set_onversionchange(Some(give_way.unchecked_ref()));
            if let Some(before) = OPEN.replace(Some(database.clone())) {
                before.close();
            }
            database
        }
    };
    let store = transaction(&database, IdbTransactionMode::Readonly)?.object_store(STORE)?;
    let (openings, kept) = (store.get_all_keys()?, store.get_all()?);
    let openings: Array = result(&openings).await?.unchecked_into();
    let kept: Array = result(&kept).await?.unchecked_into();
    let record = |(opening, kept): (JsValue, JsValue)| {
        let record = Record::from_json(&field(&kept, "text")?).ok()?;
        Some(Record { opening: opening.as_string()?, base: field(&kept, "base")?, ..record })
    };
    Ok(openings.iter().zip(kept.iter()).filter_map(record).collect())
}

/// Removes a record that is stored, unless a later revision was kept meanwhile.
pub(super) async fn forget(record: &Written) -> Result<(), JsValue> {
    let transaction = transaction(&open()?, IdbTransactionMode::Readwrite)?;
    let done = completed(&transaction);
    let store = transaction.object_store(STORE)?;
    let opening = JsValue::from_str(&record.opening);
    let kept = result(&store.get(&opening)?).await?;
    if field(&kept, "stamp").is_some_and(|stamp| stamp == record.stamp(false)) {
        store.delete(&opening)?;
    }
    JsFuture::from(done).await.map(|_| ())
}
