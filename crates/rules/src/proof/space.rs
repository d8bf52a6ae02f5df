//! What there is to try: the situations of a child, and in each of them records with every count of elements at every level
//! that a rule can tell apart.

use std::collections::BTreeSet;

use super::super::concern::{Mark, View};
use super::super::holds::Test;
use super::super::source::Effect;
use super::super::{Level, RulePack, Step};
use super::imagined::{Given, Situation};
use super::{Witness, day};
use jiff::civil::Date;

/// At most so many indicators that rules name are combined in every way, with every count of elements.
const MAX_NAMED: usize = 4;
/// At most so many indicators that hang together are combined in every way, beside at most one other.
const MAX_LINKED: usize = 8;
/// At most so many answers are combined in every way.
const MAX_ANSWERS: usize = 5;
/// At most so many elements are told apart.
const MAX_BOXES: usize = 6;

/// Everything that is tried.
pub(super) struct Space<'a> {
    pub(super) pack: &'a RulePack,
    pub(super) days: Vec<Date>,
    /// In completed months, youngest first.
    pub(super) ages: Vec<u32>,
    /// Each combination of answers to the questions that decide or raise.
    answers: Vec<Vec<Given>>,
    /// Indicators that decision rules name.
    named: Vec<usize>,
    /// Indicators that hang together: those that are raised by others, those others, and those that count less alone.
    linked: Vec<usize>,
    /// How many elements a rule asks for, at most.
    elements: usize,
    pub(super) not_covered: Vec<&'static str>,
}

