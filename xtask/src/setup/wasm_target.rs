//! Rust's WebAssembly target: the toolchain's own, or the one that rustup adds. Only where rustup cannot reach its server
//! does Debian's second compiler build the standard library from its sources; features and flags are the same.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt;
use crate::project::{Failure, Project, answer, files_below};
use crate::step::Step;

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's compiler, which has the sources of its library.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LIBRARY: &str = "lib/rustlib/src/rust/library/std/Cargo.toml";
/// The project's `rust-version`.
const OLDEST: (u32, u32) = (1, 95);

type Variables = Vec<(&'static str, OsString)>;

/// Finds or installs the target. The variables that cargo needs for it.
pub(super) fn ensure(project: &Project, work: &mut Vec<String>) -> Result<Variables, Failure> {
    if toolchain_has_it(project) {
        return Ok(Variables::new());
    }
    if let Some(variables) = debian() {
        return Ok(variables);
    }
    let added = Step::new(project, format!("rustup target add {TARGET}"))
        .may_fail()
        // A blocked network answers nothing at all.
        .run(project.command("timeout").args(["120", "rustup", "target", "add", TARGET]));
    if added.is_ok() && toolchain_has_it(project) {
        work.push("the wasm target".to_owned());
        return Ok(Variables::new());
    }
    eprintln!("  rustup could not add the target; using Debian's compiler and sources instead");
    let purpose = format!("Rust's {TARGET} target (`rustup target add {TARGET}` failed)");
    apt::update(project);
    let Some(linker) = newest_lld_package(project) else {
        return Err(Failure::new(format!(
            "{purpose} is missing, and Debian offers no package `lld-N` to build it with. Check the network connection, \
             add the target yourself, and run the command again."
        )));
    };
    apt::install(project, &["rustc-web", "rust-web-src", &linker], &purpose)?;
    work.push(format!("rustc-web, rust-web-src and {linker}"));
    debian().ok_or_else(|| {
        let (major, minor) = OLDEST;
        Failure::new(format!(
            "{DEBIAN_RUSTC} was installed but is older than {major}.{minor} or has no sources."
        ))
    })
}

fn toolchain_has_it(project: &Project) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = answer(project.command(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| !files_below(Path::new(&folder)).is_empty())
}

/// Building the standard library is not a stable feature of cargo, so this one build needs RUSTC_BOOTSTRAP.
fn debian() -> Option<Variables> {
    let said = answer(Command::new(DEBIAN_RUSTC).arg("--version"))?;
    let mut parts = said.split_whitespace().nth(1)?.split('.').map(str::parse::<u32>);
    let version = (parts.next()?.ok()?, parts.next()?.ok()?);
    let sysroot = PathBuf::from(answer(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))?);
    let programs =
        std::fs::read_dir("/usr/bin").ok()?.flatten().filter_map(|e| e.file_name().into_string().ok());
    let linker = newest(programs, "wasm-ld-")?;
    (version >= OLDEST && sysroot.join(DEBIAN_LIBRARY).exists()).then(|| {
        vec![
            ("RUSTC", DEBIAN_RUSTC.into()),
            ("RUSTC_BOOTSTRAP", "1".into()),
            ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
        ]
    })
}

/// The manifest of the standard library, if these variables build it from its sources.
pub(super) fn library(variables: &[(&'static str, OsString)]) -> Option<PathBuf> {
    if variables.is_empty() {
        return None;
    }
    let sysroot = answer(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))?;
    Some(PathBuf::from(sysroot).join(DEBIAN_LIBRARY).parent()?.with_file_name("Cargo.toml"))
}

fn newest_lld_package(project: &Project) -> Option<String> {
    let list = answer(project.command("apt-cache").args(["search", "--names-only", "^lld-[0-9]+$"]))?;
    newest(list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned), "lld-")
}

/// The name with the highest number after its prefix.
fn newest(names: impl Iterator<Item = String>, prefix: &str) -> Option<String> {
    let numbered = names.filter_map(|name| Some((name.strip_prefix(prefix)?.parse::<u32>().ok()?, name)));
    numbered.max().map(|(_, name)| name)
}
