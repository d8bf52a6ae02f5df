//! Measures how well duplicates are found among 10,000 made-up people of whom 500 have a second record, and prints what
//! was missed and what was shown wrongly. `cargo run --release -p assessment-people --example duplicates [SEED ...]`
//! With `many 100000` it says how the work of a query grows.

#![expect(clippy::print_stdout, reason = "a program that prints")]

#[path = "../tests/people/population/mod.rs"]
mod population;

use std::time::Instant;

use assessment_people::matching::Strength;
use population::{Hand, Population};

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|seed| seed.parse().ok()).collect();
    if std::env::args().nth(1).as_deref() == Some("many") {
        let records = numbers.first().and_then(|records| usize::try_from(*records).ok()).unwrap_or(100_000);
        return many(records);
    }
    let runs = if numbers.is_empty() {
        vec![(2026, Hand::Known), (1126, Hand::KeptBack)]
    } else {
        numbers.into_iter().flat_map(|seed| [(seed, Hand::Known), (seed, Hand::KeptBack)]).collect()
    };
    for (seed, hand) in runs {
        let population = Population::of(seed, hand);
        let start = Instant::now();
        let found = population.find();
        let took = start.elapsed();
        println!(
            "seed {seed}, {hand:?} slips: {} records, {} pairs",
            population.people.len(),
            population.pairs.len()
        );
        for (least, what) in [
            (Strength::Possible, "shown"),
            (Strength::Likely, "at least likely"),
            (Strength::Strong, "strong"),
        ] {
            let score = population.score(&found, least);
            println!("  {what}: recall {:.3}, precision {:.3}", score.recall, score.precision);
        }
        let queries = population.people.len();
        let each = found.compared / queries;
        println!("  {each} comparisons a query, {} at most; all queries in {took:.1?}", found.most);
        print!("{}", population.list(&found));
    }
}

/// How the work of a query grows: `duplicates many 100000`.
fn many(records: usize) {
    const QUERIES: usize = 1_000;
    let population = Population::sized(2026, Hand::Known, records);
    let start = Instant::now();
    let found = population.find_every(records.div_ceil(QUERIES));
    let each = found.compared / QUERIES;
    println!(
        "{records} records: {each} comparisons a query, {} at most; keys of all and {QUERIES} queries in {:.1?}",
        found.most,
        start.elapsed()
    );
}
