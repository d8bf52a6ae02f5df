//! Which clocks run in an episode, and how urgent each is today. Facts and today's date come from outside; nothing here
//! changes an episode. A clock whose thing has been done, or whose episode is closed, is not there at all.

use assessment_rules::BankHolidays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ClockCode, Closed, DueOn, Timescale, Timescales, day::is_closed, due_on};

/// What happened in an episode, as far as clocks must know. Only days: what happened has no words here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    /// When it began.
    pub began: Option<Date>,
    /// When somebody looked for an episode that is there already.
    pub searched: Option<Date>,
    /// When the first assessment was sent.
    pub assessed: Option<Date>,
    /// When it was shared with the family.
    pub shared: Option<Date>,
    /// When needs were last assessed.
    pub last_assessed: Option<Date>,
    /// Meetings that were not cancelled.
    pub meetings: Vec<MeetingEvent>,
    /// When the plan was agreed.
    pub plan_agreed: Option<Date>,
    /// The days on which it was reviewed, the earliest first.
    pub reviews: Vec<Date>,
    /// The day of the next review, as agreed with the family.
    pub next_review: Option<Date>,
    /// Actions of the plan that are not settled.
    pub actions: Vec<Owed>,
    /// A referral that is not answered.
    pub referral: Option<Referral>,
    /// Times in which the episode was closed.
    pub closed: Vec<Closed>,
}

/// A meeting, as clocks know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingEvent {
    /// Its number.
    pub number: u32,
    /// The day.
    pub on: Date,
    /// Whether the minutes are finished.
    pub is_written: bool,
    /// Whether they were sent.
    pub is_sent: bool,
}

/// An action that somebody owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owed {
    /// Its id in the plan.
    pub action: String,
    /// Who owes it, by the team's own id. `None` for somebody of the family.
    pub owner: Option<String>,
    /// By when.
    pub by: Date,
}

/// A referral to social care that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referral {
    /// The day on which somebody phoned or wrote.
    pub on: Date,
    /// Whether the written form was sent.
    pub is_written: bool,
}

/// How urgent a clock is today, the least urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// On a later day.
    Later,
    /// Within the days that count as soon.
    Soon,
    /// Today.
    Today,
    /// It should have been done.
    Overdue,
    /// The hard limit has passed as well.
    Hard,
}

impl Urgency {
    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Urgency::Later => "later",
            Urgency::Soon => "soon",
            Urgency::Today => "today",
            Urgency::Overdue => "overdue",
            Urgency::Hard => "hard",
        }
    }
}

/// What a clock or a promise is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The episode.
    Episode,
    /// A meeting, by its number.
    Meeting(u32),
    /// An action of the plan, by its id, and who owes it.
    Action(Owed),
}

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Which; `None` for an action, which has a date and no timescale.
    pub clock: Option<ClockCode>,
    /// What about.
    pub about: About,
    /// When it is due.
    pub due: DueOn,
    /// When it becomes a hard warning.
    pub hard: Option<Date>,
    /// How urgent it is today.
    pub urgency: Urgency,
}

/// How many days before its date an action is due soon.
const ACTION_SOON: u32 = 7;

/// The clocks that run, the most urgent first, then by day. None while the episode is closed.
#[must_use]
pub fn running(
    events: &Events,
    timescales: &Timescales,
    bank_holidays: &BankHolidays,
    today: Date,
) -> Vec<Running> {
    if events.closed.iter().any(|time| time.until.is_none()) {
        return Vec::new();
    }
    let view = View { events, timescales, bank_holidays, today };
    let mut found: Vec<Running> = view.clocks().chain(view.actions()).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.urgency), one.due.day));
    found
}

struct View<'a> {
    events: &'a Events,
    timescales: &'a Timescales,
    bank_holidays: &'a BankHolidays,
    today: Date,
}

