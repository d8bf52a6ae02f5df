//! Debian packages: installed as root, otherwise named in a message. No other package manager is tried.

use std::path::Path;
use std::process::Command;

use crate::project::{Failure, Project, answer};
use crate::step::Step;

/// Installs packages, or says how a person can.
pub(super) fn install(project: &Project, packages: &[&str], purpose: &str) -> Result<(), Failure> {
    let names = packages.join(" ");
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(Failure::new(format!(
            "{purpose} is missing, and so is apt-get. Install it with your system's package manager (Debian calls it \
             `{names}`), then run the command again."
        )));
    }
    if answer(Command::new("id").arg("-u")).as_deref() != Some("0") {
        return Err(Failure::new(format!(
            "{purpose} is missing. Run `sudo apt-get update && sudo apt-get install --no-install-recommends {names}`, \
             then run the command again."
        )));
    }
    update(project);
    Step::new(project, format!("apt-get install {names}"))
        .advice(format!(
            "Check the network connection, or run `apt-get install {names}` yourself and try again."
        ))
        .run(apt_get(project).args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// Refreshes the package lists. An extra source that cannot be reached does not matter: the install decides.
pub(super) fn update(project: &Project) {
    let _ = Step::new(project, "apt-get update").may_fail().run(apt_get(project).arg("update"));
}

fn apt_get(project: &Project) -> Command {
    let mut command = project.command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
