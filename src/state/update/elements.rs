//! The elements of the form: the next one that is asked, and those that were not discussed.

use assessment_form::{Answer, Edit};

use super::{Context, changed};
use crate::state::{Effect, Focus, FormState, Page, Record};

/// The element after `id` that is asked, or the list of elements.
pub(super) fn next_element(state: &FormState, id: &str, context: &Context<'_>) -> Page {
    let asked = state.record.as_ref().map(|record| asked_elements_of(record, context)).unwrap_or_default();
    let next = asked.iter().skip_while(|other| **other != id).nth(1);
    next.map_or(Page::Elements, |next| Page::Element((*next).to_owned()))
}

/// The elements that are asked about this child, in form order.
fn asked_elements_of(record: &Record, context: &Context<'_>) -> Vec<&'static str> {
    assessment_engine::sections::asked_elements(&record.answers, context.today, &context.standards.pack)
}

pub(super) fn mark_not_discussed(state: &mut FormState, context: &Context<'_>) -> Vec<Effect> {
    let can_change = state.can_change();
    let Some(record) = state.record.as_mut().filter(|_| can_change) else { return Vec::new() };
    for id in asked_elements_of(record, context) {
        let blank = record.answers.elements.get(id).is_some_and(|element| element.node().is_blank());
        if blank {
            let path = format!("elements.{id}.status");
            // The path is an element's own status, so it exists.
            let _ = record.answers.apply(&path, Edit::Text("not_discussed".to_owned()));
        }
    }
    let mut effects = changed(state);
    effects.extend([Effect::Announce("boxes.marked"), Effect::Move(Focus::Heading)]);
    effects
}
