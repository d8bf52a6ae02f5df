//! What would change the suggestion: the smallest sets of answers, up to three, whose change would raise or lower what the
//! certain answers support. Exact for packs that keep the laws: every set of the smallest size is found, and where none
//! is named, no set of up to three answers is enough. Dates are not tried, nor answers that no rule reads.

use serde::Serialize;

use jiff::civil::Date;

use super::concern::{Mark, Set, View};
use super::holds::{Known, Test};
use super::source::Effect;
use super::{Age, Marks, Record, RulePack, Step};

/// The most answers that are changed together.
const MAX_CHANGES: usize = 3;

/// One answer that would be another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The question's path.
    pub path: String,
    /// What it would be; empty for no answer.
    pub to: String,
}

/// Answers that would change the suggestion together, none of them to spare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// In the order of the pack.
    pub changes: Vec<Change>,
    /// What would then be suggested: `R0` to `R5`.
    pub leads_to: &'static str,
}

/// What would raise and what would lower the suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// What the certain answers support now: `R0` to `R5`.
    pub now: &'static str,
    /// All sets of the smallest size that would raise it; empty where none of up to three does.
    pub raise: Vec<Way>,
    /// All sets of the smallest size that would lower it; empty where none of up to three does.
    pub lower: Vec<Way>,
}

/// Searches on a day.
#[must_use]
pub fn what_if(record: &dyn Record, today: Date, pack: &RulePack) -> WhatIf {
    let mut search = Search::new(record, today, pack);
    let now = search.view.certain_step();
    WhatIf { now: now.code(), raise: search.raise(now), lower: search.lower(now) }
}

/// Something that could be answered otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Candidate {
    Indicator { at: usize, to: Mark },
    Question { at: usize, to: String },
}

struct Search<'a> {
    view: View<'a>,
    today: Date,
}

/// A record with other answers to some questions.
struct Changed<'a> {
    record: &'a dyn Record,
    given: Vec<(usize, [String; 1])>,
}

impl Record for Changed<'_> {
    fn age(&self, today: Date) -> Age {
        self.record.age(today)
    }

    fn marks(&self, element: usize) -> Option<&Marks> {
        self.record.marks(element)
    }

    fn codes(&self, question: usize) -> &[String] {
        let changed = self.given.iter().rev().find(|(at, _)| *at == question);
        changed.map_or_else(|| self.record.codes(question), |(_, to)| to)
    }

    fn serious_worries(&self) -> Vec<&'static str> {
        self.record.serious_worries()
    }
}

