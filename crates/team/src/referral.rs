//! Asking social care for help while a plan is under way: what has to be said about it, as a form like the others, and what
//! of the team's records goes with it. What goes of the assessment is `assessment_engine::disclosure`'s; sending it, and who
//! may, is not decided here.

use assessment_engine::answers::{Answers, Detail, Whom};
use assessment_engine::disclosure::{
    Audience, Choices, FamilyAdvice, Offer, Protection, Reason, Telling, gives_address_away,
};
use assessment_form::{Form, Kind, ReadError, Unread, group};
use serde_json::{Map, Value};

use crate::copies::{For, each_answer, key_of, protection};
use crate::{Node, NotRead, Question, TeamRecord};

/// The form of a referral. It is a form of its own: the team does not write it together, and nothing of it changes once it
/// was sent.
pub struct Referring;

impl Form for Referring {
    type Scope<'a> = ReferralScope<'a>;
    type Detail = Detail;

    fn in_row<'a>(scope: &Self::Scope<'a>, _row: usize) -> Self::Scope<'a> {
        *scope
    }
}

/// What conditions on its questions look at.
#[derive(Clone, Copy)]
pub struct ReferralScope<'a> {
    /// The answers.
    pub form: &'a ReferralForm,
    /// Whether something in the newest assessment is urgent, or may be. An emergency waits for no explanation: then only why,
    /// and the ground, are needed.
    pub is_urgent: bool,
}

type Asked = assessment_form::Question<Referring>;

group! {
    /// What is said to social care when it is asked for help. The ground is asked in the words of the assessment's `sharing`.
    pub struct ReferralForm of Referring as "referral" {
        /// What has happened, and why now.
        #[validate(length(max = 1000))]
        why: String => Asked::multiline(&[]).needed(),
        /// Where the child is now, and whether they are safe there.
        #[validate(length(max = 500))]
        where_now: String => Asked::multiline(&[]),
        /// What the family says to it.
        agreement: String => Asked::choice(&[], "person_says").needed(),
        /// The lawful reason, where it has not agreed to all of it.
        lawful_reason: String => Asked::choice(&[], "reason_to_share").asked_when(without_agreement).needed(),
        /// Why that reason holds for this child.
        #[validate(length(max = 1000))]
        reason: String => Asked::multiline(&[]).asked_when(without_agreement).needed_when(calm),
        /// Who decided.
        #[validate(length(max = 140))]
        decided_by: String => Asked::text(&[]).needed_when(calm).holds(Detail::Name(Whom::Professionals)),
        /// Whether the family was told.
        family_told: String => Asked::choice(&[], "family_told").needed_when(calm),
        /// Who answered the telephone.
        #[validate(length(max = 140))]
        spoke_to: String => Asked::text(&[]).holds(Detail::Name(Whom::Professionals)),
        /// The reference that they gave.
        #[validate(length(max = 60))]
        reference: String => Asked::text(&[]),
    }
}

fn without_agreement(scope: &ReferralScope<'_>) -> bool {
    !matches!(scope.form.agreement.as_str(), "" | "agrees")
}

fn calm(scope: &ReferralScope<'_>) -> bool {
    !scope.is_urgent
}

/// The member of its JSON that names the version of the form.
const FORM_VERSION: &str = "form_version";

impl ReferralForm {
    /// The version of the form. A change that an older reader would misread gets a new one.
    pub const VERSION: &str = "referral-2026.1";

    /// Reads the answers from JSON that has been parsed already; gives also what no question takes.
    ///
    /// # Errors
    /// [`NotRead`].
    pub fn from_value(value: Value) -> Result<(Self, Vec<Unread>), NotRead> {
        let Value::Object(mut members) = value else { return Err(ReadError::NotAnObject.into()) };
        let version = members.remove(FORM_VERSION);
        if version.as_ref().and_then(Value::as_str) != Some(Self::VERSION) {
            return Err(NotRead::FormVersion);
        }
        let mut form = Self::default();
        let unread = assessment_form::read::<Referring>(&mut form, &Value::Object(members))?;
        Ok((form, unread))
    }

