//! The truth table of a rule: a column for each condition that it reads, and what the rule comes to. Small tables have
//! every combination. In longer ones a cell may be empty because the condition makes no difference there, so that they
//! are complete and can still be read. How tables are written is in `pack_table`.

use assessment_rules::{Condition, Effect, Rule};

use crate::pack_wording::parts;

/// Tables with no more combinations than this have all of them.
const MAX_COMBINATIONS: usize = 27;
/// No table has more rows; what is left out is said.
const MAX_ROWS: usize = 120;

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
    pub(super) rows: Vec<Row>,
    /// Whether rows were left out.
    pub(super) cut: bool,
}

/// One combination.
pub(super) struct Row {
    /// What each column is; `None` where it makes no difference.
    pub(super) cells: Vec<Option<Truth>>,
    /// What the rule comes to.
    pub(super) result: Truth,
}

/// The table of a rule; none for a principle.
pub(super) fn table(rule: &Rule) -> Option<Table<'_>> {
    if rule.effect == Effect::Principle {
        return None;
    }
    let mut columns = Vec::new();
    leaves(&rule.when, &mut columns);
    let combinations = columns.iter().try_fold(1_usize, |all, leaf| all.checked_mul(values(leaf).len()));
    let every = combinations.is_some_and(|combinations| combinations <= MAX_COMBINATIONS);
    let mut table = Table { columns, rows: Vec::new(), cut: false };
    let mut given = Vec::new();
    table.fill(&rule.when, every, &mut given);
    Some(table)
}

impl Table<'_> {
    /// Tries each value of the next column, unless the rule is settled already.
    fn fill(&mut self, when: &Condition, every: bool, given: &mut Vec<Truth>) {
        if self.rows.len() >= MAX_ROWS {
            self.cut = true;
            return;
        }
        let (least, most) = self.range(when, given);
        if given.len() == self.columns.len() || !every && least == most {
            let padding = self.columns.len().saturating_sub(given.len());
            let cells = given.iter().copied().map(Some).chain(std::iter::repeat_n(None, padding));
            self.rows.push(Row { cells: cells.collect(), result: least });
            return;
        }
        let Some(next) = self.columns.get(given.len()).copied() else { return };
        if !every && !self.matters(when, given) {
            // The rest decides: one row is enough, and it shows a dash.
            self.skip(when, given);
            return;
        }
        for value in values(next) {
            given.push(*value);
            self.fill(when, every, given);
            given.pop();
        }
    }

    /// Goes on without the next column: as if it were no, and with a dash for it.
    fn skip(&mut self, when: &Condition, given: &mut Vec<Truth>) {
        let (at, begin) = (given.len(), self.rows.len());
        given.push(Truth::No);
        self.fill(when, false, given);
        given.pop();
        for row in self.rows.iter_mut().skip(begin) {
            if let Some(cell) = row.cells.get_mut(at) {
                *cell = None;
            }
        }
    }

    /// Whether the next column can make a difference once the ones before it are given.
    fn matters(&self, when: &Condition, given: &[Truth]) -> bool {
        let Some(next) = self.columns.get(given.len()) else { return false };
        self.reaches(when, next, given)
    }

    /// Whether `leaf` is in a part that is not settled yet.
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
                (most.negated(), least.negated())
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
    fn negated(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
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

#[cfg(test)]
mod tests;
