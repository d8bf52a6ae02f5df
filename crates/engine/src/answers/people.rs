//! What people have in common, wherever the form asks about one: an address, and what a question may hold about a person.
//! People themselves are rows of their own sections; who is known from them is in `people`.

use assessment_form::typed::compact;
use assessment_form::{Kind, group};

use super::{Caf, Question};

/// What a question holds about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What the person is called, and whom the question offers.
    Name(Whom),
    /// How they are related to the child: a code of `relationship`.
    Relationship,
    /// Whether they hold parental responsibility: a code of `yes_no_unknown`.
    ParentalResponsibility,
    /// As whom they agree: a code of `who_consents`.
    Capacity,
    /// What they work as: a code of `roles`.
    Role,
    /// The same where no code fits.
    OtherRole,
    /// What they work as, or how they know the child, in words.
    RoleInWords,
    /// For whom they work.
    Organisation,
    /// Their phone number.
    Phone,
    /// Their email address.
    Email,
    /// Their date of birth.
    Born,
    /// Whether they live with the child.
    LivesWithChild,
    /// The day on which they sign.
    SignedOn,
}

/// Whom a question for a name offers, out of the people of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Everybody.
    Anybody,
    /// The child's family and household, without the child.
    Family,
    /// Those of the family who may be a parent or carer.
    Carers,
    /// The same, and the child.
    CarersAndChild,
    /// Those who work with the family.
    Professionals,
    /// The assessor alone.
    Assessor,
}

group! {
    /// An address as typed. "No fixed address" and "withheld" are answers of their own, not empty lines.
    pub struct Address of Caf as "address" {
        /// Building and street.
        #[validate(length(max = 80))]
        line_1: String => Question::text(&[]),
        /// Further line.
        #[validate(length(max = 80))]
        line_2: String => Question::text(&[]),
        /// Town or city.
        #[validate(length(max = 80))]
        town: String => Question::text(&[]),
        /// Postcode as typed; shown upper-case with one space.
        #[validate(length(max = 40))]
        postcode: String => Question::of(&["postcode"], Kind::Postcode),
        /// The country, where it is not the United Kingdom. A postcode of another country has its own form.
        #[validate(length(max = 80))]
        country: String => Question::text(&[]),
    }
}

/// Whether a country is named that is not the United Kingdom: its postcodes have a form of their own.
#[must_use]
pub(crate) fn is_abroad(country: &str) -> bool {
    const HERE: [&str; 10] = [
        "",
        "UK",
        "UNITEDKINGDOM",
        "GB",
        "GREATBRITAIN",
        "BRITAIN",
        "ENGLAND",
        "SCOTLAND",
        "WALES",
        "NORTHERNIRELAND",
    ];
    !HERE.contains(&compact(country, &["THE"]).as_str())
}
