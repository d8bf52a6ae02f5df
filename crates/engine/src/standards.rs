//! Everything that is loaded rather than compiled, checked together: options, elements, rules and profile. A check or an
//! evaluation takes one of these, so that it can never mix one authority's rules with another's numbers.

use assessment_rules::{BankHolidays, LocalTime, RulePack};
use jiff::civil::DateTime;
use strict_json::DataProblem;

use crate::code_lists::CodeLists;
use crate::profile::AuthorityProfile;
use crate::required::RequiredSet;
use crate::rule_packs;
use crate::sections::Framework;

/// The loaded data.
#[derive(Debug, Clone)]
pub struct Standards {
    /// The options of questions.
    pub lists: CodeLists,
    /// The words of the elements.
    pub framework: Framework,
    /// The threshold rules.
    pub pack: RulePack,
    /// The authority's profile.
    pub profile: AuthorityProfile,
    /// The bank holidays of England, with those that the rule pack adds.
    pub bank_holidays: BankHolidays,
    /// What must be answered before a record can be sent: the form's own set, and what the profile adds.
    pub required: RequiredSet,
}

/// The bank holidays of England that are built in. An authority adds to them in its rule pack.
const BANK_HOLIDAYS: &str = include_str!("../data/bank_holidays_england.json");

impl Standards {
    /// Reads a rule pack and a profile, beside the lists and elements that are built in.
    ///
    /// # Errors
    /// One line for each thing that is wrong, naming the place.
    pub fn load(pack: &str, profile: &str) -> Result<Standards, Vec<String>> {
        let one = |error: String| vec![error];
        let lists = CodeLists::of_the_form().clone().map_err(one)?;
        let framework = Framework::load(Framework::built_in()).map_err(one)?;
        let pack = rule_packs::load(pack).map_err(|problems| {
            problems.iter().map(|problem| format!("rule pack: {problem}")).collect::<Vec<_>>()
        })?;
        let profile = AuthorityProfile::load(profile, &pack)
            .map_err(|wrong| wrong.iter().map(|line| format!("profile: {line}")).collect::<Vec<_>>())?;
        let required = RequiredSet::of_the_form().clone().map_err(one)?;
        let required = required.with_profile(&profile.required, &profile.name);
        let bank_holidays = BankHolidays::load(BANK_HOLIDAYS).map_err(|wrong| one(in_one_line(&wrong)))?;
        let bank_holidays = bank_holidays.with(pack.more_bank_holidays());
        let lists = lists.with_front_door(profile.front_door());
        Ok(Standards { lists, framework, pack, profile, bank_holidays, required })
    }

    /// A time in the authority's zone, as the opening hours of its contacts are read; `None` where nobody knows it.
    #[must_use]
    pub fn local_time(&self, now: Option<DateTime>) -> LocalTime<'_> {
        LocalTime { now, bank_holidays: &self.bank_holidays }
    }

    /// The example data that is built in.
    ///
    /// # Errors
    /// Never, as a test shows; the type is the loader's own.
    pub fn built_in() -> Result<Standards, Vec<String>> {
        Standards::load(rule_packs::built_in(), AuthorityProfile::built_in())
    }
}

/// All problems on one line, for loaders that give one text.
pub(crate) fn in_one_line(problems: &[DataProblem]) -> String {
    problems.iter().map(DataProblem::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_accepted() {
        assert!(Standards::built_in().is_ok(), "{:?}", Standards::built_in().err());
    }
}
