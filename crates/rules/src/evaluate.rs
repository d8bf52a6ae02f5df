//! Evaluation: answers, facts and a checked pack in; an outcome out. Runs on every change, on half-filled records.

use super::concern::{Mark, NOT_IN_FORCE, Set, View};
use super::holds::{Evidence, Known, SetLevels, Test};
use super::outcome::{Finding, Headline, Outcome, Prompt, Reason, SetAside, Suggestions};
use super::pack::DANGER_ACTION;
use super::source::{Effect, Rule};
use super::urgent::Urgent;
use super::{Age, Indicator, Level, Record, RulePack, Step, Suggestion};
use jiff::civil::Date;

/// Evaluates a record on a day.
#[must_use]
pub fn evaluate(record: &dyn Record, today: Date, pack: &RulePack) -> Outcome {
    let view = View::new(record, today, pack);
    let evaluated = view.evaluation();
    let Evaluated { levels, steps, .. } = &evaluated;
    let [certain, possible, _] = levels;
    let worry = !record.serious_worries().is_empty();
    let Urgent { now, to_check } = view.urgent_actions(&evaluated, worry);
    let mut settles = view.settles(steps, &evaluated);
    let birth = &pack.vocabulary().birth;
    if !settles.contains(birth) && view.age_decides(&evaluated) {
        settles.push(birth.clone());
    }
    Outcome {
        pack_version: pack.version(),
        as_of: today,
        suggestion: evaluated.suggestions,
        headline: Headline::of(&evaluated.suggestions, worry),
        urgent: now,
        urgent_to_check: to_check,
        prompts: view.prompts(&evaluated, worry),
        findings: view.findings(certain, possible),
        set_aside: view.set_aside(),
        settles,
        reasons: Set::ALL.into_iter().flat_map(|set| view.reasons(set, &evaluated)).collect(),
    }
}

/// What the rules give for the three sets.
pub(super) struct Evaluated<'a> {
    pub(super) levels: [SetLevels; 3],
    /// For each set, the rule that decided, by its position in the pack, and what it gave.
    pub(super) steps: [(Option<usize>, Step); 3],
    pub(super) suggestions: Suggestions,
    /// The rule that replaces R1 to R3 with the allocated worker, where it holds.
    pub(super) instead: Option<(usize, &'a Rule)>,
}

impl Evaluated<'_> {
    pub(super) fn known(&self) -> Known<'_> {
        Known { levels: Some(&self.levels), suggestions: Some(&self.suggestions) }
    }
}

impl<'a> View<'a> {
    /// The rules that are in force, with their positions and tests.
    pub(super) fn rules(&self) -> impl Iterator<Item = (usize, &'a Rule, &'a Test)> {
        let day = self.day;
        let all = self.pack.rules().iter().zip(&self.pack.parts.rules).enumerate();
        all.filter(move |(_, (rule, _))| rule.dated.covers(day)).map(|(at, (rule, test))| (at, rule, test))
    }

