//! What a condition on a question may look at: the whole record, derived facts, and the row that it is in.

use assessment_form::Form;
use assessment_rules::{Age, Level, Outcome, Suggestion};

use super::{
    AgreedAction, Answers, Detail, ElementAnswers, Facts, HouseholdMember, ParentOrCarer, PersonAgreement,
    ServiceInvolved, Signatory,
};

/// The Common Assessment Framework form.
pub struct Caf;

impl Form for Caf {
    type Scope<'a> = Scope<'a>;
    type Detail = Detail;

    fn in_row<'a>(scope: &Self::Scope<'a>, row: usize) -> Self::Scope<'a> {
        Scope { row, ..*scope }
    }

    /// An element's own condition sees the element: one with something in it is never hidden.
    fn at_question<'a>(
        scope: &Self::Scope<'a>,
        group: &'static str,
        index: usize,
    ) -> Option<Self::Scope<'a>> {
        (group == "elements").then(|| Scope { element: scope.answers.elements.at(index), ..*scope })
    }
}

/// The view that conditions have. They can read, never change.
pub struct Scope<'a> {
    /// The whole record.
    pub answers: &'a Answers,
    /// Derived once for each check.
    pub facts: &'a Facts,
    /// What the engine suggests from certain answers, and whether any indicator of significant harm is among them.
    pub suggestion: Suggestion,
    /// Whether any certain answer is at the level of protection (L4b).
    pub significant_harm: bool,
    /// Whether any urgent action is in force, of a certain answer or one to check. Nothing that is asked for the record's
    /// sake may hold up an emergency.
    pub urgent: bool,
    /// The row of the innermost repeating group; 0 outside one.
    pub row: usize,
    /// The element that is being looked at, where one is.
    pub element: Option<&'a ElementAnswers>,
}

impl<'a> Scope<'a> {
    /// The scope at the top of a record.
    #[must_use]
    pub fn of(answers: &'a Answers, facts: &'a Facts, outcome: &Outcome) -> Scope<'a> {
        let significant_harm = outcome.findings.iter().any(|f| f.answer == "yes" && f.level == Level::L4b);
        Scope {
            answers,
            facts,
            suggestion: outcome.suggestion.certain,
            significant_harm,
            urgent: !(outcome.urgent.is_empty() && outcome.urgent_to_check.is_empty()),
            row: 0,
            element: None,
        }
    }

    /// The child is not born yet.
    #[must_use]
    pub fn unborn(&self) -> bool {
        self.facts.age == Age::Unborn
    }

    /// The child may be younger than `months`. An unknown age may be anything; an unborn child is not asked.
    #[must_use]
    pub fn may_be_below(&self, months: u32) -> bool {
        match self.facts.age {
            Age::Unborn => false,
            Age::Unknown => true,
            Age::Born { youngest, .. } => youngest < months,
        }
    }

    /// The child is certainly born and certainly from `from` to below `below` months old.
    #[must_use]
    pub fn is_between(&self, from: u32, below: u32) -> bool {
        matches!(self.facts.age, Age::Born { youngest, oldest } if youngest >= from && oldest < below)
    }

    /// The parent or carer of this row.
    #[must_use]
    pub fn parent(&self) -> Option<&'a ParentOrCarer> {
        self.answers.parents_and_carers.get(self.row)
    }

    /// The household member of this row.
    #[must_use]
    pub fn household_member(&self) -> Option<&'a HouseholdMember> {
        self.answers.home_and_family.household.get(self.row)
    }

    /// The service of this row.
    #[must_use]
    pub fn service(&self) -> Option<&'a ServiceInvolved> {
        self.answers.services_involved.get(self.row)
    }

    /// The agreed action of this row.
    #[must_use]
    pub fn action(&self) -> Option<&'a AgreedAction> {
        self.answers.agreed_actions.actions.get(self.row)
    }

    /// What the person of this row said about agreement.
    #[must_use]
    pub fn person(&self) -> Option<&'a PersonAgreement> {
        self.answers.consent.people.get(self.row)
    }

    /// The signatory of this row.
    #[must_use]
    pub fn signatory(&self) -> Option<&'a Signatory> {
        self.answers.consent.signatories.get(self.row)
    }
}
