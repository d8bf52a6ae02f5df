//! Everything that is loaded rather than compiled, checked together: options, boxes, rules and profile. A check or an
//! evaluation takes one of these, so that it can never mix one authority's rules with another's numbers.

use crate::code_lists::CodeLists;
use crate::profile::AuthorityProfile;
use crate::sections::Framework;
use crate::threshold::RulePack;

/// The loaded data.
#[derive(Debug, Clone)]
pub struct Standards {
    /// The options of questions.
    pub lists: CodeLists,
    /// The words of the boxes.
    pub framework: Framework,
    /// The threshold rules.
    pub pack: RulePack,
    /// The authority's profile.
    pub profile: AuthorityProfile,
}

impl Standards {
    /// Reads a rule pack and a profile, beside the lists and boxes that are built in.
    ///
    /// # Errors
    /// One line for each thing that is wrong, naming the place.
    pub fn load(pack: &str, profile: &str) -> Result<Standards, Vec<String>> {
        let one = |error: String| vec![error];
        let lists = CodeLists::load(CodeLists::built_in()).map_err(one)?;
        let framework = Framework::load(Framework::built_in()).map_err(one)?;
        let pack = RulePack::load(pack).map_err(|problems| {
            problems.iter().map(|problem| format!("rule pack: {problem}")).collect::<Vec<_>>()
        })?;
        let profile = AuthorityProfile::load(profile, &pack)
            .map_err(|wrong| wrong.iter().map(|line| format!("profile: {line}")).collect::<Vec<_>>())?;
        Ok(Standards { lists: lists.with_front_door(profile.front_door()), framework, pack, profile })
    }

    /// The example data that is built in.
    ///
    /// # Errors
    /// Never, as a test shows; the type is the loader's own.
    pub fn built_in() -> Result<Standards, Vec<String>> {
        Standards::load(RulePack::built_in(), AuthorityProfile::built_in())
    }

    /// A pack and a profile that the server has checked before it started, for the form: what checks a pack, and says what is
    /// wrong with it, need not be downloaded. `None` where they are not of this form, or do not belong together.
    #[must_use]
    pub fn checked_already(pack: &str, profile: &str) -> Option<Standards> {
        let pack = RulePack::checked_already(pack)?;
        let profile = AuthorityProfile::checked_already(profile).filter(|own| own.rule_pack == pack.id())?;
        Standards::of(pack, profile)
    }

    /// The example data that is built in, as the build has packed it, without checking it again. `None` never, as a test
    /// shows.
    #[must_use]
    pub fn ready() -> Option<Standards> {
        Standards::of(RulePack::ready()?, AuthorityProfile::ready()?)
    }

    fn of(pack: RulePack, profile: AuthorityProfile) -> Option<Standards> {
        let lists = CodeLists::ready()?.with_front_door(profile.front_door());
        Some(Standards { lists, framework: Framework::ready()?, pack, profile })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_accepted() {
        assert!(Standards::built_in().is_ok(), "{:?}", Standards::built_in().err());
    }

    #[test]
    fn what_is_ready_is_what_was_checked() {
        assert_eq!(
            format!("{:?}", Standards::ready().ok_or(())),
            format!("{:?}", Standards::built_in().map_err(drop))
        );
    }
}
