//! `cargo xtask test`: every check in order, a table of times, and one verdict on the last line. A failed check
//! does not hide the later ones; only what needs a build that failed is left out, and counted as failed.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::build;
use crate::project::{Failure, Project, read};
use crate::setup::{self, Needs, Toolbox};
use crate::step::{Step, end_of, seconds};
use crate::{budget, generate, tidy};

/// How one check went.
struct Line {
    name: &'static str,
    took: Duration,
    passed: u64,
    failed: u64,
    note: &'static str,
}

/// Runs everything; without the browser if asked.
pub(crate) fn run(project: &Project, browser: bool) -> Result<(), Failure> {
    let start = Instant::now();
    let tools = setup::run(project, if browser { Needs::Everything } else { Needs::Build })?;
    let mut lines = vec![Line { name: "set-up", took: start.elapsed(), passed: 0, failed: 0, note: "" }];

    lines.push(timed("format", || plain(format(project))));
    lines.push(timed("tidy", || plain(tidy::run(project))));
    lines.push(timed("clippy", || plain(clippy(project))));
    lines.push(timed("cargo test", || cargo_test(project)));
    lines.push(timed("documents", || plain(generate::run(project, true))));
    let built = timed("build", || plain(build::release(project, &tools)));
    let usable = built.failed == 0;
    lines.push(built);
    lines.push(if usable { timed("budget", || plain(budget::hold(project))) } else { left_out("budget") });
    if browser {
        lines.push(if usable {
            timed("browser", || playwright(project, &tools))
        } else {
            left_out("browser")
        });
    }

    say!("\n{:<12} {:>14} {:>8} {:>8}", "step", "time", "passed", "failed");
    for line in &lines {
        say!(
            "{:<12} {:>14} {:>8} {:>8} {}",
            line.name,
            seconds(line.took),
            line.passed,
            line.failed,
            line.note
        );
    }
    say!("{:<12} {:>14}", "all", seconds(start.elapsed()));
    let (passed, failed) = lines.iter().fold((0, 0), |(p, f), line| (p + line.passed, f + line.failed));
    if failed > 0 {
        say!("\nNot everything passed; each failure is shown above.");
    }
    say!("\n{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err(Failure::already_told()) }
}

fn timed(name: &'static str, check: impl FnOnce() -> (u64, u64)) -> Line {
    let start = Instant::now();
    let (passed, failed) = check();
    Line { name, took: start.elapsed(), passed, failed, note: "" }
}

fn left_out(name: &'static str) -> Line {
    Line { name, took: Duration::ZERO, passed: 0, failed: 1, note: "not run: there is no build" }
}

/// A check without a count of its own: nothing if it passes, one failure if not.
fn plain(result: Result<(), Failure>) -> (u64, u64) {
    match result {
        Ok(()) => (0, 0),
        Err(failure) => {
            eprintln!("    {failure}");
            (0, 1)
        }
    }
}

fn format(project: &Project) -> Result<(), Failure> {
    Step::new(project, "format")
        .advice("Run `cargo fmt --all`.")
        .run(project.cargo().args(["fmt", "--all", "--check"]))
        .map(|_| ())
}

fn clippy(project: &Project) -> Result<(), Failure> {
    Step::new(project, "clippy")
        .advice("Mend each warning shown above.")
        .run(project.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        .map(|_| ())
}

fn cargo_test(project: &Project) -> (u64, u64) {
    let step =
        Step::new(project, "cargo test").advice("The failures are listed above.").excerpt(cargo_failures);
    let log = step.log();
    let result = step.run(project.cargo().args(["test", "--workspace", "--no-fail-fast"]));
    let (passed, failed) = count_cargo(&read(&log).unwrap_or_default());
    match result {
        Ok(_) => (passed, failed),
        // Code that does not compile runs no test, and must not count as none failed.
        Err(failure) => {
            eprintln!("    {failure}");
            (passed, failed.max(1))
        }
    }
}

/// What each failed test said, wherever in the log it stands; the end of the log if the code did not even compile.
fn cargo_failures(log: &str) -> Vec<&str> {
    let mut inside = false;
    let mut shown: Vec<&str> = log
        .lines()
        .filter(|line| {
            inside = line.starts_with("---- ") || (inside && *line != "failures:");
            inside
        })
        .collect();
    if shown.is_empty() {
        return end_of(log);
    }
    shown.extend(log.lines().filter(|line| line.starts_with("error")));
    shown
}

/// Adds up cargo's own verdicts: `test result: ok. 12 passed; 0 failed; …`.
fn count_cargo(log: &str) -> (u64, u64) {
    let number = |line: &str, word: &str| -> u64 {
        let before = line.split(word).next().unwrap_or_default();
        before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    log.lines()
        .filter(|line| line.starts_with("test result:"))
        .fold((0, 0), |(p, f), line| (p + number(line, " passed;"), f + number(line, " failed;")))
}

fn playwright(project: &Project, tools: &Toolbox) -> (u64, u64) {
    let report = project.scratch("playwright.json");
    let _ = std::fs::remove_file(&report);
    let engine = match build::engine_alone(project, tools) {
        Ok(engine) => engine,
        Err(failure) => {
            eprintln!("    {failure}");
            return (0, 1);
        }
    };
    let mut command = tools.command(project, "playwright");
    command.args(["test", "--config", "tests/browser/playwright.config.mjs"]);
    command.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report).env("FORCE_COLOR", "0");
    command.env("ASSESSMENT_SERVER", build::Kind::Release.server(project)).env("ENGINE_WASM", engine);
    if let Some(chromium) = &tools.chromium {
        command.env("CHROMIUM", chromium);
    }
    let result = Step::new(project, "browser tests")
        .advice("Traces of failed tests lie in test-results/ (`npx playwright show-trace FILE`).")
        .run(&mut command);
    let (passed, failed) = read(&report).map_or((0, 0), |text| count_playwright(&text));
    match result {
        Ok(_) => (passed, failed),
        Err(failure) => {
            eprintln!("    {failure}");
            (passed, failed.max(1))
        }
    }
}

/// Playwright's statistics. A test that passed only at a second try, or was skipped, did not pass.
fn count_playwright(report: &str) -> (u64, u64) {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    (count("expected"), count("unexpected") + count("flaky") + count("skipped"))
}

#[cfg(test)]
mod tests {
    use super::{cargo_failures, count_cargo, count_playwright};

    #[test]
    fn cargo_verdicts_are_added_up() {
        let log = "running 3 tests\n\
                   test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                   test tests::passed; ... ok\n\
                   test result: ok. 40 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(count_cargo(log), (42, 1));
    }

    #[test]
    fn what_a_failed_test_said_is_found_between_tests_that_passed() {
        let log = "test one ... FAILED\nfailures:\n\n---- one stdout ----\nleft: 1\n\nfailures:\n    one\n\n\
                   test two ... ok\nerror: 1 target failed\n";
        assert_eq!(cargo_failures(log), ["---- one stdout ----", "left: 1", "", "error: 1 target failed"]);
        assert_eq!(
            cargo_failures("   Compiling x\nerror[E0425]: no such name\n"),
            ["error[E0425]: no such name"]
        );
    }

    #[test]
    fn a_skipped_browser_test_counts_as_failed() {
        let report = r#"{"stats":{"expected":7,"unexpected":1,"flaky":0,"skipped":2}}"#;
        assert_eq!(count_playwright(report), (7, 3));
    }

    #[test]
    fn a_report_that_is_not_there_counts_nothing() {
        assert_eq!(count_playwright(""), (0, 0));
    }
}
