//! A record of the team that is open on a page: it is saved to the server as somebody types, at most once a second. What the
//! server does not have yet is kept on the device for its person. What becomes of a change is in `state::team::open_record`.

use std::sync::Arc;

use assessment_engine::code_lists::CodeLists;
use assessment_engine::validation::{Problem, Stage};
use assessment_form::Edit;
use assessment_team::{Context, RecordKind, TeamRecord, check, uses_budget};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::Work;
use super::kept_versions::KeptVersion;
use super::loaded::Loaded;
use super::people::Known;
pub(super) use super::stored::{At, get};
use super::stored::{Put, beside, next_number, put};
use crate::io::clock;
use crate::io::retry::Retry;
use crate::state::team::open_record::OpenRecord;
use crate::state::team::read::Read;
use crate::state::team::saving::{EVERY, Event, PATIENCE, Saving};
use crate::state::team::typed::UnsavedChanges;
use crate::state::work::Failure;

/// A record that is open. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) work: Work,
    pub(super) at: StoredValue<At>,
    record: RwSignal<OpenRecord>,
    saving: RwSignal<Saving>,
    /// Why the last save was not taken.
    pub(super) failure: RwSignal<Option<Failure>>,
    /// Versions that the server keeps beside the record and that nobody has decided about.
    pub(super) kept: RwSignal<Vec<KeptVersion>>,
    /// The problems that stop the record from being completed, once somebody has tried.
    problems: RwSignal<Vec<Problem>>,
    /// Why a completed record is corrected; blank until somebody says so.
    pub(super) reason: RwSignal<String>,
    /// Whether answers can be changed by this person here, apart from what waits for a decision.
    may_write: StoredValue<bool>,
    /// Whether it is finished, and changed with a reason only.
    pub(super) is_finished: StoredValue<bool>,
    /// The revision that was completed, where nothing has been saved since.
    completed: StoredValue<Option<u32>>,
    /// The number that somebody else had taken before this record could be saved under it.
    pub(super) taken: RwSignal<Option<u32>>,
    uses_budget: StoredValue<bool>,
    pub(super) is_locked: Memo<bool>,
    /// What this device keeps until the server has it, as JSON.
    on_device: RwSignal<String>,
    /// Under which name.
    name: StoredValue<String>,
    pub(super) lists: StoredValue<Arc<CodeLists>>,
    /// Whom and what it may name.
    pub(super) known: StoredValue<Known>,
    timers: StoredValue<Timers, LocalStorage>,
}

#[derive(Default)]
struct Timers {
    save: Option<Timeout>,
    patience: Option<Timeout>,
    retry: Retry,
}

impl Open {
    /// Opens a record as it was read.
    pub(super) fn begin(work: Work, at: At, loaded: &Loaded, lists: Arc<CodeLists>) -> Open {
        // Each opening has a name of its own: two windows, or a page before and after a lock, do not overwrite each other's.
        let name = [at.kept_under(), clock::random_id()].concat();
        let kept = RwSignal::new(loaded.kept.clone());
        let (may_write, is_finished) = (loaded.may_write(), loaded.is_finished());
        let uses_budget = uses_budget(&work.form.profile());
        let reason = RwSignal::new(String::new());
        let is_locked = Memo::new(move |_| {
            let needs_reason = is_finished && reason.with(|reason| reason.trim().is_empty());
            !may_write || needs_reason || kept.with(|kept| !kept.is_empty())
        });
        let open = Open {
            work,
            at: StoredValue::new(at),
            record: RwSignal::new(OpenRecord::open(loaded.seen.clone(), loaded.revision)),
            saving: RwSignal::default(),
            failure: RwSignal::new(None),
            kept,
            problems: RwSignal::default(),
            reason,
            may_write: StoredValue::new(may_write),
            is_finished: StoredValue::new(is_finished),
            completed: StoredValue::new(loaded.is_completed_as_it_is().then_some(loaded.revision)),
            taken: RwSignal::new(None),
            uses_budget: StoredValue::new(uses_budget),
            is_locked,
            on_device: work.field(&name),
            name: StoredValue::new(name),
            lists: StoredValue::new(lists),
            known: StoredValue::new(loaded.known.clone()),
            timers: StoredValue::new_local(Timers::default()),
        };
        // The last words go at once when the page is left.
        on_cleanup(move || open.save());
        open
    }

