//! What is kept of the fields of my work, where several windows write it. Pure; the device is in `io::work_fields`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Texts by the names of their fields. Blank ones are not kept.
pub type Fields = BTreeMap<String, String>;

/// What is kept for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFields {
    /// When it was written last, in milliseconds since 1970 by this device's clock.
    pub at: i64,
    /// The texts.
    pub fields: Fields,
}

/// For how many days words are kept for somebody who does not come back. The pages say so.
pub const DAYS: i64 = 30;

impl SavedFields {
    /// Whether it is kept no longer for somebody who has not come back. A clock that was put back ends nothing.
    #[must_use]
    pub fn is_over(&self, now: i64) -> bool {
        now - self.at > DAYS * 24 * 60 * 60 * 1_000
    }
}

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

/// What ends the name under which a text is kept that another window had in the same field.
pub const ASIDE: &str = "|aside";

/// What the names of fields begin with that are questions of a form: what another window had is shown beside the question, and
/// not above the page.
pub const QUESTION: &str = "question.";

/// The name under which words of a field are kept that another window typed.
#[must_use]
pub fn aside(name: &str) -> String {
    [name, ASIDE].concat()
}

/// Whether that is such a name.
#[must_use]
pub fn is_aside(name: &str) -> bool {
    name.ends_with(ASIDE)
}

/// What is kept after these changes. Other fields stay: another window may have them. Where another window has typed into the
/// same field since, its words are kept beside these.
#[must_use]
pub fn changed(mut kept: Fields, changes: &Changes) -> Fields {
    for (name, Change { before, now }) in changes {
        if !now.is_empty() {
            let others = kept.insert(name.clone(), now.clone()).filter(|others| is_lost(others, before, now));
            if let Some(others) = others {
                let earlier = kept.remove(&aside(name)).filter(|earlier| {
                    // What is the beginning of either is still there.
                    !others.starts_with(earlier.as_str()) && !now.starts_with(earlier.as_str())
                });
                let all = earlier.into_iter().chain([others]).collect::<Vec<_>>().join("\n\n");
                kept.insert(aside(name), all);
            }
        } else if kept.get(name) == Some(before) {
            // Otherwise another window has typed since, and those words are not this window's to take away.
            kept.remove(name);
        }
    }
    kept
}

/// Whether words of another window would be lost. One word is a choice, or is typed again as quickly as it is read.
fn is_lost(others: &str, before: &str, now: &str) -> bool {
    others != before && !now.starts_with(others) && others.trim().contains(char::is_whitespace)
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
    fn two_windows_in_one_field_lose_no_words_of_either_b18() {
        let typed = |kept, before: &str, now: &str| changed(kept, &change("note", before, now));
        let mut both = typed(Fields::new(), "", "He rang at");
        both = typed(both, "", "She came in");
        assert_eq!(both, kept(&[("note", "She came in"), ("note|aside", "He rang at")]));
        // Each goes on; what is kept aside is always the other's, and whole.
        both = typed(both, "He rang at", "He rang at noon");
        assert_eq!(both, kept(&[("note", "He rang at noon"), ("note|aside", "She came in")]));
        both = typed(both, "She came in", "She came in late");
        assert_eq!(both, kept(&[("note", "She came in late"), ("note|aside", "He rang at noon")]));
        both = typed(both, "x y", "Something else now");
        assert_eq!(both["note|aside"], "He rang at noon\n\nShe came in late");
        // Typing on in one window is no news, nor is a code that was chosen elsewhere.
        assert_eq!(typed(kept(&[("note", "He rang")]), "He rang", "Nobody rang").len(), 1);
        assert_eq!(typed(kept(&[("note", "tac_member")]), "", "practitioner").len(), 1);
    }

    #[test]
    fn words_are_kept_for_thirty_days() {
        let words = SavedFields { at: 1_000, fields: kept(&[("close.words", "They moved")]) };
        let day = 24 * 60 * 60 * 1_000;
        assert!(!words.is_over(1_000 + 30 * day) && words.is_over(1_001 + 30 * day));
        assert!(!words.is_over(0), "the clock was put back");
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
