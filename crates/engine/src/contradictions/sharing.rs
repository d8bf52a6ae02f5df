//! What was agreed about sharing, as `agreement` has it.

use super::{Found, Matter, View};
use crate::answers::agreement::{
    NotAgreedService, State, agreement, not_agreed_services, question, status_code,
};

/// Agreement was refused or withdrawn, and the record still says that something may be shared. A service that may be told
/// comes first: that answer is still asked.
pub(super) fn refused_and_shared(view: &View<'_>, found: &mut Found) {
    let answers = view.answers;
    if !matches!(agreement(answers).state, State::Refused | State::Withdrawn) {
        return;
    }
    let row = answers.services_involved.iter().position(|service| service.may_share == "yes");
    let place = match row {
        Some(row) => format!("services_involved[{row}].may_share"),
        None if answers.consent.share == "yes" => "consent.share".to_owned(),
        None => return,
    };
    let given = [status_code(answers).to_owned(), "yes".to_owned()];
    found.push((Matter::RefusedAndShared, [question(answers).to_owned(), place], given));
}

/// One service, "no" in the list of services and ticked in the agreement.
pub(super) fn not_agreed_and_ticked(view: &View<'_>, found: &mut Found) {
    for NotAgreedService { row, service } in not_agreed_services(view.answers) {
        let places = [format!("services_involved[{row}].may_share"), "consent.services".to_owned()];
        found.push((Matter::NotAgreedAndTicked, places, NotAgreedService::given(service)));
    }
}