impl<'a> Search<'a> {
    fn new(record: &'a dyn Record, today: Date, pack: &'a RulePack) -> Search<'a> {
        Search { view: View::new(record, today, pack), today }
    }

    /// The step with some answers changed.
    fn step_with(&mut self, changes: &[&Candidate]) -> Step {
        let given = changes.iter().filter_map(|change| match change {
            Candidate::Question { at, to } => Some((*at, [to.clone()])),
            Candidate::Indicator { .. } => None,
        });
        let changed = Changed { record: self.view.record, given: given.collect() };
        if changed.given.is_empty() {
            step_of(&mut self.view, changes)
        } else {
            step_of(&mut View::new(&changed, self.today, self.view.pack), changes)
        }
    }

    fn raise(&mut self, now: Step) -> Vec<Way> {
        if self.highest() <= now {
            return Vec::new();
        }
        let indicators = self.view.in_play().filter(|(_, mark)| *mark != Mark::Yes);
        let indicators = indicators.map(|(at, _)| Candidate::Indicator { at, to: Mark::Yes });
        let candidates: Vec<Candidate> = self.questions(false).into_iter().chain(indicators).collect();
        for size in 1..=MAX_CHANGES {
            let mut ways = Vec::new();
            self.combine(&candidates, size, &mut Vec::new(), &mut |leads_to, changes| {
                if leads_to > now {
                    ways.push((leads_to, changes.to_vec()));
                }
            });
            if !ways.is_empty() {
                return self.ways(ways);
            }
        }
        Vec::new()
    }

    /// Tries every combination of `size` more candidates.
    fn combine<'c>(
        &mut self,
        candidates: &'c [Candidate],
        size: usize,
        chosen: &mut Vec<&'c Candidate>,
        found: &mut dyn FnMut(Step, &[&'c Candidate]),
    ) {
        if size == 0 {
            let step = self.step_with(chosen);
            return found(step, chosen);
        }
        for (at, candidate) in candidates.iter().enumerate() {
            chosen.push(candidate);
            self.combine(candidates.get(at + 1..).unwrap_or_default(), size - 1, chosen, found);
            chosen.pop();
        }
    }

    /// The smallest sets to take back. More concern never lowers a suggestion, so what holds it up can be cut down to a
    /// few answers that hold it up by themselves, and every set that lowers it takes one of these back.
    fn lower(&mut self, now: Step) -> Vec<Way> {
        let indicators = self.view.in_play().filter(|(_, mark)| *mark == Mark::Yes);
        let indicators = indicators.map(|(at, _)| Candidate::Indicator { at, to: Mark::No });
        let candidates: Vec<Candidate> = self.questions(true).into_iter().chain(indicators).collect();
        let mut open: Vec<Vec<&Candidate>> = vec![Vec::new()];
        for _ in 1..=MAX_CHANGES {
            let (mut ways, mut next) = (Vec::new(), Vec::new());
            for taken in open {
                for candidate in self.support(&candidates, &taken, now) {
                    let mut more = taken.clone();
                    let place = more.partition_point(|other| {
                        position(&candidates, other) < position(&candidates, candidate)
                    });
                    more.insert(place, candidate);
                    let leads_to = self.step_with(&more);
                    if leads_to < now {
                        ways.push((leads_to, more));
                    } else {
                        next.push(more);
                    }
                }
            }
            if !ways.is_empty() {
                return self.ways(ways);
            }
            open = next;
        }
        Vec::new()
    }

    /// A few answers that hold the suggestion up by themselves once `taken` are taken back.
    fn support<'c>(
        &mut self,
        all: &'c [Candidate],
        taken: &[&'c Candidate],
        now: Step,
    ) -> Vec<&'c Candidate> {
        let mut without: Vec<&Candidate> = taken.to_vec();
        let mut support = Vec::new();
        for candidate in all.iter().filter(|candidate| !taken.contains(candidate)) {
            without.push(candidate);
            if self.step_with(&without) < now {
                without.pop();
                support.push(candidate);
            }
        }
        support
    }

    /// Questions that rules read, and the change that would make them count, or no longer count.
    fn questions(&self, counting: bool) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (_, rule, test) in self.view.rules() {
            if matches!(rule.effect, Effect::Gives(_)) {
                self.questions_of(test, counting, &mut found);
            }
        }
        found
    }

    fn questions_of(&self, test: &Test, counting: bool, found: &mut Vec<Candidate>) {
        match test {
            Test::Answer { question, is, no, .. } => {
                let counts = test.holds(Set::Certain, &self.view, Known { levels: None, suggestions: None });
                let to: &[String] = if counting { no.get(..1).unwrap_or_default() } else { is };
                for to in to.iter().filter(|_| counts == counting) {
                    let candidate = Candidate::Question { at: *question, to: to.clone() };
                    if !found.contains(&candidate) {
                        found.push(candidate);
                    }
                }
            }
            Test::All(parts) | Test::Any(parts) => {
                parts.iter().for_each(|part| self.questions_of(part, counting, found));
            }
            _ => {}
        }
    }

    fn highest(&self) -> Step {
        let steps = self.view.rules().filter_map(|(_, rule, _)| match rule.effect {
            Effect::Gives(step) => Some(step),
            _ => None,
        });
        steps.max().unwrap_or(Step::R0)
    }

    fn ways(&self, found: Vec<(Step, Vec<&Candidate>)>) -> Vec<Way> {
        let pack = self.view.pack;
        let path = |indicator| pack.path_of(indicator);
        let change = |candidate: &&Candidate| match candidate {
            Candidate::Indicator { at, to } => Change {
                path: self.view.pack.indicators().get(*at).map(path).unwrap_or_default(),
                to: if *to == Mark::Yes { "yes" } else { "no" }.to_owned(),
            },
            Candidate::Question { at, to } => {
                Change { path: pack.vocabulary().path(*at).to_owned(), to: to.clone() }
            }
        };
        let mut ways: Vec<Way> = Vec::new();
        for (leads_to, changes) in found {
            let way = Way { changes: changes.iter().map(change).collect(), leads_to: leads_to.code() };
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }
}

fn position(all: &[Candidate], one: &Candidate) -> usize {
    all.iter().position(|other| std::ptr::eq(other, one)).unwrap_or_default()
}

/// The step of `view` with the marks of some indicators changed; they are put back.
fn step_of(view: &mut View<'_>, changes: &[&Candidate]) -> Step {
    let mut before = Vec::with_capacity(changes.len());
    for change in changes {
        if let Candidate::Indicator { at, to } = change
            && let Some(concern) = view.concerns.get_mut(*at)
        {
            before.push((*at, std::mem::replace(&mut concern.mark, *to)));
        }
    }
    let step = view.certain_step();
    for (at, mark) in before {
        if let Some(concern) = view.concerns.get_mut(at) {
            concern.mark = mark;
        }
    }
    step
}
