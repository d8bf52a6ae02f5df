//! The browsers of the tests, and what drives them: the system's own, or Debian's packages. No browser is ever downloaded
//! from elsewhere.

use std::path::PathBuf;

use super::apt;
use crate::project::{Failure, Project, on_path};

/// A program that the browser tests start.
struct Program {
    /// Names it to the tests, and lets a person name another.
    variable: &'static str,
    names: &'static [&'static str],
    package: &'static str,
}

const CHROMIUM: Program = Program {
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};

/// WebKit's own small browser comes with its driver, in a folder that the tests find.
const OTHER_ENGINES: [Program; 3] = [
    Program { variable: "FIREFOX", names: &["firefox-esr", "firefox"], package: "firefox-esr" },
    Program { variable: "WEBKIT_DRIVER", names: &["WebKitWebDriver"], package: "webkit2gtk-driver" },
    Program { variable: "XVFB", names: &["Xvfb"], package: "xvfb" },
];

/// Finds or installs Chromium, and the other engines if asked. The variables that name them to the tests.
pub(super) fn ensure(
    project: &Project,
    all: bool,
    work: &mut Vec<String>,
) -> Result<Vec<(&'static str, PathBuf)>, Failure> {
    let others = if all { &OTHER_ENGINES[..] } else { &[] };
    let wanted = || std::iter::once(&CHROMIUM).chain(others);
    let mut missing = Vec::new();
    for program in wanted() {
        if find(program)?.is_none() {
            missing.push(program.package);
        }
    }
    if !missing.is_empty() {
        apt::install(project, &missing, "A browser that the tests need")?;
        work.extend(missing.iter().map(|package| (*package).to_owned()));
    }
    wanted()
        .map(|program| {
            let found = find(program)?.ok_or_else(|| {
                let Program { variable, package, .. } = program;
                Failure::new(format!(
                    "{package} was installed but its program was not found. Name it: {variable}=/path/to/program."
                ))
            })?;
            Ok((program.variable, found))
        })
        .collect()
}

/// The program that a person named, or the first on the search path.
fn find(program: &Program) -> Result<Option<PathBuf>, Failure> {
    let Program { variable, names, .. } = program;
    if let Some(named) = std::env::var_os(variable).map(PathBuf::from) {
        return if named.is_file() {
            Ok(Some(named))
        } else {
            Err(Failure::new(format!(
                "{variable} names {}, which is not a file. Correct or unset it.",
                named.display()
            )))
        };
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    Ok(names.iter().find_map(|name| on_path(&path, name)))
}
