//! Every question of the three forms, with the keys of its words and its path. Not a test.

use assessment_form::{Group, Kind, Needed, NodeMut};
use assessment_team::{Question, RecordKind, Team, TeamRecord};

/// One question, with the key of its group and, for rows, the key of a row.
pub struct Entry {
    /// The key of its group.
    pub group: &'static str,
    /// The question.
    pub question: &'static Question,
    /// The key of a row.
    pub row: Option<&'static str>,
    /// Its path; rows are at `[0]`.
    pub path: String,
}

impl Entry {
    pub fn stem(&self) -> String {
        format!("{}.{}", self.group, self.question.name)
    }
    /// What the program fills has no words, unless it shows it.
    pub fn has_label(&self) -> bool {
        let is_filled = self.question.asked.is_some_and(|asked| {
            RecordKind::ALL.iter().all(|kind| {
                let record = TeamRecord::blank(*kind);
                !asked(&assessment_team::Scope::of(&record, true))
            })
        });
        !(is_filled && self.question.kind == Kind::Reference)
    }
    pub fn may_be_needed(&self) -> bool {
        !matches!(self.question.needed, Needed::No)
    }
}

fn collect(group: &mut dyn Group<Team>, stem: &str, entries: &mut Vec<Entry>) {
    let key = group.key();
    for (index, question) in group.questions().iter().enumerate() {
        let path =
            if stem.is_empty() { question.name.to_owned() } else { format!("{stem}.{}", question.name) };
        let (mut row, mut inside) = (None, Vec::new());
        match group.get_mut(index).unwrap() {
            NodeMut::Group(inner) => collect(inner, &path, &mut inside),
            NodeMut::Rows(rows) => {
                rows.push();
                let first = rows.row_mut(0).unwrap();
                row = Some(first.key());
                collect(first, &format!("{path}[0]"), &mut inside);
            }
            NodeMut::Text(_) | NodeMut::List(_) | NodeMut::Date(_) | NodeMut::Marks(_) => {}
        }
        entries.push(Entry { group: key, question, row, path });
        entries.extend(inside);
    }
}

/// All questions of a kind of record.
pub fn of(kind: RecordKind) -> Vec<Entry> {
    let mut entries = Vec::new();
    collect(TeamRecord::blank(kind).group_mut(), "", &mut entries);
    entries
}

/// All questions.
pub fn all() -> Vec<Entry> {
    RecordKind::ALL.into_iter().flat_map(of).collect()
}
