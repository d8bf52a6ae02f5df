//! Installs what is missing, after looking first. What it installs goes to the tools folder, to node_modules or, as root
//! on Debian, to the system. It never asks, and touches nothing else in a person's home.

mod apt;
mod programs;
pub(crate) mod schemathesis;
mod tools;
mod wasm_target;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::project::{Failure, Project, answer, on_path, read, write};
use crate::step::{Step, seconds};

/// The oldest Node that sass and Playwright accept.
const NODE: (u32, u32) = (20, 19);

/// A worked portal that is built with packages of its own, which nothing else here uses.
const PORTAL: &str = "examples/portal-react";

/// How much is wanted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Needs {
    /// To build and serve.
    Build,
    /// And to run the tests of cargo.
    Test,
    /// And to test in Chromium.
    Browser,
    /// And in Firefox and WebKit.
    Engines,
}

/// What set-up found or installed.
pub(crate) struct Toolbox {
    /// A search path on which Trunk, wasm-bindgen and the programs of node_modules come first.
    pub(crate) path: OsString,
    /// Variables that lead cargo to WebAssembly; none where the toolchain has the target.
    pub(crate) wasm: Vec<(&'static str, OsString)>,
    /// Variables that name the browsers to the tests; none where no browser was asked for.
    programs: Vec<(&'static str, PathBuf)>,
}

impl Toolbox {
    /// A program of the tool box, with all the others on its search path.
    pub(crate) fn command(&self, project: &Project, program: &str) -> Command {
        let found = on_path(&self.path, program).map_or_else(|| program.into(), PathBuf::into_os_string);
        let mut command = project.command(found);
        command.env("PATH", &self.path).envs(self.wasm.iter().map(|(name, value)| (name, value)));
        command.envs(self.programs.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Checks everything and installs what is missing.
pub(crate) fn run(project: &Project, needs: Needs) -> Result<Toolbox, Failure> {
    let start = Instant::now();
    let mut work = Vec::new();
    let wasm = wasm_target::ensure(project, &mut work)?;
    crates(project, &wasm, &mut work)?;
    let path = node(project, &mut work)?;
    let path = tools::ensure(project, path, needs >= Needs::Test, &mut work)?;
    if needs >= Needs::Browser && npm_packages(project, PORTAL)? {
        work.push("npm packages of the portal in React".to_owned());
    }
    let mut wanted = Vec::new();
    wanted.extend((needs >= Needs::Test).then_some(&programs::POSTGRES));
    wanted.extend((needs >= Needs::Browser).then_some(&programs::CHROMIUM));
    wanted.extend((needs >= Needs::Engines).then_some(&programs::OTHER_ENGINES).into_iter().flatten());
    let programs = programs::ensure(project, &wanted, &mut work)?;
    let done =
        if work.is_empty() { "nothing to do".to_owned() } else { format!("installed {}", work.join(", ")) };
    eprintln!("  ok: set-up, {done} ({})", seconds(start.elapsed()));
    Ok(Toolbox { path, wasm, programs })
}

/// Fetches the crates, because Trunk is kept off the network; also those of the standard library where it is built from
/// its sources.
fn crates(
    project: &Project,
    wasm: &[(&'static str, OsString)],
    work: &mut Vec<String>,
) -> Result<(), Failure> {
    let ours = project.root.join("Cargo.toml");
    for manifest in [Some(ours.clone()), wasm_target::library(wasm)].into_iter().flatten() {
        let fetch = || {
            let mut fetch = project.cargo();
            fetch.args(["fetch", "--manifest-path"]).arg(&manifest);
            fetch.envs(wasm.iter().map(|(name, value)| (name, value)));
            fetch
        };
        if answer(fetch().args(["--locked", "--offline"])).is_some() {
            continue;
        }
        let mut command = fetch();
        // A person may just have added a crate; a machine that checks takes the lock file as it is.
        if std::env::var_os("CI").is_some() || manifest != ours {
            command.arg("--locked");
        }
        Step::new(project, "fetch crates")
            .advice("Check the network connection and try again; cargo needs its registry once.")
            .run(&mut command)?;
        work.push("crates".to_owned());
    }
    Ok(())
}

/// Node, and node_modules as package-lock.json has it. A search path that holds its programs.
fn node(project: &Project, work: &mut Vec<String>) -> Result<OsString, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let wanted = format!("Node {}.{} or newer with npm", NODE.0, NODE.1);
    if on_path(&path, "npm").is_none() || node_version().is_none_or(|found| found < NODE) {
        apt::install(project, &["nodejs", "npm"], &wanted)?;
        work.push("nodejs and npm".to_owned());
    }
    if node_version().is_none_or(|found| found < NODE) {
        return Err(Failure::new(format!("{wanted} is needed. Install a current release, then try again.")));
    }
    if npm_packages(project, ".")? {
        work.push("npm packages".to_owned());
    }
    tools::before(&path, [project.root.join("node_modules/.bin")])
}

fn node_version() -> Option<(u32, u32)> {
    let text = answer(Command::new("node").arg("--version"))?;
    let mut parts = text.trim_start_matches('v').split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Makes a folder's node_modules equal to its package-lock.json; says whether there was anything to do. Install scripts
/// are never run, and Playwright is kept from downloading a browser.
fn npm_packages(project: &Project, folder: &str) -> Result<bool, Failure> {
    let folder = project.root.join(folder);
    let (lock, mark) =
        (read(&folder.join("package-lock.json"))?, folder.join("node_modules/.installed-from"));
    if std::fs::read_to_string(&mark).ok().as_ref() == Some(&lock) {
        return Ok(false);
    }
    let mut command = project.command("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    Step::new(project, "npm ci")
        .advice("Check the network connection and try again; npm needs its registry once.")
        .run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    write(&mark, lock).map(|()| true)
}
