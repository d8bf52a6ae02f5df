//! All tests of the server in one binary: real HTTP on a free port, and a new SQLite file for each test.
//!
//! Modules mirror `src/`: what `routes/drafts.rs` does is tested in `routes/drafts.rs`. `program` starts the built program,
//! `store` runs the contract that every store keeps. `answers`, `app`, `child`, `database`, `postgres` and `wire` are what the tests are
//! made of; `described` compares every reply with the description of the interface. An ending such as `_b11` is the number of the requirement in `docs/quality-bars.md` that the test proves.

mod answers;
mod app;
mod assets;
mod body;
#[cfg(unix)]
mod child;
mod database;
mod described;
mod guard;
mod headers;
mod limits;
mod openapi;
mod partners;
#[cfg(unix)]
mod postgres;
#[cfg(unix)]
mod program;
mod routes;
mod sign_in;
mod store;
mod wire;
