//! What the program says to the shell when it ends, and the one shape of its complaints. Not what it prints for people
//! who asked something: see `command`.

use std::fmt;

/// The exit code. When several things happened, the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done, and nothing was found.
    Fine = 0,
    /// 1: done, and something was found: problems, breaches, changes, or words that must not be shown yet.
    Found = 1,
    /// 2: the arguments are wrong; nothing was done.
    WrongUse = 2,
    /// 3: something could not be read or written; the rest was done.
    Unreadable = 3,
}

impl Exit {
    /// The greater of the two.
    #[must_use]
    pub fn and(self, other: Exit) -> Exit {
        self.max(other)
    }

    /// [`Exit::Found`] if `found`.
    #[must_use]
    pub fn found(found: bool) -> Exit {
        if found { Exit::Found } else { Exit::Fine }
    }
}

/// Something that could not be read, with its place. It never repeats what a person typed into a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The file, or `standard input`.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// The place in the document, where it is known.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Wrong {
    /// A complaint about a whole file.
    #[must_use]
    pub fn new(file: &str, message: impl Into<String>) -> Wrong {
        Wrong { file: file.to_owned(), message: message.into(), ..Wrong::default() }
    }

    /// The same, at a line.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Wrong {
        self.line = Some(line);
        self
    }

    /// The same, at a place in the document.
    #[must_use]
    pub fn at(mut self, path: &str) -> Wrong {
        path.clone_into(&mut self.path);
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        if !self.path.is_empty() {
            write!(out, ": {}", self.path)?;
        }
        write!(out, ": {}", self.message)
    }
}
