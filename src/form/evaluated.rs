//! The outcome of the answers. A change has it worked out once: `update` needs it to see which urgent actions came and
//! went, and what it found is taken over here.

use std::sync::Arc;

use assessment_engine::standards::Standards;
use assessment_rules::{Outcome, evaluate};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::state::FormState;

/// Tells one set of answers from another.
pub(super) type Version = (u32, Option<u64>);

pub(super) fn version(state: &FormState) -> Version {
    (state.opened, state.record.as_ref().map(|record| record.revision))
}

/// An outcome that is known already, and of which answers it is.
pub(super) struct Evaluated {
    pub(super) of: Version,
    pub(super) outcome: Arc<Outcome>,
}

/// The outcome of the answers as of a day; `None` when no record is open.
pub(super) fn outcome(
    state: RwSignal<FormState>,
    answered: Memo<Version>,
    today: Memo<Date>,
    standards: StoredValue<Arc<Standards>>,
    evaluated: StoredValue<Option<Evaluated>>,
) -> Memo<Option<Arc<Outcome>>> {
    Memo::new(move |_| {
        let (version, today) = (answered.get(), today.get());
        let state = state.read_untracked();
        let answers = &state.record.as_ref()?.answers;
        let known = evaluated.try_update_value(Option::take).flatten();
        match known.filter(|known| known.of == version && known.outcome.as_of == today) {
            Some(known) => Some(known.outcome),
            None => Some(Arc::new(evaluate(answers, today, &standards.read_value().pack))),
        }
    })
}
