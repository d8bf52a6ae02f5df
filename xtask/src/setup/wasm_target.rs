//! The way to WebAssembly. Either the toolchain has the target (rustup adds it in seconds), or, where rustup's
//! server is out of reach, Debian's second compiler brings the standard library as sources and cargo builds it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::apt;
use crate::project::{Failure, Project, answer};
use crate::step::Step;

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's compiler with the sources of its library.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
/// What the project's `rust-version` asks for.
const OLDEST: (u32, u32) = (1, 95);

/// Variables for cargo: none when the toolchain has the target.
type Variables = Vec<(&'static str, OsString)>;

/// Finds or installs one of the two ways.
pub(super) fn ensure(project: &Project, work: &mut Vec<String>) -> Result<Variables, Failure> {
    if toolchain_has_it(project) {
        return Ok(Vec::new());
    }
    if let Some(variables) = debian() {
        return Ok(variables);
    }
    let mut rustup = project.command("rustup");
    rustup.args(["target", "add", TARGET]);
    let added =
        Step::new(project, "rustup target add").limit(Duration::from_secs(120)).may_fail().run(&mut rustup);
    if added.is_ok() && toolchain_has_it(project) {
        work.push("the wasm target".to_owned());
        return Ok(Vec::new());
    }
    eprintln!("  rustup could not add the target; using Debian's compiler and sources instead");
    let rustup_advice = format!("Rust's {TARGET} target (`rustup target add {TARGET}` failed)");
    apt::update(project, "")?;
    let Some(linker) = newest_lld_package(project) else {
        return Err(Failure::new(format!(
            "{rustup_advice} is missing, and no Debian package `lld-N` is on offer to build it from sources. \
             Check the network connection, add the target by hand, and run the command again."
        )));
    };
    apt::install(project, &["rustc-web", "rust-web-src", &linker], &rustup_advice)?;
    work.push(format!("rustc-web, rust-web-src and {linker}"));
    debian().ok_or_else(|| {
        Failure::new(format!(
            "{DEBIAN_RUSTC} was installed but is older than {}.{} or has no sources.",
            OLDEST.0, OLDEST.1
        ))
    })
}

fn toolchain_has_it(project: &Project) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let place = answer(project.command(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    place.is_some_and(|place| !crate::project::files_below(Path::new(&place)).is_empty())
}

fn debian() -> Option<Variables> {
    let said = answer(Command::new(DEBIAN_RUSTC).arg("--version"))?;
    let mut parts = said.split_whitespace().nth(1)?.split('.').map(str::parse::<u32>);
    let version = (parts.next()?.ok()?, parts.next()?.ok()?);
    if version < OLDEST || !sources()?.join("std/Cargo.toml").exists() {
        return None;
    }
    let linker = newest(
        std::fs::read_dir("/usr/bin").ok()?.flatten().filter_map(|e| e.file_name().into_string().ok()),
        "wasm-ld-",
    )?;
    Some(vec![
        ("RUSTC", DEBIAN_RUSTC.into()),
        // Building the library from its sources is not yet a stable feature of cargo.
        ("RUSTC_BOOTSTRAP", "1".into()),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
    ])
}

/// Where the standard library's sources lie, if these variables build it from them.
pub(super) fn library(variables: &[(&'static str, OsString)]) -> Option<PathBuf> {
    if variables.is_empty() { None } else { sources() }
}

fn sources() -> Option<PathBuf> {
    let home = PathBuf::from(answer(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))?);
    Some(home.join("lib/rustlib/src/rust/library"))
}

fn newest_lld_package(project: &Project) -> Option<String> {
    let list = answer(project.command("apt-cache").args(["search", "--names-only", "^lld-[0-9]+$"]))?;
    newest(list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned), "lld-")
}

/// The name with the highest number after its prefix.
fn newest(names: impl Iterator<Item = String>, prefix: &str) -> Option<String> {
    names
        .filter_map(|name| Some((name.strip_prefix(prefix)?.parse::<u32>().ok()?, name)))
        .max()
        .map(|(_, name)| name)
}
