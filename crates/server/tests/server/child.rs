//! The built program as a child process with its own folder and a free port. Killed when the test ends.

use std::{fs, path::PathBuf, process::Stdio, sync::Arc};

use jiff::{Timestamp, civil};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use crate::{postgres, wire::Client};

/// A running program.
pub(crate) struct Program {
    pub(crate) client: Client,
    pub(crate) child: Child,
    /// The first line that it printed.
    pub(crate) greeting: String,
    folder: Arc<TempDir>,
}

/// The day on the program's own clock.
pub(crate) fn real_today() -> civil::Date {
    assessment_server::clock::date_in_england(Timestamp::now())
}

/// The program with these arguments.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assessment-server"));
    command.args(arguments).env_remove("DATABASE_URL").stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs the program to its end. Gives whether it succeeded, and what it printed to both outputs.
pub(crate) async fn run(arguments: &[&str]) -> (bool, String, String) {
    run_with(arguments, &[]).await
}

/// As [`run`], with these environment variables.
pub(crate) async fn run_with(arguments: &[&str], variables: &[(&str, &str)]) -> (bool, String, String) {
    let mut command = command(arguments);
    command.envs(variables.iter().copied());
    let output = command.output().await.expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.success(), text(output.stdout), text(output.stderr))
}

impl Program {
    pub(crate) async fn start() -> Self {
        Self::start_in(Arc::new(TempDir::new().expect("a folder")), &[]).await
    }

    /// Starts the program on the database in that folder.
    pub(crate) async fn start_in(folder: Arc<TempDir>, more: &[&str]) -> Self {
        let database = folder.path().join("assessments.sqlite3");
        let mut command = command(&["--demo-identity", "--listen", "127.0.0.1:0", "--database"]);
        command.arg(database).args(more);
        Self::spawn(folder, command).await
    }

    /// Starts the program on that PostgreSQL database, with its log in that folder.
    pub(crate) async fn start_on(database: &postgres::Database, folder: Arc<TempDir>) -> Self {
        let mut command = command(&["--demo-identity", "--listen", "127.0.0.1:0"]);
        command.env("DATABASE_URL", String::from(database.server()));
        command.env("ASSESSMENT_SERVER_DATABASE_OWNER", String::from(database.owner()));
        Self::spawn(folder, command).await
    }

    /// Starts the program on the database in that folder, with these variables.
    pub(crate) async fn start_with(folder: Arc<TempDir>, variables: &[(&str, &str)]) -> Self {
        let database = folder.path().join("assessments.sqlite3");
        let mut command = command(&["--demo-identity", "--listen", "127.0.0.1:0", "--database"]);
        command.arg(database).envs(variables.iter().copied());
        Self::spawn(folder, command).await
    }

    /// Starts a command that becomes the program.
    pub(crate) async fn spawn(folder: Arc<TempDir>, mut command: Command) -> Self {
        let log = fs::OpenOptions::new().create(true).append(true).open(folder.path().join("log"));
        let mut child =
            command.stdout(Stdio::piped()).stderr(log.expect("a log")).spawn().expect("the program starts");
        let mut greeting = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut greeting).await.expect("a line");
        let address = greeting.trim().rsplit('/').nth(1).and_then(|address| address.parse().ok());
        let Some(address) = address else {
            panic!(
                "no address in {greeting:?}: {}",
                fs::read_to_string(folder.path().join("log")).unwrap_or_default()
            )
        };
        Self { client: Client::new(address), child, greeting, folder }
    }

    /// The folder, to keep it longer than the program.
    pub(crate) fn folder(&self) -> Arc<TempDir> {
        Arc::clone(&self.folder)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("assessments.sqlite3")
    }

    /// Everything logged so far, by all programs that ran in this folder.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).expect("the log")
    }

    /// Asks it to stop, as a service manager does, and waits for its end.
    pub(crate) async fn terminate(&mut self) -> std::process::ExitStatus {
        self.tell_to_stop().await;
        self.child.wait().await.expect("its end")
    }

    /// Asks it to stop, as a service manager does.
    pub(crate) async fn tell_to_stop(&self) {
        let id = self.child.id().expect("it runs").to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill runs");
        assert!(told.success());
    }
}
