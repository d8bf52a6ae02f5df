//! What was carried over from a brother's or sister's record, or filled in by a portal, and was not checked yet. It belongs to the record on this device
//! and is not sent: what is sent are the answers, and that the two records are linked.

use std::collections::BTreeMap;

use assessment_form::Edit;
use serde::{Deserialize, Serialize};

/// Sections to be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// What the child is called from whose record it came; empty when nobody had typed that.
    pub from: String,
    /// Whether a portal filled it in, and not another record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_portal: bool,
    /// The sections that were not checked yet.
    pub sections: Vec<String>,
    /// What the first record says of the family as a whole, by path: offered beside the same questions, and not an answer here
    /// until somebody says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offered: BTreeMap<String, String>,
}

impl Carried {
    /// Whether a section is to be checked.
    #[must_use]
    pub fn is_in(&self, section: &str) -> bool {
        self.sections.iter().any(|carried| carried == section)
    }

    /// What is offered for one element, or for all, as the edits that take it over.
    #[must_use]
    pub fn offered_for(&self, element: Option<&str>) -> Vec<(String, Edit)> {
        let stem = element.map_or_else(String::new, |element| format!("elements.{element}."));
        let offered = self.offered.iter().filter(|(path, _)| path.starts_with(&stem));
        offered.map(|(path, text)| (path.clone(), Edit::Text(text.clone()))).collect()
    }
}
