//! Conditions as evaluation uses them: names looked up once, and what each means for a set of concerns.

use super::concern::{Set, View};
use super::condition::Condition;
use super::outcome::Suggestions;
use super::{Age, Indicator, Level, Step, Vocabulary};

/// A [`Condition`] with its names looked up.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Always,
    Level {
        level: Level,
        elements: u32,
    },
    Indicators {
        members: Vec<usize>,
        at_least: usize,
    },
    Alone(Vec<usize>),
    /// One of these indicators, which carry an urgent action.
    Carrying(Vec<usize>),
    Answer {
        /// Its number in the vocabulary.
        question: usize,
        is: Vec<String>,
        unsure: Option<Vec<String>>,
        no: Vec<String>,
    },
    Born {
        from: u32,
        below: u32,
    },
    Unborn,
    Suggestion(Vec<String>),
    Below(Step),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
}

impl Test {
    /// Looks the names of a checked condition up among the indicators of its pack, in all their versions.
    pub(super) fn of(condition: &Condition, indicators: &[Indicator], vocabulary: &Vocabulary) -> Test {
        let each =
            |parts: &[Condition]| parts.iter().map(|part| Test::of(part, indicators, vocabulary)).collect();
        let all = |fits: &dyn Fn(&Indicator) -> bool| {
            indicators
                .iter()
                .enumerate()
                .filter(|(_, indicator)| fits(indicator))
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        let positions = |id: &str| all(&|indicator| indicator.id == id);
        match condition {
            Condition::Always => Test::Always,
            Condition::Level { level, elements } => Test::Level { level: *level, elements: *elements },
            Condition::Indicators { any_of, at_least } => Test::Indicators {
                members: any_of.iter().flat_map(|id| positions(id)).collect(),
                at_least: *at_least as usize,
            },
            Condition::Alone(id) => Test::Alone(positions(id)),
            Condition::Action(id) => Test::Carrying(all(&|indicator| indicator.action.as_ref() == Some(id))),
            Condition::Answer { question, is, unsure } => {
                let known = vocabulary.question(question);
                let options = known.map_or(&[][..], |(_, question)| &question.options);
                let no = |code: &&String| {
                    !is.contains(code) && !unsure.iter().flatten().any(|other| other == *code)
                };
                let no = options.iter().filter(no).cloned().collect();
                // Nothing is ever answered to a question that does not exist.
                let question = known.map_or(usize::MAX, |(at, _)| at);
                Test::Answer { question, is: is.clone(), unsure: unsure.clone(), no }
            }
            Condition::Born { from, below } => {
                Test::Born { from: from.unwrap_or(0), below: below.unwrap_or(u32::MAX) }
            }
            Condition::Unborn => Test::Unborn,
            Condition::Suggestion(codes) => Test::Suggestion(codes.clone()),
            Condition::Below(step) => Test::Below(*step),
            Condition::All(parts) => Test::All(each(parts)),
            Condition::Any(parts) => Test::Any(each(parts)),
            Condition::Not(part) => Test::Not(Box::new(Test::of(part, indicators, vocabulary))),
        }
    }
}

/// Something in the record that makes a condition hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence<'a> {
    /// The answer to the question at this path.
    Question(&'a str),
    /// The indicator at this position.
    Indicator(usize),
}

/// What a condition may look at besides the record: the levels of the sets, once they are known, and the suggestion,
/// once it is.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) levels: Option<&'a [SetLevels; 3]>,
    pub(super) suggestions: Option<&'a Suggestions>,
}

/// The levels of the concerns of one set.
pub(super) struct SetLevels {
    /// By position; `None` where it does not count.
    pub(super) levels: Vec<Option<Level>>,
    /// For each level, in how many elements a concern is at it or higher.
    pub(super) elements: [u32; 5],
}

