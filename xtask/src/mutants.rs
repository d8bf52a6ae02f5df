//! `cargo xtask mutants [OPTIONS]`: changes the threshold rules and the checks in one place after the other and looks
//! whether a test notices. What is changed and which tests run stands in `.cargo/mutants.toml`; the options are those of
//! cargo-mutants, such as `--shard 0/20`, `--in-diff FILE` or `--re PATTERN`. Not a part of `cargo xtask test`: it takes hours.

use crate::project::{Failure, Project};
use crate::setup;

/// Runs cargo-mutants, which speaks for itself.
pub(crate) fn run(project: &Project, options: &[&str]) -> Result<(), Failure> {
    let path = setup::mutants(project)?;
    let output = project.scratch("mutants");
    std::fs::create_dir_all(&output).map_err(|e| Failure::file("create", &output, &e))?;
    let mut command = project.cargo();
    command.env("PATH", path).env("CARGO_PROFILE_DEV_DEBUG", "none");
    // A target folder beside the usual one: copies of the sources would otherwise be built in its place.
    command.env("CARGO_TARGET_DIR", project.target.join("mutants"));
    command
        .args(["mutants", "--package", "assessment-engine", "--no-shuffle", "--output"])
        .arg(output)
        .args(options);
    let status = command.status().map_err(|e| Failure::new(format!("cargo-mutants did not start: {e}.")))?;
    if status.success() { Ok(()) } else { Err(Failure::already_told()) }
}
