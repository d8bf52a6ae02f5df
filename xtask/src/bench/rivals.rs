//! Other packages on the same work: installs them, hands the work over, runs them. They live in `benches/rivals/`, apart
//! from everything that is shipped. What cannot be installed is left out and named; what does not do the same work is a
//! failure.

use std::path::PathBuf;

use super::{Figures, engine, measure};
use crate::project::{Failure, Project};
use crate::setup::{Toolbox, npm_packages};
use crate::step::Step;

const FOLDER: &str = "benches/rivals";
const JAVASCRIPT: &str = "zod, ajv, json-rules-engine and json-logic-engine";
const ZEN: &str = "zen-engine";

/// What is ready to be measured, and why the rest is not.
pub(super) struct Rivals {
    material: PathBuf,
    javascript: bool,
    zen: Option<PathBuf>,
    missing: Vec<String>,
}

/// What was measured of them.
pub(super) struct Theirs {
    pub(super) figures: Vec<Figures>,
    /// Who is left out, and why.
    pub(super) missing: Vec<String>,
}

/// Installs and builds. A machine without a network still measures the engine.
pub(super) fn prepare(project: &Project) -> Result<Rivals, Failure> {
    let folder = project.scratch("rivals");
    std::fs::create_dir_all(&folder).map_err(|e| Failure::file("create", &folder, &e))?;
    let material = folder.join("material.json");
    engine::material(project, &material)?;
    let mut rivals = Rivals { material, javascript: false, zen: None, missing: Vec::new() };
    match npm_packages(project, &project.root.join(FOLDER), "npm ci (benches/rivals)") {
        Ok(_) => rivals.javascript = true,
        Err(failure) => rivals.missing.push(format!("{JAVASCRIPT}: not measured. {failure}")),
    }
    match zen(project) {
        Ok(program) => rivals.zen = Some(program),
        Err(failure) => rivals.missing.push(format!("{ZEN}: not measured. {failure}")),
    }
    Ok(rivals)
}

fn zen(project: &Project) -> Result<PathBuf, Failure> {
    let target = project.target.join("rivals");
    let mut command = project.cargo();
    command.args(["build", "--release", "--locked", "--manifest-path"]);
    command.arg(project.root.join(FOLDER).join("zen/Cargo.toml")).env("CARGO_TARGET_DIR", &target);
    Step::new(project, "build the ZEN engine (about 10 min, once)")
        .advice("Check the network connection and that a C compiler is installed, then try again.")
        .run(&mut command)?;
    Ok(target.join("release/rival-zen"))
}

impl Rivals {
    /// Runs what is there. The failure is that of a package that does not do the same work.
    pub(super) fn measure(self, project: &Project, tools: &Toolbox) -> (Theirs, Option<Failure>) {
        let Rivals { material, javascript, zen, mut missing } = self;
        let folder = material.with_file_name("");
        let mut figures = Vec::new();
        let mut commands = Vec::new();
        if javascript {
            let mut command = tools.command(project, "node");
            command.arg(format!("{FOLDER}/measure.mjs"));
            commands.push((JAVASCRIPT, command));
        }
        match zen {
            Some(program) if javascript => commands.push((ZEN, project.command(program))),
            Some(_) => missing.push(format!("{ZEN}: not measured. The JavaScript side writes its rules.")),
            None => {}
        }
        for (title, mut command) in commands {
            match measure(project, title, command.arg(&material).arg(&folder)) {
                Ok(measured) => figures.push(measured),
                Err(failure) => return (Theirs { figures, missing }, Some(failure)),
            }
        }
        (Theirs { figures, missing }, None)
    }
}
