//! Going on with a record of which only a refusal was sent.

use assessment_engine::agreement::{Sending, sending};
use assessment_engine::answers::Sharing;

use super::{Context, changed, forget_problems, go, save_unsaved};
use crate::state::{Effect, FormState, Page, Record, Sent};

/// What was sent stays as it was sent; the answers that stayed here go on in a record of their own.
pub(super) fn carried_on(state: &mut FormState, id: String, context: &Context<'_>) -> Vec<Effect> {
    let is_refusal = |record: &&Record| {
        matches!(record.sent, Sent::Received(_)) && sending(&record.answers) == Sending::RefusalOnly
    };
    let Some(sent) = state.record.as_ref().filter(is_refusal).filter(|_| !state.read_only) else {
        return Vec::new();
    };
    let mut record = Record::new(id);
    record.answers = sent.answers.clone();
    record.answers.sharing = Sharing::default();
    record.acknowledged = sent.acknowledged.clone();
    record.not_understood = sent.not_understood.clone();
    let mut effects = save_unsaved(state);
    state.record = Some(record);
    state.opened += 1;
    forget_problems(state);
    effects.extend(changed(state));
    effects.extend(go(state, Page::Tasks, context));
    effects
}
