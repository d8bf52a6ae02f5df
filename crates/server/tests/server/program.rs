//! The built program, as a separate process: how it starts, stops, is killed, and what it writes to its log.

mod audit;
mod backup;
mod check;
mod delivering;
mod first_release;
mod killed;
mod operators;
mod outage;
mod retention;
mod settings;
mod silence;
mod starting;
mod stopping;
mod traces;
mod under_attack;
mod zones;
