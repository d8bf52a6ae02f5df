//! Reading files and standard input: limits, encodings, and JSON with its places. What is in a document is not looked at
//! here: see `record`.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use crate::exit::Wrong;
use crate::places::{Places, places, too_deep};
use crate::terminal::Terminal;

/// The longest record, in bytes.
pub const MOST_BYTES: usize = 1 << 20;
/// The longest file, in bytes: a list of many records, or a rule pack.
pub const MOST_FILE_BYTES: usize = 16 << 20;
/// How many brackets may stand open inside each other.
pub const DEEPEST: usize = 64;

/// A file's name as it is shown: without anything that could move a terminal's cursor.
#[must_use]
pub fn shown(name: &OsStr) -> String {
    if name == "-" { "standard input".to_owned() } else { without_controls(&name.to_string_lossy()) }
}

/// A text from outside on one line, without control characters.
#[must_use]
pub fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// The same, cut short where it is long: for names and titles.
#[must_use]
pub fn plain(text: &str) -> String {
    without_controls(text).chars().take(200).collect()
}

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read, is too long, or is not UTF-8.
pub fn text(terminal: &mut Terminal<'_>, name: &OsStr) -> Result<String, Wrong> {
    let file = shown(name);
    let cannot = |error: &io::Error| Wrong::new(&file, reason(error));
    let mut bytes = Vec::new();
    let limit = MOST_FILE_BYTES as u64 + 1;
    if name == "-" {
        terminal.input.take(limit).read_to_end(&mut bytes).map_err(|error| cannot(&error))?;
    } else {
        if Path::new(name).is_dir() {
            return Err(Wrong::new(&file, "this is a folder: name the files in it"));
        }
        let opened = File::open(name).map_err(|error| cannot(&error))?;
        opened.take(limit).read_to_end(&mut bytes).map_err(|error| cannot(&error))?;
    }
    if bytes.len() > MOST_FILE_BYTES {
        return Err(Wrong::new(&file, "this is longer than 16 MiB: split it into several files"));
    }
    decoded(&file, bytes)
}

fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file: check the name and the folder",
        io::ErrorKind::PermissionDenied => "this file may not be read: ask its owner for the right to",
        _ => "this file could not be read: try again, or copy it somewhere else first",
    }
}

/// Bytes as text.
///
/// # Errors
/// When they are not UTF-8, or begin with a mark.
pub fn decoded(file: &str, bytes: Vec<u8>) -> Result<String, Wrong> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Wrong::new(file, "this is UTF-16: save it as UTF-8"));
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        let message = "this begins with a byte order mark: save it as UTF-8 without one (\"UTF-8\", not \"UTF-8 with BOM\")";
        return Err(Wrong::new(file, message).at_line(1));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Wrong::new(file, "this is not UTF-8 here: save it as UTF-8").at_line(line)
    })
}

/// A JSON document with the lines of its parts.
#[derive(Debug)]
pub struct Json {
    /// The document.
    pub value: Value,
    /// Its lines.
    pub places: Places,
}

/// Parses a text.
///
/// # Errors
/// When it is no JSON, too deep, or gives a name twice.
pub fn json(file: &str, text: &str) -> Result<Json, Wrong> {
    if let Some(line) = too_deep(text, DEEPEST) {
        let message =
            "this is nested more than 64 deep, which no record and no rule pack is: check its brackets";
        return Err(Wrong::new(file, message).at_line(line));
    }
    let value = serde_json::from_str(text).map_err(|error| {
        let message = if text.trim().is_empty() {
            "this is empty: a JSON document is needed"
        } else if error.is_eof() {
            "this ends too early: a bracket, brace or quotation mark is not closed. Was the file cut off?"
        } else {
            "this is not JSON: look here and just before for a comma, a bracket or a quotation mark"
        };
        Wrong::new(file, message).at_line(error.line().max(1))
    })?;
    let places = places(text).map_err(|(path, line)| {
        let message = "this is there twice, and only one could be read: keep one of them";
        Wrong::new(file, message).at_line(line).at(&plain(&path))
    })?;
    Ok(Json { value, places })
}
