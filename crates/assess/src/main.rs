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
        let place = panic.location().map(|place| (place.file(), place.line()));
        let _ = writeln!(
            io::stderr(),
            "assess: this is a mistake in the program, at {place:?}: please report it"
        );
    }));
    let Some(today) = today() else {
        let _ = writeln!(io::stderr(), "assess: the clock of this machine shows no day: set it");
        return ExitCode::from(Exit::Unreadable as u8);
    };
    let (mut input, mut errors) = (io::stdin().lock(), io::stderr());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut terminal = Terminal::new(&mut input, &mut out, &mut errors, today);
    let exit = assess::run(std::env::args_os().skip(1), &mut terminal);
    ExitCode::from(exit as u8)
}

/// The date in England: ages and deadlines count by it, wherever the program runs.
fn today() -> Option<Date> {
    static LONDON: TimeZone = jiff::tz::get!("Europe/London");
    parse_day(&Timestamp::now().to_zoned(LONDON.clone()).date().to_string())
}
