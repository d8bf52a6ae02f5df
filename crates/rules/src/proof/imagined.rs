//! Records that nobody filled in: a child's situation, with every indicator answered no unless it is marked.

use jiff::civil::Date;

use super::super::concern::View;
use super::super::{Age, Marks, Record, RulePack};

/// A question by its number, and the option that was given.
pub(super) type Given = (usize, String);

/// A child's situation.
pub(super) struct Situation {
    pub(super) day: Date,
    /// `None` for a child who is not born.
    pub(super) age: Option<u32>,
    pub(super) given: Vec<Given>,
    pub(super) record: Imagined,
    danger: Option<usize>,
}

impl Situation {
    pub(super) fn new(pack: &RulePack, day: Date, age: Option<u32>, given: Vec<Given>) -> Situation {
        let vocabulary = pack.vocabulary();
        let no_concern = vocabulary.elements.iter().filter_map(|element| element.no_concern.clone());
        let mut codes: Vec<(usize, [String; 1])> =
            no_concern.map(|(question, code)| (question, [code])).collect();
        codes.extend(vocabulary.danger.map(|question| (question, ["no".to_owned()])));
        codes.extend(given.iter().map(|(question, to)| (*question, [to.clone()])));
        let record = Imagined {
            age: age.map_or(Age::Unborn, |months| Age::Born { youngest: months, oldest: months }),
            marks: vec![Marks::new(); vocabulary.elements.len()],
            codes,
        };
        Situation { day, age, given, record, danger: vocabulary.danger }
    }

    pub(super) fn is_in_danger(&self) -> bool {
        self.danger.is_some_and(|question| self.record.codes(question).iter().any(|code| code == "yes"))
    }

    pub(super) fn view<'a>(&'a self, pack: &'a RulePack) -> View<'a> {
        View::new(&self.record, self.day, pack)
    }
}

/// A record that holds nothing but what rules see.
#[derive(Clone)]
pub(super) struct Imagined {
    age: Age,
    marks: Vec<Marks>,
    /// The last one for a question counts.
    codes: Vec<(usize, [String; 1])>,
}

impl Imagined {
    /// Marks the indicator at a position of the pack.
    pub(super) fn mark(&mut self, pack: &RulePack, at: usize, mark: &str) {
        let marks = pack.parts.elements.get(at).and_then(|element| self.marks.get_mut(*element));
        if let (Some(marks), Some(indicator)) = (marks, pack.indicators().get(at)) {
            marks.insert(indicator.id.clone(), mark.to_owned());
        }
    }
}

impl Record for Imagined {
    fn age(&self, _today: Date) -> Age {
        self.age
    }

    fn marks(&self, element: usize) -> Option<&Marks> {
        self.marks.get(element)
    }

    fn codes(&self, question: usize) -> &[String] {
        self.codes.iter().rev().find(|(at, _)| *at == question).map_or(&[], |(_, code)| code)
    }

    fn serious_worries(&self) -> Vec<&'static str> {
        Vec::new()
    }
}
