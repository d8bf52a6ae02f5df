//! `cargo xtask test`: every check in order, a table of times, and one verdict on the last line. A failed check does not
//! hide the later ones; only what needs a build that failed is left out, and counts as failed.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::build;
use crate::project::{Failure, Project, on_path};
use crate::setup::{self, Needs, Toolbox};
use crate::step::{Step, seconds};
use crate::{budget, generate, rooms, scripts, tidy};

/// Passed and failed. A check without a count of its own adds nothing when it passes.
type Count = (u64, u64);
type Check = fn(&Project, &Toolbox) -> Count;

const BEFORE_BUILD: [(&str, Check); 7] = [
    ("format", |project, _| {
        step(project, "format", "Run `cargo fmt --all`.", project.cargo().args(["fmt", "--all", "--check"]))
    }),
    ("tidy", |project, _| plain(tidy::run(project))),
    ("rooms", |project, _| plain(rooms::run(project, true))),
    ("clippy", |project, _| {
        let mut lint = project.cargo();
        lint.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        step(project, "clippy", "Fix each warning shown above.", &mut lint)
    }),
    ("cargo tests", |project, tools| {
        let mut test = project.cargo();
        test.env("PATH", &tools.path).args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        test.args(["--status-level", "slow", "--final-status-level", "fail"]);
        tests(project, "cargo nextest", "The failures are listed above.", &mut test)
    }),
    // nextest runs no examples in documentation.
    ("doc tests", |project, _| {
        let mut test = project.cargo();
        test.args(["test", "--workspace", "--doc", "--no-fail-fast"]);
        step(project, "doc tests", "The failures are listed above.", &mut test)
    }),
    ("documents", |project, _| plain(generate::run(project, true))),
];

/// Checks by programs that take minutes to build, so they run where they are installed; CI installs them. Advisories
/// would need the network.
const OPTIONAL: [(&str, &[&str]); 3] = [
    ("cargo-deny", &["--offline", "check", "bans", "licenses", "sources"]),
    ("typos", &["--format", "brief"]),
    // That each target still compiles; `cargo xtask fuzz` runs them.
    ("cargo-fuzz", &["check", "--sanitizer", "none", "--fuzz-dir", "fuzz", "--target-dir", "target/fuzz"]),
];

/// What needs what was built; all but the first needs a browser's set-up, too.
const AFTER_BUILD: [(&str, Check); 4] = [
    ("budget", |project, _| plain(budget::run(project))),
    ("contract", |project, tools| plain(interface(project, tools))),
    ("browser", |project, tools| {
        let mut command = scripts::on_server(project, tools, "playwright");
        command.args(["test", "--config", "tests/browser/playwright.config.mjs"]);
        playwright(project, "browser tests", &mut command)
    }),
    // A short run of each engine; `cargo xtask engines` is the whole.
    ("engines", |project, tools| {
        playwright(project, "three engines", scripts::engines_command(project, tools).env("SHORT", "1"))
    }),
];

/// How each check went: its name, how long it took, its count, and a note.
struct Table(Vec<(&'static str, Duration, Count, &'static str)>);

impl Table {
    /// Whether it passed.
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
    let mut table = Table(vec![("set-up", start.elapsed(), (0, 0), "")]);
    for (program, arguments) in OPTIONAL {
        if on_path(&tools.path, program).is_some() {
            let mut command = tools.command(project, program);
            let advice = "deny.toml and typos.toml say what is allowed.";
            table.add(program, || step(project, program, advice, command.args(arguments)));
        } else {
            table.skip(program, 0, "not installed here; CI runs it");
        }
    }
    for (name, check) in BEFORE_BUILD {
        table.add(name, || check(project, &tools));
    }
    let usable = table.add("build", || plain(build::release(project, &tools)));
    for &(name, check) in &AFTER_BUILD[..if browser { AFTER_BUILD.len() } else { 1 }] {
        if usable {
            table.add(name, || check(project, &tools));
        } else {
            table.skip(name, 1, "not run: the build failed");
        }
    }

    say!("\n{:<12} {:>14} {:>8} {:>8}", "step", "time", "passed", "failed");
    for (name, took, (passed, failed), note) in &table.0 {
        say!("{name:<12} {:>14} {passed:>8} {failed:>8} {note}", seconds(*took));
    }
    say!("{:<12} {:>14}", "all", seconds(start.elapsed()));
    let sum = |(passed, failed): Count, (.., one, _): &(_, _, Count, _)| (passed + one.0, failed + one.1);
    let (passed, failed) = table.0.iter().fold((0, 0), sum);
    say!("\n{passed} passed, {failed} failed");
    match failed {
        0 => Ok(()),
        _ => Err(Failure::new("Not everything passed; each failure is shown above.")),
    }
}

fn step(project: &Project, title: &str, advice: &str, command: &mut Command) -> Count {
    plain(Step::new(project, title).advice(advice).run(command))
}

fn plain(result: Result<(), Failure>) -> Count {
    (0, result.map_err(|failure| eprintln!("    {failure}")).map_or(1, |()| 0))
}

