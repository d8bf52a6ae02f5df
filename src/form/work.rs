//! What the pages of my work need of the form. Only their own part of the program calls it, so it is in there with them.

use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::Form;
use crate::io::api::Api;
use crate::words::Words;

/// A part of the program that has words of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PartWords {
    /// My work.
    Work,
    /// The coordinator's pages.
    Coordinator,
    /// The pages of the team around the child.
    Team,
}

impl PartWords {
    /// As the build calls it (`xtask/assemble.mjs`).
    fn name(self) -> &'static str {
        match self {
            PartWords::Work => "work",
            PartWords::Coordinator => "coordinator",
            PartWords::Team => "team",
        }
    }
}

impl Form {
    /// The backend.
    pub(crate) fn api(self) -> Api {
        self.with_browser(|browser| browser.api.clone())
    }

    /// The words of a part of the program, which the loader fetches when they are asked for. `None` where that fails.
    pub(crate) async fn words_of(self, part: PartWords) -> Option<Words> {
        let fetch = self.with_browser(|browser| browser.part_words.clone())?;
        let name = JsValue::from_str(part.name());
        let fetched: Promise = fetch.call1(&JsValue::NULL, &name).ok()?.dyn_into().ok()?;
        let text: JsString = JsFuture::from(fetched).await.ok()?.dyn_into().ok()?;
        let words = Words::read(&String::from(text), self.standards().profile.front_door()).ok()?;
        Some(if self.is_on_device() { words } else { words.page_only() })
    }
}
