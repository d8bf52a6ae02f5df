//! The options that questions offer. Data (`data/code_lists.json`), so that an option is added without changing Rust;
//! which list a question uses is in its catalogue row.

use std::sync::LazyLock;

use assessment_wording::filled;
use strict_json::{Fields, read_data};

use crate::standards::in_one_line;

/// One option.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// For services: one service for a whole family, as the GP is.
    pub family: bool,
}

/// All code lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeLists(
    /// By the length of their names, so that a name is compared only with the few that are as long.
    Vec<Vec<(String, Vec<Code>)>>,
);

impl CodeLists {
    /// The lists that are built in.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/code_lists.json")
    }

    /// The lists that are built in, read once.
    pub(crate) fn of_the_form() -> &'static Result<CodeLists, String> {
        static LISTS: LazyLock<Result<CodeLists, String>> =
            LazyLock::new(|| CodeLists::load(CodeLists::built_in()));
        &LISTS
    }

    /// Reads lists.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, on one line.
    pub fn load(json: &str) -> Result<CodeLists, String> {
        read_data(json, lists).map_err(|wrong| in_one_line(&wrong))
    }

    /// Puts an authority's name for its front door into the labels that name it.
    #[must_use]
    pub fn with_front_door(mut self, name: &str) -> CodeLists {
        for code in self.0.iter_mut().flatten().flat_map(|(_, options)| options) {
            if code.label.contains('{') {
                code.label = filled(&code.label, &[("front_door", name)]);
            }
        }
        self
    }

    /// These lists and those of another form. A list that both have is the other's.
    #[must_use]
    pub fn with(mut self, other: CodeLists) -> CodeLists {
        for (name, options) in other.0.into_iter().flatten() {
            self.put(name, options);
        }
        self
    }

    /// These lists and one more.
    #[must_use]
    pub fn with_list(mut self, name: &str, options: Vec<Code>) -> CodeLists {
        self.put(name.to_owned(), options);
        self
    }

    fn put(&mut self, name: String, options: Vec<Code>) {
        if self.0.len() <= name.len() {
            self.0.resize_with(name.len() + 1, Vec::new);
        }
        if let Some(as_long) = self.0.get_mut(name.len()) {
            as_long.retain(|(known, _)| *known != name);
            as_long.push((name, options));
        }
    }

    /// The options of a list; none for a list that does not exist.
    #[must_use]
    pub fn list(&self, id: &str) -> &[Code] {
        let as_long = self.0.get(id.len()).map_or(&[][..], Vec::as_slice);
        as_long.iter().find(|(name, _)| name == id).map_or(&[], |(_, options)| options)
    }

    /// One option.
    #[must_use]
    pub fn find(&self, list: &str, code: &str) -> Option<&Code> {
        // Most options differ in their first letter, and looking at it is quicker than comparing texts.
        let first = code.as_bytes().first();
        self.list(list).iter().find(|option| option.code.as_bytes().first() == first && option.code == code)
    }
}

fn lists(all: &Fields<'_>) -> CodeLists {
    let mut lists = CodeLists::default();
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
                family: option.optional_flag("family"),
            });
        });
        lists.put(name.to_owned(), options);
    }
    lists
}
