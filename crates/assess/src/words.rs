//! Words for codes and paths: questions, options, signs, suggestions, problems, days and ages. From the engine's wording,
//! the code lists, the boxes, the rule pack and this program's own small wording. Conditions are in `conditions`.

use assessment_engine::answers::{Answers, Node};
use assessment_engine::code_lists::CodeLists;
use assessment_engine::sections::Framework;
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::Kind;
use assessment_rules::RulePack;
use assessment_wording::Wording;
use jiff::civil::Date;

/// All words.
#[derive(Debug, Clone)]
pub struct Words {
    engine: Wording,
    own: Wording,
    lists: CodeLists,
    framework: Framework,
}

impl Words {
    /// British English, built in.
    ///
    /// # Errors
    /// Never, as a test shows; the type is the loaders' own.
    pub fn built_in() -> Result<Words, String> {
        Ok(Words {
            engine: Wording::load(Wording::built_in())?,
            own: Wording::load(include_str!("../data/wording/en-GB.json"))?,
            lists: CodeLists::load(CodeLists::built_in())?,
            framework: Framework::load(Framework::built_in())?,
        })
    }

    /// The same with an authority's name for its front door.
    #[must_use]
    pub fn with_front_door(self, name: &str) -> Words {
        Words { engine: self.engine.with_front_door(name), lists: self.lists.with_front_door(name), ..self }
    }

    /// A text with its placeholders filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let wording = if self.own.get(key).is_some() { &self.own } else { &self.engine };
        wording.fill(key, values)
    }

    /// A text without placeholders.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A text, where there is one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&str> {
        self.own.get(key).or_else(|| self.engine.get(key))
    }

    /// The name of a box.
    #[must_use]
    pub fn element(&self, id: &str) -> String {
        self.framework.element(id).map_or_else(|| id.to_owned(), |element| element.label.clone())
    }

    /// The boxes, in form order.
    #[must_use]
    pub fn framework(&self) -> &Framework {
        &self.framework
    }

    /// The options of questions.
    #[must_use]
    pub fn lists(&self) -> &CodeLists {
        &self.lists
    }

    /// The text of a sign.
    #[must_use]
    pub fn sign(&self, id: &str, pack: &RulePack) -> String {
        pack.indicator(id).map_or_else(|| id.to_owned(), |sign| sign.text.clone())
    }

    /// What a path asks: `“Bruise …” (GH-404)` for a sign, the question otherwise.
    #[must_use]
    pub fn question(&self, path: &str, answers: &Answers, pack: &RulePack) -> String {
        let Some(found) = answers.find(path) else { return path.to_owned() };
        match (&found.indicator, self.framework.element(found.question.name)) {
            (Some(id), _) => self.fill("condition.signs.one", &[("sign", &self.sign(id, pack)), ("id", id)]),
            (None, Some(element)) => element.label.clone(),
            (None, None) => ["“", &self.engine.fill(&found.key(), &[]), "”"].concat(),
        }
    }

    /// An option as people see it.
    #[must_use]
    pub fn option(&self, path: &str, code: &str) -> String {
        let list = match Answers::blank().find(path) {
            Some(found) if found.indicator.is_some() => "mark",
            Some(found) => match found.question.kind {
                Kind::Choice(list) | Kind::Choices(list) => list,
                _ => "",
            },
            None => "",
        };
        self.lists.find(list, code).map_or_else(|| code.to_owned(), |option| option.label.clone())
    }

    /// What was answered, for questions with options; of a free text only that there is one, since it may name people.
    #[must_use]
    pub fn answer(&self, path: &str, answers: &Answers) -> String {
        let Some(found) = answers.find(path) else { return self.get("no-answer") };
        if found.node.is_blank() && found.indicator.is_none() {
            return self.get("no-answer");
        }
        match (found.node, &found.indicator, found.question.kind) {
            (Node::Marks(marks), Some(id), _) => match marks.get(id).filter(|mark| !mark.is_empty()) {
                Some(mark) => self.option(path, mark),
                None => self.get("no-answer"),
            },
            (Node::Text(code), _, Kind::Choice(_)) => self.option(path, code),
            (Node::List(codes), _, Kind::Choices(_)) => {
                codes.iter().map(|code| self.option(path, code)).collect::<Vec<_>>().join(", ")
            }
            (Node::Date(date), ..) => date.to_iso().unwrap_or_else(|| self.get("free-text")),
            _ => self.get("free-text"),
        }
    }

    /// `R2: Offer a CAF and a team around the child`.
    #[must_use]
    pub fn suggestion(&self, code: &str) -> String {
        [code, ": ", &self.get(&["suggestion.", code].concat())].concat()
    }

    /// `L3, need that services should meet together`.
    #[must_use]
    pub fn level(&self, code: &str) -> String {
        [code, ", ", &uncapitalised(&self.get(&["level.", code].concat()))].concat()
    }

    /// A number of completed months as people say it.
    #[must_use]
    pub fn age(&self, months: u32) -> String {
        let (years, rest) = (months / 12, months % 12);
        let in_years = match years {
            1 => self.get("age.year"),
            _ => self.fill("age.years", &[("years", &years.to_string())]),
        };
        let in_months = match rest {
            1 => self.get("age.month"),
            _ => self.fill("age.months", &[("months", &rest.to_string())]),
        };
        match (years, rest) {
            (0, 0) => self.get("age.newborn"),
            (0, _) => in_months,
            (_, 0) => in_years,
            _ => self.fill("age.and", &[("years", &in_years), ("months", &in_months)]),
        }
    }

    /// `23 November 2026`.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (year, month, of_month) = (day.year(), day.month(), day.day());
        let name = usize::try_from(month)
            .ok()
            .and_then(|month| month.checked_sub(1))
            .and_then(|at| MONTHS.get(at))
            .copied();
        format!("{of_month} {} {year}", name.unwrap_or_default())
    }

    /// What is wrong with a record, in the words of the form.
    #[must_use]
    pub fn problem(&self, problem: &Problem, answers: &Answers, pack: &RulePack) -> String {
        let key = ["problem.", problem.code.as_str()].concat();
        let Some(found) = answers.find(&problem.path) else {
            return self.fill(&key, &[("label", &problem.path), ("max", "")]);
        };
        if matches!(problem.code, ProblemCode::Needed | ProblemCode::NeededRow)
            && let Some(text) = self.engine.get(&[&found.key(), ".needed"].concat())
        {
            return text.to_owned();
        }
        let label = match &found.indicator {
            Some(id) => self.sign(id, pack),
            None => match self.framework.element(found.question.name) {
                Some(element) => element.label.clone(),
                None => self.engine.fill(&found.key(), &[]),
            },
        };
        let max = problem.max.map(|max| max.to_string()).unwrap_or_default();
        let begins = self.engine.get(&key).is_some_and(|text| text.starts_with("%{label}"));
        let label = if begins { label } else { uncapitalised(&label) };
        self.fill(&key, &[("label", &label), ("max", &max)])
    }
}

