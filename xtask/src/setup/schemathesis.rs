//! Schemathesis, a Python program, in an environment of its own in the tools folder. What it consists of is in
//! `tests/contract/requirements.txt`, version by version.

use std::path::PathBuf;

use super::apt;
use crate::project::{Failure, Project, answer, on_path, read, write};
use crate::step::Step;

/// Finds or installs it; gives the program.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    let list = project.root.join("tests/contract/requirements.txt");
    let wanted = read(&list)?;
    let home = project.tools.join("schemathesis");
    let (program, mark) = (home.join("bin/st"), home.join("installed-from"));
    if program.is_file() && std::fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        return Ok(program);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if on_path(&path, "python3").is_none()
        || answer(project.command("python3").args(["-c", "import ensurepip"])).is_none()
    {
        apt::install(project, &["python3", "python3-venv"], "Python with venv, for Schemathesis,")?;
    }
    Step::new(project, "python3 -m venv")
        .run(project.command("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut install = project.command(home.join("bin/python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    Step::new(project, "install Schemathesis")
        .advice("Check the network connection and try again; pip needs its registry once.")
        .run(install.arg("--requirement").arg(&list))?;
    write(&mark, wanted)?;
    Ok(program)
}