/// A program that counts its own tests. One that failed, or tested nothing, never counts as no failure.
fn tests(project: &Project, title: &str, advice: &str, command: &mut Command) -> Count {
    let step = Step::new(project, title).advice(advice);
    let result = step.run(command);
    let log = step.output();
    second_tries(&log).for_each(|test| eprintln!("    passed only at a second try: {}", test.trim()));
    worst(count(&log), result)
}

fn worst((passed, failed): Count, result: Result<(), Failure>) -> Count {
    let (_, wrong) = plain(result);
    (passed, failed.max(wrong).max(u64::from(passed == 0)))
}

/// How many browser tests of a run may pass only at a second try. Now and then Chromium without a graphics card stops
/// painting: the page is idle, no frame and no screenshot comes, and a click waits for one until it times out (seen in 1 of
/// 46 runs of one test). More than this in one run is not chance.
const SECOND_TRIES: u64 = 2;

fn playwright(project: &Project, title: &str, command: &mut Command) -> Count {
    let advice = "Traces of failed tests are in test-results/ (`npx playwright show-trace FILE`).";
    tests(project, title, advice, command.arg("--retries=1").env("FORCE_COLOR", "0"))
}

/// The verdict that ends a log: nextest's `Summary [ 1.5s] 42 tests run: 40 passed (2 slow), 2 failed, 0 skipped`, or
/// Playwright's lines such as `  40 passed (1.2m)`. A test that was skipped, killed or not reached counts as failed.
fn count(log: &str) -> Count {
    let verdicts = log.lines().filter_map(|line| match line.trim_start().strip_prefix("Summary [") {
        Some(summary) => summary.split_once("run: ").map(|(_, counts)| counts),
        None => line.strip_prefix("  "),
    });
    let counts: Vec<(u64, &str)> = verdicts
        .flat_map(|verdict| verdict.split(", "))
        .filter_map(|part| part.split_once(' '))
        .filter_map(|(number, what)| Some((number.parse().ok()?, what)))
        .collect();
    let number = |what: &str| {
        counts.iter().rev().find(|(_, said)| said.starts_with(what)).map_or(0, |(number, _)| *number)
    };
    let bad = ["failed", "exec failed", "timed out", "skipped", "interrupted", "did not run"];
    let (passed, failed, again) = (number("passed"), bad.map(number).iter().sum::<u64>(), number("flaky"));
    if again > SECOND_TRIES { (passed, failed + again) } else { (passed + again, failed) }
}

/// The tests that Playwright says passed only at a second try: the lines under `  2 flaky`.
fn second_tries(log: &str) -> impl Iterator<Item = &str> {
    let lines =
        log.lines().skip_while(|line| !(line.starts_with("  ") && line.trim_end().ends_with(" flaky")));
    lines.skip(1).take_while(|line| line.starts_with("    "))
}

/// A short run; `cargo xtask contract` is the whole. The same requests each time: what is new is tried by the whole.
fn interface(project: &Project, tools: &Toolbox) -> Result<(), Failure> {
    let short = ["--store", "sqlite", "--person", "all", "--phases", "examples,fuzzing", "--seed", "26"];
    Step::new(project, "description of the interface")
        .advice(
            "Each finding is in the log, with a request that shows it. `cargo xtask contract` asks for more.",
        )
        .run(scripts::contract_command(project, tools, 10)?.args(short))
}

#[cfg(test)]
mod verdicts {
    use super::{count, second_tries, worst};
    use crate::project::Failure;

    #[test]
    fn the_verdict_of_nextest_is_read_and_a_skipped_or_killed_test_counts_as_failed() {
        let log = "    Starting 44 tests across 3 binaries\n     Summary [  12.3s] 44 tests run: 40 passed (2 slow), \
                   2 failed, 1 exec failed, 1 timed out, 1 skipped\nerror: test run failed\n";
        assert_eq!(count(log), (40, 5));
        assert_eq!(count("error[E0425]: no such name\n"), (0, 0));
    }

    #[test]
    fn a_few_second_tries_are_named_and_more_of_them_fail() {
        let log =
            |flaky: u64| format!("  {flaky} flaky\n    send.spec.mjs:3:1 › sends ───\n  7 passed (1.2m)\n");
        assert_eq!(count(&log(2)), (9, 0));
        assert_eq!(count(&log(3)), (7, 3));
        assert_eq!(second_tries(&log(1)).collect::<Vec<_>>(), ["    send.spec.mjs:3:1 › sends ───"]);
        assert_eq!(second_tries("  7 passed (1.2m)\n").count(), 0);
    }

    #[test]
    fn a_skipped_browser_test_counts_as_failed() {
        assert_eq!(
            count("  1 failed\n    a.spec.mjs:1:1 › a\n  2 skipped\n  1 did not run\n  7 passed (3s)\n"),
            (7, 4)
        );
    }

    #[test]
    fn a_run_that_failed_or_tested_nothing_is_a_failure() {
        assert_eq!(worst((0, 0), Ok(())), (0, 1));
        assert_eq!(worst((7, 0), Err(Failure::new("killed"))), (7, 1));
        assert_eq!(worst(count(""), Ok(())), (0, 1));
    }
}
