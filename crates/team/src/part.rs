//! A record as it is shown to somebody who may not see all of it, and what such a person saves, with what they could not
//! see put back: nobody takes away what they do not see.
//!
//! What is left out is absent, and its path is said: absent is not blank. How closely an answer is kept follows from the
//! table in [`copies`](crate::copies). Who somebody is, and what they were let into, is decided elsewhere.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{
    Audience, address_is_open, gives_address_away, is_address_protected, withheld,
};
use assessment_form::{Group, Kind, Path, Rows, Segment};
use serde_json::{Map, Value};

use crate::copies::protection;
use crate::merge::{Row, below, keyed, row_value, value};
use crate::{Clash, Node, NodeMut, Question, RecordKind, Team, TeamRecord};

/// How much of a team's records somebody sees.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The sections of the form that they see, by number.
    pub sections: Vec<u8>,
    /// Whether they see what is confidential.
    pub confidential: bool,
    /// Whether they write these records. To others goes what a copy for a service has.
    pub writes: bool,
    /// The newest assessment of the episode, which says whether an address is protected and which words give it away. Blank
    /// before anything was sent; those who see what is confidential need none.
    pub assessment: Answers,
}

impl Reader {
    /// Whether they see everything in records of a kind.
    #[must_use]
    pub fn sees_all(&self, kind: RecordKind) -> bool {
        let sections = [kind.section(), kind.section_at("closing")];
        self.confidential && sections.iter().all(|section| self.sections.contains(section))
    }

    /// Whether an answer that is there is left out.
    fn hides(&self, kind: RecordKind, place: &Location<'_>, answer: Node<'_>) -> bool {
        if !self.sections.contains(&kind.section_at(place.path)) {
            return true;
        }
        // An id tells rows apart, and is no information about anybody.
        if self.confidential || place.question.kind == Kind::Reference {
            return false;
        }
        let assessment = &self.assessment;
        let sort = protection(place.group, place.question.name);
        let service = Audience::Service(String::new());
        sort.is_confidential(address_is_open(assessment))
            || (!self.writes && withheld(sort, &service, false, is_address_protected(assessment)).is_some())
            || match answer {
                Node::Text(text) => gives_address_away(assessment, text),
                Node::List(items) => gives_address_away(assessment, &items.join(" ")),
                _ => false,
            }
    }

    /// Whether words about a record, such as why it was corrected, are left out.
    #[must_use]
    pub fn hides_words(&self, words: &str) -> bool {
        !self.confidential && gives_address_away(&self.assessment, words)
    }
}

/// Where an answer is.
struct Location<'a> {
    group: &'static str,
    question: &'static Question,
    path: &'a str,
}

/// A record as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What they see. Each row keeps its place.
    pub record: TeamRecord,
    /// The paths of the answers that were left out, in form order. Of a section that they do not see, the section's.
    pub left_out: Vec<String>,
}

/// A record as somebody sees it.
#[must_use]
pub fn part(record: &TeamRecord, reader: &Reader) -> Part {
    let (kind, mut record) = (record.kind(), record.clone());
    let mut left_out = Vec::new();
    if !reader.sees_all(kind) {
        leave_out(kind, record.group_mut(), "", reader, &mut left_out);
    }
    Part { record, left_out }
}

fn leave_out(
    kind: RecordKind,
    group: &mut dyn Group<Team>,
    path: &str,
    reader: &Reader,
    left_out: &mut Vec<String>,
) {
    for (index, question) in group.questions().iter().enumerate() {
        let path = below(path, question.name);
        let place = Location { group: group.key(), question, path: &path };
        match group.get(index) {
            Some(Node::Group(_) | Node::Rows(_)) | None => {}
            Some(answer) if answer.is_blank() || !reader.hides(kind, &place, answer) => continue,
            Some(_) => {
                let section = path.split_once("closing.").map(|_| "closing");
                let said = section.filter(|_| !reader.sections.contains(&kind.section_at(&path)));
                let said = said.unwrap_or(&path);
                if left_out.last().is_none_or(|last| last != said) {
                    left_out.push(said.to_owned());
                }
            }
        }
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => leave_out(kind, inner, &path, reader, left_out),
            Some(NodeMut::Rows(rows)) => {
                for at in 0..rows.len() {
                    if let Some(row) = rows.row_mut(at) {
                        leave_out(kind, row, &format!("{path}[{at}]"), reader, left_out);
                    }
                }
            }
            Some(NodeMut::Text(text)) => text.clear(),
            Some(NodeMut::List(items)) => items.clear(),
            Some(NodeMut::Date(date)) => *date = assessment_form::WrittenDate::default(),
            Some(NodeMut::Marks(marks)) => marks.clear(),
            None => {}
        }
    }
}

