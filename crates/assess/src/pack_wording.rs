//! The conditions and effects of a rule pack in plain English. What they mean is the engine's business; this only puts
//! them into words, from `wording`.

use assessment_engine::answers::Answers;
use assessment_rules::{Condition, Effect, RulePack};

use crate::wording::Wording;

/// Puts the conditions and effects of one pack into words.
#[derive(Clone, Copy)]
pub(crate) struct PackWording<'a> {
    /// The words.
    pub(crate) wording: &'a Wording,
    /// The pack whose indicators and actions are named.
    pub(crate) pack: &'a RulePack,
}

impl PackWording<'_> {
    /// One condition on one line. Of one that has parts, only how they are joined: see [`lines`](PackWording::lines).
    pub(crate) fn condition(&self, condition: &Condition) -> String {
        let wording = self.wording;
        match condition {
            Condition::Always => wording.get("condition.always"),
            Condition::Level { level, elements: boxes } => {
                let key = if *boxes > 1 { "condition.level.elements" } else { "condition.level" };
                let (words, elements) = (wording.of("level.", level.code()), boxes.to_string());
                wording.fill(key, &[("level", &words), ("code", level.code()), ("elements", &elements)])
            }
            Condition::Indicators { any_of, at_least } => self.indicators(any_of, *at_least),
            Condition::Alone(id) => self.indicator("condition.alone", id),
            Condition::Action(id) => {
                let trigger = self.pack.action(id).map_or("", |action| action.trigger.as_str());
                wording.fill("condition.action", &[("id", id), ("trigger", trigger)])
            }
            Condition::Answer { question, is, unsure } => {
                let asked = wording.question(question, Answers::blank(), self.pack);
                let asked = asked.trim_matches(['“', '”']);
                let options = self.options(question, is);
                let holds = wording.fill("condition.answer", &[("question", asked), ("options", &options)]);
                let open = match unsure.as_deref() {
                    None => String::new(),
                    Some([]) => wording.get("condition.unsure.blank"),
                    Some(codes) => {
                        wording.fill("condition.unsure", &[("options", &self.options(question, codes))])
                    }
                };
                holds + &open
            }
            Condition::Born { from, below } => {
                let age = |months: &Option<u32>| months.map(|months| wording.age(months)).unwrap_or_default();
                let key = match (from, below) {
                    (Some(_), Some(_)) => "condition.born.between",
                    (Some(_), None) => "condition.born.from",
                    _ => "condition.born.below",
                };
                wording.fill(key, &[("from", &age(from)), ("below", &age(below))])
            }
            Condition::Unborn => wording.get("condition.unborn"),
            Condition::Suggestion(codes) => {
                let codes = self.joined_with_or(codes.iter().map(|code| wording.suggestion(code)));
                wording.fill("condition.suggestion", &[("suggestions", &codes)])
            }
            Condition::Below(step) => {
                wording.fill("condition.below", &[("suggestion", &wording.suggestion(step.code()))])
            }
            Condition::All(_) => wording.get("condition.all"),
            Condition::Any(_) => wording.get("condition.any"),
            Condition::Not(_) => wording.get("condition.not"),
        }
    }

    fn indicator(&self, key: &str, id: &str) -> String {
        self.wording.fill(key, &[("indicator", &self.wording.indicator(id, self.pack)), ("id", id)])
    }

    fn indicators(&self, ids: &[String], at_least: u32) -> String {
        if let [id] = ids {
            return self.indicator("condition.indicator", id);
        }
        let each: Vec<String> = ids.iter().map(|id| self.wording.indicator_with_id(id, self.pack)).collect();
        let key = if at_least <= 1 { "condition.indicators.any" } else { "condition.indicators.several" };
        self.wording.fill(key, &[("indicators", &each.join(", ")), ("at_least", &at_least.to_string())])
    }

    fn options(&self, question: &str, codes: &[String]) -> String {
        let option = |code: &String| {
            self.wording.fill("condition.option", &[("option", &self.wording.option(question, code))])
        };
        self.joined_with_or(codes.iter().map(option))
    }

    fn joined_with_or(&self, parts: impl Iterator<Item = String>) -> String {
        parts.collect::<Vec<_>>().join(&self.wording.get("condition.or"))
    }

    /// A condition and its parts, each on a line with its depth.
    pub(crate) fn lines(&self, condition: &Condition) -> Vec<(usize, String)> {
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

    /// What a rule does, as the rest of a sentence that begins with "it".
    pub(crate) fn effect(&self, effect: &Effect) -> String {
        let wording = self.wording;
        let suggestion = |key: &str, code: &str| {
            wording.fill(key, &[("code", code), ("words", &wording.of("suggestion.", code))])
        };
        match effect {
            Effect::Gives(step) => suggestion("effect.gives", step.code()),
            Effect::Instead(id) => suggestion("effect.instead", id),
            Effect::Prompt(prompt) => {
                wording.fill("effect.prompt", &[("words", &wording.of("prompt.", prompt.code()))])
            }
            Effect::Urgent(id) => {
                let action = self.pack.action(id).map_or("", |action| action.action.as_str());
                wording.fill("effect.urgent", &[("code", id), ("words", action)])
            }
            Effect::Principle => wording.get("effect.principle"),
        }
    }
}

