//! The quick edit loop: builds without optimising, serves, and after each saved edit rebuilds what it touches.
//! A reload of the page shows the new state. It is for people who change the form, never for real records.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant, SystemTime};

use crate::build::{self, Kind};
use crate::project::{Failure, Project, files_below};
use crate::serve;
use crate::setup::{self, Needs};
use crate::step::seconds;

/// Sources of the browser side alone, and of the server alone; the engine and api belong to both.
const BROWSER: [&str; 6] = ["src", "style", "public", "index.html", "Trunk.toml", "Cargo.toml"];
const SERVER: [&str; 1] = ["crates/server"];
const BOTH: [&str; 2] = ["crates/engine", "crates/api"];

/// Runs until it is interrupted.
pub(crate) fn run(project: &Project, port: u16) -> Result<(), Failure> {
    serve::free(port)?;
    let tools = setup::run(project, Needs::Build)?;
    build::browser(project, &tools, Kind::Debug)?;
    build::server(project, Kind::Debug)?;
    let mut server = serve::begin(project, Kind::Debug, port)?;
    say!(
        "\nhttp://127.0.0.1:{port}/ : save a file, wait for `ready`, reload the page. Press Ctrl+C to stop."
    );

    let mut seen = Seen::look(project);
    loop {
        #[expect(
            clippy::disallowed_methods,
            reason = "asking the file system four times a second needs no watcher library"
        )]
        std::thread::sleep(Duration::from_millis(250));
        let now = Seen::look(project);
        if now == seen {
            continue;
        }
        let (browser, backend) = (now.browser != seen.browser, now.server != seen.server);
        let both = now.both != seen.both;
        seen = now;
        let start = Instant::now();
        let result = (|| {
            if browser || both {
                build::browser(project, &tools, Kind::Debug)?;
            }
            if backend || both {
                build::server(project, Kind::Debug)?;
                restart(project, &mut server, port)?;
            }
            Ok::<(), Failure>(())
        })();
        match result {
            Ok(()) => say!("ready after {}: reload the page", seconds(start.elapsed())),
            // The person mends it and saves again; the last good state stays served.
            Err(failure) => eprintln!("{failure}"),
        }
    }
}

fn restart(project: &Project, server: &mut Child, port: u16) -> Result<(), Failure> {
    let _ = server.kill();
    let _ = server.wait();
    *server = serve::begin(project, Kind::Debug, port)?;
    Ok(())
}

/// When each source was last written.
#[derive(PartialEq, Eq)]
struct Seen {
    browser: BTreeMap<PathBuf, SystemTime>,
    server: BTreeMap<PathBuf, SystemTime>,
    both: BTreeMap<PathBuf, SystemTime>,
}

impl Seen {
    fn look(project: &Project) -> Self {
        let times = |sources: &[&str]| {
            let files = sources.iter().flat_map(|source| files_below(&project.root.join(source)));
            files
                .filter_map(|file| Some((std::fs::metadata(&file).ok()?.modified().ok()?, file)))
                .map(|(time, file)| (file, time))
                .collect()
        };
        Self { browser: times(&BROWSER), server: times(&SERVER), both: times(&BOTH) }
    }
}
