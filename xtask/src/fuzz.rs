//! `cargo xtask fuzz`: cargo-fuzz on each target of `fuzz/`, for so long each. Not a part of `cargo xtask test`: what it
//! finds is a matter of chance. What it has found becomes a test of the crate that it was found in.

use crate::project::{Failure, Project, create, files_below};
use crate::step::Step;

/// Runs each target whose name contains `wanted`.
pub(crate) fn run(project: &Project, time: u64, wanted: &str) -> Result<(), Failure> {
    let fuzz = |what: &str| {
        let mut command = project.cargo();
        // The crates under test have no unsafe code: without a sanitizer it runs faster, and on the project's own Rust.
        command.args(["fuzz", what, "--sanitizer", "none", "--fuzz-dir", "fuzz"]);
        command.arg("--target-dir").arg(project.target.join("fuzz"));
        command
    };
    let scratch = project.scratch("fuzz");
    let mut seeds = project.command("node");
    Step::new(project, "write the seeds").run(seeds.arg("fuzz/seeds.mjs").arg(&scratch))?;
    let build = Step::new(project, "build the fuzz targets").advice(
        "Fix what the compiler says above; if cargo knows no `fuzz`, run `cargo install cargo-fuzz`.",
    );
    build.run(&mut fuzz("build"))?;
    let mut found = Vec::new();
    for target in files_below(&project.root.join("fuzz/targets")) {
        let name = target.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !name.contains(wanted) {
            continue;
        }
        let folders = ["corpus", "seeds", "findings"].map(|kind| scratch.join(kind).join(&name));
        folders.iter().try_for_each(|folder| create(folder))?;
        let mut command = fuzz("run");
        command.arg(&name).args(&folders[..2]);
        command.args(Some(project.root.join("fuzz/seeds").join(&name)).filter(|by_hand| by_hand.is_dir()));
        command.args(["--", "-timeout=25", "-rss_limit_mb=2048", "-max_len=200000", "-print_final_stats=1"]);
        command.arg(format!("-dict={}", scratch.join("words.dict").display()));
        command.arg(format!("-artifact_prefix={}/", folders[2].display()));
        let step = Step::new(project, format!("fuzz {name}"));
        // It ends badly when it finds something.
        let result = step.run(command.arg(format!("-max_total_time={time}")));
        for line in step.output().lines().filter(|line| line.contains("number_of_executed_units")) {
            say!("{name}: {line}");
        }
        found.extend(result.err().map(|failure| failure.to_string()));
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{}\nMake a test of each finding, then fix it.", found.join("\n"))))
}
