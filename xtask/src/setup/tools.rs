//! Programs that cargo builds into the tools folder, by name and version. A fitting one on the search path is used
//! instead.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{Failure, Project, answer, on_path, read};
use crate::step::Step;

/// The newest Trunk that the project's Rust can build.
const TRUNK: &str = "0.21.14";
/// Belongs to the crate `wasm_split_helpers`, whose marks it reads.
const WASM_SPLIT: &str = "0.2.4";
const NEXTEST: &str = "0.9.143";

struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    features: &'static [&'static str],
}

impl Tool {
    fn fits(&self, program: &Path) -> bool {
        let said = answer(Command::new(program).arg("--version")).unwrap_or_default();
        let Some(found) = said.split_whitespace().nth(1) else { return self.is_noted_at(program) };
        // Any nextest of this series runs the tests alike; the others must be exact.
        found == self.version || (self.package == "cargo-nextest" && found.starts_with("0.9."))
    }

    /// Whether cargo noted this version when it installed the program. Not every program knows its own.
    fn is_noted_at(&self, program: &Path) -> bool {
        let root = program.parent().and_then(Path::parent);
        let notes = root.and_then(|root| std::fs::read_to_string(root.join(".crates.toml")).ok());
        program.is_file()
            && notes.is_some_and(|notes| notes.contains(&format!("\"{} {} ", self.package, self.version)))
    }
}

/// Finds or builds what the build needs, and nextest for tests, and puts them on the search path.
pub(super) fn ensure(
    project: &Project,
    path: OsString,
    tests: bool,
    work: &mut Vec<String>,
) -> Result<OsString, Failure> {
    let lock = read(&project.root.join("Cargo.lock"))?;
    let Some(bindgen) = locked_version(&lock, "wasm-bindgen") else {
        return Err(Failure::new("Cargo.lock has no wasm-bindgen. Run `cargo check` once to complete it."));
    };
    let (trunk, bindgen) = (TRUNK.to_owned(), bindgen.to_owned());
    let mut wanted = vec![
        Tool { package: "trunk", program: "trunk", version: trunk, features: &["--no-default-features"] },
        Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version: bindgen, features: &[] },
        Tool {
            package: "wasm_split_cli_support",
            program: "wasm-split-cli",
            version: WASM_SPLIT.to_owned(),
            features: &["--features", "build-binary"],
        },
    ];
    if tests {
        let features = &["--no-default-features", "--features", "default-no-update"];
        let (package, version) = ("cargo-nextest", NEXTEST.to_owned());
        wanted.push(Tool { package, program: package, version, features });
    }
    let mut folders = Vec::new();
    for tool in wanted {
        if on_path(&path, tool.program).is_some_and(|program| tool.fits(&program)) {
            continue;
        }
        let home = project.tools.join(format!("{}-{}", tool.package, tool.version));
        if !tool.fits(&home.join("bin").join(tool.program)) {
            install(project, &tool, &home)?;
            work.push(format!("{} {}", tool.package, tool.version));
        }
        folders.push(home.join("bin"));
    }
    before(&path, folders)
}

/// A search path with these folders before the others.
pub(super) fn before(
    path: &OsString,
    folders: impl IntoIterator<Item = PathBuf>,
) -> Result<OsString, Failure> {
    std::env::join_paths(folders.into_iter().chain(std::env::split_paths(path)))
        .map_err(|e| Failure::new(format!("The search path cannot be extended: {e}.")))
}

fn install(project: &Project, tool: &Tool, home: &Path) -> Result<(), Failure> {
    let title = format!("build {} {} (minutes, once)", tool.package, tool.version);
    let build = |title: &str, locked: bool| {
        let step = Step::new(project, title).advice(
            "Check the network connection and that a C compiler is installed (Debian: `build-essential`), then try \
             again; what is already built is kept.",
        );
        let step = if locked { step.may_fail() } else { step };
        let mut command = project.cargo();
        command.arg("install").arg(format!("{}@{}", tool.package, tool.version));
        command.arg("--root").arg(home).arg("--force").args(tool.features).args(locked.then_some("--locked"));
        // They start other programs or shuffle a small file: optimising them costs a quarter of an hour for nothing.
        for (name, value) in [("OPT_LEVEL", "0"), ("LTO", "off"), ("CODEGEN_UNITS", "256"), ("DEBUG", "none")]
        {
            command.env(format!("CARGO_PROFILE_RELEASE_{name}"), value);
        }
        step.run(command.env("CARGO_TARGET_DIR", project.tools.join("building")))
    };
    // A tool's lock file can name a crate that a mirror does not have yet: then cargo chooses.
    build(&title, true).or_else(|_| build(&format!("{title}, newest crates"), false))
}

/// The version of a crate in Cargo.lock.
fn locked_version<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    rest.split('"').next()
}
