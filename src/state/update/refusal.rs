//! Writing down that the family says no. What is then sent is decided by `sending`.

use assessment_engine::answers::PersonAgreement;

use super::{Context, changed, go};
use crate::state::{Effect, FormState, Page};

/// The family says no, and somebody is to be written down as saying so. What people said before stays as it is.
pub(super) fn refusal_began(state: &mut FormState, context: &Context<'_>) -> Vec<Effect> {
    if let Some(record) = state.record.as_mut().filter(|record| record.is_open()) {
        let consent = &mut record.answers.consent;
        if !state.read_only && !consent.is_by_status() {
            consent.sought = "yes".to_owned();
            if consent.people.is_empty() {
                consent
                    .people
                    .push(PersonAgreement { says: "refuses".to_owned(), ..PersonAgreement::default() });
            }
            let mut effects = changed(state);
            effects.extend(go(state, Page::Refusal, context));
            return effects;
        }
    }
    go(state, Page::Refusal, context)
}
