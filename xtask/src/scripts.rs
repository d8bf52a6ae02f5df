//! What a script or Playwright does on a built form, once set-up and build are done: measurements, journeys, the three
//! engines, the description of the interface. Each prints its own table. No measurement is judged: what it may be depends on
//! the machine.

use std::ffi::OsString;
use std::process::Command;

use crate::build::{self, Kind};
use crate::project::{Failure, Project};
use crate::setup::{self, Needs, Toolbox, schemathesis};

/// The measurements of `bench` by name.
const MEASUREMENTS: [(&str, &str); 3] = [
    ("engine", "benches/rivals/engine.mjs"),
    ("browser", "tests/browser/bench.mjs"),
    ("team", "tests/browser/bench-team.mjs"),
];

/// Runs the measurements whose name contains `wanted`.
pub(crate) fn bench(project: &Project, wanted: &str) -> Result<(), Failure> {
    let chosen: Vec<_> = MEASUREMENTS.iter().filter(|(name, _)| name.contains(wanted)).collect();
    if chosen.is_empty() {
        let names = MEASUREMENTS.map(|(name, _)| name).join(", ");
        return Err(Failure::new(format!("No measurement is called `{wanted}`. There are {names}.")));
    }
    let tools = built(project, Needs::Browser)?;
    chosen.into_iter().try_for_each(|(name, script)| measure(project, &tools, name, script))
}

/// Counts presses, fields and keys of whole journeys through the form, as a table.
pub(crate) fn effort(project: &Project) -> Result<(), Failure> {
    measure(project, &built(project, Needs::Browser)?, "effort", "tests/browser/effort.mjs")
}

fn measure(project: &Project, tools: &Toolbox, name: &str, script: &str) -> Result<(), Failure> {
    let failure = format!("The measurement {name} failed; it says why above.");
    finish(on_server(project, tools, "node").arg(script), &failure)
}

/// Types the families of `tests/cases` in Chromium, Firefox and WebKit. `arguments` are Playwright's, such as
/// `--project firefox`, or `-g` with the name of a case.
pub(crate) fn engines(project: &Project, arguments: &[OsString]) -> Result<(), Failure> {
    let tools = built(project, Needs::Engines)?;
    let failure = "Not every engine passed; the table shows which, and the reasons are above it.";
    finish(engines_command(project, &tools).args(arguments), failure)
}

/// Playwright with the tests of the engines.
pub(crate) fn engines_command(project: &Project, tools: &Toolbox) -> Command {
    let mut command = on_server(project, tools, "playwright");
    command.args(["test", "--config", "tests/browser/engines/playwright.config.mjs"]);
    command
}

/// Tries the description of the interface against the server on both stores, with right requests and wrong ones: so many of
/// each kind for an operation. `seed` repeats an earlier run. The script prints what differs; nothing may.
pub(crate) fn contract(project: &Project, examples: u32, seed: Option<&str>) -> Result<(), Failure> {
    let tools = setup::run(project, Needs::Test)?;
    build::server(project, Kind::Release)?;
    let mut command = contract_command(project, &tools, examples)?;
    command.args(seed.iter().flat_map(|seed| ["--seed", seed]));
    let failure =
        "The server and its description differ; each finding is above, with a request that shows it.";
    finish(&mut command, failure)
}

/// The script of the description, which starts the built server.
pub(crate) fn contract_command(
    project: &Project,
    tools: &Toolbox,
    examples: u32,
) -> Result<Command, Failure> {
    let program = schemathesis::ensure(project)?;
    let mut command = on_server(project, tools, "node");
    command.arg("tests/contract/run.mjs").arg("--tool").arg(program);
    command.args(["--examples", &examples.to_string()]);
    Ok(command)
}

/// Sets up and builds first, because a build would disturb.
fn built(project: &Project, needs: Needs) -> Result<Toolbox, Failure> {
    let tools = setup::run(project, needs)?;
    build::release(project, &tools)?;
    Ok(tools)
}

/// A program that is told where the built server is.
pub(crate) fn on_server(project: &Project, tools: &Toolbox, program: &str) -> Command {
    let mut command = tools.command(project, program);
    command.env("ASSESSMENT_SERVER", Kind::Release.server(project));
    command
}

fn finish(command: &mut Command, failure: &str) -> Result<(), Failure> {
    let succeeded = command.status().is_ok_and(|status| status.success());
    if succeeded { Ok(()) } else { Err(Failure::new(failure)) }
}
