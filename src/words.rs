//! Words on screen: the questions' and the shell's own, by key. Views ask here; no text stands in a view.

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::Kind;
use assessment_form::PartialDate;
use assessment_wording::{Wording, filled};

/// The texts of the questions and of the shell.
#[derive(Debug, Clone)]
pub(crate) struct Words(Wording);

impl Words {
    /// British English, built in, with the authority's name for its front door.
    pub(crate) fn built_in(front_door: &str) -> Option<Words> {
        let own = Wording::load(include_str!("wording/en-GB.json")).ok()?;
        let wording = Wording::load(Wording::built_in()).ok()?.with(own);
        Some(Words(wording.with_front_door(front_door)))
    }

    /// A text of either, with its placeholders filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.text(key), values)
    }

    /// A text that is there; its tests say so. A blank would hide that it is not.
    pub(crate) fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or("(This text is missing.)")
    }

    /// A text, where there may be none.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)
    }

    /// What is wrong, in words. The same words stand in the summary and beside the field.
    pub(crate) fn problem(&self, problem: &Problem, answers: &Answers, standards: &Standards) -> String {
        let Some(found) = answers.find(&problem.path) else {
            return self.text("problem.elsewhere").to_owned();
        };
        let key = found.key();
        if matches!(problem.code, ProblemCode::Needed | ProblemCode::NeededRow)
            && let Some(text) = self.get(&format!("{key}.needed"))
        {
            return text.to_owned();
        }
        let label = match &found.indicator {
            Some(id) => {
                let sign = standards.pack.indicator(id);
                sign.map_or(id.as_str(), |indicator| &indicator.text)
            }
            None => self.label(&key, found.question.kind, found.question.name, standards),
        };
        let max = problem.max.map(|max| max.to_string()).unwrap_or_default();
        // A sentence that starts with the label keeps its capital; inside a sentence it loses it.
        let template = self.text(&format!("problem.{}", problem.code.as_str()));
        let label = if template.starts_with("%{label}") { label.to_owned() } else { uncapitalised(label) };
        filled(template, &[("label", &label), ("max", &max)])
    }

    /// The label of a question; a box's is its own name.
    pub(crate) fn label<'a>(
        &'a self,
        key: &str,
        kind: Kind,
        name: &str,
        standards: &'a Standards,
    ) -> &'a str {
        match (kind, standards.framework.element(name)) {
            (Kind::Group, Some(element)) => &element.label,
            _ => self.text(key),
        }
    }

    /// A date as people write it: `3 February 2019`, `February 2019` or `2019`.
    pub(crate) fn date(&self, date: PartialDate) -> String {
        let month = |number: i8| self.text(&format!("month.{number}"));
        match date {
            PartialDate::Day(date) => {
                let (year, number, day) = (date.year(), date.month(), date.day());
                format!("{day} {} {year}", month(number))
            }
            PartialDate::Month { year, month: number } => format!("{} {year}", month(number)),
            PartialDate::Year(year) => year.to_string(),
        }
    }
}

/// `Given names` as it stands within a sentence. Abbreviations such as `NHS number` stay as they are.
pub(crate) fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// Lower case by the browser, which has the tables for it.
pub(crate) fn lower(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_both_files_is_known_and_the_screen_s_own_come_first() {
        let shell = Wording::load(include_str!("wording/en-GB.json")).unwrap();
        let questions = Wording::load(Wording::built_in()).unwrap();
        let words = Words::built_in("%{front_door}").unwrap();
        for (wording, over) in [(&shell, None), (&questions, Some(&shell))] {
            for key in wording.keys().filter(|key| over.is_none_or(|over| over.get(key).is_none())) {
                assert_eq!(words.get(key), wording.get(key), "{key}");
            }
        }
        assert!(words.0.keys().all(|key| shell.get(key).or(questions.get(key)).is_some()));
    }
}
