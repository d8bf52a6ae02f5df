//! What take-up counts of one episode: days and codes. No name, no id, and nothing that anybody wrote.

use jiff::civil::Date;

use super::{Measure, Recorded, Split};
use crate::episode::{Episode, State, StateName, Step};
use crate::moment::Moment;

/// What an episode adds to the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What happened, in any order.
    pub events: Vec<Event>,
    /// The code of the cluster; `None` where it is not known or must not be.
    pub cluster: Option<String>,
    /// The organisation that holds the episode.
    pub agency: Option<String>,
    /// The organisation of the lead professional.
    pub lead_agency: Option<String>,
    /// The code of the main need.
    pub need: Option<String>,
}

/// Something that happened and is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub measure: Measure,
    /// When, as the day in England.
    pub on: Date,
    /// How many days after the episode was opened.
    pub days: u32,
    /// Why it was closed, or how scores changed.
    pub code: Option<String>,
}

/// What [`Facts::of`] fills in. Meetings, plans, reviews, scores and barriers are not read from an episode.
pub const RECORDED: Recorded = Recorded {
    measures: &[Measure::Started, Measure::Completed, Measure::Closed],
    splits: &[Split::Month, Split::Cluster, Split::Agency, Split::Reason],
};

impl Facts {
    /// The facts of an episode, with the day of a moment. `None` of one that is part of another, which counts there.
    #[must_use]
    pub fn of(episode: &Episode, cluster: Option<String>, day: impl Fn(Moment) -> Date) -> Option<Self> {
        if episode.state().name() == StateName::Merged {
            return None;
        }
        let history = episode.history();
        let opened = day(history.first()?.stamp.at);
        let last_closed = history.iter().rposition(|one| one.step == Step::Closed);
        let event = |measure, at: Moment, code: Option<String>| {
            let on = day(at);
            let days = opened.until(on).map_or(0, |span| span.get_days());
            Event { measure, on, days: u32::try_from(days).unwrap_or(0), code }
        };
        let mut events = vec![event(Measure::Started, history.first()?.stamp.at, None)];
        let completed =
            history.iter().find(|one| matches!(one.step, Step::Sent { .. }) && is_assessment(one.then));
        events.extend(completed.map(|one| event(Measure::Completed, one.stamp.at, None)));
        for (index, one) in history.iter().enumerate().filter(|(_, one)| one.step == Step::Closed) {
            // Of a closure that was undone the reason is no longer in the episode.
            let reason = match episode.state() {
                State::Closed { closure, .. } if Some(index) == last_closed => Some(closure.reason()),
                _ => None,
            };
            events.push(event(Measure::Closed, one.stamp.at, reason.map(|reason| reason.code().to_owned())));
        }
        let agency = Some(episode.holder().code().to_owned());
        Some(Self { events, cluster, agency, lead_agency: None, need: None })
    }
}

/// Whether what was sent was an assessment: before the family agreed, or after it said no, it is the record of that.
const fn is_assessment(then: StateName) -> bool {
    !matches!(then, StateName::Enquiry | StateName::ConsentPending | StateName::Declined)
}
