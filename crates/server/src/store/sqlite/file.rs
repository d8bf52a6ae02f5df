//! The database file itself: made private before SQLite touches it. Also puts SQLite's refusals into words.

use std::{fs, io, path::Path};

/// Creates the folder and an empty file, both for the owner only, unless they exist.
pub(super) fn prepare(path: &Path) -> Result<(), String> {
    let cannot = |error: &io::Error| {
        let reason = match error.kind() {
            io::ErrorKind::PermissionDenied => "you have no permission to write there",
            io::ErrorKind::ReadOnlyFilesystem => "that disk is read only",
            io::ErrorKind::IsADirectory => "that is a folder",
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "part of that path is a file, not a folder"
            }
            io::ErrorKind::StorageFull => "the disk is full",
            _ => "the system refused",
        };
        format!(
            "cannot write the database {}: {reason}. Name a file in a folder you may write to with --database.",
            path.display()
        )
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder).map_err(|error| cannot(&error))?;
    }
    private_file(path).map_err(|error| cannot(&error))
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn private_file(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Whether another program holds the file just now.
pub(super) fn is_in_use(error: &sqlx::Error) -> bool {
    matches!(code(error), Some(5 | 6))
}

/// SQLite's primary result code.
fn code(error: &sqlx::Error) -> Option<i32> {
    match error {
        sqlx::Error::Database(inner) => inner.code()?.parse::<i32>().ok().map(|code| code & 0xff),
        _ => None,
    }
}

/// SQLite's refusal in words that say what to do. The number is SQLite's result code.
pub(super) fn explain(path: &Path, error: &sqlx::Error) -> String {
    let path = path.display();
    match code(error) {
        Some(26) => format!(
            "{path} is not an SQLite database. Name another file with --database; this one was not changed."
        ),
        Some(11) => {
            format!("the database {path} is damaged. Restore it from a backup; this one was not changed.")
        }
        Some(5 | 6) => {
            format!("the database {path} is in use by another program. Stop that program and start again.")
        }
        Some(8 | 14) => format!(
            "cannot write the database {path} or beside it. Name a file in a folder you may write to with --database."
        ),
        Some(13) => {
            format!("cannot write the database {path}: the disk is full. Free some space and start again.")
        }
        Some(code) => format!(
            "cannot open the database {path} (SQLite error {code}). Name another file with --database."
        ),
        None => format!("cannot open the database {path}. Name another file with --database."),
    }
}

/// A refusal while copying it to another file.
pub(super) fn explain_copy(path: &Path, to: &Path, error: &sqlx::Error) -> String {
    match code(error) {
        Some(13) => {
            format!("cannot write {}: the disk is full. Free some space and start again.", to.display())
        }
        _ => explain(path, error),
    }
}

/// A refusal while bringing the schema up to date.
pub(super) fn explain_migration(path: &Path, error: &sqlx::migrate::MigrateError) -> String {
    use sqlx::migrate::MigrateError;
    match error {
        MigrateError::Execute(inner) | MigrateError::ExecuteMigration(inner, _) => explain(path, inner),
        _ => format!(
            "the tables of the database {} could not be brought up to date. Restore it from a backup, or name another file \
             with --database.",
            path.display()
        ),
    }
}
