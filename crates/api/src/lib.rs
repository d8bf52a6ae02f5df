//! The words that browser and server exchange over HTTP: paths, headers, requests, replies, problem details.
//!
//! There is no logic here: no checks, no defaults that mean something, no input or output.
//! What the answers themselves may hold is the engine's business; here they are only carried, as the JSON text that was sent.
//! All names are snake_case; all times are RFC 3339 in UTC with milliseconds.

pub mod assessment;
pub mod draft;
pub mod evaluation;
pub mod path;
pub mod problem;
pub mod service;
