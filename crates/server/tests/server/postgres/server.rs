//! A PostgreSQL server with a folder of its own below the system's temporary one. It refuses to run as root, so root's tests
//! run it as the user that Debian's package makes, or as nobody.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::{OWNER, SERVER};

/// A running server. Stopped, and its folder removed, when it is dropped.
pub(crate) struct Server {
    folder: Option<PathBuf>,
}

impl Server {
    /// Starts one with the two roles and no database of ours.
    pub(crate) fn start() -> Self {
        let folder =
            tempfile::Builder::new().prefix("assessment-postgres-").tempdir().expect("a folder").keep();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("a private folder");
        if let Some((_, user, group)) = substitute() {
            chown(&folder, Some(user), Some(group)).expect("a folder of its own");
        }
        let data = folder.join("data");
        let mut initialise = program(&folder, "initdb");
        // Quick: nothing in here outlives the tests. What is committed is synchronised all the same.
        initialise.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        run(initialise.arg("--pgdata").arg(&data));
        // The roles, by the server's own single-user mode: its client is another package.
        let mut roles = program(&folder, "postgres");
        roles.args(["--single", "-D"]).arg(&data).arg("postgres").stdin(Stdio::piped()).stdout(Stdio::null());
        let mut roles = roles.spawn().expect("postgres runs");
        let sql = format!("CREATE ROLE {OWNER} LOGIN;\nCREATE ROLE {SERVER} LOGIN;\n");
        roles.stdin.take().expect("its input").write_all(sql.as_bytes()).expect("sent");
        assert!(roles.wait().expect("its end").success());
        let server = Self { folder: Some(folder) };
        server.start_again();
        server
    }

    /// Its folder, which is also where its socket is.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.as_deref().expect("it is ours")
    }

    /// Starts it after [`Server::stop`].
    pub(crate) fn start_again(&self) {
        let folder = self.folder();
        let mut start = program(folder, "pg_ctl");
        start.args(["start", "--wait", "--silent", "--pgdata"]).arg(folder.join("data"));
        start.arg("--log").arg(folder.join("log")).arg("--options");
        start.arg(format!("-k {} -c listen_addresses='' -c max_connections=300", folder.display()));
        // The server would keep the pipe of an output open.
        start.stdout(Stdio::null()).stderr(Stdio::null());
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(start.status().expect("pg_ctl runs").success(), "{}", log());
    }

    /// Stops it at once, as a crash would.
    pub(crate) fn stop(&self) {
        run(&mut Self::stop_command(self.folder()));
    }

    /// The command that stops the server in that folder.
    pub(super) fn stop_command(folder: &Path) -> Command {
        let mut stop = program(folder, "pg_ctl");
        stop.args(["stop", "--mode=immediate", "--wait", "--silent", "--pgdata"]).arg(folder.join("data"));
        stop
    }

    /// Lets it run on. Gives its folder.
    pub(super) fn leave(mut self) -> PathBuf {
        self.folder.take().expect("it is ours")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // It may be stopped already.
            let _ = Self::stop_command(folder).output();
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// One of PostgreSQL's programs, to run in that folder as somebody who is not root.
fn program(folder: &Path, name: &str) -> Command {
    let program = programs().join(name);
    let mut command = match substitute() {
        Some((name, ..)) => {
            let mut command = Command::new("runuser");
            command.args(["--user", &name, "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Who runs the server instead of root: name, user and group. `None` for anyone else, who runs it themselves.
fn substitute() -> Option<(String, u32, u32)> {
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() != 0) {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the system's users");
    let numbered = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse);
        Some((name.to_owned(), numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    numbered("postgres").or_else(|| numbered("nobody"))
}

/// The folder of PostgreSQL's programs: from the search path, or where Debian puts them, the newest first.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file());
    let debian = || {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let folders = versions.map(|version| version.path().join("bin"));
        folders.filter(|folder| folder.join("initdb").is_file()).max()
    };
    found.or_else(debian).unwrap_or_else(|| {
        panic!("PostgreSQL is missing: run `cargo xtask setup`, or install it (Debian: postgresql)")
    })
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
