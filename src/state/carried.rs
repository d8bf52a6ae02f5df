//! What was carried over from a brother's or sister's record and was not checked yet. It belongs to the record on this device
//! and is not sent: what is sent are the answers, and that the two records are linked.

use serde::{Deserialize, Serialize};

/// Sections to be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// What the child is called from whose record it came; empty when nobody had typed that.
    pub from: String,
    /// The sections that were not checked yet.
    pub sections: Vec<String>,
}

impl Carried {
    /// Whether a section is to be checked.
    #[must_use]
    pub fn is_in(&self, section: &str) -> bool {
        self.sections.iter().any(|carried| carried == section)
    }
}
