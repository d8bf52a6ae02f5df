//! Section 1: who the child is. Serves the pre-assessment checklist too, so that nobody types a name twice.

use assessment_form::typed::without_hidden;
use assessment_form::{Kind, PartialDate, WrittenDate, group, is_blank};
use validator::Validate as _;

use super::{Address, Answers, Caf, Question, Scope};

group! {
    /// The child or unborn baby.
    pub struct IdentifyingDetails of Caf as "identifying_details" {
        /// Given names. Some people have one name only: then either of the two is enough.
        #[validate(length(max = 70))]
        given_names: String =>
            Question::text(&["given_names", "pc_child_name"]).asked_when(not_unborn).needed_when(has_no_family_name),
        /// Family name.
        #[validate(length(max = 70))]
        family_name: String => Question::text(&["family_name"]).asked_when(not_unborn),
        /// "Unborn baby of" and the mother's name.
        #[validate(length(max = 140))]
        unborn_label: String => Question::text(&["unborn_label"]).asked_when(unborn).needed(),
        /// What the child likes to be called.
        #[validate(length(max = 70))]
        preferred_name: String => Question::text(&["preferred_name"]).asked_when(not_unborn),
        /// Other and earlier names, one a line, 140 characters each.
        also_known_as: Vec<String> => Question::of(&["aka"], Kind::Lines).limited(140).asked_when(not_unborn),
        /// Date of birth; parts may be unknown.
        dob: WrittenDate => Question::of(&["dob", "pc_dob_or_edd"], Kind::BirthDate),
        /// Whether the date of birth is an estimate.
        dob_estimated: String => Question::choice(&["dob"], "yes_no").asked_when(has_dob),
        /// The age, where nobody knows the date of birth: see [`AgeAbout`](super::AgeAbout).
        #[validate(length(max = 40))]
        age_about: String => Question::of(&["dob"], Kind::Age).asked_when(no_birth_or_age),
        /// Expected date of delivery, for a baby who is not born yet. The month is enough.
        edd: WrittenDate => Question::of(&["edd"], Kind::ExpectedDate).asked_when(no_dob_or_both),
        /// How old the child is, roughly: asked by "Do I need to refer?". A date or an age says more, and counts instead of
        /// it.
        age_band: String => Question::choice(&["dob"], "age_band").asked_when(is_age_rough),
        /// Sex. Not asked of an unborn baby, whose record may have "unknown" from when it was.
        sex: String => Question::choice(&["sex"], "sex").asked_when(may_have_sex).needed_when(not_unborn),
        /// How the young person describes their gender.
        gender_identity: String => Question::choice(&["gender_identity"], "gender_identity").asked_when(may_say),
        /// In their own words.
        #[validate(length(max = 60))]
        gender_own_words: String => Question::text(&["gender_identity"]).asked_when(self_describes),
        /// Pronouns.
        #[validate(length(max = 30))]
        pronouns: String => Question::text(&["pronouns"]).asked_when(may_say),

        /// Whether there is an address that can be written here.
        address_status: String => Question::choice(&["address"], "address_status").needed().carried(),
        /// Where the child lives.
        #[validate(nested)]
        address: Address => Question::of(&["address"], Kind::Group).asked_when(has_address).carried(),
        /// Whether the address must not be shared or printed.
        address_confidential: String =>
            Question::choice(&["address_confidential"], "yes_no").needed().carried(),
        /// Contact telephone numbers, one a line.
        phones: Vec<String> =>
            Question::of(&["phone"], Kind::Phones).limited(80).needed_when(phone_not_excused).carried(),
        /// Why there is no number: an answer in its own right, so that nobody has to make one up.
        no_phone: String => Question::choice(&["phone"], "no_phone").asked_when(no_number).carried(),
        /// Safe ways and times to make contact.
        #[validate(length(max = 500))]
        safe_to_contact: String => Question::multiline(&["safe_to_contact"]).carried(),
        /// Email.
        #[validate(length(max = 254))]
        email: String => Question::of(&["email"], Kind::Email),

        /// Ethnic group, as the family describes it.
        ethnicity: String => Question::choice(&["ethnicity"], "ethnicity").asked_when(not_unborn).needed(),
        /// Where the group needs words.
        #[validate(length(max = 100))]
        ethnicity_other: String => Question::text(&["ethnicity_other"]).asked_when(ethnicity_other).needed(),
        /// Religion or belief.
        religion: String => Question::choice(&["religion"], "religion"),
        /// Another religion or belief.
        #[validate(length(max = 60))]
        religion_other: String => Question::text(&["religion"]).asked_when(religion_other),
        /// Immigration status, only where it bears on support.
        immigration_status: String => Question::choice(&["immigration_status"], "immigration_status"),
        /// Details of it.
        #[validate(length(max = 200))]
        immigration_details: String => Question::text(&["immigration_status"]).asked_when(immigration_details),
        /// The child's first language.
        first_language: String =>
            Question::choice(&["first_language"], "languages").asked_when(not_unborn).needed().carried(),
        /// Another language.
        #[validate(length(max = 60))]
        first_language_other: String =>
            Question::text(&["first_language"]).asked_when(first_language_other).needed().carried(),
        /// The parent's first language.
        parent_language: String => Question::choice(&["parent_language"], "languages").needed().carried(),
        /// Another language.
        #[validate(length(max = 60))]
        parent_language_other: String =>
            Question::text(&["parent_language"]).asked_when(parent_language_other).needed().carried(),
        /// Whether an interpreter or signer is needed.
        interpreter_needed: String => Question::choice(&["interpreter"], "yes_no").carried(),
        /// Whether one has been arranged.
        interpreter_arranged: String => Question::choice(&["interpreter"], "yes_no").asked_when(interpreter_needed),
        /// Signing, interpreting, access.
        #[validate(length(max = 2000))]
        special_requirements: String => Question::multiline(&["special_requirements"]),

        /// Whether the child is disabled.
        disabled: String => Question::choice(&["disabled"], "yes_no_unknown").asked_when(not_unborn).needed(),
        /// Which areas of life are affected.
        disability: Vec<String> => Question::choices(&["disability_codes"], "disability").asked_when(disabled).needed(),
        /// Details.
        #[validate(length(max = 2000))]
        disability_details: String => Question::multiline(&["disability_details"]).asked_when(disabled).needed(),
        /// Whether the child can move independently: it decides how a bruise is to be taken.
        independently_mobile: String =>
            Question::choice(&["independently_mobile"], "yes_no_unknown").asked_when(mobility_matters).needed(),

        /// NHS number.
        #[validate(length(max = 40))]
        nhs_number: String => Question::of(&["nhs_number"], Kind::NhsNumber).asked_when(not_unborn),
        /// Whether the child is registered with a GP.
        gp_status: String => Question::choice(&["svc_type"], "gp_status").asked_when(not_unborn),
        /// Unique pupil number.
        #[validate(length(max = 40))]
        upn: String => Question::of(&["upn"], Kind::Upn).asked_when(not_unborn),
        /// Unique learner number.
        #[validate(length(max = 40))]
        uln: String => Question::of(&["uci_uln"], Kind::Uln).asked_when(from_fourteen),
        /// Unique candidate identifier.
        #[validate(length(max = 40))]
        uci: String => Question::of(&["uci_uln"], Kind::Uci).asked_when(from_fourteen),
        /// Whether the child goes to one, learns at home, or does not.
        setting_status: String => Question::choice(&["setting"], "setting_status").asked_when(not_unborn),
        /// Nursery, school or college.
        #[validate(length(max = 140))]
        setting: String => Question::text(&["setting"]).asked_when(may_have_setting).needed_when(of_setting_age),
        /// Year group.
        year_group: String => Question::choice(&["year_group"], "year_group").asked_when(not_unborn),
        /// SEND provision.
        send_provision: String => Question::choice(&["send_provision"], "send_provision").asked_when(not_unborn),
        /// Primary special educational need.
        send_need: String => Question::choice(&["send_provision"], "send_need").asked_when(has_send),
        /// Another need.
        #[validate(length(max = 100))]
        send_need_other: String => Question::text(&["send_provision"]).asked_when(send_need_other),
        /// Whether the child is a young carer.
        young_carer: String => Question::choice(&["young_carer_flag"], "yes_no_unknown").asked_when(not_unborn),
        /// Social work involvement now or before.
        legal_status: String => Question::choice(&["legal_status"], "legal_status").needed(),

        /// When the assessment started.
        assessment_start: WrittenDate => Question::of(&["assessment_start"], Kind::PastDate).needed(),
        /// When it was completed.
        assessment_end: WrittenDate => Question::of(&["assessment_end"], Kind::PastDate).needed(),
    }
}

