//! Names inside conditions: that each indicator, action, question and option is there, on every day on which it is named,
//! and that a condition is used only where it has a meaning. Part of `check`.

use jiff::civil::Date;

use super::check::Findings;
use super::condition::Condition;
use super::pack::WORKER_ACTION;
use super::source::Dated;
use super::{Question, Step, Vocabulary};

/// What may be named.
pub(super) struct Known<'a> {
    pub(super) references: Vec<&'a str>,
    pub(super) contacts: Vec<&'a str>,
    pub(super) time_scales: Vec<&'a str>,
    pub(super) wording: Vec<&'a str>,
    pub(super) actions: Versions<'a>,
    pub(super) indicators: Versions<'a>,
    /// Of the form, not of the pack.
    pub(super) vocabulary: &'a Vocabulary,
    /// The days of the pack itself.
    pub(super) pack: &'a Dated,
}

/// The days on which each id of a list is in force, ordered by id. Not a map: the code of one more kind of map is more than
/// a pack's few ids are worth in a download.
#[derive(Default)]
pub(super) struct Versions<'a>(Vec<(&'a str, Vec<&'a Dated>)>);

impl<'a> Versions<'a> {
    fn position(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (*known).cmp(id))
    }

    /// The days of an id; none where there is no such id.
    pub(super) fn get(&self, id: &str) -> Option<&[&'a Dated]> {
        let (_, versions) = self.0.get(self.position(id).ok()?)?;
        Some(versions)
    }

    /// Adds the days of one version.
    pub(super) fn add(&mut self, id: &'a str, dated: &'a Dated) {
        let at = self.position(id).unwrap_or_else(|at| {
            self.0.insert(at, (id, Vec::new()));
            at
        });
        if let Some((_, versions)) = self.0.get_mut(at) {
            versions.push(dated);
        }
    }
}

/// What a condition is for, which decides what it may look at.
#[derive(Clone, Copy)]
pub(super) enum Use<'a> {
    /// Gives a suggestion.
    Suggestion,
    /// Adds an urgent action, or replaces a suggestion with one.
    Answers,
    /// Adds a prompt, once the suggestion is known.
    Prompt,
    /// Raises the level of this indicator, before levels are known.
    Modifier(&'a str),
}

/// Checks the names in a condition of something that is in force on the days of `dated`.
pub(super) fn condition(
    found: &mut Findings,
    condition: &Condition,
    used: Use<'_>,
    dated: &Dated,
    known: &Known<'_>,
) {
    condition.visit(&mut |part, _| match part {
        Condition::Always | Condition::Unborn | Condition::Not(_) => {}
        Condition::Level { .. } | Condition::Alone(_) if matches!(used, Use::Modifier(_)) => {
            found.add("when", "levels are not known yet where a level is raised: name the indicators");
        }
        Condition::Suggestion(_) | Condition::Below(_) if !matches!(used, Use::Prompt) => {
            found.add("when", "the suggestion is known only to prompts");
        }
        Condition::Level { elements, .. }
            if *elements < 1 || *elements as usize > known.vocabulary.elements.len() =>
        {
            found.add("when.boxes", "a number from 1 to the number of elements is needed");
        }
        Condition::Level { level, .. } if *level == super::Level::L1 => {
            found.add("when.level", "L1 is the level of strengths: name L2 or higher");
        }
        Condition::Level { .. } | Condition::Below(_) => {}
        Condition::Indicators { any_of, at_least } => {
            indicators(found, any_of, used, dated, known);
            if *at_least < 1 || *at_least as usize > any_of.len() {
                found.add("when.at_least", "a number from 1 to the number of indicators is needed");
            }
        }
        Condition::Alone(id) => indicators(found, std::slice::from_ref(id), used, dated, known),
        Condition::Action(id) => action(found, "when.action", id, dated, known),
        Condition::Answer { question, is, unsure } => {
            answer(found, known.vocabulary, question, is, unsure.as_deref().unwrap_or_default());
        }
        Condition::Born { from, below } => {
            if from.is_none() && below.is_none()
                || from.zip(*below).is_some_and(|(from, below)| from >= below)
            {
                found.add("when.born", "`from` or `below` is needed, and `from` must be less than `below`");
            }
        }
        Condition::Suggestion(codes) => {
            let known = |code: &&String| {
                *code == WORKER_ACTION || Step::ALL.iter().any(|step| step.code() == code.as_str())
            };
            if codes.is_empty() || !codes.iter().all(|code| known(&code)) {
                found.add("when.suggestion", "codes R0 to R5 or IA-23 are needed here");
            }
        }
        Condition::All(parts) | Condition::Any(parts) => {
            if parts.is_empty() {
                found.add("when", "a list of conditions must not be empty");
            }
        }
    });
}

fn indicators(found: &mut Findings, ids: &[String], used: Use<'_>, dated: &Dated, known: &Known<'_>) {
    if ids.is_empty() {
        found.add("when.signs", "at least one indicator is needed");
    }
    for id in ids {
        match known.indicators.get(id) {
            None => found.missing("when.signs", "indicator", id),
            Some(versions) => in_force(found, "when.signs", id, versions, dated, known),
        }
        if matches!(used, Use::Modifier(own) if own == id.as_str()) {
            found.add("when.signs", "an indicator cannot raise itself");
        }
    }
}

/// Checks the name of an urgent action.
pub(super) fn action(found: &mut Findings, field: &str, id: &str, dated: &Dated, known: &Known<'_>) {
    match known.actions.get(id) {
        None => found.missing(field, "action", id),
        Some(versions) => in_force(found, field, id, versions, dated, known),
    }
}

/// What is named must be in force on every day on which the one that names it is.
fn in_force(
    found: &mut Findings,
    field: &str,
    id: &str,
    versions: &[&Dated],
    user: &Dated,
    known: &Known<'_>,
) {
    if let Some(day) = first_gap(versions, user, known.pack) {
        let message = ["`", id, "` is not in force on ", &day.to_string(), ": both must have the same days"];
        found.add(field, &message.concat());
    }
}

/// The first day, while both `user` and the pack are in force, on which none of `versions` is.
pub(super) fn first_gap(versions: &[&Dated], user: &Dated, pack: &Dated) -> Option<Date> {
    let mut day = user.from.max(pack.from)?;
    let last = match (user.to, pack.to) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    loop {
        if last.is_some_and(|last| day > last) {
            return None;
        }
        // A version is in force until its last day, and never longer than the pack.
        let covering = versions.iter().filter(|version| version.covers(day));
        match covering
            .map(|version| version.to)
            .reduce(|one, other| one.and_then(|a| other.map(|b| a.max(b))))
        {
            None => return Some(day),
            Some(None) => return None,
            Some(Some(end)) => day = end.tomorrow().ok()?,
        }
    }
}

fn answer(found: &mut Findings, vocabulary: &Vocabulary, question: &str, is: &[String], unsure: &[String]) {
    let Some((_, Question { options, .. })) = vocabulary.question(question) else {
        let message = ["there is no question `", question, "` with options to choose from"];
        return found.add("when.question", &message.concat());
    };
    if is.is_empty() {
        found.add("when.is", "at least one option is needed");
    }
    for code in is.iter().chain(unsure).filter(|code| !options.contains(code)) {
        found.add("when.is", &["`", code, "` is no option of this question"].concat());
    }
    if let Some(code) = is.iter().find(|code| unsure.contains(code)) {
        found.add("when.unsure", &["`", code, "` cannot be both certain and unsure"].concat());
    }
}
