//! One indicator of the pack beside what was answered: whether it applies, in which of the three sets it is, and its
//! level there.

use crate::answers::Answers;
use crate::facts::{Age, Facts};

use super::source::{Ages, RaisedWhen};
use super::{Indicator, Level, RulePack};

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
    /// A mark as typed. In a box with status "no concern" a blank counts as no. What is no mark at all counts as
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

    pub(super) fn is_in(self, set: Set) -> bool {
        match self {
            Mark::Yes => true,
            Mark::Unsure => set >= Set::Possible,
            Mark::Blank => set == Set::NotRuledOut,
            Mark::No => false,
        }
    }
}

/// An indicator with its answer.
pub(super) struct Concern<'a> {
    pub(super) indicator: &'a Indicator,
    /// Its position in the pack.
    pub(super) index: usize,
    pub(super) mark: Mark,
    /// Why it is set aside, if it is.
    pub(super) set_aside: Option<&'static str>,
}

impl Concern<'_> {
    /// Whether it counts in `set`.
    pub(super) fn is_in(&self, set: Set) -> bool {
        self.set_aside.is_none() && !self.indicator.strength && self.mark.is_in(set)
    }
}

/// All indicators of the pack with their answers, in list order, so that position `i` is indicator `i`.
pub(super) fn concerns<'a>(answers: &Answers, facts: &Facts, pack: &'a RulePack) -> Vec<Concern<'a>> {
    pack.indicators()
        .iter()
        .zip(&pack.parts.boxes)
        .enumerate()
        .map(|(index, (indicator, element))| {
            let mark = answers.elements.at(*element).map_or(Mark::Blank, |element| {
                let text = element.indicators.get(&indicator.id).map(String::as_str);
                Mark::of(text, element.status == "no_concern")
            });
            let set_aside = indicator.set_aside(answers, facts);
            Concern { indicator, index, mark, set_aside }
        })
        .collect()
}

impl Indicator {
    /// Why the child's age puts this indicator aside, if it does: `too-young`, `too-old`, `unborn` or `born`.
    #[must_use]
    pub fn set_aside(&self, answers: &Answers, facts: &Facts) -> Option<&'static str> {
        let disabled = answers.identifying_details.disabled == "yes";
        self.applies.as_ref().and_then(|ages| outside(ages, facts.age, disabled))
    }
}

/// Why `age` lies outside `ages`; `None` where it lies inside or may do so.
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

/// Whether a child of `age` is within `ages`, for certain or possibly.
pub(super) fn may_be_within(ages: &Ages, age: Age) -> bool {
    match age {
        Age::Born { .. } => outside(ages, age, false).is_none(),
        Age::Unborn | Age::Unknown => false,
    }
}

/// What raised a level, as it stands in the outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RaisedBy(pub(super) String);

/// The level of `concern` in `set`, and what raised it to there. "Alone" is decided by the whole set: see
/// [`levels_in_set`].
fn level_of(
    concern: &Concern<'_>,
    set: Set,
    all: &[Concern<'_>],
    answers: &Answers,
    facts: &Facts,
    pack: &RulePack,
    mut raised_by: Option<&mut Vec<RaisedBy>>,
) -> Level {
    let mut level = concern.indicator.level;
    let named = pack.parts.raised_by.get(concern.index);
    for (nth, raised) in concern.indicator.raised.iter().enumerate() {
        let members = named.and_then(|named| named.get(nth)).map_or(&[][..], Vec::as_slice);
        if !holds(&raised.when, members, set, all, answers, facts) {
            continue;
        }
        if let Some(list) = raised_by.as_deref_mut() {
            list.push(RaisedBy(describe(&raised.when, members, set, all)));
        }
        level = level.max(raised.to);
    }
    level
}

fn holds(
    when: &RaisedWhen,
    members: &[usize],
    set: Set,
    all: &[Concern<'_>],
    answers: &Answers,
    facts: &Facts,
) -> bool {
    let unknown = facts.age == Age::Unknown && set == Set::NotRuledOut;
    if let Some(below) = when.below_months {
        matches!(facts.age, Age::Born { youngest, .. } if youngest < below) || unknown
    } else if when.unborn {
        facts.age == Age::Unborn || unknown
    } else if let Some(code) = &when.disability {
        answers.identifying_details.disability.contains(code)
    } else {
        members.iter().any(|member| all.get(*member).is_some_and(|other| other.is_in(set)))
    }
}

fn describe(when: &RaisedWhen, members: &[usize], set: Set, all: &[Concern<'_>]) -> String {
    if let Some(below) = when.below_months {
        format!("below_months:{below}")
    } else if when.unborn {
        "unborn".to_owned()
    } else if let Some(code) = &when.disability {
        format!("disability:{code}")
    } else {
        let present = members.iter().filter_map(|member| all.get(*member)).find(|other| other.is_in(set));
        present.map(|other| other.indicator.id.clone()).unwrap_or_default()
    }
}

/// The levels of every concern that counts in `set`, by position; `None` for the others.
pub(super) fn levels_in_set(
    set: Set,
    all: &[Concern<'_>],
    answers: &Answers,
    facts: &Facts,
    pack: &RulePack,
) -> Vec<Option<Level>> {
    let mut levels: Vec<Option<Level>> = all
        .iter()
        .map(|concern| concern.is_in(set).then(|| level_of(concern, set, all, answers, facts, pack, None)))
        .collect();
    // Every concern stands at L2 or higher, so "no other concern in the set" is "no other at L2 or higher".
    let mut present = levels.iter_mut().zip(all).filter(|(level, _)| level.is_some());
    if let (Some((level, concern)), None) = (present.next(), present.next())
        && let Some(alone) = concern.indicator.alone
    {
        *level = Some(alone);
    }
    levels
}

/// What raised or lowered the level of one concern in `set`.
pub(super) fn raised_by(
    concern: &Concern<'_>,
    set: Set,
    level: Level,
    all: &[Concern<'_>],
    answers: &Answers,
    facts: &Facts,
    pack: &RulePack,
) -> Vec<RaisedBy> {
    let mut list = Vec::new();
    let full = level_of(concern, set, all, answers, facts, pack, Some(&mut list));
    if level < full {
        list.push(RaisedBy("alone".to_owned()));
    }
    list
}