/// A value of a clash as somebody sees it: an answer, a row or a whole record of that kind, which is at that path. `None`
/// where nothing of it is shown.
#[must_use]
pub fn part_at(kind: RecordKind, path: &str, found: &Value, reader: &Reader) -> Option<Value> {
    if reader.sees_all(kind) {
        return Some(found.clone());
    }
    let mut around = found.clone();
    let path_to = if path.is_empty() { None } else { Some(Path::parse(path)?) };
    for segment in path_to.iter().flat_map(|path| path.segments().iter().rev()) {
        around = match segment {
            Segment::Name(name) => Value::Object(Map::from_iter([(name.clone(), around)])),
            Segment::Row(at) => {
                let before = std::iter::repeat_n(Value::Object(Map::new()), *at);
                Value::Array(before.chain([around]).collect())
            }
        };
    }
    if let Value::Object(members) = &mut around {
        members.insert("form_version".to_owned(), kind.form_version().into());
    }
    let reading = TeamRecord::from_value(kind, around).ok().filter(|reading| reading.unread.is_empty())?;
    let record = part(&reading.record, reader).record;
    let shown = if path.is_empty() { record.to_value() } else { value(record.node(path)?) };
    Some(shown).filter(|shown| !shown.is_null())
}

/// What somebody saved, with what they could not see as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutBack {
    /// The record.
    pub record: TeamRecord,
    /// Where they wrote over something that they do not see, or took away a row that holds some of it: a person decides.
    pub clashes: Vec<Clash>,
}

/// Puts back into `yours` what the one who wrote it did not see of `base`, from which it started. `left_out` are paths in
/// `base` that they say were left out, which counts also where they may see more by now.
#[must_use]
pub fn put_back(base: &TeamRecord, yours: &TeamRecord, reader: &Reader, left_out: &[String]) -> PutBack {
    let (mut record, mut clashes) = (yours.clone(), Vec::new());
    let kind = yours.kind();
    if base.kind() == kind && !(reader.sees_all(kind) && left_out.is_empty()) {
        let unseen = Unseen { kind, reader, left_out };
        unseen.put_back(base.group(), record.group_mut(), ["", ""], &mut clashes);
    }
    PutBack { record, clashes }
}

struct Unseen<'a> {
    kind: RecordKind,
    reader: &'a Reader,
    left_out: &'a [String],
}