impl View<'_> {
    /// Each clock with the day from which it runs, where it does.
    fn clocks(&self) -> impl Iterator<Item = Running> {
        let events = self.events;
        let until = |since: Option<Date>, done: bool| since.filter(|_| !done);
        let has_met = events.meetings.iter().any(|meeting| meeting.on <= self.today);
        let last_review = self.last_review();
        let referred = events.referral.map(|referral| referral.on);
        let to_write = events.referral.filter(|referral| !referral.is_written).map(|referral| referral.on);
        let of_episode = [
            (
                ClockCode::ExistingSearch,
                until(events.began, events.searched.is_some() || events.assessed.is_some()),
            ),
            (ClockCode::AssessmentWritten, until(events.began, events.assessed.is_some())),
            (ClockCode::AssessmentShared, until(events.began, events.shared.is_some())),
            (ClockCode::FirstMeeting, until(events.assessed, has_met || events.plan_agreed.is_some())),
            (ClockCode::FirstReview, until(events.plan_agreed, !events.reviews.is_empty())),
            (ClockCode::NextReview, last_review),
            (ClockCode::AssessAgain, events.last_assessed.or(events.assessed)),
            (ClockCode::ReferralWritten, to_write),
            (ClockCode::ReferralAnswer, referred),
            (ClockCode::AskAgain, referred),
        ];
        let of_episode = of_episode.into_iter().filter_map(|(clock, since)| {
            let is_review = matches!(clock, ClockCode::FirstReview | ClockCode::NextReview);
            let agreed = events.next_review.filter(|_| is_review);
            self.clock(clock, About::Episode, since?, agreed)
        });
        let of_meetings =
            events.meetings.iter().filter(|meeting| meeting.on <= self.today).flat_map(|meeting| {
                let minutes = (!meeting.is_written).then_some(ClockCode::Minutes);
                let sent = (!meeting.is_sent).then_some(ClockCode::MinutesSent);
                let clocks = minutes.into_iter().chain(sent);
                clocks.filter_map(|clock| self.clock(clock, About::Meeting(meeting.number), meeting.on, None))
            });
        of_episode.chain(of_meetings).collect::<Vec<_>>().into_iter()
    }

    /// The day from which the next review is counted, where there was one: each from the one before, as
    /// [`DueOn::counts_from`] says.
    fn last_review(&self) -> Option<Date> {
        let mut scale = self.timescales.get(ClockCode::FirstReview);
        let mut since = self.events.plan_agreed;
        for held in &self.events.reviews {
            let due = scale.zip(since).and_then(|(scale, since)| self.due(scale, since));
            since = Some(due.map_or(*held, |due| due.counts_from(*held)));
            scale = self.timescales.get(ClockCode::NextReview);
        }
        since.filter(|_| !self.events.reviews.is_empty())
    }

    fn due(&self, scale: &Timescale, since: Date) -> Option<DueOn> {
        due_on(since, scale.limit, &self.events.closed, self.bank_holidays, !scale.is_statutory)
    }

    fn clock(&self, clock: ClockCode, about: About, since: Date, agreed: Option<Date>) -> Option<Running> {
        let scale = self.timescales.get(clock)?;
        // What was agreed with the family counts, wherever it is: it is a promise, which ended if the episode was closed then.
        let due = match agreed {
            Some(day) if day > since && !is_closed(day, &self.events.closed) => DueOn::agreed(day),
            _ => self.due(scale, since)?,
        };
        let hard = |length| due_on(since, length, &self.events.closed, self.bank_holidays, false);
        let hard = scale.hard.and_then(hard).map(|due| due.day);
        let urgency = self.urgency(due.day, hard, scale.soon);
        Some(Running { clock: Some(clock), about, due, hard, urgency })
    }

    fn actions(&self) -> impl Iterator<Item = Running> {
        self.events.actions.iter().map(|owed| {
            let urgency = self.urgency(owed.by, None, ACTION_SOON);
            let due = DueOn::agreed(owed.by);
            Running { clock: None, about: About::Action(owed.clone()), due, hard: None, urgency }
        })
    }

    fn urgency(&self, due: Date, hard: Option<Date>, soon: u32) -> Urgency {
        let today = self.today;
        let is_soon = || {
            let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
            days.take(usize::try_from(soon).unwrap_or_default() + 1).any(|day| day == due)
        };
        match hard {
            Some(hard) if today > hard => Urgency::Hard,
            _ if today > due => Urgency::Overdue,
            _ if today == due => Urgency::Today,
            _ if is_soon() => Urgency::Soon,
            _ => Urgency::Later,
        }
    }
}
