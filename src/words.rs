//! Words on screen, by key: the questions' and the screen's own. They are fetched as one file for each locale; no view
//! holds text of its own.

mod due;
mod hours;

use std::collections::BTreeMap;

use assessment_engine::answers::{Answers, Found, Node};
use assessment_engine::standards::Standards;
use assessment_engine::validation::identifiers::{character_name, email_fault};
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::Kind;
use assessment_form::PartialDate;
use assessment_wording::{HeadlineWords, Terms, Wording, filled, uncapitalised};
use jiff::civil::Date;

/// What begins the key of a text for a form that keeps nothing on the device.
const PAGE_ONLY: &str = "page_only.";

/// The words of one locale.
#[derive(Debug, Clone)]
pub(crate) struct Words(Wording, Terms);

impl Words {
    /// Reads a file of words, and puts the authority's name for its front door into it.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(crate) fn read(json: &str, front_door: &str) -> Result<Words, String> {
        let wording = Wording::load(json)?.with_front_door(front_door);
        let terms = Terms::of(&wording, front_door, []);
        Ok(Words(wording, terms))
    }

    /// The same with an authority's own terms, by the key of each.
    pub(crate) fn with_terms(self, front_door: &str, own: &BTreeMap<String, String>) -> Words {
        let own = own.iter().map(|(key, text)| (&**key, &**text));
        let terms = Terms::of(&self.0, front_door, own);
        Words(self.0, terms)
    }

    /// The same for a form that keeps nothing on the device: where a text says otherwise, there is another for it.
    pub(crate) fn page_only(self) -> Words {
        Words(self.0.preferring(PAGE_ONLY), self.1)
    }

    /// The short words and local terms that can be explained.
    pub(crate) fn terms(&self) -> &Terms {
        &self.1
    }

    /// A text with its placeholders filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.text(key), values)
    }

    /// `A, B and C`.
    pub(crate) fn list(&self, items: &[impl AsRef<str>]) -> String {
        self.0.list(items)
    }

    /// A text that exists, as tests show. A blank would hide that it does not.
    pub(crate) fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or("(This text is missing.)")
    }

    /// A text that may not exist.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)
    }

    /// What is wrong, in words. The error summary and the question say the same.
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
        let label = self.asked(&found, standards);
        let max = problem.max.map(|max| max.to_string()).unwrap_or_default();
        // A sentence that starts with the label keeps its capital; inside a sentence it loses it.
        let template = self.text(&format!("problem.{}", problem.code.as_str()));
        let character = self.wrong_character(&found);
        let label = if template.starts_with("%{label}") { label } else { uncapitalised(&label) };
        filled(template, &[("label", &label), ("max", &max), ("character", &character)])
    }

    /// The character that is wrong in an email address, by its name. It is looked for in the answer, so that no problem
    /// holds what was typed.
    fn wrong_character(&self, found: &Found<'_>) -> String {
        let fault = match found.node {
            Node::Text(text) if found.question.kind == Kind::Email => email_fault(text),
            _ => None,
        };
        match fault {
            Some(c) => {
                self.fill(&["character.", character_name(c)].concat(), &[("character", &c.to_string())])
            }
            None => self.text("character.unknown").to_owned(),
        }
    }

    /// What is asked at a place: an indicator's text, an element's name, or a question's label.
    pub(crate) fn asked(&self, found: &Found<'_>, standards: &Standards) -> String {
        match &found.indicator {
            Some(id) => {
                let indicator = standards.pack.indicator(id);
                indicator.map_or_else(|| id.clone(), |indicator| indicator.text.clone())
            }
            None => self.label(&found.key(), found.question.kind, found.question.name, standards).to_owned(),
        }
    }

    /// The label of a question; an element's is its own name.
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

    /// An age in completed months, in words.
    pub(crate) fn age(&self, months: u32) -> String {
        self.0.age(months)
    }

    /// The headline of an outcome.
    pub(crate) fn headline(&self, kind: &str, code: &str, more: bool) -> HeadlineWords {
        self.0.headline(kind, code, more)
    }

    /// A day with its weekday: `Friday 26 March 2027`.
    pub(crate) fn weekday_and_date(&self, day: Date) -> String {
        format!("{} {}", self.0.weekday(day.weekday()), self.0.day(day))
    }

    /// A date as people write it: `3 February 2019`, `February 2019` or `2019`.
    pub(crate) fn date(&self, date: PartialDate) -> String {
        match date {
            PartialDate::Day(date) => self.0.day(date),
            PartialDate::Month { year, month } => self.0.month(year, month),
            PartialDate::Year(year) => year.to_string(),
        }
    }
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
