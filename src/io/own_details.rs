//! What this device remembers of the practitioner, in a database of its own beside the records: it outlives them, and
//! deleting a record never touches it.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::local_draft::{STORE, completed, connection, result, transaction};
use crate::state::Remembered;

const DATABASE: &str = "common-assessment-practitioner";
/// Whose it is where nobody is signed in. Each person who signs in has an entry of their own, under their digest.
const ANYBODY: &str = "this device";

fn key(person: Option<String>) -> JsValue {
    person.map_or_else(|| JsValue::from_str(ANYBODY), JsValue::from)
}

/// What is remembered of the person who is signed in, or of anybody.
pub(crate) async fn read(person: Option<String>) -> Result<Remembered, JsValue> {
    let database = connection(DATABASE).await?;
    let store = transaction(&database, IdbTransactionMode::Readonly)?.object_store(STORE)?;
    let stored = result(&store.get(&key(person))?).await;
    database.close();
    Ok(Remembered::from_json(stored?.as_string().as_deref()))
}

/// Remembers it from now on.
pub(crate) async fn keep(person: Option<String>, remembered: &Remembered) -> Result<(), JsValue> {
    let database = connection(DATABASE).await?;
    let kept = kept(&database, &key(person), remembered).await;
    database.close();
    kept
}

async fn kept(database: &IdbDatabase, key: &JsValue, remembered: &Remembered) -> Result<(), JsValue> {
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let (store, done) = (transaction.object_store(STORE)?, completed(&transaction));
    match remembered.to_json() {
        Some(text) => store.put_with_key(&JsValue::from_str(&text), key).map(drop)?,
        None => store.delete(key).map(drop)?,
    }
    JsFuture::from(done).await.map(drop)
}
