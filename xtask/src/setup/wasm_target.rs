//! The way to WebAssembly. The best one builds Rust's standard library from its sources, made for size and ending at
//! once where it would panic: that is an eighth less to download (decision record 0011). The sources come from rustup or,
//! where its server is out of reach, from Debian's second compiler. Where there are no sources, the library that comes
//! ready with the toolchain's own target gives the same form, only larger.

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

/// Leptos then builds views from one type instead of one for each shape of view: 6 % less to download.
/// And pointers to functions are numbers that little else is, so that `shrink.mjs` can tell which of them are used.
/// And the stack is half as large as usual: data after it has shorter addresses, and recursion here is shallow.
const FLAGS: &str = "--cfg=erase_components -Clink-arg=--table-base=5000 -Clink-arg=-zstack-size=524288";
/// And nothing is written for people who would read a panic: a panic only stops, and the element's script says so.
const SILENT_FLAGS: &str = "--cfg=erase_components -Clink-arg=--table-base=5000 -Clink-arg=-zstack-size=524288 -Zlocation-detail=none -Zfmt-debug=none";
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Variables for cargo.
type Variables = Vec<(&'static str, OsString)>;

/// Finds or installs one of the ways.
pub(super) fn ensure(project: &Project, work: &mut Vec<String>) -> Result<Variables, Failure> {
    if let Some(variables) = from_own_sources(project) {
        return Ok(variables);
    }
    if let Some(variables) = debian() {
        return Ok(variables);
    }
    if rustup(project, &["component", "add", "rust-src"])
        && let Some(variables) = from_own_sources(project)
    {
        work.push("the sources of Rust's standard library".to_owned());
        return Ok(variables);
    }
    if toolchain_has_it(project) {
        eprintln!("  no sources of Rust's standard library: the form will be larger than it could be");
        return Ok(ready_made());
    }
    if rustup(project, &["target", "add", TARGET]) && toolchain_has_it(project) {
        work.push("the wasm target".to_owned());
        return Ok(ready_made());
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

fn rustup(project: &Project, arguments: &[&str]) -> bool {
    let mut command = project.command("rustup");
    command.args(arguments);
    let title = format!("rustup {}", arguments.join(" "));
    Step::new(project, title).limit(Duration::from_secs(120)).may_fail().run(&mut command).is_ok()
}

/// The library that comes with the toolchain's target.
fn ready_made() -> Variables {
    vec![(RUSTFLAGS, FLAGS.into())]
}

/// The library built from sources. Neither this nor an end without a panic's words is a stable feature of cargo yet.
fn built_from_sources() -> Variables {
    vec![
        ("RUSTC_BOOTSTRAP", "1".into()),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
        ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size".into()),
        ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true".into()),
        ("CARGO_PROFILE_WASM_RELEASE_PANIC", "immediate-abort".into()),
        (RUSTFLAGS, SILENT_FLAGS.into()),
    ]
}

fn from_own_sources(project: &Project) -> Option<Variables> {
    let rustc = rustc();
    has_sources(&library_of(&mut project.command(rustc))?).then(built_from_sources)
}

fn rustc() -> OsString {
    std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

fn toolchain_has_it(project: &Project) -> bool {
    let place = answer(project.command(rustc()).args(["--print", "target-libdir", "--target", TARGET]));
    place.is_some_and(|place| !crate::project::files_below(Path::new(&place)).is_empty())
}

fn debian() -> Option<Variables> {
    let said = answer(Command::new(DEBIAN_RUSTC).arg("--version"))?;
    let mut parts = said.split_whitespace().nth(1)?.split('.').map(str::parse::<u32>);
    let version = (parts.next()?.ok()?, parts.next()?.ok()?);
    if version < OLDEST || !has_sources(&library_of(&mut Command::new(DEBIAN_RUSTC))?) {
        return None;
    }
    let linker = newest(
        std::fs::read_dir("/usr/bin").ok()?.flatten().filter_map(|e| e.file_name().into_string().ok()),
        "wasm-ld-",
    )?;
    let mut variables = built_from_sources();
    variables.push(("RUSTC", DEBIAN_RUSTC.into()));
    variables.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()));
    Some(variables)
}

/// Where the standard library's sources lie, if these variables build it from them.
pub(super) fn library(project: &Project, variables: &[(&'static str, OsString)]) -> Option<PathBuf> {
    variables.iter().find(|(name, _)| *name == "CARGO_UNSTABLE_BUILD_STD")?;
    let debian = variables.iter().find(|(name, _)| *name == "RUSTC");
    let rustc = debian.map_or_else(rustc, |(_, program)| program.clone());
    library_of(&mut project.command(rustc))
}

/// Where a compiler has the sources of its library, if it has any.
fn library_of(rustc: &mut Command) -> Option<PathBuf> {
    let home = PathBuf::from(answer(rustc.args(["--print", "sysroot"]))?);
    Some(home.join("lib/rustlib/src/rust/library"))
}

fn has_sources(library: &Path) -> bool {
    library.join("std/Cargo.toml").exists()
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
