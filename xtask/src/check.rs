//! `cargo xtask test`: every check in order, a table of times, and one verdict on the last line. A failed check does not
//! hide the later ones; only what needs a build that failed is left out, and counts as failed.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::build::{self, Kind};
use crate::project::{Failure, Project, on_path};
use crate::setup::{self, Needs, Toolbox};
use crate::step::{Step, seconds};
use crate::{budget, contract, engines, generate, rooms, tidy};

/// Passed and failed. A check without a count of its own adds nothing when it passes.
type Count = (u64, u64);

/// How each check went: its name, how long it took, its count, and a note.
#[derive(Default)]
struct Table(Vec<(&'static str, Duration, Count, &'static str)>);

impl Table {
    fn add(&mut self, name: &'static str, check: impl FnOnce() -> Count) -> bool {
        let start = Instant::now();
        let count = check();
        self.0.push((name, start.elapsed(), count, ""));
        count.1 == 0
    }

    fn skip(&mut self, name: &'static str, failed: u64, why: &'static str) {
        self.0.push((name, Duration::ZERO, (0, failed), why));
    }
}

/// Runs everything; without the browser if asked.
pub(crate) fn run(project: &Project, browser: bool) -> Result<(), Failure> {
    let start = Instant::now();
    let tools = setup::run(project, if browser { Needs::Engines } else { Needs::Test })?;
    let mut table = Table::default();
    table.skip("set-up", 0, "");
    table.0[0].1 = start.elapsed();

    table.add("format", || plain(format(project)));
    table.add("tidy", || plain(tidy::run(project)));
    table.add("rooms", || plain(rooms::run(project, true)));
    for (program, arguments) in OPTIONAL {
        if on_path(&tools.path, program).is_some() {
            table.add(program, || plain(optional(project, &tools, program, arguments)));
        } else {
            table.skip(program, 0, "not installed here; CI runs it");
        }
    }
    table.add("clippy", || plain(clippy(project)));
    table.add("cargo tests", || cargo_tests(project, &tools));
    // nextest runs no examples in documentation.
    table.add("doc tests", || plain(doc_tests(project)));
    table.add("documents", || plain(generate::run(project, true)));
    let usable = table.add("build", || plain(build::release(project, &tools)));
    for (name, wanted, check) in [
        ("budget", true, (|project, _| plain(budget::run(project))) as fn(&Project, &Toolbox) -> Count),
        ("contract", browser, |project, tools| plain(interface(project, tools))),
        ("browser", browser, browser_tests),
        ("engines", browser, engine_tests),
    ] {
        match (wanted, usable) {
            (true, true) => drop(table.add(name, || check(project, &tools))),
            (true, false) => table.skip(name, 1, "not run: the build failed"),
            (false, _) => {}
        }
    }

    say!("\n{:<12} {:>14} {:>8} {:>8}", "step", "time", "passed", "failed");
    let mut sum = (0, 0);
    for (name, took, (passed, failed), note) in &table.0 {
        say!("{name:<12} {:>14} {passed:>8} {failed:>8} {note}", seconds(*took));
        sum = (sum.0 + passed, sum.1 + failed);
    }
    say!("{:<12} {:>14}", "all", seconds(start.elapsed()));
    let (passed, failed) = sum;
    say!("\n{passed} passed, {failed} failed");
    if failed == 0 {
        Ok(())
    } else {
        Err(Failure::new("Not everything passed; each failure is shown above."))
    }
}

fn plain(result: Result<(), Failure>) -> Count {
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
}

/// Checks by programs that take minutes to build, so they run where they are installed; CI installs them. Advisories
/// would need the network.
const OPTIONAL: [(&str, &[&str]); 3] = [
    ("cargo-deny", &["--offline", "check", "bans", "licenses", "sources"]),
    ("typos", &["--format", "brief"]),
    // That each target still compiles; `cargo xtask fuzz` runs them.
    ("cargo-fuzz", &["check", "--sanitizer", "none", "--fuzz-dir", "fuzz", "--target-dir", "target/fuzz"]),
];

fn optional(project: &Project, tools: &Toolbox, program: &str, arguments: &[&str]) -> Result<(), Failure> {
    Step::new(project, program)
        .advice("deny.toml and typos.toml say what is allowed.")
        .run(tools.command(project, program).args(arguments))
}

