//! The streams that a command reads from and writes to, and today's date: everything of the machine but the files. A
//! reader that leaves (`assess … | head`) is no error: the rest is worked out, so that the exit code is right, and is not
//! written.

use std::io::{self, BufRead, Write};

use jiff::civil::Date;

use crate::exit::{Exit, Wrong};

/// Standard input, output and error, and the day.
pub struct Terminal<'a> {
    /// Standard input.
    pub input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
    errors: &'a mut dyn Write,
    /// Today, where neither the arguments nor the record name a day.
    pub today: Date,
    written: Written,
}

/// How writing went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Everything,
    ReaderLeft,
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
        Terminal { input, out, errors, today, written: Written::Everything }
    }

    /// Writes results, with a line break after them.
    pub fn say(&mut self, text: &str) {
        if self.written != Written::Everything {
            return;
        }
        let done = self.out.write_all(text.as_bytes()).and_then(|()| self.out.write_all(b"\n"));
        self.note(done);
    }

    /// Passes on what was written so far: for pipelines that wait for each line.
    pub fn flush(&mut self) {
        if self.written == Written::Everything {
            let done = self.out.flush();
            self.note(done);
        }
    }

    /// Writes a message or progress to standard error. If even that fails, the exit code says what happened.
    pub fn tell(&mut self, text: &str) {
        let _ = writeln!(self.errors, "{text}");
        let _ = self.errors.flush();
    }

    /// Writes complaints, and gives the exit code for them.
    pub fn complain(&mut self, wrong: &[Wrong]) -> Exit {
        self.flush();
        for wrong in wrong {
            self.tell(&format!("assess: {wrong}"));
        }
        Exit::Unreadable
    }

    /// Whether nobody reads any more, so that endless input need not be read on.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.written != Written::Everything
    }

    /// The exit code in the end: what could not be written was not done.
    #[must_use]
    pub fn end(&mut self, exit: Exit) -> Exit {
        self.flush();
        if self.written == Written::Failed {
            self.tell("assess: standard output could not be written: is the disk full?");
            return Exit::Unreadable;
        }
        exit
    }

    fn note(&mut self, done: io::Result<()>) {
        self.written = match done {
            Ok(()) => return,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Written::ReaderLeft,
            Err(_) => Written::Failed,
        };
    }
}
