//! Sending, reading and listing assessments.

mod agreement;
mod contradictions;
mod list;
mod once_only;
mod read;
mod real_families;
mod required;
mod submit;

/// Everything that a submission adds, counted.
const ROWS: &str = "SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM idempotency_keys) \
     + (SELECT count(*) FROM audit)";
