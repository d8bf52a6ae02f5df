//! Trunk and wasm-bindgen, and cargo-fuzz and cargo-mutants for those who ask for them: built from crates into the tools
//! folder by name and version. A fitting one that is already on the search path is used instead.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{Failure, Project, answer, on_path};
use crate::step::Step;

/// The newest Trunk that the project's Rust can build.
const TRUNK: &str = "0.21.14";
const CARGO_FUZZ: &str = "0.13.2";
const CARGO_MUTANTS: &str = "27.1.0";

struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    minutes: u32,
}

/// Finds or builds what the browser side needs and puts it on the search path.
pub(super) fn ensure(project: &Project, path: OsString, work: &mut Vec<String>) -> Result<OsString, Failure> {
    let bindgen = project.locked_version("wasm-bindgen")?;
    let tools = [
        Tool { package: "trunk", program: "trunk", version: TRUNK.to_owned(), minutes: 5 },
        Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version: bindgen, minutes: 2 },
    ];
    all(project, path, tools, work)
}

/// Finds or builds cargo-fuzz and puts it on the search path.
pub(super) fn fuzz(project: &Project, path: OsString, work: &mut Vec<String>) -> Result<OsString, Failure> {
    all(project, path, [command_of_cargo("cargo-fuzz", CARGO_FUZZ)], work)
}

/// Finds or builds cargo-mutants and puts it on the search path.
pub(super) fn mutants(
    project: &Project,
    path: OsString,
    work: &mut Vec<String>,
) -> Result<OsString, Failure> {
    all(project, path, [command_of_cargo("cargo-mutants", CARGO_MUTANTS)], work)
}

fn command_of_cargo(package: &'static str, version: &str) -> Tool {
    Tool { package, program: package, version: version.to_owned(), minutes: 2 }
}

fn all(
    project: &Project,
    path: OsString,
    tools: impl IntoIterator<Item = Tool>,
    work: &mut Vec<String>,
) -> Result<OsString, Failure> {
    let mut folders = Vec::new();
    for tool in tools {
        if on_path(&path, tool.program).is_some_and(|program| fits(&program, &tool)) {
            continue;
        }
        let home = project.tools.join(format!("{}-{}", tool.package, tool.version));
        if !fits(&home.join("bin").join(tool.program), &tool) {
            install(project, &tool, &home)?;
            work.push(format!("{} {}", tool.package, tool.version));
        }
        folders.push(home.join("bin"));
    }
    folders.extend(std::env::split_paths(&path));
    std::env::join_paths(folders)
        .map_err(|e| Failure::new(format!("The search path cannot be extended: {e}.")))
}

fn fits(program: &Path, tool: &Tool) -> bool {
    // A command of cargo's may want to be called as cargo calls it, with its own name first.
    let name = tool.program.strip_prefix("cargo-");
    let said = answer(Command::new(program).args(name).arg("--version"));
    let said = said.or_else(|| answer(Command::new(program).arg("--version"))).unwrap_or_default();
    said.split_whitespace().nth(1) == Some(tool.version.as_str())
}

fn install(project: &Project, tool: &Tool, home: &Path) -> Result<(), Failure> {
    let title = format!("build {} {} (about {} min, once)", tool.package, tool.version, tool.minutes);
    let advice = "Check the network connection and that a C compiler is installed (Debian: `build-essential`), then try \
                  again; what is already built is kept.";
    // The lock file shipped with a tool can name a crate that a lagging registry mirror lacks: then resolve anew.
    if Step::new(project, &*title)
        .advice(advice)
        .may_fail()
        .run(&mut cargo_install(project, tool, home, true))
        .is_ok()
    {
        return Ok(());
    }
    Step::new(project, format!("{title}, newest crates"))
        .advice(advice)
        .run(&mut cargo_install(project, tool, home, false))
        .map(|_| ())
}

fn cargo_install(project: &Project, tool: &Tool, home: &Path, locked: bool) -> Command {
    let building: PathBuf = project.tools.join("building");
    let mut command = project.cargo();
    command
        .arg("install")
        .arg(format!("{}@{}", tool.package, tool.version))
        .arg("--root")
        .arg(home)
        .arg("--force");
    if locked {
        command.arg("--locked");
    }
    if tool.package == "trunk" {
        command.arg("--no-default-features");
    }
    // They only start other programs or shuffle a small file: optimising them costs a quarter of an hour for nothing.
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    command.env("CARGO_PROFILE_RELEASE_LTO", "off");
    command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256");
    command.env("CARGO_PROFILE_RELEASE_DEBUG", "none");
    command.env("CARGO_TARGET_DIR", building);
    command
}
