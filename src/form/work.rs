//! What the pages of my work need of the form. Only their own part of the program calls it, so it is in there with them.

use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::Form;
use crate::words::Words;

impl Form {
    /// The base address of the backend.
    pub(crate) fn api(self) -> String {
        self.with_browser(|browser| browser.api.clone())
    }

    /// The words of my work, which the loader fetches when they are asked for. `None` where that fails.
    pub(crate) async fn work_words(self) -> Option<Words> {
        let fetch = self.with_browser(|browser| browser.work_words.clone())?;
        let fetched: Promise = fetch.call0(&JsValue::NULL).ok()?.dyn_into().ok()?;
        let text: JsString = JsFuture::from(fetched).await.ok()?.dyn_into().ok()?;
        Words::read(&String::from(text), self.standards().profile.front_door()).ok()
    }
}
