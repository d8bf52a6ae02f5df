//! `cargo xtask`: set-up, build, run, test and checks. It starts other programs and judges their results;
//! it holds nothing of the form itself, and nothing of it is ever shipped.
//!
//! | module      | answers the question                                              |
//! |-------------|-------------------------------------------------------------------|
//! | `project`   | where do things lie, and how is a program started?                |
//! | `step`      | how does a person see what is going on, and what failed?          |
//! | `setup`     | is everything installed, and if not, how does it get there?       |
//! | `build`     | how do sources become `dist/` and a server?                       |
//! | `serve`     | how is the server started and known to be ready?                  |
//! | `dev`       | what happens after an edit?                                       |
//! | `check`     | what does `test` run, and what is its verdict?                    |
//! | `budget`    | what does a first visit download, and what is heavy in it?        |
//! | `generate`  | which documents are made from data?                               |
//! | `tidy`      | which house rules can a machine check?                            |
//! | `bench`     | which measurements are there?                                     |
//! | `fuzz`      | what do readers of bytes make of any bytes?                       |
//! | `mutants`   | which change of the rules or the checks would no test notice?     |

#![expect(clippy::print_stderr, reason = "a command-line tool speaks by printing")]

/// Prints a line of results. Unlike `println!` it does not end in a panic when the reader has left (`| head`).
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout().lock(), $($text)*);
    }};
}

mod bench;
mod budget;
mod build;
mod check;
mod dev;
mod fuzz;
mod generate;
mod mutants;
mod project;
mod serve;
mod setup;
mod step;
mod tidy;

use std::process::ExitCode;

use project::{Failure, Project};
use setup::Needs;

const HELP: &str = "\
cargo xtask <command>

  run [--port N]   set up, build and start everything on http://127.0.0.1:8080/ (or port N)
  dev [--port N]   the same without optimising; rebuilds and restarts after each saved edit
  test [--quick]   set up and run every check and test; --quick leaves the browser out
  build            build the browser side into dist/ and the server, in release mode
  setup            install what is missing; `run` and `test` do this by themselves
  budget           bytes of a first visit, by file, and the heaviest parts of the Wasm
  generate [--check]  the pages for signing off the rule packs, made anew or compared
  tidy             house rules that a machine can check
  bench [NAME]     run the measurements, or those whose name contains NAME
  fuzz [SECONDS] [NAME]
                   any bytes into every reader, so long each (60), or into those whose name contains NAME
  mutants [OPTIONS]
                   changes rules and checks here and there: does a test notice? (hours; --shard 0/20, --in-diff FILE)
  help             this page

Tools go to $XDG_CACHE_HOME/common-assessment (or ~/.cache/common-assessment), npm packages to node_modules/,
output to dist/ and target/, records of `run` to data/. CARGO_TARGET_DIR is honoured.
CHROMIUM=/path/to/chromium names the browser of the tests where it is not found by itself.";

fn main() -> ExitCode {
    match dispatch(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let message = failure.to_string();
            if !message.is_empty() {
                eprintln!("\n{message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let project = Project::find()?;
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            say!("{HELP}");
            Ok(())
        }
        ["setup"] => setup::run(&project, Needs::Everything).map(|_| ()),
        ["build"] => build::release(&project, &setup::run(&project, Needs::Build)?).map(|_| ()),
        ["run", rest @ ..] => serve::run(&project, port(rest)?),
        [serve::ANNOUNCE, port, begun] => serve::announce(port, begun),
        ["dev", rest @ ..] => dev::run(&project, port(rest)?),
        ["test"] => check::run(&project, true),
        ["test", "--quick"] => check::run(&project, false),
        ["budget"] => budget::run(&project),
        ["generate"] => generate::run(&project, false),
        ["generate", "--check"] => generate::run(&project, true),
        ["tidy"] => tidy::run(&project),
        ["bench"] => bench::run(&project, ""),
        ["bench", name] => bench::run(&project, name),
        ["fuzz"] => fuzz::run(&project, fuzz::SECONDS, ""),
        ["fuzz", time] => fuzz::run(&project, duration(time)?, ""),
        ["mutants", options @ ..] => mutants::run(&project, options),
        ["fuzz", time, name] => fuzz::run(&project, duration(time)?, name),
        other => Err(Failure::new(format!(
            "`cargo xtask {}` is not known. `cargo xtask help` lists the commands.",
            other.join(" ")
        ))),
    }
}

fn duration(seconds: &str) -> Result<u64, Failure> {
    seconds.parse().ok().filter(|seconds| *seconds > 0).ok_or_else(|| {
        Failure::new(format!("`{seconds}` is not a number of seconds. Try `cargo xtask fuzz 60`."))
    })
}

fn port(rest: &[&str]) -> Result<u16, Failure> {
    match rest {
        [] => Ok(8080),
        ["--port", number] => number.parse().ok().filter(|port| *port != 0).ok_or_else(|| {
            Failure::new(format!(
                "`{number}` is not a port. Give a number from 1 to 65535, e.g. --port 8081."
            ))
        }),
        _ => Err(Failure::new("The only option here is --port N, e.g. --port 8081.")),
    }
}
