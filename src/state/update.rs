//! The one function that changes the state. Pure: no clock, no browser, no storage. What must happen outside is
//! returned as effects.

use std::cell::Cell;
use std::sync::Arc;

use assessment_engine::answers::URGENT_LOG;
use assessment_engine::contradictions::explain;
use assessment_engine::sections;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Stage, check};
use assessment_form::Edit;
use assessment_rules::{Moment, Outcome};
use jiff::civil::Date;

mod carried_on;
mod elements;
mod files;
mod once;
mod refusal;
mod rows;
mod saving;
mod sending;
mod urgent;
mod windows;

use carried_on::carried_on;
use elements::{mark_not_discussed, next_element};
use refusal::refusal_began;
use rows::{follow_rows, take_back_not_discussed};
pub(in crate::state) use saving::save_unsaved;
pub(in crate::state) use sending::send;
pub use sending::{NOBODYS, PORTAL_SIGN_IN, SIGN_IN, WAITING};
use sending::{delivered, others_sent, others_wait, submitted};

use super::derived::section_problems;
use super::{Effect, Event, Focus, FormState, Page, Record, SaveStatus, SavedRecords, Sent};
use super::{lock, own_page, privacy};

/// What an update may look at besides the state.
pub struct Context<'a> {
    /// Today's date, from outside.
    pub today: Date,
    /// Now.
    pub now: Moment,
    /// Code lists, framework, rule pack and profile.
    pub standards: &'a Standards,
    /// The outcome of the answers as the update leaves them, where it had to work it out.
    pub evaluated: Cell<Option<Arc<Outcome>>>,
}

