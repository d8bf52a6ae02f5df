//! Sending a record: checked, fixed as bytes under a key, tried one attempt at a time, and what each reply means for it.
//! The network itself is in `form::records`.

use std::collections::BTreeMap;

use assessment_engine::agreement::{Sending, sending};
use assessment_engine::validation::{Stage, check};
use assessment_rules::evaluate;

use super::{Context, changed, go};
use crate::state::record::Waiting;
use crate::state::submission::submission;
use crate::state::{Delivery, Effect, Focus, FormState, NotSent, Page, Receipt, Record, SaveStatus, Sent};

/// Why a record waits where nobody is signed in: the wording key.
pub const SIGN_IN: &str = "submit.sign_in";
/// Why a record waits that was sent while nobody was signed in, now that somebody is: the wording key.
pub const NOBODYS: &str = "submit.nobodys";
/// Why a record waits where a portal signs its people in, and has to do so again: the wording key.
pub const PORTAL_SIGN_IN: &str = "submit.portal";
/// The id of the notice that says what became of sending.
pub const WAITING: &str = "waiting";

pub(super) fn submitted(state: &mut FormState, key: String, context: &Context<'_>) -> Vec<Effect> {
    let can_send = state.can_change() && !state.sending;
    let Some(record) = state.record.as_mut().filter(|_| can_send) else { return Vec::new() };
    state.problems = check(&record.answers, Stage::Submit, context.today, context.standards);
    state.problems_of_all = true;
    state.not_sent = None;
    if !state.problems.is_empty() {
        return vec![Effect::Move(Focus::Summary)];
    }
    let outcome = evaluate(&record.answers, context.today, &context.standards.pack);
    let body = submission(&record.answers, &outcome, record.episode.as_ref());
    let before = record.rejected.take().filter(|rejected| rejected.body == body);
    if record.owner.is_none() {
        record.owner.clone_from(&state.person);
    }
    record.sent = Sent::Waiting(before.unwrap_or(Waiting { key, body }));
    // The record of a refusal leaves the log here.
    let is_whole = sending(&record.answers) != Sending::RefusalOnly;
    record.log_sent = if is_whole { record.answers.urgent_log.len() } else { 0 };
    record.revision += 1;
    state.save = SaveStatus::Saving;
    let mut effects = send(state);
    effects.push(Effect::Announce("submit.sending"));
    // The button goes away, and what becomes of it is said at the top of the page.
    effects.push(Effect::Move(Focus::Id(WAITING.to_owned())));
    effects
}

/// Sends a record that waits, one attempt at a time.
pub(in crate::state) fn send(state: &mut FormState) -> Vec<Effect> {
    let may_send = !state.sending && !state.read_only && !state.waits_for_a_press();
    let Some(record) = state.record.as_mut().filter(|_| may_send) else { return Vec::new() };
    if matches!(record.sent, Sent::Waiting(_)) && record.owner.is_none() && state.person.is_some() {
        // The one who followed its link to sign in.
        record.owner.clone_from(&state.person);
        record.revision += 1;
        state.save = SaveStatus::Saving;
    }
    let Some(record) = &state.record else { return Vec::new() };
    let Sent::Waiting(Waiting { key, body }) = &record.sent else { return Vec::new() };
    // What is on disk as waiting is not written again: only what is new may turn out to be a copy.
    let write = state.is_unsaved().then(|| Box::new(record.written()));
    let effect =
        Effect::Send { record: write, key: key.clone(), body: body.clone(), owner: record.owner.clone() };
    state.sending = true;
    vec![effect]
}

/// Somebody says that what waits, and was sent while nobody was signed in, goes in their name. From then on it is theirs.
pub(super) fn sent_as_own(state: &mut FormState) -> Vec<Effect> {
    if state.waits_for_a_press() {
        state.followed = state.record.as_ref().map(|record| record.id.clone());
    }
    send(state)
}

