//! `assess pack table`: the truth table of each rule as Markdown. A column for each condition that the rule reads, and what
//! the rule comes to. Small tables have every combination; in longer ones a dash says that it makes no difference, so that
//! they are complete and can still be read.

use assessment_rules::{Condition, Effect, Rule};
use serde_json::json;

use super::pack_check::counted;
use super::words_for;
use crate::arguments::Asked;
use crate::conditions::{Reader, parts};
use crate::exit::{Exit, Wrong};
use crate::pack_file;
use crate::source::plain;
use crate::terminal::Terminal;
use crate::words::{Words, capitalised};

/// Tables with at most so many combinations have every one of them.
const MOST_COMBINATIONS: usize = 27;
/// No table has more rows; what is left out is said.
const MOST_ROWS: usize = 120;

/// What a condition comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    Unknown,
    Yes,
}

/// A table.
pub(super) struct Table<'a> {
    /// The conditions, each once, in the order of the rule.
    pub(super) columns: Vec<&'a Condition>,
    /// What each column is, `None` where it makes no difference, and what the rule comes to.
    pub(super) rows: Vec<(Vec<Option<Truth>>, Truth)>,
    /// Whether rows were left out.
    pub(super) cut: bool,
}

pub(super) fn run(asked: &Asked, words: &Words, terminal: &mut Terminal<'_>) -> Exit {
    let file = match pack_file::draft(terminal, asked.rule_pack.as_deref()) {
        Ok(file) => file,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let words = &match words_for(asked, words, &file.pack, terminal) {
        Ok(words) => words,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let wanted = asked.operands.first().map(|rule| plain(&rule.to_string_lossy()));
    let is_wanted = |rule: &&Rule| wanted.as_ref().is_none_or(|id| *id == rule.id);
    let rules: Vec<&Rule> = file.pack.rules().iter().filter(is_wanted).collect();
    if rules.is_empty() {
        let known: Vec<&str> = file.pack.rules().iter().map(|rule| rule.id.as_str()).collect();
        let message = format!("it has no such rule; it has {}", known.join(", "));
        terminal.complain(&[Wrong::new(&file.file, message)]);
        return Exit::WrongUse;
    }
    let reader = Reader { words, pack: &file.pack };
    if asked.json {
        let tables: Vec<_> = rules.iter().map(|rule| as_json(rule, reader)).collect();
        terminal.say(&serde_json::Value::from(tables).to_string());
        return Exit::Fine;
    }
    for rule in rules {
        let from = rule.dated.from.map(|day| words.day(day)).unwrap_or_default();
        terminal.say(&format!("## {} {} (from {from})\n", rule.id, rule.name));
        markdown(rule, reader).iter().for_each(|line| terminal.say(line));
    }
    Exit::Fine
}

/// The table of a rule; none for a principle.
pub(super) fn table(rule: &Rule) -> Option<Table<'_>> {
    if rule.effect == Effect::Principle {
        return None;
    }
    let mut columns = Vec::new();
    leaves(&rule.when, &mut columns);
    let combinations = columns.iter().try_fold(1_usize, |all, leaf| all.checked_mul(values(leaf).len()));
    let every = combinations.is_some_and(|combinations| combinations <= MOST_COMBINATIONS);
    let mut table = Table { columns, rows: Vec::new(), cut: false };
    let mut given = Vec::new();
    table.fill(&rule.when, every, &mut given);
    Some(table)
}

impl Table<'_> {
    /// Tries each value of the next column, unless the rule is settled already.
    fn fill(&mut self, when: &Condition, every: bool, given: &mut Vec<Truth>) {
        if self.rows.len() >= MOST_ROWS {
            self.cut = true;
            return;
        }
        let (least, most) = self.range(when, given);
        if given.len() == self.columns.len() || !every && least == most {
            let padding = self.columns.len().saturating_sub(given.len());
            let cells = given.iter().copied().map(Some).chain(std::iter::repeat_n(None, padding));
            self.rows.push((cells.collect(), least));
            return;
        }
        let Some(next) = self.columns.get(given.len()).copied() else { return };
        if !every && !self.matters(when, given) {
            // Whatever it is, the rest decides: one row is enough, and it shows a dash.
            self.skip(when, given);
            return;
        }
        for value in values(next) {
            given.push(*value);
            self.fill(when, every, given);
            given.pop();
        }
    }

    /// Goes on without the next column: as if it were no, and with a dash in its place.
    fn skip(&mut self, when: &Condition, given: &mut Vec<Truth>) {
        let (at, begin) = (given.len(), self.rows.len());
        given.push(Truth::No);
        self.fill(when, false, given);
        given.pop();
        for (cells, _) in self.rows.iter_mut().skip(begin) {
            if let Some(cell) = cells.get_mut(at) {
                *cell = None;
            }
        }
    }

    /// Whether the next column can make a difference once the ones before it are given.
    fn matters(&self, when: &Condition, given: &[Truth]) -> bool {
        let Some(next) = self.columns.get(given.len()) else { return false };
        self.reaches(when, next, given)
    }

    /// Whether `leaf` stands in a part that is not settled yet.
    fn reaches(&self, when: &Condition, leaf: &Condition, given: &[Truth]) -> bool {
        let (least, most) = self.range(when, given);
        if least == most {
            return false;
        }
        if when == leaf {
            return true;
        }
        parts(when).iter().any(|part| self.reaches(part, leaf, given))
    }

    /// The least and the most that a condition can come to when only the first columns are given.
    fn range(&self, condition: &Condition, given: &[Truth]) -> (Truth, Truth) {
        let each = |part: &Condition| self.range(part, given);
        match condition {
            Condition::Always => (Truth::Yes, Truth::Yes),
            Condition::All(parts) => {
                let all = parts.iter().map(each);
                all.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))).unwrap_or((Truth::Yes, Truth::Yes))
            }
            Condition::Any(parts) => {
                let all = parts.iter().map(each);
                all.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1))).unwrap_or((Truth::No, Truth::No))
            }
            Condition::Not(part) => {
                let (least, most) = each(part);
                (most.turned(), least.turned())
            }
            leaf => {
                let at = self.columns.iter().position(|column| *column == leaf);
                let value = at.and_then(|at| given.get(at)).copied();
                value.map_or((Truth::No, Truth::Yes), |value| (value, value))
            }
        }
    }
}

