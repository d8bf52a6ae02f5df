//! Why somebody may be the same person, and why not, in words for the practitioner who decides. No value of the record
//! found is in them: a former name or an address that is kept safe must not show through a reason.

use std::fmt;

use serde::Serialize;

use crate::person::System;

/// One thing that speaks for or against two records being one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// A number or reference is the same.
    SameNumber {
        /// Whose number.
        system: System,
    },
    /// Both have a valid number, and they differ.
    DifferentNumber {
        /// Whose number.
        system: System,
    },
    /// The whole name is the same.
    SameName,
    /// The given name is the same.
    SameGivenName,
    /// The family name is the same.
    SameFamilyName,
    /// The given name is spelt or sounds alike.
    GivenNameAlike,
    /// The family name is spelt or sounds alike.
    FamilyNameAlike,
    /// A part of the given name is the same.
    PartOfGivenName,
    /// A part of the family name is the same.
    PartOfFamilyName,
    /// Given and family name are the other way round.
    NamesSwapped,
    /// It is another or an earlier name that agrees.
    AnotherName,
    /// All words of a search are in the name.
    WordsFound,
    /// The given name differs.
    GivenNameDiffers,
    /// The family name differs.
    FamilyNameDiffers,
    /// The date of birth is the same.
    SameBirth,
    /// Day and month of the date of birth are the other way round.
    BirthPartsSwapped,
    /// The date of birth is one slip away.
    BirthOneSlip,
    /// The date of birth may be the same, as far as it is known.
    BirthMayBeSame,
    /// The date of birth differs.
    BirthDiffers,
    /// The address is the same.
    SameAddress,
    /// The postcode is the same.
    SamePostcode,
    /// The address differs. People move.
    AddressDiffers,
    /// A telephone number is the same.
    SamePhone,
    /// All that agrees is what twins have in common.
    MayBeTwin,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |system: System| match system {
            System::NhsNumber => "NHS number",
            System::Upn => "pupil number",
            System::Uln => "learner number",
            System::Uci => "candidate number",
            System::Reference => "reference",
        };
        let words = match self {
            Self::SameNumber { system } => return write!(out, "The {} is the same", number(*system)),
            Self::DifferentNumber { system } => {
                return write!(out, "Each has a {}, and they are not the same", number(*system));
            }
            Self::SameName => "The name is the same",
            Self::SameGivenName => "The given name is the same",
            Self::SameFamilyName => "The family name is the same",
            Self::GivenNameAlike => "The given name is nearly the same",
            Self::FamilyNameAlike => "The family name is nearly the same",
            Self::PartOfGivenName => "Part of the given name is the same",
            Self::PartOfFamilyName => "Part of the family name is the same",
            Self::NamesSwapped => "Given name and family name are the other way round",
            Self::AnotherName => "It is another or an earlier name that is the same",
            Self::WordsFound => "The name has the words that you looked for",
            Self::GivenNameDiffers => "The given name is not the same",
            Self::FamilyNameDiffers => "The family name is not the same",
            Self::SameBirth => "The date of birth is the same",
            Self::BirthPartsSwapped => "Day and month of birth are the other way round",
            Self::BirthOneSlip => "The date of birth is nearly the same",
            Self::BirthMayBeSame => "The date of birth may be the same",
            Self::BirthDiffers => "The date of birth is not the same",
            Self::SameAddress => "The address is the same",
            Self::SamePostcode => "The postcode is the same",
            Self::AddressDiffers => "The address is not the same",
            Self::SamePhone => "A phone number is the same",
            Self::MayBeTwin => {
                "It may be a twin: twins share the date of birth, the address and the family name"
            }
        };
        out.write_str(words)
    }
}
