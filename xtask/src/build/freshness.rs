//! Tells by content, not by time stamps, whether an output is what its sources give. A fresh clone, a touched file,
//! a changed flag and a deleted or damaged output are all judged rightly.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::project::{Failure, Project, files_below, write};

/// What will be remembered once an output has been made anew.
pub(super) struct Stale<'a> {
    stamp: PathBuf,
    sources: String,
    output: &'a Path,
}

/// Nothing if `output` is still what these sources (files or folders, relative to the repository) and flags gave.
pub(super) fn stale<'a>(
    project: &Project,
    name: &str,
    sources: &[&Path],
    flags: &str,
    output: &'a Path,
) -> Result<Option<Stale<'a>>, Failure> {
    let mut sum = Sha256::new();
    sum.update(format!("{name}\0{flags}\0"));
    for source in sources {
        add(&mut sum, &project.root.join(source))?;
    }
    let stale = Stale { stamp: project.scratch(&format!("{name}.stamp")), sources: hex(sum), output };
    let known = std::fs::read_to_string(&stale.stamp).unwrap_or_default();
    Ok(if output.exists() && known == stale.content()? { None } else { Some(stale) })
}

impl Stale<'_> {
    /// Remembers what was made from what.
    pub(super) fn record(self) -> Result<(), Failure> {
        write(&self.stamp, self.content()?)
    }

    fn content(&self) -> Result<String, Failure> {
        let mut sum = Sha256::new();
        add(&mut sum, self.output)?;
        Ok(format!("{}\n{}\n", self.sources, hex(sum)))
    }
}

fn hex(sum: Sha256) -> String {
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
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
