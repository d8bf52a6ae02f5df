//! A record of the team that is open here: what the server has of it, and what was typed since. Pure: it says what to send,
//! and takes in what the server answered.
//!
//! What was typed while a save was on its way is made again in the server's answer. Where somebody else has changed the same
//! place meanwhile, it is not: such a change goes to the server from the revision that it was made to, so that the server
//! keeps both and a person decides. Nobody's words are dropped, and none are overwritten unseen.

use assessment_form::Edit;
use assessment_team::TeamRecord;

use super::read::Seen;
use super::typed::{Change, Typed};

/// A record that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenRecord {
    /// What is on the screen.
    answers: TeamRecord,
    /// What the server has, as far as this window knows.
    base: Seen,
    /// What was typed since.
    typed: Typed,
    /// Changes at places that somebody else has changed meanwhile, with what they were made to. They are sent first.
    apart: Vec<(Seen, Typed)>,
    on_its_way: Option<OnItsWay>,
}

/// What was sent and has not been answered.
#[derive(Debug, Clone, PartialEq)]
enum OnItsWay {
    /// The first of [`OpenRecord::apart`].
    Apart,
    /// So many of the changes, which made this.
    Changes(usize, TeamRecord),
}

/// A save to send.
#[derive(Debug, Clone, PartialEq)]
pub struct Save {
    /// The revision that it started from; 0 for none yet.
    pub revision: u32,
    /// All answers that its author sees.
    pub answers: TeamRecord,
    /// Paths of those that were there and that they did not see.
    pub left_out: Vec<String>,
}

impl Save {
    /// What was typed, made in the record from which it started.
    #[must_use]
    pub fn of(typed: &Typed, base: Seen) -> Save {
        Save { revision: typed.revision, answers: typed.made_in(base.record), left_out: base.left_out }
    }
}

impl OpenRecord {
    /// Opens a record as the server has it; revision 0 is a blank one that it does not have yet.
    #[must_use]
    pub fn open(seen: impl Into<Seen>, revision: u32) -> OpenRecord {
        let base = seen.into();
        let typed = Typed { revision, ..Typed::default() };
        OpenRecord { answers: base.record.clone(), base, typed, apart: Vec::new(), on_its_way: None }
    }

    /// What is on the screen.
    #[must_use]
    pub fn answers(&self) -> &TeamRecord {
        &self.answers
    }

    /// The newest revision that this window knows.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.typed.revision
    }

    /// Whether the server does not have everything, as far as this window knows.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        !self.typed.changes.is_empty() || !self.apart.is_empty()
    }

    /// What this device keeps until the server has it.
    #[must_use]
    pub fn to_keep(&self) -> Vec<Typed> {
        let apart = self.apart.iter().map(|(_, typed)| typed.clone());
        apart.chain(Some(self.typed.clone())).filter(|typed| !typed.changes.is_empty()).collect()
    }

    /// Makes a change. `id` is a new one, for a row. Gives whether anything changed.
    pub fn edit(&mut self, path: &str, edit: &Edit, id: &str) -> bool {
        let Some(change) = Change::of(&self.answers, path, edit, id) else { return false };
        let before = self.answers.clone();
        change.make(&mut self.answers);
        if self.answers == before {
            return false;
        }
        self.typed.push(change, self.sent());
        true
    }

    /// How many of the changes are on their way.
    fn sent(&self) -> usize {
        match &self.on_its_way {
            Some(OnItsWay::Changes(count, _)) => *count,
            Some(OnItsWay::Apart) | None => 0,
        }
    }

    /// What to send next. Nothing while something is on its way, or where there is nothing to send.
    pub fn next_save(&mut self) -> Option<Save> {
        if self.on_its_way.is_some() {
            return None;
        }
        if let Some((base, typed)) = self.apart.first() {
            self.on_its_way = Some(OnItsWay::Apart);
            return Some(Save::of(typed, base.clone()));
        }
        if self.typed.changes.is_empty() {
            return None;
        }
        self.on_its_way = Some(OnItsWay::Changes(self.typed.changes.len(), self.answers.clone()));
        let (answers, left_out) = (self.answers.clone(), self.base.left_out.clone());
        Some(Save { revision: self.typed.revision, answers, left_out })
    }

    /// The server has stored what was sent: the record is this now, with what others wrote.
    pub fn saved(&mut self, seen: impl Into<Seen>, revision: u32) {
        self.answered(seen.into(), revision, true);
    }

    /// The server keeps what was sent beside the record, which is this now: somebody has to decide between the two.
    pub fn kept_beside(&mut self, seen: impl Into<Seen>, revision: u32) {
        self.answered(seen.into(), revision, false);
    }

    /// The server has not got what was sent, or would not take it. It stays to be sent.
    pub fn failed(&mut self) {
        self.on_its_way = None;
    }

    fn answered(&mut self, seen: Seen, revision: u32, is_in: bool) {
        // What the changes that were typed since were made to.
        let made_to = match self.on_its_way.take() {
            Some(OnItsWay::Changes(count, sent)) => {
                self.typed.changes.drain(..count.min(self.typed.changes.len()));
                if is_in { sent } else { self.base.record.clone() }
            }
            Some(OnItsWay::Apart) => {
                self.apart.remove(0);
                self.base.record.clone()
            }
            None => return,
        };
        let since = std::mem::take(&mut self.typed.changes);
        let (mine, both): (Vec<_>, Vec<_>) =
            since.into_iter().partition(|change| change.is_same_in(&made_to, &seen.record));
        if !both.is_empty() {
            let typed = Typed { revision: self.typed.revision, changes: both };
            self.apart.push((self.base.clone(), typed));
        }
        self.typed = Typed { revision, changes: mine };
        self.answers = self.typed.made_in(seen.record.clone());
        self.base = seen;
    }
}

#[cfg(test)]
#[path = "open_record/tests.rs"]
mod tests;
