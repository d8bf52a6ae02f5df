//! The records of a form that keeps nothing on the device: in the element's memory, in the shape that the database has. What
//! is here is never called saved.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::{field, stored};
use crate::io::memory::Memory;
use crate::state::{SavedRecord, Written};

/// The name of the member that says whether the server has everything.
const SENT: &str = "sent";

/// All records, the latest first.
pub(super) fn list(memory: &Memory) -> Vec<SavedRecord> {
    let mut records = Vec::new();
    memory.records().for_each(&mut |entry: JsValue, id: JsValue| {
        if let (Some(id), Some(text)) = (id.as_string(), field(&entry, "text")) {
            records.push((field(&entry, "at").unwrap_or_default(), SavedRecord::of(&id, &text)));
        }
    });
    records.sort_by(|(one, _), (other, _)| other.cmp(one));
    records.into_iter().map(|(_, record)| record).collect()
}

/// Keeps a revision. The browser asks before the page is left, until the server has all of it.
pub(super) fn write(memory: &Memory, record: &Written) -> Result<(), JsValue> {
    let entry = stored(record, false)?;
    Reflect::set(&entry, &SENT.into(), &record.is_sent().into())?;
    memory.records().set(&record.id.as_str().into(), &entry);
    guard(memory);
    Ok(())
}

/// Deletes one.
pub(super) fn delete(memory: &Memory, id: &str) {
    memory.records().delete(&id.into());
    guard(memory);
}

/// Changes the text under a key; what is typed beside the records counts as not sent as long as it is there.
pub(super) fn change_text(memory: &Memory, key: &str, change: impl FnOnce(Option<String>) -> Option<String>) {
    let (texts, key) = (memory.texts(), JsValue::from_str(key));
    match change(texts.get(&key).as_string()) {
        Some(text) => drop(texts.set(&key, &text.into())),
        None => drop(texts.delete(&key)),
    }
    guard(memory);
}

fn guard(memory: &Memory) {
    let mut is_all_sent = memory.texts().size() == 0;
    memory.records().for_each(&mut |entry: JsValue, _: JsValue| {
        is_all_sent &= Reflect::get(&entry, &SENT.into()).is_ok_and(|sent| sent.is_truthy());
    });
    memory.guard(!is_all_sent);
}
