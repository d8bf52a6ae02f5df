//! `assess pack document`: the pages that are read and signed: an index, a page for each rule and one for each box. The same
//! pack and cases give the same bytes; `--check` compares them with what is there and writes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::pages::pages;
use super::words_for;
use crate::arguments::Asked;
use crate::cases;
use crate::exit::{Exit, Wrong};
use crate::pack_file;
use crate::source::without_controls;
use crate::terminal::Terminal;
use crate::words::Words;

/// The second line of every page, by which a page of ours is known.
pub(super) const MARK: &str =
    "<!-- Written by `assess pack document`. Change the rule pack, not this page. -->";

pub(super) fn run(asked: &Asked, words: &Words, terminal: &mut Terminal<'_>) -> Exit {
    let (Some(name), Some(out)) = (asked.operands.first(), asked.out.as_deref()) else {
        return Exit::WrongUse;
    };
    let file = match pack_file::draft(terminal, Some(name)) {
        Ok(file) => file,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let (cases, wrong) = cases::read(terminal, &asked.cases);
    if !wrong.is_empty() {
        // Pages without a case that should be on them would be signed as if it were not there.
        return terminal.complain(&wrong);
    }
    let words = match words_for(asked, words, &file.pack, terminal) {
        Ok(words) => words,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let pages = pages(&file, &cases, &words);
    if asked.check { compare(&pages, out, terminal) } else { write(&pages, out, terminal) }
}

fn compare(pages: &BTreeMap<String, String>, out: &Path, terminal: &mut Terminal<'_>) -> Exit {
    let mut differ: Vec<String> = Vec::new();
    for (name, page) in pages {
        match fs::read_to_string(out.join(name)) {
            Ok(there) if there == *page => {}
            Ok(_) => differ.push(format!("{name}: is not what the rule pack says")),
            Err(_) => differ.push(format!("{name}: is missing, or cannot be read")),
        }
    }
    differ.extend(
        left_over(pages, out).into_iter().map(|name| format!("{name}: belongs to nothing in the rule pack")),
    );
    let shown = without_controls(&out.to_string_lossy());
    for line in &differ {
        terminal.say(&format!("{shown}/{line}"));
    }
    terminal.say(&match differ.len() {
        0 => format!("{shown}: {} pages, as the rule pack says", pages.len()),
        _ => format!("{shown}: out of date. Run the same command without --check."),
    });
    Exit::found(!differ.is_empty())
}

fn write(pages: &BTreeMap<String, String>, out: &Path, terminal: &mut Terminal<'_>) -> Exit {
    let shown = without_controls(&out.to_string_lossy());
    let cannot = "it could not be written: check the folder's rights and the room on the disk";
    if fs::create_dir_all(out).is_err() {
        return terminal.complain(&[Wrong::new(&shown, cannot)]);
    }
    for (name, page) in pages {
        if fs::write(out.join(name), page).is_err() {
            return terminal.complain(&[Wrong::new(&format!("{shown}/{name}"), cannot)]);
        }
    }
    for name in left_over(pages, out) {
        if fs::remove_file(out.join(&name)).is_err() {
            return terminal.complain(&[Wrong::new(
                &format!("{shown}/{name}"),
                "it belongs to nothing in the rule pack and could not be removed",
            )]);
        }
    }
    terminal.say(&format!("{shown}: {} pages", pages.len()));
    Exit::Fine
}

/// Pages of ours from an earlier pack. What somebody else wrote there is left alone.
fn left_over(pages: &BTreeMap<String, String>, out: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(out) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md") && !pages.contains_key(name))
        .filter(|name| {
            fs::read_to_string(out.join(name)).is_ok_and(|text| text.lines().any(|line| line == MARK))
        })
        .collect();
    names.sort();
    names
}