/// The parts of a condition.
pub(crate) fn parts(condition: &Condition) -> &[Condition] {
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
    reason = "a test states what must hold"
)]
mod tests {
    use super::*;
    use assessment_engine::rule_packs;
    use assessment_rules::{Level, Step};

    fn lines(condition: &Condition) -> Vec<(usize, String)> {
        let (wording, pack) =
            (Wording::built_in().unwrap(), rule_packs::load(rule_packs::built_in()).unwrap());
        PackWording { wording: &wording, pack: &pack }.lines(condition)
    }

    /// Each form has words, with everything that it names and no placeholder left.
    #[test]
    fn every_form_is_lines() {
        let born = |from, below| Condition::Born { from, below };
        let indicators = |ids: &[&str], at_least| {
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
            (Condition::Level { level: Level::L2, elements: 3 }, &["L2", "3 or more elements"]),
            (indicators(&["GH-404"], 1), &["GH-404", "bruise"]),
            (indicators(&["GH-404", "GH-202"], 1), &["GH-404", "GH-202", "at least one"]),
            (indicators(&["GH-404", "GH-202"], 2), &["at least 2"]),
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
            let lines = lines(&condition);
            let [(0, line)] = lines.as_slice() else { panic!("{condition:?}: {lines:?}") };
            assert!(named.iter().all(|name| line.contains(name)), "{condition:?}: {line}");
            assert!(!line.contains("%{") && !line.contains("condition."), "{condition:?}: {line}");
        }
        // An answer that counts only when it was given does not mention what leaves it open.
        assert!(!lines(&answer(&["yes"], None))[0].1.contains("open"));
    }

    #[test]
    fn parts_are_indented_below_what_joins_them() {
        let not = Condition::Not(Box::new(Condition::Unborn));
        let any = Condition::Any(vec![Condition::Always, not]);
        let lines = lines(&Condition::All(vec![any, Condition::Unborn]));
        let depths: Vec<usize> = lines.iter().map(|(depth, _)| *depth).collect();
        assert_eq!(depths, [0, 1, 2, 2, 3, 1]);
        let joins = |line: &str| line.ends_with(':');
        assert_eq!(
            lines.iter().map(|(_, line)| joins(line)).collect::<Vec<_>>(),
            [true, true, false, true, false, false]
        );
    }

    /// A blank would hide it.
    #[test]
    fn an_unknown_id_or_question_is_shown_as_it_is_written() {
        assert!(lines(&Condition::Alone("XX-1".to_owned()))[0].1.contains("XX-1"));
        let answer =
            Condition::Answer { question: "no.such".to_owned(), is: vec!["code".to_owned()], unsure: None };
        assert!(lines(&answer)[0].1.contains("no.such") && lines(&answer)[0].1.contains("code"));
    }
}
