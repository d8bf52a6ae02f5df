//! What is typed into the fields of these pages, until it is used: nobody loses it to a lock, a sign-out or a reload. It is
//! the person's whose it is, and given to no one else at the same desk (decision record 0045).

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::form::Form;
use crate::io::local_draft::Drafts;
use crate::io::work_fields;
use crate::state::work::typed_fields::{Change, Changes, Fields, is_aside};

/// The fields of these pages. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct TypedFields(StoredValue<Rc<Inner>, LocalStorage>);

thread_local! {
    /// The fields of each form on the page, as long as pages of my work are open in it.
    static OPEN: RefCell<Vec<Rc<Inner>>> = const { RefCell::new(Vec::new()) };
}

/// What was in some fields when it was sent. It goes from them once the server has it, also where the pages were left or
/// locked meanwhile, and are perhaps open again.
pub(in crate::pages) struct Sending {
    inner: Option<Rc<Inner>>,
    texts: Fields,
}

struct Inner {
    /// Where they are kept.
    drafts: Drafts,
    /// Whose they are; `None` while nobody is known to be signed in, and what is typed is only in memory.
    person: RefCell<Option<String>>,
    fields: RefCell<BTreeMap<String, Field>>,
    /// What was sent, which is not given back: it may be read from the device at that moment.
    spent: RefCell<Fields>,
    /// Whether what is kept for them has been read. Nothing is written before.
    is_read: Cell<bool>,
    is_writing: Cell<bool>,
    is_changed: Cell<bool>,
    /// What other windows had in fields of this one, by the name under which it is kept.
    asides: ArcRwSignal<Fields>,
}

#[derive(Default)]
struct Field {
    text: ArcRwSignal<String>,
    /// What is in it before anybody types.
    first: String,
    /// What was in it when it was last used: kept no longer than these pages are open.
    used: Option<String>,
    /// What this window read or wrote of it last; blank for nothing. Another window may have written since.
    stored: String,
}

impl Field {
    fn is_untouched(&self) -> bool {
        self.text.with_untracked(|text| *text == self.first)
    }

    /// The text as it is; blank where it is what was there before anybody typed.
    fn to_keep(&self) -> String {
        if self.is_untouched() { String::new() } else { self.text.get_untracked() }
    }
}

impl TypedFields {
    /// Begins to keep fields, until the current owner ends.
    pub(super) fn begin(form: Form) -> TypedFields {
        let inner = Rc::new(Inner::kept_in(form.drafts().unwrap_or(Drafts::Device)));
        OPEN.with_borrow_mut(|open| open.push(Rc::clone(&inner)));
        let kept = TypedFields(StoredValue::new_local(inner));
        let person = Memo::new(move |_| form.with(|state| state.person.clone()));
        Effect::new(move |_| {
            if let Some(person) = person.get() {
                kept.belongs_to(person);
            }
        });
        on_cleanup(move || {
            // A form that is locked gives them back, and so does one whose page is loaded again.
            if !form.is_shut() {
                kept.drop_used();
            }
            if let Some(inner) = kept.inner() {
                OPEN.with_borrow_mut(|open| open.retain(|one| !Rc::ptr_eq(one, &inner)));
            }
        });
        kept
    }

    /// The text of a field by its name, which says of which record it is. `first` is in it before anybody types.
    pub(super) fn field(self, name: &str, first: &str) -> RwSignal<String> {
        let Some(inner) = self.inner() else { return RwSignal::new(first.to_owned()) };
        let text = inner.text(name.to_owned(), first);
        Effect::new({
            let text = text.clone();
            move |before: Option<()>| {
                text.track();
                if before.is_some() {
                    self.save();
                }
            }
        });
        text.into()
    }

    /// What is in a field was used: it is kept as long as these pages are open, and then no longer.
    pub(super) fn used(self, name: &str) {
        let Some(inner) = self.inner() else { return };
        if let Some(field) = inner.fields.borrow_mut().get_mut(name) {
            field.used = Some(field.text.get_untracked());
        }
    }

    /// Remembers what is in the fields with such names, which is about to be sent.
    pub(super) fn sending(self, which: impl Fn(&str) -> bool) -> Sending {
        let inner = self.inner();
        let texts = inner.as_ref().map(|inner| inner.typed(which)).unwrap_or_default();
        Sending { inner, texts }
    }

