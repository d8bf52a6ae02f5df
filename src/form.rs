//! A form on the page: its state in a signal, what is derived from it in memos, and a handle on both that every view
//! finds in Leptos' context.

use std::rc::Rc;
use std::sync::Arc;

use assessment_engine::answers::{Answers, Facts, Question, Scope};
use assessment_engine::contradictions::{Contradiction, contradictions};
use assessment_engine::disclosure::is_hidden_on_paper;
use assessment_engine::refer;
use assessment_engine::standards::Standards;
use assessment_engine::validation::Problem;
use assessment_form::Edit;
use assessment_rules::{Moment, Outcome};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use jiff::civil::{Date, DateTime};
use js_sys::Function;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::io::{
    api::Api, autosave::Autosave, clock, local_draft, retry::Retry, screen::Spot, write_lock::Channel,
};
use crate::state::{Event, Focus, FormState, Mode, Page};
use crate::words::Words;

mod effects;
mod evaluated;
mod files;
mod local_time;
mod outbox;
mod portal;
mod problems;
mod records;
mod settled;
mod setup;
pub(crate) mod watch;
pub(crate) mod work;

use evaluated::{Evaluated, Version, version};
use outbox::Outbox;
use records::Writing;
pub(crate) use settled::settled;
use setup::Portal;
pub(crate) use setup::{FormSetup, fields};

/// What belongs to the browser.
struct Browser {
    host: HtmlElement,
    api: Api,
    portal: Portal,
    /// Whether somebody has done anything in the form. Before that it takes no focus in a portal.
    is_used: bool,
    /// Locks the form and ends the session, where people sign in on this site.
    lock: Option<Rc<dyn Fn()>>,
    /// Fetches the words of a part that is loaded later, by its name.
    part_words: Option<Function>,
    autosave: Autosave,
    retry: Retry,
    writing: Writing,
    outbox: Outbox,
    /// Where somebody was when the screen was blanked.
    spot: Option<Spot>,
    /// Where the focus was to go meanwhile.
    missed: Option<Focus>,
    /// They end when the form does.
    _listeners: Vec<EventListener>,
    _told_of_loss: Option<Rc<dyn Fn()>>,
    _channel: Option<Channel>,
    _clock: Interval,
}

/// A handle on one form. Copies are the same form; once it is off the page, they do nothing.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    state: RwSignal<FormState>,
    /// Changes with every change of the answers, and with nothing else.
    answered: Memo<Version>,
    /// What the last event had evaluated, until it is asked for.
    evaluated: StoredValue<Option<Evaluated>>,
    /// The outcome of the answers so far; `None` when no record is open.
    pub(crate) outcome: Memo<Option<Arc<Outcome>>>,
    facts: Memo<Option<Facts>>,
    pub(crate) problems: Memo<Vec<Problem>>,
    /// Answers that do not fit together.
    pub(crate) contradictions: Memo<Vec<Contradiction>>,
    /// Whether the family can see the screen: whatever is the practitioner's own is then not drawn.
    pub(crate) with_family: Memo<bool>,
    /// Now to the minute, in the authority's time zone; `None` where the browser does not know the zone.
    pub(crate) now: RwSignal<Option<DateTime>>,
    /// The same with the instant; in the device's zone where the browser does not know the authority's.
    pub(crate) moment: Memo<Moment>,
    /// Whether the open record can only be read here and now.
    pub(crate) is_locked: Memo<bool>,
    /// Whether rules and numbers may be another authority's, because the backend's could not be read.
    pub(crate) are_rules_others: bool,
    standards: StoredValue<Arc<Standards>>,
    profile: StoredValue<Arc<str>>,
    words: StoredValue<Arc<Words>>,
    /// Not `Send`: it never leaves the page's one thread.
    browser: StoredValue<Option<Browser>, LocalStorage>,
}

/// The form that the current view belongs to.
pub(crate) fn use_form() -> Form {
    expect_context()
}

