//! How well duplicates are found. `cargo run --release -p assessment-people --example duplicates` lists what was missed.

use assessment_people::matching::Strength;

use crate::population::{Hand, Population, RECORDS};

fn measured(seed: u64, hand: Hand) {
    let population = Population::of(seed, hand);
    assert_eq!((population.people.len(), population.pairs.len()), (RECORDS, 500));
    let found = population.find();
    let score = population.score(&found, Strength::Possible);
    let list = || population.list(&found);
    assert!(score.recall >= 0.95, "{score:?}\n{}", list());
    assert!(score.precision >= 0.80, "{score:?}\n{}", list());
    assert!(found.compared / RECORDS < 200, "the keys select too many: {}", found.compared / RECORDS);
}

#[test]
fn b97_duplicates_among_ten_thousand_are_found() {
    measured(2026, Hand::Known);
}

#[test]
fn b97_among_other_people_and_slips_too() {
    for (seed, hand) in [(3, Hand::Known), (4, Hand::KeptBack), (17, Hand::Known), (20, Hand::KeptBack)] {
        measured(seed, hand);
    }
}

#[test]
fn b97_so_are_those_whose_slips_were_kept_back_from_tuning() {
    measured(1126, Hand::KeptBack);
}
