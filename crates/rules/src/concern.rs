//! The indicators of a pack beside what was answered: which of them count in each of the three sets, and at which level.

use super::holds::{Known, SetLevels, Test};
use super::pack::HARM_ACTION;
use super::source::Ages;
use super::{Age, Indicator, Level, Record, RulePack};
use jiff::civil::Date;

/// The three ways to count what is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Set {
    /// Answered yes.
    Certain,
    /// Yes or unsure.
    Possible,
    /// Yes, unsure or blank; an age that is not known counts as holding.
    NotRuledOut,
}

impl Set {
    pub(super) const ALL: [Set; 3] = [Set::Certain, Set::Possible, Set::NotRuledOut];

    pub(super) fn name(self) -> &'static str {
        match self {
            Set::Certain => "certain",
            Set::Possible => "possible",
            Set::NotRuledOut => "not_ruled_out",
        }
    }

    /// Where the opposite of something is looked for: only what cannot even be ruled out is certainly absent.
    pub(super) fn other_side(self) -> Set {
        match self {
            Set::Certain => Set::NotRuledOut,
            Set::Possible | Set::NotRuledOut => Set::Certain,
        }
    }
}

/// The answer to one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Yes,
    Unsure,
    Blank,
    No,
}

impl Mark {
    /// A mark as typed. In an element with status "no concern" a blank counts as no. What is no mark at all counts as
    /// blank: unknown is never "no".
    fn of(text: Option<&str>, no_concern: bool) -> Mark {
        match text {
            Some("yes") => Mark::Yes,
            Some("unsure") => Mark::Unsure,
            Some("no") => Mark::No,
            None | Some("") if no_concern => Mark::No,
            _ => Mark::Blank,
        }
    }

    #[inline]
    pub(super) fn is_in(self, set: Set) -> bool {
        match self {
            Mark::Yes => true,
            Mark::Unsure => set >= Set::Possible,
            Mark::Blank => set == Set::NotRuledOut,
            Mark::No => false,
        }
    }
}

/// Why an indicator counts for nothing that the pack has ended.
pub(super) const NOT_IN_FORCE: &str = "not-in-force";

/// An indicator with its answer. In list order: position `i` is indicator `i` of the pack.
pub(super) struct Concern {
    pub(super) mark: Mark,
    /// Why it counts for nothing, if it does not: outside its age, or `not-in-force` on that day.
    pub(super) set_aside: Option<&'static str>,
    /// An indicator of concern that is not set aside.
    in_play: bool,
}

impl Concern {
    /// Answered yes or unsure, and set aside by age alone: its warning is still to be checked.
    pub(super) fn is_answered_outside_its_age(&self) -> bool {
        matches!(self.mark, Mark::Yes | Mark::Unsure)
            && self.set_aside.is_some_and(|because| because != NOT_IN_FORCE)
    }

    #[inline]
    fn counts_in(&self, set: Set) -> bool {
        self.in_play && self.mark.is_in(set)
    }
}

/// A record as evaluation sees it.
pub(super) struct View<'a> {
    pub(super) record: &'a dyn Record,
    pub(super) age: Age,
    pub(super) pack: &'a RulePack,
    /// The day whose rules are in force.
    pub(super) day: Date,
    pub(super) concerns: Vec<Concern>,
}

