//! What take-up counts of one episode, or of somebody who worked: days and codes. No name, no id, and nothing that anybody wrote.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Measure, Quarter, Recorded, ScoreChange, Split};
use crate::episode::{Closure, Episode, Happened, StateName, Step};
use crate::moment::Moment;

/// What an episode, or somebody who worked, adds to the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What happened, in any order.
    pub events: Vec<Event>,
    /// The code of the cluster; `None` where it is not known or must not be.
    pub cluster: Option<String>,
    /// The organisation that holds the episode, or for which somebody worked.
    pub agency: Option<String>,
    /// The organisation of the lead professional.
    pub lead_agency: Option<String>,
    /// The code of the main need.
    pub need: Option<String>,
    /// What became of scores, as they are now, by whose they are. Nothing where that is not known.
    pub changes: BTreeMap<Split, ScoreChange>,
}

/// What is counted of what a team wrote, and who led it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teamwork {
    /// Meetings that were held.
    pub meetings: Vec<TookPlace>,
    /// Reviews that were held and finished.
    pub reviews: Vec<TookPlace>,
    /// What stood in the way of help, as finished reviews say it.
    pub barriers: Vec<(TookPlace, Barrier)>,
    /// The organisation of the lead professional.
    pub lead_agency: Option<String>,
    /// For each goal with two scores of the child, how the last compares with the first.
    pub child: Vec<Ordering>,
    /// The same of parents and carers.
    pub parent: Vec<Ordering>,
    /// The same of the practitioner.
    pub practitioner: Vec<Ordering>,
}

/// Something that was held, and when somebody finished writing it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TookPlace {
    /// The day on which it was held.
    pub on: Date,
    /// The day on which it was finished.
    pub written: Date,
}

impl TookPlace {
    /// Whether it was written up after the quarter in which it was held. What was published of that quarter never changes, so
    /// it counts in the quarter in which it was written up.
    #[must_use]
    pub fn is_late(self) -> bool {
        Quarter::of(self.written) > Quarter::of(self.on)
    }

    /// The day by which it counts.
    fn counted(self) -> Date {
        if self.is_late() { self.written } else { self.on }
    }
}

/// What stood in the way of help, as far as a form has a code for it. Not why an episode was closed: that is a table of its
/// own, and a number that is hidden there must not be shown here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// The family did not agree, or took its agreement back. The two are one: how many took it back is close to how many
    /// episodes were closed for it.
    NoAgreement,
    /// A review was not held.
    ReviewNotHeld,
    /// A review found an action that could not go on.
    ActionBlocked,
}

impl Barrier {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAgreement => "no_agreement",
            Self::ReviewNotHeld => "review_not_held",
            Self::ActionBlocked => "action_blocked",
        }
    }
}

/// Something that happened and is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub measure: Measure,
    /// When, as the day in England; of what was written up late, the day on which it was.
    pub on: Date,
    /// Whether it was written up late: see [`TookPlace::is_late`].
    pub late: bool,
    /// How many days after the episode was opened.
    pub days: u32,
    /// Why it was closed, or what stood in the way.
    pub code: Option<String>,
}

/// What [`Facts::of`] and [`super::Worker::facts`] fill in. Main needs are recorded nowhere.
pub const RECORDED: Recorded = Recorded {
    measures: &[
        Measure::Started,
        Measure::Completed,
        Measure::FirstMeeting,
        Measure::PlanAgreed,
        Measure::Reviewed,
        Measure::Closed,
        Measure::Outcome,
        Measure::Barrier,
        Measure::Trained,
        Measure::TrainingNotRecorded,
    ],
    splits: &[
        Split::Month,
        Split::Cluster,
        Split::Agency,
        Split::LeadAgency,
        Split::Reason,
        Split::Barrier,
        Split::WrittenUp,
        Split::ChildChange,
        Split::ParentChange,
        Split::PractitionerChange,
    ],
};

/// From which day on there are records at all. Earlier, nobody knows: what was not recorded is no 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The first episode was opened.
    pub opened: Date,
    /// The first team wrote something; `None` where none has.
    pub team: Option<Date>,
    /// Somebody saved their own page, where they can say when they were trained; `None` where nobody has.
    pub pages: Option<Date>,
}

impl Since {
    /// From which day on. `wrote` is the day on which the first team saved something, `pages` that of the first own page.
    /// `None` where there is no episode.
    #[must_use]
    pub fn of(facts: &[Facts], wrote: Option<Date>, pages: Option<Date>) -> Option<Self> {
        // What families say is known without a team.
        let is_written_by_team = |measure: Measure| measure.is_of_team() && measure != Measure::Barrier;
        let first = |is_counted: fn(Measure) -> bool| {
            let events = facts.iter().flat_map(|one| &one.events);
            events.filter(|event| is_counted(event.measure)).map(|event| event.on).min()
        };
        let opened = first(|measure| measure == Measure::Started)?;
        // A meeting may have been held before anybody wrote it down here.
        let team = wrote.into_iter().chain(first(is_written_by_team)).min();
        Some(Self { opened, team, pages })
    }

