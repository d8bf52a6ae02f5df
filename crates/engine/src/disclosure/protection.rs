//! What sort of information each question holds. The table has every question once, so that a data protection officer
//! can read the whole policy on one page; a test compares it with the catalogue. It decides nothing by itself: see `policy`.

use crate::answers::Answers;

/// What sort of information an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Worked out with the family and meant to be shared.
    Shared,
    /// A number that identifies the child in other people's systems.
    Identifier,
    /// The child's own private matters.
    Private,
    /// What the child said, and how.
    ChildsWords,
    /// Where the child lives.
    Address,
    /// Where the child can be found: school and services.
    Whereabouts,
    /// How to reach the family, and what is safe.
    Contact,
    /// About the parent or carer of this row.
    Person,
    /// Where the parent or carer of this row lives.
    PersonAddress,
    /// What the parent or carer named in this row said.
    ParentsWords,
    /// About other people.
    OtherPerson,
    /// That a brother or sister has a record too. It goes where [`Protection::OtherPerson`] goes, and is the practitioner's
    /// own while the family looks on: a parent of one child may not know of it.
    LinkedRecord,
    /// Where something is known from, and what follows for services.
    Source,
    /// What one person said about agreement. It goes where [`Protection::Source`] goes, and on the screen it is not for
    /// the next person who is asked.
    Said,
    /// What must be kept from somebody.
    KeptFrom,
    /// The practitioner's own judgement of danger.
    Practitioner,
    /// How it is safe to reach the family. It goes where [`Protection::Contact`] goes, and is the practitioner's own while
    /// the family looks on.
    SafeContact,
    /// What the practitioner decided. It goes where [`Protection::Source`] goes, and is the practitioner's own, too.
    Decision,
    /// Nobody has decided yet: kept from everybody but social care.
    Undecided,
}

use Protection::{
    Address, ChildsWords, Contact, Decision, Identifier, KeptFrom, LinkedRecord, OtherPerson, ParentsWords,
    Person, PersonAddress, Practitioner, Private, SafeContact, Said, Shared, Source, Undecided, Whereabouts,
};

