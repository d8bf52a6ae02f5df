//! What a question is: its kind, its limit, when it is asked and when it is needed. It knows no words: those are found
//! by its key.

/// A form, as far as its questions must know it.
pub trait Form: 'static {
    /// What a condition on a question may look at: usually the whole record, and where in it the question is.
    type Scope<'a>;

    /// What a question may hold about a person, such as a name or a phone number. `()` where a form names nobody.
    type Detail: Copy + 'static;

    /// The scope inside row `row` of a repeating group.
    fn in_row<'a>(scope: &Self::Scope<'a>, row: usize) -> Self::Scope<'a>;

    /// The scope of question `index` of the group with this key, where it differs from the group's own.
    fn at_question<'a>(
        _scope: &Self::Scope<'a>,
        _group: &'static str,
        _index: usize,
    ) -> Option<Self::Scope<'a>> {
        None
    }
}

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
    /// A date that must not be in the future.
    PastDate,
    /// A date of birth; day, or day and month, may be unknown.
    BirthDate,
    /// A date by which something is planned. One that has passed is shown as passed, and stops nothing.
    ComingDate,
    /// The date on which a baby is expected; the day may be unknown.
    ExpectedDate,
    /// An age, for somebody whose date of birth is not known.
    Age,
    /// Any date.
    AnyDate,
    /// A time of day, `14:30`.
    Time,
    /// A whole number from 0 to 10.
    Score,
    /// An amount of money in pounds, `25` or `25.50`.
    Money,
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
    /// The marks of a group's indicators.
    Indicators,
    /// A struct of further questions.
    Group,
    /// Rows that can be added, at most so many.
    Rows(u16),
}

/// A condition on the rest of the record.
pub type When<F> = for<'s, 'a> fn(&'s <F as Form>::Scope<'a>) -> bool;

/// Whether an answer is needed at submission. Nothing is ever needed to save a draft.
pub enum Needed<F: Form> {
    /// May stay empty.
    No,
    /// Always needed, where the question is asked.
    Yes,
    /// Needed when this holds.
    When(When<F>),
}

impl<F: Form> Clone for Needed<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for Needed<F> {}

/// Which options of its list a question offers: those that were given somewhere else.
pub struct Offered<F: Form> {
    /// Whether it offers this code.
    pub is_offered: for<'s, 'a, 'c> fn(&'s <F as Form>::Scope<'a>, &'c str) -> bool,
    /// Where more can be given: the path of another question.
    pub given_at: &'static str,
}

impl<F: Form> Clone for Offered<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for Offered<F> {}

/// That a question holds something about a person.
pub struct Holds<F: Form> {
    /// Which person of the group: empty where it has only one.
    pub whose: &'static str,
    /// What.
    pub detail: F::Detail,
}

impl<F: Form> Clone for Holds<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for Holds<F> {}

/// One question.
pub struct Question<F: Form> {
    /// The field's name: the last part of its path.
    pub name: &'static str,
    /// The fields of the paper form, by their ids in its dictionary, that it answers.
    pub fields: &'static [&'static str],
    /// See [`Kind`].
    pub kind: Kind,
    /// The longest text accepted at submission, in characters; 0 for no limit.
    pub max: u16,
    /// Whether it must be answered.
    pub needed: Needed<F>,
    /// When it is asked at all; `None` for always.
    pub asked: Option<When<F>>,
    /// What it holds about a person. A group that holds a name makes a person known, and is filled from one.
    pub holds: Option<Holds<F>>,
    /// Which options it offers; `None` for all of its list.
    pub offered: Option<Offered<F>>,
    /// Whether the answer is carried over into a record that begins from this one.
    pub is_carried: bool,
}

impl<F: Form> Clone for Question<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for Question<F> {}

impl<F: Form> Question<F> {
    /// A question of any kind.
    #[must_use]
    pub const fn of(fields: &'static [&'static str], kind: Kind) -> Self {
        Question {
            name: "",
            fields,
            kind,
            max: 0,
            needed: Needed::No,
            asked: None,
            holds: None,
            offered: None,
            is_carried: false,
        }
    }
    /// One line of text.
    #[must_use]
    pub const fn text(fields: &'static [&'static str]) -> Self {
        Question::of(fields, Kind::Text)
    }
    /// Several lines of text.
    #[must_use]
    pub const fn multiline(fields: &'static [&'static str]) -> Self {
        Question::of(fields, Kind::Multiline)
    }
    /// One code of a list.
    #[must_use]
    pub const fn choice(fields: &'static [&'static str], list: &'static str) -> Self {
        Question::of(fields, Kind::Choice(list))
    }
    /// Several codes of a list.
    #[must_use]
    pub const fn choices(fields: &'static [&'static str], list: &'static str) -> Self {
        Question::of(fields, Kind::Choices(list))
    }
    /// A struct of further questions.
    #[must_use]
    pub const fn group() -> Self {
        Question::of(&[], Kind::Group)
    }
    /// A repeating group of at most `max` rows.
    #[must_use]
    pub const fn rows(max: u16) -> Self {
        Question::of(&[], Kind::Rows(max))
    }
    /// Needed at submission.
    #[must_use]
    pub const fn needed(mut self) -> Self {
        self.needed = Needed::Yes;
        self
    }
    /// Needed at submission when `when` holds.
    #[must_use]
    pub const fn needed_when(mut self, when: When<F>) -> Self {
        self.needed = Needed::When(when);
        self
    }
    /// Asked only when `when` holds. An answer to a question that is no longer asked stays in the record as it was
    /// typed: nobody loses a word.
    #[must_use]
    pub const fn asked_when(mut self, when: When<F>) -> Self {
        self.asked = Some(when);
        self
    }
    /// Holds this about the person of its group.
    #[must_use]
    pub const fn holds(self, detail: F::Detail) -> Self {
        self.holds_of("", detail)
    }
    /// Holds this about one of several people of its group.
    #[must_use]
    pub const fn holds_of(mut self, whose: &'static str, detail: F::Detail) -> Self {
        self.holds = Some(Holds { whose, detail });
        self
    }
    /// Offers only what was given somewhere else. What was chosen before stays.
    #[must_use]
    pub const fn offering(mut self, offered: Offered<F>) -> Self {
        self.offered = Some(offered);
        self
    }
    /// Carried over into a record that begins from this one. Of a group or rows, what is in it says so itself.
    #[must_use]
    pub const fn carried(mut self) -> Self {
        self.is_carried = true;
        self
    }
    /// Used by `group!`.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }
    /// Used by `group!`, with the limit of `validator`'s attribute.
    #[must_use]
    pub const fn limited(mut self, max: u16) -> Self {
        self.max = max;
        self
    }

    /// Whether it is asked, here and now.
    #[must_use]
    pub fn is_asked(&self, scope: &F::Scope<'_>) -> bool {
        self.asked.is_none_or(|asked| asked(scope))
    }

    /// Whether it offers this code, here and now.
    #[must_use]
    pub fn is_offered(&self, scope: &F::Scope<'_>, code: &str) -> bool {
        self.offered.is_none_or(|offered| (offered.is_offered)(scope, code))
    }

    /// Whether it must be answered, here and now.
    #[must_use]
    pub fn is_needed(&self, scope: &F::Scope<'_>) -> bool {
        match self.needed {
            Needed::No => false,
            Needed::Yes => true,
            Needed::When(when) => when(scope),
        }
    }
}
