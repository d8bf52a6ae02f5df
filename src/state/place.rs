//! Where the practitioner is in the form. Part of the saved record, so that a reload comes back to the same page.

use std::fmt;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// The start page: urgent help and the records on this device.
    #[default]
    Start,
    /// Is anyone in danger now?
    Danger,
    /// The task list.
    Tasks,
    /// One section.
    Section(String),
    /// The list of the 19 boxes.
    Boxes,
    /// One box.
    Element(String),
    /// Check answers.
    Check,
    /// The receipt.
    Receipt,
}

impl Place {
    /// Reads a place as [`Display`](fmt::Display) writes it. Anything else is the task list: a place from a newer
    /// version must not lose the record.
    #[must_use]
    pub fn parse(text: &str) -> Place {
        match text.split_once('.') {
            Some(("section", name)) => Place::Section(name.to_owned()),
            Some(("element", id)) => Place::Element(id.to_owned()),
            _ => match text {
                "start" => Place::Start,
                "danger" => Place::Danger,
                "boxes" => Place::Boxes,
                "check" => Place::Check,
                "receipt" => Place::Receipt,
                _ => Place::Tasks,
            },
        }
    }

    /// The page of a question, by its path.
    #[must_use]
    pub fn of_path(path: &str) -> Place {
        let mut parts = path.split(['.', '[']);
        match (parts.next().unwrap_or_default(), parts.next()) {
            ("danger_now", _) => Place::Danger,
            ("elements", Some(id)) => Place::Element(id.to_owned()),
            ("elements", None) => Place::Boxes,
            (section, _) => Place::Section(section.to_owned()),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Start => out.write_str("start"),
            Place::Danger => out.write_str("danger"),
            Place::Tasks => out.write_str("tasks"),
            Place::Section(name) => write!(out, "section.{name}"),
            Place::Boxes => out.write_str("boxes"),
            Place::Element(id) => write!(out, "element.{id}"),
            Place::Check => out.write_str("check"),
            Place::Receipt => out.write_str("receipt"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back() {
        let places = [
            Place::Start,
            Place::Danger,
            Place::Tasks,
            Place::Section("consent".into()),
            Place::Boxes,
            Place::Element("identity".into()),
            Place::Check,
            Place::Receipt,
        ];
        for place in places {
            assert_eq!(Place::parse(&place.to_string()), place);
        }
        assert_eq!(Place::parse("from the future"), Place::Tasks);
    }

    #[test]
    fn a_question_knows_its_page() {
        assert_eq!(Place::of_path("danger_now"), Place::Danger);
        assert_eq!(Place::of_path("parents_and_carers[0].name"), Place::Section("parents_and_carers".into()));
        assert_eq!(Place::of_path("elements.identity.indicators.ID-201"), Place::Element("identity".into()));
    }
}
