//! What is kept of the fields of my work, where several windows write it. Pure; the device is in `io::work_fields`.

use std::collections::BTreeMap;

/// Texts by the names of their fields. Blank ones are not kept.
pub type Fields = BTreeMap<String, String>;

/// Changes by the names of their fields.
pub type Changes = BTreeMap<String, Change>;

/// What a window changes of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it read or wrote last; blank for nothing.
    pub before: String,
    /// What is to be kept from now on; blank for nothing.
    pub now: String,
}

/// What is kept after these changes. Other fields stay: another window may have them.
#[must_use]
pub fn changed(mut kept: Fields, changes: &Changes) -> Fields {
    for (name, Change { before, now }) in changes {
        if !now.is_empty() {
            kept.insert(name.clone(), now.clone());
        } else if kept.get(name) == Some(before) {
            // Otherwise another window has typed since, and those words are not this window's to take away.
            kept.remove(name);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(fields: &[(&str, &str)]) -> Fields {
        fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn change(name: &str, before: &str, now: &str) -> Changes {
        Changes::from([(name.to_owned(), Change { before: before.to_owned(), now: now.to_owned() })])
    }

    #[test]
    fn a_change_leaves_every_other_field_alone_b20() {
        let both = kept(&[("close.words", "They moved"), ("search", "Mos")]);
        let after = changed(both, &change("search", "Mos", "Moss"));
        assert_eq!(after, kept(&[("close.words", "They moved"), ("search", "Moss")]));
    }

    #[test]
    fn what_was_used_is_kept_no_longer() {
        let after = changed(kept(&[("close.words", "They moved")]), &change("close.words", "They moved", ""));
        assert_eq!(after, Fields::new());
    }

    #[test]
    fn a_blank_takes_away_nothing_that_another_window_typed_since_b20() {
        let newer = kept(&[("close.words", "They moved to Hull")]);
        assert_eq!(changed(newer.clone(), &change("close.words", "They moved", "")), newer);
    }
}
