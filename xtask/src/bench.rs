//! Finds and runs the measurements: `crates/*/benches/*.rs` with cargo, `tests/browser/*.bench.mjs` with Node
//! (which loads the built Wasm or drives a browser). Their figures are printed as they come.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::build::{self, Kind};
use crate::project::{Failure, Project, files_below};
use crate::setup::{self, Needs};

/// Runs those whose name contains `wanted`.
pub(crate) fn run(project: &Project, wanted: &str) -> Result<(), Failure> {
    let found = find(project);
    let chosen: Vec<&PathBuf> = found.iter().filter(|file| name(file).contains(wanted)).collect();
    if chosen.is_empty() {
        say!("There is no measurement called `{wanted}`. There are:");
        found.iter().for_each(|file| say!("  {}", name(file)));
        say!("They live in crates/*/benches/NAME.rs and tests/browser/NAME.bench.mjs.");
        return if wanted.is_empty() { Ok(()) } else { Err(Failure::new("Nothing was measured.")) };
    }
    let tools = setup::run(project, Needs::Everything)?;
    let in_browser = chosen.iter().any(|file| is_script(file));
    if in_browser {
        build::release(project, &tools)?;
    }
    for file in chosen {
        say!("\n{}", name(file));
        let mut command = if is_script(file) {
            let mut command = tools.command(project, "node");
            command.arg(file).env("ASSESSMENT_SERVER", Kind::Release.server(project));
            if let Some(chromium) = &tools.chromium {
                command.env("CHROMIUM", chromium);
            }
            command
        } else {
            let mut command = project.cargo();
            let manifest = file.ancestors().nth(2).unwrap_or(&project.root).join("Cargo.toml");
            command.arg("bench").arg("--manifest-path").arg(manifest).arg("--bench").arg(name(file));
            command
        };
        finish(&mut command, &name(file))?;
    }
    Ok(())
}

fn finish(command: &mut Command, name: &str) -> Result<(), Failure> {
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure::new(format!("The measurement {name} failed; it says why above."))),
    }
}

fn find(project: &Project) -> Vec<PathBuf> {
    let in_crates = files_below(&project.root.join("crates")).into_iter().filter(|file| {
        file.parent().and_then(Path::file_name).is_some_and(|folder| folder == "benches")
            && file.extension().is_some_and(|ending| ending == "rs")
    });
    let scripts = files_below(&project.root.join("tests/browser")).into_iter().filter(|file| is_script(file));
    in_crates.chain(scripts).collect()
}

fn is_script(file: &Path) -> bool {
    file.to_string_lossy().ends_with(".bench.mjs")
}

fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.trim_end_matches(".rs").trim_end_matches(".bench.mjs").to_owned()
}
