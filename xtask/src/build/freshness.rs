//! Tells by content, not by time stamps, whether `dist/` is what the sources of the browser side give.
//! A fresh clone, a touched file or a deleted `dist/` are all judged rightly.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::project::{Failure, Project, files_below, write};

/// Everything that the browser side is made of. The engine's and api's tests are part of it only because they
/// lie in the same folders; rebuilding for nothing is better than serving something old.
const SOURCES: [&str; 14] = [
    "src",
    "crates/engine",
    "crates/api",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "xtask/src/build",
    "xtask/src/build.rs",
    "xtask/compress.mjs",
    ".cargo/config.toml",
];

/// One digest over all sources.
pub(super) fn sources(project: &Project, kind: &str) -> Result<String, Failure> {
    let mut sum = Sha256::new();
    sum.update(kind);
    for source in SOURCES {
        add(&mut sum, &project.root.join(source))?;
    }
    Ok(format!("{:x?}", sum.finalize()))
}

/// Whether the stamp was made from these sources and this very `dist/`.
pub(super) fn is_fresh(stamp: &Path, sources: &str, dist: &Path) -> bool {
    dist.join("index.html").exists()
        && content(sources, dist)
            .is_ok_and(|wanted| std::fs::read_to_string(stamp).is_ok_and(|found| found == wanted))
}

/// Remembers what was built from what.
pub(super) fn record(stamp: &Path, sources: &str, dist: &Path) -> Result<(), Failure> {
    write(stamp, content(sources, dist)?)
}

fn content(sources: &str, dist: &Path) -> Result<String, Failure> {
    let mut sum = Sha256::new();
    add(&mut sum, dist)?;
    Ok(format!("{sources}\n{:x?}\n", sum.finalize()))
}

fn add(sum: &mut Sha256, path: &Path) -> Result<(), Failure> {
    for file in files_below(path) {
        let bytes = std::fs::read(&file).map_err(|e| Failure::file("read", &file, &e))?;
        // The folder is cut off, so that two checkouts agree; the length keeps neighbours apart.
        let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
        sum.update(format!("{name}\0{}\0", bytes.len()));
        sum.update(&bytes);
    }
    Ok(())
}
