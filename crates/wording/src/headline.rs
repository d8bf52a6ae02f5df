//! The headline of an outcome in words, the same in the form and on the command line. It takes codes: this crate knows
//! no rules.

use crate::{Wording, uncapitalised};

/// A headline in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadlineWords {
    /// The line that a person remembers.
    pub line: String,
    /// What it means and what to do.
    pub text: String,
}

impl Wording {
    /// The words of a headline of this kind about this code. `more` says that answers which are not sure or blank could
    /// lead further.
    #[must_use]
    pub fn headline(&self, kind: &str, code: &str, more: bool) -> HeadlineWords {
        let stem = ["suggestion.", code].concat();
        let suggestion = self.fill(&stem, &[]);
        let text = self.fill(&[&stem, ".text"].concat(), &[]);
        if kind == "at_least" && !more {
            return HeadlineWords { line: suggestion, text };
        }
        let key = ["headline.", kind].concat();
        let own = [&key, ".", code].concat();
        let line = if self.get(&own).is_some() { own } else { key.clone() };
        // Within a sentence it begins small; on its own it is a sentence.
        let named =
            if matches!(kind, "at_least" | "may_be") { uncapitalised(&suggestion) } else { suggestion };
        HeadlineWords {
            line: self.fill(&line, &[("suggestion", &named)]),
            text: self.fill(&[&key, ".text"].concat(), &[("text", &text)]),
        }
    }
}
