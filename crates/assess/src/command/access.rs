//! `assess access`: who may see and do what, as a table. It is the table of `assessment_people`; `docs/access.md` is this
//! page.

use assessment_people::access::{Action, Reach, Role, Row, Shows, TABLE, When};
use assessment_people::protection::Protection;
use serde_json::{Value, json};

use super::Outcome;
use super::page_file::{self, PageFile};
use crate::exit::Exit;
use crate::terminal::Terminal;
use crate::wording::Wording;

/// Above the table, so that nobody changes the page by hand.
const MARK: &str =
    "<!-- Written by `assess access`. Change crates/people/src/access/table.rs, not this page. -->";

/// Prints the table, writes it to a file, or compares it with the one that is there.
pub(super) fn run(
    json: bool,
    file: Option<PageFile<'_>>,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    if json {
        let rows: Vec<Value> = TABLE.iter().map(as_json).collect();
        terminal.print(&Value::from(rows).to_string());
        return Ok(Exit::Success);
    }
    let count = format!("{} actions, {} rows", Action::ALL.len(), TABLE.len());
    page_file::run(&page(wording), file, &count, terminal)
}

fn page(wording: &Wording) -> String {
    let word = |key: &str| wording.get(&format!("access.{key}"));
    let roles: Vec<String> = Role::ALL.iter().map(|role| word(&format!("role.{}", role.code()))).collect();
    let mut lines: Vec<String> = ["heading", "", "about", "", "words", ""]
        .iter()
        .map(|key| if key.is_empty() { String::new() } else { word(key) })
        .collect();
    lines.splice(1..1, [String::new(), MARK.to_owned()]);
    lines.push(format!("| {} | {} |", word("columns"), roles.join(" | ")));
    lines.push("|---".repeat(1 + Role::ALL.len()) + "|");
    for action in Action::ALL {
        let cells: Vec<String> = Role::ALL.iter().map(|role| cell(*action, *role, wording)).collect();
        lines.push(format!("| {} | {} |", name(*action, wording), cells.join(" | ")));
    }
    lines.extend(["", "shown.heading", "", "shown.about", "", "shown.columns"].map(|key| match key {
        "" => String::new(),
        key => word(key),
    }));
    lines.push("|---|---|---|---|---|".to_owned());
    lines.extend(TABLE.iter().map(|row| shown(row, wording)));
    lines.join("\n") + "\n"
}

/// The action, with the states in which it is possible.
fn name(action: Action, wording: &Wording) -> String {
    let words = wording.get(&format!("access.action.{}", action.code()));
    let state = match action.when() {
        When::Always => return words,
        When::WhileOpen => "while-open",
        When::OnceClosed => "once-closed",
        When::UnlessMerged => "unless-merged",
        When::WhileMerged => "while-merged",
    };
    wording.fill(&format!("access.state.{state}"), &[("action", &words)])
}

/// On which records a role may do something.
fn cell(action: Action, role: Role, wording: &Wording) -> String {
    let rows = TABLE.iter().filter(|row| row.role.is_none_or(|one| one == role));
    let reaches: Vec<String> =
        rows.filter(|row| row.actions.contains(&action)).map(|row| reach(row, wording)).collect();
    match reaches.is_empty() {
        true => wording.get("access.nobody"),
        false => reaches.join(&wording.get("access.and")),
    }
}

fn reach(row: &Row, wording: &Wording) -> String {
    let words = wording.get(&format!("access.reach.{}", reach_code(row.reach)));
    match row.reason {
        true => wording.fill("access.reason", &[("reach", &words)]),
        false => words,
    }
}

/// How much one row shows of which records.
fn shown(row: &Row, wording: &Wording) -> String {
    let word = |key: &str| wording.get(&format!("access.{key}"));
    let role = word(&format!("role.{}", row.role.map_or("anybody", Role::code)));
    let opens = match (row.opens, row.reach) {
        (Protection::Shielded, Reach::Referral) => "referred",
        (protection, _) => protection_code(protection),
    };
    let shows = match row.shows {
        Shows::Existence if row.reach < Reach::Team => String::new(),
        Shows::Existence => word("shows.existence"),
        Shows::Grant => word("shows.grant"),
        Shows::Everything(up_to) => word(&format!("shows.{}", protection_code(up_to))),
    };
    let opens = if row.reach < Reach::Team { String::new() } else { word(&format!("opens.{opens}")) };
    let actions: Vec<String> =
        row.actions.iter().map(|action| wording.get(&format!("access.action.{}", action.code()))).collect();
    let cells = [role, reach(row, wording), actions.join(&word("and")), opens, shows];
    format!("| {} |", cells.join(" | ")).replace("|  |", "| |")
}

fn reach_code(reach: Reach) -> &'static str {
    match reach {
        Reach::NoRecord => "no-record",
        Reach::OwnDraft => "own-draft",
        Reach::Team => "team",
        Reach::Holder => "holder",
        Reach::Referral => "referral",
        Reach::Authority => "authority",
    }
}

fn protection_code(protection: Protection) -> &'static str {
    match protection {
        Protection::Ordinary => "ordinary",
        Protection::Confidential => "confidential",
        Protection::Shielded => "shielded",
    }
}

fn as_json(row: &Row) -> Value {
    let shows = match row.shows {
        Shows::Existence => "existence",
        Shows::Grant => "grant",
        Shows::Everything(up_to) => protection_code(up_to),
    };
    let actions: Vec<&str> = row.actions.iter().map(|action| action.code()).collect();
    json!({
        "role": row.role.map(Role::code), "reach": reach_code(row.reach), "reason": row.reason,
        "opens": protection_code(row.opens), "shows": shows, "actions": actions,
    })
}