impl<'a> View<'a> {
    pub(super) fn new(record: &'a dyn Record, today: Date, pack: &'a RulePack) -> View<'a> {
        View::at_age(record, record.age(today), pack.day(today), pack)
    }

    /// The record as it would be with the child of this age.
    pub(super) fn at_age(record: &'a dyn Record, age: Age, day: Date, pack: &'a RulePack) -> View<'a> {
        let vocabulary = pack.vocabulary();
        let disabled = vocabulary.disabled.is_some_and(|question| has(record.codes(question), "yes"));
        let mut concerns = Vec::with_capacity(pack.indicators().len());
        let mut rest = pack.indicators().iter().zip(&pack.parts.elements);
        // Indicators of one element follow each other, mostly in the order of its marks.
        for run in pack.parts.elements.chunk_by(PartialEq::eq) {
            let at = run.first().copied().unwrap_or_default();
            let marks = record.marks(at);
            let no_concern = vocabulary.elements.get(at).and_then(|element| element.no_concern.as_ref());
            let no_concern = no_concern.is_some_and(|(question, code)| has(record.codes(*question), code));
            let mut in_order = marks.into_iter().flatten().peekable();
            for (indicator, _) in rest.by_ref().take(run.len()) {
                let text = match in_order.next_if(|(id, _)| **id == indicator.id) {
                    Some((_, text)) => Some(text),
                    None => marks.and_then(|marks| marks.get(&indicator.id)),
                };
                let mark = if marks.is_some() {
                    Mark::of(text.map(String::as_str), no_concern)
                } else {
                    Mark::Blank
                };
                let ended = (!indicator.dated.covers(day)).then_some(NOT_IN_FORCE);
                let set_aside = ended.or_else(|| indicator.set_aside(age, disabled));
                let in_play = set_aside.is_none() && !indicator.strength;
                concerns.push(Concern { mark, set_aside, in_play });
            }
        }
        View { record, age, pack, day, concerns }
    }

    /// Whether the indicator at `position` counts in `set`.
    pub(super) fn counts(&self, position: usize, set: Set) -> bool {
        self.concerns.get(position).is_some_and(|concern| concern.counts_in(set))
    }

    /// The indicators that count in `set`, with their positions.
    pub(super) fn counted(&self, set: Set) -> impl Iterator<Item = (usize, &'a Indicator)> {
        let all = self.pack.indicators().iter().zip(&self.concerns).enumerate();
        all.filter(move |(_, (_, concern))| concern.counts_in(set))
            .map(|(at, (indicator, _))| (at, indicator))
    }

    /// The indicators that could count, with their positions and marks.
    pub(super) fn in_play(&self) -> impl Iterator<Item = (usize, Mark)> {
        let all = self.concerns.iter().enumerate();
        all.filter(|(_, concern)| concern.in_play).map(|(at, concern)| (at, concern.mark))
    }

    /// The levels of every concern that counts in `set`.
    pub(super) fn levels(&self, set: Set) -> SetLevels {
        let mut levels = vec![None; self.concerns.len()];
        let mut highest = vec![None; self.pack.vocabulary().elements.len()];
        let mut count = 0_usize;
        let mut last = 0;
        // A plain loop: this is the inside of every evaluation, and the form's build does not melt iterators into one.
        for (at, concern) in self.concerns.iter().enumerate() {
            if !concern.counts_in(set) {
                continue;
            }
            let Some(indicator) = self.pack.indicators().get(at) else { continue };
            let level = self.level_of(at, indicator, set);
            (count, last) = (count + 1, at);
            if let Some(slot) = levels.get_mut(at) {
                *slot = Some(level);
            }
            self.note(&mut highest, at, level);
        }
        // Every concern is at L2 or higher, so "no other concern in the set" is "no other at L2 or higher".
        if count == 1
            && let Some(alone) = self.pack.indicators().get(last).and_then(|indicator| indicator.alone)
        {
            if let Some(slot) = levels.get_mut(last) {
                *slot = Some(alone);
            }
            highest.fill(None);
            self.note(&mut highest, last, alone);
        }
        let elements = Level::ALL.map(|level| {
            highest.iter().map(|highest| u32::from(highest.is_some_and(|at| at >= level))).sum()
        });
        SetLevels { levels, elements }
    }

    fn note(&self, highest: &mut [Option<Level>], at: usize, level: Level) {
        let place = self.pack.parts.elements.get(at).and_then(|element| highest.get_mut(*element));
        if let Some(place) = place {
            *place = (*place).max(Some(level));
        }
    }

    /// The level of the indicator at `at` in `set`, before it is known whether it is the only one.
    fn level_of(&self, at: usize, indicator: &Indicator, set: Set) -> Level {
        let tests = self.pack.parts.raised.get(at).map_or(&[][..], Vec::as_slice);
        let mut level = indicator.level;
        for (raised, test) in indicator.raised.iter().zip(tests) {
            if level < raised.to && test.holds(set, self, PRESENCE) {
                level = raised.to;
            }
        }
        level
    }

    /// The level of the indicator at `at` as one of several, raised by nothing but age and answers.
    pub(super) fn lone_level(&self, at: usize) -> Level {
        self.pack
            .indicators()
            .get(at)
            .map_or(Level::L1, |indicator| self.level_of(at, indicator, Set::Certain))
    }

    /// What raised the indicator at `at` to its level in `set`, or lowered it there.
    pub(super) fn raised_by(&self, at: usize, set: Set, level: Level) -> Vec<String> {
        let mut list = Vec::new();
        let Some(indicator) = self.pack.indicators().get(at) else { return list };
        let tests = self.pack.parts.raised.get(at).map_or(&[][..], Vec::as_slice);
        for test in tests.iter().filter(|test| test.holds(set, self, PRESENCE)) {
            self.describe(test, set, &mut list);
        }
        if level < self.level_of(at, indicator, set) {
            list.push("alone".to_owned());
        }
        list
    }

    fn describe(&self, test: &Test, set: Set, list: &mut Vec<String>) {
        match test {
            Test::Born { below, .. } => list.push(format!("below_months:{below}")),
            Test::Unborn => list.push("unborn".to_owned()),
            Test::Answer { question, is, .. } => {
                let path = self.pack.vocabulary().path(*question);
                let name = path.rsplit('.').next().unwrap_or_default();
                list.push([name, ":", is.first().map_or("", String::as_str)].concat());
            }
            Test::Indicators { members, .. } => {
                let present = members.iter().find(|member| self.counts(**member, set));
                let id = present.and_then(|at| self.pack.indicators().get(*at)).map(|other| other.id.clone());
                list.push(id.unwrap_or_default());
            }
            Test::All(parts) => parts.iter().for_each(|part| self.describe(part, set, list)),
            Test::Any(parts) => {
                let held = parts.iter().find(|part| part.holds(set, self, PRESENCE));
                held.into_iter().for_each(|part| self.describe(part, set, list));
            }
            _ => {}
        }
    }
}

