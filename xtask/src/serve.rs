//! `run` and `dev`: builds and starts the server on loopback. The server itself says when it is ready.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};
use std::time::{Duration, Instant, SystemTime};

use crate::build::{self, Kind};
use crate::project::{Failure, Project, create, files_below};
use crate::setup::{self, Needs};
use crate::step::seconds;

/// What `dev` watches.
const SOURCES: [&str; 6] = ["src", "crates", "style", "public", "index.html", "Cargo.toml"];

/// Sets up, builds, and becomes the server, so that a signal reaches the server itself.
pub(crate) fn run(project: &Project, port: u16) -> Result<(), Failure> {
    let start = Instant::now();
    free(port)?;
    build::release(project, &setup::run(project, Needs::Build)?)?;
    say!(
        "\nBuilt after {}. Records are kept in data/assessments.sqlite3. Press Ctrl+C to stop.",
        seconds(start.elapsed())
    );
    let error = command(project, Kind::Release, port)?.exec();
    Err(Failure::new(format!("The server could not be started: {error}.")))
}

/// Builds without optimising, serves, and does so again after each saved edit, until it is interrupted.
pub(crate) fn dev(project: &Project, port: u16) -> Result<(), Failure> {
    free(port)?;
    let tools = setup::run(project, Needs::Build)?;
    let mut server: Option<Child> = None;
    let mut built = None;
    loop {
        let newest = newest(project);
        if built != newest {
            built = newest;
            // The last good state stays served while somebody corrects a mistake.
            match build::both(project, &tools, Kind::Debug) {
                Ok(()) => {
                    if let Some(mut old) = server.take() {
                        let _ = old.kill();
                        let _ = old.wait();
                    }
                    let started = command(project, Kind::Debug, port)?.spawn();
                    server =
                        Some(started.map_err(|e| Failure::new(format!("The server did not start: {e}.")))?);
                    say!("Reload the page to see the change. Press Ctrl+C to stop.");
                }
                Err(failure) => eprintln!("{failure}"),
            }
        }
        #[expect(clippy::disallowed_methods, reason = "asking four times a second needs no watcher library")]
        std::thread::sleep(Duration::from_millis(250));
    }
}

/// When the newest source was written, and how many there are.
fn newest(project: &Project) -> Option<(SystemTime, usize)> {
    let files: Vec<_> = SOURCES.iter().flat_map(|source| files_below(&project.root.join(source))).collect();
    let written = files.iter().filter_map(|file| std::fs::metadata(file).ok()?.modified().ok());
    Some((written.max()?, files.len()))
}

/// Says before anything is built that a port is taken.
fn free(port: u16) -> Result<(), Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|e| {
        let other = port.checked_add(1).unwrap_or(8080);
        Failure::new(format!(
            "Port {port} cannot be used: {e}. Stop the program that has it, or choose another: \
             cargo xtask run --port {other}"
        ))
    })
}

fn command(project: &Project, kind: Kind, port: u16) -> Result<Command, Failure> {
    let data = project.root.join("data");
    create(&data)?;
    let mut command = project.command(kind.server(project));
    command.arg("--demo-identity").arg("--listen").arg(format!("127.0.0.1:{port}"));
    command.arg("--database").arg(data.join("assessments.sqlite3")).arg("--assets").arg(kind.dist(project));
    Ok(command)
}
