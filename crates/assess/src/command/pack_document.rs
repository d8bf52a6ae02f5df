//! `assess pack document`: the pages that are read and signed: an index, a page for each rule and one for each element.
//! The same pack and cases give the same bytes; `--check` compares them with what is there and writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::{Outcome, element_page, index_page, rule_page, wording_for};
use crate::arguments::{Cases, Profile};
use crate::cases;
use crate::exit::Exit;
use crate::input::shown_name;
use crate::input_error::{InputError, Reason};
use crate::pack_file;
use crate::pack_wording::PackWording;
use crate::terminal::Terminal;
use crate::wording::Wording;

/// The line by which a page of ours is recognised.
const MARK: &str = "<!-- Written by `assess pack document`. Change the rule pack, not this page. -->";

/// Pages by file name.
pub(super) type Pages = BTreeMap<String, String>;

/// All pages of a rule pack.
pub(super) fn pages(
    name: &OsStr,
    named_cases: &Cases,
    profile: &Profile,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Result<Pages, Vec<InputError>> {
    let file = pack_file::draft(terminal, Some(name))?;
    let (cases, errors) = cases::read(terminal, &named_cases.cases);
    if !errors.is_empty() {
        // Pages without a case that should be on them would be signed as if it did not exist.
        return Err(errors);
    }
    let wording = &wording_for(profile, &file.pack, wording, terminal)?;
    let pack_wording = PackWording { wording, pack: &file.pack };
    let mut pages = Pages::new();
    pages.insert("index.md".to_owned(), finished(index_page::page(&file, pack_wording)));
    let witnesses = rule_page::witnesses(&cases, &file.pack);
    let ids: BTreeSet<&str> = file.pack.rules().iter().map(|rule| rule.id.as_str()).collect();
    for id in ids {
        pages.insert(rule_page::file_name(id), finished(rule_page::page(id, &witnesses, pack_wording)));
    }
    for element in &wording.framework().elements {
        let page = finished(element_page::page(&element.id, pack_wording));
        pages.insert(element_page::file_name(&element.id), page);
    }
    Ok(pages)
}

/// A page with the mark below its heading and no two empty lines in a row.
fn finished(mut lines: Vec<String>) -> String {
    lines.splice(1..1, [String::new(), MARK.to_owned(), String::new()]);
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// Names each page that is missing, differs or is left over.
pub(super) fn compare(pages: &Pages, out: &Path, terminal: &mut Terminal<'_>) -> Exit {
    let mut faults: Vec<String> = Vec::new();
    for (name, page) in pages {
        match fs::read_to_string(out.join(name)) {
            Ok(found) if found == *page => {}
            Ok(_) => faults.push(format!("{name}: is not what the rule pack says")),
            Err(_) => faults.push(format!("{name}: is missing, or cannot be read")),
        }
    }
    let left_over = left_over(pages, out).into_iter();
    faults.extend(left_over.map(|name| format!("{name}: belongs to nothing in the rule pack")));
    let folder = shown_name(out);
    faults.iter().for_each(|fault| terminal.print(&format!("{folder}/{fault}")));
    terminal.print(&match faults.len() {
        0 => format!("{folder}: {} pages, as the rule pack says", pages.len()),
        _ => format!("{folder}: out of date. Run the same command without --check."),
    });
    Exit::found(!faults.is_empty())
}

/// Writes the pages, and removes those of an earlier pack.
pub(super) fn write(pages: &Pages, out: &Path, terminal: &mut Terminal<'_>) -> Outcome {
    let error = |path: &Path, reason| InputError::new(&shown_name(path), reason);
    fs::create_dir_all(out).map_err(|_| error(out, Reason::NotWritable))?;
    for (name, page) in pages {
        let path = out.join(name);
        fs::write(&path, page).map_err(|_| error(&path, Reason::NotWritable))?;
    }
    for name in left_over(pages, out) {
        let path = out.join(name);
        fs::remove_file(&path).map_err(|_| error(&path, Reason::NotRemovable))?;
    }
    terminal.print(&format!("{}: {} pages", shown_name(out), pages.len()));
    Ok(Exit::Success)
}

/// Pages of ours from an earlier pack. What somebody else wrote there is left alone.
fn left_over(pages: &Pages, out: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(out) else { return Vec::new() };
    let is_ours = |name: &String| {
        fs::read_to_string(out.join(name)).is_ok_and(|text| text.lines().any(|line| line == MARK))
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md") && !pages.contains_key(name))
        .filter(is_ours)
        .collect();
    names.sort();
    names
}