impl Form {
    /// A form for the page. It does nothing before [`Form::begin`].
    pub(crate) fn new(setup: FormSetup) -> Form {
        let is_device = setup.portal.drafts.is_device();
        let state = RwSignal::new(portal::first(is_device, setup.token.is_some()));
        let now = RwSignal::new(clock::now_in(&setup.standards.profile.time_zone));
        let standards = StoredValue::new(Arc::new(setup.standards));
        // The minute tells when midnight has passed: a record left open must not keep yesterday's ages and rules.
        // It is the day in the authority's zone, as the server counts it, whatever zone the device is in.
        let today = Memo::new(move |_| {
            now.track();
            clock::moment(&standards.read_value().profile.time_zone).local.date()
        });
        let are_rules_others = setup.are_rules_others;
        let answered = Memo::new(move |_| version(&state.read()));
        let known = StoredValue::new(None::<Evaluated>);
        let outcome = evaluated::outcome(state, answered, today, standards, known);
        let contradictions = Memo::new(move |_| {
            track(answered);
            let (Some(outcome), state) = (outcome.get(), state.read_untracked()) else { return Vec::new() };
            let record = state.record.as_ref();
            record.map(|record| contradictions(&record.answers, today.get(), &outcome)).unwrap_or_default()
        });
        let facts = Memo::new(move |_| {
            track(answered);
            let (state, today) = (state.read_untracked(), today.get());
            state.record.as_ref().map(|record| Facts::of(&record.answers, today))
        });
        let form = Form {
            state,
            answered,
            outcome: settled(outcome),
            evaluated: known,
            contradictions,
            with_family: settled(Memo::new(move |_| state.read().privacy.mode == Mode::WithFamily)),
            facts,
            now,
            moment: Memo::new(move |_| {
                now.track();
                clock::moment(&standards.read_value().profile.time_zone)
            }),
            problems: settled(Memo::new(move |_| state.read().problems.clone())),
            are_rules_others,
            is_locked: settled(Memo::new(move |_| !state.read().can_answer())),
            standards,
            profile: StoredValue::new(setup.profile.into()),
            words: StoredValue::new(Arc::new(setup.words)),
            browser: StoredValue::new_local(None),
        };
        form.browser.set_value(Some(Browser {
            api: Api::new(setup.api, setup.token),
            is_used: setup.portal.is_paged,
            lock: None,
            part_words: setup.part_words,
            autosave: Autosave::default(),
            retry: Retry::default(),
            writing: Writing::default(),
            outbox: Outbox::default(),
            spot: None,
            missed: None,
            _listeners: form.listeners(&setup.host, setup.portal.is_paged),
            _told_of_loss: is_device.then(|| local_draft::on_lost(move || form.dispatch(Event::StoreLost))),
            _channel: is_device.then(|| Channel::new(move |said| form.heard(&said))).flatten(),
            portal: setup.portal,
            host: setup.host,
            _clock: Interval::new(local_time::EVERY, move || form.look_at_clock()),
        }));
        form
    }

    /// Something of the state, tracked. Derive it in a memo where it does more than read a field.
    pub(crate) fn with<T>(self, read: impl FnOnce(&FormState) -> T) -> T {
        read(&self.state.read())
    }

    /// The same, untracked; a closed form where the form is off the page.
    pub(crate) fn peek<T>(self, read: impl FnOnce(&FormState) -> T) -> T {
        match self.state.try_read_untracked() {
            Some(state) => read(&state),
            None => read(&FormState::default()),
        }
    }

    /// The open record's answers, tracked; blank ones where no record is open.
    pub(crate) fn answers<T>(self, read: impl FnOnce(&Answers) -> T) -> T {
        self.track_answers();
        self.peek_answers(read)
    }

    /// The same, untracked.
    pub(crate) fn peek_answers<T>(self, read: impl FnOnce(&Answers) -> T) -> T {
        self.peek(|state| match &state.record {
            Some(record) => read(&record.answers),
            None => read(Answers::blank()),
        })
    }

    /// Runs the current effect or memo again whenever an answer changes.
    pub(crate) fn track_answers(self) {
        track(self.answered);
    }

    /// The text at a path.
    pub(crate) fn text_at(self, path: impl Into<String>) -> Memo<String> {
        let path = path.into();
        settled(Memo::new(move |_| self.answers(|answers| answers.text(&path).to_owned())))
    }

    /// Answers a question.
    pub(crate) fn answer(self, path: impl Into<String>, edit: Edit) {
        self.dispatch(Event::Answered(path.into(), edit));
    }

