//! An address, used wherever one is asked for. People are rows of their own sections.

use assessment_form::typed::compact;
use assessment_form::{Kind, group};

use super::{Caf, Question};

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
