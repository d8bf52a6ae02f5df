//! The program `assess`: the only place that knows the real streams and the clock. Everything else is in the library.

use assessment_form::parse_day;
use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use assess::exit::Exit;
use assess::terminal::Terminal;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

fn main() -> ExitCode {
    // The usual report prints the panic's message, which could hold what somebody typed.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
        let place = place.unwrap_or_default();
        let _ = writeln!(io::stderr(), "assess: this is a bug in the program{place}: please report it");
    }));
    let Some(today) = today() else {
        let _ = writeln!(io::stderr(), "assess: this machine's clock does not show a valid date: set it");
        return Exit::Failed.into();
    };
    let (mut input, mut errors) = (io::stdin().lock(), io::stderr());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut terminal = Terminal::new(&mut input, &mut out, &mut errors, today);
    assess::run(std::env::args_os().skip(1), &mut terminal).into()
}

/// The date in England: ages and deadlines count by it, wherever the program runs.
fn today() -> Option<Date> {
    static LONDON: TimeZone = jiff::tz::get!("Europe/London");
    parse_day(&Timestamp::now().to_zoned(LONDON.clone()).date().to_string())
}
