//! What can be set when the server starts, and what must not be: read from arguments, nothing else.

use std::{ffi::OsString, fmt, net::SocketAddr, path::PathBuf};

use lexopt::prelude::*;

/// How to start, for `--help`.
pub const USAGE: &str = "\
Usage: assessment-server --demo-identity [options]

Takes in, checks, evaluates and keeps common assessments, and serves the form.

  --demo-identity       everyone is the same invented practitioner (only on a loopback address)
  --listen ADDRESS      where to listen                    [127.0.0.1:8080]
  --database FILE       where records are kept             [data/assessments.sqlite3]
  --assets FOLDER       the built browser side             [dist]
  --profile FILE        the authority's profile, JSON      [built in]
  --rule-pack FILE      the threshold rules, JSON          [built in: an example that nobody has approved]
  --today DATE          pretend that it is another day, to show or test a case  [today]
  --log LEVEL           error, warn, info, debug or trace  [info]
  --help, --version
";

/// How to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where records are kept.
    pub database: PathBuf,
    /// The built browser side.
    pub assets: PathBuf,
    /// The authority's profile, if not the built-in one.
    pub profile: Option<PathBuf>,
    /// The threshold rules, if not the built-in ones.
    pub rule_pack: Option<PathBuf>,
    /// The day that it is to be for the demo; the time of day goes on.
    pub today: Option<jiff::civil::Date>,
    /// How much to log.
    pub log: tracing::Level,
}

/// What the arguments ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// To serve.
    Serve(Options),
    /// To see [`USAGE`].
    Help,
    /// To see the version.
    Version,
}

/// Why the arguments are refused; says what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<lexopt::Error> for Refused {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("{error}. See --help."))
    }
}

/// Reads the arguments, without the program's name.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Wanted, Refused> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut demo = false;
    let mut options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
        database: PathBuf::from("data/assessments.sqlite3"),
        assets: PathBuf::from("dist"),
        profile: None,
        rule_pack: None,
        today: None,
        log: tracing::Level::INFO,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("demo-identity") => demo = true,
            Long("listen") => options.listen = address(&parser.value()?)?,
            Long("database") => options.database = parser.value()?.into(),
            Long("assets") => options.assets = parser.value()?.into(),
            Long("profile") => options.profile = Some(parser.value()?.into()),
            Long("rule-pack") => options.rule_pack = Some(parser.value()?.into()),
            Long("today") => options.today = Some(date(&parser.value()?)?),
            Long("log") => options.log = level(&parser.value()?)?,
            Long("help") | Short('h') => return Ok(Wanted::Help),
            Long("version") => return Ok(Wanted::Version),
            other => return Err(other.unexpected().into()),
        }
    }
    allowed(demo, options.listen)?;
    Ok(Wanted::Serve(options))
}

/// Until there is sign-in, the server works for the demo on its own machine and for nothing else.
fn allowed(demo: bool, listen: SocketAddr) -> Result<(), Refused> {
    match (demo, listen.ip().is_loopback()) {
        (true, true) => Ok(()),
        (true, false) => Err(Refused(format!(
            "--demo-identity lets anyone in who can reach {listen}, so it is refused there. Listen on 127.0.0.1, which only \
             this machine can reach."
        ))),
        (false, _) => Err(Refused(
            "sign-in is not there yet, so the server starts only with --demo-identity, on a loopback address, with invented \
             families."
                .to_owned(),
        )),
    }
}

fn address(value: &OsString) -> Result<SocketAddr, Refused> {
    let read = value.to_str().and_then(|text| text.parse().ok());
    read.ok_or_else(|| Refused("--listen needs an address and a port, such as 127.0.0.1:8080.".to_owned()))
}

fn date(value: &OsString) -> Result<jiff::civil::Date, Refused> {
    let read = value.to_str().and_then(|text| text.parse().ok());
    read.ok_or_else(|| Refused("--today needs a date such as 2026-11-23.".to_owned()))
}

fn level(value: &OsString) -> Result<tracing::Level, Refused> {
    let read = value.to_str().and_then(|text| text.parse().ok());
    read.ok_or_else(|| Refused("--log needs one of error, warn, info, debug or trace.".to_owned()))
}