/// `Given names` as it stands within a sentence; `NHS number` stays as it is.
#[must_use]
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// `given names` at the start of a sentence.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;
    use assessment_engine::rule_packs;
    use assessment_form::parse_day;

    #[test]
    fn ages_are_said_as_people_say_them() {
        let words = Words::built_in().unwrap();
        for (months, said) in [
            (0, "less than 1 month"),
            (1, "1 month"),
            (11, "11 months"),
            (12, "1 year"),
            (13, "1 year and 1 month"),
            (23, "1 year and 11 months"),
            (24, "2 years"),
            (186, "15 years and 6 months"),
        ] {
            assert_eq!(words.age(months), said);
        }
        assert_eq!(words.day(parse_day("2026-01-31").unwrap()), "31 January 2026");
    }

    /// A free text may name people: of it only that it is there is said.
    #[test]
    fn answers_are_said_by_their_options_and_free_text_is_not_repeated() {
        let text = r#"{"danger_now":"unsure","identifying_details":{"family_name":"Okafor","dob":"2019-02",
            "disability":["LD"]},"elements":{"identity":{"indicators":{"ID-201":"no"}}}}"#;
        let (words, answers) = (Words::built_in().unwrap(), Answers::read(text).unwrap().answers);
        for (path, said) in [
            ("danger_now", "Not sure"),
            ("identifying_details.family_name", "answered"),
            ("identifying_details.given_names", "no answer"),
            ("identifying_details.dob", "2019-02"),
            ("elements.identity.indicators.ID-201", "No"),
            ("elements.identity.indicators.ID-202", "no answer"),
            ("no.such.question", "no answer"),
        ] {
            assert_eq!(words.answer(path, &answers), said, "{path}");
        }
        assert_ne!(words.answer("identifying_details.disability", &answers), "LD");
    }

    /// Every problem has words, and none leaves a placeholder.
    #[test]
    fn every_problem_is_said() {
        let (words, pack) = (Words::built_in().unwrap(), rule_packs::load(rule_packs::built_in()).unwrap());
        for code in ProblemCode::ALL {
            for path in ["identifying_details.family_name", "elements.identity.indicators.ID-201", "no.such"]
            {
                let problem = Problem::with_max(path, *code, 70);
                let said = words.problem(&problem, Answers::blank(), &pack);
                assert!(!said.contains("%{") && !said.starts_with("problem."), "{}: {said}", code.as_str());
            }
        }
    }
}
