//! The options that questions offer. Data (`data/code_lists.json`), so that an option can be added without a build;
//! which list a question uses is in its catalogue row.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One option.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub label: String,
    /// A word of explanation.
    #[serde(default)]
    pub hint: Option<String>,
    /// The heading under which a long list shows it.
    #[serde(default)]
    pub group: Option<String>,
    /// It cannot be combined with another option.
    #[serde(default)]
    pub exclusive: bool,
    /// For social work involvement: the child has a worker today.
    #[serde(default)]
    pub open: bool,
}

/// All code lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct CodeLists(BTreeMap<String, Vec<Code>>);

impl CodeLists {
    /// The lists that are built in.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/code_lists.json")
    }

    /// Reads lists.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn load(json: &str) -> Result<CodeLists, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    /// The options of a list; none for a list that does not exist.
    #[must_use]
    pub fn list(&self, id: &str) -> &[Code] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }

    /// One option.
    #[must_use]
    pub fn find(&self, list: &str, code: &str) -> Option<&Code> {
        self.list(list).iter().find(|option| option.code == code)
    }
}