impl<'a> Space<'a> {
    pub(super) fn of(pack: &'a RulePack) -> Space<'a> {
        let mut limits = BTreeSet::from([1, 300]);
        // Danger now is tried whether or not a rule asks for it.
        let vocabulary = pack.vocabulary();
        let danger = vocabulary.danger.map(|question| (question, "yes".to_owned(), "no".to_owned()));
        let mut questions: BTreeSet<(usize, String, String)> = danger.into_iter().collect();
        let (mut named, mut elements, mut not_covered) = (BTreeSet::new(), 1, Vec::new());
        for indicator in pack.indicators() {
            let ages = indicator.applies.iter();
            limits.extend(ages.flat_map(|ages| [ages.from, ages.below, ages.below_if_disabled]).flatten());
        }
        let deciding = |effect: &Effect| matches!(effect, Effect::Gives(_));
        for (rule, test) in pack.rules().iter().zip(&pack.parts.rules) {
            visit(test, &mut |part| match part {
                Test::Born { from, below } => limits.extend([*from, *below]),
                Test::Level { elements: needed, .. } if deciding(&rule.effect) => {
                    elements = elements.max(*needed as usize);
                }
                Test::Indicators { members, .. } if deciding(&rule.effect) => {
                    named.extend(members.iter().copied())
                }
                Test::Answer { question, is, no, .. } if deciding(&rule.effect) => {
                    let no = no.first().cloned().unwrap_or_default();
                    questions.extend(is.first().map(|is| (*question, is.clone(), no)));
                }
                _ => {}
            });
        }
        let mut linked: BTreeSet<usize> = BTreeSet::new();
        for (at, tests) in pack.parts.raised.iter().enumerate() {
            tests.iter().for_each(|test| {
                visit(test, &mut |part| match part {
                    Test::Born { from, below } => limits.extend([*from, *below]),
                    Test::Indicators { members, .. } => linked.extend(members.iter().copied().chain([at])),
                    Test::Answer { question, is, .. } => {
                        questions.extend(is.first().map(|is| (*question, is.clone(), String::new())));
                    }
                    _ => {}
                });
            });
        }
        let alone = pack.indicators().iter().enumerate().filter(|(_, indicator)| indicator.alone.is_some());
        linked.extend(alone.map(|(at, _)| at));
        if pack.indicators().iter().any(|i| i.applies.is_some_and(|ages| ages.below_if_disabled.is_some())) {
            questions.extend(vocabulary.disabled.map(|question| (question, "yes".into(), "no".into())));
        }
        if elements > MAX_BOXES {
            not_covered.push("boxes");
        }
        if named.len() > MAX_NAMED || linked.len() > MAX_LINKED {
            not_covered.push("named-signs");
        }
        if questions.len() > MAX_ANSWERS {
            not_covered.push("answers");
        }
        // In the order of their paths, so that what is left out does not depend on the form's order.
        let mut questions: Vec<_> = questions.into_iter().collect();
        questions.sort_by(|(one, is, no), (other, is_other, no_other)| {
            (vocabulary.path(*one), is, no).cmp(&(vocabulary.path(*other), is_other, no_other))
        });
        let ages: BTreeSet<u32> = limits
            .into_iter()
            .filter(|limit| *limit < 1200)
            .flat_map(|limit| [limit.saturating_sub(1), limit])
            .collect();
        Space {
            pack,
            days: pack.days_of_change(),
            ages: ages.into_iter().collect(),
            answers: combinations(questions.get(..MAX_ANSWERS).unwrap_or(&questions)),
            named: named.into_iter().take(MAX_NAMED).collect(),
            linked: linked.into_iter().take(MAX_LINKED).collect(),
            elements: elements.min(MAX_BOXES),
            not_covered,
        }
    }

    /// Every combination of day, age and answers.
    pub(super) fn situations(&self) -> impl Iterator<Item = Situation> {
        let ages = || self.ages.iter().map(|age| Some(*age)).chain([None]);
        let at = move |day: Date| ages().map(move |age| (day, age));
        self.days.iter().flat_map(move |day| at(*day)).flat_map(move |(day, age)| {
            self.answers.iter().map(move |given| Situation::new(self.pack, day, age, given.clone()))
        })
    }

    /// Records in a situation, as the positions of the indicators that are answered yes: for each count of elements at each level
    /// that there can be, one, with every combination of named indicators. The smallest come first.
    pub(super) fn records(&self, view: &View<'_>) -> Vec<Vec<usize>> {
        let offers = self.offers(view);
        let mut records = Vec::new();
        let counts = self.elements + 1;
        for code in 0..counts.pow(4) {
            let wanted =
                [code % counts, code / counts % counts, code / counts.pow(2) % counts, code / counts.pow(3)];
            if let Some(indicators) = seat(&offers, wanted) {
                records.push(indicators);
            }
        }
        let single = records.iter().filter(|indicators| indicators.len() <= 1).cloned().collect::<Vec<_>>();
        let mut all = with_each(&records, &self.named, view);
        all.extend(with_each(&single, &self.linked, view));
        all.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
        all.dedup();
        all
    }

    /// Indicators to add to a record. To rules, elements are all alike: for each level, one indicator in an element that is empty so far and
    /// one in each element of the record is enough, besides every indicator that is named or hangs together with others.
    pub(super) fn further(
        &self,
        view: &View<'_>,
        record: &[usize],
        offers: &[[Option<usize>; 4]],
    ) -> Vec<usize> {
        let mut taken = vec![false; offers.len()];
        for at in record {
            if let Some(taken) = self.pack.parts.elements.get(*at).and_then(|element| taken.get_mut(*element))
            {
                *taken = true;
            }
        }
        let mut further: Vec<usize> =
            self.named.iter().chain(&self.linked).copied().filter(|at| view.is_asked(*at)).collect();
        let mut fresh = [None; 4];
        for (offer, taken) in offers.iter().zip(taken) {
            for (indicator, fresh) in offer.iter().zip(&mut fresh) {
                if taken {
                    further.extend(indicator);
                } else {
                    *fresh = fresh.or(*indicator);
                }
            }
        }
        further.extend(fresh.into_iter().flatten());
        further.retain(|at| !record.contains(at));
        further
    }

    /// For each element and each level from L2, an indicator that reaches it by itself, if possible one that no rule names.
    pub(super) fn offers(&self, view: &View<'_>) -> Vec<[Option<usize>; 4]> {
        let mut offers = vec![[None; 4]; self.pack.vocabulary().elements.len()];
        let mut indicators: Vec<usize> = view.in_play().map(|(at, _)| at).collect();
        indicators.sort_by_key(|at| self.named.contains(at));
        for at in indicators {
            let level = view.lone_level(at);
            let place = self.pack.parts.elements.get(at).and_then(|element| offers.get_mut(*element));
            let slot = (level as usize).checked_sub(Level::L2 as usize);
            if let Some(slot) = slot.and_then(|slot| place?.get_mut(slot)) {
                slot.get_or_insert(at);
            }
        }
        offers
    }

    /// Puts a record into words that can be shown.
    pub(super) fn witness(
        &self,
        situation: &Situation,
        indicators: &[usize],
        before: Step,
        after: Step,
    ) -> Witness {
        let marks = indicators.iter().filter_map(|at| self.pack.indicators().get(*at));
        let marks = marks.map(|indicator| (self.pack.path_of(indicator), "yes".to_owned()));
        let given = situation.given.iter().filter(|(_, to)| !to.is_empty());
        let path = |(question, to): &Given| (self.pack.vocabulary().path(*question).to_owned(), to.clone());
        Witness {
            day: day(situation.day),
            age_months: situation.age,
            answers: given.map(path).chain(marks).collect(),
            change: None,
            before: before.code().to_owned(),
            after: after.code().to_owned(),
        }
    }
}

impl View<'_> {
    /// Whether the indicator at `at` is asked about this child.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        self.in_play().any(|(other, _)| other == at)
    }

    /// Sets the mark of an indicator.
    pub(super) fn mark(&mut self, at: usize, mark: Mark) -> Mark {
        self.concerns.get_mut(at).map_or(Mark::No, |concern| std::mem::replace(&mut concern.mark, mark))
    }

    /// Answers these indicators yes and every other one as `others`.
    pub(super) fn set(&mut self, indicators: &[usize], others: Mark) {
        self.concerns.iter_mut().for_each(|concern| concern.mark = others);
        for at in indicators {
            self.mark(*at, Mark::Yes);
        }
    }
}

