//! `cargo xtask contract`: tries the description of the interface against the server on both stores, with right requests and
//! wrong ones. The script prints what differs; nothing may.

use std::process::Command;

use crate::build::{self, Kind};
use crate::project::{Failure, Project};
use crate::setup::{self, Needs, Toolbox, schemathesis};

/// Runs the whole: so many requests of each kind for an operation. `seed` repeats an earlier run.
pub(crate) fn run(project: &Project, examples: u32, seed: Option<&str>) -> Result<(), Failure> {
    let tools = setup::run(project, Needs::Test)?;
    build::server(project, Kind::Release)?;
    let mut command = command(project, &tools, examples)?;
    command.args(seed.iter().flat_map(|seed| ["--seed", seed]));
    if command.status().is_ok_and(|status| status.success()) {
        Ok(())
    } else {
        Err(Failure::new(
            "The server and its description differ; each finding is above, with a request that shows it.",
        ))
    }
}

/// The script, which starts the built server.
pub(crate) fn command(project: &Project, tools: &Toolbox, examples: u32) -> Result<Command, Failure> {
    let program = schemathesis::ensure(project)?;
    let mut command = tools.command(project, "node");
    command.arg("tests/contract/run.mjs").arg("--tool").arg(program);
    command.args(["--examples", &examples.to_string()]);
    command.env("ASSESSMENT_SERVER", Kind::Release.server(project));
    Ok(command)
}
