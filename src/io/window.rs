//! What this window remembers for itself until it is closed: who can see the screen, and whether it is blank. Nothing of a
//! record. A browser that stores nothing begins with the family, which is the safe side.

use web_sys::Storage;

use crate::state::{Mode, Privacy};

const MODE: &str = "common-assessment-mode";
const BLANK: &str = "common-assessment-blank";

#[expect(
    clippy::disallowed_methods,
    reason = "it holds two words about the window, and nothing about a child"
)]
fn storage() -> Option<Storage> {
    gloo_utils::window().session_storage().ok().flatten()
}

/// What the window remembers.
pub(crate) fn privacy() -> Privacy {
    let is = |key: &str, value: &str| {
        storage().and_then(|storage| storage.get_item(key).ok().flatten()).is_some_and(|kept| kept == value)
    };
    let mode = if is(MODE, "on-own") { Mode::OnOwn } else { Mode::WithFamily };
    Privacy { mode, is_blank: is(BLANK, "yes") }
}

/// Remembers it.
pub(crate) fn keep_privacy(privacy: Privacy) {
    let Some(storage) = storage() else { return };
    let mode = if privacy.mode == Mode::OnOwn { "on-own" } else { "with-family" };
    let _ = storage.set_item(MODE, mode);
    let _ = storage.set_item(BLANK, if privacy.is_blank { "yes" } else { "no" });
}
