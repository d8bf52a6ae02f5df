//! What no form on the page changes: the lists, boxes, rules and profile that are built in, and the words.

use std::sync::OnceLock;

use assessment_engine::standards::Standards;

use crate::words::Words;

/// What does not change: read once for the page, and shared by all forms on it.
pub(super) struct Fixed {
    pub(super) standards: Standards,
    pub(super) words: Words,
}

/// The data that is built in, read at the first form on the page.
pub(super) fn fixed() -> Option<&'static Fixed> {
    static FIXED: OnceLock<Option<Fixed>> = OnceLock::new();
    let read = || Some(Fixed { standards: Standards::ready()?, words: Words::built_in()? });
    FIXED.get_or_init(read).as_ref()
}
