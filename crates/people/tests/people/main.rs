//! Tests of people, families, episodes and access, by module.

mod audit;
mod duplicates;
mod id;
mod made;
mod matching;
mod merge;
mod person;
mod population;
mod protection;
mod retention;
