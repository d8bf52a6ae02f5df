//! One long step: what it is, that it is alive, how long it took, and the end of its log if it failed.
//! The log itself goes to a file, so that a person reads one line a step.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::project::{Failure, Project, read};

/// Lines of the log that are shown when a step fails.
const TAIL: usize = 60;
/// How often a step tells a log file (not a terminal) that it still runs.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// A step that is about to run.
pub(crate) struct Step<'a> {
    project: &'a Project,
    title: String,
    advice: String,
    limit: Option<Duration>,
    quiet_failure: bool,
    excerpt: fn(&str) -> Vec<&str>,
}

impl<'a> Step<'a> {
    pub(crate) fn new(project: &'a Project, title: impl Into<String>) -> Self {
        Self {
            project,
            title: title.into(),
            advice: String::new(),
            limit: None,
            quiet_failure: false,
            excerpt: end_of,
        }
    }

    /// What to do when it fails.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Stops the program after this time and counts it as failed.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Another way follows if it fails, so its log is not shown.
    pub(crate) fn may_fail(mut self) -> Self {
        self.quiet_failure = true;
        self
    }

    /// What to show of the log when it fails, instead of its end.
    pub(crate) fn excerpt(mut self, excerpt: fn(&str) -> Vec<&str>) -> Self {
        self.excerpt = excerpt;
        self
    }

    /// Where its output goes.
    pub(crate) fn log(&self) -> PathBuf {
        let name: String = self
            .title
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' })
            .collect();
        self.project.target.join("xtask-logs").join(format!("{name}.log"))
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, command: &mut Command) -> Result<Duration, Failure> {
        let log = self.log();
        crate::project::write(&log, "")?;
        let file = File::create(&log).map_err(|e| Failure::file("write", &log, &e))?;
        let copy = file.try_clone().map_err(|e| Failure::file("write", &log, &e))?;
        let start = Instant::now();
        let mut child = command.stdout(file).stderr(copy).spawn().map_err(|e| {
            let program = command.get_program().to_string_lossy().into_owned();
            Failure::new(format!("{}: could not start {program}: {e}. {}", self.title, self.advice))
        })?;
        let mut sign = Sign::new(&self.title);
        let mut pause = Duration::from_millis(5);
        let status: Option<ExitStatus> = loop {
            if let Some(status) =
                child.try_wait().map_err(|e| Failure::new(format!("{}: {e}", self.title)))?
            {
                break Some(status);
            }
            if self.limit.is_some_and(|limit| start.elapsed() > limit) {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            sign.show(start.elapsed());
            #[expect(
                clippy::disallowed_methods,
                reason = "there is no portable way to wait with a time limit"
            )]
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(120));
        };
        let took = start.elapsed();
        if status.is_some_and(|status| status.success()) {
            sign.done(took, "ok");
            return Ok(took);
        }
        let how = match status {
            _ if self.quiet_failure => "not this way",
            None => "STOPPED, too slow",
            Some(_) => "FAILED",
        };
        sign.done(took, how);
        if !self.quiet_failure {
            for line in (self.excerpt)(&read(&log).unwrap_or_default()) {
                eprintln!("    {line}");
            }
        }
        Err(Failure::new(format!("{} failed. {} The whole log: {}", self.title, self.advice, log.display())))
    }
}

/// The last lines, without the crates that cargo compiled on the way.
pub(crate) fn end_of(log: &str) -> Vec<&str> {
    let on_the_way = ["Compiling ", "Checking ", "Downloaded ", "Downloading ", "Blocking ", "Fresh "];
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| !on_the_way.iter().any(|word| line.trim_start().starts_with(word)))
        .collect();
    lines[lines.len().saturating_sub(TAIL)..].to_vec()
}

/// The line that says what is going on.
struct Sign {
    title: String,
    terminal: bool,
    last: Duration,
    begun: bool,
}

impl Sign {
    fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            terminal: std::io::stderr().is_terminal(),
            last: Duration::ZERO,
            begun: false,
        }
    }

    fn show(&mut self, elapsed: Duration) {
        if self.terminal {
            let turn = ['|', '/', '-', '\\'][(elapsed.as_millis() / 120 % 4) as usize];
            eprint!("\r  {turn} {} {}", self.title, seconds(elapsed));
            let _ = std::io::stderr().flush();
        } else if !self.begun && elapsed > Duration::from_millis(400) {
            eprintln!("  . {}", self.title);
        } else if elapsed - self.last >= SIGN_OF_LIFE {
            eprintln!("  . {}: still running after {}", self.title, seconds(elapsed));
            self.last = elapsed;
        } else {
            return;
        }
        self.begun = true;
    }

    fn done(&self, took: Duration, how: &str) {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        eprintln!("{clear}  {how}: {} ({})", self.title, seconds(took));
    }
}

/// `0.4 s`, `73 s` or `4 min 05 s`.
pub(crate) fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        whole @ 10..120 => format!("{whole} s"),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}
