//! Tests of people, families, episodes and access, by module.

mod duplicates;
mod id;
mod person;
mod population;
mod protection;
