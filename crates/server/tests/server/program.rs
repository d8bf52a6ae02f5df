//! The built program, as a separate process: how it starts, stops, is killed, and what it writes to its log.

mod audit;
mod killed;
mod outage;
mod retention;
mod settings;
mod silence;
mod starting;
mod stopping;
mod under_attack;
