//! Finished assessments: sent once, kept for good. There is no operation that changes or removes one.

pub(super) mod list;
pub(super) mod read;
pub(super) mod submit;