    /// Whether somebody of this name was in the team and has left it. What they promised stays theirs until somebody says
    /// otherwise.
    pub(super) fn has_left(self, name: &str) -> bool {
        self.known.with_value(|known| known.has_left(name))
    }

    /// A name, with that they have left.
    pub(super) fn name_said(self, name: &str) -> String {
        match self.has_left(name) {
            true => self.work.filled("team.has_left", &[("name", name)]),
            false => name.to_owned(),
        }
    }

    /// Something of the answers, tracked.
    pub(super) fn answers<T>(self, read: impl FnOnce(&TeamRecord) -> T) -> T {
        self.record.with(|record| read(record.answers()))
    }

    /// The same, untracked.
    pub(super) fn peek<T>(self, read: impl FnOnce(&TeamRecord) -> T) -> T {
        self.record.with_untracked(|record| read(record.answers()))
    }

    /// The newest revision that this window knows.
    pub(super) fn revision(self) -> u32 {
        self.record.with_untracked(OpenRecord::revision)
    }

    /// Whether it is complete as it is on the screen, tracked: nothing has been typed or saved since.
    pub(super) fn is_completed_as_it_is(self) -> bool {
        let completed = self.completed.get_value();
        self.record.with(|record| completed == Some(record.revision()) && !record.is_unsaved())
    }

    pub(super) fn saving(self) -> RwSignal<Saving> {
        self.saving
    }

    /// The problems that stop the record from being completed. One goes once it is put right.
    pub(super) fn problems(self) -> RwSignal<Vec<Problem>> {
        self.problems
    }

    /// What stops the record from being completed, as far as the browser can tell.
    pub(super) fn problems_now(self) -> Vec<Problem> {
        let lists = self.lists.get_value();
        let today = self.work.form.today();
        let context =
            Context { today, began: None, people: None, lists: &lists, uses_budget: self.uses_budget() };
        self.answers(|answers| check(answers, Stage::Submit, &context))
    }

    /// Whether the authority gives lead professionals money to spend on a plan.
    pub(super) fn uses_budget(self) -> bool {
        self.uses_budget.get_value()
    }

    pub(super) fn may_write(self) -> bool {
        self.may_write.get_value()
    }

    /// Makes changes, and saves them soon.
    pub(super) fn edit_all(self, edits: Vec<(String, Edit)>) {
        if self.is_locked.get_untracked() {
            return;
        }
        let mut is_changed = false;
        self.record.update(|record| {
            for (path, edit) in &edits {
                is_changed |= record.edit(path, edit, &clock::random_id());
            }
        });
        if !is_changed {
            return;
        }
        if !self.problems.with_untracked(Vec::is_empty) {
            let now = untrack(|| self.problems_now());
            self.problems.update(|shown| shown.retain(|one| now.contains(one)));
        }
        self.heard(Event::Typed(clock::time()));
        self.keep();
        self.timers.update_value(|timers| {
            if timers.save.is_none() {
                timers.save = Some(Timeout::new(EVERY, move || {
                    self.timers.try_update_value(|timers| timers.save = None);
                    self.save();
                }));
            }
        });
    }

    fn heard(self, event: Event) {
        let is_waiting = self.saving.try_update(|saving| saving.heard(event)).unwrap_or_default();
        if is_waiting {
            let waited = Timeout::new(PATIENCE, move || self.heard(Event::Waited));
            self.timers.try_update_value(|timers| timers.patience = Some(waited));
        }
    }

    /// Keeps on the device what the server does not have.
    fn keep(self) {
        let Some(typed) = self.record.try_with_untracked(OpenRecord::to_keep) else { return };
        let text = match typed.is_empty() {
            true => String::new(),
            false => {
                let number = self.taken.try_get_untracked().flatten().and(self.at.try_get_value());
                let kept =
                    UnsavedChanges { number: number.map(|at| at.number), reason: self.given_reason(), typed };
                serde_json::to_string(&kept).unwrap_or_default()
            }
        };
        if self.on_device.try_with_untracked(|before| *before != text) == Some(true) {
            self.on_device.set(text);
        }
    }

