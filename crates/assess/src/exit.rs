//! The exit code. What the commands print is in `command`; what could not be read is in `input_error`.

use std::process::ExitCode;

/// How a run ended. When several things happened, the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done, and nothing was found.
    Success = 0,
    /// 1: done, and something was found: problems, breaches, changes, or words that must not be shown yet.
    Found = 1,
    /// 2: the arguments are wrong; nothing was done.
    Usage = 2,
    /// 3: something could not be read or written; the rest was done.
    Failed = 3,
}

impl Exit {
    /// The greater of the two.
    pub(crate) fn and(self, other: Exit) -> Exit {
        self.max(other)
    }

    /// [`Exit::Found`] if `found`.
    pub(crate) fn found(found: bool) -> Exit {
        if found { Exit::Found } else { Exit::Success }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