impl Test {
    /// Whether it holds in `set`. `Not` looks at the set on the other side: what cannot be ruled out is not certainly
    /// absent.
    pub(super) fn holds(&self, set: Set, view: &View<'_>, known: Known<'_>) -> bool {
        let levels = known.levels.and_then(|all| all.get(set as usize));
        match self {
            Test::Always => true,
            Test::Level { level, elements } => levels.is_some_and(|set| {
                set.elements.get(*level as usize).is_some_and(|in_elements| in_elements >= elements)
            }),
            Test::Indicators { members, at_least } => {
                members.iter().filter(|member| view.counts(**member, set)).count() >= *at_least
            }
            Test::Alone(members) => members.iter().any(|member| {
                let level = levels.and_then(|set| set.levels.get(*member).copied().flatten());
                let indicator = view.pack.indicators().get(*member);
                level.zip(indicator).is_some_and(|(level, indicator)| {
                    indicator.alone == Some(level) && level < indicator.level
                })
            }),
            Test::Carrying(members) => members.iter().any(|member| view.counts(*member, set)),
            Test::Answer { question, is, unsure, no } => {
                let given = view.record.codes(*question);
                let any = |of: &[String]| given.iter().any(|code| of.contains(code));
                any(is)
                    || unsure.as_ref().is_some_and(|unsure| {
                        set >= Set::Possible && any(unsure)
                            // What is no option at all counts as no answer: unknown is never "no".
                            || set == Set::NotRuledOut && !any(unsure) && !any(no)
                    })
            }
            Test::Born { from, below } => match view.age {
                Age::Born { youngest, oldest } => youngest < *below && oldest >= *from,
                Age::Unborn => false,
                Age::Unknown => set == Set::NotRuledOut,
            },
            Test::Unborn => match view.age {
                Age::Unborn => true,
                Age::Born { .. } => false,
                Age::Unknown => set == Set::NotRuledOut,
            },
            Test::Suggestion(codes) => known
                .suggestions
                .is_some_and(|suggestions| codes.iter().any(|code| code == suggestions.certain.code())),
            Test::Below(step) => {
                known.suggestions.is_some_and(|suggestions| suggestions.certain.step() < *step)
            }
            Test::All(parts) => parts.iter().all(|part| part.holds(set, view, known)),
            Test::Any(parts) => parts.iter().any(|part| part.holds(set, view, known)),
            Test::Not(part) => !part.holds(set.other_side(), view, known),
        }
    }

    /// Adds what in the record makes it hold in `set`, as far as it does; nothing for what holds because something is
    /// absent.
    pub(super) fn evidence<'a>(
        &'a self,
        set: Set,
        view: &View<'a>,
        known: Known<'_>,
        found: &mut Vec<Evidence<'a>>,
    ) {
        if !self.holds(set, view, known) {
            return;
        }
        match self {
            Test::Level { level, .. } => {
                let levels = known.levels.and_then(|all| all.get(set as usize));
                let levels = levels.into_iter().flat_map(|set| set.levels.iter().enumerate());
                found.extend(
                    levels
                        .filter(|(_, at)| at.is_some_and(|at| at >= *level))
                        .map(|(at, _)| Evidence::Indicator(at)),
                );
            }
            Test::Indicators { members, .. } | Test::Alone(members) | Test::Carrying(members) => {
                let counting = members.iter().filter(|member| view.counts(**member, set));
                found.extend(counting.map(|member| Evidence::Indicator(*member)));
            }
            Test::Answer { question, .. } => {
                found.push(Evidence::Question(view.pack.vocabulary().path(*question)));
            }
            Test::Born { .. } | Test::Unborn => found.push(Evidence::Question(match view.age {
                Age::Unborn => &view.pack.vocabulary().expected,
                Age::Born { .. } | Age::Unknown => &view.pack.vocabulary().birth,
            })),
            Test::All(parts) | Test::Any(parts) => {
                parts.iter().for_each(|part| part.evidence(set, view, known, found));
            }
            Test::Always | Test::Suggestion(_) | Test::Below(_) | Test::Not(_) => {}
        }
    }
}
