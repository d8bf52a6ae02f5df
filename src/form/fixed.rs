//! What no form on the page changes: the lists and boxes, the rules and the profile, and the words.

use std::sync::OnceLock;

use assessment_engine::standards::Standards;

use crate::words::Words;

/// What does not change: read once for the page, and shared by all forms on it.
pub(super) struct Fixed {
    pub(super) standards: Standards,
    pub(super) words: Words,
}

/// The words, and the backend's rule pack and profile or those built in; read at the first form on the page. Rules of a form
/// that this program does not know are not used: the backend evaluates with them in any case, and tells where it differs.
pub(super) fn fixed(rules: Option<&(String, String)>) -> Option<&'static Fixed> {
    static FIXED: OnceLock<Option<Fixed>> = OnceLock::new();
    let given = || rules.and_then(|(pack, profile)| Standards::load(pack, profile).ok());
    let read = || {
        let standards = given().or_else(|| Standards::built_in().ok())?;
        let words = Words::built_in(standards.profile.front_door())?;
        Some(Fixed { standards, words })
    };
    FIXED.get_or_init(read).as_ref()
}
