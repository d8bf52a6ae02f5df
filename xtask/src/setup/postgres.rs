//! PostgreSQL, whose programs the tests of the server start by themselves, on a socket and in a folder of their own.

use std::path::Path;

use super::apt;
use crate::project::{Failure, Project, on_path};

/// Where Debian puts the programs that are not for every day: one folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Finds or installs it.
pub(super) fn ensure(project: &Project, work: &mut Vec<String>) -> Result<(), Failure> {
    if !found() {
        apt::install(project, &["postgresql"], "PostgreSQL, which the tests of the server start,")?;
        work.push("postgresql".to_owned());
    }
    if found() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "PostgreSQL was installed but its program initdb was not found below {DEBIAN} or on the search path."
        )))
    }
}

fn found() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir(Path::new(DEBIAN)).into_iter().flatten().flatten();
    on_path(&path, "initdb").is_some()
        || versions.map(|version| version.path().join("bin/initdb")).any(|program| program.is_file())
}
