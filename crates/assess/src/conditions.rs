//! The conditions and effects of a rule pack in plain English. What they mean is the engine's matter; here they only get
//! words, from `Words`.

use assessment_engine::answers::Answers;
use assessment_rules::{Condition, Effect, RulePack};

use crate::words::Words;

/// Puts the conditions of one pack into words.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The words.
    pub words: &'a Words,
    /// The pack whose signs and actions are named.
    pub pack: &'a RulePack,
}

impl Reader<'_> {
    /// One condition on one line. Of what is made of parts, only how they are joined: see [`lines`](Reader::lines).
    #[must_use]
    pub fn condition(&self, condition: &Condition) -> String {
        let words = self.words;
        let level = |code: &str| words.get(&["level.", code].concat());
        match condition {
            Condition::Always => words.get("condition.always"),
            Condition::Level { level: at, elements: 0 | 1 } => {
                words.fill("condition.level", &[("level", &level(at.code())), ("code", at.code())])
            }
            Condition::Level { level: at, elements: boxes } => words.fill(
                "condition.level.boxes",
                &[("level", &level(at.code())), ("code", at.code()), ("boxes", &boxes.to_string())],
            ),
            Condition::Indicators { any_of, at_least } => self.signs(any_of, *at_least),
            Condition::Alone(id) => {
                words.fill("condition.alone", &[("sign", &words.sign(id, self.pack)), ("id", id)])
            }
            Condition::Action(id) => {
                let trigger = self.pack.action(id).map_or("", |action| action.trigger.as_str());
                words.fill("condition.action", &[("id", id), ("trigger", trigger)])
            }
            Condition::Answer { question, is, unsure } => {
                let asked = words.question(question, Answers::blank(), self.pack);
                let asked = asked.trim_matches(['“', '”']);
                let is = self.options(question, is);
                let text = words.fill("condition.answer", &[("question", asked), ("options", &is)]);
                let open = match unsure.as_deref() {
                    None => String::new(),
                    Some([]) => words.get("condition.unsure.blank"),
                    Some(codes) => {
                        words.fill("condition.unsure", &[("options", &self.options(question, codes))])
                    }
                };
                text + &open
            }
            Condition::Born { from, below } => {
                let age = |months: &Option<u32>| months.map(|months| words.age(months)).unwrap_or_default();
                let key = match (from, below) {
                    (Some(_), Some(_)) => "condition.born.between",
                    (Some(_), None) => "condition.born.from",
                    _ => "condition.born.below",
                };
                words.fill(key, &[("from", &age(from)), ("below", &age(below))])
            }
            Condition::Unborn => words.get("condition.unborn"),
            Condition::Suggestion(codes) => {
                let codes: Vec<String> = codes.iter().map(|code| words.suggestion(code)).collect();
                words
                    .fill("condition.suggestion", &[("suggestions", &codes.join(&words.get("condition.or")))])
            }
            Condition::Below(step) => {
                words.fill("condition.below", &[("suggestion", &words.suggestion(step.code()))])
            }
            Condition::All(_) => words.get("condition.all"),
            Condition::Any(_) => words.get("condition.any"),
            Condition::Not(_) => words.get("condition.not"),
        }
    }

    fn signs(&self, ids: &[String], at_least: u32) -> String {
        let words = self.words;
        let one = |key: &str, id: &str| words.fill(key, &[("sign", &words.sign(id, self.pack)), ("id", id)]);
        if let [id] = ids {
            return one("condition.sign", id);
        }
        let signs: Vec<String> = ids.iter().map(|id| one("condition.signs.one", id)).collect();
        let key = if at_least <= 1 { "condition.signs.any" } else { "condition.signs.several" };
        words.fill(key, &[("signs", &signs.join(", ")), ("at_least", &at_least.to_string())])
    }

    fn options(&self, question: &str, codes: &[String]) -> String {
        let option = |code: &String| {
            self.words.fill("condition.option", &[("option", &self.words.option(question, code))])
        };
        codes.iter().map(option).collect::<Vec<_>>().join(&self.words.get("condition.or"))
    }

    /// A condition and its parts, each on a line with its depth.
    #[must_use]
    pub fn lines(&self, condition: &Condition) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        self.add(condition, 0, &mut lines);
        lines
    }

    fn add(&self, condition: &Condition, depth: usize, lines: &mut Vec<(usize, String)>) {
        let parts = parts(condition);
        let end = if parts.is_empty() { "" } else { ":" };
        lines.push((depth, self.condition(condition) + end));
        parts.iter().for_each(|part| self.add(part, depth + 1, lines));
    }

    /// What a rule does.
    #[must_use]
    pub fn effect(&self, effect: &Effect) -> String {
        let words = self.words;
        let action = |id: &str| self.pack.action(id).map_or("", |action| action.action.as_str());
        match effect {
            Effect::Gives(step) => {
                let text = words.get(&["suggestion.", step.code()].concat());
                words.fill("effect.gives", &[("code", step.code()), ("words", &text)])
            }
            Effect::Instead(id) => {
                let text = words.get(&["suggestion.", id].concat());
                words.fill("effect.instead", &[("code", id), ("words", &text)])
            }
            Effect::Prompt(prompt) => {
                words.fill("effect.prompt", &[("words", &words.get(&["prompt.", prompt.code()].concat()))])
            }
            Effect::Urgent(id) => words.fill("effect.urgent", &[("code", id), ("words", action(id))]),
            Effect::Principle => words.get("effect.principle"),
        }
    }
}

