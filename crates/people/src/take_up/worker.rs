//! Somebody who wrote assessments or led, as take-up counts people: when, for whom, and whether their own page had a day of
//! training by then. No name. Not what anybody should know: that somebody has written no day says nothing about them.

use jiff::civil::Date;

use super::{Event, Facts, Measure, Quarter};

/// What somebody did in an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// They sent an assessment, or a new version of one.
    Wrote(Date),
    /// They were its lead professional from the first day to the last. A last day that is to come is left as it is.
    Led(Date, Date),
}

impl Did {
    /// The last day of the quarter on which they did it; `None` where they did not.
    fn last_in(self, quarter: Quarter) -> Option<Date> {
        let (first, last) = match self {
            Self::Wrote(on) => (on, on),
            Self::Led(from, until) => (from, until),
        };
        let last = last.min(quarter.last_day());
        (first <= last && last >= quarter.first_day()).then_some(last)
    }
}

/// Somebody who worked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worker {
    /// What they did, and for which organisation.
    pub did: Vec<(Did, Option<String>)>,
    /// Each revision of their own page, oldest first: the day on which it was saved, and the first day on which they can have
    /// been trained by what it says; `None` where it does not say when.
    pub pages: Vec<(Date, Option<Date>)>,
}

impl Worker {
    /// What they add to the numbers of a quarter, by their page as it was at the end of it. `None` where they neither wrote
    /// nor led in it.
    #[must_use]
    pub fn facts(&self, quarter: Quarter) -> Option<Facts> {
        let done = self.did.iter().filter_map(|(did, agency)| Some((did.last_in(quarter)?, agency)));
        let (on, agency) = done.max_by_key(|(on, _)| *on)?;
        let end = quarter.last_day();
        let page = self.pages.iter().rfind(|(saved, _)| *saved <= end);
        let is_trained = page.is_some_and(|(_, trained)| trained.is_some_and(|trained| trained <= end));
        let measure = if is_trained { Measure::Trained } else { Measure::TrainingNotRecorded };
        let event = Event { measure, on, late: false, days: 0, code: None };
        Some(Facts { events: vec![event], agency: agency.clone(), ..Facts::default() })
    }
}
