//! A complete assessment, or the record of a refusal. Private fields, no way in from JSON: parsing answers is the only door.

use assessment_rules::evaluate;
use jiff::civil::Date;

use crate::FIRST_FORM_VERSION;
use crate::answers::agreement::{Sending, refusal_record, sending};
use crate::answers::{Answers, child_name};
use crate::required::RequiredBy;
use crate::standards::Standards;
use crate::validation::{Problem, ProblemCode, Stage, check_with, identifiers};

/// Answers that are complete and consistent on the day they were parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    answers: Answers,
}

impl Assessment {
    /// Takes complete answers.
    ///
    /// # Errors
    /// Everything that is wrong, in form order.
    pub fn parse(answers: Answers, today: Date, standards: &Standards) -> Result<Assessment, Vec<Problem>> {
        let outcome = evaluate(&answers, today, &standards.pack);
        let problems = check_with(&answers, Stage::Submit, today, standards, &outcome);
        if problems.is_empty() { Ok(Assessment::of(answers)) } else { Err(problems) }
    }

    /// Takes answers that were finished under an earlier version of the form and waited on a device. Nobody is at the
    /// device any more to write what only a later form asks: what a profile requires besides and, of the first version,
    /// why the record is sent although the family has not agreed and what the reason for a decision says.
    ///
    /// # Errors
    /// Everything else that is wrong, in form order.
    pub fn parse_earlier_version(
        answers: Answers,
        form_version: &str,
        today: Date,
        standards: &Standards,
    ) -> Result<Assessment, Vec<Problem>> {
        let outcome = evaluate(&answers, today, &standards.pack);
        let mut problems = check_with(&answers, Stage::Submit, today, standards, &outcome);
        let is_profiles = |problem: &Problem| {
            let by = standards.required.requirement(&problem.path).map(|one| one.by);
            problem.code.is_missing() && by == Some(RequiredBy::Profile)
        };
        let is_asked_later = |problem: &Problem| {
            form_version == FIRST_FORM_VERSION
                && (problem.path.starts_with("sharing.") || problem.code == ProblemCode::ReasonSaysNothing)
        };
        // A time such as 2:30 was taken as it was.
        problems.retain(|problem| {
            !is_profiles(problem) && !is_asked_later(problem) && problem.code != ProblemCode::TimeHalf
        });
        if problems.is_empty() { Ok(Assessment::of(answers)) } else { Err(problems) }
    }

    /// Where only a refusal is recorded, everything else stays behind.
    fn of(answers: Answers) -> Assessment {
        match sending(&answers) {
            Sending::RefusalOnly => Assessment { answers: refusal_record(&answers) },
            Sending::Whole | Sending::Nothing => Assessment { answers },
        }
    }

    /// The answers, as they were typed.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What the child or unborn baby is called on lists.
    #[must_use]
    pub fn child_name(&self) -> String {
        child_name(&self.answers)
    }

    /// The NHS number as ten digits, where there is one.
    #[must_use]
    pub fn nhs_number(&self) -> Option<String> {
        identifiers::nhs_number(&self.answers.identifying_details.nhs_number)
    }

    /// The date of birth as far as it is known, or the expected date, in ISO form. `None` where only an age is known.
    #[must_use]
    pub fn birth(&self) -> Option<String> {
        let child = &self.answers.identifying_details;
        child.dob.partial().or_else(|| child.edd.partial()).map(|date| date.to_string())
    }
}
