//! What another window does to the record that is open here.

use super::save_unsaved;
use crate::state::{Effect, FormState};

/// The last words are saved first; the window that takes over reads after that.
pub(super) fn lost(state: &mut FormState, id: &str) -> Vec<Effect> {
    let is_open = state.record.as_ref().is_some_and(|record| record.id == id);
    if !is_open || state.read_only {
        return Vec::new();
    }
    let mut effects = save_unsaved(state);
    effects.push(Effect::Announce("tabs.read_only"));
    state.read_only = true;
    effects
}

/// The record was saved as a copy, because another window had changed it.
pub(super) fn copied(state: &mut FormState, id: &str) -> Vec<Effect> {
    let Some(record) = state.record.as_mut().filter(|record| record.id == id) else { return Vec::new() };
    record.become_copy();
    // The copy is this window's own.
    state.read_only = false;
    state.sending = false;
    state.copied = true;
    vec![Effect::Remember(state.page.clone()), Effect::Announce("tabs.copied")]
}
