//! Installs what is missing, after looking first. Everything it installs goes to the tools folder, node_modules
//! or, as root on Debian, the system; it never asks and never touches anything else in a person's home.

mod apt;
mod chromium;
mod npm;
mod tools;
mod wasm_target;

pub(crate) use npm::packages as npm_packages;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::project::{Failure, Project, answer};
use crate::step::{Step, seconds};

/// How much is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// To build and serve.
    Build,
    /// And to test in a browser.
    Everything,
}

/// What set-up found or installed.
pub(crate) struct Toolbox {
    /// A search path on which Trunk, wasm-bindgen, wasm-opt and sass come first.
    pub(crate) path: OsString,
    /// Variables that lead cargo to WebAssembly.
    pub(crate) wasm: Vec<(&'static str, OsString)>,
    /// The browser of the tests, if it was asked for.
    pub(crate) chromium: Option<PathBuf>,
}

impl Toolbox {
    /// A program of the tool box, with all of them on its search path.
    pub(crate) fn command(&self, project: &Project, program: &str) -> Command {
        let program = crate::project::on_path(&self.path, program)
            .map_or_else(|| program.into(), PathBuf::into_os_string);
        let mut command = project.command(program);
        command.env("PATH", &self.path);
        command
    }
}

/// Checks everything and installs what is missing.
pub(crate) fn run(project: &Project, needs: Needs) -> Result<Toolbox, Failure> {
    let start = Instant::now();
    let mut work = Vec::new();
    let wasm = wasm_target::ensure(project, &mut work)?;
    crates(project, &wasm, &mut work)?;
    let path = npm::ensure(project, &mut work)?;
    let path = tools::ensure(project, path, &mut work)?;
    let chromium = match needs {
        Needs::Build => None,
        Needs::Everything => Some(chromium::ensure(project, &mut work)?),
    };
    let time = seconds(start.elapsed());
    if work.is_empty() {
        eprintln!("  ok: set-up, nothing to do ({time})");
    } else {
        eprintln!("  ok: set-up, installed {} ({time})", work.join(", "));
    }
    Ok(Toolbox { path, wasm, chromium })
}

/// Finds or installs cargo-fuzz. A search path on which cargo finds it.
pub(crate) fn fuzz(project: &Project) -> Result<OsString, Failure> {
    with(project, tools::fuzz)
}

/// Finds or installs cargo-mutants. A search path on which cargo finds it.
pub(crate) fn mutants(project: &Project) -> Result<OsString, Failure> {
    with(project, tools::mutants)
}

type Ensure = fn(&Project, OsString, &mut Vec<String>) -> Result<OsString, Failure>;

fn with(project: &Project, ensure: Ensure) -> Result<OsString, Failure> {
    let mut work = Vec::new();
    let path = ensure(project, std::env::var_os("PATH").unwrap_or_default(), &mut work)?;
    if !work.is_empty() {
        eprintln!("  ok: set-up, installed {}", work.join(", "));
    }
    Ok(path)
}

/// Fetches the crates, because Trunk is kept off the network. Where the standard library is built from its sources,
/// its own crates are fetched too; cargo does not count them among ours.
fn crates(
    project: &Project,
    wasm: &[(&'static str, OsString)],
    work: &mut Vec<String>,
) -> Result<(), Failure> {
    let mut wanted = vec![project.root.join("Cargo.toml")];
    wanted.extend(wasm_target::library(project, wasm).map(|sources| sources.join("Cargo.toml")));
    for manifest in wanted {
        let fetch = || {
            let mut fetch = project.cargo();
            fetch
                .args(["fetch", "--manifest-path"])
                .arg(&manifest)
                .envs(wasm.iter().map(|(name, value)| (name, value)));
            fetch
        };
        if answer(fetch().args(["--locked", "--offline"])).is_some() {
            continue;
        }
        let ours = manifest.starts_with(&project.root);
        let mut command = fetch();
        // A person may just have added a crate; a machine that checks must take the lock file as it is.
        if std::env::var_os("CI").is_some() || !ours {
            command.arg("--locked");
        }
        let title = if ours { "fetch crates" } else { "fetch crates of the standard library" };
        Step::new(project, title)
            .advice("Check the network connection and try again; cargo needs its registry once.")
            .run(&mut command)?;
        work.push("crates".to_owned());
    }
    Ok(())
}
