//! Since when, what went, and what was done.
