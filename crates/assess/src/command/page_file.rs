//! A page that is made from data: writes it, or compares it with the one that is committed.

use std::fs;
use std::path::Path;

use super::Outcome;
use crate::exit::Exit;
use crate::input::shown_name;
use crate::input_error::{InputError, Reason};
use crate::terminal::Terminal;

/// Where a page goes, and whether it is only compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageFile<'a> {
    pub(super) path: &'a Path,
    pub(super) check: bool,
}

/// Prints the page, writes it or compares it. `count` says what was written.
pub(super) fn run(
    page: &str,
    file: Option<PageFile<'_>>,
    count: &str,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let Some(PageFile { path, check }) = file else {
        terminal.print(page.trim_end());
        return Ok(Exit::Success);
    };
    let name = shown_name(path);
    if !check {
        fs::write(path, page).map_err(|_| InputError::new(&name, Reason::NotWritable))?;
        terminal.print(&format!("{name}: {count}"));
        return Ok(Exit::Success);
    }
    let is_same = fs::read_to_string(path).is_ok_and(|found| found == page);
    terminal.print(&match is_same {
        true => format!("{name}: as the data say"),
        false => format!("{name}: out of date. Run the same command without --check."),
    });
    Ok(Exit::found(!is_same))
}
