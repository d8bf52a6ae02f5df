//! A member of a family who is chosen from a list, as the text that this device keeps until it was used. Pure.

/// What separates the two ids. No white space: what is one word is a choice, which the last window to make it decides, and never
/// words of another window to be shown beside it.
const BETWEEN: char = '|';

/// A member, and of which family: the child may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen<'a> {
    /// The id of the family.
    pub family: &'a str,
    /// The id of the member in it.
    pub member: &'a str,
}

impl<'a> Chosen<'a> {
    /// The choice that a text keeps. `None` of any other text.
    #[must_use]
    pub fn read(kept: &'a str) -> Option<Self> {
        let (family, member) = kept.split_once(BETWEEN)?;
        Some(Self { family, member })
    }

    /// The text that keeps it.
    #[must_use]
    pub fn kept(self) -> String {
        format!("{}{BETWEEN}{}", self.family, self.member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_member_is_read_back_and_is_one_word_b18() {
        let family = "2f1c0a3e-0000-4000-8000-000000000001";
        let chosen = Chosen { family, member: "2f1c0a3e-0000-4000-8000-000000000002" };
        let kept = chosen.kept();
        assert_eq!(Chosen::read(&kept), Some(chosen));
        assert!(!kept.contains(char::is_whitespace), "{kept}");
        assert_eq!((Chosen::read(""), Chosen::read(family)), (None, None));
    }
}