    /// Sends what the server does not have, unless something is on its way.
    pub(super) fn save(self) {
        let Some(Some(save)) = self.record.try_update(OpenRecord::next_save) else { return };
        let (Some(at), Some(name)) = (self.at.try_get_value(), self.name.try_get_value()) else { return };
        let typed = self.work.sending(&name);
        let reason = self.given_reason();
        let asking = self.work.asking(Some(&at.episode));
        let is_first = save.revision == 0;
        spawn_local(async move {
            match put(&asking, &at, save, reason, None).await {
                Ok(Put::Saved(read)) => {
                    typed.taken();
                    self.is_saved(*read);
                }
                Ok(Put::KeptBeside(id)) => match beside(&asking, &at).await {
                    Ok((read, kept)) => {
                        typed.taken();
                        self.is_kept(read, kept, &id);
                    }
                    Err(failure) => self.is_not_saved(failure),
                },
                Err(Failure::Changed) if is_first && at.kind != RecordKind::Plan => {
                    match next_number(&asking, &at).await {
                        Ok(number) => self.is_taken(at, number),
                        Err(failure) => self.is_not_saved(failure),
                    }
                }
                Err(failure) => self.is_not_saved(failure),
            }
        });
    }

    fn given_reason(self) -> Option<String> {
        self.reason.try_get_untracked().filter(|reason| !reason.trim().is_empty())
    }

    fn is_saved(self, read: Read) {
        self.failure.try_set(None);
        self.timers.try_update_value(|timers| timers.retry = Retry::default());
        let revision = read.summary.revision;
        self.record.try_update(|record| record.saved(read.seen(), revision));
        self.after(Event::Saved(clock::time()));
    }

    /// Somebody else was the first to begin a record of this number: this one is another.
    fn is_taken(self, at: At, number: u32) {
        let taken = at.number;
        self.record.try_update(OpenRecord::failed);
        self.at.try_set_value(At { number, ..at });
        if self.taken.try_set(Some(taken)).is_none() {
            self.work.form.announce(&self.moved());
        }
        self.keep();
        self.save();
    }

    /// That the record has another number than its page.
    pub(super) fn moved(self) -> String {
        let at = self.at.get_value();
        let taken = self.taken.get_untracked().unwrap_or_default().to_string();
        let values = [("taken", &*taken), ("number", &*at.number.to_string())];
        self.work.filled(&format!("team.{}.moved", at.kind.code()), &values)
    }

    fn is_kept(self, read: Read, mut kept: Vec<KeptVersion>, id: &str) {
        self.failure.try_set(None);
        let revision = read.summary.revision;
        self.record.try_update(|record| record.kept_beside(read.seen(), revision));
        self.after(Event::KeptBeside);
        // The one that was just typed is decided about first. What was typed since may go beside it, too.
        kept.sort_by_key(|one| one.id != id);
        let is_decided = kept.is_empty();
        if self.kept.try_set(kept).is_none() && !is_decided {
            self.work.form.focus(super::kept_versions::HEADING);
        }
    }

    /// Something is on the server. What was typed since goes next.
    fn after(self, event: Event) {
        self.keep();
        let is_more = self.record.try_with_untracked(OpenRecord::is_unsaved).unwrap_or_default();
        if is_more {
            self.heard(Event::SavedSome(clock::time()));
            self.timers.try_update_value(|timers| {
                let again = Timeout::new(EVERY, move || {
                    self.timers.try_update_value(|timers| timers.save = None);
                    self.save();
                });
                timers.save = Some(again);
            });
        } else {
            self.heard(event);
        }
    }

    fn is_not_saved(self, failure: Failure) {
        self.record.try_update(OpenRecord::failed);
        self.failure.try_set(Some(failure));
        self.heard(Event::Failed);
        if matches!(failure, Failure::Offline | Failure::Trouble | Failure::SignIn | Failure::Portal) {
            self.timers.try_update_value(|timers| timers.retry.later(move || self.save()));
        }
    }

    /// Whether everything is on the server, tracked.
    pub(super) fn is_all_saved(self) -> bool {
        !self.record.with(OpenRecord::is_unsaved)
    }

    /// Takes over a record that was settled.
    pub(super) fn settled(self, read: Read, left: Vec<KeptVersion>) {
        let revision = read.summary.revision;
        self.record.set(OpenRecord::open(read.seen(), revision));
        self.kept.set(left);
        self.heard(Event::Saved(clock::time()));
    }
}
