//! Records and packs that several tests need.

pub(crate) mod any_answers;
pub(crate) mod built_in_records;
pub(crate) mod filled;
pub(crate) mod original_lists;
pub(crate) mod pack_changes;
pub(crate) mod random;
pub(crate) mod reached;
pub(crate) mod vignette;
