//! A form on the page: its state, what is derived from it, and the carrying out of effects.

use std::cell::RefCell;
use std::rc::Rc;

use assessment_engine::answers::Answers;
use assessment_engine::answers::Facts;
use assessment_engine::answers::{Question, Scope};
use assessment_engine::standards::Standards;
use assessment_form::Edit;
use assessment_rules::Outcome;
use leptos::prelude::{RwSignal, Track, Update, untrack};
use web_sys::HtmlElement;

use crate::dom::{El, button, p};
use crate::io::tabs::{Ask, Channel};
use crate::io::{api_client, autosave::Autosave, clock, focus, history, host, local_draft, spawn};
use crate::state::{Context, Effect, Event, Focus, FormState, Place, derive_outcome, update};
use crate::words::Words;

mod fixed;
mod places;
mod records;

use fixed::{Fixed, fixed};

/// What belongs to the browser.
struct Outside {
    host: HtmlElement,
    api: String,
    autosave: Autosave,
    retry: api_client::Retry,
    listeners: Vec<host::Listener>,
    channel: Option<Channel>,
    held: records::Held,
}

/// What a form is made of. Nothing here is borrowed while an event is taken: a view reads, and then says what happened.
struct Inside {
    fixed: &'static Fixed,
    state: RefCell<FormState>,
    /// The outcome of what was typed so far; `None` when no record is open.
    outcome: RefCell<Option<Rc<Outcome>>>,
    /// Rises when the state or the outcome changes. Two of them, because most words that are typed change no outcome.
    /// BTreeMap<String, String>, since parts of a page hold texts too: each further type of signal is more to download.
    state_changed: RwSignal<String>,
    outcome_changed: RwSignal<String>,
    /// `None` once the form has been taken off the page.
    outside: RefCell<Option<Outside>>,
}

thread_local! {
    /// The forms of this page. A form that has ended leaves its emptied place behind, some hundred bytes.
    static FORMS: RefCell<Vec<&'static Inside>> = const { RefCell::new(Vec::new()) };
}

/// A handle on the form: the number of its place in [`FORMS`], so that views can hold it wherever Leptos asks for what is fit
/// for threads. Copies are the same form.
#[derive(Clone, Copy)]
pub(crate) struct Form(usize);

impl Form {
    /// A form for the page; starts reading what is on this device. `rules` are the backend's, where they are not those built
    /// in. `None` if the data that is built in cannot be read.
    pub(crate) fn new(host: HtmlElement, api: &str, rules: Option<&(String, String)>) -> Option<Form> {
        let inside = Box::leak(Box::new(Inside {
            fixed: fixed(rules)?,
            state: RefCell::default(),
            outcome: RefCell::default(),
            state_changed: RwSignal::new(String::new()),
            outcome_changed: RwSignal::new(String::new()),
            outside: RefCell::new(Some(Outside {
                host,
                api: api.to_owned(),
                autosave: Autosave::default(),
                retry: api_client::Retry::default(),
                listeners: Vec::new(),
                channel: None,
                held: records::Held::default(),
            })),
        }));
        let form = FORMS.with_borrow_mut(|forms| {
            forms.push(inside);
            Form(forms.len() - 1)
        });
        form.listen();
        form.begin();
        Some(form)
    }