    /// The answers as JSON; blank ones are left out.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let answers = serde_json::to_value(assessment_form::Node::<Referring>::Group(self));
        let mut members = match answers {
            Ok(Value::Object(members)) => members,
            _ => Map::new(),
        };
        members.insert(FORM_VERSION.to_owned(), Self::VERSION.into());
        Value::Object(members)
    }
}

/// What social care needs of a team's records to decide, by the key of each group; a test compares the names with the
/// catalogue. Scores, money, who came to a meeting and what was said beside the matter are not among it.
pub const NEEDED: &[(&str, &str)] = &[
    ("plan", "long_term_goal lead_professional"),
    ("plan_outcome", "desired_outcome goal_measure"),
    ("plan_action", "action who by_when status progress"),
    ("meeting", "on risk_factors protective_factors child_voice"),
    ("meeting_decision", "decision reason disagreement"),
    ("review", "on outcome what_changed agreement_holds agreement_details child_comment"),
    ("review_outcome", "outcome progress"),
];

/// One answer of a team's record that social care may have.
#[derive(Clone)]
pub struct OfferedLine<'a> {
    /// The kind of the record and the question's path, as [`Choices`] name it: `plan:outcomes[0].desired_outcome`.
    pub path: String,
    /// The stem of the question's wording keys.
    pub key: String,
    /// The question.
    pub question: &'static Question,
    /// The answer, or why it does not go.
    pub content: Result<Node<'a>, Reason>,
    /// Whether it can be left out, or put in.
    pub offer: Offer,
}

/// What social care needs of a record, in form order. What is about somebody else, and a text that gives a protected address
/// away, is offered and goes only when somebody decides it; what is not needed is not offered at all. Where the newest
/// `assessment` cannot be read, that is so of every text, since any may have a protected address in it.
#[must_use]
pub fn needed_by_social_care<'a>(
    record: &'a TeamRecord,
    assessment: Option<&Answers>,
    choices: &Choices,
) -> Vec<OfferedLine<'a>> {
    // What the family may be told is not asked of what goes to social care.
    let advice = FamilyAdvice { telling: Telling::NoRule, kept_from: Vec::new() };
    let shown = assessment.unwrap_or(Answers::blank());
    let reader = For { audience: &Audience::ContactForm, assessment: shown, advice: &advice };
    let is_needed = |group: &str, name: &str| {
        NEEDED.iter().any(|(key, names)| *key == group && names.split(' ').any(|needed| needed == name))
    };
    let mut lines = Vec::new();
    // Nothing stops what goes to social care.
    let _ = each_answer(record, false, reader, &mut |visit, why| {
        let (group, name) = (visit.group.key(), visit.question.name);
        if !is_needed(group, name) {
            return;
        }
        let path = [record.kind().code(), ":", &visit.path()].concat();
        let is_choice = matches!(visit.question.kind, Kind::Choice(_) | Kind::Choices(_));
        let of_text = |text: &str| match assessment {
            Some(assessment) => gives_address_away(assessment, text).then_some(Reason::GivesAddressAway),
            None => Some(Reason::MayGiveAddressAway),
        };
        let address = || match visit.node {
            Node::Text(text) if !is_choice => of_text(text),
            Node::List(items) if !is_choice => of_text(&items.join(" ")),
            // A date is kept as it was typed.
            Node::Date(date) if assessment.is_none() && date.partial().is_none() => {
                Some(Reason::MayGiveAddressAway)
            }
            _ => None,
        };
        let about_others =
            || (protection(group, name) == Protection::OtherPerson).then_some(Reason::OtherPerson);
        let out = why.or_else(about_others).or_else(address);
        let is_in = match out {
            None => !choices.left_out.contains(&path),
            Some(_) => choices.put_in.contains(&path),
        };
        lines.push(OfferedLine {
            key: key_of(visit),
            question: visit.question,
            content: if is_in { Ok(visit.node) } else { Err(out.unwrap_or(Reason::LeftOut)) },
            offer: if out.is_some() { Offer::Out } else { Offer::In },
            path,
        });
    });
    lines
}
