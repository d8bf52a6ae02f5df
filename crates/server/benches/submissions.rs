//! How many submissions a second the built program stores, on each store in turns, in one run on one machine. Prints a
//! table; judges nothing. `cargo bench -p assessment-server`.
//!
//! Variables: `ROUNDS` (5), `SECONDS` for each round (3), `CLIENTS` at once (8), and `BASELINE`, an earlier program to run on
//! SQLite beside this one.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nothing to say")]

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use assessment_server::sign_in::outside::choose_cryptography;
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::task::JoinSet;

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/server/answers.rs"]
mod answers;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/server/postgres.rs"]
mod postgres;

/// A program and where it stores.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Baseline,
    Sqlite,
    Postgres,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Baseline => "SQLite, earlier program",
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What the rounds of one kind gave.
#[derive(Default)]
struct Figures {
    rates: Vec<f64>,
    latencies: Vec<Duration>,
    processor: Vec<f64>,
}

fn number(name: &str, usual: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::main]
async fn main() {
    choose_cryptography();
    let (rounds, seconds, clients) = (number("ROUNDS", 5), number("SECONDS", 3), number("CLIENTS", 8));
    let baseline = env::var("BASELINE").ok();
    let mut kinds = vec![Kind::Sqlite, Kind::Postgres];
    if baseline.is_some() {
        kinds.insert(0, Kind::Baseline);
    }
    let mut all: Vec<(Kind, Figures)> = kinds.into_iter().map(|kind| (kind, Figures::default())).collect();
    for round in 0..=rounds {
        for (kind, figures) in &mut all {
            let program = match (&baseline, *kind) {
                (Some(path), Kind::Baseline) => Path::new(path),
                _ => Path::new(env!("CARGO_BIN_EXE_assessment-server")),
            };
            let found = measure(program, *kind, clients, Duration::from_secs(seconds)).await;
            // The first round warms up.
            if round > 0 {
                figures.rates.extend(found.rates);
                figures.latencies.extend(found.latencies);
                figures.processor.extend(found.processor);
            }
        }
    }
    println!("{clients} clients, {rounds} rounds of {seconds} s in turns; medians");
    println!(
        "{:<24} {:>8} {:>15} {:>9} {:>9} {:>12}",
        "store", "a second", "least to most", "p50 ms", "p99 ms", "CPU ms each"
    );
    for (kind, mut figures) in all {
        figures.rates.sort_by(f64::total_cmp);
        figures.latencies.sort();
        figures.processor.sort_by(f64::total_cmp);
        let part = |share: usize| {
            let index =
                (figures.latencies.len() * share / 100).min(figures.latencies.len().saturating_sub(1));
            figures.latencies.get(index).copied().unwrap_or_default().as_secs_f64() * 1e3
        };
        let middle = |sorted: &[f64]| sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        let ends =
            [figures.rates.first(), figures.rates.last()].map(|rate| rate.copied().unwrap_or_default());
        println!(
            "{:<24} {:>8.0} {:>15} {:>9.1} {:>9.1} {:>12.2}",
            kind.name(),
            middle(&figures.rates),
            format!("{:.0} to {:.0}", ends[0], ends[1]),
            part(50),
            part(99),
            middle(&figures.processor)
        );
    }
}

/// One round on a new database.
async fn measure(program: &Path, kind: Kind, clients: u64, time: Duration) -> Figures {
    static NUMBERS: AtomicU64 = AtomicU64::new(0);
    let folder = TempDir::new().expect("a folder");
    let mut command = Command::new(program);
    command.args(["--demo-identity", "--listen", "127.0.0.1:0", "--log", "error"]);
    if kind == Kind::Postgres {
        let database = postgres::Database::new().await;
        command.env("DATABASE_URL", String::from(database.server()));
        command.env("ASSESSMENT_SERVER_DATABASE_OWNER", String::from(database.owner()));
    } else {
        command.env_remove("DATABASE_URL").arg("--database").arg(folder.path().join("a.sqlite3"));
    }
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut greeting = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut greeting).expect("a line");
    let address = greeting.split_whitespace().last().expect("an address").to_owned();

    let today = assessment_server::clock::date_in_england(Timestamp::now());
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let (began, before) = (Instant::now(), processor_time(&child));
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let (http, url) = (http.clone(), format!("{address}api/v1/assessments"));
        tasks.spawn(async move {
            let mut latencies = Vec::new();
            while began.elapsed() < time {
                let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
                let request = http.post(&url).header("content-type", "application/json");
                let request = request.header("idempotency-key", format!("key-{number}"));
                let sent = Instant::now();
                let reply = request.body(answers::accepted(today, number)).send().await.expect("a reply");
                assert_eq!(reply.status(), 201);
                reply.bytes().await.expect("a receipt");
                latencies.push(sent.elapsed());
            }
            latencies
        });
    }
    let latencies: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
    let count = latencies.len() as f64;
    let rates = vec![count / began.elapsed().as_secs_f64()];
    let processor = vec![(processor_time(&child) - before) / count];
    child.kill().expect("killed");
    child.wait().expect("its end");
    Figures { rates, latencies, processor }
}

/// The processor time of the program itself so far, in milliseconds. Linux counts it in hundredths of a second.
fn processor_time(child: &Child) -> f64 {
    let text = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) * 10.0
}
