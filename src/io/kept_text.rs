//! Texts in databases of their own beside the records, each under a key: they outlive the records, and deleting a record
//! never touches them.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::local_draft::{STORE, completed, connection, result, transaction};

/// The text under a key; `None` where there is none.
pub(super) async fn read(database: &str, key: &str) -> Result<Option<String>, JsValue> {
    let database = connection(database).await?;
    let store = transaction(&database, IdbTransactionMode::Readonly)?.object_store(STORE)?;
    let stored = result(&store.get(&key.into())?).await;
    database.close();
    Ok(stored?.as_string())
}

/// Keeps a text under a key from now on; none to keep nothing.
pub(super) async fn keep(database: &str, key: &str, text: Option<&str>) -> Result<(), JsValue> {
    let database = connection(database).await?;
    let kept = put(&database, key, text).await;
    database.close();
    kept
}

async fn put(database: &IdbDatabase, key: &str, text: Option<&str>) -> Result<(), JsValue> {
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let (store, done) = (transaction.object_store(STORE)?, completed(&transaction));
    match text {
        Some(text) => store.put_with_key(&text.into(), &key.into()).map(drop)?,
        None => store.delete(&key.into()).map(drop)?,
    }
    JsFuture::from(done).await.map(drop)
}
