//! Stored cases, beside which packs are compared and documented: files, or folders of JSON files. Where none are named,
//! those of the project, if the program runs at its root.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::exit::Wrong;
use crate::record::{self, Record};
use crate::source::without_controls;
use crate::terminal::Terminal;

/// Where cases lie if none are named.
pub const USUAL: [&str; 2] = ["tests/cases", "tests/vignettes"];

/// All cases, in the order of their files' names, and what could not be read.
pub fn read(terminal: &mut Terminal<'_>, named: &[PathBuf]) -> (Vec<Record>, Vec<Wrong>) {
    let usual: Vec<PathBuf> = USUAL.iter().map(PathBuf::from).filter(|folder| folder.is_dir()).collect();
    let (mut cases, mut wrong) = (Vec::new(), Vec::new());
    for place in if named.is_empty() { &usual } else { named } {
        let files = match files(place) {
            Ok(files) => files,
            Err(found) => {
                wrong.push(found);
                continue;
            }
        };
        for file in files {
            match record::read(terminal, &file) {
                Ok(records) => {
                    for record in records {
                        if record.unread.is_empty() {
                            cases.push(record);
                        } else {
                            wrong.extend(record.unread);
                        }
                    }
                }
                Err(found) => wrong.extend(found),
            }
        }
    }
    (cases, wrong)
}

fn files(place: &Path) -> Result<Vec<OsString>, Wrong> {
    if !place.is_dir() {
        return Ok(vec![place.as_os_str().to_owned()]);
    }
    let shown = without_controls(&place.to_string_lossy());
    let cannot = || Wrong::new(&shown, "this folder could not be read: check its rights");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place).map_err(|_| cannot())? {
        let path = entry.map_err(|_| cannot())?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path.into_os_string());
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Wrong::new(&shown, "there is no .json file in this folder"));
    }
    Ok(files)
}
