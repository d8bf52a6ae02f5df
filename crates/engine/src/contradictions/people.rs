//! What was said about parents, carers and the household.

use assessment_form::WrittenDate;
use assessment_form::typed::compared as name;
use jiff::civil::Date;

use super::child::typed;
use super::{Found, Matter, View};
use crate::answers::child_name;
use crate::answers::{birth_range, completed_months};

/// A parent is at least this much older than their child, in months.
const YOUNGEST_PARENT: u32 = 12 * 12;

/// The relationships of people who are a parent's age or more.
const PARENTS: [&str; 6] =
    ["mother", "father", "second_female_parent", "step_parent", "adoptive_parent", "grandparent"];

/// A parent less than twelve years older than the child, or a child less than twelve years younger than the young person
/// who is its parent: one of the dates is wrong, or the relationship.
pub(super) fn twelve_years(view: &View<'_>, found: &mut Found) {
    let child = view.child();
    let Some((earliest, latest)) = birth_range(child, view.facts.today) else { return };
    let place = if child.dob.is_blank() { "edd" } else { "dob" };
    let own = typed(if child.dob.is_blank() { &child.edd } else { &child.dob });
    let mut ask = |path: String,
                   relationship: &str,
                   dob: &WrittenDate,
                   parent: Option<Date>,
                   child: Option<Date>| {
        let (Some(parent), Some(child)) = (parent, child) else { return };
        // `None` is a parent born after their child.
        if completed_months(parent, child).is_none_or(|months| months < YOUNGEST_PARENT) {
            let places = [format!("identifying_details.{place}"), path];
            found.push((Matter::TwelveYears, places, [own.clone(), [relationship, &typed(dob)].join(" ")]));
        }
    };
    let first = |dob: &WrittenDate| dob.partial().and_then(|dob| dob.earliest());
    let last = |dob: &WrittenDate| dob.partial().and_then(|dob| dob.latest());
    for (row, person) in view.answers.parents_and_carers.iter().enumerate() {
        if PARENTS.contains(&person.relationship.as_str()) {
            let path = format!("parents_and_carers[{row}].dob");
            ask(path, &person.relationship, &person.dob, first(&person.dob), Some(latest));
        }
    }
    for (row, person) in view.answers.home_and_family.household.iter().enumerate() {
        let path = format!("home_and_family.household[{row}].dob");
        if PARENTS.contains(&person.relationship.as_str()) {
            ask(path, &person.relationship, &person.dob, first(&person.dob), Some(latest));
        } else if person.relationship == "own_child" {
            ask(path, &person.relationship, &person.dob, Some(earliest), last(&person.dob));
        }
    }
}

/// An unborn brother or sister who has a birthday already.
pub(super) fn born_and_unborn(view: &View<'_>, found: &mut Found) {
    for (row, person) in view.answers.home_and_family.household.iter().enumerate() {
        let born = person.dob.partial().and_then(|dob| dob.latest());
        if person.relationship == "unborn_sibling" && born.is_some_and(|born| born <= view.facts.today) {
            let stem = format!("home_and_family.household[{row}]");
            let given = [person.relationship.clone(), typed(&person.dob)];
            let places = [format!("{stem}.relationship"), format!("{stem}.dob")];
            found.push((Matter::BornAndUnborn, places, given));
        }
    }
}

/// Somebody who must not be told of the assessment, and is named among those who took part in it.
pub(super) fn kept_from_and_present(view: &View<'_>, found: &mut Found) {
    let present = view.answers.assessment_information.people_present.iter().map(|person| &person.name);
    let present = present.enumerate().map(|(row, name)| ("assessment_information.people_present", row, name));
    let comments = view.answers.voices.parent_comments.iter().map(|comment| &comment.name);
    let comments = comments.enumerate().map(|(row, name)| ("voices.parent_comments", row, name));
    let took_part: Vec<_> = present.chain(comments).collect();
    for (row, parent) in view.answers.parents_and_carers.iter().enumerate() {
        if !matches!(parent.not_to_be_told.as_str(), "not_told" | "neither") || name(&parent.name).is_empty()
        {
            continue;
        }
        if let Some((list, at, _)) = took_part.iter().find(|(_, _, other)| name(other) == name(&parent.name))
        {
            let places = [format!("parents_and_carers[{row}].not_to_be_told"), format!("{list}[{at}].name")];
            found.push((
                Matter::KeptFromAndPresent,
                places,
                [parent.not_to_be_told.clone(), name(&parent.name)],
            ));
        }
    }
}

/// Somebody in the household with the child's own name and date of birth: one person, listed twice.
pub(super) fn same_person(view: &View<'_>, found: &mut Found) {
    let child = view.child();
    let own = name(&child_name(view.answers));
    let Some(born) = child.dob.partial().filter(|_| !own.is_empty()) else { return };
    for (row, person) in view.answers.home_and_family.household.iter().enumerate() {
        if name(&person.name) == own && person.dob.partial() == Some(born) {
            let places =
                [format!("home_and_family.household[{row}].name"), "identifying_details.dob".to_owned()];
            found.push((Matter::SamePerson, places, [own.clone(), typed(&person.dob)]));
        }
    }
}
