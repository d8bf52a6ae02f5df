//! Node and the npm packages of package-lock.json: sass, wasm-opt, Playwright, axe-core and govuk-frontend.
//! Install scripts are never run, and Playwright is kept from downloading a browser.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::apt;
use crate::project::{Failure, Project, answer, on_path, read, write};
use crate::step::Step;

/// The oldest Node that sass and Playwright accept.
const NODE: (u32, u32) = (20, 19);

/// Makes node_modules equal to package-lock.json and returns a search path that holds its programs.
pub(super) fn ensure(project: &Project, work: &mut Vec<String>) -> Result<OsString, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    node(project, &path, work)?;
    if packages(project, &project.root, "npm ci")? {
        work.push("npm packages".to_owned());
    }
    let mut folders = vec![project.root.join("node_modules/.bin")];
    folders.extend(std::env::split_paths(&path));
    std::env::join_paths(folders)
        .map_err(|e| Failure::new(format!("The search path cannot be extended: {e}.")))
}

/// Makes a folder's node_modules equal to its package-lock.json; says whether there was anything to do.
pub(crate) fn packages(project: &Project, folder: &Path, title: &str) -> Result<bool, Failure> {
    let mark = folder.join("node_modules/.installed-from");
    let lock = format!("{:x?}", Sha256::digest(read(&folder.join("package-lock.json"))?));
    if std::fs::read_to_string(&mark).ok().as_ref() == Some(&lock) {
        return Ok(false);
    }
    let mut command = project.command("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Step::new(project, title)
        .advice("Check the network connection and try again; npm needs its registry once.")
        .run(&mut command)?;
    write(&mark, &lock)?;
    Ok(true)
}

fn node(project: &Project, path: &OsString, work: &mut Vec<String>) -> Result<(), Failure> {
    let (have_npm, version) = (on_path(path, "npm").is_some(), node_version(path));
    if have_npm && version.is_some_and(|version| version >= NODE) {
        return Ok(());
    }
    apt::install(project, &["nodejs", "npm"], &format!("Node {}.{} or newer with npm", NODE.0, NODE.1))?;
    work.push("nodejs and npm".to_owned());
    match node_version(path) {
        Some(version) if version >= NODE => Ok(()),
        found => Err(Failure::new(format!(
            "Node {}.{} or newer is needed; {}. Install a current release (nodejs.org lists the ways), then try again.",
            NODE.0,
            NODE.1,
            found.map_or("none was found".to_owned(), |(major, minor)| format!("{major}.{minor} was found")),
        ))),
    }
}

fn node_version(path: &OsString) -> Option<(u32, u32)> {
    let node: PathBuf = on_path(path, "node")?;
    let text = answer(std::process::Command::new(node).arg("--version"))?;
    let mut parts = text.trim_start_matches('v').split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}
