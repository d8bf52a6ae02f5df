//! The clocks of an episode: how long each may run (`data/timescales.json`), which an authority may change. When something
//! is due is in [`day`]; which clocks run in an episode is in [`running`].

mod day;
mod referral;
mod running;

use assessment_rules::BankHolidays;
use jiff::civil::Date;
use strict_json::{Fields, read_data};

pub use day::{Closed, DueOn, due_on, is_closed, months_after};
pub use running::{About, Events, MeetingEvent, Owed, Referral, Running, Urgency, running};

macro_rules! clocks {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal),* $(,)?) => {
        /// A clock.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ClockCode {
            $($(#[doc = $doc])* $name),*
        }

        impl ClockCode {
            /// Every clock.
            pub const ALL: &[ClockCode] = &[$(ClockCode::$name),*];

            /// Its code, as data and wording keys have it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(ClockCode::$name => $code),*
                }
            }
        }
    };
}

clocks! {
    /// Looking for an episode that is there already.
    ExistingSearch = "existing_search",
    /// The assessment is written.
    AssessmentWritten = "eha_complete",
    /// The assessment is shared with the family.
    AssessmentShared = "eha_share",
    /// The team meets for the first time.
    FirstMeeting = "first_tac",
    /// The plan is reviewed for the first time.
    FirstReview = "first_review",
    /// The plan is reviewed again.
    NextReview = "review_cycle",
    /// The minutes of a meeting are finished.
    Minutes = "tac_minutes",
    /// The minutes of a meeting are sent.
    MinutesSent = "tac_copy",
    /// The needs are assessed again.
    AssessAgain = "reassess",
    /// Social care says what it will do.
    ReferralAnswer = "referral_decision",
    /// The one who referred asks again where nothing was heard.
    AskAgain = "referrer_chase",
    /// The written form follows the telephone call.
    ReferralWritten = "referral_written",
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Hours, from a moment.
    Hours(u32),
    /// Days.
    Days(u32),
    /// Days on which people work: no weekends and no bank holidays.
    WorkingDays(u32),
    /// Weeks.
    Weeks(u32),
    /// Calendar months.
    Months(u32),
}

impl Length {
    const UNITS: [&str; 5] = ["hours", "days", "working_days", "weeks", "months"];
    /// The longest that data may give, in any unit.
    const LONGEST: u32 = 365;

    fn of(number: u32, unit: usize) -> Length {
        match unit {
            0 => Length::Hours(number),
            1 => Length::Days(number),
            2 => Length::WorkingDays(number),
            3 => Length::Weeks(number),
            _ => Length::Months(number),
        }
    }

    /// Whether it is certainly no longer than another. Lengths of different units are compared by days at their longest
    /// and shortest.
    fn is_within(self, other: Length) -> bool {
        let longest = match self {
            Length::Hours(n) => n.div_ceil(24),
            Length::Days(n) => n,
            // A week with a weekend and two bank holidays has three.
            Length::WorkingDays(n) => n * 7 / 3 + 4,
            Length::Weeks(n) => n * 7,
            Length::Months(n) => n * 31,
        };
        let shortest = match other {
            Length::Hours(n) => n / 24,
            Length::Days(n) => n,
            Length::WorkingDays(n) => n,
            Length::Weeks(n) => n * 7,
            Length::Months(n) => n * 28,
        };
        let same = match (self, other) {
            (Length::Hours(one), Length::Hours(two))
            | (Length::Days(one), Length::Days(two))
            | (Length::WorkingDays(one), Length::WorkingDays(two))
            | (Length::Weeks(one), Length::Weeks(two))
            | (Length::Months(one), Length::Months(two)) => Some(one <= two),
            _ => None,
        };
        same.unwrap_or(longest <= shortest)
    }
}

/// How long one clock may run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timescale {
    /// Which.
    pub clock: ClockCode,
    /// How long.
    pub limit: Length,
    /// After what it is a hard warning, where there is such a limit.
    pub hard: Option<Length>,
    /// How many days before the end it is "due soon".
    pub soon: u32,
    /// Whether law or national guidance sets it: an authority may shorten it, never lengthen it.
    pub is_statutory: bool,
    /// Where it comes from.
    pub source: String,
}

/// How long each clock may run. Every clock has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timescales(Vec<Timescale>);

impl Timescales {
    /// The timescales that are built in. None is Leeds's own: they are other authorities' practice, and national guidance.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/timescales.json")
    }

    /// Reads timescales.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place.
    pub fn load(json: &str) -> Result<Timescales, Vec<String>> {
        let read = |all: &Fields<'_>| {
            let mut found = Vec::new();
            all.list("clocks", &mut |one| found.extend(timescale(one)));
            for clock in ClockCode::ALL {
                if found.iter().filter(|one: &&Timescale| one.clock == *clock).count() != 1 {
                    all.wrong("clocks", &["exactly one `", clock.as_str(), "` is needed"].concat());
                }
            }
            Timescales(found)
        };
        read_data(json, read).map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
    }

    /// How long a clock may run.
    #[must_use]
    pub fn get(&self, clock: ClockCode) -> Option<&Timescale> {
        self.0.iter().find(|one| one.clock == clock)
    }

    /// With an authority's own. A statutory limit is not lengthened: that change is refused and named.
    ///
    /// # Errors
    /// The clocks whose statutory limit would be passed.
    pub fn with(mut self, changes: &[Timescale]) -> Result<Timescales, Vec<ClockCode>> {
        let mut refused = Vec::new();
        for change in changes {
            let Some(known) = self.0.iter_mut().find(|known| known.clock == change.clock) else { continue };
            if known.is_statutory && !change.limit.is_within(known.limit) {
                refused.push(change.clock);
                continue;
            }
            *known = Timescale { is_statutory: known.is_statutory, ..change.clone() };
        }
        if refused.is_empty() { Ok(self) } else { Err(refused) }
    }
}

/// The last day for which bank holidays are known, where that is not as far as the clocks reach that begin on a day.
#[must_use]
pub fn ends_early(timescales: &Timescales, bank_holidays: &BankHolidays, today: Date) -> Option<Date> {
    let due = |scale: &Timescale| due_on(today, scale.limit, &[], bank_holidays, !scale.is_statutory);
    timescales.0.iter().filter_map(due).find_map(|due| due.known_until)
}

/// Reads one. `None` where what is wrong has been said.
pub(crate) fn timescale(given: &Fields<'_>) -> Option<Timescale> {
    let codes: Vec<&str> = ClockCode::ALL.iter().map(|code| code.as_str()).collect();
    let clock = given.choice("code", &codes, true).and_then(|at| ClockCode::ALL.get(at)).copied();
    let limit = length(given, "limit", "unit", true);
    let hard = length(given, "hard", "hard_unit", false);
    let soon = given.optional_number("soon").unwrap_or_default();
    if soon > Length::LONGEST {
        given.wrong("soon", "give at most 365 days");
    }
    let is_statutory = given.optional_flag("statutory");
    let source = given.text("source");
    Some(Timescale { clock: clock?, limit: limit?, hard, soon, is_statutory, source })
}

fn length(given: &Fields<'_>, name: &'static str, unit: &'static str, is_needed: bool) -> Option<Length> {
    let number = given.optional_number(name);
    let unit = given.choice(unit, &Length::UNITS, is_needed || number.is_some());
    match number {
        Some(number) if (1..=Length::LONGEST).contains(&number) => Some(Length::of(number, unit?)),
        None if !is_needed => None,
        _ => {
            given.wrong(name, "give a whole number from 1 to 365");
            None
        }
    }
}
