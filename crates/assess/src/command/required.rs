//! `assess required`: which answers must be given before a record can be sent, when and why, as a table. It is the data of
//! the engine and of a profile; `docs/required.md` is this table.

use assessment_engine::answers::Answers;
use assessment_engine::answers::blank_record;
use assessment_engine::areas::Areas;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::required::{RequiredSet, Requirement};
use serde_json::{Value, json};

use super::page_file::{self, PageFile};
use super::{Outcome, profile_errors};
use crate::arguments::Profile;
use crate::exit::Exit;
use crate::input::{shown_name, text};
use crate::input_error::{InputError, Reason};
use crate::terminal::Terminal;
use crate::wording::Wording;

/// Above the table, so that nobody changes the page by hand.
const MARK: &str = "<!-- Written by `assess required`. Change crates/engine/data/required.json or the profile, not this page. -->";

/// Prints the table, writes it to a file, or compares it with the one that is there.
pub(super) fn run(
    profile: &Profile,
    json: bool,
    file: Option<PageFile<'_>>,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let set = RequiredSet::load(RequiredSet::built_in())
        .map_err(|message| InputError::new("the required set", Reason::Data(message)))?;
    let set = match profile.profile.as_deref() {
        Some(name) => {
            let json = text(terminal, name)?;
            let wrong = |messages| profile_errors(&shown_name(name), messages);
            let profile = AuthorityProfile::read(&json).map_err(wrong)?;
            // The table does not show them, but this is where a profile is checked.
            Areas::read(&json).map_err(wrong)?;
            set.with_profile(&profile.required, &profile.name)
        }
        None => set,
    };
    let record = blank_record();
    if json {
        let all: Vec<Value> = set.all().iter().map(as_json).collect();
        terminal.print(&Value::from(all).to_string());
        return Ok(Exit::Success);
    }
    let count = format!("{} requirements", set.all().len());
    page_file::run(&page(&set, &record, wording), file, &count, terminal)
}

fn page(set: &RequiredSet, record: &Answers, wording: &Wording) -> String {
    let mut lines = vec![
        wording.get("required.heading"),
        String::new(),
        MARK.to_owned(),
        String::new(),
        wording.get("required.about"),
        String::new(),
        wording.get("required.columns"),
        "|---|---|---|---|".to_owned(),
    ];
    for one in set.all() {
        let questions: Vec<String> =
            one.questions.iter().map(|path| question(path, record, wording)).collect();
        let when = one.when.clone().unwrap_or_else(|| wording.get("required.always"));
        let questions = questions.join(&wording.get("required.or"));
        lines.push(format!("| {questions} | {when} | {} | {} |", one.because, one.source));
    }
    lines.join("\n") + "\n"
}

/// What is asked, and its path.
fn question(path: &str, record: &Answers, wording: &Wording) -> String {
    let found = record.find(&path.replace("[]", "[0]"));
    let label = found.map(|found| wording.get(&found.key())).unwrap_or_default();
    format!("{label} (`{path}`)")
}

fn as_json(one: &Requirement) -> Value {
    json!({
        "questions": one.questions, "when": one.when, "because": one.because, "source": one.source,
        "by": one.by.code(),
    })
}
