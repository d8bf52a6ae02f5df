//! Starts the server and knows when it is ready. What the server does is the server's business.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::build::{self, Kind};
use crate::project::{Failure, Project};
use crate::setup::{self, Needs};
use crate::step::seconds;

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sets up, builds, starts and stays until the server ends.
pub(crate) fn run(project: &Project, port: u16) -> Result<(), Failure> {
    let start = Instant::now();
    free(port)?;
    let tools = setup::run(project, Needs::Build)?;
    build::release(project, &tools)?;
    let mut server = begin(project, Kind::Release, port)?;
    println!("\nReady after {}: http://127.0.0.1:{port}/", seconds(start.elapsed()));
    println!("Records are kept in data/assessments.sqlite3. Press Ctrl+C to stop.");
    let status = server.wait().map_err(|e| Failure::new(format!("Lost sight of the server: {e}.")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new("The server ended with an error; it says why above."))
    }
}

/// Says early, before anything is built, that a port cannot be had.
pub(crate) fn free(port: u16) -> Result<(), Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|e| {
        Failure::new(format!(
            "Port {port} cannot be used: {e}. Stop the program that has it, or choose another: \
             cargo xtask run --port {}",
            port.checked_add(1).unwrap_or(8080)
        ))
    })
}

/// Starts a server on loopback and waits until it answers.
pub(crate) fn begin(project: &Project, kind: Kind, port: u16) -> Result<Child, Failure> {
    let data = project.root.join("data");
    std::fs::create_dir_all(&data).map_err(|e| Failure::file("create", &data, &e))?;
    let mut child = command(project, kind, port, &data.join("assessments.sqlite3"))
        .spawn()
        .map_err(|e| Failure::new(format!("The server could not be started: {e}.")))?;
    let start = Instant::now();
    loop {
        if let Ok(Some(_)) = child.try_wait() {
            return Err(Failure::new("The server ended before it was ready; it says why above."));
        }
        if healthy(port) {
            return Ok(child);
        }
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            return Err(Failure::new(format!("The server did not answer within {}.", seconds(PATIENCE))));
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "another process becomes ready; only asking again can tell"
        )]
        std::thread::sleep(Duration::from_millis(25));
    }
}

fn command(project: &Project, kind: Kind, port: u16, database: &Path) -> Command {
    let mut command = project.command(kind.server(project));
    command.arg("--demo-identity").arg("--listen").arg(format!("127.0.0.1:{port}"));
    command.arg("--database").arg(database).arg("--assets").arg(kind.dist(project));
    command
}

fn healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    };
    ask().is_ok_and(|reply| reply.starts_with("HTTP/1.1 200"))
}
