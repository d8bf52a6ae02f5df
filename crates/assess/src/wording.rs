//! Words for codes and paths: questions, options, indicators, suggestions, problems, days and ages. They come from the
//! engine's wording, the code lists, the framework, the rule pack and this program's own wording. Conditions are in
//! `pack_wording`.

use assessment_engine::answers::{Answers, Node};
use assessment_engine::code_lists::CodeLists;
use assessment_engine::sections::Framework;
use assessment_engine::validation::identifiers::{character_name, email_fault};
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::Kind;
use assessment_rules::{Outcome, RulePack, Suggestion, Suggestions};
use assessment_wording::{HeadlineWords, Wording as FormWording, en_gb, uncapitalised};
use jiff::civil::{Date, Time, Weekday};

/// All words.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    form: FormWording,
    own: FormWording,
    terms: FormWording,
    lists: CodeLists,
    framework: Framework,
}

impl Wording {
    /// British English, built in.
    ///
    /// # Errors
    /// Never, as a test shows; the type is the loaders' own.
    pub(crate) fn built_in() -> Result<Wording, String> {
        Ok(Wording {
            form: FormWording::load(en_gb::QUESTIONS)?.with(FormWording::load(en_gb::DATES)?),
            own: FormWording::load(en_gb::COMMAND_LINE)?,
            terms: FormWording::load(en_gb::TERMS)?,
            lists: CodeLists::load(CodeLists::built_in())?,
            framework: Framework::load(Framework::built_in())?,
        })
    }

    /// The same with an authority's name for its front door.
    pub(crate) fn with_front_door(self, name: &str) -> Wording {
        Wording { form: self.form.with_front_door(name), lists: self.lists.with_front_door(name), ..self }
    }

    /// What short words and local terms mean.
    pub(crate) fn terms(&self) -> &FormWording {
        &self.terms
    }

