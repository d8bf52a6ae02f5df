//! JSON lines in, JSON lines out, in the same order: each line a record. A line that cannot be read gives an error line with
//! its number, and the run goes on. Lines are read one at a time, so that input may be as long as it likes.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use serde_json::json;

use super::{Desk, Show, not_in_force, refusal};
use crate::exit::{Exit, Wrong};
use crate::record::{Record, records};
use crate::source::{MOST_BYTES, decoded, shown};
use crate::terminal::Terminal;

pub(super) fn run(name: &OsStr, desk: &Desk<'_>, terminal: &mut Terminal<'_>, show: Show) -> Exit {
    let file = shown(name);
    let mut opened = match opened(name) {
        Ok(opened) => opened,
        Err(message) => return terminal.complain(&[Wrong::new(&file, message)]),
    };
    let (mut exit, mut number, mut warned) = (Exit::Fine, 0, false);
    loop {
        let line = match &mut opened {
            Some(opened) => next_line(opened),
            None => next_line(&mut *terminal.input),
        };
        number += 1;
        let line = match line {
            Ok(Some(line)) => line,
            Ok(None) => return exit,
            Err(_) => {
                let wrong = Wrong::new(&file, "reading stopped here: the input broke off").at_line(number);
                return terminal.complain(&[wrong]);
            }
        };
        match line.and_then(|bytes| read(bytes, number, desk)) {
            Ok(record) => {
                let day = record.day(desk.asked.on, terminal.today);
                // Once is enough: a run may have a million lines.
                if let Some(note) = not_in_force(desk, day).filter(|_| !warned) {
                    terminal.tell(&format!("{file}:{number}: {note}"));
                    warned = true;
                }
                let shown = show(&record, day, desk);
                terminal.say(&shown.text);
                exit = exit.and(shown.exit);
            }
            Err(wrong) => {
                terminal.say(&error_line(number, &wrong));
                exit = Exit::Unreadable;
            }
        }
        terminal.flush();
        if terminal.is_alone() {
            // Nobody reads any more, and the rest was not done.
            return Exit::Unreadable;
        }
    }
}

/// The file; `None` for standard input.
fn opened(name: &OsStr) -> Result<Option<BufReader<File>>, &'static str> {
    if name == "-" {
        return Ok(None);
    }
    if Path::new(name).is_dir() {
        return Err("this is a folder: name the files in it");
    }
    match File::open(name) {
        Ok(file) => Ok(Some(BufReader::new(file))),
        Err(_) => Err("this file could not be opened: check its name and its rights"),
    }
}

/// A line's bytes, or why it is refused.
type Line = Result<Vec<u8>, Wrong>;

/// The next line without its end. Of a line that is too long no more is kept than the limit.
fn next_line(input: &mut dyn BufRead) -> std::io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let limit = MOST_BYTES as u64 + 2;
    if (&mut *input).take(limit).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let ended = bytes.last() == Some(&b'\n');
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    if bytes.len() <= MOST_BYTES {
        return Ok(Some(Ok(bytes)));
    }
    if !ended {
        skip_line(input)?;
    }
    let message = "this record is longer than 1 MiB, which no assessment is: look what is in it";
    Ok(Some(Err(Wrong::new("", message))))
}

fn skip_line(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let held = input.fill_buf()?;
        let (used, done) = match held.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (held.len(), held.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn read(bytes: Vec<u8>, number: usize, desk: &Desk<'_>) -> Result<Record, Wrong> {
    let text = decoded("", bytes)?;
    if text.trim_start().starts_with('[') {
        return Err(Wrong::new("", "each line must be one record `{…}`, not a list"));
    }
    let found = records(&format!("line {number}"), &text).map_err(first)?.into_iter().next();
    let record = found.ok_or_else(|| Wrong::new("", "there is no record in this line"))?;
    match refusal(&record, desk) {
        Some(wrong) => Err(first(wrong)),
        None => Ok(record),
    }
}

fn first(wrong: Vec<Wrong>) -> Wrong {
    let others = wrong.len().saturating_sub(1);
    let mut first = wrong.into_iter().next().unwrap_or_default();
    if others > 0 {
        first.message.push_str(&format!(" (and {others} more)"));
    }
    first
}

fn error_line(number: usize, wrong: &Wrong) -> String {
    json!({"error": {"line": number, "path": wrong.path, "message": wrong.message}}).to_string()
}
