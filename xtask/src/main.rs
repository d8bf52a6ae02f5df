//! `cargo xtask`: set-up, build, run, test, bench and package. It calls ordinary tools and reports what they say; nothing
//! of the form is in it, and nothing of it is shipped.

#![expect(clippy::print_stderr, reason = "a command-line tool speaks by printing")]

/// Prints a line of results. Unlike `println!` it does not panic when the reader has gone (`| head`).
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout().lock(), $($text)*);
    }};
}

mod budget;
mod build;
mod check;
mod fuzz;
mod generate;
mod project;
mod rooms;
mod scripts;
mod serve;
mod setup;
mod step;
mod tidy;

use std::process::ExitCode;

use clap::Parser;
use project::{Failure, Project};
use setup::Needs;

/// Set-up, build, run, test, bench and package.
///
/// Tools go to $XDG_CACHE_HOME/common-assessment (or ~/.cache/common-assessment), npm packages to node_modules/, output
/// to dist/ and target/, records of `run` to data/. CARGO_TARGET_DIR is honoured. CHROMIUM=/path/to/chromium names the
/// browser of the tests; FIREFOX, WEBKIT_DRIVER, MINIBROWSER and XVFB name the other engines' programs.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true)]
enum Command {
    /// Set up, build and start everything on http://127.0.0.1:8080/
    Run(Port),
    /// The same without optimising; builds and starts again after each saved edit
    Dev(Port),
    /// Set up and run every check and test
    Test {
        /// Leave the browser out
        #[arg(long)]
        quick: bool,
    },
    /// Build dist/ and the server in release mode
    Build,
    /// Put the built form and server into one archive below target/, and the form alone into folders for portals
    Package,
    /// Install what is missing; `run` and `test` do this by themselves
    Setup,
    /// Bytes of a first visit by file, beside the budget
    Budget,
    /// Write the documents that are made from data
    Generate {
        /// Only compare them
        #[arg(long)]
        check: bool,
    },
    /// House rules that no linter knows
    Tidy,
    /// Draw the workspace's arrows into docs/rooms.md; fails on a circle
    Rooms {
        /// Only compare it
        #[arg(long)]
        check: bool,
    },
    /// Run the measurements whose name contains NAME: engine, browser
    Bench {
        #[arg(default_value = "")]
        name: String,
    },
    /// Type and send every family of tests/cases in Chromium, Firefox and WebKit
    Engines {
        /// Playwright's own arguments: `--project firefox`, or `-g` with the name of a case
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
    /// Try the description of the interface against the server, on both stores
    Contract {
        /// How many requests of each kind for an operation
        #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..))]
        examples: u32,
        /// Repeats an earlier run
        #[arg(long)]
        seed: Option<String>,
    },
    /// Presses, fields and keys of whole journeys through the form
    Effort,
    /// Feed every reader any bytes, so many seconds each
    Fuzz {
        #[arg(default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
        /// Only the targets whose name contains this
        #[arg(default_value = "")]
        name: String,
    },
}

#[derive(clap::Args)]
struct Port {
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
}

fn main() -> ExitCode {
    match dispatch(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<(), Failure> {
    let project = Project::find()?;
    match command {
        Command::Run(Port { port }) => serve::run(&project, port),
        Command::Dev(Port { port }) => serve::dev(&project, port),
        Command::Test { quick } => check::run(&project, !quick),
        Command::Build => build::release(&project, &setup::run(&project, Needs::Build)?),
        Command::Package => build::package(&project, &setup::run(&project, Needs::Build)?),
        Command::Setup => setup::run(&project, Needs::Engines).map(drop),
        Command::Budget => budget::run(&project),
        Command::Generate { check } => generate::run(&project, check),
        Command::Tidy => tidy::run(&project),
        Command::Rooms { check } => rooms::run(&project, check),
        Command::Bench { name } => scripts::bench(&project, &name),
        Command::Engines { arguments } => scripts::engines(&project, &arguments),
        Command::Contract { examples, seed } => scripts::contract(&project, examples, seed.as_deref()),
        Command::Effort => scripts::effort(&project),
        Command::Fuzz { seconds, name } => fuzz::run(&project, seconds, &name),
    }
}
