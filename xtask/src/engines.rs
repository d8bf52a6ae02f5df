//! `cargo xtask engines`: sets up and builds, and types the families of tests/cases into the form in Chromium, Firefox and
//! WebKit. The tests print the table themselves.

use std::ffi::OsString;
use std::process::Command;

use crate::build::{self, Kind};
use crate::project::{Failure, Project};
use crate::setup::{self, Needs, Toolbox};

/// Runs the whole; `arguments` are Playwright's, such as `--project firefox`, or `-g` with the name of a case.
pub(crate) fn run(project: &Project, arguments: &[OsString]) -> Result<(), Failure> {
    let tools = setup::run(project, Needs::Engines)?;
    build::release(project, &tools)?;
    let mut command = command(project, &tools);
    if command.args(arguments).status().is_ok_and(|status| status.success()) {
        Ok(())
    } else {
        Err(Failure::new("Not every engine passed; the table shows which, and the reasons are above it."))
    }
}

/// Playwright with the tests of the engines.
pub(crate) fn command(project: &Project, tools: &Toolbox) -> Command {
    let mut command = tools.command(project, "playwright");
    command.args(["test", "--config", "tests/browser/engines/playwright.config.mjs"]);
    command.env("ASSESSMENT_SERVER", Kind::Release.server(project));
    command
}
