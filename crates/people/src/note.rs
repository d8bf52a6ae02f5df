//! What people say about an episode, beside its versions: a comment, what a safeguarding lead says as such, or their second
//! opinion on the level of need. Not a chat, and not the family's views, which are in the form.
//!
//! A note never changes and is never taken back. One that was wrong is followed by another.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::access::{Action, Sections, Sight};
use crate::id::NoteId;
use crate::moment::Moment;
use crate::protection::Protection;
use crate::who::{Organisation, Subject};

/// The most characters of a note.
pub const MAX_WORDS: usize = 4_000;

macro_rules! levels {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// A level of need. The codes are the code list `levels`; numbers alone mean different things in different places.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Level {$(
            $(#[$doc])*
            #[serde(rename = $code)]
            $name,
        )*}

        impl Level {
            /// Every level, lowest first.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// The level with that code.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|level| level.code() == code)
            }
        }
    };
}

levels! {
    /// Needs met by family and everyday services.
    Universal = "L1";
    /// One service can help.
    Additional = "L2";
    /// Services work together.
    Targeted = "L3";
    /// It may be a child in need.
    ChildInNeed = "L4a";
    /// The child may need protection.
    Protection = "L4b";
}

/// As what somebody says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum NoteKind {
    /// As anybody who works with the family, or as the family.
    Comment,
    /// As the one who answers for safeguarding in the organisation that holds the episode.
    Safeguarding,
    /// The same, on the level of need. It decides nothing: people decide.
    SecondOpinion {
        /// The level that they see.
        level: Level,
    },
}

impl NoteKind {
    /// What somebody does who says it.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Comment | Self::Safeguarding => Action::Comment,
            Self::SecondOpinion { .. } => Action::SecondOpinion,
        }
    }

    /// What they must be allowed to do besides.
    #[must_use]
    pub const fn besides(self) -> Option<Action> {
        match self {
            // Only who answers for safeguarding there may give a second opinion, and speak as such.
            Self::Safeguarding => Some(Action::SecondOpinion),
            Self::Comment | Self::SecondOpinion { .. } => None,
        }
    }
}

/// Something that somebody said. Its fields can be read and never set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawNote", into = "RawNote")]
pub struct Note {
    id: NoteId,
    said: Said,
    by: Subject,
    organisation: Option<Organisation>,
    at: Moment,
}

/// What was said, about what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// As what.
    pub kind: NoteKind,
    /// The section of the form that it is about; `None` for the episode as a whole.
    pub section: Option<u8>,
    /// How closely it is kept.
    pub protection: Protection,
    /// The words, as typed.
    pub words: String,
}

/// How a note is stored.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNote {
    id: NoteId,
    said: Said,
    by: Subject,
    organisation: Option<Organisation>,
    at: Moment,
}

/// Why something is not a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotANote {
    /// It says nothing.
    #[error("a note needs words")]
    NoWords,
    /// It is too long.
    #[error("a note has {MAX_WORDS} characters at most")]
    TooLong,
    /// The form has no such section.
    #[error("there is no section of that number")]
    Section,
}

impl Note {
    /// A note. The family acts for no organisation.
    ///
    /// # Errors
    /// See [`NotANote`].
    pub fn new(
        id: NoteId,
        said: Said,
        by: Subject,
        organisation: Option<Organisation>,
        at: Moment,
    ) -> Result<Self, NotANote> {
        if !said.words.chars().any(char::is_alphanumeric) {
            return Err(NotANote::NoWords);
        }
        if said.words.chars().nth(MAX_WORDS).is_some() {
            return Err(NotANote::TooLong);
        }
        if said.section.is_some_and(|section| section > Sections::LAST) {
            return Err(NotANote::Section);
        }
        Ok(Self { id, said, by, organisation, at })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> NoteId {
        self.id
    }

    /// What was said.
    #[must_use]
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Who said it.
    #[must_use]
    pub fn by(&self) -> &Subject {
        &self.by
    }

    /// For whom they acted; none of the family itself.
    #[must_use]
    pub fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_ref()
    }

    /// When.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.at
    }

    /// Whether it is the same note from the same person, so that a repeat stores nothing.
    #[must_use]
    pub fn is_repeat_of(&self, earlier: &Self) -> bool {
        (self.id, &self.said, &self.by) == (earlier.id, &earlier.said, &earlier.by)
    }
}

impl Said {
    /// Whether it may be shown: the section is one that they see, and it is not kept more closely than they may see. What is
    /// about the episode as a whole is for everybody who may read notes.
    #[must_use]
    pub fn is_shown_to(&self, sight: Sight) -> bool {
        let in_sight = self.section.is_none_or(|section| sight.sections().contains(section));
        in_sight && sight.shows(self.protection)
    }
}

impl From<Note> for RawNote {
    fn from(note: Note) -> Self {
        let Note { id, said, by, organisation, at } = note;
        Self { id, said, by, organisation, at }
    }
}

impl TryFrom<RawNote> for Note {
    type Error = NotANote;

    fn try_from(raw: RawNote) -> Result<Self, Self::Error> {
        Self::new(raw.id, raw.said, raw.by, raw.organisation, raw.at)
    }
}
