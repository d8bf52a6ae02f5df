//! What a question is: its kind, its limit, when it is asked and when it is needed.
//!
//! The rows themselves stand beside their fields in `answers/<section>.rs`; this file only defines their shape and
//! how to walk over them. Wording is elsewhere (`wording`): a row knows no text.

mod find;
mod scope;
mod walk;

pub use find::{Found, asked_elements, find};
pub use scope::Scope;
pub use walk::{Visit, walk};

/// What sort of answer a question takes, and so which control shows it and which format it must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    Multiline,
    /// One text a line.
    Lines,
    /// A phone number on each line.
    Phones,
    /// One code of the named code list.
    Choice(&'static str),
    /// Any codes of the named code list.
    Choices(&'static str),
    /// A date that must not lie in the future.
    PastDate,
    /// A date of birth; day, or day and month, may be unknown.
    BirthDate,
    /// A date that must not lie in the past when the assessment is made.
    ComingDate,
    /// Any date.
    AnyDate,
    /// A time of day, `14:30`.
    Time,
    /// A whole number from 0 to 10.
    Score,
    /// An NHS number.
    NhsNumber,
    /// A unique pupil number.
    Upn,
    /// A unique learner number.
    Uln,
    /// A unique candidate identifier.
    Uci,
    /// A postcode.
    Postcode,
    /// A phone number.
    Phone,
    /// An email address.
    Email,
    /// A reference: letters and digits.
    Reference,
    /// The marks of a box's indicators.
    Indicators,
    /// A struct of further questions.
    Group,
    /// Rows that can be added, at most so many.
    Rows(u16),
}

/// A condition on the rest of the record.
pub type When = fn(&Scope<'_>) -> bool;

/// Whether an answer is needed before the assessment can be submitted. Nothing is ever needed to save a draft.
#[derive(Clone, Copy)]
pub enum Needed {
    /// May stay empty.
    No,
    /// Always needed, where the question is asked.
    Yes,
    /// Needed when this holds.
    When(When),
}

/// One catalogue row.
#[derive(Clone, Copy)]
pub struct Question {
    /// The field's name: the last part of its path.
    pub name: &'static str,
    /// The fields of the CAF field dictionary (`tests/data/caf_form_fields.json`) that it answers. Only a test reads
    /// them, so a browser does not download them.
    #[cfg(not(target_family = "wasm"))]
    pub fields: &'static [&'static str],
    /// See [`Kind`].
    pub kind: Kind,
    /// The longest text accepted at submission, in characters; 0 for no limit.
    pub max: u16,
    /// Whether it must be answered.
    pub needed: Needed,
    /// When it is asked at all; `None` for always.
    pub asked: Option<When>,
}

impl Question {
    /// A row of any kind.
    pub(crate) const fn of(fields: &'static [&'static str], kind: Kind) -> Question {
        #[cfg(target_family = "wasm")]
        let _ = fields;
        Question {
            name: "",
            #[cfg(not(target_family = "wasm"))]
            fields,
            kind,
            max: 0,
            needed: Needed::No,
            asked: None,
        }
    }
    /// One line of text.
    pub(crate) const fn text(fields: &'static [&'static str]) -> Question {
        Question::of(fields, Kind::Text)
    }
    /// Several lines of text.
    pub(crate) const fn multiline(fields: &'static [&'static str]) -> Question {
        Question::of(fields, Kind::Multiline)
    }
    /// One code of a list.
    pub(crate) const fn choice(fields: &'static [&'static str], list: &'static str) -> Question {
        Question::of(fields, Kind::Choice(list))
    }
    /// Several codes of a list.
    pub(crate) const fn choices(fields: &'static [&'static str], list: &'static str) -> Question {
        Question::of(fields, Kind::Choices(list))
    }
    /// A struct of further questions.
    pub(crate) const fn group() -> Question {
        Question::of(&[], Kind::Group)
    }
    /// A repeating group of at most `max` rows.
    pub(crate) const fn rows(max: u16) -> Question {
        Question::of(&[], Kind::Rows(max))
    }
    /// Needed at submission.
    pub(crate) const fn needed(mut self) -> Question {
        self.needed = Needed::Yes;
        self
    }
    /// Needed at submission when `when` holds.
    pub(crate) const fn needed_when(mut self, when: When) -> Question {
        self.needed = Needed::When(when);
        self
    }
    /// Asked only when `when` holds. An answer to a question that is no longer asked stays in the record as it was
    /// typed: nobody loses a word, and the check page shows it.
    pub(crate) const fn asked_when(mut self, when: When) -> Question {
        self.asked = Some(when);
        self
    }
    /// Used by `group!`.
    pub(crate) const fn named(mut self, name: &'static str) -> Question {
        self.name = name;
        self
    }
    /// Used by `group!`, with the limit of `validator`'s attribute.
    pub(crate) const fn limited(mut self, max: u16) -> Question {
        self.max = max;
        self
    }

    /// Whether it is asked, here and now.
    #[must_use]
    pub fn is_asked(&self, scope: &Scope<'_>) -> bool {
        self.asked.is_none_or(|asked| asked(scope))
    }

    /// Whether it must be answered, here and now.
    #[must_use]
    pub fn is_needed(&self, scope: &Scope<'_>) -> bool {
        match self.needed {
            Needed::No => false,
            Needed::Yes => true,
            Needed::When(when) => when(scope),
        }
    }
}
