//! What the device keeps of urgent actions beside the answers: since when each is known, and which went and why. It is
//! kept with the record and is no answer. Which actions are called for is the outcome's, and is never decided here.
//!
//! Two rules hold whatever happens to the answers: an action that was ever shown is shown now or has an entry among those
//! that went; and an action that comes back before its going was read keeps its first clock.

mod stored;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use assessment_engine::answers::{Answers, UrgentLogEntry};
use assessment_engine::standards::Standards;
use assessment_rules::{Deadline, Moment, Outcome};

use super::Certainty;

pub(super) use stored::StoredUrgency;

/// Seconds within which an action that comes and goes was never really shown: the arrow keys pass through "yes" on their
/// way to "no", and a date passes through others while it is typed.
const IN_PASSING: i64 = 5;

/// Since when an urgent action is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Since when, at either answer.
    pub since: Moment,
    /// Since when it is certain.
    certain_since: Option<Moment>,
    /// Since when something more calls for it than when it was last logged as done.
    again_since: Option<Moment>,
    /// Whether it may have been known before: the record is older than this watch.
    pub at_least: bool,
    /// How it is shown now; `None` where it went.
    pub shown: Option<Certainty>,
    /// The answers that called for it when it was last logged as done.
    causes: Vec<String>,
    /// Entries of the log that no longer fold it, because something more calls for it.
    spent: usize,
}

/// An urgent action that went, or that is now only to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its code.
    pub action: String,
    /// How it was shown.
    pub was: Certainty,
    /// How it is shown instead; `None` where it is not.
    pub now: Option<Certainty>,
    /// The questions whose answers changed meanwhile; none where only time passed or the rules changed.
    pub because: Vec<String>,
    /// When it went.
    pub at: Moment,
    /// The time of day at which that was read; `None` while it is news. Blank where it was there in passing only.
    pub read: Option<String>,
}

impl Gone {
    /// Whether the action was there for a moment only, so that nobody has to hear of it.
    #[must_use]
    pub fn is_in_passing(&self) -> bool {
        self.read.as_deref() == Some("")
    }
}

/// An urgent action that was not logged as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenAction {
    /// How it is shown.
    pub certainty: Certainty,
    /// When it is due; `None` where that is not known.
    pub deadline: Option<Deadline>,
}

/// What is kept of one record's urgent actions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Urgency {
    known: BTreeMap<String, Known>,
    gone: Vec<Gone>,
    /// Whether everything since the record began was seen. Where it was not, an action may be older than it seems.
    pub(super) is_whole: bool,
}

impl Urgency {
    /// For a record that begins now.
    pub(super) fn new() -> Urgency {
        Urgency { is_whole: true, ..Urgency::default() }
    }

    /// Whether there is anything to store.
    pub(super) fn is_kept(&self) -> bool {
        self.is_whole || !self.known.is_empty() || !self.gone.is_empty()
    }

    /// Since when an action is known, while it is shown.
    #[must_use]
    pub fn known(&self, action: &str) -> Option<&Known> {
        self.known.get(action).filter(|known| known.shown.is_some())
    }

    /// Everything that went, the oldest first.
    #[must_use]
    pub fn gone(&self) -> &[Gone] {
        &self.gone
    }

    /// What went and has not been read.
    pub fn unread(&self) -> impl Iterator<Item = &Gone> {
        self.gone.iter().filter(|gone| gone.read.is_none())
    }

    /// Notes that what went was read. Says whether there was anything to read.
    pub(super) fn read(&mut self, time: &str) -> bool {
        let mut is_new = false;
        for gone in self.gone.iter_mut().filter(|gone| gone.read.is_none()) {
            gone.read = Some(time.to_owned());
            is_new = true;
        }
        is_new
    }

