//! Which page the practitioner sees. Part of the stored record, so that a reload comes back to the same page.

use std::fmt;

use assessment_engine::agreement::is_recorded;
use serde::{Serialize, Serializer};

use super::work::WorkPage;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Page {
    /// The start page: urgent help and the records on this device.
    #[default]
    Start,
    /// Is anyone in danger now?
    Danger,
    /// "Do I need to refer?"
    Refer,
    /// The task list.
    Tasks,
    /// One section.
    Section(String),
    /// The list of the 19 elements.
    Elements,
    /// One element.
    Element(String),
    /// Check answers.
    Check,
    /// The receipt.
    Receipt,
    /// Copies and forms on paper.
    Outputs,
    /// The family says no: everything about it on one page.
    Refusal,
    /// A record for a brother or sister.
    Sibling,
    /// My work: records that were sent. Which of its pages is read by their own part of the program (`state::work`).
    Work(String),
}

impl Page {
    /// Reads a page as [`Display`](fmt::Display) writes it. Anything else is the task list: a page of a newer version
    /// must not lose the record.
    #[must_use]
    pub fn parse(text: &str) -> Page {
        match text.split_once('.') {
            Some(("section", name)) => Page::Section(name.to_owned()),
            Some(("element", id)) => Page::Element(id.to_owned()),
            Some(("work", at)) => Page::Work(at.to_owned()),
            _ => match text {
                "start" => Page::Start,
                "danger" => Page::Danger,
                "refer" => Page::Refer,
                "boxes" => Page::Elements,
                "check" => Page::Check,
                "receipt" => Page::Receipt,
                "outputs" => Page::Outputs,
                "refusal" => Page::Refusal,
                "sibling" => Page::Sibling,
                _ => Page::Tasks,
            },
        }
    }

    /// Whether it is a page of the record that is open. The others leave it.
    #[must_use]
    pub fn is_of_record(&self) -> bool {
        !matches!(self, Page::Start | Page::Work(_))
    }

    /// Whether the record is sent from this page, and so whether all its problems are shown there.
    #[must_use]
    pub fn sends(&self) -> bool {
        matches!(self, Page::Check | Page::Refusal)
    }

    /// The page of an episode that was sent.
    #[must_use]
    pub fn of_episode(id: &str) -> Page {
        Page::Work(WorkPage::Episode(id.to_owned()).to_string())
    }

    /// Where to go from here to a question: the page of a refusal has what belongs to one.
    #[must_use]
    pub fn to_path(&self, path: &str) -> Page {
        if *self == Page::Refusal && is_recorded(path) { Page::Refusal } else { Page::of_path(path) }
    }

    /// The page of a question, by its path.
    #[must_use]
    pub fn of_path(path: &str) -> Page {
        let mut parts = path.split(['.', '[']);
        match (parts.next().unwrap_or_default(), parts.next()) {
            ("danger_now", _) => Page::Danger,
            // Asked just before sending.
            ("sharing", _) => Page::Check,
            ("elements", Some(id)) => Page::Element(id.to_owned()),
            ("elements", None) => Page::Elements,
            (section, _) => Page::Section(section.to_owned()),
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Page::Start => out.write_str("start"),
            Page::Danger => out.write_str("danger"),
            Page::Refer => out.write_str("refer"),
            Page::Tasks => out.write_str("tasks"),
            Page::Section(name) => write!(out, "section.{name}"),
            // The stored name is older than the glossary.
            Page::Elements => out.write_str("boxes"),
            Page::Element(id) => write!(out, "element.{id}"),
            Page::Check => out.write_str("check"),
            Page::Receipt => out.write_str("receipt"),
            Page::Outputs => out.write_str("outputs"),
            Page::Refusal => out.write_str("refusal"),
            Page::Sibling => out.write_str("sibling"),
            Page::Work(at) => write!(out, "work.{at}"),
        }
    }
}

impl Serialize for Page {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
impl Page {
    /// One of each. The compiler stops here when a page is added: link it into the chain, and have
    /// `tests/browser/axe.spec.mjs` visit it.
    pub(crate) fn one_of_each() -> Vec<Page> {
        let next = |page: &Page| match page {
            Page::Start => Some(Page::Danger),
            Page::Danger => Some(Page::Refer),
            Page::Refer => Some(Page::Tasks),
            Page::Tasks => Some(Page::Section("consent".into())),
            Page::Section(_) => Some(Page::Elements),
            Page::Elements => Some(Page::Element("identity".into())),
            Page::Element(_) => Some(Page::Check),
            Page::Check => Some(Page::Receipt),
            Page::Receipt => Some(Page::Outputs),
            Page::Outputs => Some(Page::Refusal),
            Page::Refusal => Some(Page::Sibling),
            Page::Sibling => Some(Page::Work("list".into())),
            Page::Work(_) => None,
        };
        std::iter::successors(Some(Page::Start), next).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_it_was_written() {
        for page in Page::one_of_each() {
            assert_eq!(Page::parse(&page.to_string()), page, "`parse` does not know what `Display` writes");
        }
        assert_eq!(Page::parse("from the future"), Page::Tasks);
    }

    #[test]
    fn a_question_knows_its_page() {
        assert_eq!(Page::of_path("danger_now"), Page::Danger);
        assert_eq!(Page::Refusal.to_path("consent.people[0].who"), Page::Refusal);
        assert_eq!(Page::Refusal.to_path("elements.identity.needs"), Page::Element("identity".into()));
        assert_eq!(Page::Check.to_path("assessor.name"), Page::Section("assessor".into()));
        assert_eq!(Page::of_path("sharing.choice"), Page::Check);
        assert_eq!(Page::of_path("parents_and_carers[0].name"), Page::Section("parents_and_carers".into()));
        assert_eq!(Page::of_path("elements.identity.indicators.ID-201"), Page::Element("identity".into()));
    }
}
