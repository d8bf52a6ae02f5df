//! Lists as files that people open in a spreadsheet: comma-separated values as in RFC 4180, with every cell made harmless. A
//! child's name that begins with `=` is typed by somebody, and a spreadsheet would run it on the coordinator's machine.

use std::io;

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// Without it, spreadsheets take UTF-8 for another encoding and garble names.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What is put before a cell that would be a formula. Spreadsheets take what follows as text.
const APOSTROPHE: char = '\'';

/// A file with headings and rows.
///
/// # Errors
/// If a row has another number of cells.
pub(crate) fn write<const N: usize>(
    headings: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(MARK.to_vec());
    writer.write_record(headings)?;
    for row in rows {
        writer.write_record(row.map(harmless))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A cell that no spreadsheet takes for a formula. What was written can be had back: without the first apostrophe of a cell
/// whose apostrophes are followed by such a character.
fn harmless(cell: String) -> String {
    if is_formula(cell.trim_start_matches(APOSTROPHE)) { format!("{APOSTROPHE}{cell}") } else { cell }
}

/// Whether a spreadsheet may take it for a formula: by its first character, or by the first that can be seen.
fn is_formula(cell: &str) -> bool {
    let Some(first) = cell.chars().next() else { return false };
    let is_invisible = |c: char| c.is_whitespace() || c.is_control() || assessment_form::typed::is_hidden(c);
    first.is_control() || cell.chars().find(|c| !is_invisible(*c)).is_some_and(starts_formula)
}

/// `=`, `+`, `-` and `@`, also full-width, small, and as the sign for minus.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@')
        || matches!(c, '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
        || matches!(c, '\u{fe66}' | '\u{fe62}' | '\u{fe63}' | '\u{fe6b}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
        let rows = reader.records().map(|row| row.map(|row| row.iter().map(str::to_owned).collect()));
        rows.collect::<Result<_, _>>().unwrap_or_default()
    }

    fn written(cells: &[&str]) -> Vec<String> {
        let rows = cells.iter().map(|cell| [(*cell).to_owned(), "next".to_owned()]);
        let file = write(&["a", "b"], rows).unwrap_or_default();
        assert!(file.starts_with(MARK));
        let rows = read(file.strip_prefix(MARK).unwrap_or_default());
        assert_eq!(rows.len(), cells.len() + 1);
        assert_eq!(rows[0], ["a", "b"]);
        assert!(rows.iter().skip(1).all(|row| row[1] == "next"), "{rows:?}");
        rows.into_iter().skip(1).map(|mut row| row.remove(0)).collect()
    }

    /// What was written, from a cell of the file.
    fn original(cell: &str) -> &str {
        let is_marked = is_formula(cell.trim_start_matches(APOSTROPHE));
        cell.strip_prefix(APOSTROPHE).filter(|_| is_marked).unwrap_or(cell)
    }

    #[test]
    fn what_is_no_formula_is_in_the_file_as_it_was_written_b48() {
        let plain = [
            "Siân O’Brien-Ap Rhys",
            "O'Brien",
            "'t Hooft",
            "a=b",
            "5 - 3",
            "she said \"no\", twice",
            "two\r\nlines",
            "tab\tinside",
            "semi;colon",
            "",
            " ",
            "家族 👨‍👩‍👧",
        ];
        assert_eq!(written(&plain), plain);
    }

    #[test]
    fn no_cell_can_be_a_formula_and_each_can_be_had_back_b48() {
        let dangerous = [
            "=1+1",
            "=HYPERLINK(\"http://x.example\",\"look\")",
            "+44 113 496 0000",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\0=1",
            "\0",
            "\tname",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            "\u{2212}1",
            "  =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}@x",
            "'=1",
            "''=1",
            "=\"a\",\"b\"\r\n=2",
        ];
        let cells = written(&dangerous);
        for (cell, was) in cells.iter().zip(dangerous) {
            assert!(cell.starts_with(APOSTROPHE), "{was:?}: {cell:?}");
            assert_eq!(original(cell), was);
        }
    }
}