    /// Whether an action as it is shown was logged as done, and by which entry.
    #[must_use]
    pub fn done<'a>(
        &self,
        answers: &'a Answers,
        action: &'a str,
        certainty: Certainty,
    ) -> Option<&'a UrgentLogEntry> {
        let spent = self.known(action).map_or(0, |known| known.spent);
        let entries = answers.logged(action, certainty == Certainty::Certain);
        // A later entry counts before an earlier one: what was tried again after it was done is not done.
        entries.skip(spent).filter(|entry| !entry.result.is_empty()).last().filter(|entry| entry.is_done())
    }

    /// When an action is due as it is shown. `None` where its pack gives no clock, or it has not been seen yet.
    #[must_use]
    pub fn deadline(
        &self,
        answers: &Answers,
        standards: &Standards,
        action: &str,
        certainty: Certainty,
    ) -> Option<Deadline> {
        let known = self.known(action)?;
        let rule = standards.pack.due_rule(standards.pack.action(action)?)?;
        // What was done while it was not sure ends the first clock, and what is certain then has its own.
        let is_done_unsure =
            certainty == Certainty::Certain && answers.logged(action, false).any(UrgentLogEntry::is_done);
        let certain = known.certain_since.filter(|_| is_done_unsure);
        let since = known.again_since.or(certain).unwrap_or(known.since);
        Some(rule.deadline(since, &standards.bank_holidays))
    }

    /// The actions that an outcome calls for and that were not logged as done.
    pub(super) fn open(
        &self,
        answers: &Answers,
        outcome: &Outcome,
        standards: &Standards,
    ) -> Vec<OpenAction> {
        let all = outcome.urgent.iter().chain(&outcome.urgent_to_check);
        let open = all.filter_map(|action| {
            let certainty = certainty_in(outcome, action)?;
            let is_open = self.done(answers, action, certainty).is_none();
            is_open.then(|| OpenAction {
                certainty,
                deadline: self.deadline(answers, standards, action, certainty),
            })
        });
        open.collect()
    }

    /// Compares the actions that an outcome calls for with those that were shown before. `because` is the question whose
    /// answer changed, if one did. Says whether there is anything new to keep.
    pub(super) fn look(&mut self, outcome: &Outcome, because: Option<&str>, now: Moment) -> bool {
        let before = self.clone();
        let shown = |action: &str| certainty_in(outcome, action);
        let new = outcome.urgent.iter().chain(&outcome.urgent_to_check);
        let mut actions: Vec<String> = self.known.keys().cloned().collect();
        for action in new {
            if let Err(at) = actions.binary_search(action) {
                actions.insert(at, action.clone());
            }
        }
        for action in actions {
            let now_shown = shown(&action);
            let was = self.known(&action).and_then(|known| known.shown);
            match (was, now_shown) {
                (was, is) if was == is => {}
                (_, Some(is)) if was.is_none_or(|was| was < is) => self.rise(&action, is, now),
                (Some(was), is) => self.fall(&action, was, is, because, now),
                (None, _) => {}
            }
        }
        self.is_whole = true;
        *self != before
    }

    /// An action is shown that was not, or that was not certain.
    fn rise(&mut self, action: &str, is: Certainty, now: Moment) {
        let news = self.gone.iter_mut().find(|gone| gone.action == action && gone.read.is_none());
        let is_back = news.is_some();
        match news {
            // As it was: there is nothing left to say.
            Some(news) if news.was <= is => {
                self.gone.retain(|gone| gone.action != action || gone.read.is_some())
            }
            Some(news) => news.now = Some(is),
            None => {}
        }
        let is_certain = is == Certainty::Certain;
        let at_least = !self.is_whole;
        match self.known.get_mut(action) {
            // Only its going was never read, or it rises: the first clock goes on.
            Some(known) if is_back || known.shown.is_some() => {
                known.shown = Some(is);
                if is_certain && !(is_back && known.certain_since.is_some()) {
                    known.certain_since = Some(now);
                }
            }
            _ => {
                let known = Known {
                    since: now,
                    certain_since: is_certain.then_some(now),
                    again_since: None,
                    at_least,
                    shown: Some(is),
                    causes: Vec::new(),
                    spent: 0,
                };
                self.known.insert(action.to_owned(), known);
            }
        }
    }

    /// An action went, or is no longer certain.
    fn fall(
        &mut self,
        action: &str,
        was: Certainty,
        is: Option<Certainty>,
        because: Option<&str>,
        now: Moment,
    ) {
        let Some(known) = self.known.get_mut(action) else { return };
        known.shown = is;
        let since = if is.is_some() { known.certain_since.unwrap_or(known.since) } else { known.since };
        let passed = now.instant - since.instant;
        let is_in_passing = !known.at_least && (0..IN_PASSING).contains(&passed);
        let because = because.map(str::to_owned);
        match self.gone.iter_mut().find(|gone| gone.action == action && gone.read.is_none()) {
            Some(news) => {
                (news.was, news.now, news.at) = (news.was.max(was), is, now);
                news.because.extend(because.filter(|path| !news.because.contains(path)));
            }
            None => {
                let because = because.into_iter().collect();
                let read = is_in_passing.then(String::new);
                // One such entry of an action is enough.
                self.gone.retain(|gone| {
                    !(is_in_passing && gone.action == action && gone.is_in_passing() && gone.was <= was)
                });
                self.gone.push(Gone { action: action.to_owned(), was, now: is, because, at: now, read });
            }
        }
    }

    /// Unfolds what was logged as done and is called for by something more since then. `causes` finds the answers that
    /// call for an action.
    pub(super) fn look_at_log(
        &mut self,
        answers: &Answers,
        causes: impl Fn(&str) -> Vec<String>,
        now: Moment,
    ) -> bool {
        let mut is_new = false;
        let shown: Vec<(String, Certainty)> =
            self.known.iter().filter_map(|(action, known)| Some((action.clone(), known.shown?))).collect();
        for (action, certainty) in shown {
            let is_done = self.done(answers, &action, certainty).is_some();
            let entries = answers.logged(&action, certainty == Certainty::Certain).count();
            let Some(known) = self.known.get_mut(&action).filter(|_| is_done) else { continue };
            let causes = causes(&action);
            if causes == known.causes {
                continue;
            }
            let is_more = !known.causes.is_empty() && causes.iter().any(|path| !known.causes.contains(path));
            if is_more {
                (known.spent, known.again_since) = (entries, Some(now));
                known.causes.clear();
            } else {
                known.causes = causes;
            }
            is_new = true;
        }
        is_new
    }
}

/// How an outcome shows an action.
fn certainty_in(outcome: &Outcome, action: &str) -> Option<Certainty> {
    let is_in = |codes: &[String]| codes.iter().any(|code| code == action);
    if is_in(&outcome.urgent) {
        Some(Certainty::Certain)
    } else {
        is_in(&outcome.urgent_to_check).then_some(Certainty::NotSure)
    }
}
