//! Sources to `dist/` and a server. Trunk and cargo compile, sass makes the one style sheet, `assemble` joins them.
//! Unchanged sources are recognised by their content, so a second call costs less than a second.

mod assemble;
mod freshness;
mod purge;

pub(crate) use assemble::{FEATURES, named_wasm};

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::project::{Failure, Project, files_below, read, write};
use crate::setup::Toolbox;
use crate::step::{Step, seconds};

/// What the style sheet is made of.
const STYLES: [&str; 6] =
    ["style", "src", "public", "package-lock.json", "xtask/src/build.rs", "xtask/src/build/purge.rs"];
/// What may write a class of GOV.UK Frontend. The page of components is among it, since tests show that markup too.
const MARKUP: [&str; 2] = ["src", "public"];
const COMPONENTS: &str = "style/README.md";
/// What Trunk's output is made of. The engine's and api's tests are among it only because they lie in the same
/// folders; building for nothing is better than serving something old.
const PROGRAM: [&str; 10] = [
    "src",
    "crates/engine",
    "crates/api",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "xtask/src/build.rs",
];

/// How a build is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Small and fast for practitioners; `dist/`.
    Release,
    /// Quick to make and easy to debug; a scratch folder.
    Debug,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Debug => "debug",
        }
    }

    fn stamp(self, part: &str) -> String {
        format!("{}-{part}", self.name())
    }

    /// Where the browser side goes.
    pub(crate) fn dist(self, project: &Project) -> PathBuf {
        match self {
            Self::Release => project.root.join("dist"),
            Self::Debug => project.scratch("dist-debug"),
        }
    }

    /// Where cargo leaves the server.
    pub(crate) fn server(self, project: &Project) -> PathBuf {
        project.target.join(self.name()).join(format!("assessment-server{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Both sides in release mode.
pub(crate) fn release(project: &Project, tools: &Toolbox) -> Result<(), Failure> {
    browser(project, tools, Kind::Release)?;
    server(project, Kind::Release)
}

/// The browser side, in three parts of which each is made again only if its sources changed.
pub(crate) fn browser(project: &Project, tools: &Toolbox, kind: Kind) -> Result<(), Failure> {
    let start = Instant::now();
    let dist = kind.dist(project);
    let css = project.scratch(&format!("{}.css", kind.name()));
    let out = project.scratch(&format!("trunk-{}", kind.name()));
    let mut changed = false;
    if let Some(stale) = freshness::stale(project, &kind.stamp("css"), &STYLES.map(Path::new), "", &css)? {
        styles(project, tools, kind, &css)?;
        stale.record()?;
        changed = true;
    }
    let flags = format!("{:?}", tools.wasm);
    if let Some(stale) =
        freshness::stale(project, &kind.stamp("wasm"), &PROGRAM.map(Path::new), &flags, &out)?
    {
        trunk(project, tools, kind, &out)?;
        stale.record()?;
        changed = true;
    }
    let parts = [
        css.as_path(),
        out.as_path(),
        Path::new("xtask/src/build"),
        Path::new("xtask/compress.mjs"),
        Path::new("xtask/shrink.mjs"),
        Path::new("xtask/order.mjs"),
        Path::new("xtask/wasm.mjs"),
        Path::new("package-lock.json"),
    ];
    if let Some(stale) = freshness::stale(project, &kind.stamp("dist"), &parts, "", &dist)? {
        assemble::run(
            project,
            tools,
            &assemble::Parts { trunk: &out, css: &css, dist: &dist, release: kind == Kind::Release },
        )?;
        stale.record()?;
        changed = true;
    }
    if !changed {
        eprintln!("  ok: browser side, unchanged ({})", seconds(start.elapsed()));
    }
    Ok(())
}

/// The engine as a Wasm module of its own, for the test that it says the same in a browser as anywhere else.
pub(crate) fn engine_alone(project: &Project, tools: &Toolbox) -> Result<PathBuf, Failure> {
    let mut command = project.cargo();
    command.args(["build", "--package", "assessment-engine", "--example", "engine_alone"]);
    // As the form has it.
    command.args([
        "--no-default-features",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "wasm-release",
    ]);
    command.envs(tools.wasm.iter().map(|(name, value)| (name, value)));
    Step::new(project, "build the engine alone (Wasm)")
        .advice("Mend what the compiler says above.")
        .run(&mut command)?;
    Ok(project.target.join("wasm32-unknown-unknown/wasm-release/examples/engine_alone.wasm"))
}

/// The server; cargo knows best whether anything changed.
pub(crate) fn server(project: &Project, kind: Kind) -> Result<(), Failure> {
    let mut command = project.cargo();
    command.args(["build", "--package", "assessment-server", "--bin", "assessment-server"]);
    if kind == Kind::Release {
        command.arg("--release");
    }
    Step::new(project, format!("build the server ({})", kind.name()))
        .advice("Mend what the compiler says above.")
        .run(&mut command)
        .map(|_| ())
}

fn styles(project: &Project, tools: &Toolbox, kind: Kind, css: &Path) -> Result<(), Failure> {
    if let Some(folder) = css.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Failure::file("create", folder, &e))?;
    }
    let mut command = tools.command(project, "sass");
    command.args(["--no-source-map", "--quiet-deps", "--load-path=node_modules"]);
    command.arg(if kind == Kind::Release { "--style=compressed" } else { "--style=expanded" });
    command.arg("style/main.scss").arg(css);
    Step::new(project, format!("compile styles ({})", kind.name()))
        .advice("Mend what sass says above.")
        .run(&mut command)?;
    if kind == Kind::Release {
        let mut markup = String::new();
        for file in MARKUP.iter().flat_map(|part| files_below(&project.root.join(part))) {
            markup.push_str(&String::from_utf8_lossy(&std::fs::read(&file).unwrap_or_default()));
            markup.push('\n');
        }
        // Between the fences; the words around them also name classes that are not used.
        let page = read(&project.root.join(COMPONENTS))?;
        page.split("```").skip(1).step_by(2).for_each(|block| markup.push_str(block));
        let used = purge::classes(&markup);
        write(css, purge::purged(&read(css)?, &|class| used.contains(class)))?;
    }
    Ok(())
}

fn trunk(project: &Project, tools: &Toolbox, kind: Kind, out: &Path) -> Result<(), Failure> {
    let mut command = tools.command(project, "trunk");
    command.args(["build", "--color", "never", "--log", "error", "--skip-version-check", "--dist"]).arg(out);
    if kind == Kind::Release {
        command.args(["--release", "--cargo-profile", "wasm-release"]);
    }
    command.envs(tools.wasm.iter().map(|(name, value)| (name, value)));
    // A backtrace of Trunk would push what the compiler said off the screen.
    command.env_remove("RUST_BACKTRACE");
    // Trunk takes NO_COLOR only as `true` or `false`, while people set it to 1.
    command.env_remove("NO_COLOR");
    Step::new(project, format!("build the browser side ({})", kind.name()))
        .advice("Mend what the compiler says above.")
        .run(&mut command)
        .map(|_| ())
}
