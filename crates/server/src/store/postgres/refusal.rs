//! PostgreSQL's refusals in words that say what to do.

use std::io;

const NOT_OVER_TLS: &str = "it cannot be trusted or reached over TLS. Give it a certificate for its host's name that this machine trusts, or \
     name the authority's with sslrootcert=FILE in the address";

/// Why the database cannot be opened: an end of a sentence, without names, values or passwords.
pub(super) fn explain(error: &sqlx::Error) -> String {
    let code = match error {
        sqlx::Error::Database(inner) => inner.code().unwrap_or_default().into_owned(),
        sqlx::Error::Tls(_) => return NOT_OVER_TLS.to_owned(),
        // What rustls thinks of a certificate comes as an error of reading.
        sqlx::Error::Io(inner) if inner.kind() == io::ErrorKind::InvalidData => {
            return NOT_OVER_TLS.to_owned();
        }
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => {
            return "it cannot be reached. Start it, or correct the host and port in the address".to_owned();
        }
        _ => return "the driver failed. Correct the address".to_owned(),
    };
    match &*code {
        "28P01" | "28000" => {
            "it refuses that role. Correct its name and password: in the address, in PGPASSWORD or in a password file"
                .to_owned()
        }
        "3D000" => "there is no database of that name. Create it, or correct the address".to_owned(),
        "42501" => {
            "the role is not allowed to. Start once with --database-owner, the address of the role that owns the tables"
                .to_owned()
        }
        "42704" => "the role in --database does not exist there. Create it".to_owned(),
        "53300" => "it has no connection left. Raise max_connections, or stop other programs".to_owned(),
        "55P03" => {
            "another program has been bringing its tables up to date for a minute. Wait for it, or stop it".to_owned()
        }
        code => format!("it reports error {code}"),
    }
}
