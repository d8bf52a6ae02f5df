//! The options that questions offer. Data (`data/code_lists.json`), so that an option can be added without a build;
//! which list a question uses is in its catalogue row.

use crate::json;

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub label: String,
    /// A word of explanation.
    pub hint: Option<String>,
    /// The heading under which a long list shows it.
    pub group: Option<String>,
    /// It cannot be combined with another option.
    pub exclusive: bool,
    /// For social work involvement: the child has a worker today.
    pub open: bool,
}

/// All code lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLists(
    /// In the order of their names.
    Vec<(String, Vec<Code>)>,
);

impl CodeLists {
    /// The lists that are built in.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/code_lists.json")
    }

    /// Reads lists.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, on one line.
    pub fn load(json: &str) -> Result<CodeLists, String> {
        json::read(json, lists).map_err(|wrong| json::in_one_line(&wrong))
    }

    /// The lists that are built in, without words for what could be wrong with them.
    pub(crate) fn ready() -> Option<CodeLists> {
        json::read_packed(include_str!(concat!(env!("OUT_DIR"), "/code_lists")), lists)
    }

    /// The options of a list; none for a list that does not exist.
    #[must_use]
    pub fn list(&self, id: &str) -> &[Code] {
        let at = self.0.binary_search_by(|(name, _)| name.as_str().cmp(id)).ok();
        at.and_then(|at| self.0.get(at)).map_or(&[], |(_, options)| options)
    }

    /// One option.
    #[must_use]
    pub fn find(&self, list: &str, code: &str) -> Option<&Code> {
        self.list(list).iter().find(|option| option.code == code)
    }
}

fn lists(all: &json::Fields<'_>) -> CodeLists {
    let mut lists = Vec::new();
    for name in all.names() {
        let mut options = Vec::new();
        all.list(name, &mut |option| {
            options.push(Code {
                code: option.text("code"),
                label: option.text("label"),
                hint: option.optional_text("hint"),
                group: option.optional_text("group"),
                exclusive: option.optional_flag("exclusive"),
                open: option.optional_flag("open"),
            });
        });
        lists.push((name.to_owned(), options));
    }
    CodeLists(lists)
}
