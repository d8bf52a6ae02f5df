//! Tests of people, families, episodes and access, by module.

mod access;
mod audit;
mod cases;
mod difference;
mod duplicates;
pub(crate) mod episode;
mod family;
mod id;
mod made;
mod matching;
mod merge;
mod moment;
mod note;
mod person;
mod population;
mod protection;
mod retention;
mod take_up;
mod version;
mod world;
