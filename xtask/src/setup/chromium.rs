//! The browser of the tests: the system's Chromium. No browser is ever downloaded from elsewhere.

use std::path::PathBuf;

use super::apt;
use crate::project::{Failure, Project, on_path};

/// Finds or installs Chromium.
pub(super) fn ensure(project: &Project, work: &mut Vec<String>) -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(Failure::new(format!(
                "CHROMIUM names {}, which is not a file. Mend or unset it.",
                named.display()
            )))
        };
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(project, &["chromium"], "Chromium, which the browser tests need,")?;
    work.push("chromium".to_owned());
    find().ok_or_else(|| {
        Failure::new("Chromium was installed but not found. Name it: CHROMIUM=/path/to/chromium.")
    })
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(&path, name))
}
