//! Tests of people, families, episodes and access, by module.

mod access;
mod difference;
pub(crate) mod episode;
mod family;
mod id;
mod moment;
mod person;
mod protection;
mod version;
mod world;