    pub(super) fn measure(self, measure: Measure) -> Option<Date> {
        if measure.is_of_people() {
            self.pages
        } else if measure.is_of_team() {
            self.team
        } else {
            Some(self.opened)
        }
    }

    pub(super) fn split(self, split: Split) -> Option<Date> {
        if split.is_of_team() { self.team } else { Some(self.opened) }
    }
}

impl Facts {
    /// The facts of an episode, with the day of a moment. `None` of one that is part of another, which counts there.
    #[must_use]
    pub fn of(
        episode: &Episode,
        cluster: Option<String>,
        teamwork: Teamwork,
        day: impl Fn(Moment) -> Date,
    ) -> Option<Self> {
        if episode.state().name() == StateName::Merged {
            return None;
        }
        let history = episode.history();
        let opened = day(history.first()?.stamp.at);
        let event = |measure, on: Date, code: Option<&str>| {
            // A meeting may have been before the episode was opened here.
            let days = opened.until(on).map_or(0, |span| span.get_days());
            let (days, code) = (u32::try_from(days).unwrap_or(0), code.map(str::to_owned));
            Event { measure, on, late: false, days, code }
        };
        let held = |measure, held: TookPlace| Event {
            on: held.counted(),
            late: held.is_late(),
            ..event(measure, held.on, None)
        };
        let first =
            |is_it: fn(&Happened) -> bool| history.iter().find(|one| is_it(one)).map(|one| day(one.stamp.at));
        let completed = first(|one| matches!(one.step, Step::Sent { .. }) && is_assessment(one.then));
        let agreed = first(|one| one.step == Step::PlanAgreed);
        let once = [
            (Measure::Started, Some(opened)),
            (Measure::Completed, completed),
            (Measure::PlanAgreed, agreed),
        ];
        let once = once.into_iter().filter_map(|(measure, on)| Some(event(measure, on?, None)));
        // The first by which it counts: one that turns up late takes nothing from what was published.
        let first_meeting = teamwork.meetings.iter().min_by_key(|one| (one.counted(), one.on));
        let first_meeting = first_meeting.map(|first| held(Measure::FirstMeeting, *first));
        let reviews = teamwork.reviews.iter().map(|review| held(Measure::Reviewed, *review));
        let barrier = |what: Barrier, event: Event| Event { code: Some(what.code().to_owned()), ..event };
        let said_no = history.iter().filter(|one| matches!(one.step, Step::Refused | Step::Withdrawn));
        let said_no = said_no
            .map(|one| barrier(Barrier::NoAgreement, event(Measure::Barrier, day(one.stamp.at), None)));
        let met = teamwork.barriers.iter().map(|(on, what)| barrier(*what, held(Measure::Barrier, *on)));
        let ends = history.iter().filter(|one| matches!(one.step, Step::Closed | Step::TransferFinished));
        let closed = ends.zip(closures(episode)).flat_map(|(one, why)| {
            let (on, code) = (day(one.stamp.at), why.map(|closure| closure.reason().code()));
            [event(Measure::Closed, on, code), event(Measure::Outcome, on, None)]
        });
        let events =
            once.chain(first_meeting).chain(reviews).chain(said_no).chain(met).chain(closed).collect();
        let agency = Some(episode.holder().code().to_owned());
        let (lead_agency, changes) = (teamwork.lead_agency.clone(), changes(&teamwork));
        Some(Self { events, cluster, agency, lead_agency, need: None, changes })
    }
}

/// How the episode ended each time, oldest first. `None` of one that was undone before that was kept.
fn closures(episode: &Episode) -> impl Iterator<Item = Option<&Closure>> {
    let undone = episode.history().iter().filter_map(|one| match &one.step {
        Step::Reopened { ended, .. } => Some(ended.as_deref()),
        _ => None,
    });
    undone.chain([episode.state().closure()])
}

/// What became of scores. Nobody's score counts for another's.
fn changes(Teamwork { child, parent, practitioner, .. }: &Teamwork) -> BTreeMap<Split, ScoreChange> {
    let all = [
        (Split::ChildChange, ScoreChange::of(child)),
        (Split::ParentChange, ScoreChange::of(parent)),
        (Split::PractitionerChange, ScoreChange::of(practitioner)),
    ];
    all.into_iter().filter_map(|(split, change)| Some((split, change?))).collect()
}

/// Whether what was sent was an assessment: before the family agreed, or after it said no, it is the record of that.
const fn is_assessment(then: StateName) -> bool {
    !matches!(then, StateName::Enquiry | StateName::ConsentPending | StateName::Declined)
}
