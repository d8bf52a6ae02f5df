//! What is not opened because this release cannot read it, and records that come from a file. Reading and writing files is
//! `form::files`.

use super::{Context, Effect, FormState, Page, Record, changed, go, opened};
use crate::state::{NotOpened, Unreadable};

/// A stored record cannot be opened here. It stays as it is, and the list of records has it.
pub(super) fn not_opened(state: &mut FormState, why: Unreadable, context: &Context<'_>) -> Vec<Effect> {
    // Where what was typed last is nowhere else, its page stays.
    let effects = go(state, Page::Start, context);
    state.not_opened = Some(NotOpened::Stored(why.key()));
    effects
}

/// A file was chosen. What is in it becomes a record of its own here, and the file stays as it is.
pub(super) fn taken(
    state: &mut FormState,
    text: Option<&str>,
    id: String,
    context: &Context<'_>,
) -> Vec<Effect> {
    let record = match text.map_or(Err(Unreadable::Damaged), Record::from_json) {
        Ok(record) if state.is_own(record.owner.as_ref()) => record,
        refused => {
            state.not_opened = Some(NotOpened::File(match refused {
                Ok(_) => "file.other_person",
                Err(Unreadable::Newer) => "file.newer",
                Err(Unreadable::Damaged) => "file.damaged",
            }));
            return Vec::new();
        }
    };
    (state.read_only, state.copied) = (false, false);
    let mut effects = opened(state, record.taken_in(id), None, context);
    effects.extend(changed(state));
    effects
}
