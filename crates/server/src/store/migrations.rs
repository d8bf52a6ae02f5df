//! The migrations that are compiled in, and whether a database fits them.
//!
//! Each store has its own, numbered alike. A migration that was released is never edited: its checksum is in every database.

use sqlx::{
    AssertSqlSafe, SqlSafeStr as _,
    migrate::{Migration, Migrator},
};

/// Reads what was applied, in either database: version and checksum.
pub(super) const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";

/// How far a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It has every migration.
    UpToDate,
    /// Some are still to come.
    Behind {
        /// The last one that it has; 0 if none.
        database: i64,
        /// The last one that the program has.
        program: i64,
    },
}

/// Why a database does not fit this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Drift {
    /// A later program has already been at work.
    #[error(
        "this database is newer than this program: its tables are at version {database}, and this program knows them up to \
         version {program}. Start the newer program"
    )]
    Newer {
        /// The last migration that the database has.
        database: i64,
        /// The last one that the program has.
        program: i64,
    },
    /// A migration is not the one that the database was made by.
    #[error(
        "version {version} of this database's tables is not the one that this program knows. Start the program that made \
         it, or restore the database from a backup"
    )]
    Edited {
        /// Which.
        version: i64,
    },
}

/// The same migrations with Unix line ends. A checkout on Windows may have others, and the checksum must not depend on
/// where the program was built.
#[must_use]
pub fn with_unix_line_ends(embedded: &Migrator) -> Migrator {
    let plain = |one: &Migration| {
        // Text of our own, compiled in.
        let sql = AssertSqlSafe(one.sql.as_str().replace("\r\n", "\n")).into_sql_str();
        Migration::new(one.version, one.description.clone(), one.migration_type, sql, one.no_tx)
    };
    Migrator::with_migrations(embedded.iter().map(plain).collect())
}

/// Compares what was applied, version and checksum in order of version, with what the program has.
///
/// # Errors
/// If the program must not touch the database.
pub fn compare(applied: &[(i64, Vec<u8>)], known: &Migrator) -> Result<Progress, Drift> {
    let program = known.iter().map(|one| one.version).max().unwrap_or_default();
    let database = applied.last().map(|(version, _)| *version).unwrap_or_default();
    if database > program {
        return Err(Drift::Newer { database, program });
    }
    for (version, checksum) in applied {
        let same = |one: &Migration| one.version == *version && *one.checksum == **checksum;
        if !known.iter().any(same) {
            return Err(Drift::Edited { version: *version });
        }
    }
    if applied.len() < known.iter().count() {
        return Ok(Progress::Behind { database, program });
    }
    Ok(Progress::UpToDate)
}

#[cfg(test)]
mod tests {
    use sqlx::migrate::MigrationType;

    use super::*;

    fn migrations(texts: &[&'static str]) -> Migrator {
        let numbered = (1..).zip(texts).map(|(version, sql)| {
            Migration::new(version, "x".into(), MigrationType::Simple, sql.into_sql_str(), false)
        });
        Migrator::with_migrations(numbered.collect())
    }

    fn applied(known: &Migrator) -> Vec<(i64, Vec<u8>)> {
        known.iter().map(|one| (one.version, one.checksum.to_vec())).collect()
    }

    #[test]
    fn windows_line_ends_are_the_same_migration_and_a_real_edit_is_not_a21() {
        let unix = with_unix_line_ends(&migrations(&["CREATE TABLE a (\n    b INTEGER\n);\n"]));
        let windows = with_unix_line_ends(&migrations(&["CREATE TABLE a (\r\n    b INTEGER\r\n);\r\n"]));
        assert_eq!(compare(&applied(&unix), &windows), Ok(Progress::UpToDate));
        assert_eq!(compare(&applied(&windows), &unix), Ok(Progress::UpToDate));
        let edited = with_unix_line_ends(&migrations(&["CREATE TABLE a (\n    b TEXT\n);\n"]));
        assert_eq!(compare(&applied(&unix), &edited), Err(Drift::Edited { version: 1 }));
    }

    #[test]
    fn a_newer_database_is_named_with_both_versions_a20() {
        let (old, new) = (migrations(&["a"]), migrations(&["a", "b"]));
        assert_eq!(compare(&[], &old), Ok(Progress::Behind { database: 0, program: 1 }));
        assert_eq!(compare(&applied(&old), &new), Ok(Progress::Behind { database: 1, program: 2 }));
        let drift = compare(&applied(&new), &old);
        assert_eq!(drift, Err(Drift::Newer { database: 2, program: 1 }));
        let said = drift.map_err(|drift| drift.to_string()).unwrap_err();
        assert!(said.contains("newer than this program") && said.contains("version 2"), "{said}");
    }
}