/// What modifiers see: which indicators are there, and no levels yet.
const PRESENCE: Known<'_> = Known { levels: None, suggestions: None };

impl Indicator {
    /// The urgent action that it calls for at this level. Harm always has one.
    #[must_use]
    pub fn action_at(&self, level: Level) -> Option<&str> {
        self.action.as_deref().or((level == Level::L4b).then_some(HARM_ACTION))
    }

    /// Why the child's age puts this indicator aside, if it does: `too-young`, `too-old`, `unborn` or `born`.
    #[must_use]
    pub fn set_aside(&self, age: Age, disabled: bool) -> Option<&'static str> {
        self.applies.as_ref().and_then(|ages| outside(ages, age, disabled))
    }
}

/// Whether a code is among those given.
pub(super) fn has(codes: &[String], code: &str) -> bool {
    codes.iter().any(|given| given == code)
}

/// Why `age` is outside `ages`; `None` where it is inside or may be.
fn outside(ages: &Ages, age: Age, disabled: bool) -> Option<&'static str> {
    let below = if disabled { ages.below_if_disabled.or(ages.below) } else { ages.below };
    match age {
        Age::Unknown => None,
        Age::Unborn => ages.from.is_some().then_some("unborn"),
        Age::Born { .. } if ages.unborn_only => Some("born"),
        Age::Born { oldest, .. } if ages.from.is_some_and(|from| oldest < from) => Some("too-young"),
        Age::Born { youngest, .. } if below.is_some_and(|below| youngest >= below) => Some("too-old"),
        Age::Born { .. } => None,
    }
}
