//! What this device remembers of the practitioner, in a database of its own beside the records: it outlives them, and
//! deleting a record never touches it.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::local_draft::{STORE, completed, connection, result, transaction};
use crate::state::Remembered;

const DATABASE: &str = "common-assessment-practitioner";
/// Whose it is. Where people sign in, each has an entry of their own.
const KEY: &str = "this device";

/// What is remembered.
pub(crate) async fn read() -> Result<Remembered, JsValue> {
    let database = connection(DATABASE).await?;
    let store = transaction(&database, IdbTransactionMode::Readonly)?.object_store(STORE)?;
    let stored = result(&store.get(&JsValue::from_str(KEY))?).await;
    database.close();
    Ok(Remembered::from_json(stored?.as_string().as_deref()))
}

/// Remembers it from now on.
pub(crate) async fn keep(remembered: &Remembered) -> Result<(), JsValue> {
    let database = connection(DATABASE).await?;
    let kept = kept(&database, remembered).await;
    database.close();
    kept
}

async fn kept(database: &IdbDatabase, remembered: &Remembered) -> Result<(), JsValue> {
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let (store, done) = (transaction.object_store(STORE)?, completed(&transaction));
    match remembered.to_json() {
        Some(text) => store.put_with_key(&JsValue::from_str(&text), &JsValue::from_str(KEY)).map(drop)?,
        None => store.delete(&JsValue::from_str(KEY)).map(drop)?,
    }
    JsFuture::from(done).await.map(drop)
}
