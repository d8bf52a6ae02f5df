//! The closed language in which a rule pack says when something holds. A condition reads levels, indicators, answers and
//! the child's age; it has no arithmetic, no text matching and no way to call code. What it means for a set of
//! concerns is in `holds`; whether its names exist is checked in `check`.

use strict_json::Fields;

use super::{Level, Step};

/// When something holds. Written in a pack as an object with one of the forms given beside each variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// `{"always": true}`
    Always,
    /// `{"level": "L2", "boxes": 3}`: indicators at this level or higher are in at least so many different elements.
    Level {
        /// The lowest level that counts.
        level: Level,
        /// In how many different elements.
        elements: u32,
    },
    /// `{"signs": ["FR-401"], "at_least": 1}`: at least so many of these indicators count; 1 where it is left out.
    Indicators {
        /// Ids of indicators.
        any_of: Vec<String>,
        /// How many of them.
        at_least: u32,
    },
    /// `{"alone": "PL-401"}`: the indicator counts and no other does, so that it is at its lower level.
    Alone(String),
    /// `{"action": "IA-01"}`: an indicator that counts carries this urgent action.
    Action(String),
    /// `{"question": "danger_now", "is": ["yes"], "unsure": ["unsure"]}`: the answer is, or contains, one of `is`.
    /// With `unsure`, even empty, what is not known counts too: those codes in *possible* and *not ruled out*, and
    /// no answer in *not ruled out*. Without it only what was answered counts.
    Answer {
        /// The question's path.
        question: String,
        /// Option codes.
        is: Vec<String>,
        /// Option codes that say "not sure".
        unsure: Option<Vec<String>>,
    },
    /// `{"born": {"from": 192, "below": 216}}`: the child is born and may be of this age.
    Born {
        /// Completed months, inclusive.
        from: Option<u32>,
        /// Completed months, exclusive.
        below: Option<u32>,
    },
    /// `{"unborn": true}`: the child is not born yet.
    Unborn,
    /// `{"suggestion": ["R2"]}`: the suggestion has one of these codes. For prompts only.
    Suggestion(Vec<String>),
    /// `{"below": "R3"}`: the suggestion is lower than this step. For prompts only.
    Below(Step),
    /// `{"all": [...]}`
    All(Vec<Condition>),
    /// `{"any": [...]}`
    Any(Vec<Condition>),
    /// `{"not": {...}}`
    Not(Box<Condition>),
}

impl Condition {
    /// Calls `visit` for this condition and every one inside it, outermost first, and says whether it is under an
    /// odd number of `not`.
    pub fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Condition, bool)) {
        self.visit_under(false, visit);
    }

    fn visit_under<'a>(&'a self, negated: bool, visit: &mut dyn FnMut(&'a Condition, bool)) {
        visit(self, negated);
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.visit_under(negated, visit));
            }
            Condition::Not(part) => part.visit_under(!negated, visit),
            _ => {}
        }
    }
}

const FORMS: &str = "exactly one of always, level, signs, alone, action, question, born, unborn, suggestion, below, \
                     all, any or not is needed here";

/// How deep conditions may nest.
const DEEPEST: usize = 16;

/// Reads a condition. What is wrong is reported in `of`.
pub(super) fn condition(of: &Fields<'_>) -> Condition {
    read(of, 0)
}

fn read(of: &Fields<'_>, depth: usize) -> Condition {
    if depth > DEEPEST {
        of.wrong("", "conditions are nested too deeply: write it with fewer steps");
        of.ignore_rest();
        return Condition::Always;
    }
    let mut made = Vec::new();
    if of.optional_flag("always") {
        made.push(Condition::Always);
    }
    if let Some(level) = Level::read(of, "level", false) {
        made.push(Condition::Level { level, elements: of.optional_number("boxes").unwrap_or(1) });
    }
    if let Some(any_of) = of.texts_if_there("signs") {
        made.push(Condition::Indicators { any_of, at_least: of.optional_number("at_least").unwrap_or(1) });
    }
    made.extend(of.optional_text("alone").map(Condition::Alone));
    made.extend(of.optional_text("action").map(Condition::Action));
    if let Some(question) = of.optional_text("question") {
        made.push(Condition::Answer { question, is: of.texts("is"), unsure: of.texts_if_there("unsure") });
    }
    of.optional_group("born", &mut |ages| {
        made.push(Condition::Born {
            from: ages.optional_number("from"),
            below: ages.optional_number("below"),
        });
    });
    if of.optional_flag("unborn") {
        made.push(Condition::Unborn);
    }
    made.extend(of.texts_if_there("suggestion").map(Condition::Suggestion));
    made.extend(step(of, "below", false).map(Condition::Below));
    for (name, join) in [("all", Condition::All as fn(Vec<Condition>) -> Condition), ("any", Condition::Any)]
    {
        let mut parts = Vec::new();
        if of.list_if_there(name, &mut |part| parts.push(read(part, depth + 1))) {
            made.push(join(parts));
        }
    }
    of.optional_group("not", &mut |part| made.push(Condition::Not(Box::new(read(part, depth + 1)))));
    match (made.pop(), made.pop()) {
        (Some(one), None) => one,
        _ => {
            of.wrong("", FORMS);
            Condition::Always
        }
    }
}

/// Reads a step, `R0` to `R5`.
pub(super) fn step<'a>(of: &Fields<'a>, name: &'a str, needed: bool) -> Option<Step> {
    let at = of.choice(name, &["R0", "R1", "R2", "R3", "R4", "R5"], needed)?;
    Step::ALL.get(at).copied()
}
