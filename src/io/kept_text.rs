//! Texts in databases of their own beside the records, each under a key: they outlive the records, and deleting a record
//! never touches them.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

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
    let kept = written(&database, key, text).await;
    database.close();
    kept
}

/// Changes the text under a key, whatever other windows do meanwhile. What cannot be read is not written.
pub(super) async fn change(
    database: &str,
    key: &str,
    change: impl FnOnce(Option<String>) -> Option<String>,
) -> Result<(), JsValue> {
    let database = connection(database).await?;
    let changed = changed(&database, key, change).await;
    database.close();
    changed
}

/// Looks at every text by its key, and keeps what `keep` gives of it; nothing to remove it.
pub(super) async fn sweep(
    database: &str,
    keep: impl Fn(&str, String) -> Option<String>,
) -> Result<(), JsValue> {
    let database = connection(database).await?;
    let swept = swept(&database, keep).await;
    database.close();
    swept
}

/// In one transaction, as in [`changed`].
async fn swept(database: &IdbDatabase, keep: impl Fn(&str, String) -> Option<String>) -> Result<(), JsValue> {
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let (store, done) = (transaction.object_store(STORE)?, completed(&transaction));
    let keys = result(&store.get_all_keys()?).await?;
    for key in js_sys::Array::from(&keys).iter().filter_map(|key| key.as_string()) {
        let stored = result(&store.get(&key.as_str().into())?).await?;
        let Some(stored) = stored.as_string() else { continue };
        let kept = keep(&key, stored.clone());
        if kept.as_ref() != Some(&stored) {
            put(&store, &key, kept.as_deref())?;
        }
    }
    JsFuture::from(done).await.map(drop)
}

async fn written(database: &IdbDatabase, key: &str, text: Option<&str>) -> Result<(), JsValue> {
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let (store, done) = (transaction.object_store(STORE)?, completed(&transaction));
    put(&store, key, text)?;
    JsFuture::from(done).await.map(drop)
}

/// In one transaction, so that no other window writes between the two.
async fn changed(
    database: &IdbDatabase,
    key: &str,
    change: impl FnOnce(Option<String>) -> Option<String>,
) -> Result<(), JsValue> {
    let transaction = transaction(database, IdbTransactionMode::Readwrite)?;
    let (store, done) = (transaction.object_store(STORE)?, completed(&transaction));
    let stored = result(&store.get(&key.into())?).await?;
    put(&store, key, change(stored.as_string()).as_deref())?;
    JsFuture::from(done).await.map(drop)
}

fn put(store: &IdbObjectStore, key: &str, text: Option<&str>) -> Result<(), JsValue> {
    match text {
        Some(text) => store.put_with_key(&text.into(), &key.into()).map(drop),
        None => store.delete(&key.into()).map(drop),
    }
}
