//! What is on disk and what is not yet.

use super::lock;
use crate::state::{Effect, FormState, SaveStatus};

/// A revision of the record with this id is on disk.
pub(super) fn saved(state: &mut FormState, id: &str, revision: u64, at: String) -> Vec<Effect> {
    let Some(record) = state.record.as_ref().filter(|record| record.id == id) else { return Vec::new() };
    let recovered = state.save == SaveStatus::Failed;
    if record.revision <= revision {
        state.save = SaveStatus::Saved(at);
        lock::let_go(state);
    }
    if recovered { vec![Effect::Announce("save.recovered")] } else { Vec::new() }
}

/// The browser refused to store a revision of the record with this id.
pub(super) fn not_saved(state: &mut FormState, id: &str) -> Vec<Effect> {
    let is_open = state.record.as_ref().is_some_and(|record| record.id == id);
    let news = is_open && state.save != SaveStatus::Failed;
    if is_open {
        state.save = SaveStatus::Failed;
    }
    if news { vec![Effect::Announce("save.failed")] } else { Vec::new() }
}

/// Saves the open record at once, if the disk does not have all of it.
pub(in crate::state) fn save_unsaved(state: &FormState) -> Vec<Effect> {
    let unsaved = state.record.as_ref().filter(|_| state.is_unsaved());
    unsaved.map(|record| Effect::Save(Box::new(record.written()))).into_iter().collect()
}

/// Stores the open record again. Until that is done nobody says that it is saved.
pub(super) fn store_again(state: &mut FormState) -> Vec<Effect> {
    let Some(record) = state.record.as_ref().filter(|record| record.revision > 0 && !state.read_only) else {
        return Vec::new();
    };
    state.save = SaveStatus::Saving;
    vec![Effect::Save(Box::new(record.written()))]
}
