//! Measures how well duplicates are found among 10,000 made-up people of whom 500 have a second record, and prints what
//! was missed and what was shown wrongly. `cargo run --release -p assessment-people --example duplicates [SEED ...]`

#![expect(clippy::print_stdout, reason = "a program that prints")]
#![expect(unreachable_pub, reason = "shared with the tests")]

#[path = "../tests/people/population/mod.rs"]
mod population;

use std::time::Instant;

use assessment_people::matching::Strength;
use population::{Hand, Population};

fn main() {
    let seeds: Vec<u64> = std::env::args().skip(1).filter_map(|seed| seed.parse().ok()).collect();
    let runs = if seeds.is_empty() {
        vec![(2026, Hand::Known), (1126, Hand::HeldBack)]
    } else {
        seeds.into_iter().flat_map(|seed| [(seed, Hand::Known), (seed, Hand::HeldBack)]).collect()
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
        println!(
            "  {} comparisons a query, {} at most; all queries in {took:.1?}",
            found.compared / queries,
            found.most
        );
        print!("{}", population.list(&found));
    }
}