/// Every combination of each question answered so that it counts, or not.
fn combinations(questions: &[(usize, String, String)]) -> Vec<Vec<Given>> {
    let mut all = vec![Vec::new()];
    for (question, is, no) in questions {
        let with = |to: &String| {
            all.iter()
                .map(|given: &Vec<Given>| {
                    let mut given = given.clone();
                    given.push((*question, to.clone()));
                    given
                })
                .collect::<Vec<_>>()
        };
        let counting = with(is);
        all = with(no);
        all.extend(counting);
    }
    all
}

/// Finds elements so that exactly `wanted` of them have their highest indicator at L2, L3, L4a and L4b; gives the indicators. `None`
/// where the pack has too few elements with such indicators.
fn seat(offers: &[[Option<usize>; 4]], wanted: [usize; 4]) -> Option<Vec<usize>> {
    let seats: Vec<usize> =
        (0..4).rev().flat_map(|level| vec![level; wanted.get(level).copied().unwrap_or(0)]).collect();
    let mut taken: Vec<Option<usize>> = vec![None; offers.len()];
    for seat in 0..seats.len() {
        if !place(seat, &seats, offers, &mut taken, &mut vec![false; offers.len()]) {
            return None;
        }
    }
    let found = taken.iter().zip(offers).filter_map(|(seat, offer)| {
        let level = seats.get((*seat)?)?;
        *offer.get(*level)?
    });
    Some(found.collect())
}

/// Gives `seat` an element, moving others if need be.
fn place(
    seat: usize,
    seats: &[usize],
    offers: &[[Option<usize>; 4]],
    taken: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    let Some(level) = seats.get(seat) else { return false };
    for (at, offer) in offers.iter().enumerate() {
        if offer.get(*level).copied().flatten().is_none() || tried.get(at).copied().unwrap_or(true) {
            continue;
        }
        if let Some(tried) = tried.get_mut(at) {
            *tried = true;
        }
        let holder = taken.get(at).copied().flatten();
        if holder.is_none_or(|other| place(other, seats, offers, taken, tried)) {
            if let Some(slot) = taken.get_mut(at) {
                *slot = Some(seat);
            }
            return true;
        }
    }
    false
}

/// Each record with every combination of these indicators, as far as they are asked.
fn with_each(records: &[Vec<usize>], indicators: &[usize], view: &View<'_>) -> Vec<Vec<usize>> {
    let indicators: Vec<usize> = indicators.iter().copied().filter(|at| view.is_asked(*at)).collect();
    let mut all = Vec::new();
    for subset in 0..(1_usize << indicators.len()) {
        let extra = || {
            indicators.iter().enumerate().filter(move |(bit, _)| subset >> bit & 1 == 1).map(|(_, at)| *at)
        };
        all.extend(records.iter().map(|record| {
            let mut record: Vec<usize> = record.iter().copied().chain(extra()).collect();
            record.sort_unstable();
            record.dedup();
            record
        }));
    }
    all
}

/// Calls `look` for a test and every one inside it.
pub(super) fn visit(test: &Test, look: &mut dyn FnMut(&Test)) {
    look(test);
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| visit(part, look)),
        Test::Not(part) => visit(part, look),
        _ => {}
    }
}
