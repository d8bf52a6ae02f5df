//! All tests of the server in one binary: real HTTP on a free port, a real SQLite file for each test.
//!
//! `routes/` mirrors `src/routes/`; `program/` starts the built program; the rest is about what holds on every route.
//! A name in brackets, such as (B11), is the number of the requirement that a test proves.

mod answers;
mod app;
#[cfg(unix)]
mod child;
mod cross_site;
mod database;
mod files;
mod headers;
mod hostile_bodies;
mod once_only;
mod openapi;
#[cfg(unix)]
mod program;
mod routes;
mod wire;
