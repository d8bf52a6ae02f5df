//! Whether this page may keep anything on the device at all. An element in a portal keeps nothing unless the portal says so
//! (decision record 0063); then storage is not even looked at, because in some portals that alone throws.
//!
//! This is for what belongs to the window and not to one form: who is signed in. Records are each form's own (`local_draft`).

use std::cell::Cell;

thread_local! {
    static IS_ALLOWED: Cell<bool> = const { Cell::new(false) };
}

/// From now on the page may: one of its forms does.
pub(crate) fn allow() {
    IS_ALLOWED.set(true);
}

/// Whether it may.
pub(crate) fn is_allowed() -> bool {
    IS_ALLOWED.get()
}

/// Whether the browser has a database for this page. Where it keeps other sites' data away, asking for it throws.
pub(crate) fn has_database() -> bool {
    matches!(gloo_utils::window().indexed_db(), Ok(Some(_)))
}