impl Unseen<'_> {
    fn is_unseen(&self, place: &Location<'_>, answer: Node<'_>) -> bool {
        let is_said = self.left_out.iter().any(|said| {
            place
                .path
                .strip_prefix(said.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        !answer.is_blank() && (is_said || self.reader.hides(self.kind, place, answer))
    }

    /// `paths` are the group's own in the base and in what was saved.
    fn put_back(
        &self,
        base: &dyn Group<Team>,
        yours: &mut dyn Group<Team>,
        paths: [&str; 2],
        clashes: &mut Vec<Clash>,
    ) {
        for (index, question) in base.questions().iter().enumerate() {
            let [base_path, your_path] = paths.map(|path| below(path, question.name));
            match (base.get(index), yours.get_mut(index)) {
                (Some(Node::Group(base)), Some(NodeMut::Group(yours))) => {
                    self.put_back(base, yours, [&base_path, &your_path], clashes);
                }
                (Some(Node::Rows(base)), Some(NodeMut::Rows(yours))) => {
                    for row in keyed(base) {
                        let at = keyed(yours).iter().find(|other| other.key == row.key).map(|other| other.at);
                        let at = at.filter(|_| row.has_id() || self.is_same(&row, base, yours, &base_path));
                        let base_path = format!("{base_path}[{}]", row.at);
                        match at.and_then(|at| Some((at, yours.row_mut(at)?))) {
                            Some((at, yours)) => {
                                let your_path = format!("{your_path}[{at}]");
                                self.put_back(row.group, yours, [&base_path, &your_path], clashes);
                            }
                            None if self.is_some_unseen(row.group, &base_path) => {
                                let before = row_value(&row);
                                clashes.push(Clash {
                                    path: base_path,
                                    base: before.clone(),
                                    yours: Value::Null,
                                    theirs: before,
                                });
                            }
                            None => {}
                        }
                    }
                }
                (Some(before), Some(now)) => {
                    let place = Location { group: base.key(), question, path: &base_path };
                    if self.is_unseen(&place, before) {
                        clashes.extend(self.leaf(before, now, your_path));
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a row without an id is surely the one at its place in what was saved: no row came or went, and all that is
    /// seen of it is as it was. Otherwise what is hidden in it could go to another row.
    fn is_same(&self, row: &Row<'_>, base: &dyn Rows<Team>, yours: &dyn Rows<Team>, path: &str) -> bool {
        let path = format!("{path}[{}]", row.at);
        let now = yours.row(row.at).filter(|_| base.len() == yours.len());
        !self.is_some_unseen(row.group, &path)
            || now.is_some_and(|now| self.is_as_it_was(row.group, now, &path))
    }

    /// Whether everything that they see of a group is as it was.
    fn is_as_it_was(&self, base: &dyn Group<Team>, yours: &dyn Group<Team>, path: &str) -> bool {
        base.questions().iter().enumerate().all(|(index, question)| {
            let path = below(path, question.name);
            match (base.get(index), yours.get(index)) {
                (Some(Node::Group(base)), Some(Node::Group(yours))) => self.is_as_it_was(base, yours, &path),
                (Some(Node::Rows(base)), Some(Node::Rows(yours))) => {
                    base.len() == yours.len()
                        && (0..base.len()).all(|at| match (base.row(at), yours.row(at)) {
                            (Some(one), Some(other)) => {
                                self.is_as_it_was(one, other, &format!("{path}[{at}]"))
                            }
                            _ => false,
                        })
                }
                (Some(before), Some(now)) => {
                    value(before) == value(now)
                        || (now.is_blank()
                            && self.is_unseen(&Location { group: base.key(), question, path: &path }, before))
                }
                (None, None) => true,
                _ => false,
            }
        })
    }

    /// One answer that they do not see.
    fn leaf(&self, before: Node<'_>, now: NodeMut<'_>, path: String) -> Option<Clash> {
        let (is_blank, yours) = match &now {
            NodeMut::Text(text) => (Node::Text(text).is_blank(), value(Node::Text(text))),
            NodeMut::List(items) => (Node::List(items).is_blank(), value(Node::List(items))),
            NodeMut::Date(date) => (Node::Date(date).is_blank(), value(Node::Date(date))),
            NodeMut::Marks(marks) => (Node::Marks(marks).is_blank(), value(Node::Marks(marks))),
            NodeMut::Group(_) | NodeMut::Rows(_) => return None,
        };
        let base = value(before);
        if !is_blank {
            return (yours != base).then(|| Clash { path, base: base.clone(), yours, theirs: base });
        }
        match (before, now) {
            (Node::Text(before), NodeMut::Text(now)) => now.clone_from(before),
            (Node::List(before), NodeMut::List(now)) => now.clone_from(before),
            (Node::Date(before), NodeMut::Date(now)) => now.clone_from(before),
            (Node::Marks(before), NodeMut::Marks(now)) => now.clone_from(before),
            _ => {}
        }
        None
    }

    /// Whether a group holds anything that they do not see.
    fn is_some_unseen(&self, group: &dyn Group<Team>, path: &str) -> bool {
        group.questions().iter().enumerate().any(|(index, question)| {
            let path = below(path, question.name);
            match group.get(index) {
                Some(Node::Group(inner)) => self.is_some_unseen(inner, &path),
                Some(Node::Rows(rows)) => (0..rows.len()).any(|at| {
                    rows.row(at).is_some_and(|row| self.is_some_unseen(row, &format!("{path}[{at}]")))
                }),
                Some(answer) => {
                    self.is_unseen(&Location { group: group.key(), question, path: &path }, answer)
                }
                None => false,
            }
        })
    }
}
