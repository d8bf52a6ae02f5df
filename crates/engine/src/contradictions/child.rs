//! What was said about the child in two places.

use assessment_rules::Age;

use super::{Found, Matter, View};

fn identity(name: &str) -> String {
    format!("identifying_details.{name}")
}

/// "Disabled" with "no disability", or "not disabled" with a disability or with its social work team.
pub(super) fn disability(view: &View<'_>, found: &mut Found) {
    let child = view.child();
    let is_none = |code: &String| code == "NONE";
    let areas = &child.disability;
    let differs = match child.disabled.as_str() {
        "yes" => areas.iter().any(is_none),
        "no" => areas.iter().any(|code| !is_none(code)),
        _ => return,
    };
    if differs {
        let given = [child.disabled.clone(), areas.join(" ")];
        found.push((Matter::Disability, [identity("disabled"), identity("disability")], given));
    } else if child.disabled == "no"
        && let Some(row) = involved_now(view, &["disability_social_work"])
    {
        let given = [child.disabled.clone(), "disability_social_work".to_owned()];
        let service = format!("services_involved[{row}].service");
        found.push((Matter::Disability, [identity("disabled"), service], given));
    }
}

/// The row of the first of these services that works with the child now.
fn involved_now(view: &View<'_>, services: &[&str]) -> Option<usize> {
    let is_one = |service: &str| services.contains(&service);
    view.answers.services_involved.iter().position(|row| row.status == "now" && is_one(&row.service))
}

/// Whether a child has a social worker decides whom to ring. Before birth the one who is involved may be the mother's.
pub(super) fn social_worker(view: &View<'_>, found: &mut Found) {
    let status = &view.child().legal_status;
    if view.facts.age == Age::Unborn
        || !matches!(status.as_str(), "none" | "closed" | "closed_protection_plan")
    {
        return;
    }
    if let Some(row) = involved_now(view, &["csws", "disability_social_work"]) {
        let given = [status.clone(), "now".to_owned()];
        let service = format!("services_involved[{row}].status");
        found.push((Matter::SocialWorker, [identity("legal_status"), service], given));
    }
}

/// Nobody leaves care before 16.
pub(super) fn care_leaver(view: &View<'_>, found: &mut Found) {
    let child = view.child();
    let is_younger = matches!(view.facts.age, Age::Born { oldest, .. } if oldest < 16 * 12);
    if is_younger && child.legal_status == "care_leaver" {
        let given = [typed(&child.dob), child.legal_status.clone()];
        found.push((Matter::CareLeaver, [identity("dob"), identity("legal_status")], given));
    }
}

/// A school year says the age to about a year. A child may be taught with older or younger ones, so two years more are
/// allowed on each side: what is left is a wrong date of birth, on which everything else rests.
pub(super) fn year_group(view: &View<'_>, found: &mut Found) {
    let child = view.child();
    let Age::Born { youngest, oldest } = view.facts.age else { return };
    let year: u32 = match child.year_group.as_str() {
        "R" => 0,
        code => match code.parse() {
            Ok(year) => year,
            Err(_) => return,
        },
    };
    // In year 1 a child is five and turns six.
    if oldest < (year + 2) * 12 || youngest >= (year + 8) * 12 {
        let given = [typed(&child.dob), child.year_group.clone()];
        found.push((Matter::YearGroup, [identity("dob"), identity("year_group")], given));
    }
}

/// An address that need not be kept secret, beside a reason to keep it so.
pub(super) fn address(view: &View<'_>, found: &mut Found) {
    let child = view.child();
    if child.address_confidential != "no" {
        return;
    }
    let mut add = |place: String, answer: &str| {
        let given = ["no".to_owned(), answer.to_owned()];
        found.push((Matter::Address, [place, identity("address_confidential")], given));
    };
    if child.address_status == "withheld" {
        add(identity("address_status"), "withheld");
    }
    for (row, parent) in view.answers.parents_and_carers.iter().enumerate() {
        if matches!(parent.not_to_be_told.as_str(), "no_address" | "neither") {
            add(format!("parents_and_carers[{row}].not_to_be_told"), &parent.not_to_be_told);
        }
    }
}

/// A date as it was typed, for its fingerprint.
pub(super) fn typed(date: &assessment_form::WrittenDate) -> String {
    [&date.day, &date.month, &date.year].map(|part| part.trim()).join("-")
}
