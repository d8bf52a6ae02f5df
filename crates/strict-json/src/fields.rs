//! Reading data that people write (rule packs, code lists, profiles, wording) from JSON in closed formats: a field that
//! the reader does not ask for is refused. Every problem is collected with its place, such as
//! `indicators[4] (ES-102).raised[0].to`, so that an author fixes a file in one go.
//!
//! Not for answers, where reading is tolerant, nor for messages between programs, where the first error is enough.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::{Limits, Refused};

/// One thing that is wrong, for the person who edits the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataProblem {
    /// A line and column, or the way to the field.
    pub place: String,
    /// What is wrong and what to do. Never quotes what was written there.
    pub message: String,
}

impl fmt::Display for DataProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)
    }
}

impl From<Refused> for DataProblem {
    fn from(refused: Refused) -> DataProblem {
        let place = format!("line {}, column {}", refused.line, refused.column);
        DataProblem { place, message: refused.to_string() }
    }
}

/// Reads a document whose top is an object. What `read` makes counts only if nothing is wrong.
///
/// # Errors
/// Everything that is wrong, each with its place.
pub fn read_data<T>(text: &str, read: impl FnOnce(&Fields<'_>) -> T) -> Result<T, Vec<DataProblem>> {
    let value = crate::read(text.as_bytes(), &Limits::DEPTH_ONLY).map_err(|refused| vec![refused.into()])?;
    let (mut read, mut made, wrong) = (Some(read), None, RefCell::default());
    object(&value, String::new(), &wrong, &mut |fields| made = read.take().map(|read| read(fields)));
    let wrong = wrong.into_inner();
    made.filter(|_| wrong.is_empty()).ok_or(wrong)
}

/// A name from outside, made safe to repeat: letters, digits and a few marks, 60 at most.
fn shortened(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().take(60).map(|c| if plain(c) { c } else { '?' }).collect()
}

fn note(wrong: &RefCell<Vec<DataProblem>>, place: String, message: &str) {
    wrong.borrow_mut().push(DataProblem { place, message: message.to_owned() });
}

/// Reads one object and then names the fields that were not asked for.
fn object(
    value: &Value,
    place: String,
    wrong: &RefCell<Vec<DataProblem>>,
    read: &mut dyn FnMut(&Fields<'_>),
) {
    let Value::Object(map) = value else {
        let place = if place.is_empty() { "the whole text".to_owned() } else { place };
        note(wrong, place, "an object `{…}` is needed here");
        return;
    };
    let fields = Fields { map, place, wrong, asked: RefCell::default(), any: Cell::new(false) };
    read(&fields);
    if !fields.any.get() {
        for name in map.keys().filter(|name| !fields.asked.borrow().contains(&name.as_str())) {
            fields.wrong(name, "there is no such field: correct its name or take it out");
        }
    }
}

fn one_of(options: &[&str]) -> String {
    format!("must be one of {}", options.join(", "))
}

/// The fields of one object. Each method asks for one field, reports what is wrong with it, and then gives something
/// empty so that reading goes on.
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    place: String,
    wrong: &'a RefCell<Vec<DataProblem>>,
    /// The names that were asked for.
    asked: RefCell<Vec<&'a str>>,
    /// Any name is fine here.
    any: Cell<bool>,
}

impl<'a> Fields<'a> {
    /// Reports what is wrong with a field.
    pub fn wrong(&self, name: &str, message: &str) {
        note(self.wrong, self.place_of(name), message);
    }

    /// The place of a field, or of the object itself where `name` is empty.
    fn place_of(&self, name: &str) -> String {
        let name = shortened(name);
        let dot = if self.place.is_empty() || name.is_empty() { "" } else { "." };
        [&self.place, dot, &name].concat()
    }

    fn ask(&self, name: &'a str, needed: bool) -> Option<&'a Value> {
        self.asked.borrow_mut().push(name);
        let value = self.map.get(name);
        if needed && value.is_none() {
            self.wrong(name, "this field is missing");
        }
        value
    }

    /// A field where `null` says the same as leaving it out.
    fn ask_or_null(&self, name: &'a str) -> Option<&'a Value> {
        self.ask(name, false).filter(|value| **value != Value::Null)
    }

    fn as_text(&self, name: &str, value: &Value) -> Option<String> {
        let text = value.as_str();
        if text.is_none() {
            self.wrong(name, "text in quotation marks is needed here");
        }
        text.map(str::to_owned)
    }

    fn as_flag(&self, name: &str, value: Option<&Value>) -> bool {
        match value {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.wrong(name, "`true` or `false` is needed here");
                false
            }
        }
    }

    fn as_list(&self, name: &str, value: Option<&'a Value>) -> &'a [Value] {
        match value {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong(name, "a list `[…]` is needed here");
                &[]
            }
        }
    }

    fn as_texts(&self, name: &str, items: &[Value]) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => {
                    note(
                        self.wrong,
                        format!("{}[{index}]", self.place_of(name)),
                        "text in quotation marks is needed here",
                    );
                }
            }
        }
        texts
    }

    fn each(&self, name: &str, items: &[Value], read: &mut dyn FnMut(&Fields<'_>)) {
        for (index, item) in items.iter().enumerate() {
            object(item, self.place_in(name, index, item), self.wrong, read);
        }
    }

    fn place_in(&self, name: &str, index: usize, item: &Value) -> String {
        let mut place = format!("{}[{index}]", self.place_of(name));
        // In a long list, people find an id and not a number.
        if let Some(id) = item.get("id").and_then(Value::as_str) {
            for part in [" (", &shortened(id), ")"] {
                place.push_str(part);
            }
        }
        place
    }

    /// Text. It must be given but may be empty.
    #[must_use]
    pub fn text(&self, name: &'a str) -> String {
        self.ask(name, true).and_then(|value| self.as_text(name, value)).unwrap_or_default()
    }

    /// A text that may be left out or `null`.
    #[must_use]
    pub fn optional_text(&self, name: &'a str) -> Option<String> {
        self.ask_or_null(name).and_then(|value| self.as_text(name, value))
    }

    /// `true` or `false`.
    #[must_use]
    pub fn flag(&self, name: &'a str) -> bool {
        self.as_flag(name, self.ask(name, true))
    }

    /// `true` or `false`; left out, it is `false`.
    #[must_use]
    pub fn optional_flag(&self, name: &'a str) -> bool {
        self.as_flag(name, self.ask(name, false))
    }

    /// A whole number, not below zero, that may be left out or `null`.
    #[must_use]
    pub fn optional_number(&self, name: &'a str) -> Option<u32> {
        let value = self.ask_or_null(name)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.wrong(name, "a whole number is needed here, 0 or more");
        }
        number
    }

    /// The position in `options` of this field's text, which must be given if `needed`.
    #[must_use]
    pub fn choice(&self, name: &'a str, options: &[&str], needed: bool) -> Option<usize> {
        let value = if needed { self.ask(name, true) } else { self.ask_or_null(name) }?;
        let at = options.iter().position(|option| value.as_str() == Some(*option));
        if at.is_none() {
            note(self.wrong, self.place_of(name), &one_of(options));
        }
        at
    }

    /// A list of texts.
    #[must_use]
    pub fn texts(&self, name: &'a str) -> Vec<String> {
        self.as_texts(name, self.as_list(name, self.ask(name, true)))
    }

    /// A list of texts that may be left out or `null`.
    #[must_use]
    pub fn texts_if_there(&self, name: &'a str) -> Option<Vec<String>> {
        let value = self.ask_or_null(name)?;
        Some(self.as_texts(name, self.as_list(name, Some(value))))
    }

    /// A list of objects.
    pub fn list(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        self.each(name, self.as_list(name, self.ask(name, true)), read);
    }

    /// A list of objects; left out, it is empty.
    pub fn optional_list(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        self.each(name, self.as_list(name, self.ask(name, false)), read);
    }

    /// A list of objects that may be left out or `null`. Says whether it was given.
    pub fn list_if_there(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) -> bool {
        let value = self.ask_or_null(name);
        self.each(name, self.as_list(name, value), read);
        value.is_some()
    }

    /// A field that something else reads.
    pub fn skip(&self, name: &'a str) {
        self.asked.borrow_mut().push(name);
    }

    /// Accepts any other field of this object.
    pub fn ignore_rest(&self) {
        self.any.set(true);
    }

    /// An object inside this one.
    pub fn group(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        if let Some(value) = self.ask(name, true) {
            object(value, self.place_of(name), self.wrong, read);
        }
    }

    /// An object inside this one that may be left out or `null`.
    pub fn optional_group(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        if let Some(value) = self.ask_or_null(name) {
            object(value, self.place_of(name), self.wrong, read);
        }
    }

    /// The names of all fields, in alphabetical order, where any name is fine.
    #[must_use]
    pub fn names(&self) -> Vec<&'a str> {
        self.any.set(true);
        self.map.keys().map(String::as_str).collect()
    }

    /// The texts of all fields, by name, where any name is fine.
    #[must_use]
    pub fn every_text(&self) -> BTreeMap<String, String> {
        self.any.set(true);
        let mut texts = BTreeMap::new();
        for (name, value) in self.map {
            texts.insert(name.clone(), self.as_text(name, value).unwrap_or_default());
        }
        texts
    }
}
