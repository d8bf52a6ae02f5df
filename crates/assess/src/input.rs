//! Reading files and standard input: limits, encodings, and JSON with its lines. What a document says is for `record`
//! and `pack_file`.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use serde_json::Value;
use strict_json::{Limits, Reason as Refusal};

use crate::input_error::{InputError, Reason};
use crate::source::Source;
use crate::terminal::Terminal;

/// The longest record, in bytes.
pub(crate) const MAX_RECORD_BYTES: usize = 1 << 20;
/// The longest file, in bytes: a list of many records, or a rule pack.
pub(crate) const MAX_FILE_BYTES: usize = 16 << 20;
/// How deeply brackets may be nested.
pub(crate) const MAX_DEPTH: usize = 64;

/// A file's name as it is shown: without anything that could move a terminal's cursor.
pub(crate) fn shown_name(name: impl AsRef<OsStr>) -> String {
    let name = name.as_ref();
    if name == "-" { "standard input".to_owned() } else { one_line(&name.to_string_lossy()) }
}

/// Text from outside without control characters other than line breaks.
pub(crate) fn without_control_characters(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect()
}

/// Text from outside on one line.
pub(crate) fn one_line(text: &str) -> String {
    without_control_characters(text).replace('\n', "?")
}

/// The same, cut short where it is long: for names and titles.
pub(crate) fn short(text: &str) -> String {
    one_line(text).chars().take(200).collect()
}

/// Opens a file that is not standard input.
///
/// # Errors
/// When it is a folder, or cannot be opened.
pub(crate) fn open(name: &OsStr) -> Result<File, InputError> {
    let error = |reason| InputError::new(&shown_name(name), reason);
    if Path::new(name).is_dir() {
        return Err(error(Reason::Folder));
    }
    File::open(name).map_err(|cause| error(reason(&cause)))
}

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read, is too long, or is not UTF-8.
pub(crate) fn text(terminal: &mut Terminal<'_>, name: &OsStr) -> Result<String, InputError> {
    let file = shown_name(name);
    let limit = MAX_FILE_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = match name.to_str() {
        Some("-") => terminal.input.take(limit).read_to_end(&mut bytes),
        _ => open(name)?.take(limit).read_to_end(&mut bytes),
    };
    read.map_err(|cause| InputError::new(&file, reason(&cause)))?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(InputError::new(&file, Reason::FileTooLong));
    }
    decode(&file, bytes)
}

fn reason(cause: &io::Error) -> Reason {
    match cause.kind() {
        io::ErrorKind::NotFound => Reason::NotFound,
        io::ErrorKind::PermissionDenied => Reason::NotAllowed,
        _ => Reason::NotReadable,
    }
}

/// Bytes as text.
///
/// # Errors
/// When they are not UTF-8, or begin with a byte order mark.
pub(crate) fn decode(file: &str, bytes: Vec<u8>) -> Result<String, InputError> {
    let error = |reason| InputError::new(file, reason);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(error(Reason::Utf16));
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Err(error(Reason::ByteOrderMark).at_line(1));
    }
    String::from_utf8(bytes).map_err(|cause| {
        let valid = cause.as_bytes().get(..cause.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        error(Reason::NotUtf8).at_line(line)
    })
}

/// A JSON document and its text.
#[derive(Debug)]
pub(crate) struct Document {
    /// The document.
    pub(crate) value: Value,
    /// Its text, to find lines in.
    pub(crate) source: Source,
}

/// Parses text.
///
/// # Errors
/// When it is not JSON, too deep, or gives a name twice.
pub(crate) fn json(file: &str, text: &str) -> Result<Document, InputError> {
    // A text has no more values than bytes, so their number is not limited.
    let limits = Limits { bytes: MAX_FILE_BYTES, depth: MAX_DEPTH, values: MAX_FILE_BYTES };
    let value = strict_json::read(text.as_bytes(), &limits).map_err(|refused| {
        let (reason, path) = match refused.reason {
            _ if text.trim().is_empty() => (Reason::Empty, String::new()),
            Refusal::RepeatedName { path } => (Reason::NameTwice, short(&path)),
            Refusal::TooLarge | Refusal::TooMany => (Reason::FileTooLong, String::new()),
            Refusal::NotUtf8 => (Reason::NotUtf8, String::new()),
            Refusal::EndsEarly => (Reason::EndsEarly, String::new()),
            Refusal::NotJson => (Reason::NotJson, String::new()),
            Refusal::NumberTooLarge => (Reason::NumberTooLarge, String::new()),
            Refusal::TooDeep => (Reason::TooDeep, String::new()),
        };
        InputError::new(file, reason).at_line(refused.line).at(&path)
    })?;
    Ok(Document { value, source: Source::new(text) })
}
