//! `assess pack table`: the truth table of each rule as Markdown. The tables themselves are in `truth_table`.

use assessment_rules::Rule;
use serde_json::json;

use super::truth_table::{Row, Truth, table};
use super::{Outcome, wording_for};
use crate::arguments::StandardsFiles;
use crate::exit::Exit;
use crate::input_error::{InputError, Reason};
use crate::pack_file;
use crate::pack_wording::PackWording;
use crate::terminal::Terminal;
use crate::wording::{Wording, counted};
use assessment_wording::capitalised;

pub(super) fn run(
    id: Option<&str>,
    json: bool,
    standards: &StandardsFiles,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let file = pack_file::draft(terminal, standards.rule_pack.as_deref())?;
    let wording = &wording_for(&standards.profile, &file.pack, wording, terminal)?;
    let all = file.pack.rules();
    let rules: Vec<&Rule> = all.iter().filter(|rule| id.is_none_or(|id| id == rule.id)).collect();
    if rules.is_empty() {
        let known: Vec<&str> = all.iter().map(|rule| rule.id.as_str()).collect();
        terminal.report(&[InputError::new(&file.file, Reason::NoSuchRule(known.join(", ")))]);
        return Ok(Exit::Usage);
    }
    let pack_wording = PackWording { wording, pack: &file.pack };
    if json {
        let tables: Vec<_> = rules.iter().map(|rule| as_json(rule, pack_wording)).collect();
        terminal.print(&serde_json::Value::from(tables).to_string());
        return Ok(Exit::Success);
    }
    for rule in rules {
        let from = rule.dated.from.map(|day| wording.day(day)).unwrap_or_default();
        terminal.print(&format!("## {} {} (from {from})\n", rule.id, rule.name));
        markdown(rule, pack_wording).iter().for_each(|line| terminal.print(line));
    }
    Ok(Exit::Success)
}

/// The table of a rule with its columns explained.
pub(super) fn markdown(rule: &Rule, pack_wording: PackWording<'_>) -> Vec<String> {
    let Some(table) = table(rule) else {
        return vec![format!("It {}.", pack_wording.effect(&rule.effect)), String::new()];
    };
    if table.columns.is_empty() {
        return vec!["It always holds, so there is no table.".to_owned(), String::new()];
    }
    let mut lines = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        lines.push(format!("- **{}**: {}.", letter(at), capitalised(&pack_wording.condition(column))));
    }
    let names: Vec<String> = (0..table.columns.len()).map(letter).collect();
    lines.push(String::new());
    lines.push(format!("| {} | {} |", names.join(" | "), rule.id));
    lines.push(format!("|{}", "---|".repeat(table.columns.len() + 1)));
    for row in &table.rows {
        let cells: Vec<&str> = row.cells.iter().map(|truth| truth.map_or("–", cell)).collect();
        let result = if row.result == Truth::Yes { "**fired**" } else { result(row.result) };
        lines.push(format!("| {} | {result} |", cells.join(" | ")));
    }
    lines.push(String::new());
    if table.rows.iter().any(|row| row.cells.contains(&None)) {
        lines.push("A dash means that the condition makes no difference.".to_owned());
    }
    if table.cut {
        let shown = counted(table.rows.len(), "row");
        lines.push(format!("There are more rows: only the first {shown} are shown."));
    }
    if table.columns.len() > 1 {
        lines.push("Some rows may be impossible, because one condition rules out another.".to_owned());
        lines.push(String::new());
    }
    lines
}

/// What a condition comes to.
fn cell(truth: Truth) -> &'static str {
    match truth {
        Truth::No => "no",
        Truth::Unknown => "unknown",
        Truth::Yes => "yes",
    }
}

/// What the rule comes to.
fn result(truth: Truth) -> &'static str {
    match truth {
        Truth::No => "not fired",
        Truth::Unknown => "undetermined",
        Truth::Yes => "fired",
    }
}

/// `A`, `B` … `Z`, `A2` …
fn letter(at: usize) -> String {
    let letter = u8::try_from(at % 26).map_or('A', |offset| char::from(b'A' + offset));
    if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26 + 1) }
}

fn as_json(rule: &Rule, pack_wording: PackWording<'_>) -> serde_json::Value {
    let Some(table) = table(rule) else { return json!({"rule": rule.id, "principle": true}) };
    let columns: Vec<String> = table.columns.iter().map(|column| pack_wording.condition(column)).collect();
    let row = |row: &Row| {
        let cells: Vec<Option<&str>> = row.cells.iter().map(|truth| truth.map(cell)).collect();
        json!({"conditions": cells, "rule": result(row.result)})
    };
    let from = rule.dated.from.map(|day| day.to_string());
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    json!({"rule": rule.id, "from": from, "columns": columns, "rows": rows, "cut": table.cut})
}
