//! The command line of the Common Assessment, for people and pipelines: checks and evaluates records, explains every
//! rule, and checks, compares and documents rule packs. It works out nothing itself: the engine does.
//!
//! ```text
//! arguments ──► command ──► input, record, pack_file (files in) ──► engine ──► wording, pack_wording (text) or JSON
//! ```
//!
//! To add a command: a variant in `arguments`, a module in `command`, a row in `docs/assess.md`.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod arguments;
mod cases;
mod command;
pub mod exit;
mod input;
mod input_error;
mod pack_file;
mod pack_wording;
mod plain_words;
mod reading_grade;
mod record;
mod shown_texts;
mod source;
pub mod terminal;
mod wording;

use std::ffi::OsString;

use exit::Exit;
use terminal::Terminal;

/// Carries out what the arguments ask for, and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> Exit {
    let exit = match arguments::parse(arguments) {
        Ok(arguments) => command::run(&arguments.command, terminal),
        Err(error) if error.use_stderr() => {
            let message = input::without_control_characters(&error.to_string());
            terminal.note(&format!("assess: {}", message.trim_start_matches("error: ").trim_end()));
            Exit::Usage
        }
        Err(help) => {
            terminal.print(help.to_string().trim_end());
            Exit::Success
        }
    };
    terminal.finish(exit)
}