/// The questions of one sort, by name.
type Row = (Protection, &'static str);

/// Every group of questions, by its key, with its questions. The lines of an address have the protection of the question
/// that they are in.
pub const TABLE: &[(&str, &[Row])] = &[
    ("record", &[(Practitioner, "danger_now")]),
    // Who rang whom about the family: services and social care need it, and it may give away what a telling rule keeps.
    ("urgent_log", &[(KeptFrom, "action what certainty result done_on done_at spoke_to reference said")]),
    ("linked_records", &[(LinkedRecord, "name relationship reference record")]),
    (
        "pre_assessment_checklist",
        &[(
            Practitioner,
            "existing_search healthy safe learning positive free_from_poverty evidence additional_services \
             who_can_provide decision decision_reason completed_on",
        )],
    ),
    (
        "identifying_details",
        &[
            (
                Shared,
                "given_names family_name unborn_label preferred_name dob dob_estimated age_about edd age_band sex ethnicity \
                 ethnicity_other religion religion_other first_language first_language_other parent_language \
                 parent_language_other interpreter_needed interpreter_arranged special_requirements disabled disability \
                 disability_details independently_mobile year_group send_provision send_need send_need_other assessment_start \
                 assessment_end",
            ),
            (
                Private,
                "also_known_as gender_identity gender_own_words pronouns immigration_status immigration_details \
                 young_carer legal_status gp_status",
            ),
            (Address, "address_status address"),
            (KeptFrom, "address_confidential"),
            (Contact, "phones email"),
            (SafeContact, "no_phone safe_to_contact"),
            (Identifier, "nhs_number upn uln uci"),
            (Whereabouts, "setting_status setting"),
        ],
    ),
    (
        "assessment_information",
        &[(Shared, "child_seen reason family_reason"), (ChildsWords, "child_seen_alone how_views_obtained")],
    ),
    ("people_present", &[(OtherPerson, "name role")]),
    (
        "parents_and_carers",
        &[
            (Person, "name relationship relationship_other parental_responsibility phone email dob needs"),
            (PersonAddress, "address"),
            (KeptFrom, "not_to_be_told"),
            (Practitioner, "not_to_be_told_reason"),
        ],
    ),
    ("home_and_family", &[(Shared, "home_situation"), (OtherPerson, "parents_status household_status")]),
    (
        "household",
        &[(OtherPerson, "name relationship relationship_other dob lives_with_child setting own_reference")],
    ),
    (
        "assessor",
        &[(
            Shared,
            "name role role_other organisation phone email address co_author_name co_author_role co_author_role_other co_author_organisation",
        )],
    ),
    ("lead_professional", &[(Shared, "name phone email organisation")]),
    (
        "services_involved",
        &[
            (Private, "service service_other status may_share"),
            (Whereabouts, "details contact_name contact_phone"),
        ],
    ),
    (
        "element",
        &[
            (Shared, "status strengths needs"),
            (Source, "evidence_source evidence evidence_on"),
            (ChildsWords, "child_words"),
            (Practitioner, "indicators"),
        ],
    ),
    (
        "conclusions",
        &[
            (Shared, "conclusions strengths_summary needs_summary no_change what_needs_change disagreements"),
            (Decision, "decision"),
            (Practitioner, "decision_reason"),
        ],
    ),
    ("explained", &[(Practitioner, "matter answers reason")]),
    ("agreed_actions", &[(Shared, "long_term_goal review_date lead_professional_agreed")]),
    (
        "actions",
        &[(
            Shared,
            "desired_outcome action who by_when goal_measure sf_outcomes ecm_aims score_child score_parent \
             score_practitioner status progress completed_on",
        )],
    ),
    (
        "voices",
        &[
            (
                ChildsWords,
                "child_comment no_child_comment_reason child_comment_method child_comment_setting \
                 child_comment_language child_comment_interpreter child_agrees",
            ),
            (Source, "no_parent_comment_reason"),
        ],
    ),
    ("parent_comments", &[(ParentsWords, "name comment agrees")]),
    (
        "consent",
        &[
            (
                Shared,
                "sought status stored_about_me stored_about_child explained share withdrawn_on privacy_notice_version \
                 privacy_notice_given_on assessor_signature assessor_signed_on",
            ),
            (Private, "services services_other"),
            (Source, "no_signature_reason"),
            (Said, "given_by withdrawn_by withdrawn_effect"),
            (KeptFrom, "exclusions"),
            (Practitioner, "not_sought_reason not_sought_details not_sought_authorised_by"),
        ],
    ),
    (
        "people",
        &[
            (Said, "name who says agreed_on agreed_how refused_on refused_how"),
            // What a person limits is often who must not be told.
            (KeptFrom, "limits"),
        ],
    ),
    (
        "competence",
        &[(Practitioner, "understands_question understands_info weighs_options own_view free_choice view")],
    ),
    ("signatories", &[(Said, "name capacity method signed_on")]),
    ("sharing", &[(Practitioner, "choice lawful_reason reason decided_by family_told")]),
    ("exceptional_circumstances", &[(Practitioner, "raised_on raised_at what to_whom reference")]),
];

impl Protection {
    /// What sort of information the question `name` of this group holds.
    #[must_use]
    pub fn of(group: &str, name: &str) -> Protection {
        let rows = TABLE.iter().find(|(key, _)| *key == group).map_or(&[][..], |(_, rows)| rows);
        let found = rows.iter().find(|(_, names)| names.split(' ').any(|known| known == name));
        found.map_or(Undecided, |(protection, _)| *protection)
    }

    /// Whether it is kept from people who were let into a record without its confidential answers. Where an address is
    /// confidential, or nobody has said that it is not, so is everything that leads to the child's door.
    #[must_use]
    pub fn is_confidential(self, address_is_open: bool) -> bool {
        match self {
            KeptFrom | LinkedRecord | Undecided => true,
            Address | PersonAddress | Whereabouts | Contact => !address_is_open,
            _ => false,
        }
    }
}

/// Whether somebody has said that the child's address may be told.
#[must_use]
pub fn address_is_open(answers: &Answers) -> bool {
    answers.identifying_details.address_confidential == "no"
}

/// Whether the answer at a path is confidential: the outermost question on the way to it that anybody has decided about
/// says so. What nobody has decided about is.
#[must_use]
pub fn is_confidential_at(answers: &Answers, path: &str) -> bool {
    let is_end = |(_, letter): &(usize, char)| matches!(letter, '.' | '[');
    let ends = path.char_indices().filter(is_end).map(|(end, _)| end).chain([path.len()]);
    let decided = ends.filter_map(|end| path.get(..end)).find_map(|outer| {
        let found = answers.find(outer)?;
        Some(Protection::of(found.group.key(), found.question.name)).filter(|sort| *sort != Undecided)
    });
    decided.unwrap_or(Undecided).is_confidential(address_is_open(answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a12_b42_an_address_is_confidential_until_somebody_says_that_it_is_not() {
        let mut answers = Answers::default();
        for (said, is_confidential) in [("", true), ("yes", true), ("no", false)] {
            answers.identifying_details.address_confidential = said.into();
            for path in ["identifying_details.address.line_1", "identifying_details.address"] {
                assert_eq!(is_confidential_at(&answers, path), is_confidential, "{path} {said}");
            }
            assert!(!is_confidential_at(&answers, "identifying_details.family_name"));
            assert!(is_confidential_at(&answers, "consent.exclusions"));
            assert!(is_confidential_at(&answers, "nothing.that.exists"));
        }
    }
}
