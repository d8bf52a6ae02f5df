//! What is not asked twice: several answers by one press, the practitioner's own details, and a record that begins from a
//! brother's or sister's.

use std::collections::BTreeMap;

use assessment_engine::prefill::{Prefilled, prefill};
use assessment_engine::sibling::{First, NewChild, begin, carried_sections, family_texts, link_back};
use assessment_form::{Edit, PartialDate};
use serde_json::{Map, Value};

use super::{Context, changed, forget_problems, go, save_unsaved};
use crate::state::{Carried, Effect, Focus, FormState, Page, Record, Remembered, SaveStatus, Sent};

/// One press answers several questions. All of it or nothing: half of a person would be somebody else.
pub(super) fn together(
    state: &mut FormState,
    edits: Vec<(String, Edit)>,
    focus: Option<String>,
) -> Vec<Effect> {
    let can_change = |(path, edit): &(String, Edit)| state.can_change() || state.can_change_log(path, edit);
    if edits.is_empty() || !edits.iter().all(can_change) {
        return Vec::new();
    }
    let Some(record) = &mut state.record else { return Vec::new() };
    let mut answers = record.answers.clone();
    for (path, edit) in edits {
        if answers.apply(&path, edit).is_err() {
            return Vec::new();
        }
    }
    record.answers = answers;
    let mut effects = changed(state);
    effects.extend(focus.map(|id| Effect::Move(Focus::Id(id))));
    effects
}

/// Remembers what this record says of its assessor, unless somebody said "forget". `asked` is whether somebody said
/// "remember".
pub(super) fn remember(state: &mut FormState, asked: bool) -> Vec<Effect> {
    let may = asked || matches!(state.remembered, Remembered::Nothing | Remembered::Details(_));
    let Some(record) = state.record.as_ref().filter(|_| may) else { return Vec::new() };
    match Remembered::of(&record.answers).filter(|new| *new != state.remembered) {
        None => Vec::new(),
        Some(new) => {
            let is_news = asked || state.remembered == Remembered::Nothing;
            state.remembered = new;
            vec![Effect::Remembered(state.remembered.clone(), is_news.then_some("own.remembered"))]
        }
    }
}

/// What this device remembers was read.
pub(super) fn remembered_read(state: &mut FormState, remembered: Remembered) -> Vec<Effect> {
    state.remembered = remembered;
    Vec::new()
}

/// "Forget my details."
pub(super) fn forget(state: &mut FormState) -> Vec<Effect> {
    state.remembered = Remembered::Off;
    vec![Effect::Remembered(Remembered::Off, Some("own.forgotten"))]
}

/// A record for a brother or sister of the child whose record is open.
pub(super) fn sibling(
    state: &mut FormState,
    id: String,
    child: NewChild,
    context: &Context<'_>,
) -> Vec<Effect> {
    if state.save == SaveStatus::Failed {
        // Only this page has what was typed last: leaving the record would lose it.
        return vec![Effect::Announce("save.failed")];
    }
    let can_change = state.can_change();
    let Some(first) = &mut state.record else { return Vec::new() };
    let reference = match &first.sent {
        Sent::Received(receipt) => Some(receipt.reference.as_str()),
        Sent::No | Sent::Waiting(_) => None,
    };
    let from = First { answers: &first.answers, record: &first.id, reference };
    let mut record = Record { begun: day(context), ..Record::new(id) };
    record.answers = begin(&from, child, &context.standards.lists);
    let sections = carried_sections(&record.answers).into_iter().map(str::to_owned).collect();
    let offered = family_texts(&first.answers, &context.standards.framework);
    record.carried = Some(Carried { from: first.name(), by_portal: false, sections, offered });
    // What was sent is not changed; the link from here to there is enough to find both.
    if can_change {
        let link = link_back(&first.answers, child, &record.id);
        first.answers.linked_records.push(link);
        let _ = changed(state);
    }
    let mut effects = save_unsaved(state);
    (state.read_only, state.copied, state.sending) = (false, false, false);
    state.not_sent = None;
    state.save = SaveStatus::Nothing;
    state.record = Some(record);
    state.opened += 1;
    forget_problems(state);
    effects.extend(changed(state));
    effects.extend(go(state, Page::Danger, context));
    effects
}

/// What was carried over into a section was looked at.
pub(super) fn checked(state: &mut FormState, section: &str) -> Vec<Effect> {
    let can_change = state.can_change();
    let Some(record) = state.record.as_mut().filter(|_| can_change) else { return Vec::new() };
    let Some(carried) = record.carried.as_mut().filter(|carried| carried.is_in(section)) else {
        return Vec::new();
    };
    carried.sections.retain(|other| other != section);
    if carried.sections.is_empty() && carried.offered.is_empty() {
        record.carried = None;
    }
    let mut effects = changed(state);
    effects.extend([Effect::Announce("carried.checked"), Effect::Move(Focus::Heading)]);
    effects
}

/// A new record.
pub(super) fn started(state: &mut FormState, id: String, page: Page, context: &Context<'_>) -> Vec<Effect> {
    state.record = Some(Record { begun: day(context), ..Record::new(id) });
    state.opened += 1;
    state.not_sent = None;
    state.save = SaveStatus::Nothing;
    (state.read_only, state.copied) = (false, false);
    forget_problems(state);
    let mut effects = filled(state, context);
    effects.extend(go(state, page, context));
    effects
}

/// What a portal knows of the child whose record is begun next. A record that has just begun and is blank takes it at once.
pub(super) fn prefill_given(
    state: &mut FormState,
    fields: Option<Map<String, Value>>,
    context: &Context<'_>,
) -> Vec<Effect> {
    let Some(fields) = fields else { return vec![Effect::PrefillRefused(Vec::new())] };
    state.prefill = fields;
    let is_blank = state.record.as_ref().is_some_and(|record| record.revision == 0);
    if is_blank && state.can_change() { filled(state, context) } else { Vec::new() }
}

/// Fills in what the portal knows, as something that is still to be checked.
fn filled(state: &mut FormState, context: &Context<'_>) -> Vec<Effect> {
    let fields = std::mem::take(&mut state.prefill);
    let Some(record) = state.record.as_mut().filter(|_| !fields.is_empty()) else { return Vec::new() };
    let Prefilled { answers, sections, refused } =
        prefill(&record.answers, &fields, context.today, context.standards);
    let refused = (!refused.is_empty()).then_some(Effect::PrefillRefused(refused));
    let mut effects: Vec<Effect> = refused.into_iter().chain([Effect::PrefillUsed]).collect();
    if !sections.is_empty() {
        record.answers = answers;
        let sections = sections.into_iter().map(str::to_owned).collect();
        record.carried =
            Some(Carried { from: String::new(), by_portal: true, sections, offered: BTreeMap::new() });
        effects.extend(changed(state));
    }
    effects
}

/// Today, as a record keeps it.
fn day(context: &Context<'_>) -> String {
    PartialDate::Day(context.today).to_string()
}
