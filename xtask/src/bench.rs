//! `cargo xtask bench`: sets up and builds, because a build would disturb, and calls the scripts that measure. Each prints
//! its own table. No figure is judged: what it may be depends on the machine.

use crate::build::{self, Kind};
use crate::project::{Failure, Project};
use crate::setup::{self, Needs, Toolbox};

/// Names and scripts.
const SCRIPTS: [(&str, &str); 3] = [
    ("engine", "benches/rivals/engine.mjs"),
    ("browser", "tests/browser/bench.mjs"),
    ("team", "tests/browser/bench-team.mjs"),
];

/// Counts presses, fields and keys of whole journeys through the form, as a table.
pub(crate) fn effort(project: &Project) -> Result<(), Failure> {
    let tools = setup::run(project, Needs::Browser)?;
    build::release(project, &tools)?;
    script(project, &tools, "effort", "tests/browser/effort.mjs")
}

/// Runs those whose name contains `wanted`.
pub(crate) fn run(project: &Project, wanted: &str) -> Result<(), Failure> {
    let chosen: Vec<_> = SCRIPTS.iter().filter(|(name, _)| name.contains(wanted)).collect();
    if chosen.is_empty() {
        let names = SCRIPTS.map(|(name, _)| name).join(", ");
        return Err(Failure::new(format!("No measurement is called `{wanted}`. There are {names}.")));
    }
    let tools = setup::run(project, Needs::Browser)?;
    build::release(project, &tools)?;
    for (name, script) in chosen {
        self::script(project, &tools, name, script)?;
    }
    Ok(())
}

fn script(project: &Project, tools: &Toolbox, name: &str, script: &str) -> Result<(), Failure> {
    let mut command = tools.command(project, "node");
    command.arg(script).env("ASSESSMENT_SERVER", Kind::Release.server(project));
    if !command.status().is_ok_and(|status| status.success()) {
        return Err(Failure::new(format!("The measurement {name} failed; it says why above.")));
    }
    Ok(())
}
