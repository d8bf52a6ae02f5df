//! Sources to `dist/` and a server, by Trunk and cargo. Unchanged sources of the browser side are recognised by their
//! content, so that a second call costs less than a second: wasm-bindgen, wasm-opt and brotli do not know that.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use crate::project::{Failure, Project, files_below, write};
use crate::setup::Toolbox;
use crate::step::Step;

/// What `dist/` is made of. Tests of crates are among it only because they are in the same folders.
const SOURCES: [&str; 17] = [
    "src",
    "crates",
    "public",
    "loader",
    "style",
    "index.html",
    "build.rs",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package.json",
    "package-lock.json",
    ".cargo/config.toml",
    "xtask/assemble.mjs",
    "xtask/loader.mjs",
    "xtask/split.mjs",
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
    both(project, tools, Kind::Release)
}

/// The browser side and the server; cargo knows best whether anything of the server changed.
pub(crate) fn both(project: &Project, tools: &Toolbox, kind: Kind) -> Result<(), Failure> {
    browser(project, tools, kind)?;
    server(project, kind)
}

/// The server alone.
pub(crate) fn server(project: &Project, kind: Kind) -> Result<(), Failure> {
    let mut command = project.cargo();
    command.args(["build", "--package", "assessment-server", "--bin", "assessment-server"]);
    command.args((kind == Kind::Release).then_some("--release"));
    Step::new(project, format!("build the server ({})", kind.name()))
        .advice("Fix what the compiler says above.")
        .run(&mut command)
}

fn browser(project: &Project, tools: &Toolbox, kind: Kind) -> Result<(), Failure> {
    let dist = kind.dist(project);
    let stamp = project.scratch(&format!("{}.stamp", kind.name()));
    let sources = digest(SOURCES.iter().map(|source| project.root.join(source)));
    let now = |dist| format!("{sources:x} {:x} {:?}", digest([dist]), tools.wasm);
    if std::fs::read_to_string(&stamp).is_ok_and(|known| known == now(dist.clone())) {
        eprintln!("  ok: browser side, unchanged");
        return Ok(());
    }
    let mut command = tools.command(project, "trunk");
    command
        .args(["build", "--color", "never", "--log", "error", "--skip-version-check", "--dist"])
        .arg(&dist);
    command.args((kind == Kind::Release).then_some("--release"));
    // A backtrace of Trunk would push what the compiler said off the screen; and Trunk takes NO_COLOR only as a boolean.
    command.env_remove("RUST_BACKTRACE").env_remove("NO_COLOR");
    Step::new(project, format!("build the browser side ({})", kind.name()))
        .advice("Fix what the compiler, sass or wasm-opt says above.")
        .run(&mut command)?;
    write(&stamp, now(dist))
}

/// One number for the names and contents of all files. It only has to differ when they do.
fn digest(paths: impl IntoIterator<Item = PathBuf>) -> u64 {
    let mut sum = DefaultHasher::new();
    for path in paths {
        for file in files_below(&path) {
            (file.strip_prefix(&path).ok(), std::fs::read(&file).ok()).hash(&mut sum);
        }
    }
    sum.finish()
}

/// What others take, below `target/package`: the npm folder and the static folder of portals (`xtask/package.mjs`), and form
/// and server in one archive, to be unpacked on a machine that has neither Rust nor Node.
pub(crate) fn package(project: &Project, tools: &Toolbox) -> Result<(), Failure> {
    release(project, tools)?;
    let folder = project.target.join("package");
    let mut command = tools.command(project, "node");
    command.arg("xtask/package.mjs").args([&Kind::Release.dist(project), &folder]);
    Step::new(project, "package for portals").run(&mut command)?;
    let archive = project.target.join(format!("common-assessment-{}.tar.gz", env!("CARGO_PKG_VERSION")));
    let mut command = project.command("tar");
    command.arg("-czf").arg(&archive).args(["dist", "README.md", "LICENSE", "-C"]);
    command.arg(project.target.join("release")).arg("assessment-server");
    Step::new(project, "package").run(&mut command)?;
    say!("{}", archive.display());
    say!("{}", folder.join("common-assessment").display());
    say!("{}", folder.join("static").display());
    Ok(())
}
