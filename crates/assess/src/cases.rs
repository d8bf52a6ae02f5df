//! Stored cases, against which packs are compared and documented: files, or folders of JSON files. Where none are named,
//! those of the project, if the program runs at its root.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::input::shown_name;
use crate::input_error::{InputError, Reason};
use crate::record::{self, Record};
use crate::terminal::Terminal;

/// Where cases are looked for if none are named.
pub(crate) const DEFAULT_FOLDERS: [&str; 2] = ["tests/cases", "tests/vignettes"];

/// All cases, in the order of their files' names, and what could not be read.
pub(crate) fn read(terminal: &mut Terminal<'_>, named: &[PathBuf]) -> (Vec<Record>, Vec<InputError>) {
    let default = || DEFAULT_FOLDERS.iter().map(PathBuf::from).filter(|folder| folder.is_dir()).collect();
    let places = if named.is_empty() { default() } else { named.to_vec() };
    let (mut cases, mut errors) = (Vec::new(), Vec::new());
    for place in places {
        let files = files(&place).unwrap_or_else(|error| {
            errors.push(error);
            Vec::new()
        });
        for file in files {
            match record::read(terminal, &file) {
                Ok(records) => {
                    for record in records {
                        if record.unread.is_empty() {
                            cases.push(record);
                        } else {
                            errors.extend(record.refusals());
                        }
                    }
                }
                Err(found) => errors.extend(found),
            }
        }
    }
    (cases, errors)
}

fn files(place: &Path) -> Result<Vec<OsString>, InputError> {
    if !place.is_dir() {
        return Ok(vec![place.as_os_str().to_owned()]);
    }
    let error = |reason| InputError::new(&shown_name(place), reason);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place).map_err(|_| error(Reason::FolderNotReadable))? {
        let path = entry.map_err(|_| error(Reason::FolderNotReadable))?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path.into_os_string());
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(error(Reason::FolderWithoutJson));
    }
    Ok(files)
}
