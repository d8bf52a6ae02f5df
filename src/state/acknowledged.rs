//! Which urgent actions the practitioner has read, and under which answer. Acknowledging never hides an action.
//!
//! An action read at "not sure" says *find out*; at "yes" the same action says *act now*, and has to be read again.

use std::collections::BTreeMap;

/// How sure the answer behind an urgent action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The answer is "not sure": find out now.
    NotSure,
    /// The answer is "yes": act now.
    Certain,
}

/// The times of day at which urgent actions were acknowledged, by code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acknowledged {
    certain: BTreeMap<String, String>,
    not_sure: BTreeMap<String, String>,
}

impl Acknowledged {
    /// From the two maps of a stored record. Records stored before the two were told apart have only the second: it is
    /// safer to show an action once too often than to call one read that nobody has seen as certain.
    pub(super) fn new(certain: BTreeMap<String, String>, not_sure: BTreeMap<String, String>) -> Acknowledged {
        Acknowledged { certain, not_sure }
    }

    /// Notes that an action was read.
    pub fn insert(&mut self, code: String, certainty: Certainty, time: String) {
        match certainty {
            Certainty::Certain => self.certain.insert(code, time),
            Certainty::NotSure => self.not_sure.insert(code, time),
        };
    }

    /// When an action was read, if it was.
    #[must_use]
    pub fn time(&self, code: &str, certainty: Certainty) -> Option<&str> {
        self.map(certainty).get(code).map(String::as_str)
    }

    pub(super) fn map(&self, certainty: Certainty) -> &BTreeMap<String, String> {
        match certainty {
            Certainty::Certain => &self.certain,
            Certainty::NotSure => &self.not_sure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_read_at_not_sure_is_unread_once_it_is_certain() {
        let mut read = Acknowledged::default();
        read.insert("IA-02".into(), Certainty::NotSure, "14:03".into());
        assert_eq!(read.time("IA-02", Certainty::NotSure), Some("14:03"));
        assert_eq!(read.time("IA-02", Certainty::Certain), None);
        read.insert("IA-02".into(), Certainty::Certain, "14:09".into());
        assert_eq!(read.time("IA-02", Certainty::Certain), Some("14:09"));
    }
}
