//! Tests of people, families, episodes and access, by module.

mod id;
mod person;
mod protection;
