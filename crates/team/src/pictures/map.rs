//! The map of a family and the people who help it: who there is, how they are related, who lives with the child. Addresses,
//! numbers and dates of birth are not in it, and neither is anybody whom the record keeps something from: a picture is left
//! on a desk. Boxes and lines are the screen's.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{FamilyAdvice, gives_address_away, is_address_protected};
use assessment_form::is_blank;
use assessment_form::typed::compared;

use crate::{Meeting, Plan};

/// Whether somebody lives with the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lives {
    /// With the child.
    With,
    /// Elsewhere.
    Elsewhere,
    /// Nobody has said.
    NotKnown,
}

impl Lives {
    /// Every answer.
    pub const ALL: [Lives; 3] = [Lives::With, Lives::Elsewhere, Lives::NotKnown];

    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Lives::With => "with",
            Lives::Elsewhere => "elsewhere",
            Lives::NotKnown => "not_known",
        }
    }

    fn of(answer: &str) -> Lives {
        match answer {
            "yes" => Lives::With,
            "no" => Lives::Elsewhere,
            _ => Lives::NotKnown,
        }
    }
}

/// Somebody of the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// The name.
    pub name: String,
    /// A code of `relationship`; empty where nobody has said.
    pub relationship: String,
    /// The relationship in words, where no code fits.
    pub relationship_other: String,
    /// Whether they live with the child.
    pub lives: Lives,
}

/// Somebody who helps, or a service that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    /// The name. Blank where only the service is known.
    pub name: String,
    /// What they do, or how they know the child, in words.
    pub role: String,
    /// For whom they work, in words.
    pub agency: String,
    /// The service, a code of `services`; empty where there is none.
    pub service: String,
    /// Whether the family has them as lead professional.
    pub leads: bool,
}

/// The map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyMap {
    /// What the child is called; blank where no name may be seen.
    pub child: String,
    /// The family: those who live with the child first.
    pub family: Vec<Relative>,
    /// Who helps: the lead professional first.
    pub helpers: Vec<Helper>,
}

/// What the map is made from: as much of it as its viewer may see.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The newest assessment.
    pub assessment: &'a Answers,
    /// Who of the family something is kept from.
    pub advice: &'a FamilyAdvice,
    /// The plan.
    pub plan: Option<&'a Plan>,
    /// The newest meeting that was not cancelled.
    pub meeting: Option<&'a Meeting>,
}

/// The map of what may be seen.
#[must_use]
pub fn family_map(seen: Seen<'_>) -> FamilyMap {
    let Seen { assessment, advice, plan, meeting } = seen;
    let parents = &assessment.parents_and_carers;
    let kept: Vec<String> = advice
        .kept_from
        .iter()
        .filter_map(|row| parents.get(*row))
        .map(|person| compared(&person.name))
        .collect();
    let is_shown = |name: &str| {
        !is_blank(name) && !kept.contains(&compared(name)) && !gives_address_away(assessment, name)
    };
    let text = |text: &str| match gives_address_away(assessment, text) {
        true => String::new(),
        false => text.trim().to_owned(),
    };
    let details = &assessment.identifying_details;
    let given =
        if is_blank(&details.preferred_name) { &details.given_names } else { &details.preferred_name };
    let child = [given.trim(), details.family_name.trim()].join(" ").trim().to_owned();
    let mut family: Vec<Relative> = Vec::new();
    for person in assessment.home_and_family.household.iter().filter(|person| is_shown(&person.name)) {
        family.push(Relative {
            name: person.name.trim().to_owned(),
            relationship: person.relationship.clone(),
            relationship_other: text(&person.relationship_other),
            lives: Lives::of(&person.lives_with_child),
        });
    }
    for (row, person) in parents.iter().enumerate() {
        // Two people may have one name: the row decides, not the name alone.
        if advice.kept_from.contains(&row) || !is_shown(&person.name) || is_named(&family, &person.name) {
            continue;
        }
        family.push(Relative {
            name: person.name.trim().to_owned(),
            relationship: person.relationship.clone(),
            relationship_other: text(&person.relationship_other),
            lives: Lives::NotKnown,
        });
    }
    family.sort_by_key(|person| person.lives as u8);
    let is_family = |name: &str| is_named(&family, name) || compared(name) == compared(&child);
    let mut helpers: Vec<Helper> = Vec::new();
    let mut add = |helper: Helper| {
        let same =
            |one: &&mut Helper| !is_blank(&helper.name) && compared(&one.name) == compared(&helper.name);
        match helpers.iter_mut().find(same) {
            Some(known) => {
                for (kept, more) in [
                    (&mut known.role, helper.role),
                    (&mut known.agency, helper.agency),
                    (&mut known.service, helper.service),
                ] {
                    if is_blank(kept) {
                        *kept = more;
                    }
                }
            }
            None => helpers.push(helper),
        }
    };
    if let Some(plan) = plan.filter(|plan| is_shown(&plan.lead_professional)) {
        add(Helper { leads: true, ..helper(&plan.lead_professional) });
    }
    // The name of a refuge says where somebody lives.
    let agency = |agency: &str| match is_address_protected(assessment) {
        true => String::new(),
        false => text(agency),
    };
    for person in meeting.into_iter().flat_map(|meeting| &meeting.people) {
        if is_shown(&person.name) && !is_family(&person.name) {
            add(Helper { role: text(&person.role), agency: agency(&person.agency), ..helper(&person.name) });
        }
    }
    for row in &assessment.services_involved {
        // What a family is not with any more, or only waits for, is not around it now.
        if is_blank(&row.service) || !matches!(row.status.as_str(), "" | "now") {
            continue;
        }
        let is_drawn = is_shown(&row.contact_name) && !is_family(&row.contact_name);
        let name = if is_drawn { row.contact_name.trim() } else { "" };
        let other = agency(&row.service_other);
        add(Helper { service: row.service.clone(), agency: other, ..helper(name) });
    }
    FamilyMap { child: text(&child), family, helpers }
}

fn helper(name: &str) -> Helper {
    Helper {
        name: name.trim().to_owned(),
        role: String::new(),
        agency: String::new(),
        service: String::new(),
        leads: false,
    }
}

fn is_named(family: &[Relative], name: &str) -> bool {
    family.iter().any(|person| compared(&person.name) == compared(name))
}
