//! Records as files, where the page lets records be on this device: a stored one as it is, whatever release wrote it, the open
//! one where the browser keeps nothing, and a file that is taken in. What a file means is in `state`.

use js_sys::Array;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::Form;
use crate::io::{clock, download, local_draft};
use crate::state::Event;

/// What the file is called: nothing in it says whose the record is.
const NAME: &str = "common-assessment-record.json";
/// The most bytes of a file that can be a record. The server takes one of 1 MiB; the log and what was not understood add to it.
const MAX_BYTES: f64 = 8.0 * 1024.0 * 1024.0;

impl Form {
    /// Whether a record may become a file here: only where the page lets records be on this device.
    pub(crate) fn may_be_file(self) -> bool {
        self.with_browser(|browser| browser.portal.may_be_file)
    }

    /// Has the browser save a stored record as a file, or the open one where none is named. Whether it began to.
    pub(crate) async fn save_as_file(self, id: Option<String>) -> bool {
        let text = match (id, self.drafts()) {
            (Some(id), Some(drafts)) => local_draft::text(&drafts, &id).await.ok().flatten(),
            (None, _) => self.peek(|state| {
                state.record.as_ref().and_then(|record| record.written().text(false, &clock::now_in_words()))
            }),
            (Some(_), None) => None,
        };
        text.is_some_and(|text| saved(&text).is_ok())
    }

    /// Goes on with the record in a file.
    pub(crate) fn take_file(self, file: File) {
        spawn_local(async move {
            let text = match file.size() <= MAX_BYTES {
                true => JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()),
                false => None,
            };
            self.dispatch(Event::FileTaken { text, id: clock::random_id() });
        });
    }
}

fn saved(text: &str) -> Result<(), JsValue> {
    download::save(&Blob::new_with_str_sequence(&Array::of1(&text.into()))?, NAME)
}
