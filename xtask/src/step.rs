//! One long step: what it is, that it is alive, how long it took, and the end of its log if it failed. The log itself
//! goes to a file, so that a person reads one line for each step.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::project::{Failure, Project, read, write};

/// Lines of the log that are shown when a step fails.
const TAIL: usize = 60;
/// How often a step says that it is still running.
const STILL_ALIVE: Duration = Duration::from_secs(30);

/// A step that is about to run.
pub(crate) struct Step {
    title: String,
    advice: String,
    optional: bool,
    log: PathBuf,
}

impl Step {
    pub(crate) fn new(project: &Project, title: impl Into<String>) -> Self {
        let title = title.into();
        let name: String = title
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' })
            .collect();
        let log = project.target.join("xtask-logs").join(format!("{name}.log"));
        Self { title, advice: String::new(), optional: false, log }
    }

    /// What to do when it fails.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Another way follows if it fails, so its log is not shown.
    pub(crate) fn may_fail(mut self) -> Self {
        self.optional = true;
        self
    }

    /// What the program has printed.
    pub(crate) fn output(&self) -> String {
        read(&self.log).unwrap_or_default()
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, command: &mut Command) -> Result<(), Failure> {
        let Self { title, advice, log, .. } = self;
        write(log, "")?;
        let file = File::create(log).map_err(|e| Failure::file("write", log, &e))?;
        let copy = file.try_clone().map_err(|e| Failure::file("write", log, &e))?;
        let start = Instant::now();
        let mut child = command.stdout(file).stderr(copy).spawn().map_err(|e| {
            let program = command.get_program().to_string_lossy().into_owned();
            Failure::new(format!("{title}: could not start {program}: {e}. {advice}"))
        })?;
        let succeeded = self.wait(&mut child, start)?;
        let how = match succeeded {
            true => "ok",
            false if self.optional => "not this way",
            false => "FAILED",
        };
        eprintln!("  {how}: {title} ({})", seconds(start.elapsed()));
        if succeeded {
            return Ok(());
        }
        if !self.optional {
            end_of(&self.output()).iter().for_each(|line| eprintln!("    {line}"));
        }
        Err(Failure::new(format!("{title} failed. {advice} The whole log: {}", log.display())))
    }

    /// Whether it succeeded. Says that it runs, once it has for a moment, and then twice a minute.
    fn wait(&self, child: &mut Child, start: Instant) -> Result<bool, Failure> {
        let mut next = Duration::from_millis(400);
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) => {}
                Err(error) => return Err(Failure::new(format!("{}: {error}", self.title))),
            }
            if start.elapsed() > next {
                eprintln!("  . {} ({})", self.title, seconds(start.elapsed()));
                next = start.elapsed() + STILL_ALIVE;
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "waiting without it could not say that the step still runs"
            )]
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The last lines, without the crates that cargo compiled on the way and the tests that passed.
fn end_of(log: &str) -> Vec<&str> {
    let on_the_way =
        ["Compiling ", "Checking ", "Downloaded ", "Downloading ", "Blocking ", "Fresh ", "PASS [", "✓ "];
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| !on_the_way.iter().any(|word| line.trim_start().starts_with(word)))
        .collect();
    lines[lines.len().saturating_sub(TAIL)..].to_vec()
}

/// `0.4 s`, `73 s` or `4 min 05 s`.
pub(crate) fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        whole @ 10..120 => format!("{whole} s"),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}