/// What a condition is made of.
#[must_use]
pub fn parts(condition: &Condition) -> &[Condition] {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts,
        Condition::Not(part) => std::slice::from_ref(part),
        _ => &[],
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test states what must be there"
)]
mod tests {
    use super::*;
    use assessment_engine::rule_packs;
    use assessment_rules::{Level, Step};

    fn said(condition: &Condition) -> Vec<(usize, String)> {
        let (words, pack) = (Words::built_in().unwrap(), rule_packs::load(rule_packs::built_in()).unwrap());
        Reader { words: &words, pack: &pack }.lines(condition)
    }

    /// Each form has words, with everything that it names and no placeholder left.
    #[test]
    fn every_form_is_said() {
        let born = |from, below| Condition::Born { from, below };
        let signs = |ids: &[&str], at_least| {
            let any_of = ids.iter().map(|id| (*id).to_owned()).collect();
            Condition::Indicators { any_of, at_least }
        };
        let answer = |is: &[&str], unsure: Option<&[&str]>| Condition::Answer {
            question: "danger_now".to_owned(),
            is: is.iter().map(|code| (*code).to_owned()).collect(),
            unsure: unsure.map(|codes| codes.iter().map(|code| (*code).to_owned()).collect()),
        };
        for (condition, named) in [
            (Condition::Always, &["always"][..]),
            (Condition::Level { level: Level::L4b, elements: 1 }, &["L4b", "Sign of serious harm"]),
            (Condition::Level { level: Level::L2, elements: 3 }, &["L2", "3 or more boxes"]),
            (signs(&["GH-404"], 1), &["GH-404", "Bruise"]),
            (signs(&["GH-404", "GH-202"], 1), &["GH-404", "GH-202", "at least one"]),
            (signs(&["GH-404", "GH-202"], 2), &["at least 2"]),
            (Condition::Alone("PL-401".to_owned()), &["PL-401", "alone"]),
            (Condition::Action("IA-01".to_owned()), &["IA-01", "in danger now"]),
            (answer(&["yes"], None), &["Is anyone in danger now?", "“Yes”"]),
            (answer(&["yes"], Some(&["unsure"])), &["“Yes”", "“Not sure” or no answer leaves it open"]),
            (answer(&["yes", "no"], Some(&[])), &["“Yes” or “No”", "; no answer leaves it open"]),
            (born(Some(192), Some(216)), &["16 years or older", "younger than 18 years"]),
            (born(None, Some(23)), &["younger than 1 year and 11 months"]),
            (born(Some(1), None), &["1 month or older"]),
            (Condition::Unborn, &["not born yet"]),
            (Condition::Suggestion(vec!["R2".to_owned(), "IA-23".to_owned()]), &["R2: ", " or IA-23: "]),
            (Condition::Below(Step::R3), &["lower than R3: "]),
        ] {
            let lines = said(&condition);
            let [(0, line)] = lines.as_slice() else { panic!("{condition:?}: {lines:?}") };
            assert!(named.iter().all(|name| line.contains(name)), "{condition:?}: {line}");
            assert!(!line.contains("%{") && !line.contains("condition."), "{condition:?}: {line}");
        }
        // An answer that only counts when it was given says nothing of what leaves it open.
        assert!(!said(&answer(&["yes"], None))[0].1.contains("open"));
    }

    #[test]
    fn parts_stand_below_what_joins_them() {
        let not = Condition::Not(Box::new(Condition::Unborn));
        let any = Condition::Any(vec![Condition::Always, not]);
        let lines = said(&Condition::All(vec![any, Condition::Unborn]));
        let depths: Vec<usize> = lines.iter().map(|(depth, _)| *depth).collect();
        assert_eq!(depths, [0, 1, 2, 2, 3, 1]);
        let joins = |line: &str| line.ends_with(':');
        assert_eq!(
            lines.iter().map(|(_, line)| joins(line)).collect::<Vec<_>>(),
            [true, true, false, true, false, false]
        );
    }

    /// A name that the pack does not have shows itself: a blank would hide it.
    #[test]
    fn what_is_not_known_shows_itself() {
        assert!(said(&Condition::Alone("XX-1".to_owned()))[0].1.contains("XX-1"));
        let answer =
            Condition::Answer { question: "no.such".to_owned(), is: vec!["code".to_owned()], unsure: None };
        assert!(said(&answer)[0].1.contains("no.such") && said(&answer)[0].1.contains("code"));
    }
}
