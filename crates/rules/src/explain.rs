//! Every rule of the pack beside a record: whether it fired, did not fire or is undetermined, the conditions and answers
//! behind that, and what is still open. Codes and paths only; words are made from them at the edge.

use serde::{Serialize, Serializer, ser::SerializeMap as _};

use jiff::civil::Date;

use super::concern::{Set, View};
use super::condition::Condition;
use super::evaluate::Evaluated;
use super::holds::Test;
use super::source::{Effect, Rule};
use super::{Headline, Record, RulePack, Suggestions};

/// What one rule, or one condition of it, comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It holds for certain.
    Fired,
    /// It does not hold, but what is unsure or blank could make it hold.
    Undetermined,
    /// It does not hold, whatever the open answers are.
    NotFired,
    /// It is a principle that the form or the engine carries out; there is nothing to evaluate.
    Principle,
}

/// All rules of a pack beside a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The rule pack's id and version.
    pub pack_version: String,
    /// The three results.
    pub suggestion: Suggestions,
    /// The one line that a person remembers.
    pub headline: Headline,
    /// Every rule that is in force, in the order of the pack.
    pub rules: Vec<RuleExplanation>,
}

/// One rule beside a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleExplanation {
    /// The rule.
    pub rule: String,
    /// What follows from it.
    pub effect: Effect,
    /// What it comes to.
    pub standing: Standing,
    /// The results that it decided: of the rules that give a suggestion, the first that holds.
    pub decided: Vec<&'static str>,
    /// Its condition; none for a principle.
    pub condition: Option<Explained>,
    /// The titles' ids.
    pub references: Vec<String>,
}

/// One condition beside a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The condition as the pack has it.
    pub condition: Condition,
    /// What it comes to.
    pub standing: Standing,
    /// Whether it holds if what is unsure is so.
    pub possible: bool,
    /// Paths of the answers that make it hold, as far as it does.
    pub because: Vec<String>,
    /// Paths of the open questions that could make it hold.
    pub open: Vec<String>,
    /// What it is made of.
    pub parts: Vec<Explained>,
}

/// Explains every rule on a day.
#[must_use]
pub fn explain(record: &dyn Record, today: Date, pack: &RulePack) -> Explanation {
    let view = View::new(record, today, pack);
    let evaluated = view.evaluation();
    Explanation {
        pack_version: pack.version(),
        suggestion: evaluated.suggestions,
        headline: Headline::of(&evaluated.suggestions, !record.serious_worries().is_empty()),
        rules: view
            .rules()
            .map(|(at, rule, test)| explained_rule(&view, &evaluated, at, rule, test))
            .collect(),
    }
}

fn explained_rule<'a>(
    view: &View<'a>,
    evaluated: &Evaluated<'a>,
    at: usize,
    rule: &Rule,
    test: &'a Test,
) -> RuleExplanation {
    let condition = (rule.effect != Effect::Principle).then(|| explained(view, evaluated, &rule.when, test));
    let decided = Set::ALL.into_iter().zip(&evaluated.steps);
    RuleExplanation {
        rule: rule.id.clone(),
        effect: rule.effect.clone(),
        standing: condition.as_ref().map_or(Standing::Principle, |condition| condition.standing),
        decided: decided.filter(|(_, (rule, _))| *rule == Some(at)).map(|(set, _)| set.name()).collect(),
        condition,
        references: rule.references.clone(),
    }
}

fn explained<'a>(
    view: &View<'a>,
    evaluated: &Evaluated<'a>,
    condition: &Condition,
    test: &'a Test,
) -> Explained {
    let holds = |set| test.holds(set, view, evaluated.known());
    let standing = match (holds(Set::Certain), holds(Set::NotRuledOut)) {
        (true, _) => Standing::Fired,
        (false, true) => Standing::Undetermined,
        (false, false) => Standing::NotFired,
    };
    let because = view.because(test, Set::Certain, evaluated.known());
    let mut open = Vec::new();
    if standing == Standing::Undetermined {
        open = view.open(test, evaluated.known());
    }
    let parts = match (condition, test) {
        (Condition::All(conditions) | Condition::Any(conditions), Test::All(tests) | Test::Any(tests)) => {
            let pairs = conditions.iter().zip(tests);
            pairs.map(|(condition, test)| explained(view, evaluated, condition, test)).collect()
        }
        (Condition::Not(condition), Test::Not(test)) => vec![explained(view, evaluated, condition, test)],
        _ => Vec::new(),
    };
    Explained { condition: condition.clone(), standing, possible: holds(Set::Possible), because, open, parts }
}

/// As the pack has it.
impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Effect::Gives(step) => map.serialize_entry("gives", step.code())?,
            Effect::Instead(action) => map.serialize_entry("instead", action)?,
            Effect::Prompt(prompt) => map.serialize_entry("prompt", prompt.code())?,
            Effect::Urgent(action) => map.serialize_entry("urgent", action)?,
            Effect::Principle => map.serialize_entry("principle", &true)?,
        }
        map.end()
    }
}

/// As the pack has it.
impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Condition::Always => map.serialize_entry("always", &true)?,
            Condition::Level { level, elements } => {
                map.serialize_entry("level", level)?;
                map.serialize_entry("boxes", elements)?;
            }
            Condition::Indicators { any_of, at_least } => {
                map.serialize_entry("signs", any_of)?;
                map.serialize_entry("at_least", at_least)?;
            }
            Condition::Alone(id) => map.serialize_entry("alone", id)?,
            Condition::Action(id) => map.serialize_entry("action", id)?,
            Condition::Answer { question, is, unsure } => {
                map.serialize_entry("question", question)?;
                map.serialize_entry("is", is)?;
                if let Some(unsure) = unsure {
                    map.serialize_entry("unsure", unsure)?;
                }
            }
            Condition::Born { from, below } => map.serialize_entry("born", &Born { from, below })?,
            Condition::Unborn => map.serialize_entry("unborn", &true)?,
            Condition::Suggestion(codes) => map.serialize_entry("suggestion", codes)?,
            Condition::Below(step) => map.serialize_entry("below", step.code())?,
            Condition::All(parts) => map.serialize_entry("all", parts)?,
            Condition::Any(parts) => map.serialize_entry("any", parts)?,
            Condition::Not(part) => map.serialize_entry("not", part)?,
        }
        map.end()
    }
}

#[derive(Serialize)]
struct Born<'a> {
    from: &'a Option<u32>,
    below: &'a Option<u32>,
}
