//! `assess words`: how hard the words are that people read, and what in them is to be put right. It judges English, and no
//! record.

use assessment_wording::Terms;

use super::{Outcome, standards};
use crate::arguments::StandardsFiles;
use crate::exit::Exit;
use crate::input_error::{InputError, Reason};
use crate::plain_words::{Finding, PlainWords};
use crate::shown_texts;
use crate::terminal::Terminal;
use crate::wording::{Wording, counted};

/// How many of the hardest texts are shown.
const HARDEST: usize = 10;

pub(super) fn run(files: &StandardsFiles, wording: &Wording, terminal: &mut Terminal<'_>) -> Outcome {
    let standards = standards(files, terminal)?;
    let front_door = standards.profile.front_door();
    let data = |message| InputError::new("the built-in wording", Reason::Data(message));
    let plain = PlainWords::built_in().map_err(data)?;
    let mut texts = shown_texts::of_the_form(front_door).map_err(data)?;
    texts.extend(shown_texts::of_pack(&standards.pack));
    let own = standards.profile.terms.iter().map(|(key, text)| (&**key, &**text));
    let terms = Terms::of(wording.terms(), front_door, own);

    terminal.print("Reading grade (Flesch–Kincaid; 8 is about age 13), by kind of text");
    terminal.print(&format!(
        "{:<20} {:>5} {:>9} {:>7} {:>9}   limits",
        "kind", "texts", "together", "mean", "highest"
    ));
    let (grades, over) = plain.grades(&texts);
    for kind in grades {
        let (together, highest) = kind.limit;
        terminal.print(&format!(
            "{:<20} {:>5} {:>9.1} {:>7.1} {:>9.1}   {together} and {highest}",
            kind.kind, kind.texts, kind.together, kind.mean, kind.highest,
        ));
    }
    let mut graded: Vec<_> = texts.iter().filter_map(|shown| Some((plain.grade(shown)?, shown))).collect();
    graded.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    terminal.print("\nThe hardest; words that must stay count as easy");
    for (grade, shown) in graded.iter().take(HARDEST) {
        terminal.print(&format!("{grade:>5.1}  {}: {}", shown.place(), shown.text));
    }
    let findings: Vec<Finding> = over.into_iter().chain(plain.findings(&texts, &terms)).collect();
    if !findings.is_empty() {
        terminal.print(&format!("\n{} to put right", counted(findings.len(), "place")));
    }
    for Finding { place, what } in &findings {
        terminal.print(&format!("{place}: {what}"));
    }
    Ok(Exit::found(!findings.is_empty()))
}
