//! Records as files hold them: the answers alone, or beside the day and a name, one to a file or in a list. Written
//! cases, vignettes, what the server stored and what the form sends are all read here.

use assessment_form::parse_day;
use std::ffi::OsStr;

use assessment_engine::answers::Answers;
use assessment_form::UnreadCode;
use jiff::civil::Date;
use serde_json::Value;

use crate::input::{Document, MAX_RECORD_BYTES, json, short, shown_name, text};
use crate::input_error::{InputError, Reason};
use crate::source::Source;
use crate::terminal::Terminal;

/// How many errors about one file are named; the rest are counted.
const MAX_ERRORS: usize = 50;

/// A record with what its file says beside the answers.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The file, as it is shown.
    pub(crate) file: String,
    /// Its id or title, if it has one, or its place in a list; empty for a record alone in a file.
    pub(crate) name: String,
    /// The day that it names.
    pub(crate) day: Option<Date>,
    /// The rule pack that it was written for, if it names one.
    pub(crate) pack: Option<String>,
    /// What it is a witness for.
    pub(crate) about: Vec<String>,
    /// The answers.
    pub(crate) answers: Answers,
    /// What was not understood.
    pub(crate) unread: Vec<Unread>,
    /// The path of the answers in the record.
    stem: &'static str,
    source: Source,
}

/// Something in a record that is not an answer.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    /// Its line, from 1.
    pub(crate) line: usize,
    /// Its path within the answers.
    pub(crate) path: String,
    /// Why it was not understood.
    pub(crate) code: UnreadCode,
}

impl Record {
    /// File and name, for the start of what is said about it.
    pub(crate) fn title(&self) -> String {
        if self.name.is_empty() { self.file.clone() } else { format!("{} ({})", self.file, self.name) }
    }

    /// The line of a question's path, or of the nearest part around it that exists.
    pub(crate) fn line(&self, path: &str) -> usize {
        self.source.line(&join(self.stem, path))
    }

    /// The day of its evaluation: the one asked for, its own, or today.
    pub(crate) fn day(&self, asked: Option<Date>, today: Date) -> Date {
        asked.or(self.day).unwrap_or(today)
    }

    /// Why nothing may be worked out for it: an error for everything that was not understood.
    pub(crate) fn refusals(&self) -> Vec<InputError> {
        let refusal = |unread: &Unread| {
            InputError::new(&self.file, Reason::Unread(unread.code)).at_line(unread.line).at(&unread.path)
        };
        self.unread.iter().map(refusal).collect()
    }
}

fn join(stem: &str, path: &str) -> String {
    let dot = if stem.is_empty() || path.is_empty() { "" } else { "." };
    [stem, dot, path].concat()
}

/// Reads every record of a file.
///
/// # Errors
/// Everything that is wrong with it. What is not an answer is no error here: see [`Record::unread`].
pub(crate) fn read(terminal: &mut Terminal<'_>, name: &OsStr) -> Result<Vec<Record>, Vec<InputError>> {
    parse(&shown_name(name), &text(terminal, name)?)
}

/// The records in `text`.
///
/// # Errors
/// See [`read`].
pub(crate) fn parse(file: &str, text: &str) -> Result<Vec<Record>, Vec<InputError>> {
    let is_list = text.trim_start().starts_with('[');
    if !is_list && text.len() > MAX_RECORD_BYTES {
        return Err(InputError::new(file, Reason::RecordTooLong).into());
    }
    let Document { value, source } = json(file, text)?;
    let (items, sources) = match value {
        Value::Array(items) => (items, source.items()),
        alone => (vec![alone], vec![source]),
    };
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    for (index, (item, source)) in items.iter().zip(sources).enumerate() {
        let place = if is_list { format!("[{index}]") } else { String::new() };
        let error = |path: &str, reason| {
            InputError::new(file, reason).at_line(source.line(path)).at(&join(&place, path))
        };
        if source.bytes() > MAX_RECORD_BYTES {
            errors.push(error("", Reason::RecordTooLong));
            continue;
        }
        match record(file, item, &place, &source) {
            Ok(record) => records.push(record),
            Err((path, reason)) => errors.push(error(path, reason)),
        }
    }
    if items.is_empty() {
        errors.push(InputError::new(file, Reason::EmptyList).at_line(1));
    }
    let more = errors.len().saturating_sub(MAX_ERRORS);
    if more > 0 {
        errors.truncate(MAX_ERRORS);
        errors.push(InputError::new(file, Reason::MoreRecords(more)));
    }
    if errors.is_empty() { Ok(records) } else { Err(errors) }
}

/// One record, which is at `place` in its file. An error has the path within the record.
fn record(file: &str, item: &Value, place: &str, source: &Source) -> Result<Record, (&'static str, Reason)> {
    let Some(fields) = item.as_object() else {
        return Err(("", Reason::NotAnObject));
    };
    if fields.contains_key("format") || fields.contains_key("indicators") && fields.contains_key("rules") {
        return Err(("", Reason::RulePackNotRecord));
    }
    if fields.contains_key("rule_pack") && fields.contains_key("terms") {
        return Err(("", Reason::ProfileNotRecord));
    }
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let wrapped = fields.contains_key("answers");
    let (given, stem) = match fields.get("answers") {
        Some(answers) => (answers, "answers"),
        None => (item, ""),
    };
    let mut day = None;
    for name in ["today", "on"].into_iter().filter(|name| wrapped && fields.contains_key(*name)) {
        day = Some(text(name).and_then(parse_day).ok_or((name, Reason::NotADay))?);
    }
    let stored_day = || item.pointer("/outcome/as_of").and_then(Value::as_str).and_then(parse_day);
    let reading = Answers::from_value(given).map_err(|_| ("answers", Reason::AnswersNotAnObject))?;
    let unread = reading.unread.into_iter().map(|unread| Unread {
        line: source.line(&join(stem, &unread.path)),
        path: unread.path,
        code: unread.code,
    });
    let name = ["id", "reference", "title"].iter().filter(|_| wrapped).find_map(|name| text(name));
    let about = fields.get("about").and_then(Value::as_array).into_iter().flatten();
    Ok(Record {
        file: file.to_owned(),
        name: name.map_or_else(|| place.to_owned(), short),
        day: day.or_else(stored_day),
        pack: text("pack").map(short),
        about: about.filter_map(Value::as_str).map(short).collect(),
        answers: reading.answers,
        unread: unread.collect(),
        source: source.clone(),
        stem,
    })
}
