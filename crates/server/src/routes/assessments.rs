//! Finished assessments: sent once and stored permanently. No operation changes or removes one.

pub(super) mod list;
pub(super) mod read;
pub(super) mod submit;