fn clippy(project: &Project) -> Result<(), Failure> {
    Step::new(project, "clippy").advice("Fix each warning shown above.").run(project.cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn cargo_tests(project: &Project, tools: &Toolbox) -> Count {
    let step = Step::new(project, "cargo nextest").advice("The failures are listed above.");
    let mut command = project.cargo();
    command.env("PATH", &tools.path).args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    let result = step.run(command.args(["--status-level", "slow", "--final-status-level", "fail"]));
    // Code that does not compile runs no test.
    worst(count_nextest(&step.output()), result)
}

fn doc_tests(project: &Project) -> Result<(), Failure> {
    Step::new(project, "doc tests").advice("The failures are listed above.").run(project.cargo().args([
        "test",
        "--workspace",
        "--doc",
        "--no-fail-fast",
    ]))
}

/// nextest's own verdict: `Summary [  1.5s] 42 tests run: 40 passed (2 slow), 2 failed, 0 skipped`.
fn count_nextest(log: &str) -> Count {
    let summary =
        log.lines().rev().find(|line| line.trim_start().starts_with("Summary [")).unwrap_or_default();
    let before = |word: &str| -> u64 {
        let text = summary.split(word).next().unwrap_or_default();
        text.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    let passed = before(" passed");
    // One that was killed or timed out counts as failed, too; so does one that was left out.
    (passed, before(" tests run:").saturating_sub(passed) + before(" skipped"))
}

/// A short run; `cargo xtask contract` is the whole.
fn interface(project: &Project, tools: &Toolbox) -> Result<(), Failure> {
    Step::new(project, "description of the interface")
        .advice(
            "Each finding is in the log, with a request that shows it. `cargo xtask contract` asks for more.",
        )
        .run(contract::command(project, tools, 10)?.args([
            "--store",
            "sqlite",
            "--person",
            "all",
            "--phases",
            "examples,fuzzing",
            // The same requests each time: what is new is tried by the whole.
            "--seed",
            "26",
        ]))
}

fn browser_tests(project: &Project, tools: &Toolbox) -> Count {
    let mut command = tools.command(project, "playwright");
    command.args(["test", "--config", "tests/browser/playwright.config.mjs"]);
    command.env("ASSESSMENT_SERVER", Kind::Release.server(project));
    playwright(project, "browser tests", &mut command)
}

/// A short run of each engine; `cargo xtask engines` is the whole.
fn engine_tests(project: &Project, tools: &Toolbox) -> Count {
    playwright(project, "three engines", engines::command(project, tools).env("SHORT", "1"))
}

fn playwright(project: &Project, title: &str, command: &mut Command) -> Count {
    let report = project.scratch("playwright.json");
    let _ = std::fs::remove_file(&report);
    command.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report).env("FORCE_COLOR", "0");
    let result = Step::new(project, title)
        .advice("Traces of failed tests are in test-results/ (`npx playwright show-trace FILE`).")
        .run(command);
    worst(count_playwright(&std::fs::read_to_string(&report).unwrap_or_default()), result)
}

/// How many browser tests of a run may pass only at a second try. Now and then Chromium without a graphics card stops
/// painting: the page is idle, no frame and no screenshot comes, and a click waits for one until it times out (seen in 1 of
/// 46 runs of one test). More than this in one run is not chance.
const SECOND_TRIES: u64 = 2;

/// Playwright's statistics. A test that was skipped did not pass; those that needed a second try are named.
fn count_playwright(report: &str) -> Count {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    for test in second_tries(&report) {
        eprintln!("    passed only at a second try: {test}");
    }
    let (again, failed) = (count("flaky"), count("unexpected") + count("skipped"));
    if again > SECOND_TRIES {
        return (count("expected"), failed + again);
    }
    (count("expected") + again, failed)
}

/// The tests that needed one, by file and title.
fn second_tries(suite: &Value) -> Vec<String> {
    let each = |name: &str| suite[name].as_array().into_iter().flatten();
    let mut found: Vec<String> = each("suites").flat_map(second_tries).collect();
    for spec in each("specs") {
        if spec["tests"].as_array().into_iter().flatten().any(|test| test["status"] == "flaky") {
            let text = |name: &str| spec[name].as_str().unwrap_or_default();
            found.push(format!("{}: {}", text("file"), text("title")));
        }
    }
    found
}

/// A program that failed, or tested nothing, never counts as no failure.
fn worst((passed, failed): Count, result: Result<(), Failure>) -> Count {
    match result {
        Ok(()) if passed > 0 => (passed, failed),
        Ok(()) => (passed, failed.max(1)),
        Err(failure) => {
            eprintln!("    {failure}");
            (passed, failed.max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{count_nextest, count_playwright, second_tries, worst};
    use crate::project::Failure;

    #[test]
    fn the_verdict_of_nextest_is_read_and_a_skipped_or_killed_test_counts_as_failed() {
        let log = "    Starting 44 tests across 3 binaries\n     Summary [  12.3s] 43 tests run: 40 passed (2 slow), \
                   2 failed, 1 timed out, 1 skipped\nerror: test run failed\n";
        assert_eq!(count_nextest(log), (40, 4));
        assert_eq!(count_nextest("error[E0425]: no such name\n"), (0, 0));
    }

    #[test]
    fn a_few_second_tries_are_named_and_more_of_them_fail() {
        let report = |flaky: u64| {
            format!(
                r#"{{"stats":{{"expected":7,"unexpected":0,"flaky":{flaky},"skipped":0}},"suites":[{{"specs":[],"suites":[
                {{"specs":[{{"file":"send.spec.mjs","title":"sends","tests":[{{"status":"flaky"}}]}},
                {{"file":"send.spec.mjs","title":"waits","tests":[{{"status":"expected"}}]}}]}}]}}]}}"#
            )
        };
        assert_eq!(count_playwright(&report(2)), (9, 0));
        assert_eq!(count_playwright(&report(3)), (7, 3));
        let report = serde_json::from_str(&report(1)).expect("JSON");
        assert_eq!(second_tries(&report), ["send.spec.mjs: sends"]);
    }

    #[test]
    fn a_skipped_browser_test_counts_as_failed() {
        let report = r#"{"stats":{"expected":7,"unexpected":1,"flaky":0,"skipped":2}}"#;
        assert_eq!(count_playwright(report), (7, 3));
    }

    #[test]
    fn a_run_that_failed_or_tested_nothing_is_a_failure() {
        assert_eq!(worst((0, 0), Ok(())), (0, 1));
        assert_eq!(worst((7, 0), Err(Failure::new("killed"))), (7, 1));
        assert_eq!(worst(count_playwright(""), Ok(())), (0, 1));
    }
}
