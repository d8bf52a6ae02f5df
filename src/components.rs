//! Parts of pages that are not questions.

pub(crate) mod child_bar;
pub(crate) mod contacts;
pub(crate) mod error_summary;
pub(crate) mod suggestion;
pub(crate) mod tabs;
pub(crate) mod urgent;