impl<'a> Context<'a> {
    /// What is known now.
    #[must_use]
    pub fn new(now: Moment, standards: &'a Standards) -> Context<'a> {
        Context { today: now.local.date(), now, standards, evaluated: Cell::new(None) }
    }
}

/// Takes one event.
pub fn update(state: &mut FormState, event: Event, context: &Context<'_>) -> Vec<Effect> {
    let watched = urgent::watched(&event);
    let mut effects = take(state, event, context);
    if state.claim() {
        effects.extend(changed(state));
    }
    if let Some(because) = watched {
        effects.extend(urgent::watch(state, because.as_deref(), context));
    }
    effects
}

fn take(state: &mut FormState, event: Event, context: &Context<'_>) -> Vec<Effect> {
    if state.locked.is_some() && !lock::goes_on(&event) {
        return Vec::new();
    }
    match event {
        Event::SavedRecordsRead(records) => {
            let (mut records, others) = state.own(records);
            state.others = others;
            for record in &mut records {
                record.find_open_actions(context.today, context.standards);
            }
            let waits = records.iter().any(|record| record.waiting);
            state.saved_records = SavedRecords::Read(records);
            if waits { vec![Effect::SendWaiting] } else { Vec::new() }
        }
        Event::SavedRecordsUnreadable => {
            state.saved_records = SavedRecords::Unreadable;
            Vec::new()
        }
        Event::Started(id) => once::started(state, id, Page::Danger, context),
        Event::CheckBegan(id) => once::started(state, id, Page::Refer, context),
        Event::Chosen(id) => vec![Effect::Read(id, None)],
        Event::SiblingChosen(id) => vec![Effect::Read(id, Some(Page::Sibling))],
        Event::Opened { record, page, .. } if !state.is_own(record.owner.as_ref()) => {
            // A portal says a moment later who is there.
            state.awaited = state.person.is_none().then_some((record.id, page));
            vec![Effect::ReadSavedRecords]
        }
        Event::Opened { record, page, read_only } => {
            (state.read_only, state.copied) = (read_only, false);
            opened(state, *record, page, context)
        }
        Event::Awaited(id, page) => {
            state.awaited = Some((id, Some(page)));
            Vec::new()
        }
        Event::NotOpened(why) => files::not_opened(state, why, context),
        Event::FileTaken { text, id } => files::taken(state, text.as_deref(), id, context),
        Event::TakeOverAsked => match &state.record {
            Some(record) if state.read_only => {
                vec![Effect::TakeOver(record.id.clone(), state.page.clone())]
            }
            _ => Vec::new(),
        },
        Event::LostToOtherWindow(id) => windows::lost(state, &id),
        Event::Copied(id) => windows::copied(state, &id),
        Event::Answered(path, edit) => answered(state, &path, edit),
        Event::AnsweredTogether(edits, focus) => once::together(state, edits, focus),
        Event::RememberedRead(remembered) => once::remembered_read(state, remembered),
        Event::RememberAsked => once::remember(state, true),
        Event::ForgetAsked => once::forget(state),
        Event::SiblingStarted(id, child) => once::sibling(state, id, child, context),
        Event::CarriedChecked(section) => once::checked(state, &section),
        Event::Explained { matter, fingerprint, reason } => {
            let can_change = state.can_change();
            let Some(record) = state.record.as_mut().filter(|_| can_change) else { return Vec::new() };
            explain(&mut record.answers, matter, &fingerprint, reason);
            changed(state)
        }
        Event::ModeChosen(mode) => privacy::chosen(state, mode),
        Event::Blanked(is_blank) => privacy::blanked(state, is_blank),
        Event::PersonKnown(person) => lock::person_known(state, person),
        Event::Locked { is_portals } => lock::locked(state, is_portals),
        Event::LockedFor(person) => lock::locked_for(state, person),
        Event::NotUnlocked(why) => {
            lock::not_unlocked(state, why);
            Vec::new()
        }
        Event::TokenCame(came) => {
            state.no_token = !came;
            Vec::new()
        }
        Event::PrefillGiven(fields) => once::prefill_given(state, fields, context),
        Event::Went(page) => go(state, page, context),
        Event::Came(page) => {
            let effects = go(state, page, context);
            effects.into_iter().filter(|effect| !matches!(effect, Effect::Remember(_))).collect()
        }
        Event::Continued => continued(state, context),
        Event::MarkedNotDiscussed => mark_not_discussed(state, context),
        Event::Acknowledged { action, certainty, time } => {
            let Some(record) = state.record.as_mut().filter(|_| !state.read_only) else { return Vec::new() };
            record.acknowledged.insert(action, certainty, time);
            changed(state)
        }
        Event::LogBegan { action, certainty, what } => {
            urgent::begin_entry(state, action, certainty, what, context)
        }
        Event::GoneRead(time) => urgent::gone_read(state, &time),
        Event::TimePassed => day_began(state),
        Event::Disclosed(disclosure) => {
            let Some(record) = state.record.as_mut().filter(|_| !state.read_only) else { return Vec::new() };
            record.disclosures.push(disclosure);
            changed(state)
        }
        Event::Saved(id, revision, at) => saving::saved(state, &id, revision, at),
        Event::StoreLost => saving::store_again(state),
        Event::NotSaved(id) => saving::not_saved(state, &id),
        Event::Submitted(key) => {
            let mut effects = submitted(state, key, context);
            if !state.can_change() {
                effects.extend(once::remember(state, false));
            }
            effects
        }
        Event::CarriedOn(id) => carried_on(state, id, context),
        Event::OwnPageWanted => own_page::wanted(state),
        Event::OwnPageRead(person, page) => own_page::read(state, person.as_deref(), page),
        Event::OthersSent => others_sent(state),
        Event::OthersWait(why) => others_wait(state, why),
        Event::FollowsVersion(version) => sending::follows(state, version),
        Event::TakenBack => sending::taken_back(state, Focus::Heading),
        Event::Retried => {
            let mut effects = send(state);
            effects.push(Effect::SendWaiting);
            effects
        }
        Event::SentAsOwn => sending::sent_as_own(state),
        Event::RefusalBegan => refusal_began(state, context),
        Event::Delivered(key, delivery) => delivered(state, &key, delivery, context),
        Event::Deleted(id) => {
            if state.record.as_ref().is_some_and(|record| record.id == id) {
                state.record = None;
                state.save = SaveStatus::Nothing;
            }
            vec![
                Effect::Delete(id),
                Effect::ReadSavedRecords,
                Effect::Announce("drafts.deleted"),
                Effect::Move(Focus::Heading),
            ]
        }
    }
}

/// Another day: everything was worked out again, and that is said on the page from which it is sent.
fn day_began(state: &FormState) -> Vec<Effect> {
    let is_open = state.record.as_ref().is_some_and(Record::is_open);
    if is_open && state.page == Page::Check { vec![Effect::Announce("day.new")] } else { Vec::new() }
}

fn opened(state: &mut FormState, record: Record, page: Option<Page>, context: &Context<'_>) -> Vec<Effect> {
    let page = match &record.sent {
        // A brother's or sister's record can also begin from one that was sent.
        _ if page == Some(Page::Sibling) => Page::Sibling,
        Sent::No => page.unwrap_or_else(|| record.page.clone()),
        Sent::Waiting(_) => Page::Check,
        Sent::Received(_) => Page::Receipt,
    };
    let waits = matches!(record.sent, Sent::Waiting(_));
    let mut effects = save_unsaved(state);
    state.save = SaveStatus::Nothing;
    (state.not_sent, state.not_opened, state.awaited) = (None, None, None);
    state.sending = false;
    state.record = Some(record);
    state.opened += 1;
    forget_problems(state);
    effects.extend(go(state, if page.is_of_record() { page } else { Page::Tasks }, context));
    if waits {
        effects.push(Effect::RetryLater);
    }
    effects
}

fn go(state: &mut FormState, page: Page, context: &Context<'_>) -> Vec<Effect> {
    // Without a record there are only the pages that belong to none.
    let page = if state.record.is_none() && page.is_of_record() { Page::Start } else { page };
    let leaves = !page.is_of_record();
    if leaves && state.record.is_some() && state.save == SaveStatus::Failed {
        // Only this page has what was typed last: leaving the record would lose it.
        return vec![Effect::Remember(state.page.clone()), Effect::Announce("save.failed")];
    }
    if !state.problems_of_all || leaves {
        forget_problems(state);
    }
    drop_solved(state, context);
    (state.not_opened, state.awaited) = (None, None);
    state.page = page.clone();
    let mut effects = vec![Effect::Remember(page.clone()), Effect::Move(Focus::Heading)];
    if leaves {
        let unsaved = state.is_unsaved();
        let keep = |record: &Record| if state.read_only { unsaved } else { record.revision > 0 };
        if let Some(record) = state.record.take().filter(keep) {
            effects.push(Effect::Save(Box::new(record.written())));
        }
        state.save = SaveStatus::Nothing;
        effects.extend((page == Page::Start).then_some(Effect::ReadSavedRecords));
    } else if let Some(record) = &mut state.record
        && record.page != page
        // On opening the record again nobody wants to begin another one.
        && page != Page::Sibling
        && !state.read_only
    {
        record.page = page;
        if record.revision > 0 {
            effects.extend(changed(state));
        }
    }
    effects
}

fn forget_problems(state: &mut FormState) {
    state.problems.clear();
    state.problems_of_all = false;
}

/// What was found on sending is shown until it is put right. What only the server found stays until the next attempt.
fn drop_solved(state: &mut FormState, context: &Context<'_>) {
    if let Some(record) = state.record.as_ref().filter(|_| !state.problems.is_empty())
        && state.not_sent.is_none()
    {
        let found = check(&record.answers, Stage::Submit, context.today, context.standards);
        state.problems.retain(|problem| found.contains(problem));
    }
}

/// A change that must reach the disk.
fn changed(state: &mut FormState) -> Vec<Effect> {
    if let Some(record) = &mut state.record {
        record.revision += 1;
    }
    if state.save != SaveStatus::Failed {
        state.save = SaveStatus::Saving;
    }
    vec![Effect::SaveSoon]
}

fn answered(state: &mut FormState, path: &str, edit: Edit) -> Vec<Effect> {
    // Danger is never locked.
    let mut taken_back = Vec::new();
    if path == "danger_now" {
        taken_back = sending::taken_back(state, Focus::Id(path.to_owned()));
    }
    let can_change = state.can_change() || state.can_change_log(path, &edit);
    let Some(record) = state.record.as_mut().filter(|_| can_change) else { return Vec::new() };
    let mut focus = None;
    let rows = match &edit {
        Edit::AddRow => {
            let count = match record.answers.node(path) {
                Some(assessment_engine::answers::Node::Rows(rows)) => rows.len(),
                _ => 0,
            };
            focus = Some(format!("{path}[{count}]"));
            true
        }
        Edit::RemoveRow(row) => {
            focus = Some(match row.checked_sub(1) {
                Some(before) => format!("{path}[{before}]"),
                None => format!("{path}.add"),
            });
            true
        }
        Edit::Text(_) | Edit::List(_) | Edit::Date(_) => false,
    };
    let removed = if let Edit::RemoveRow(row) = &edit { Some(*row) } else { None };
    if record.answers.apply(path, edit).is_err() {
        return Vec::new();
    }
    take_back_not_discussed(&mut record.answers, path);
    let mut effects = changed(state);
    effects.extend(taken_back.into_iter().filter(|effect| matches!(effect, Effect::Announce(_))));
    if let Some(row) = removed {
        follow_rows(&mut state.problems, path, row);
    }
    if rows {
        effects.extend(focus.map(|id| Effect::Move(Focus::Id(id))));
    }
    effects
}

fn continued(state: &mut FormState, context: &Context<'_>) -> Vec<Effect> {
    let Some(record) = &state.record else { return Vec::new() };
    let (stem, next) = match &state.page {
        Page::Danger => ("danger_now".to_owned(), Page::Tasks),
        Page::Section(name) if name == URGENT_LOG => {
            let problems = check(&record.answers, Stage::Section, context.today, context.standards);
            if section_problems(&problems, name).is_empty() {
                let page = urgent::leave_log(state);
                return go(state, page, context);
            }
            (name.clone(), Page::Tasks)
        }
        Page::Section(name) => {
            let all = sections::sections();
            let next = all.iter().skip_while(|other| *other != name).nth(1);
            let page = next.map_or(Page::Check, |next| match *next {
                "elements" => Page::Elements,
                next => Page::Section(next.to_owned()),
            });
            (name.clone(), page)
        }
        Page::Elements => ("".to_owned(), Page::Section("conclusions".to_owned())),
        Page::Element(id) => (format!("elements.{id}"), next_element(state, id, context)),
        Page::Start
        | Page::Refer
        | Page::Tasks
        | Page::Check
        | Page::Receipt
        | Page::Outputs
        | Page::Refusal
        | Page::Sibling
        | Page::Work(_) => return Vec::new(),
    };
    let problems = check(&record.answers, Stage::Section, context.today, context.standards);
    let problems = section_problems(&problems, &stem);
    if problems.is_empty() {
        let remembered = if stem == "assessor" { once::remember(state, false) } else { Vec::new() };
        let mut effects = go(state, next, context);
        effects.extend(remembered);
        return effects;
    }
    if !state.problems_of_all {
        state.problems.clear();
    }
    drop_solved(state, context);
    let new = problems.into_iter().filter(|problem| !state.problems.contains(problem)).collect::<Vec<_>>();
    state.problems.extend(new);
    vec![Effect::Move(Focus::Summary)]
}

#[cfg(test)]
mod tests;