impl IdentifyingDetails {
    /// When the baby is expected, as far as the month is known. A year alone says too little.
    #[must_use]
    pub fn expected(&self) -> Option<PartialDate> {
        self.edd.partial().filter(|date| !matches!(date, PartialDate::Year(_)))
    }
}

fn unborn(scope: &Scope<'_>) -> bool {
    scope.unborn()
}
/// Never hides an answer that was given.
fn may_have_sex(scope: &Scope<'_>) -> bool {
    !scope.unborn() || !is_blank(&scope.answers.identifying_details.sex)
}
fn not_unborn(scope: &Scope<'_>) -> bool {
    !scope.unborn()
}
fn has_no_family_name(scope: &Scope<'_>) -> bool {
    let child = &scope.answers.identifying_details;
    is_blank(&child.family_name) && is_blank(&child.preferred_name)
}
/// Never hides an age that was typed and has no date beside it.
fn no_birth_or_age(scope: &Scope<'_>) -> bool {
    let child = &scope.answers.identifying_details;
    child.dob.is_blank() && (child.edd.is_blank() || !is_blank(&child.age_about))
}
fn has_dob(scope: &Scope<'_>) -> bool {
    !scope.answers.identifying_details.dob.is_blank()
}
/// Never hides an expected date that was typed: both dates together are a mistake that must be seen.
fn no_dob_or_both(scope: &Scope<'_>) -> bool {
    let child = &scope.answers.identifying_details;
    (child.dob.is_blank() && is_blank(&child.age_about)) || !child.edd.is_blank()
}
fn is_age_rough(scope: &Scope<'_>) -> bool {
    let child = &scope.answers.identifying_details;
    child.dob.is_blank() && child.edd.is_blank() && !child.age_band.is_empty()
}
fn may_say(scope: &Scope<'_>) -> bool {
    !scope.unborn() && !scope.is_between(0, 60)
}
fn self_describes(scope: &Scope<'_>) -> bool {
    may_say(scope) && scope.answers.identifying_details.gender_identity == "09"
}
fn has_address(scope: &Scope<'_>) -> bool {
    scope.answers.identifying_details.address_status == "has_address"
}
fn phone_not_excused(scope: &Scope<'_>) -> bool {
    is_blank(&scope.answers.identifying_details.no_phone)
}
fn no_number(scope: &Scope<'_>) -> bool {
    scope.answers.identifying_details.phones.iter().all(|line| is_blank(line))
}
fn ethnicity_other(scope: &Scope<'_>) -> bool {
    let code = scope.answers.identifying_details.ethnicity.as_str();
    !scope.unborn() && matches!(code, "WOTH" | "MOTH" | "AOTH" | "BOTH" | "OOTH")
}
fn religion_other(scope: &Scope<'_>) -> bool {
    scope.answers.identifying_details.religion == "other"
}
fn immigration_details(scope: &Scope<'_>) -> bool {
    let code = scope.answers.identifying_details.immigration_status.as_str();
    !matches!(code, "" | "not_asked" | "british_irish" | "prefer_not")
}
fn first_language_other(scope: &Scope<'_>) -> bool {
    !scope.unborn() && scope.answers.identifying_details.first_language == "mis"
}
fn parent_language_other(scope: &Scope<'_>) -> bool {
    scope.answers.identifying_details.parent_language == "mis"
}
fn interpreter_needed(scope: &Scope<'_>) -> bool {
    scope.answers.identifying_details.interpreter_needed == "yes"
}
fn disabled(scope: &Scope<'_>) -> bool {
    !scope.unborn() && scope.answers.identifying_details.disabled == "yes"
}
fn mobility_matters(scope: &Scope<'_>) -> bool {
    !scope.unborn() && (scope.may_be_below(24) || scope.answers.identifying_details.disabled != "no")
}
fn from_fourteen(scope: &Scope<'_>) -> bool {
    !scope.unborn() && !scope.is_between(0, 168)
}
/// Never hides a setting that was typed.
fn may_have_setting(scope: &Scope<'_>) -> bool {
    let child = &scope.answers.identifying_details;
    let has_none = matches!(child.setting_status.as_str(), "home_educated" | "none" | "not_known");
    !scope.unborn() && (!has_none || !is_blank(&child.setting))
}
fn of_setting_age(scope: &Scope<'_>) -> bool {
    scope.is_between(24, 216)
}
fn send_need_other(scope: &Scope<'_>) -> bool {
    has_send(scope) && scope.answers.identifying_details.send_need == "OTH"
}
fn has_send(scope: &Scope<'_>) -> bool {
    !scope.unborn() && matches!(scope.answers.identifying_details.send_provision.as_str(), "K" | "E")
}

/// What the child or unborn baby is called, from answers that may be incomplete; empty when nothing is known. One name is
/// enough, and marks that cannot be seen are left out.
#[must_use]
pub fn child_name(answers: &Answers) -> String {
    let child = &answers.identifying_details;
    let said = |name: &str| without_hidden(name).trim().to_owned();
    let name = format!("{} {}", said(&child.given_names), said(&child.family_name));
    let names = [name.trim().to_owned(), said(&child.unborn_label), said(&child.preferred_name)];
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}
