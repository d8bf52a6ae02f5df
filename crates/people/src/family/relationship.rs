//! What somebody is to a child. The codes are the form's code list `relationship`; a test compares them.

use serde::{Deserialize, Serialize};

macro_rules! relationships {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $bond:ident;)*) => {
        /// What somebody is to a child.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Relationship {$(
            $(#[$doc])*
            #[serde(rename = $code)]
            $name,
        )*}

        impl Relationship {
            /// Every relationship, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, as it is stored.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// What follows from it for brothers and sisters.
            #[must_use]
            pub const fn bond(self) -> Bond {
                match self {$(Self::$name => Bond::$bond,)*}
            }
        }
    };
}

/// What follows from a relationship for brothers and sisters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// A parent by birth or adoption. Two children of one are brothers or sisters.
    Parent,
    /// A brother or sister, and the other way round.
    Sibling,
    /// Nothing.
    Other,
}

relationships! {
    /// Mother.
    Mother = "mother", Parent;
    /// Father.
    Father = "father", Parent;
    /// Second female parent.
    SecondFemaleParent = "second_female_parent", Parent;
    /// Step-parent.
    StepParent = "step_parent", Other;
    /// Parent's partner.
    ParentsPartner = "parents_partner", Other;
    /// Adoptive parent.
    AdoptiveParent = "adoptive_parent", Parent;
    /// Special guardian.
    SpecialGuardian = "special_guardian", Other;
    /// Foster carer (local authority).
    FosterCarer = "foster_carer", Other;
    /// Private foster carer.
    PrivateFosterCarer = "private_foster_carer", Other;
    /// Kinship carer (a relative or friend).
    KinshipCarer = "kinship_carer", Other;
    /// Grandparent.
    Grandparent = "grandparent", Other;
    /// Great-grandparent.
    GreatGrandparent = "great_grandparent", Other;
    /// Aunt or uncle.
    AuntUncle = "aunt_uncle", Other;
    /// Brother or sister.
    Sibling = "sibling", Sibling;
    /// Half-brother or half-sister.
    HalfSibling = "half_sibling", Sibling;
    /// Stepbrother or stepsister.
    StepSibling = "step_sibling", Sibling;
    /// Unborn brother or sister.
    UnbornSibling = "unborn_sibling", Sibling;
    /// Cousin.
    Cousin = "cousin", Other;
    /// Niece or nephew.
    NieceNephew = "niece_nephew", Other;
    /// Child of the young person.
    OwnChild = "own_child", Other;
    /// Partner of the young person.
    Partner = "partner", Other;
    /// Former partner of parent.
    ExPartner = "ex_partner", Other;
    /// Family friend.
    FamilyFriend = "family_friend", Other;
    /// Neighbour.
    Neighbour = "neighbour", Other;
    /// Lodger or other household member.
    Lodger = "lodger", Other;
    /// Local authority (care order).
    LocalAuthority = "local_authority", Other;
    /// Other (say what).
    Other = "other", Other;
    /// Not known.
    Unknown = "unknown", Other;
}
