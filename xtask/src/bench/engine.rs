//! The engine's own part: its benchmark natively and as Wasm, what it is given to other packages as, and what it weighs.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Figures, measure as measured};
use crate::project::{Failure, Project, files_below};
use crate::setup::Toolbox;
use crate::step::Step;

/// The browser side's target and profile, so that what is timed is compiled as what is shipped.
/// As the form has it: without what only people who write rules need.
const WASM: [&str; 5] =
    ["--no-default-features", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release"];
/// What `Standards::built_in` carries. The words of the form are no part of the engine's module.
const DATA: [&str; 4] =
    ["rule_packs/leeds-example.json", "profiles/leeds.json", "code_lists.json", "elements.json"];

/// What was measured of the engine.
pub(super) struct Ours {
    pub(super) native: Figures,
    pub(super) wasm: Figures,
    pub(super) weight: Weight,
}

/// Bytes of the engine and its data as a Wasm module of its own.
pub(super) struct Weight {
    pub(super) raw: u64,
    pub(super) brotli: u64,
    /// The data files alone, brotli: the rule pack, then everything else.
    pub(super) pack: u64,
    pub(super) other_data: u64,
}

fn native(project: &Project) -> Command {
    let mut command = project.cargo();
    command.args(["bench", "--package", "assessment-engine", "--bench", "engine"]);
    command
}

pub(super) fn build(project: &Project, tools: &Toolbox) -> Result<(), Failure> {
    let mend = "Mend what the compiler says above.";
    Step::new(project, "build the engine's benchmark").advice(mend).run(native(project).arg("--no-run"))?;
    let mut command = project.cargo();
    command.args(["build", "--package", "assessment-engine", "--example", "wasm_bench"]);
    command.args(["--example", "engine_alone"]).args(WASM);
    command.envs(tools.wasm.iter().map(|(name, value)| (name, value)));
    Step::new(project, "build the engine's benchmark (Wasm)").advice(mend).run(&mut command).map(|_| ())
}

/// Writes what other packages are given to do.
pub(super) fn material(project: &Project, file: &Path) -> Result<(), Failure> {
    let mut command = project.cargo();
    command.args([
        "run",
        "--package",
        "assessment-engine",
        "--example",
        "material",
        "--profile",
        "bench",
        "--",
    ]);
    Step::new(project, "write down the work for other packages").run(command.arg(file)).map(|_| ())
}

fn module(project: &Project, name: &str) -> PathBuf {
    project.target.join("wasm32-unknown-unknown/wasm-release/examples").join(format!("{name}.wasm"))
}

pub(super) fn measure(project: &Project, tools: &Toolbox) -> Result<Ours, Failure> {
    let weight = weigh(project, tools)?;
    let native = measured(project, "the engine, native", &mut native(project))?;
    let mut command = tools.command(project, "node");
    command.arg("crates/engine/examples/wasm_bench.mjs").arg(module(project, "wasm_bench"));
    let wasm = measured(project, "the engine, Wasm in Node", &mut command)?;
    Ok(Ours { native, wasm, weight })
}

fn weigh(project: &Project, tools: &Toolbox) -> Result<Weight, Failure> {
    let folder = project.scratch("weight");
    let small = folder.join("engine.wasm");
    std::fs::create_dir_all(&folder).map_err(|e| Failure::file("create", &folder, &e))?;
    let mut command = tools.command(project, "wasm-opt");
    command.args(crate::build::FEATURES).args(["-Oz", "--strip-debug", "--strip-producers"]);
    command.arg("--strip-target-features").arg(module(project, "engine_alone")).arg("--output").arg(&small);
    Step::new(project, "shrink the engine's Wasm (-Oz)").run(&mut command)?;
    let mut data = Vec::new();
    for name in DATA {
        let (from, to) =
            (project.root.join("crates/engine/data").join(name), folder.join(name.replace('/', "-")));
        std::fs::copy(&from, &to).map_err(|e| Failure::file("copy", &from, &e))?;
        data.push(to);
    }
    let mut command = tools.command(project, "node");
    command.arg("xtask/compress.mjs").arg(&small).args(&data);
    Step::new(project, "compress the engine (brotli 11)").run(&mut command)?;
    let bytes = |file: &Path| -> u64 {
        files_below(file)
            .iter()
            .filter_map(|file| std::fs::metadata(file).ok())
            .map(|facts| facts.len())
            .sum()
    };
    let packed = |file: &Path| bytes(&file.with_added_extension("br"));
    let sizes: Vec<u64> = data.iter().map(|file| packed(file)).collect();
    Ok(Weight {
        raw: bytes(&small),
        brotli: packed(&small),
        pack: sizes.iter().take(1).sum(),
        other_data: sizes.iter().skip(1).sum(),
    })
}
