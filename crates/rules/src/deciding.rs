//! Which indicators decide by themselves: those whose "yes" alone leads far enough, or calls for an urgent action, at a
//! child's age. For asking a few things quickly; it evaluates nothing that was answered.

use jiff::civil::Date;

use super::concern::{Mark, View};
use super::{Age, Condition, Indicator, Marks, Record, RulePack, Step};

/// An indicator that decides by itself.
#[derive(Debug, Clone)]
pub struct Deciding<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The highest step that it leads to alone, at any age that the child may have.
    pub step: Step,
    /// Whether it calls for an urgent action.
    pub is_urgent: bool,
}

/// The indicators in force that lead to `least` or higher by themselves, or to an urgent action, the most serious first
/// and otherwise in list order. Where the age is a range or is not known, those of each possible age. What is already
/// answered about the child, such as a disability, counts; other indicators and danger now do not.
#[must_use]
pub fn deciding<'a>(record: &dyn Record, today: Date, pack: &'a RulePack, least: Step) -> Vec<Deciding<'a>> {
    let danger = pack.vocabulary().danger;
    let mut found: Vec<Option<(Step, bool)>> = vec![None; pack.indicators().len()];
    for age in ages(record.age(today), pack) {
        let alone = Unmarked { record, age, danger, marks: Marks::new() };
        let mut view = View::new(&alone, today, pack);
        let candidates: Vec<usize> = view.in_play().map(|(at, _)| at).collect();
        for (at, slot) in found.iter_mut().enumerate().filter(|(at, _)| candidates.contains(at)) {
            let before = set(&mut view, at, Mark::Yes);
            let evaluated = view.evaluation();
            let step = evaluated.suggestions.certain.step();
            let is_urgent = !view.urgent_actions(&evaluated, false).now.is_empty();
            set(&mut view, at, before);
            if step >= least || is_urgent {
                let (highest, was_urgent) = slot.unwrap_or((step, is_urgent));
                *slot = Some((highest.max(step), was_urgent || is_urgent));
            }
        }
    }
    let found = pack.indicators().iter().zip(found);
    let found = found.filter_map(|(indicator, found)| {
        found.map(|(step, is_urgent)| Deciding { indicator, step, is_urgent })
    });
    // The highest first, and equal ones in the pack's order.
    let mut ordered: Vec<Deciding<'a>> = Vec::new();
    for one in found {
        let at = ordered.partition_point(|other| (other.step, other.is_urgent) >= (one.step, one.is_urgent));
        ordered.insert(at, one);
    }
    ordered
}

fn set(view: &mut View<'_>, at: usize, mark: Mark) -> Mark {
    view.concerns.get_mut(at).map_or(mark, |concern| std::mem::replace(&mut concern.mark, mark))
}

/// The ages to look at: the ends of the range and every age at which the pack treats children differently.
fn ages(age: Age, pack: &RulePack) -> Vec<Age> {
    let (youngest, oldest) = match age {
        Age::Unborn => return vec![Age::Unborn],
        Age::Unknown => (0, u32::MAX),
        Age::Born { youngest, oldest } => (youngest, oldest),
    };
    let mut limits = vec![youngest];
    let mut note = |limit: Option<u32>| {
        // At a limit, and in the month before it.
        for limit in limit.into_iter().flat_map(|limit| [limit.saturating_sub(1), limit]) {
            if let Err(at) = limits.binary_search(&limit) {
                limits.insert(at, limit);
            }
        }
    };
    for indicator in pack.indicators() {
        if let Some(ages) = &indicator.applies {
            [ages.from, ages.below, ages.below_if_disabled].into_iter().for_each(&mut note);
        }
    }
    let raised = pack.indicators().iter().flat_map(|indicator| &indicator.raised).map(|raised| &raised.when);
    for when in raised.chain(pack.rules().iter().map(|rule| &rule.when)) {
        when.visit(&mut |part, _| {
            if let Condition::Born { from, below } = part {
                [*from, *below].into_iter().for_each(&mut note);
            }
        });
    }
    let born = limits.iter().filter(|months| (youngest..=oldest).contains(*months));
    let born = born.map(|months| Age::Born { youngest: *months, oldest: *months });
    let unborn = (age == Age::Unknown).then_some(Age::Unborn);
    let end = (oldest != u32::MAX).then_some(Age::Born { youngest: oldest, oldest });
    born.chain(unborn).chain(end).collect()
}

/// A record at one age, with no indicator marked and nobody in danger now.
struct Unmarked<'a> {
    record: &'a dyn Record,
    age: Age,
    danger: Option<usize>,
    marks: Marks,
}

impl Record for Unmarked<'_> {
    fn age(&self, _today: Date) -> Age {
        self.age
    }

    fn marks(&self, _element: usize) -> Option<&Marks> {
        Some(&self.marks)
    }

    fn codes(&self, question: usize) -> &[String] {
        if Some(question) == self.danger { &[] } else { self.record.codes(question) }
    }

    fn serious_worries(&self) -> Vec<&'static str> {
        Vec::new()
    }
}
