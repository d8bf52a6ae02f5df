//! `cargo xtask fuzz [SECONDS]`: feeds bytes of any kind to every reader of bytes, for so long each, and prints one table.
//! The targets stand in `fuzz/`, a workspace of its own. Not a part of `cargo xtask test`: what it finds is a matter of
//! chance. What it has found becomes a test of the crate that it was found in.

mod seeds;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::project::{Failure, Project, files_below, read};
use crate::setup;
use crate::step::{Step, seconds};

/// How long each target runs if nothing is said.
pub(crate) const SECONDS: u64 = 60;
/// An input that takes longer than this is a finding.
const SLOW: u64 = 25;

/// How one target went.
struct Line {
    name: String,
    took: Duration,
    executions: u64,
    coverage: u64,
    findings: Vec<PathBuf>,
}

/// Runs each target whose name contains `wanted` for `time` seconds.
pub(crate) fn run(project: &Project, time: u64, wanted: &str) -> Result<(), Failure> {
    let targets: Vec<String> =
        targets(&read(&project.root.join("fuzz/Cargo.toml"))?).filter(|name| name.contains(wanted)).collect();
    if targets.is_empty() {
        return Err(Failure::new(format!("There is no fuzz target whose name contains `{wanted}`.")));
    }
    let path = setup::fuzz(project)?;
    let fuzz = |what: &str| {
        let mut command = project.cargo();
        command.env("PATH", &path).args(["fuzz", what]);
        // The engine has no unsafe code to watch over. Without a sanitizer it runs faster, and on the project's own Rust.
        command.args(["--sanitizer", "none", "--fuzz-dir", "fuzz", "--target-dir"]);
        command.arg(project.target.join("fuzz"));
        command
    };
    Step::new(project, "build the fuzz targets")
        .advice("Mend what the compiler says above; the targets stand in fuzz/targets/.")
        .run(&mut fuzz("build"))?;
    let mut lines = Vec::new();
    for name in targets {
        lines.push(target(project, fuzz("run"), name, time)?);
    }
    say!("\n{:<14}{:>10}{:>14}{:>10}{:>10}", "target", "time", "executions", "coverage", "findings");
    for line in &lines {
        let took = seconds(line.took);
        let count = line.findings.len();
        say!("{:<14}{took:>10}{:>14}{:>10}{count:>10}", line.name, line.executions, line.coverage);
    }
    let all: u64 = lines.iter().map(|line| line.executions).sum();
    say!("{:<14}{:>10}{all:>14}", "all", seconds(lines.iter().map(|line| line.took).sum()));
    let found: Vec<&PathBuf> = lines.iter().flat_map(|line| &line.findings).collect();
    for file in &found {
        say!("found: {}", file.display());
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::new("Make a test of each finding, then mend it.")) }
}

/// Runs one target on its seeds and on what earlier runs have found worth keeping.
fn target(project: &Project, mut command: Command, name: String, time: u64) -> Result<Line, Failure> {
    let scratch = project.scratch("fuzz");
    let corpus = scratch.join("corpus").join(&name);
    let findings = scratch.join("findings").join(&name);
    for folder in [&corpus, &findings] {
        std::fs::create_dir_all(folder).map_err(|e| Failure::file("create", folder, &e))?;
    }
    let before = files_below(&findings);
    let (seeds, dictionary) = seeds::write_for(project, &scratch, &name)?;
    command.arg(&name).arg(&corpus).arg(&seeds);
    // What no file of the project holds is written by hand.
    let by_hand = project.root.join("fuzz/seeds").join(&name);
    if by_hand.is_dir() {
        command.arg(by_hand);
    }
    command.arg("--");
    command.arg(format!("-max_total_time={time}"));
    command.arg(format!("-timeout={SLOW}"));
    command.args(["-rss_limit_mb=2048", "-max_len=200000", "-print_final_stats=1"]);
    command.arg(format!("-artifact_prefix={}/", findings.display()));
    command.arg(format!("-dict={}", dictionary.display()));
    let step = Step::new(project, format!("fuzz {name}"))
        .limit(Duration::from_secs(time + 20 * SLOW))
        .excerpt(what_happened);
    let log = step.log();
    let start = std::time::Instant::now();
    let result = step.run(&mut command);
    let log = read(&log)?;
    let found: Vec<PathBuf> =
        files_below(&findings).into_iter().filter(|file| !before.contains(file)).collect();
    // It ends badly when it finds something; if it found nothing, something else is wrong.
    if let Err(failure) = result
        && found.is_empty()
    {
        return Err(failure);
    }
    let (executions, coverage) = figures(&log);
    Ok(Line { name, took: start.elapsed(), executions, coverage, findings: found })
}

/// The names of the targets, in the order of their manifest.
fn targets(manifest: &str) -> impl Iterator<Item = String> + '_ {
    let programs = manifest.split("[[bin]]").skip(1);
    programs.filter_map(|program| {
        let name = program.lines().find_map(|line| line.strip_prefix("name = \""))?;
        Some(name.trim_end_matches('"').to_owned())
    })
}

/// How many inputs were tried, and how many places in the code they reached.
fn figures(log: &str) -> (u64, u64) {
    let after = |line: &str, word: &str| -> Option<u64> {
        line.split_once(word)?.1.split_whitespace().next()?.parse().ok()
    };
    let last = |word: &str| log.lines().rev().find_map(|line| after(line, word)).unwrap_or(0);
    (last("stat::number_of_executed_units:"), last(" cov: "))
}

/// What the log says of a finding: the message of the panic and where the input lies.
fn what_happened(log: &str) -> Vec<&str> {
    let telling =
        ["panicked at", "SUMMARY:", "ERROR:", "Test unit written to", "assertion", "  left:", " right:"];
    let mut shown = Vec::new();
    let mut next = false;
    for line in log.lines() {
        // The message stands on the line after the place.
        if next || telling.iter().any(|word| line.contains(word)) {
            shown.push(line);
        }
        next = line.contains("panicked at");
    }
    if shown.is_empty() { crate::step::end_of(log) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::{figures, targets, what_happened};

    const LOG: &str = "INFO: seed corpus: files: 8\n#12\tINITED cov: 31 ft: 40 corp: 3/9b\n#99\tREDUCE cov: 57 ft: 80\n\
                       thread '<unnamed>' panicked at fuzz/targets/dates.rs:9:5:\nread twice\nnote: run with\n\
                       SUMMARY: libFuzzer: deadly signal\nstat::number_of_executed_units: 4321\n";

    #[test]
    fn figures_are_the_last_that_were_printed() {
        assert_eq!(figures(LOG), (4321, 57));
        assert_eq!(figures("error: could not compile"), (0, 0));
    }

    #[test]
    fn a_finding_is_told_with_its_message() {
        let told = what_happened(LOG);
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told.get(1), Some(&"read twice"));
    }

    #[test]
    fn targets_are_read_from_the_manifest() {
        let manifest = "[package]\nname = \"fuzz\"\n[[bin]]\nname = \"one\"\n\n[[bin]]\nname = \"two\"\n";
        assert_eq!(targets(manifest).collect::<Vec<_>>(), ["one", "two"]);
    }
}
