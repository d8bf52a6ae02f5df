//! Answers that belong to an agreement that no longer holds. They stay in the record as they were typed, and are never
//! shown as what the family agrees to now.

use assessment_form::is_blank;
use jiff::civil::Date;

use super::{Says, State, agreement};
use crate::answers::Answers;

/// The paths of answers that belong to an agreement that no longer holds, in form order. A path that ends in a row
/// means all of the row. What must not be told to somebody is no agreement, and holds whatever they say.
#[must_use]
pub fn superseded(answers: &Answers) -> Vec<String> {
    let (agreement, consent) = (agreement(answers), &answers.consent);
    let is_over = matches!(agreement.state, State::Refused | State::Withdrawn | State::NotSought);
    let mut paths = Vec::new();
    if is_over {
        let rows = answers.services_involved.iter().enumerate();
        let agreed = rows.filter(|(_, row)| row.may_share == "yes");
        paths.extend(agreed.map(|(row, _)| format!("services_involved[{row}].may_share")));
    }
    for (row, person) in agreement.people.iter().enumerate() {
        let (typed, is_yes, is_no) = (person.typed, person.says.is_yes(), person.says.is_no());
        let mut add = |is_old: bool, name: &str| {
            if is_old {
                paths.push(format!("consent.people[{row}].{name}"));
            }
        };
        add(!is_yes && !typed.agreed_on.is_blank(), "agreed_on");
        add(!is_yes && !typed.agreed_how.is_empty(), "agreed_how");
        // A "no" does not lift the limits: they often say who must not be told.
        add(person.says == Says::Agrees && !is_blank(&typed.limits), "limits");
        add(!is_no && !typed.refused_on.is_blank(), "refused_on");
        add(!is_no && !typed.refused_how.is_empty(), "refused_how");
    }
    if is_over {
        let mut add = |is_old: bool, path: &str| {
            if is_old {
                paths.push(path.to_owned());
            }
        };
        add(consent.share == "yes", "consent.share");
        add(!consent.services.is_empty(), "consent.services");
        add(!is_blank(&consent.services_other), "consent.services_other");
        (0..consent.signatories.len()).for_each(|row| add(true, &format!("consent.signatories[{row}]")));
        add(!is_blank(&consent.no_signature_reason), "consent.no_signature_reason");
    }
    paths
}

/// The latest day on which somebody said no or took agreement back, where it is known.
#[must_use]
pub fn ended_on(answers: &Answers) -> Option<Date> {
    let agreement = agreement(answers);
    let declined = agreement.people.iter().filter(|person| person.says.is_no());
    let days = declined.filter_map(|person| person.typed.refused_on.whole());
    let status = &answers.consent.withdrawn_on;
    let by_status = agreement.status == Some(Says::Withdrew);
    days.chain(status.whole().filter(|_| by_status)).max()
}