    pub(super) fn evaluation(&self) -> Evaluated<'a> {
        let levels = Set::ALL.map(|set| self.levels(set));
        let known = Known { levels: Some(&levels), suggestions: None };
        let steps = Set::ALL.map(|set| self.step(set, known));
        // Who works with the child already is what was answered, and the same for all three.
        let mut instead = self.rules().filter(|(_, rule, _)| matches!(rule.effect, Effect::Instead(_)));
        let instead = instead.find(|(_, _, test)| test.holds(Set::Certain, self, known));
        let instead = instead.map(|(at, rule, _)| (at, rule));
        let [certain, possible, not_ruled_out] =
            steps.map(|(_, step)| Suggestion::new(step, instead.is_some()));
        Evaluated { levels, steps, suggestions: Suggestions { certain, possible, not_ruled_out }, instead }
    }

    /// The first rule that holds over one set, and what it gives.
    fn step(&self, set: Set, known: Known<'_>) -> (Option<usize>, Step) {
        let first = self.rules().find_map(|(at, rule, test)| match rule.effect {
            Effect::Gives(step) if test.holds(set, self, known) => Some((Some(at), step)),
            _ => None,
        });
        // A pack always has a last rule; a draft of one may not.
        first.unwrap_or((None, Step::R0))
    }

    /// The step of the certain answers alone, for searches that try many changes.
    pub(super) fn certain_step(&self) -> Step {
        if self.pack.parts.looks_at_absence {
            return self.evaluation().suggestions.certain.step();
        }
        // Nothing looks at what cannot be ruled out, so the other two sets need no levels.
        let none = || SetLevels { levels: Vec::new(), elements: [0; 5] };
        let levels = [self.levels(Set::Certain), none(), none()];
        self.step(Set::Certain, Known { levels: Some(&levels), suggestions: None }).1
    }

    /// Whether a whole date of birth, instead of a range, could change what is suggested or urgent.
    fn age_decides(&self, evaluated: &Evaluated<'a>) -> bool {
        let Age::Born { youngest, oldest } = self.age else { return false };
        let of = |view: &View<'a>, evaluated: &Evaluated<'a>| {
            (evaluated.suggestions, view.urgent_actions(evaluated, false))
        };
        let at = |months: u32| {
            let age = Age::Born { youngest: months, oldest: months };
            let view = View::at_age(self.record, age, self.day, self.pack);
            of(&view, &view.evaluation())
        };
        youngest != oldest && {
            let range = of(self, evaluated);
            range != at(youngest) || range != at(oldest)
        }
    }

    fn prompts(&self, evaluated: &Evaluated<'a>, worry: bool) -> Vec<Prompt> {
        let given = |prompt: &Prompt| {
            self.rules().any(|(_, rule, test)| {
                rule.effect == Effect::Prompt(*prompt) && test.holds(Set::Certain, self, evaluated.known())
            })
        };
        let worry = worry && evaluated.suggestions.certain.step() < Step::R4;
        let worry = worry.then_some(Prompt::SeriousWorryRecorded);
        let mut prompts: Vec<Prompt> =
            worry.into_iter().chain(Prompt::OF_RULES.into_iter().filter(given)).collect();
        if evaluated.suggestions.possible.step() > evaluated.suggestions.certain.step() {
            prompts.push(Prompt::PossibleIsHigher);
        }
        prompts
    }

    fn findings(&self, certain: &SetLevels, possible: &SetLevels) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (at, (indicator, concern)) in self.pack.indicators().iter().zip(&self.concerns).enumerate() {
            let (answer, set, levels) = match concern.mark {
                Mark::Yes => ("yes", Set::Certain, certain),
                Mark::Unsure => ("unsure", Set::Possible, possible),
                Mark::Blank | Mark::No => continue,
            };
            // A strength is in no set, yet it is a finding: it changes nothing but the explanation.
            let strength = (indicator.strength && concern.set_aside.is_none()).then_some(indicator.level);
            let Some(level) = levels.levels.get(at).copied().flatten().or(strength) else { continue };
            findings.push(Finding {
                indicator: indicator.id.clone(),
                element: indicator.element.clone(),
                answer,
                base: indicator.level,
                level,
                raised_by: if indicator.strength { Vec::new() } else { self.raised_by(at, set, level) },
            });
        }
        findings
    }

    fn set_aside(&self) -> Vec<SetAside> {
        let mut aside = Vec::new();
        for (indicator, concern) in self.pack.indicators().iter().zip(&self.concerns) {
            let answered = matches!(concern.mark, Mark::Yes | Mark::Unsure);
            // Of an indicator with several versions, the one that is in force speaks for all.
            let other = |ended: &str| {
                ended == NOT_IN_FORCE
                    && self
                        .pack
                        .asked_of(&indicator.element, self.day)
                        .any(|current| current.id == indicator.id)
            };
            if let Some(because) = concern.set_aside.filter(|because| answered && !other(because)) {
                aside.push(SetAside { indicator: indicator.id.clone(), because });
            }
        }
        aside
    }

    /// The open questions whose answer could lead further than what is certain: what leads furthest first, an unsure
    /// answer before a blank one, then form order.
    fn settles(&self, steps: &[(Option<usize>, Step); 3], evaluated: &Evaluated<'a>) -> Vec<String> {
        let [(_, certain), _, (_, furthest)] = *steps;
        if furthest <= certain {
            return Vec::new();
        }
        // What each open indicator leads to, and each open question.
        let mut indicators: Vec<Option<Step>> = vec![None; self.concerns.len()];
        let mut questions: Vec<(Step, bool, &str)> = Vec::new();
        for (_, rule, test) in self.rules() {
            let Effect::Gives(step) = rule.effect else { continue };
            if step > certain {
                self.open_questions(test, &mut |unsure, path| {
                    lead(&mut questions, step.min(furthest), unsure, path);
                });
            }
        }
        if self.age == Age::Unknown {
            lead(&mut questions, furthest, false, &self.pack.vocabulary().birth);
        }
        let level_in = |set: Set, at: usize| {
            evaluated.levels.get(set as usize).and_then(|set| set.levels.get(at).copied().flatten())
        };
        for (at, indicator) in self.counted(Set::NotRuledOut) {
            let level = level_in(Set::NotRuledOut, at).unwrap_or(indicator.level);
            let leads_to = self.leads_to(at, indicator, level).min(furthest);
            let mut note = |at: usize, step: Step| {
                if let Some(leads) = indicators.get_mut(at) {
                    *leads = (*leads).max(Some(step));
                }
            };
            if self.is_open(at) {
                note(at, leads_to);
            }
            if Some(level) > level_in(Set::Certain, at) {
                // What could raise it is open too, whether or not it leads anywhere by itself.
                for found in self.open_behind(at) {
                    match found {
                        Evidence::Indicator(other) => note(other, leads_to),
                        Evidence::Question(path) => lead(&mut questions, leads_to, false, path),
                    }
                }
            }
        }
        let mut open: Vec<(Step, bool, String)> = Vec::new();
        // Each goes to its place at once: a list of this length needs no sorting code.
        let mut add = |leads_to: Step, unsure: bool, path: String| {
            if leads_to > certain {
                let place = open.partition_point(|(step, other, _)| (*step, *other) >= (leads_to, unsure));
                open.insert(place, (leads_to, unsure, path));
            }
        };
        questions.into_iter().for_each(|(step, unsure, question)| add(step, unsure, question.to_owned()));
        for ((leads_to, indicator), concern) in
            indicators.iter().zip(self.pack.indicators()).zip(&self.concerns)
        {
            if let Some(leads_to) = *leads_to {
                add(leads_to, concern.mark == Mark::Unsure, self.pack.path_of(indicator));
            }
        }
        open.into_iter().map(|(_, _, path)| path).collect()
    }

    /// The furthest that an indicator at this level can lead, by itself or with others.
    fn leads_to(&self, at: usize, indicator: &Indicator, level: Level) -> Step {
        let parts = &self.pack.parts;
        let by_level = parts.leads_to.get(level as usize).copied().unwrap_or(Step::R0);
        let by_name = parts.named.get(at).copied().unwrap_or(Step::R0);
        if indicator.action.as_deref() == Some(DANGER_ACTION) { Step::R5 } else { by_level.max(by_name) }
    }

    fn is_open(&self, at: usize) -> bool {
        self.concerns.get(at).is_some_and(|concern| matches!(concern.mark, Mark::Unsure | Mark::Blank))
    }

    /// Open indicators and questions that could raise the indicator at `at`.
    pub(super) fn open_behind(&self, at: usize) -> Vec<Evidence<'a>> {
        let known = Known { levels: None, suggestions: None };
        let mut found = Vec::new();
        for test in self.pack.parts.raised.get(at).map_or(&[][..], Vec::as_slice) {
            if test.holds(Set::NotRuledOut, self, known) && !test.holds(Set::Certain, self, known) {
                test.evidence(Set::NotRuledOut, self, known, &mut found);
            }
        }
        found.retain(|found| match found {
            Evidence::Indicator(at) => self.is_open(*at),
            Evidence::Question(_) => true,
        });
        found
    }

    /// Questions in a test whose answer is not known, and whether it is unsure.
    fn open_questions(&self, test: &'a Test, add: &mut dyn FnMut(bool, &'a str)) {
        match test {
            Test::Answer { question, .. } => {
                let holds = |set| test.holds(set, self, Known { levels: None, suggestions: None });
                if holds(Set::NotRuledOut) && !holds(Set::Certain) {
                    add(holds(Set::Possible), self.pack.vocabulary().path(*question));
                }
            }
            Test::All(parts) | Test::Any(parts) => {
                parts.iter().for_each(|part| self.open_questions(part, add));
            }
            _ => {}
        }
    }

    /// Why one set gave what it gave.
    fn reasons(&self, set: Set, evaluated: &Evaluated<'a>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let (Some((at, step)), Some(suggestion)) = (
            evaluated.steps.get(set as usize).and_then(|(at, step)| at.map(|at| (at, *step))),
            evaluated.suggestions.all().get(set as usize).copied(),
        ) else {
            return reasons;
        };
        let mut add = |at: usize, gave: &'static str| {
            if let (Some(rule), Some(test)) = (self.pack.rules().get(at), self.pack.parts.rules.get(at)) {
                let because = self.because(test, set, evaluated.known());
                reasons.push(Reason { result: set.name(), rule: rule.id.clone(), suggestion: gave, because });
            }
        };
        let first = Suggestion::new(step, false).code();
        add(at, first);
        if let Some((at, _)) = evaluated.instead.filter(|_| suggestion.code() != first) {
            add(at, suggestion.code());
        }
        reasons
    }

    /// Paths of the answers that make a test hold: questions before indicators, indicators in list order.
    pub(super) fn because(&self, test: &'a Test, set: Set, known: Known<'_>) -> Vec<String> {
        let mut evidence = Vec::new();
        test.evidence(set, self, known, &mut evidence);
        self.paths_of(evidence)
    }

    /// Paths of what is open and could make a test hold that does not hold for certain: open indicators and questions, and
    /// where an indicator was answered, what could still raise it.
    pub(super) fn open(&self, test: &'a Test, known: Known<'_>) -> Vec<String> {
        let mut evidence = Vec::new();
        test.evidence(Set::NotRuledOut, self, known, &mut evidence);
        let mut certain = Vec::new();
        test.evidence(Set::Certain, self, known, &mut certain);
        let mut open = Vec::new();
        for found in evidence.into_iter().filter(|found| !certain.contains(found)) {
            match found {
                Evidence::Indicator(at) if !self.is_open(at) => open.extend(self.open_behind(at)),
                other => open.push(other),
            }
        }
        self.paths_of(open)
    }

    /// Paths in order, each once.
    fn paths_of(&self, evidence: Vec<Evidence<'_>>) -> Vec<String> {
        let mut ordered = Vec::with_capacity(evidence.len());
        for found in evidence {
            if let Err(at) = ordered.binary_search(&found) {
                ordered.insert(at, found);
            }
        }
        ordered.into_iter().filter_map(|found| self.path_of(found)).collect()
    }

    pub(super) fn path_of(&self, evidence: Evidence<'_>) -> Option<String> {
        match evidence {
            Evidence::Question(question) => Some(question.to_owned()),
            Evidence::Indicator(at) => {
                self.pack.indicators().get(at).map(|indicator| self.pack.path_of(indicator))
            }
        }
    }
}

/// Notes what an open question leads to, once for each question.
fn lead<'s>(questions: &mut Vec<(Step, bool, &'s str)>, step: Step, unsure: bool, path: &'s str) {
    match questions.iter_mut().find(|(.., other)| *other == path) {
        Some((known, ..)) => *known = step.max(*known),
        None => questions.push((step, unsure, path)),
    }
}
