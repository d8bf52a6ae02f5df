//! A person as the records know them: names as written, identifiers, birth, addresses, telephone numbers, GP. Not the
//! answers of an assessment, which hold all that was typed, whether or not it can be read, and never change.

mod amendment;
mod birth;
mod contact;
mod identifier;

pub use birth::Birth;
pub use contact::{Address, Gp, Phone, Phones, SafeToRing};
pub use identifier::{Identifier, System};

use assessment_form::is_blank;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::protection::{Protected, Protection};

/// What sort of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// The name that they go by.
    Usual,
    /// The name in law, where it is another.
    Legal,
    /// An earlier name, as before an adoption or a marriage. It is looked for, and not shown to anybody who does not
    /// know it already.
    Former,
    /// Another name that they are known by.
    Alias,
}

/// A name as it was written. Some people have one name only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// What sort of name.
    pub kind: NameKind,
    /// Given names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
    /// Family name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub family: String,
}

impl Name {
    /// The name that they go by.
    #[must_use]
    pub fn usual(given: &str, family: &str) -> Self {
        Self { kind: NameKind::Usual, given: given.to_owned(), family: family.to_owned() }
    }

    /// Another name of this kind.
    #[must_use]
    pub fn of(kind: NameKind, given: &str, family: &str) -> Self {
        Self { kind, given: given.to_owned(), family: family.to_owned() }
    }

    /// Whether the same is written, of whatever kind.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.given == other.given && self.family == other.family
    }

    /// Whether nothing is written in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        is_blank(&self.given) && is_blank(&self.family)
    }
}

/// Something that was written about a person after their record was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub on: Date,
    /// Who wrote it, as the audit trail names them.
    pub by: String,
    /// What they wrote.
    pub text: String,
}

/// A person: child, parent, carer or other member of a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// How closely the whole record is kept, and why.
    pub protection: Protected,
    /// Their names as written. The first usual name is the one that is shown.
    #[serde(default)]
    pub names: Vec<Name>,
    /// When they were born, as far as it is known.
    #[serde(default)]
    pub birth: Birth,
    /// Other dates of birth that a record of them had, for a person to settle. They come from joining two records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_births: Vec<Birth>,
    /// Numbers and references that other people know them by. The first of a system is the one that is quoted.
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    /// Where they live or lived, the present address first.
    #[serde(default)]
    pub addresses: Vec<Address>,
    /// How to ring them or their family.
    #[serde(default)]
    pub phones: Phones,
    /// Their GP, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gp: Option<Gp>,
    /// Other GPs that a record of them had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_gps: Vec<Gp>,
    /// Notes, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Person {
    /// A person of whom nothing is known yet.
    #[must_use]
    pub fn new(id: PersonId, protection: Protected) -> Self {
        Self {
            id,
            protection,
            names: Vec::new(),
            birth: Birth::default(),
            other_births: Vec::new(),
            identifiers: Vec::new(),
            addresses: Vec::new(),
            phones: Phones::default(),
            gp: None,
            other_gps: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The name that is shown: the usual one, or else the first that is not a former one, or else the first.
    #[must_use]
    pub fn shown_name(&self) -> Option<&Name> {
        let named = |is_shown: fn(NameKind) -> bool| {
            self.names.iter().find(|name| !name.is_blank() && is_shown(name.kind))
        };
        named(|kind| kind == NameKind::Usual)
            .or_else(|| named(|kind| kind != NameKind::Former))
            .or_else(|| named(|_| true))
    }

    /// The identifiers of a system, the one that is quoted first.
    pub fn identifiers_of(&self, system: System) -> impl Iterator<Item = &Identifier> {
        self.identifiers.iter().filter(move |one| one.system() == system)
    }

    /// All dates of birth that are known, the one that is shown first.
    pub fn births(&self) -> impl Iterator<Item = Birth> {
        [self.birth]
            .into_iter()
            .chain(self.other_births.iter().copied())
            .filter(|one| *one != Birth::NotKnown)
    }

    /// The strictest protection of anything in the record.
    #[must_use]
    pub fn strictest(&self) -> Protection {
        let addresses = self.addresses.iter().map(|address| address.protection.level);
        addresses.fold(self.protection.level, Protection::join)
    }
}
