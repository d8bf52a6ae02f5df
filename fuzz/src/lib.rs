//! What several targets share: the data they check against, and bytes read as a series of choices, so that a fuzzer
//! reaches deep records without having to invent the form's JSON. No target is in it.

use assessment_engine::answers::Caf;
use assessment_engine::rule_packs;
use std::sync::LazyLock;

use assessment_engine::answers::{Answers, NodeMut};
use assessment_engine::standards::Standards;
use assessment_form::{Edit, Group, WrittenDate};
use assessment_rules::{Outcome, RulePack, Step, evaluate, explain};
use jiff::civil::Date;

/// The built-in data.
pub static STANDARDS: LazyLock<Standards> =
    LazyLock::new(|| Standards::built_in().expect("the built-in data is accepted"));

/// A second authority's pack, with other rules and days.
pub static SECOND: LazyLock<RulePack> = LazyLock::new(|| {
    let json = include_str!("../../crates/engine/data/rule_packs/northbridge-example.json");
    rule_packs::load(json).expect("the second authority's pack is accepted")
});

/// Every place that takes an answer, with two rows in each repeating group. Every indicator is in it twice, because indicators decide most.
static PLACES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut places = Vec::new();
    collect(&mut Answers::default(), "", &mut places);
    for _ in 0..2 {
        places.extend(STANDARDS.pack.indicators().iter().map(sign_path));
    }
    places
});

/// What people and programs type: codes, numbers and odd characters. Anything else can be spelt from bytes.
const WORDS: [&str; 56] = [
    "yes",
    "no",
    "unsure",
    "",
    " ",
    "unknown",
    "recorded",
    "no_concern",
    "not_discussed",
    "LD",
    "NONE",
    "R0",
    "R1",
    "R2",
    "R3",
    "R4",
    "R5",
    "IA-23",
    "given",
    "refused",
    "withdrawn",
    "not_sought",
    "has_address",
    "no_fixed_address",
    "looked_after",
    "child_in_need",
    "child_protection_plan",
    "closed_protection_plan",
    "care_leaver",
    "other",
    "gp",
    "school",
    "early_years",
    "K",
    "E",
    "F",
    "U",
    "2024",
    "2010",
    "2026-11-23",
    "2025-02-29",
    "29",
    "31",
    "2",
    "Feb",
    "0",
    "00",
    "9434765919",
    "LS2 8BB",
    "12:30",
    "a@b.cd",
    "\0",
    "\u{feff}",
    "\u{202e}x",
    "é\u{301}",
    "<script>",
];

/// The path of an indicator's mark.
pub fn sign_path(sign: &assessment_rules::Indicator) -> String {
    format!("elements.{}.indicators.{}", sign.element, sign.id)
}

fn collect(group: &mut dyn Group<Caf>, stem: &str, places: &mut Vec<String>) {
    for (index, question) in group.questions().iter().enumerate() {
        let dot = if stem.is_empty() { "" } else { "." };
        let path = format!("{stem}{dot}{}", question.name);
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => collect(inner, &path, places),
            Some(NodeMut::Rows(rows)) => {
                for row in 0..2 {
                    rows.push();
                    if let Some(inner) = rows.row_mut(row) {
                        collect(inner, &format!("{path}[{row}]"), places);
                    }
                }
            }
            Some(NodeMut::Marks(_)) | None => {}
            Some(NodeMut::Text(_) | NodeMut::List(_) | NodeMut::Date(_)) => places.push(path),
        }
    }
}