impl Truth {
    fn turned(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }

    /// As a cell of a condition.
    pub(super) fn cell(of: Option<Truth>) -> &'static str {
        match of {
            None => "–",
            Some(Truth::No) => "no",
            Some(Truth::Unknown) => "unknown",
            Some(Truth::Yes) => "yes",
        }
    }

    /// As the result of a rule.
    pub(super) fn result(self) -> &'static str {
        match self {
            Truth::No => "not fired",
            Truth::Unknown => "undetermined",
            Truth::Yes => "**fired**",
        }
    }
}

/// What a condition can come to. One that reads only what was answered, or the suggestion, is never unknown.
fn values(leaf: &Condition) -> &'static [Truth] {
    match leaf {
        Condition::Answer { unsure: None, .. } | Condition::Suggestion(_) | Condition::Below(_) => {
            &[Truth::Yes, Truth::No]
        }
        _ => &[Truth::Yes, Truth::Unknown, Truth::No],
    }
}

fn leaves<'a>(condition: &'a Condition, found: &mut Vec<&'a Condition>) {
    match condition {
        Condition::Always => {}
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
            parts(condition).iter().for_each(|part| leaves(part, found));
        }
        leaf if found.contains(&leaf) => {}
        leaf => found.push(leaf),
    }
}

/// The table of a rule with its columns explained.
pub(super) fn markdown(rule: &Rule, reader: Reader<'_>) -> Vec<String> {
    let Some(table) = table(rule) else {
        return vec![format!("It {}.", reader.effect(&rule.effect)), String::new()];
    };
    if table.columns.is_empty() {
        return vec!["It always holds, so there is no table.".to_owned(), String::new()];
    }
    let mut lines = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        lines.push(format!("- **{}**: {}.", letter(at), capitalised(&reader.condition(column))));
    }
    let names: Vec<String> = (0..table.columns.len()).map(letter).collect();
    lines.push(String::new());
    lines.push(format!("| {} | {} |", names.join(" | "), rule.id));
    lines.push(format!("|{}", "---|".repeat(table.columns.len() + 1)));
    for (cells, result) in &table.rows {
        let cells: Vec<&str> = cells.iter().map(|cell| Truth::cell(*cell)).collect();
        lines.push(format!("| {} | {} |", cells.join(" | "), result.result()));
    }
    lines.push(String::new());
    if table.rows.iter().any(|(cells, _)| cells.contains(&None)) {
        lines.push("A dash says that it makes no difference.".to_owned());
    }
    if table.cut {
        lines.push(format!(
            "There are more rows: only the first {} are shown.",
            counted(table.rows.len(), "row")
        ));
    }
    if table.columns.len() > 1 {
        lines.push("Some rows may be impossible, where one condition rules out another.".to_owned());
        lines.push(String::new());
    }
    lines
}

/// `A`, `B` … `Z`, `A2` …
fn letter(at: usize) -> String {
    let letter = u8::try_from(at % 26).map_or('A', |offset| char::from(b'A' + offset));
    if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26 + 1) }
}

fn as_json(rule: &Rule, reader: Reader<'_>) -> serde_json::Value {
    let Some(table) = table(rule) else { return json!({"rule": rule.id, "principle": true}) };
    let columns: Vec<String> = table.columns.iter().map(|column| reader.condition(column)).collect();
    let row = |(cells, result): &(Vec<Option<Truth>>, Truth)| {
        let cells: Vec<Option<&str>> =
            cells.iter().map(|cell| cell.map(|cell| Truth::cell(Some(cell)))).collect();
        json!({"conditions": cells, "rule": result.result().trim_matches('*')})
    };
    let from = rule.dated.from.map(|day| day.to_string());
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    json!({"rule": rule.id, "from": from, "columns": columns, "rows": rows, "cut": table.cut})
}

#[cfg(test)]
mod tests;
