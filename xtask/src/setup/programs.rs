//! Programs of the system that the tests start: found on the search path or where a person says, or installed from Debian's
//! packages. No browser is ever downloaded from elsewhere.

use std::path::PathBuf;

use super::apt;
use crate::project::{Failure, Project, files_below, on_path};

/// A program that tests start.
pub(super) struct Program {
    /// Names it to the tests, and lets a person name another. Those of PostgreSQL find theirs by themselves.
    variable: Option<&'static str>,
    names: &'static [&'static str],
    package: &'static str,
}

/// Its programs are started on a socket and in a folder of their own.
pub(super) const POSTGRES: Program = Program { variable: None, names: &["initdb"], package: "postgresql" };
pub(super) const CHROMIUM: Program = Program {
    variable: Some("CHROMIUM"),
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};
/// WebKit's own small browser comes with its driver, in a folder that the tests find.
pub(super) const OTHER_ENGINES: [Program; 3] = [
    Program { variable: Some("FIREFOX"), names: &["firefox-esr", "firefox"], package: "firefox-esr" },
    Program { variable: Some("WEBKIT_DRIVER"), names: &["WebKitWebDriver"], package: "webkit2gtk-driver" },
    Program { variable: Some("XVFB"), names: &["Xvfb"], package: "xvfb" },
];

/// Finds or installs them. The variables that name them to the tests.
pub(super) fn ensure(
    project: &Project,
    wanted: &[&Program],
    work: &mut Vec<String>,
) -> Result<Vec<(&'static str, PathBuf)>, Failure> {
    let mut missing = Vec::new();
    for program in wanted {
        if find(program)?.is_none() {
            missing.push(program.package);
        }
    }
    if !missing.is_empty() {
        apt::install(project, &missing, "A program that the tests start")?;
        work.extend(missing.iter().map(|package| (*package).to_owned()));
    }
    let mut variables = Vec::new();
    for program in wanted {
        let Program { variable, names, package } = program;
        let found = find(program)?.ok_or_else(|| {
            let named =
                variable.map(|name| format!(" Name it: {name}=/path/to/program.")).unwrap_or_default();
            let names = names.join(" or ");
            Failure::new(format!("{package} was installed but its program {names} was not found.{named}"))
        })?;
        variables.extend(variable.map(|variable| (variable, found)));
    }
    Ok(variables)
}

/// The program that a person named, or the first on the search path or among those that Debian does not put there.
fn find(Program { variable, names, .. }: &Program) -> Result<Option<PathBuf>, Failure> {
    if let Some((variable, named)) =
        variable.and_then(|name| Some((name, PathBuf::from(std::env::var_os(name)?))))
    {
        return if named.is_file() {
            Ok(Some(named))
        } else {
            let named = named.display();
            Err(Failure::new(format!("{variable} names {named}, which is not a file. Correct or unset it.")))
        };
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let of_debian = || versions.flat_map(|version| files_below(&version.path().join("bin")));
    Ok(names.iter().find_map(|name| on_path(&path, name)).or_else(|| {
        of_debian().find(|file| names.iter().any(|name| file.file_name().is_some_and(|found| found == *name)))
    }))
}
