//! The options that questions offer. Data (`data/code_lists.json`), so that an option can be added without a build;
//! which list a question uses is in its catalogue row.

use std::cmp::Ordering;

use crate::json;
use crate::wording::filled;

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
    /// The shorter names first, so that a name is compared only with the few that are as long.
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

    /// Puts an authority's name for its front door into the labels that name it.
    #[must_use]
    pub fn with_front_door(mut self, name: &str) -> CodeLists {
        for code in self.0.iter_mut().flat_map(|(_, options)| options) {
            if code.label.contains('{') {
                code.label = filled(&code.label, &[("front_door", name)]);
            }
        }
        self
    }

    /// The options of a list; none for a list that does not exist.
    #[must_use]
    pub fn list(&self, id: &str) -> &[Code] {
        let from = self.0.partition_point(|(name, _)| name.len() < id.len());
        let mut as_long = self.0.iter().skip(from).take_while(|(name, _)| name.len() == id.len());
        as_long.find(|(name, _)| name == id).map_or(&[], |(_, options)| options)
    }

    /// One option.
    #[must_use]
    pub fn find(&self, list: &str, code: &str) -> Option<&Code> {
        // Most options differ in their first letter, and looking at it is quicker than comparing texts.
        let first = code.as_bytes().first();
        self.list(list).iter().find(|option| option.code.as_bytes().first() == first && option.code == code)
    }
}

fn order(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
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
        let at = lists.partition_point(|(other, _): &(String, Vec<Code>)| order(other, name).is_lt());
        lists.insert(at, (name.to_owned(), options));
    }
    CodeLists(lists)
}
