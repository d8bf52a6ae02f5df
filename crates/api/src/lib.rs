//! What browser and server say to each other over HTTP: paths, headers, requests, replies, problem details.
//!
//! Types only: no checks, no defaults that carry meaning, no input or output. What the answers may hold is the engine's
//! business; here they travel as the JSON text that was sent. Both sides write and read through these serde derives.
//! Names are snake_case; times are RFC 3339 in UTC with milliseconds.
//!
//! Replies may gain members within `v1`, so readers ignore members they do not know. Requests may not: the server refuses a
//! member it does not know and names it.

pub mod assessment;
pub mod audit;
pub mod draft;
pub mod duplicates;
pub mod episode;
pub mod episode_change;
pub mod evaluation;
pub mod family;
pub mod header;
pub mod note;
pub mod own_page;
pub mod partner;
pub mod path;
pub mod person;
pub mod problem;
pub mod referral;
pub mod register;
pub mod retention;
pub mod service;
pub mod session;
pub mod staff;
pub mod subject_access;
pub mod take_up;
pub mod team;