    /// The words of a key with its placeholders filled in; the key itself if there are none.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let wording = if self.own.get(key).is_some() { &self.own } else { &self.form };
        wording.fill(key, values)
    }

    /// The words of a key without placeholders.
    pub(crate) fn get(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The words of a key that is made of a stem and a code, such as `level.` and `L3`.
    pub(crate) fn of(&self, stem: &str, code: &str) -> String {
        self.get(&[stem, code].concat())
    }

    /// The words of a key, if it has any.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.own.get(key).or_else(|| self.form.get(key))
    }

    /// The name of an element.
    pub(crate) fn element(&self, id: &str) -> String {
        self.framework.element(id).map_or_else(|| id.to_owned(), |element| element.label.clone())
    }

    /// The elements, in form order.
    pub(crate) fn framework(&self) -> &Framework {
        &self.framework
    }

    /// The options of questions.
    pub(crate) fn lists(&self) -> &CodeLists {
        &self.lists
    }

    /// The text of an indicator.
    pub(crate) fn indicator(&self, id: &str, pack: &RulePack) -> String {
        pack.indicator(id).map_or_else(|| id.to_owned(), |indicator| indicator.text.clone())
    }

    /// An indicator with its id: `“Bruise …” (GH-404)`.
    pub(crate) fn indicator_with_id(&self, id: &str, pack: &RulePack) -> String {
        self.fill("condition.indicators.one", &[("indicator", &self.indicator(id, pack)), ("id", id)])
    }

    /// What a path asks: an indicator with its id, the name of an element, or the question.
    pub(crate) fn question(&self, path: &str, answers: &Answers, pack: &RulePack) -> String {
        let Some(found) = answers.find(path) else { return path.to_owned() };
        match (&found.indicator, self.framework.element(found.question.name)) {
            (Some(id), _) => self.indicator_with_id(id, pack),
            (None, Some(element)) => element.label.clone(),
            (None, None) => ["“", &self.form.fill(&found.key(), &[]), "”"].concat(),
        }
    }

    /// The label of an option.
    pub(crate) fn option(&self, path: &str, code: &str) -> String {
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

    /// What was answered, for questions with options; of free text only that there is some, since it may name people.
    pub(crate) fn answer(&self, path: &str, answers: &Answers) -> String {
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

    /// The headline of an outcome.
    pub(crate) fn headline(&self, outcome: &Outcome) -> HeadlineWords {
        self.form.headline(outcome.headline_words(), outcome.headline.code, outcome.may_be_more())
    }

    /// `R2: Offer a CAF and a team around the child`.
    pub(crate) fn suggestion(&self, code: &str) -> String {
        [code, ": ", &self.of("suggestion.", code)].concat()
    }

    /// The words for one of the three results, by its name in JSON.
    pub(crate) fn result(&self, name: &str) -> String {
        self.of("result.", name)
    }

    /// `L3, need that services should meet together`.
    pub(crate) fn level(&self, code: &str) -> String {
        [code, ", ", &uncapitalised(&self.of("level.", code))].concat()
    }

    /// A number of completed months as an age.
    pub(crate) fn age(&self, months: u32) -> String {
        self.form.age(months)
    }

    /// A day in words: `23 November 2026`.
    pub(crate) fn day(&self, day: Date) -> String {
        self.form.day(day)
    }

    /// The name of a day of the week.
    pub(crate) fn weekday(&self, day: Weekday) -> &str {
        self.form.weekday(day)
    }

    /// A time of day.
    pub(crate) fn time(&self, time: Time) -> String {
        self.form.time(time)
    }

    /// `A, B and C`.
    pub(crate) fn list(&self, items: &[&str]) -> String {
        self.form.list(items)
    }

    /// What is wrong with a record, as the form says it.
    pub(crate) fn problem(&self, problem: &Problem, answers: &Answers, pack: &RulePack) -> String {
        let key = ["problem.", problem.code.as_str()].concat();
        let Some(found) = answers.find(&problem.path) else {
            let character = self.get("character.unknown");
            return self.fill(&key, &[("label", &problem.path), ("max", ""), ("character", &character)]);
        };
        if matches!(problem.code, ProblemCode::Needed | ProblemCode::NeededRow)
            && let Some(text) = self.form.get(&[&found.key(), ".needed"].concat())
        {
            return text.to_owned();
        }
        let label = match &found.indicator {
            Some(id) => self.indicator(id, pack),
            None => match self.framework.element(found.question.name) {
                Some(element) => element.label.clone(),
                None => self.form.fill(&found.key(), &[]),
            },
        };
        let max = problem.max.map(|max| max.to_string()).unwrap_or_default();
        let begins = self.form.get(&key).is_some_and(|text| text.starts_with("%{label}"));
        let label = if begins { label } else { uncapitalised(&label) };
        let fault = match (problem.code, found.node) {
            (ProblemCode::EmailCharacter, Node::Text(text)) => email_fault(text),
            _ => None,
        };
        let named = |c: char| {
            self.fill(&["character.", character_name(c)].concat(), &[("character", &c.to_string())])
        };
        let character = fault.map_or_else(|| self.get("character.unknown"), named);
        self.fill(&key, &[("label", &label), ("max", &max), ("character", &character)])
    }
}

/// The three results with their names in JSON, from certain to not ruled out.
pub(crate) fn three_results(suggestions: &Suggestions) -> [(&'static str, Suggestion); 3] {
    let [certain, possible, not_ruled_out] = suggestions.all();
    [("certain", certain), ("possible", possible), ("not_ruled_out", not_ruled_out)]
}

/// `1 day`, `2 days`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must hold")]
mod tests {
    use super::*;
    use assessment_engine::rule_packs;
    use assessment_form::parse_day;

    #[test]
    fn ages_and_days_are_written_out() {
        let wording = Wording::built_in().unwrap();
        for (months, expected) in [
            (0, "less than 1 month"),
            (1, "1 month"),
            (11, "11 months"),
            (12, "1 year"),
            (13, "1 year and 1 month"),
            (23, "1 year and 11 months"),
            (24, "2 years"),
            (186, "15 years and 6 months"),
        ] {
            assert_eq!(wording.age(months), expected);
        }
        assert_eq!(wording.day(parse_day("2026-01-31").unwrap()), "31 January 2026");
        assert_eq!(wording.day(parse_day("2026-12-01").unwrap()), "1 December 2026");
    }

    /// Free text may name people, so only its existence is mentioned.
    #[test]
    fn answers_are_named_by_their_options_and_free_text_is_not_repeated() {
        let text = r#"{"danger_now":"unsure","identifying_details":{"family_name":"Okafor","dob":"2019-02",
            "disability":["LD"]},"elements":{"identity":{"indicators":{"ID-201":"no"}}}}"#;
        let (wording, answers) = (Wording::built_in().unwrap(), Answers::read(text).unwrap().answers);
        for (path, expected) in [
            ("danger_now", "Not sure"),
            ("identifying_details.family_name", "answered"),
            ("identifying_details.given_names", "no answer"),
            ("identifying_details.dob", "2019-02"),
            ("elements.identity.indicators.ID-201", "No"),
            ("elements.identity.indicators.ID-202", "no answer"),
            ("no.such.question", "no answer"),
        ] {
            assert_eq!(wording.answer(path, &answers), expected, "{path}");
        }
        assert_ne!(wording.answer("identifying_details.disability", &answers), "LD");
    }

    #[test]
    fn every_problem_has_words_and_leaves_no_placeholder() {
        let (wording, pack) =
            (Wording::built_in().unwrap(), rule_packs::load(rule_packs::built_in()).unwrap());
        for code in ProblemCode::ALL.iter().filter(|code| !code.is_of_team()) {
            for path in ["identifying_details.family_name", "elements.identity.indicators.ID-201", "no.such"]
            {
                let problem = Problem::with_max(path, *code, 70);
                let words = wording.problem(&problem, Answers::blank(), &pack);
                assert!(
                    !words.contains("%{") && !words.starts_with("problem."),
                    "{}: {words}",
                    code.as_str()
                );
            }
        }
    }
}
