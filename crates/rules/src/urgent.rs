//! Urgent actions: what a record calls for now, and what has to be checked. What is shown beside them is in the pack.

use std::cmp::Reverse;

use super::concern::{Mark, NOT_IN_FORCE, Set, View, has};
use super::evaluate::Evaluated;
use super::holds::Evidence;
use super::outcome::{Outcome, Suggestions};
use super::pack::{DANGER_ACTION, HARM_ACTION, WORKER_ACTION};
use super::source::Effect;
use super::{Indicator, Level, Step};

/// Codes of urgent actions.
#[derive(PartialEq, Eq)]
pub(super) struct Urgent {
    /// From certain answers.
    pub(super) now: Vec<String>,
    /// To be checked, less those from certain answers.
    pub(super) to_check: Vec<String>,
}

/// Urgent actions, each once with the highest level behind it.
struct Actions<'a>(Vec<(Level, &'a str)>);

impl<'a> Actions<'a> {
    fn add(&mut self, level: Level, action: &'a str) {
        match self.0.iter_mut().find(|(_, other)| *other == action) {
            Some((highest, _)) => *highest = level.max(*highest),
            None => self.0.push((level, action)),
        }
    }

    /// The action of an indicator at this level.
    fn add_of(&mut self, indicator: &'a Indicator, level: Level) {
        if let Some(action) = indicator.action_at(level) {
            self.add(level, action);
        }
    }

    /// The codes: danger now first, then the higher level, then by code.
    fn codes(self) -> Vec<String> {
        let order = |(level, action): &(Level, &'a str)| (*action != DANGER_ACTION, Reverse(*level), *action);
        let mut ordered: Vec<(Level, &str)> = Vec::new();
        for action in self.0 {
            let at = ordered.partition_point(|other| order(other) < order(&action));
            ordered.insert(at, action);
        }
        ordered.into_iter().map(|(_, action)| action.to_owned()).collect()
    }
}

impl<'a> View<'a> {
    /// The urgent actions of a record, and those to check: less the urgent ones.
    pub(super) fn urgent_actions(&self, evaluated: &Evaluated<'a>, worry: bool) -> Urgent {
        let mut now = self.called_for(Mark::Yes, Set::Certain, evaluated);
        let mut to_check = self.called_for(Mark::Unsure, Set::Possible, evaluated);
        self.set_aside_actions(&mut to_check);
        if worry && evaluated.suggestions.certain.step() < Step::R4 {
            to_check.add(Level::L4b, HARM_ACTION);
        }
        let Suggestions { certain, possible, .. } = evaluated.suggestions;
        // A rule of an authority's own may give R4 where no indicator has an action: there is always something to do.
        if certain.step() >= Step::R4 && now.0.is_empty() {
            now.add(Level::L4b, HARM_ACTION);
        }
        if possible.step() >= Step::R4 && now.0.is_empty() && to_check.0.is_empty() {
            to_check.add(Level::L4b, HARM_ACTION);
        }
        to_check.0.retain(|(_, action)| !now.0.iter().any(|(_, other)| other == action));
        Urgent { now: now.codes(), to_check: to_check.codes() }
    }

    /// The actions of answers that age set aside: a mistyped birth date may never take a warning away.
    fn set_aside_actions(&self, actions: &mut Actions<'a>) {
        for (indicator, concern) in self.pack.indicators().iter().zip(&self.concerns) {
            if concern.is_answered_outside_its_age() {
                actions.add_of(indicator, indicator.level);
            }
        }
    }

    /// What answers of exactly this mark call for.
    fn called_for(&self, mark: Mark, set: Set, evaluated: &Evaluated<'a>) -> Actions<'a> {
        let levels = evaluated.levels.get(set as usize).map_or(&[][..], |set| &set.levels);
        let level_at = |at: usize| levels.get(at).copied().flatten().unwrap_or(Level::L2);
        let mut actions = Actions(Vec::new());
        let danger = self.pack.vocabulary().danger.map_or(&[][..], |question| self.record.codes(question));
        if has(danger, if mark == Mark::Yes { "yes" } else { "unsure" }) {
            actions.add(Level::L4b, DANGER_ACTION);
        }
        let marked = |at: usize| self.concerns.get(at).is_some_and(|concern| concern.mark == mark);
        for (at, indicator) in self.pack.indicators().iter().enumerate() {
            if marked(at) && self.counts(at, set) {
                actions.add_of(indicator, level_at(at));
            }
        }
        let known = evaluated.known();
        for (_, rule, test) in self.rules() {
            let Effect::Urgent(action) = &rule.effect else { continue };
            if test.holds(set, self, known) && (set == Set::Certain || !test.holds(Set::Certain, self, known))
            {
                let mut evidence = Vec::new();
                test.evidence(set, self, known, &mut evidence);
                let indicators = evidence.iter().filter_map(|found| match found {
                    Evidence::Indicator(at) => Some(level_at(*at)),
                    Evidence::Question(_) => None,
                });
                actions.add(indicators.max().unwrap_or(Level::L2), action);
            }
        }
        if mark == Mark::Yes && evaluated.instead.is_some() {
            actions.add(Level::L1, WORKER_ACTION);
        }
        actions
    }
}

impl Outcome {
    /// The urgent action that this indicator calls for as it was answered, and whether it is certain. `None` where it
    /// was not answered, or calls for none.
    #[must_use]
    pub fn called_for_by<'a>(&self, indicator: &'a Indicator) -> Option<(&'a str, bool)> {
        let is_it = |id: &str| id == indicator.id;
        if let Some(found) = self.findings.iter().find(|found| is_it(&found.indicator)) {
            return Some((indicator.action_at(found.level)?, found.answer == "yes"));
        }
        let aside = self.set_aside.iter().find(|aside| is_it(&aside.indicator))?;
        let by_age = aside.because != NOT_IN_FORCE;
        indicator.action_at(indicator.level).filter(|_| by_age).map(|action| (action, false))
    }
}
