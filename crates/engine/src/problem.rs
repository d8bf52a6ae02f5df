//! One thing to fix. Its words are wording (`problem.<code>`); it never holds what was typed.

/// Something to fix, at a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The question's path.
    pub path: String,
    /// What is wrong.
    pub code: ProblemCode,
    /// The limit that was passed, for codes that have one.
    pub max: Option<u32>,
}

impl Problem {
    /// A problem without a limit.
    #[must_use]
    pub fn new(path: impl Into<String>, code: ProblemCode) -> Problem {
        Problem { path: path.into(), code, max: None }
    }

    /// A problem with the limit that was passed.
    #[must_use]
    pub fn with_max(path: impl Into<String>, code: ProblemCode, max: u32) -> Problem {
        Problem { path: path.into(), code, max: Some(max) }
    }
}

impl ProblemCode {
    /// Whether it says that an answer is missing.
    #[must_use]
    pub fn is_missing(self) -> bool {
        matches!(self, ProblemCode::Needed | ProblemCode::NeededRow | ProblemCode::BirthOrExpected)
    }

    /// Whether only records of a team can have it, so that its words belong to that part of the program.
    #[must_use]
    pub fn is_of_team(self) -> bool {
        matches!(
            self,
            ProblemCode::Money
                | ProblemCode::BeforeEpisode
                | ProblemCode::NotInTeam
                | ProblemCode::OverBudget
                | ProblemCode::NobodyThere
                | ProblemCode::EndsBeforeStart
                | ProblemCode::StillPlanned
                | ProblemCode::NextNotLater
        )
    }

    /// The part of a date that it is about: `day`, `month` or `year`. `None` where it is about the whole answer.
    #[must_use]
    pub fn date_part(self) -> Option<&'static str> {
        match self {
            ProblemCode::DateDayMissing => Some("day"),
            ProblemCode::DateMonthMissing => Some("month"),
            ProblemCode::DateYearMissing | ProblemCode::DateYearDigits => Some("year"),
            _ => None,
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal),* $(,)?) => {
        /// What can be wrong. A code never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ProblemCode {
            $($(#[doc = $doc])* $name),*
        }

        impl ProblemCode {
            /// Every code, for tests of wording.
            pub const ALL: &[ProblemCode] = &[$(ProblemCode::$name),*];

            /// The code as messages give it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(ProblemCode::$name => $text),*
                }
            }
        }
    };
}

codes! {
    /// An answer is needed.
    Needed = "needed",
    /// At least one row is needed.
    NeededRow = "needed-row",
    /// The text is longer than the limit.
    TooLong = "too-long",
    /// There are more rows than the form has room for.
    TooManyRows = "too-many-rows",
    /// The code is not one of the options.
    NotOffered = "not-offered",
    /// An option that excludes others was combined with one.
    ExclusiveOption = "exclusive-option",
    /// The same option is there twice.
    RepeatedOption = "repeated-option",
    /// The element has no such indicator.
    UnknownIndicator = "unknown-indicator",
    /// Not an NHS number: ten digits whose last one checks.
    NhsNumber = "nhs-number",
    /// Not a unique pupil number.
    Upn = "upn",
    /// Not a unique learner number.
    Uln = "uln",
    /// Not a unique candidate identifier.
    Uci = "uci",
    /// Not a UK postcode.
    Postcode = "postcode",
    /// Not a phone number.
    Phone = "phone",
    /// Not an email address.
    Email = "email",
    /// Not a reference: letters and digits, at most 20.
    Reference = "reference",
    /// A character that no email address has.
    EmailCharacter = "email-character",
    /// Not a time of day.
    Time = "time",
    /// A time that may be in the morning or in the afternoon.
    TimeHalf = "time-half",
    /// Not an age.
    Age = "age",
    /// Not a whole number from 0 to 10.
    Score = "score",
    /// Not an amount of money.
    Money = "money",
    /// The date has no day.
    DateDayMissing = "date-day-missing",
    /// The date has no month.
    DateMonthMissing = "date-month-missing",
    /// The date has no year.
    DateYearMissing = "date-year-missing",
    /// The year has not four digits.
    DateYearDigits = "date-year-digits",
    /// There is no such date.
    DateNotReal = "date-not-real",
    /// The date is in the future.
    DateInFuture = "date-in-future",
    /// Neither a date of birth nor an expected date.
    BirthOrExpected = "birth-or-expected",
    /// Both a date of birth and an expected date.
    BirthAndExpected = "birth-and-expected",
    /// The expected date is more than 280 days after the start.
    ExpectedTooFar = "expected-too-far",
    /// The expected date is more than 28 days ago.
    ExpectedPassed = "expected-passed",
    /// The assessment started more than 280 days before birth or the expected date.
    StartTooEarly = "start-too-early",
    /// Over 25 at the start.
    OverTwentyFive = "over-twenty-five",
    /// Over 18 with no reason recorded: SEND, disability or care leaver.
    OverEighteen = "over-eighteen",
    /// The sex of an unborn baby is recorded as unknown.
    SexOfUnborn = "sex-of-unborn",
    /// Completed before it started.
    EndBeforeStart = "end-before-start",
    /// Marked as recorded, with nothing in the element.
    ElementEmpty = "box-empty",
    /// Marked as no concern, with needs or an indicator in the element.
    ElementNotEmpty = "box-not-empty",
    /// An indicator that is outside the child's age.
    OutsideAge = "outside-age",
    /// An injury that belongs to a child who cannot move, and a child who can.
    InjuryAndMobile = "injury-and-mobile",
    /// A reason that says nothing: too short, or no words.
    WeakReason = "weak-reason",
    /// Somebody chose that this record is not sent.
    NotToBeSent = "not-to-be-sent",
    /// Nobody refused, so there is no refusal to record.
    NothingRefused = "nothing-refused",
    /// A decision below the suggestion has a reason that says nothing.
    ReasonSaysNothing = "reason-says-nothing",
    /// Characters in a name that turn other characters round, or control a program. Others that cannot be seen are no
    /// problem.
    HiddenCharacters = "hidden-characters",
    /// A date before the episode began.
    BeforeEpisode = "before-episode",
    /// Somebody who is neither in the team nor in the family.
    NotInTeam = "not-in-team",
    /// The actions cost more than the lead professional has.
    OverBudget = "over-budget",
    /// A meeting or review to which nobody came.
    NobodyThere = "nobody-there",
    /// It ends before it begins.
    EndsBeforeStart = "ends-before-start",
    /// Minutes of a meeting that is still only planned.
    StillPlanned = "still-planned",
    /// The next date is not later than the day itself.
    NextNotLater = "next-not-later",
}
