//! Ids of people, families, episodes, versions and what else is kept of them: random UUIDs made at the edge, so that nobody can guess another
//! family's. Not references, which people quote.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// The id with these 128 bits. A new id is made from random ones.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// Reads an id. `None` for anything but the canonical form: 36 characters, lower case.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let uuid = Uuid::try_parse(text).ok()?;
                (uuid.hyphenated().to_string() == text).then_some(Self(uuid))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(out)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("not an id")
            }
        }
    )*};
}

ids! {
    /// A person: child, parent, carer or other member of a family. Never somebody who signs in.
    PersonId;
    /// People who are related, or live together.
    FamilyId;
    /// One child's early help, from notice to closure.
    EpisodeId;
    /// One sent assessment inside an episode. It never changes.
    VersionId;
    /// Something that somebody said about an episode. It never changes.
    NoteId;
    /// Something that was sent to social care from an episode. It never changes.
    ReferralId;
}
