//! Records as they lie in files: the answers alone, or beside the day and a name, one to a file or in a list. Written
//! cases, vignettes, what the server stored and what the form sends all come through here.

use assessment_form::parse_day;
use std::ffi::OsStr;
use std::rc::Rc;

use assessment_engine::answers::Answers;
use jiff::civil::Date;
use serde_json::Value;

use crate::exit::Wrong;
use crate::places::Places;
use crate::source::{MOST_BYTES, json, plain, shown, text};
use crate::terminal::Terminal;

/// So many complaints about one file are told; the rest are counted.
const MOST_COMPLAINTS: usize = 50;

/// A record with what stands beside its answers.
#[derive(Debug, Clone)]
pub struct Record {
    /// The file, as it is shown.
    pub file: String,
    /// Its id or title, where it has one, or its place in a list; empty for a record alone in a file.
    pub name: String,
    /// The day that it names.
    pub day: Option<Date>,
    /// The rule pack that it was written for, where it names one.
    pub pack: Option<String>,
    /// What it is a witness for.
    pub about: Vec<String>,
    /// The answers.
    pub answers: Answers,
    /// What in it is no answer.
    pub unread: Vec<Wrong>,
    stem: String,
    places: Rc<Places>,
}

impl Record {
    /// File and name, to stand before what is said about it.
    #[must_use]
    pub fn title(&self) -> String {
        if self.name.is_empty() { self.file.clone() } else { format!("{} ({})", self.file, self.name) }
    }

    /// The line of a question's path, or of the nearest part around it that is there.
    #[must_use]
    pub fn line(&self, path: &str) -> Option<usize> {
        self.places.line(&under(&self.stem, path))
    }

    /// The day of its evaluation: what was asked for, its own, or today.
    #[must_use]
    pub fn day(&self, asked: Option<Date>, today: Date) -> Date {
        asked.or(self.day).unwrap_or(today)
    }
}

fn under(stem: &str, path: &str) -> String {
    let dot = if stem.is_empty() || path.is_empty() { "" } else { "." };
    [stem, dot, path].concat()
}

/// Reads every record of a file.
///
/// # Errors
/// Everything that is wrong with it. What is no answer is not an error here: see [`Record::unread`].
pub fn read(terminal: &mut Terminal<'_>, name: &OsStr) -> Result<Vec<Record>, Vec<Wrong>> {
    let text = text(terminal, name).map_err(|wrong| vec![wrong])?;
    records(&shown(name), &text)
}

/// The records of a text.
///
/// # Errors
/// See [`read`].
pub fn records(file: &str, text: &str) -> Result<Vec<Record>, Vec<Wrong>> {
    let too_long = "this record is longer than 1 MiB, which no assessment is: look what is in it";
    let list = text.trim_start().starts_with('[');
    if !list && text.len() > MOST_BYTES {
        return Err(vec![Wrong::new(file, too_long)]);
    }
    let json = json(file, text).map_err(|wrong| vec![wrong])?;
    let places = Rc::new(json.places);
    let one = std::slice::from_ref(&json.value);
    let items = json.value.as_array().map_or(one, Vec::as_slice);
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (index, item) in items.iter().enumerate() {
        let stem = if list { format!("[{index}]") } else { String::new() };
        let fails = |message: &str| {
            let line = places.line(&stem).unwrap_or(1);
            Wrong::new(file, message).at_line(line).at(&stem)
        };
        if places.length(index) > MOST_BYTES {
            wrong.push(fails(too_long));
            continue;
        }
        match record(file, item, &stem, &places) {
            Ok(record) => found.push(record),
            Err((path, message)) => {
                let path = under(&stem, path);
                wrong.push(Wrong { line: places.line(&path), path, ..fails(message) });
            }
        }
    }
    if items.is_empty() {
        wrong.push(Wrong::new(file, "this list is empty: there is no record in it").at_line(1));
    }
    let more = wrong.len().saturating_sub(MOST_COMPLAINTS);
    if more > 0 {
        wrong.truncate(MOST_COMPLAINTS);
        wrong.push(Wrong::new(file, format!("{more} more records in it cannot be read")));
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

fn record(
    file: &str,
    item: &Value,
    outer: &str,
    places: &Rc<Places>,
) -> Result<Record, (&'static str, &'static str)> {
    let Some(fields) = item.as_object() else {
        return Err(("", "a record is a JSON object `{…}`, and this is none"));
    };
    if fields.contains_key("format") || fields.contains_key("indicators") && fields.contains_key("rules") {
        return Err(("", "this is a rule pack and not a record: use `assess pack check`"));
    }
    if fields.contains_key("rule_pack") && fields.contains_key("terms") {
        return Err(("", "this is an authority's profile and not a record: give it with --profile"));
    }
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let (given, stem) = match fields.get("answers") {
        Some(answers) => (answers, under(outer, "answers")),
        None => (item, outer.to_owned()),
    };
    let wrapped = fields.contains_key("answers");
    let mut day = None;
    for name in ["today", "on"].into_iter().filter(|name| wrapped && fields.contains_key(*name)) {
        let read = text(name).and_then(parse_day);
        day = Some(read.ok_or((name, "a day like 2026-11-23 is needed here"))?);
    }
    let stored = || item.pointer("/outcome/as_of").and_then(Value::as_str).and_then(parse_day);
    let reading =
        Answers::from_value(given).map_err(|_| ("answers", "the answers must be a JSON object `{…}`"))?;
    let unread = reading.unread.into_iter().map(|unread| {
        let path = under(&stem, &unread.path);
        Wrong { line: places.line(&path), ..Wrong::new(file, unread.code.as_str()).at(&unread.path) }
    });
    let name = ["id", "reference", "title"].iter().filter(|_| wrapped).find_map(|name| text(name));
    let about = fields.get("about").and_then(Value::as_array).into_iter().flatten();
    Ok(Record {
        file: file.to_owned(),
        name: name.map_or_else(|| outer.to_owned(), plain),
        day: day.or_else(stored),
        pack: text("pack").map(plain),
        about: about.filter_map(Value::as_str).map(plain).collect(),
        answers: reading.answers,
        unread: unread.collect(),
        places: Rc::clone(places),
        stem,
    })
}