    #[inline(never)]
    fn inside(self) -> &'static Inside {
        match FORMS.with_borrow(|forms| forms.get(self.0).copied()) {
            Some(inside) => inside,
            None => unreachable!("a form's place is never taken away"),
        }
    }

    /// Looks at what belongs to the browser, or changes it; nothing happens once the form is off the page.
    fn outside<T: Default>(self, act: impl FnOnce(&mut Outside) -> T) -> T {
        self.inside().outside.borrow_mut().as_mut().map(act).unwrap_or_default()
    }

    /// Does something with the element. The host page may hear of it and take the form off the page at once, so nothing
    /// is borrowed meanwhile.
    fn host(self, act: impl FnOnce(&HtmlElement)) {
        if let Some(host) = self.outside(|outside| Some(outside.host.clone())) {
            act(&host);
        }
    }

    /// Reading what the browser remembers: the record of a page that was reloaded, else the list.
    fn begin(self) {
        match history::current() {
            Some((place, Some(id))) => self.run(Effect::Read(id, Some(place))),
            _ => self.run(Effect::ReadShelf),
        }
    }

    fn listen(self) {
        let leave = move || self.save_unsaved(true);
        let back = move |(place, id): (Place, Option<String>)| {
            let open = self.peek(|state| state.record.as_ref().map(|record| record.id.clone()));
            match id {
                Some(id) if open.as_ref() != Some(&id) => self.run(Effect::Read(id, Some(place))),
                _ => self.dispatch(Event::Came(place)),
            }
        };
        let online = move || self.dispatch(Event::Retried);
        let listeners = vec![
            host::on_leaving(leave),
            host::on_pagehide(leave),
            history::on_back(back),
            host::on_online(online),
        ];
        let channel = Channel::new(move |id| self.dispatch(Event::TakenOver(id)));
        self.outside(|outside| {
            outside.listeners = listeners;
            outside.channel = Some(channel);
        });
    }

    /// Whether the form has been taken off the page. What was under way then, a save or a request, ends later, and
    /// must find nothing to tell.
    fn is_gone(self) -> bool {
        self.inside().outside.borrow().is_none()
    }

    /// Ends the form, before it is taken off the page. The save of what is not on disk yet has begun when this returns.
    pub(crate) fn leave(self) {
        if self.is_gone() {
            return;
        }
        self.save_unsaved(true);
        self.let_go(None);
        let inside = self.inside();
        let outside = inside.outside.take();
        // What ends here may look at the form once more, so nothing may be borrowed now.
        drop(outside);
        inside.state.take();
        inside.outcome.take();
    }

    /// Takes an event and carries out what follows.
    pub(crate) fn dispatch(self, event: Event) {
        if self.is_gone() {
            return;
        }
        let inside = self.inside();
        let context = Context { today: clock::today(), standards: self.standards() };
        let effects = update(&mut inside.state.borrow_mut(), event, &context);
        let outcome = inside
            .state
            .borrow()
            .record
            .as_ref()
            .map(|record| Rc::new(derive_outcome(&record.answers, context.today, context.standards)));
        inside.state_changed.update(|_| ());
        if *inside.outcome.borrow() != outcome {
            inside.outcome.replace(outcome);
            inside.outcome_changed.update(|_| ());
        }
        for effect in effects {
            self.run(effect);
        }
        self.hold_or_let_go();
    }

    /// Shorthand for an answer.
    pub(crate) fn answer(self, path: &str, edit: Edit) {
        self.dispatch(Event::Answered(path.to_owned(), edit));
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::SaveSoon => {
                self.outside(|outside| outside.autosave.soon(move || self.save_unsaved(false)))
            }
            Effect::Save(record) => self.save(record),
            Effect::ReadShelf => spawn(async move {
                self.dispatch(match local_draft::shelf().await {
                    Ok(shelf) => Event::ShelfRead(shelf),
                    Err(_) => Event::ShelfFailed,
                });
            }),
            Effect::Read(id, place) => self.open(id, place, Ask::Politely),
            Effect::TakeOver(id, place) => self.open(id, Some(place), Ask::TakeOver),
            Effect::Delete(id) => spawn(async move {
                if local_draft::delete(&id).await.is_err() {
                    self.dispatch(Event::ShelfFailed);
                }
                self.run(Effect::ReadShelf);
            }),
            Effect::Remember(place) => {
                let id = self.peek(|state| state.record.as_ref().map(|record| record.id.clone()));
                history::remember(&place, id.as_deref());
            }
            Effect::Move(target) => self.host(|host| focus::later(host, target)),
            Effect::Send { record, key, body } => self.send(record, key, body),
            Effect::RetryLater => {
                self.outside(|outside| outside.retry.later(move || self.dispatch(Event::Retried)));
            }
            Effect::Announce(key) => {
                let text = self.text(key);
                self.host(|host| host::announce(host, text));
            }
            Effect::Tell(event) => self.host(|host| host::tell(host, event)),
        }
    }

    /// Reads the state and is told when it changes.
    pub(crate) fn with<T>(self, read: impl FnOnce(&FormState) -> T) -> T {
        let inside = self.inside();
        inside.state_changed.track();
        read(&inside.state.borrow())
    }

    /// Reads the state once.
    pub(crate) fn peek<T>(self, read: impl FnOnce(&FormState) -> T) -> T {
        read(&self.inside().state.borrow())
    }

    /// Whether the open record can be changed here and now, once.
    pub(crate) fn can_change(self) -> bool {
        self.peek(FormState::can_change)
    }

    /// Value of an attribute that is there while nothing can be changed.
    pub(crate) fn unchangeable(self) -> Option<&'static str> {
        (!self.can_change()).then_some("")
    }

    /// Reads the open record once; a blank one where none is open.
    pub(crate) fn peek_answers<T>(self, read: impl FnOnce(&Answers) -> T) -> T {
        self.peek(|state| match &state.record {
            Some(record) => read(&record.answers),
            None => read(Answers::blank()),
        })
    }

    /// The text at a path, told when it changes.
    pub(crate) fn text_at(self, path: &str) -> String {
        self.with(|state| {
            state.record.as_ref().map(|record| record.answers.text(path).to_owned()).unwrap_or_default()
        })
    }

    /// The lists, boxes, rules and profile.
    pub(crate) fn standards(self) -> &'static Standards {
        &self.inside().fixed.standards
    }

    /// The words.
    pub(crate) fn words(self) -> &'static Words {
        &self.inside().fixed.words
    }

    /// The outcome, told when it changes. `None` when no record is open.
    pub(crate) fn outcome(self) -> Option<Rc<Outcome>> {
        self.inside().outcome_changed.track();
        self.peek_outcome()
    }

    /// The outcome, once.
    pub(crate) fn peek_outcome(self) -> Option<Rc<Outcome>> {
        self.inside().outcome.borrow().clone()
    }

    /// A text that may not be there.
    pub(crate) fn maybe_text(self, key: &str) -> Option<&'static str> {
        self.words().get(key)
    }

    /// An element with a class and one text.
    #[inline(never)]
    pub(crate) fn say(self, tag: &str, class: &str, key: &str) -> El {
        p(tag, class, self.text(key))
    }

    /// A button with one text.
    pub(crate) fn button(self, class: &str, key: &str, press: impl Fn() + 'static) -> El {
        button(class, self.text(key), press)
    }

    /// One text.
    #[inline(never)]
    pub(crate) fn text(self, key: &str) -> &'static str {
        self.words().text(key)
    }

    /// One text with placeholders.
    pub(crate) fn filled(self, key: &str, values: &[(&str, &str)]) -> String {
        self.words().fill(key, values)
    }

    /// Goes to a question's page and focuses the question.
    pub(crate) fn change(self, path: &str) {
        let place = Place::of_path(path);
        if self.peek(|state| state.place != place) {
            self.dispatch(Event::Went(place));
        }
        self.focus(path);
    }

    /// Focuses the element with this id, once the page is drawn.
    pub(crate) fn focus(self, id: &str) {
        self.focus_on(Focus::Id(id.to_owned()));
    }

    /// The same for what has no id.
    pub(crate) fn focus_on(self, target: Focus) {
        self.run(Effect::Move(target));
    }

    /// Tells the host page what the page is called.
    pub(crate) fn tell_title(self, title: &str) {
        self.host(|host| host::tell_title(host, title));
    }

    /// Opens the browser's print window.
    pub(crate) fn print(self) {
        host::print();
    }

    /// A moment that the server gave, in the device's time.
    pub(crate) fn moment(self, rfc3339: &str) -> String {
        clock::in_words(rfc3339)
    }

    /// Looks at the record as conditions on questions do. `None` when no record is open.
    pub(crate) fn scoped<T>(self, path: &str, read: impl FnOnce(&Scope<'_>) -> T) -> Option<T> {
        let outcome = self.outcome()?;
        self.peek(|state| {
            let answers = &state.record.as_ref()?.answers;
            let facts = Facts::of(answers, clock::today());
            let mut scope = Scope::of(answers, &facts, &outcome);
            scope.row = row_of(path);
            scope.element = path
                .strip_prefix("elements.")
                .and_then(|rest| answers.elements.get(rest.split('.').next().unwrap_or_default()));
            Some(read(&scope))
        })
    }

    /// Whether a question is asked, told when that changes.
    pub(crate) fn is_asked(self, path: &str, question: &'static Question) -> bool {
        // The outcome does not change with every answer, so the state is watched as well.
        self.inside().state_changed.track();
        question.asked.is_none() || self.scoped(path, |scope| question.is_asked(scope)).unwrap_or_default()
    }

    /// Whether a question is asked, once.
    pub(crate) fn is_asked_now(self, path: &str, question: &'static Question) -> bool {
        untrack(|| self.is_asked(path, question))
    }
}

/// The row in a path such as `parents_and_carers[2].name`; 0 where there is none.
fn row_of(path: &str) -> usize {
    path.rsplit_once('[')
        .and_then(|(_, rest)| rest.split(']').next())
        .and_then(|row| row.parse().ok())
        .unwrap_or_default()
}