/// Bytes as choices, in order; once they are used up, every choice is the first one.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Choices<'a> {
        Choices(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (usize::from(self.byte()) << 8 | usize::from(self.byte())) % end.max(1)
    }

    /// One of the words, or some of the bytes themselves.
    pub fn text(&mut self) -> String {
        let choice = usize::from(self.byte());
        // Marks come up as often as all other words together.
        match choice {
            0..128 => WORDS[choice % 4].to_owned(),
            128..240 => WORDS[choice % WORDS.len()].to_owned(),
            _ => {
                let (text, rest) = self.0.split_at(self.0.len().min(choice - 239));
                self.0 = rest;
                String::from_utf8_lossy(text).into_owned()
            }
        }
    }

    /// A day: mostly one near the packs' own, sometimes the first or the last of the calendar.
    pub fn day(&mut self) -> Date {
        let (year, month, day) = match self.byte() {
            0 => (1000, 1, 1),
            1 => (9999, 12, 31),
            choice => {
                (2015 + i16::from(choice) % 25, 1 + (self.byte() % 12) as i8, 1 + (self.byte() % 28) as i8)
            }
        };
        Date::new(year, month, day).expect("every month has 28 days")
    }

    /// A record with anything typed in any question.
    pub fn record(&mut self) -> Answers {
        let mut answers = Answers::default();
        while !self.is_empty() {
            self.type_something(&mut answers);
        }
        answers
    }

    fn type_something(&mut self, answers: &mut Answers) {
        let path = &PLACES[self.below(PLACES.len())];
        for (at, _) in path.match_indices('[') {
            let (rows, row) = (&path[..at], usize::from(path.as_bytes()[at + 1] - b'0'));
            while answers.node(&format!("{rows}[{row}]")).is_none() {
                answers.apply(rows, Edit::AddRow).expect("a path of the form");
            }
        }
        let text = self.text();
        if answers.apply(path, Edit::Text(text.clone())).is_ok() {
            return;
        }
        let mut list = vec![text.clone()];
        if self.byte() & 1 == 1 {
            list.push(self.text());
        }
        if answers.apply(path, Edit::List(list)).is_ok() {
            return;
        }
        let date = WrittenDate::from_iso(&text).unwrap_or_else(|| WrittenDate {
            day: self.text(),
            month: self.text(),
            year: text,
        });
        answers.apply(path, Edit::Date(date)).expect("every other place takes a date");
    }
}

/// The three results as steps.
pub fn steps(outcome: &Outcome) -> [Step; 3] {
    outcome.suggestion.all().map(|suggestion| suggestion.step())
}

/// Every urgent action is one of the pack's, and danger now comes first, for every pack that is accepted.
pub fn danger_comes_first(answers: &Answers, today: Date, pack: &RulePack) {
    let outcome = evaluate(answers, today, pack);
    for action in outcome.urgent.iter().chain(&outcome.urgent_to_check) {
        assert!(pack.action(action).is_some(), "an urgent action that the pack has not");
    }
    if answers.danger_now == "yes" {
        assert_eq!(outcome.urgent.first().map(String::as_str), Some("IA-01"), "danger does not come first");
    }
}

/// What holds for every record under every pack whose form keeps the laws: see the laws in the engine's tests. `choice`
/// picks the indicator that is tried.
pub fn keeps_the_laws(answers: &Answers, today: Date, pack: &RulePack, choice: usize) {
    let outcome = evaluate(answers, today, pack);
    assert!(steps(&outcome).is_sorted(), "not in order: {:?}", outcome.suggestion);
    assert_eq!(outcome, evaluate(answers, today, pack), "evaluated twice");
    assert_eq!(explain(answers, today, pack).suggestion, outcome.suggestion, "explained otherwise");
    // More concern never lowers a result.
    let signs: Vec<_> = pack.indicators().iter().filter(|sign| !sign.strength).collect();
    let Some(sign) = signs.get(choice % signs.len().max(1)) else { return };
    let mut changed = answers.clone();
    let mut before = [Step::R0; 3];
    for mark in ["no", "", "unsure", "yes"] {
        // A pack cannot name an element that the form does not have.
        changed.apply(&sign_path(sign), Edit::Text(mark.to_owned())).expect("every sign has a box");
        let after = steps(&evaluate(&changed, today, pack));
        assert!(after.iter().zip(before).all(|(after, before)| *after >= before), "`{mark}` lowers a result");
        before = after;
    }
}
