//! The streams that a command reads from and writes to, and today's date: everything of the machine except files.
//! A reader that leaves (`assess … | head`) is no error: the rest is worked out, so that the exit code is right, but
//! not written.

use std::io::{self, BufRead, Write};

use jiff::civil::Date;

use crate::exit::Exit;
use crate::input_error::InputError;

/// Standard input, output and error, and the day.
pub struct Terminal<'a> {
    /// Standard input.
    pub(crate) input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
    errors: &'a mut dyn Write,
    /// Today, for where neither the arguments nor the record name a day.
    pub(crate) today: Date,
    output: Output,
}

/// What became of standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Open,
    /// The reader left.
    Closed,
    Failed,
}

impl<'a> Terminal<'a> {
    /// A terminal from its parts.
    pub fn new(
        input: &'a mut dyn BufRead,
        out: &'a mut dyn Write,
        errors: &'a mut dyn Write,
        today: Date,
    ) -> Terminal<'a> {
        Terminal { input, out, errors, today, output: Output::Open }
    }

    /// Writes a result and a line break to standard output.
    pub(crate) fn print(&mut self, text: &str) {
        if self.is_open() {
            let done = writeln!(self.out, "{text}");
            self.keep_state(done);
        }
    }

    /// Passes on what was written so far, for pipelines that wait for each line.
    pub(crate) fn flush(&mut self) {
        if self.is_open() {
            let done = self.out.flush();
            self.keep_state(done);
        }
    }

    /// Writes a message or progress to standard error. If even that fails, the exit code says what happened.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = writeln!(self.errors, "{text}");
        let _ = self.errors.flush();
    }

    /// Writes errors to standard error, and gives the exit code for them.
    pub(crate) fn report(&mut self, errors: &[InputError]) -> Exit {
        self.flush();
        for error in errors {
            self.note(&format!("assess: {error}"));
        }
        Exit::Failed
    }

    /// Whether anybody still reads standard output. If not, endless input need not be read on.
    pub(crate) fn is_open(&self) -> bool {
        self.output == Output::Open
    }

    /// The exit code in the end: what could not be written was not done.
    pub(crate) fn finish(&mut self, exit: Exit) -> Exit {
        self.flush();
        if self.output == Output::Failed {
            self.note("assess: standard output could not be written: is the disk full?");
            return Exit::Failed;
        }
        exit
    }

    fn keep_state(&mut self, done: io::Result<()>) {
        self.output = match done {
            Ok(()) => return,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Output::Closed,
            Err(_) => Output::Failed,
        };
    }
}