    /// What is kept under names that begin so, also by another opening of the page: here and on the device.
    pub(super) async fn under(self, stem: &str) -> Fields {
        let Some(inner) = self.inner() else { return Fields::new() };
        let person = inner.person.borrow().clone();
        let mut all = match person {
            Some(person) => work_fields::read(&inner.drafts, &person).await.unwrap_or_default(),
            None => Fields::new(),
        };
        all.retain(|name, text| name.starts_with(stem) && inner.spent.borrow().get(name) != Some(text));
        all.extend(inner.typed(|name| name.starts_with(stem)));
        all
    }

    /// These texts were sent.
    pub(super) fn spent(self, texts: Fields) -> Sending {
        Sending { inner: self.inner(), texts }
    }

    /// Empties the fields whose names begin so.
    pub(super) fn forget(self, stem: &str) {
        self.empty(|name, _| name.starts_with(stem));
    }

    /// What other windows of this person had in the same fields as this one.
    pub(super) fn asides(self) -> Fields {
        self.inner().map(|inner| inner.asides.get()).unwrap_or_default()
    }

    /// Somebody has seen what another window had, and keeps it no longer.
    pub(super) fn drop_aside(self, name: &str) {
        let Some(inner) = self.inner() else { return };
        let Some(before) = inner.asides.try_update(|asides| asides.remove(name)).flatten() else { return };
        let person = inner.person.borrow().clone();
        let changes = Changes::from([(name.to_owned(), Change { before, now: String::new() })]);
        if let Some(person) = person {
            spawn_local(async move {
                let _ = work_fields::keep(&inner.drafts, &person, &changes).await;
            });
        }
    }

    fn drop_used(self) {
        self.empty(|_, field| field.used.as_ref() == Some(&field.text.get_untracked()));
    }

    fn empty(self, which: impl Fn(&str, &Field) -> bool) {
        let Some(inner) = self.inner() else { return };
        let fields = inner.fields.borrow();
        let chosen = fields.iter().filter(|(name, field)| which(name, field)).map(|(_, field)| field);
        let chosen: Vec<_> = chosen.map(|field| (field.text.clone(), field.first.clone())).collect();
        drop(fields);
        for (text, first) in chosen {
            text.set(first);
        }
        self.save();
    }

    /// Gives somebody back what is kept for them. What is typed already stays.
    fn belongs_to(self, person: String) {
        let Some(inner) = self.inner().filter(|inner| inner.person.borrow().is_none()) else { return };
        inner.person.replace(Some(person));
        self.save();
    }

    fn save(self) {
        if let Some(inner) = self.inner() {
            inner.save();
        }
    }

    fn inner(self) -> Option<Rc<Inner>> {
        self.0.try_get_value()
    }
}

impl Sending {
    /// The server has it. Where somebody has typed on meanwhile, every word stays.
    pub(in crate::pages) fn taken(self) {
        let Sending { inner: Some(own), texts } = self else { return };
        let person = own.person.borrow().clone();
        let is_theirs =
            |one: &Rc<Inner>| Rc::ptr_eq(one, &own) || (person.is_some() && *one.person.borrow() == person);
        let open: Vec<_> =
            OPEN.with_borrow(|open| open.iter().filter(|one| is_theirs(one)).cloned().collect());
        own.spend(&texts);
        for inner in &open {
            inner.spend(&texts);
            inner.save();
        }
        if let (true, Some(person)) = (open.is_empty(), person) {
            spawn_local(async move {
                // Where somebody has typed on meanwhile, it is another text by now, and stays.
                let blank = |(name, before)| (name, Change { before, now: String::new() });
                let changes = texts.into_iter().map(blank).collect();
                let _ = work_fields::keep(&own.drafts, &person, &changes).await;
            });
        }
    }
}

impl Inner {
    fn kept_in(drafts: Drafts) -> Inner {
        Inner {
            drafts,
            person: RefCell::default(),
            fields: RefCell::default(),
            spent: RefCell::default(),
            is_read: Cell::default(),
            is_writing: Cell::default(),
            is_changed: Cell::default(),
            asides: ArcRwSignal::default(),
        }
    }

