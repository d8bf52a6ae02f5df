//! The command line of the Common Assessment, for people and pipelines: checks and evaluates records, explains every rule,
//! and checks, compares and documents rule packs. It works out nothing itself: all of that is the engine's.
//!
//! ```text
//! arguments ──► command ──► source, record (files in) ──► engine ──► words, conditions (text for people) or JSON
//! ```
//!
//! To add a command: a row in `arguments`, a module in `command`, a line in `help.txt` and in `docs/assess.md`.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod arguments;
pub mod cases;
pub mod command;
pub mod conditions;
pub mod exit;
pub mod pack_file;
pub mod places;
pub mod record;
pub mod source;
pub mod terminal;
pub mod words;

use std::ffi::OsString;

use arguments::Command;
use exit::Exit;
use terminal::Terminal;

/// The page of help.
pub const HELP: &str = include_str!("help.txt");

/// Carries out what the arguments ask for, and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> Exit {
    let asked = match arguments::read(arguments) {
        Ok(asked) => asked,
        Err(message) => {
            terminal.tell(&format!("assess: {message}. See `assess help`."));
            return Exit::WrongUse;
        }
    };
    let exit = match asked.command {
        Command::Help => {
            terminal.say(HELP.trim_end());
            Exit::Fine
        }
        Command::Version => {
            terminal.say(concat!("assess ", env!("CARGO_PKG_VERSION")));
            Exit::Fine
        }
        _ => command::run(&asked, terminal),
    };
    terminal.end(exit)
}