pub(super) fn delivered(
    state: &mut FormState,
    key: &str,
    delivery: Delivery,
    context: &Context<'_>,
) -> Vec<Effect> {
    if is_taken_back(state, key) {
        return delivered_too_late(state, delivery, context);
    }
    // By now another record may be open. On disk this one still waits: the next attempt gives the same receipt.
    let waits = |record: &&mut Record| matches!(&record.sent, Sent::Waiting(waiting) if waiting.key == key);
    let Some(record) = state.record.as_mut().filter(waits) else { return Vec::new() };
    state.sending = false;
    if state.read_only {
        // The window that has the record now sends it under the same key and gets the same receipt.
        return Vec::new();
    }
    record.revision += 1;
    match delivery {
        Delivery::Received(receipt) => received(state, receipt, context),
        Delivery::Refused { problems, judged_on } => {
            record.sent = Sent::No;
            let save = Effect::Save(Box::new(record.written()));
            (state.problems, state.problems_of_all) = (problems, true);
            let other_day = judged_on.filter(|day| *day != context.today);
            state.not_sent = Some(NotSent::Refused { other_day });
            vec![save, Effect::Announce("submit.refused"), Effect::Move(Focus::Summary)]
        }
        Delivery::Rejected(rejection) => {
            if let Sent::Waiting(waiting) = std::mem::take(&mut record.sent) {
                record.rejected = (!rejection.is_key_spent).then_some(waiting);
            }
            let save = Effect::Save(Box::new(record.written()));
            state.not_sent = Some(NotSent::Rejected(rejection));
            vec![save, Effect::Announce("submit.rejected"), Effect::Move(Focus::Summary)]
        }
        Delivery::Waits(reason) => {
            state.not_sent = Some(NotSent::Waits(reason));
            vec![Effect::RetryLater, Effect::Announce(reason)]
        }
    }
}

/// Takes a record back that waits, so that it can be changed. What was sent may have arrived all the same: unchanged, it is
/// sent again under the same key.
pub(super) fn taken_back(state: &mut FormState, focus: Focus) -> Vec<Effect> {
    let can_take_back = state.can_take_back();
    let Some(record) = state.record.as_mut().filter(|_| can_take_back) else { return Vec::new() };
    if let Sent::Waiting(waiting) = std::mem::take(&mut record.sent) {
        record.rejected = Some(waiting);
    }
    record.log_sent = 0;
    record.revision += 1;
    state.not_sent = None;
    state.save = SaveStatus::Saving;
    vec![Effect::Save(Box::new(record.written())), Effect::Announce("submit.taken_back"), Effect::Move(focus)]
}

/// Lets a correction follow another version than the one that it started from. Sent under a key of its own: what was refused
/// was not stored.
pub(super) fn follows(state: &mut FormState, version: String) -> Vec<Effect> {
    let can_change = state.can_change();
    let link = state.record.as_mut().filter(|_| can_change).and_then(|record| record.episode.as_mut());
    let Some(link) = link else { return Vec::new() };
    link.started_from = version;
    state.not_sent = None;
    changed(state)
}

/// Whether the open record was taken back while it was on its way under this key.
fn is_taken_back(state: &FormState, key: &str) -> bool {
    let rejected =
        |record: &Record| record.is_open() && record.rejected.as_ref().is_some_and(|one| one.key == key);
    state.sending && state.record.as_ref().is_some_and(rejected)
}

/// The reply for a record that was taken back. One that had arrived, and was not changed since, is sent after all.
fn delivered_too_late(state: &mut FormState, delivery: Delivery, context: &Context<'_>) -> Vec<Effect> {
    state.sending = false;
    let Delivery::Received(receipt) = delivery else { return Vec::new() };
    let Some(record) = state.record.as_mut().filter(|_| !state.read_only) else { return Vec::new() };
    let outcome = evaluate(&record.answers, context.today, &context.standards.pack);
    let body = submission(&record.answers, &outcome, record.episode.as_ref());
    let is_unchanged = record.rejected.as_ref().is_some_and(|rejected| rejected.body == body);
    if !is_unchanged {
        return vec![Effect::Announce("submit.arrived")];
    }
    record.revision += 1;
    received(state, receipt, context)
}

fn received(state: &mut FormState, receipt: Box<Receipt>, context: &Context<'_>) -> Vec<Effect> {
    let Some(record) = state.record.as_mut() else { return Vec::new() };
    record.receive(receipt);
    let save = Effect::Save(Box::new(record.written()));
    let mut effects = vec![save, Effect::Tell("assessment-submitted")];
    effects.extend(go(state, Page::Receipt, context));
    effects
}

/// Records that are not open were tried, and these go on waiting.
pub(super) fn others_wait(state: &mut FormState, why: BTreeMap<String, &'static str>) -> Vec<Effect> {
    state.others_wait = why;
    Vec::new()
}

/// Records that are not open were sent: said without a name, for anybody may hear it.
pub(super) fn others_sent(state: &FormState) -> Vec<Effect> {
    let mut effects = vec![Effect::Announce("submit.others_sent"), Effect::Tell("assessment-submitted")];
    if state.page == Page::Start {
        effects.push(Effect::ReadSavedRecords);
    }
    effects
}
