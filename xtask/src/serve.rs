//! Starts the server and knows when it is ready. What the server does is the server's business.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::{CommandExt, parent_id};
use std::process::{Child, Command};
use std::time::{Duration, Instant, SystemTime};

use crate::build::{self, Kind};
use crate::project::{Failure, Project};
use crate::setup::{self, Needs};
use crate::step::seconds;

/// The hidden command of the second process.
pub(crate) const ANNOUNCE: &str = "announce";
/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sets up, builds, and becomes the server: this process turns into it, so that whatever ends the one ends the
/// other, and a signal reaches the server itself. A second process of ours says when it is ready.
pub(crate) fn run(project: &Project, port: u16) -> Result<(), Failure> {
    let start = SystemTime::now();
    free(port)?;
    let tools = setup::run(project, Needs::Build)?;
    build::release(project, &tools)?;
    let own = std::env::current_exe()
        .map_err(|e| Failure::new(format!("Cannot find this program's own file: {e}.")))?;
    let begun = start.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
    project
        .command(own)
        .args([ANNOUNCE, &port.to_string(), &begun.to_string()])
        .env("CARGO_MANIFEST_DIR", project.root.join("xtask"))
        .spawn()
        .map_err(|e| Failure::new(format!("A second process could not be started: {e}.")))?;
    let error = command(project, Kind::Release, port)?.exec();
    Err(Failure::new(format!("The server could not be started: {error}.")))
}

/// The second process: says that the server answers, or that it does not. It is silent when the server ended,
/// because the server has said why.
pub(crate) fn announce(port: &str, begun: &str) -> Result<(), Failure> {
    let unreadable = |_| Failure::new("This command is for `cargo xtask run` alone.");
    let port = port.parse().map_err(unreadable)?;
    let begun = SystemTime::UNIX_EPOCH + Duration::from_millis(begun.parse().map_err(unreadable)?);
    let server = parent_id();
    until_healthy(port, || parent_id() != server)?;
    say!("\nReady after {}: http://127.0.0.1:{port}/", seconds(begun.elapsed().unwrap_or_default()));
    say!("Records are kept in data/assessments.sqlite3. Press Ctrl+C to stop.");
    Ok(())
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

/// Starts a server on loopback beside this process and waits until it answers.
pub(crate) fn begin(project: &Project, kind: Kind, port: u16) -> Result<Child, Failure> {
    let mut child = command(project, kind, port)?
        .spawn()
        .map_err(|e| Failure::new(format!("The server could not be started: {e}.")))?;
    let ready = until_healthy(port, || matches!(child.try_wait(), Ok(Some(_))));
    if let Err(failure) = ready {
        let _ = child.kill();
        let _ = child.wait();
        return Err(failure);
    }
    Ok(child)
}

fn until_healthy(port: u16, mut ended: impl FnMut() -> bool) -> Result<(), Failure> {
    let start = Instant::now();
    while !healthy(port) {
        if ended() {
            return Err(Failure::new("The server ended before it was ready; it says why above."));
        }
        if start.elapsed() > PATIENCE {
            return Err(Failure::new(format!("The server did not answer within {}.", seconds(PATIENCE))));
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "another process becomes ready; only asking again can tell"
        )]
        std::thread::sleep(Duration::from_millis(25));
    }
    Ok(())
}

fn command(project: &Project, kind: Kind, port: u16) -> Result<Command, Failure> {
    let data = project.root.join("data");
    std::fs::create_dir_all(&data).map_err(|e| Failure::file("create", &data, &e))?;
    let mut command = project.command(kind.server(project));
    command.arg("--demo-identity").arg("--listen").arg(format!("127.0.0.1:{port}"));
    command.arg("--database").arg(data.join("assessments.sqlite3")).arg("--assets").arg(kind.dist(project));
    Ok(command)
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
