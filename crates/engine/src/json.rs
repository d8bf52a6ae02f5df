//! Reading the engine's own data (rule packs, code lists, words of boxes, profiles, wording) from JSON. The formats are
//! closed: a field that nobody asked for is refused, and so is one that is given twice. Every problem is collected with
//! its place, such as `indicators[4] (ES-102).raised[0].to`.
//!
//! Written once over parsed JSON, without a derived reader for each struct: those were half of the engine's code, which
//! a home visit would have to download. Not for answers, where reading is tolerant: see `answers::read`.

use std::cell::{Cell, RefCell};
use std::fmt;

use crate::texts::Texts;

pub use value::{Json, NotJson, write_name, write_text};

mod packed;
mod value;

/// One thing that is wrong, for whoever edits the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// A line and column, or the way to the field.
    pub(crate) place: String,
    /// What is wrong and what to do. Never what was written there.
    pub(crate) message: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.place, ": ", &self.message] {
            out.write_str(part)?;
        }
        Ok(())
    }
}

/// Reads a document whose top is an object. What `read` makes counts only if nothing is wrong.
pub(crate) fn read<T>(text: &str, read: fn(&Fields<'_>) -> T) -> Result<T, Vec<Misfit>> {
    let mut made = None;
    let wrong = walk(text, &mut |fields| made = Some(read(fields)));
    made.filter(|_| wrong.is_empty()).ok_or(wrong)
}

/// Reads a document that the build has packed. `None` where it is not as the tests saw it: there is nobody to tell what
/// is wrong, so the words for it need not be downloaded.
pub(crate) fn read_packed<T>(packed: &str, read: fn(&Fields<'_>) -> T) -> Option<T> {
    made_of(&packed::unpack(packed)?, read)
}

/// The same for a document that is built in as JSON.
pub(crate) fn read_built_in<T>(text: &str, read: fn(&Fields<'_>) -> T) -> Option<T> {
    made_of(&Json::parse(text).ok()?, read)
}

fn made_of<T>(value: &Json, read: fn(&Fields<'_>) -> T) -> Option<T> {
    let (mut made, wrong) = (None, RefCell::default());
    object(value, String::new(), &wrong, &mut |fields| made = Some(read(fields)));
    made.filter(|_| wrong.into_inner().is_empty())
}

/// All problems on one line, for loaders that give one text.
pub(crate) fn in_one_line(wrong: &[Misfit]) -> String {
    wrong.iter().map(Misfit::to_string).collect::<Vec<_>>().join("; ")
}

fn walk(text: &str, read: &mut dyn FnMut(&Fields<'_>)) -> Vec<Misfit> {
    let value = match Json::parse(text) {
        Ok(value) => value,
        Err(error) => {
            let message = if error.ended {
                "the text ends too early: a bracket, brace or quotation mark is not closed"
            } else {
                "this is not JSON: look here and just before for a comma, a bracket or a quotation mark"
            };
            let place = line_and_column(error.line, error.column);
            return vec![Misfit { place, message: message.to_owned() }];
        }
    };
    if let Some(repeated) = repeated_name(text) {
        return vec![repeated];
    }
    let wrong = RefCell::default();
    object(&value, String::new(), &wrong, read);
    wrong.into_inner()
}

fn line_and_column(line: usize, column: usize) -> String {
    format!("line {line}, column {column}")
}

/// The first name that an object of valid JSON gives twice; the parser would silently keep the last.
fn repeated_name(text: &str) -> Option<Misfit> {
    let mut open: Vec<Vec<&str>> = Vec::new();
    let mut name = "";
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => open.push(Vec::new()),
            b'}' => drop(open.pop()),
            b'"' => {
                let end = loop {
                    match bytes.next()? {
                        (_, b'\\') => drop(bytes.next()),
                        (end, b'"') => break end,
                        _ => {}
                    }
                };
                name = text.get(at + 1..end)?;
            }
            // Outside a text, a colon follows a name and nothing else does.
            b':' => {
                let names = open.last_mut()?;
                let message = match names.binary_search(&name) {
                    Ok(_) => "the field before this is there twice: keep one of them",
                    // Two spellings of one name would pass for two names.
                    Err(_) if name.contains('\\') => "write the name before this without a backslash",
                    Err(place) => {
                        names.insert(place, name);
                        continue;
                    }
                };
                let before = text.get(..at)?;
                let line = before.split('\n').count();
                let column = before.rsplit('\n').next().map_or(0, str::len) + 1;
                return Some(Misfit { place: line_and_column(line, column), message: message.to_owned() });
            }
            _ => {}
        }
    }
    None
}

/// A name from outside, made safe to repeat: letters, digits and a few marks, 60 at most.
fn shortened(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().take(60).map(|c| if plain(c) { c } else { '?' }).collect()
}

/// Notes what is wrong; a program without `authoring` only counts, since nobody would read the words.
fn note(wrong: &RefCell<Vec<Misfit>>, place: &dyn Fn() -> String, message: &str) {
    wrong.borrow_mut().push(if cfg!(feature = "authoring") {
        Misfit { place: place(), message: message.to_owned() }
    } else {
        Misfit { place: String::new(), message: String::new() }
    });
}

/// Reads one object and then names the fields that were not asked for.
fn object(value: &Json, place: String, wrong: &RefCell<Vec<Misfit>>, read: &mut dyn FnMut(&Fields<'_>)) {
    let Json::Object(map) = value else {
        let place = if place.is_empty() { "the whole text".to_owned() } else { place };
        note(wrong, &|| place.clone(), "an object `{…}` is needed here");
        return;
    };
    let fields = Fields { map, place, wrong, asked: RefCell::default(), any: Cell::new(false) };
    read(&fields);
    if !fields.any.get() {
        for (name, _) in map.iter().filter(|(name, _)| !fields.asked.borrow().contains(&name.as_str())) {
            fields.wrong(name, "there is no such field: correct its name or take it out");
        }
    }
}

fn one_of(options: &[&str]) -> String {
    if cfg!(feature = "authoring") {
        ["must be one of ", &options.join(", ")].concat()
    } else {
        String::new()
    }
}

/// The fields of one object. Each method asks for one field, reports what is wrong with it, and then gives something
/// empty so that reading goes on.
pub(crate) struct Fields<'a> {
    map: &'a [(String, Json)],
    place: String,
    wrong: &'a RefCell<Vec<Misfit>>,
    /// The names that were asked for.
    asked: RefCell<Vec<&'a str>>,
    /// Any name is fine here.
    any: Cell<bool>,
}

impl<'a> Fields<'a> {
    /// Reports what is wrong with a field.
    pub(crate) fn wrong(&self, name: &str, message: &str) {
        note(self.wrong, &|| self.place_of(name), message);
    }

    /// The place of a field, or of the object itself where `name` is empty.
    fn place_of(&self, name: &str) -> String {
        if cfg!(not(feature = "authoring")) {
            return String::new();
        }
        let name = shortened(name);
        let dot = if self.place.is_empty() || name.is_empty() { "" } else { "." };
        [&self.place, dot, &name].concat()
    }

    fn ask(&self, name: &'a str, needed: bool) -> Option<&'a Json> {
        self.asked.borrow_mut().push(name);
        let value = value::field(self.map, name);
        if needed && value.is_none() {
            self.wrong(name, "this field is missing");
        }
        value
    }

    /// A field where `null` says the same as leaving it out.
    fn ask_or_null(&self, name: &'a str) -> Option<&'a Json> {
        self.ask(name, false).filter(|value| **value != Json::Null)
    }

    fn as_text(&self, name: &str, value: &Json) -> Option<String> {
        let text = value.as_text();
        if text.is_none() {
            self.wrong(name, "a text is needed here");
        }
        text.map(str::to_owned)
    }

    fn as_flag(&self, name: &str, value: Option<&Json>) -> bool {
        match value {
            None => false,
            Some(Json::Flag(flag)) => *flag,
            Some(_) => {
                self.wrong(name, "`true` or `false` is needed here");
                false
            }
        }
    }

    fn as_list(&self, name: &str, value: Option<&'a Json>) -> &'a [Json] {
        match value {
            None => &[],
            Some(Json::List(items)) => items,
            Some(_) => {
                self.wrong(name, "a list `[…]` is needed here");
                &[]
            }
        }
    }

    fn as_texts(&self, name: &str, items: &[Json]) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item.as_text() {
                Some(text) => texts.push(text.to_owned()),
                None => {
                    note(
                        self.wrong,
                        &|| format!("{}[{index}]", self.place_of(name)),
                        "a text is needed here",
                    );
                }
            }
        }
        texts
    }

    fn each(&self, name: &str, items: &[Json], read: &mut dyn FnMut(&Fields<'_>)) {
        for (index, item) in items.iter().enumerate() {
            let place =
                if cfg!(feature = "authoring") { self.place_in(name, index, item) } else { String::new() };
            object(item, place, self.wrong, read);
        }
    }

    fn place_in(&self, name: &str, index: usize, item: &Json) -> String {
        let mut place = format!("{}[{index}]", self.place_of(name));
        // In a long list, people find an id and not a number.
        if let Some(id) = item.get("id").and_then(Json::as_text) {
            for part in [" (", &shortened(id), ")"] {
                place.push_str(part);
            }
        }
        place
    }

    /// A text that must be there; it may be empty.
    pub(crate) fn text(&self, name: &'a str) -> String {
        self.ask(name, true).and_then(|value| self.as_text(name, value)).unwrap_or_default()
    }

    /// A text that may be left out or `null`.
    pub(crate) fn optional_text(&self, name: &'a str) -> Option<String> {
        self.ask_or_null(name).and_then(|value| self.as_text(name, value))
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, name: &'a str) -> bool {
        self.as_flag(name, self.ask(name, true))
    }

    /// `true` or `false`; left out, it is `false`.
    pub(crate) fn optional_flag(&self, name: &'a str) -> bool {
        self.as_flag(name, self.ask(name, false))
    }

    /// A whole number, not below zero, that may be left out or `null`.
    pub(crate) fn optional_number(&self, name: &'a str) -> Option<u32> {
        let value = self.ask_or_null(name)?;
        let number = value.as_whole().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.wrong(name, "a whole number is needed here, 0 or more");
        }
        number
    }

    /// The position in `options` of the text of this field, which must be there if `needed`.
    pub(crate) fn choice(&self, name: &'a str, options: &[&str], needed: bool) -> Option<usize> {
        let value = if needed { self.ask(name, true) } else { self.ask_or_null(name) }?;
        let at = options.iter().position(|option| value.as_text() == Some(*option));
        if at.is_none() {
            note(self.wrong, &|| self.place_of(name), &one_of(options));
        }
        at
    }

    /// A list of texts.
    pub(crate) fn texts(&self, name: &'a str) -> Vec<String> {
        self.as_texts(name, self.as_list(name, self.ask(name, true)))
    }

    /// A list of texts, where there is one.
    pub(crate) fn texts_if_there(&self, name: &'a str) -> Option<Vec<String>> {
        let value = self.ask_or_null(name)?;
        Some(self.as_texts(name, self.as_list(name, Some(value))))
    }

    /// A list of objects.
    pub(crate) fn list(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        self.each(name, self.as_list(name, self.ask(name, true)), read);
    }

    /// A list of objects; left out, it is empty.
    pub(crate) fn optional_list(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        self.each(name, self.as_list(name, self.ask(name, false)), read);
    }

    /// A list of objects, where there is one. Whether there was.
    pub(crate) fn list_if_there(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) -> bool {
        let value = self.ask_or_null(name);
        self.each(name, self.as_list(name, value), read);
        value.is_some()
    }

    /// What else is in this object is not looked at.
    pub(crate) fn ignore_rest(&self) {
        self.any.set(true);
    }

    /// An object inside this one.
    pub(crate) fn group(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        if let Some(value) = self.ask(name, true) {
            object(value, self.place_of(name), self.wrong, read);
        }
    }

    /// An object inside this one that may be left out or `null`.
    pub(crate) fn optional_group(&self, name: &'a str, read: &mut dyn FnMut(&Fields<'_>)) {
        if let Some(value) = self.ask_or_null(name) {
            object(value, self.place_of(name), self.wrong, read);
        }
    }

    /// The names that are there, in alphabetical order, where any name is fine.
    pub(crate) fn names(&self) -> Vec<&'a str> {
        self.any.set(true);
        self.map.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The texts of all fields, where any name is fine.
    pub(crate) fn every_text(&self) -> Texts {
        self.any.set(true);
        let mut texts = Texts::default();
        for (name, value) in self.map {
            texts.insert(name.clone(), self.as_text(name, value).unwrap_or_default());
        }
        texts
    }
}

#[cfg(test)]
mod tests;
