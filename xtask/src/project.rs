//! Where things are, how a program is started, and how a failure reads. Nothing here knows what is built.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What went wrong and what to do about it, for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A file operation that failed, with the file's name.
    pub(crate) fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self(format!("Could not {doing} {}: {error}.", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The folders of one checkout and of the person who builds it.
pub(crate) struct Project {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's output; `CARGO_TARGET_DIR` moves it.
    pub(crate) target: PathBuf,
    /// Installed tools, kept between checkouts.
    pub(crate) tools: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Self, Failure> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let Some(root) = manifest.as_deref().and_then(Path::parent).map(Path::to_path_buf) else {
            return Err(Failure::new("Start this through cargo: `cargo xtask --help`."));
        };
        // Cargo resolves a relative target folder against the folder it was called from.
        let target = match set("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(&folder).map_err(|e| Failure::file("find", &folder, &e))?,
            None => root.join("target"),
        };
        let cache = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
        let Some(cache) = cache else {
            return Err(Failure::new("Set HOME or XDG_CACHE_HOME: tools are kept below it."));
        };
        Ok(Self { root, target, tools: cache.join("common-assessment/tools") })
    }

    /// A program started in the repository, without input, and without the variables that `cargo run` gave us: passed
    /// on, they would make build scripts run again each time a person changes between cargo and xtask.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root).stdin(Stdio::null()).env("CARGO_TARGET_DIR", &self.target);
        let ours =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"];
        for (name, _) in std::env::vars_os() {
            if ours.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command
    }

    /// The cargo that started us.
    pub(crate) fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Our own scratch folder below cargo's output.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }
}

fn set(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A text file, with its name in the message if it cannot be read.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::file("read", path, &e))
}

/// Creates a folder and those above it.
pub(crate) fn create(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|e| Failure::file("create", folder, &e))
}

/// Writes a file, creating its folder.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), create)?;
    std::fs::write(path, content).map_err(|e| Failure::file("write", path, &e))
}

/// All files below a folder (or the file itself), sorted; an absent one gives none.
pub(crate) fn files_below(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_path_buf());
    } else if let Ok(entries) = std::fs::read_dir(path) {
        found.extend(entries.flatten().flat_map(|entry| files_below(&entry.path())));
    }
    found.sort();
    found
}

/// What a program prints, if it starts and succeeds. For versions and places.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first file of that name on a search path.
pub(crate) fn on_path(path: &OsString, program: &str) -> Option<PathBuf> {
    std::env::split_paths(path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
