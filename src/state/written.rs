//! A record in writing: the text that goes to the disk, and what decides whether it may. Made when a save begins, so that
//! what is typed afterwards does not change it. What a record is lies in `record`, where it is kept in `io::local_draft`.

use crate::json::{write_name, write_text};

use super::receipt::write_receipt;
use super::{Record, Sent};

/// One revision of a record, ready to be stored: as itself, or as a copy under an id of its own, for when it must not
/// replace what another window wrote. A copy does not go on waiting to be sent: the other one may have been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The record's id.
    pub id: String,
    /// See [`Record::opening`]; also the id of the copy.
    pub opening: String,
    /// See [`Record::revision`].
    pub revision: u64,
    base: String,
    copy: bool,
    /// The fields that are the same in a copy.
    fields: String,
    /// What says that the record waits to be sent; empty when it does not.
    waiting: String,
}

impl Record {
    /// The record as it is now, in writing.
    #[must_use]
    pub fn written(&self) -> Written {
        let mut out = String::new();
        field(&mut out, "version", "1");
        field(&mut out, "revision", &self.revision.to_string());
        write_field(&mut out, "name", &self.name());
        write_field(&mut out, "place", &self.place.to_string());
        write_name(&mut out, "acknowledged");
        out.push('{');
        for (code, at) in &self.acknowledged {
            write_field(&mut out, code, at);
        }
        out.push('}');
        field(&mut out, "answers", &self.answers.to_json());
        if let Some(value) = &self.not_understood {
            write_name(&mut out, "not_understood");
            value.write(&mut out);
        }
        let mut waiting = String::new();
        match &self.sent {
            Sent::No => {}
            Sent::Waiting { key, body } => {
                write_name(&mut waiting, "waiting");
                waiting.push('{');
                write_field(&mut waiting, "key", key);
                write_field(&mut waiting, "body", body);
                waiting.push('}');
            }
            Sent::Received(receipt) => {
                write_name(&mut out, "receipt");
                write_receipt(&mut out, receipt);
            }
        }
        Written {
            id: self.id.clone(),
            opening: self.opening.clone(),
            revision: self.revision,
            base: self.base.clone(),
            copy: self.copy,
            fields: out,
            waiting,
        }
    }
}

impl Written {
    /// The text that is stored. `saved` is the time in words, for the list.
    #[must_use]
    pub fn text(&self, as_copy: bool, saved: &str) -> String {
        let mut out = String::from("{");
        write_field(&mut out, "id", self.stored_as(as_copy));
        write_field(&mut out, "saved", saved);
        if as_copy || self.copy {
            field(&mut out, "copy", "true");
        }
        out.push_str(&self.fields);
        if !as_copy {
            out.push_str(&self.waiting);
        }
        out.push('}');
        out
    }

    /// The id that it is stored under.
    #[must_use]
    pub fn stored_as(&self, as_copy: bool) -> &str {
        if as_copy { &self.opening } else { &self.id }
    }

    /// Stands beside what is written, so that another opening of the record can tell that it was.
    #[must_use]
    pub fn stamp(&self, as_copy: bool) -> String {
        let opening = if as_copy { opening_of(&self.opening) } else { self.opening.clone() };
        [&opening, " ", &self.revision.to_string()].concat()
    }

    /// Whether it may take the place of what has this stamp: what it began from, or what it wrote itself.
    #[must_use]
    pub fn may_replace(&self, stamp: &str) -> bool {
        stamp == self.base
            || stamp.strip_prefix(&self.opening).is_some_and(|revision| revision.starts_with(' '))
    }
}

/// The opening of a record that begins under this id.
pub(super) fn opening_of(id: &str) -> String {
    [id, "-2"].concat()
}

/// Adds a field that holds JSON.
fn field(out: &mut String, name: &str, json: &str) {
    write_name(out, name);
    out.push_str(json);
}

/// Adds a field that holds a text.
pub(super) fn write_field(out: &mut String, name: &str, text: &str) {
    write_name(out, name);
    write_text(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B8: what another window wrote is never replaced.
    #[test]
    fn a_record_replaces_only_what_it_began_from_or_wrote_itself() {
        let mut first = Record::new("a".into());
        let mut second = Record { opening: "o2".into(), base: "o1 3".into(), ..Record::new("a".into()) };
        (first.opening, first.base, first.revision) = ("o1".into(), "o0 9".into(), 3);
        let first = first.written();
        assert_eq!(first.stamp(false), second.base);
        assert!(first.may_replace("o0 9") && first.may_replace("o1 3") && !first.may_replace("o1"));
        assert!(second.written().may_replace("o1 3"));
        assert!(!second.written().may_replace("o1 4"), "the first went on");
        assert!(!first.may_replace("o2 4") && !first.may_replace("o10 4") && !first.may_replace(""));
        second.sent = Sent::Waiting { key: "k".into(), body: "{}".into() };
        second.revision = 4;
        let written = second.written();
        assert_eq!((written.stored_as(true), written.stamp(true)), ("o2", "o2-2 4".into()));
        second.become_copy();
        assert_eq!((second.id.as_str(), second.copy, &second.sent), ("o2", true, &Sent::No));
        let copy = second.written();
        assert_eq!((copy.text(false, ""), copy.stamp(false)), (written.text(true, ""), written.stamp(true)));
        assert!(!copy.may_replace("o2 4"), "another opening than the one that it came from");
    }
}
