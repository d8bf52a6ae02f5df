//! How long people wait when there are many episodes, each with a plan, a meeting and a review: their work, what is due, their
//! team's, what a team wrote, opening a record, the register, take-up, a search, "Is this the same child?" and sending; on each
//! store, at 20 requests at once, with few episodes and with many. Prints a
//! table with how much the wait grows, and whether waits tell somebody else's record from none (B40); judges nothing. `cargo bench -p assessment-server --bench load`
//!
//! `-- --episodes 1000000` takes another number than 100,000. Variables: `REQUESTS` of each kind (1000), `CLIENTS` at once
//! (20), `STORES` (`sqlite postgresql`), `ONLY` questions whose name has this in it.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nothing to say")]

mod asking;
mod episodes;
mod fixture;
mod people;
mod questions;
mod team;

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/server/answers.rs"]
mod answers;
#[expect(dead_code, reason = "matching's own measurement uses the rest")]
#[path = "../../../people/tests/people/population/mod.rs"]
mod population;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/server/postgres.rs"]
mod postgres;

use std::{collections::BTreeMap, env, time::Instant};

use assessment_server::sign_in::outside::choose_cryptography;

use fixture::Fixture;
use population::{Hand, Population};
use questions::{FOREIGN, MADE_UP, questions};

/// What growth is measured from.
const FEW: usize = 1_000;

fn number(name: &str, usual: usize) -> usize {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The number after `--episodes`. Cargo gives other arguments, too.
fn many() -> usize {
    let after = env::args().skip_while(|one| one != "--episodes").nth(1);
    after.map_or(100_000, |text| text.parse().expect("a number after --episodes"))
}

#[tokio::main]
async fn main() {
    choose_cryptography();
    let stores = env::var("STORES").unwrap_or_else(|_| "sqlite postgresql".to_owned());
    let only = env::var("ONLY").unwrap_or_default();
    let (clients, requests) = (number("CLIENTS", 20), number("REQUESTS", 1_000));
    println!("{clients} requests at once, {requests} of each kind; grows: p99 beside that of {FEW} episodes");
    println!(
        "{:<11} {:>9} {:<32} {:>8} {:>8} {:>8} {:>9} {:>6}",
        "store", "episodes", "question", "p50 ms", "p99 ms", "most ms", "a second", "grows"
    );
    let mut before: BTreeMap<(String, &str), f64> = BTreeMap::new();
    for size in [FEW, many()] {
        let population = Population::sized(2026, Hand::Known, size);
        for store in stores.split_whitespace() {
            let fixture = Fixture::new(store).await;
            let began = Instant::now();
            fixture.fill(&population.people).await;
            println!("{store:<11} {size:>9} (made in {:.0} s)", began.elapsed().as_secs_f64());
            let mut medians: BTreeMap<&str, f64> = BTreeMap::new();
            for question in
                questions(&fixture, &population.people).into_iter().filter(|one| one.name.contains(&only))
            {
                let cookie = fixture.sign_in(question.who).await;
                let waits = asking::ask(&fixture, &cookie, question.requests, clients, requests).await;
                let p99 = waits.part(99);
                medians.insert(question.name, waits.part(50));
                let few = *before.entry((store.to_owned(), question.name)).or_insert(p99);
                println!(
                    "{store:<11} {size:>9} {:<32} {:>8.1} {p99:>8.1} {:>8.1} {:>9.0} {:>6.1}",
                    question.name,
                    waits.part(50),
                    waits.part(100),
                    waits.a_second(),
                    p99 / few
                );
            }
            if let (Some(foreign), Some(made_up)) = (medians.get(FOREIGN), medians.get(MADE_UP)) {
                println!("{store:<11} {size:>9} B40: median of others' to nobody's {:.2}", foreign / made_up);
            }
            fixture.close().await;
        }
    }
}