    /// What is typed into the fields with such names.
    fn typed(&self, which: impl Fn(&str) -> bool) -> Fields {
        let fields = self.fields.borrow();
        let typed = fields.iter().filter(|(name, field)| which(name) && !field.is_untouched());
        typed.map(|(name, field)| (name.clone(), field.text.get_untracked())).collect()
    }

    /// Empties the fields that have these texts still.
    fn spend(&self, sent: &Fields) {
        let mut fields = self.fields.borrow_mut();
        let mut spent = Vec::new();
        for (name, text) in sent {
            // One that is not drawn yet is kept no longer, either.
            let field = fields.entry(name.clone()).or_default();
            if field.text.with_untracked(|now| now == text) {
                spent.push((field.text.clone(), field.first.clone()));
            }
        }
        drop(fields);
        self.spent.borrow_mut().extend(sent.clone());
        for (text, first) in spent {
            text.set(first);
        }
    }

    /// Writes what has changed, one write at a time.
    fn save(self: &Rc<Self>) {
        self.is_changed.set(true);
        if self.is_writing.replace(true) {
            return;
        }
        let inner = Rc::clone(self);
        spawn_local(async move {
            while inner.is_changed.replace(false) {
                let person = inner.person.borrow().clone();
                if let Some(person) = person {
                    // What cannot be kept is in the field all the same, and is tried again with the next key.
                    let _ = inner.keep(&person).await;
                }
            }
            inner.is_writing.set(false);
        });
    }

    /// Reads what is kept, once, and writes what has changed since.
    async fn keep(&self, person: &str) -> Result<(), JsValue> {
        if !self.is_read.get() {
            // Where that fails it is tried again with the next window.
            let _ = work_fields::forget_old(&self.drafts, person).await;
            let all = work_fields::read(&self.drafts, person).await?;
            self.note_asides(&all);
            for (name, kept) in all.into_iter().filter(|(name, _)| !is_aside(name)) {
                self.give_back(name, kept);
            }
            self.is_read.set(true);
        }
        let changes = self.changes();
        if !changes.is_empty() {
            let all = work_fields::keep(&self.drafts, person, &changes).await?;
            self.note_asides(&all);
            self.written(changes);
        }
        Ok(())
    }

    /// What other windows had, where that is news.
    fn note_asides(&self, all: &Fields) {
        let asides = all.iter().filter(|(name, _)| is_aside(name));
        let asides: Fields = asides.map(|(name, text)| (name.clone(), text.clone())).collect();
        if self.asides.with_untracked(|known| *known != asides) {
            self.asides.set(asides);
        }
    }

    fn text(&self, name: String, first: &str) -> ArcRwSignal<String> {
        let mut fields = self.fields.borrow_mut();
        let field = fields.entry(name).or_default();
        // It may have been read from the device before its page was drawn.
        if field.is_untouched() {
            field.text.set(first.to_owned());
        }
        first.clone_into(&mut field.first);
        field.text.clone()
    }

    /// Puts in what was kept, unless something is typed already.
    fn give_back(&self, name: String, kept: String) {
        let is_spent = self.spent.borrow().get(&name) == Some(&kept);
        let mut fields = self.fields.borrow_mut();
        let field = fields.entry(name).or_default();
        let text = (!is_spent && field.is_untouched()).then(|| field.text.clone());
        field.stored.clone_from(&kept);
        drop(fields);
        if let Some(text) = text {
            text.set(kept);
        }
    }

    /// What differs from what this window read or wrote last. Nothing else is its to write: another window may have typed
    /// into the other fields since.
    fn changes(&self) -> Changes {
        let fields = self.fields.borrow();
        let changes = fields.iter().filter_map(|(name, field)| {
            let now = field.to_keep();
            let change = Change { before: field.stored.clone(), now };
            (change.now != change.before).then(|| (name.clone(), change))
        });
        changes.collect()
    }

    /// These were written.
    fn written(&self, changes: Changes) {
        let mut fields = self.fields.borrow_mut();
        for (name, Change { now, .. }) in changes {
            if let Some(field) = fields.get_mut(&name) {
                field.stored = now;
            }
        }
    }
}

#[cfg(test)]
mod tests;
