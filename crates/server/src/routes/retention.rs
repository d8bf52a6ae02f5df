//! What is due to be erased, and what keeps records. Orders and erasing are an episode's own.

pub(super) mod due;
pub(super) mod exceptions;
