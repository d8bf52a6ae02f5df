//! JSON lines in, JSON lines out, in the same order: each line is a record. A line that cannot be read gives an error line
//! with its number, and the run goes on. Lines are read one at a time, so input may be of any length.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read as _};

use serde_json::json;

use super::{Context, Outcome};
use crate::exit::Exit;
use crate::input::{MAX_RECORD_BYTES, decode, open, shown_name};
use crate::input_error::{InputError, Reason};
use crate::record::{self, Record};
use crate::terminal::Terminal;

pub(super) fn run(name: &OsStr, context: &Context<'_>, terminal: &mut Terminal<'_>) -> Outcome {
    let file = shown_name(name);
    let mut opened = if name == "-" { None } else { Some(BufReader::new(open(name)?)) };
    let (mut exit, mut warned) = (Exit::Success, false);
    for number in 1.. {
        let line = match &mut opened {
            Some(opened) => next_line(opened),
            None => next_line(&mut *terminal.input),
        };
        let broke_off = |_| InputError::new(&file, Reason::BrokeOff).at_line(number);
        let Some(line) = line.map_err(broke_off)? else { break };
        match line.and_then(|bytes| record(bytes, number, context)) {
            Ok(record) => {
                let day = record.day(context.options.on, terminal.today);
                // Once is enough: a run may have a million lines.
                if let Some(note) = context.not_in_force(day).filter(|_| !warned) {
                    terminal.note(&format!("{file}:{number}: {note}"));
                    warned = true;
                }
                let report = context.report(&record, day);
                terminal.print(&report.text);
                exit = exit.and(report.exit);
            }
            Err(error) => {
                terminal.print(&error_line(number, &error));
                exit = Exit::Failed;
            }
        }
        terminal.flush();
        if !terminal.is_open() {
            // Nobody reads any more, and the rest was not done.
            return Ok(Exit::Failed);
        }
    }
    Ok(exit)
}

/// A line that could not be read: what is wrong with it, and how many more things are.
struct LineError {
    first: InputError,
    more: usize,
}

impl From<InputError> for LineError {
    fn from(first: InputError) -> LineError {
        LineError { first, more: 0 }
    }
}

impl LineError {
    fn of(errors: Vec<InputError>) -> LineError {
        let more = errors.len().saturating_sub(1);
        let first = errors.into_iter().next().unwrap_or_else(|| error(Reason::EmptyLine));
        LineError { first, more }
    }
}

fn error(reason: Reason) -> InputError {
    InputError::new("", reason)
}

/// The next line without its end; none at the end of the input. Of a line that is too long, no more than the limit is kept.
fn next_line(input: &mut dyn BufRead) -> io::Result<Option<Result<Vec<u8>, LineError>>> {
    let mut bytes = Vec::new();
    let limit = MAX_RECORD_BYTES as u64 + 2;
    if (&mut *input).take(limit).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let is_whole = bytes.last() == Some(&b'\n');
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    if bytes.len() <= MAX_RECORD_BYTES {
        return Ok(Some(Ok(bytes)));
    }
    if !is_whole {
        input.skip_until(b'\n')?;
    }
    Ok(Some(Err(error(Reason::RecordTooLong).into())))
}

fn record(bytes: Vec<u8>, number: usize, context: &Context<'_>) -> Result<Record, LineError> {
    let text = decode("", bytes)?;
    if text.trim_start().starts_with('[') {
        return Err(error(Reason::ListOnLine).into());
    }
    let records = record::parse(&format!("line {number}"), &text).map_err(LineError::of)?;
    let record = records.into_iter().next().ok_or_else(|| error(Reason::EmptyLine))?;
    let refusals = context.refusals(&record);
    if refusals.is_empty() { Ok(record) } else { Err(LineError::of(refusals)) }
}

fn error_line(number: usize, error: &LineError) -> String {
    let LineError { first, more } = error;
    let message = match more {
        0 => first.reason.to_string(),
        more => format!("{} (and {more} more)", first.reason),
    };
    json!({"error": {"line": number, "path": first.path, "message": message}}).to_string()
}
