//! What was agreed about sharing. How agreement is recorded is read in the two functions at the end, and nowhere else.

use super::{Found, Matter, View};
use crate::answers::Answers;

const STATUS: &str = "consent.status";

/// Agreement was refused or withdrawn, and the record still says that something may be shared. A service that may be told
/// comes first: that answer is still asked.
pub(super) fn refused_and_shared(view: &View<'_>, found: &mut Found) {
    if !is_refused(view.answers) {
        return;
    }
    let row = view.answers.services_involved.iter().position(|service| service.may_share == "yes");
    let place = match row {
        Some(row) => format!("services_involved[{row}].may_share"),
        None if view.answers.consent.share == "yes" => "consent.share".to_owned(),
        None => return,
    };
    let given = [view.answers.text(STATUS).to_owned(), "yes".to_owned()];
    found.push((Matter::RefusedAndShared, [STATUS.to_owned(), place], given));
}

/// One service, "no" in the list of services and ticked in the agreement.
pub(super) fn not_agreed_and_ticked(view: &View<'_>, found: &mut Found) {
    let ticked = agreed_services(view.answers);
    for (row, service) in view.answers.services_involved.iter().enumerate() {
        if service.may_share == "no" && ticked.contains(&service.service) {
            let places = [format!("services_involved[{row}].may_share"), "consent.services".to_owned()];
            let given = ["no".to_owned(), service.service.clone()];
            found.push((Matter::NotAgreedAndTicked, places, given));
        }
    }
}

fn is_refused(answers: &Answers) -> bool {
    matches!(answers.consent.status.as_str(), "refused" | "withdrawn")
}

/// The services that are ticked while the agreement holds.
fn agreed_services(answers: &Answers) -> &[String] {
    let consent = &answers.consent;
    let holds = matches!(consent.status.as_str(), "given" | "given_partly" | "verbal_pending");
    if holds && consent.share == "yes" { &consent.services } else { &[] }
}
