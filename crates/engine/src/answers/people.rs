//! An address, used wherever one is asked for. People are rows of their own sections.

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
        #[validate(length(max = 10))]
        postcode: String => Question::of(&["postcode"], Kind::Postcode),
    }
}