    /// Code lists, framework, rule pack and profile.
    pub(crate) fn standards(self) -> Arc<Standards> {
        self.standards.get_value()
    }

    /// The authority's profile as JSON: what parts that are loaded later read of it.
    pub(crate) fn profile(self) -> Arc<str> {
        self.profile.get_value()
    }

    /// The words.
    pub(crate) fn words(self) -> Arc<Words> {
        self.words.get_value()
    }

    /// One text.
    pub(crate) fn text(self, key: &str) -> String {
        self.words.try_with_value(|words| words.text(key).to_owned()).unwrap_or_default()
    }

    /// One text with placeholders.
    pub(crate) fn filled(self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.with_value(|words| words.fill(key, values))
    }

    /// A text that not every key has.
    pub(crate) fn maybe_text(self, key: &str) -> Option<String> {
        self.words.with_value(|words| words.get(key).map(str::to_owned))
    }

    /// Goes to another page.
    pub(crate) fn go(self, page: Page) {
        self.dispatch(Event::Went(page));
    }

    /// Goes to a question's page and focuses the question.
    pub(crate) fn change(self, path: &str) {
        match self.asked_here(path) {
            Some(here) => self.focus(here),
            None => self.change_at(path, path),
        }
    }

    /// The question of this page that answers what is asked at a path, where "Do I need to refer?" is open: it asks a few
    /// questions of other pages.
    pub(crate) fn asked_here(self, path: &str) -> Option<&str> {
        if self.peek(|state| state.page != Page::Refer) {
            return None;
        }
        let standards = self.standards();
        self.peek_answers(|answers| refer::asked_here(path, answers, self.today(), &standards.pack))
    }

    /// Goes to a question's page and focuses a part of the question.
    pub(crate) fn change_at(self, path: &str, id: &str) {
        let here = self.peek(|state| state.page.clone());
        let page = here.to_path(path);
        if here != page {
            self.go(page);
        }
        self.focus(id);
    }

    /// Focuses the element with this id, once the page is drawn.
    pub(crate) fn focus(self, id: &str) {
        self.focus_on(Focus::Id(id.to_owned()));
    }

    /// Whether an answer must not be on paper that the browser prints by itself.
    pub(crate) fn is_hidden_on_paper(self, path: &str) -> bool {
        self.answers(|answers| is_hidden_on_paper(answers, path))
    }

    /// Whether a question is asked.
    pub(crate) fn is_asked(self, path: &str, question: &'static Question) -> bool {
        question.asked.is_none() || self.scoped(path, |scope| question.is_asked(scope)).unwrap_or_default()
    }

    /// Whether a question offers one of its options.
    pub(crate) fn is_offered(self, path: &str, question: &'static Question, code: &str) -> bool {
        self.scoped(path, |scope| question.is_offered(scope, code)).unwrap_or_default()
    }

    /// Looks at the answers as conditions on questions do. `None` when no record is open.
    fn scoped<T>(self, path: &str, read: impl FnOnce(&Scope<'_>) -> T) -> Option<T> {
        let (outcome, facts) = (self.outcome.get()?, self.facts.get()?);
        self.answers(|answers| {
            let mut scope = Scope::of(answers, &facts, &outcome);
            scope.row = row_of(path);
            scope.element = path
                .strip_prefix("elements.")
                .and_then(|rest| answers.elements.get(rest.split('.').next().unwrap_or_default()));
            Some(read(&scope))
        })
    }

    /// Today, as the server counts it: the day in the authority's zone, whatever zone the device is in. Untracked.
    pub(crate) fn today(self) -> Date {
        self.moment.get_untracked().local.date()
    }

    /// The facts that follow from the answers.
    pub(crate) fn facts(self) -> Facts {
        self.facts.get().unwrap_or_else(|| Facts::of(Answers::blank(), self.today()))
    }
}

/// Tracks a memo. Its own `track` does not compute it, and a memo that was never computed follows nothing.
fn track<T: Send + Sync + 'static>(memo: Memo<T>) {
    drop(memo.read());
}

/// The row in a path such as `parents_and_carers[2].name`; 0 where there is none.
fn row_of(path: &str) -> usize {
    path.rsplit_once('[')
        .and_then(|(_, rest)| rest.split(']').next())
        .and_then(|row| row.parse().ok())
        .unwrap_or_default()
}
