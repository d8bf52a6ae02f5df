//! Whether what was typed is on the server, as the screen says it. It never says "saved" of anything that is not. Pure.

/// After how many milliseconds without an answer it is said that something is not saved.
pub const PATIENCE: u32 = 2_000;
/// Milliseconds between the beginnings of two saves while somebody types.
pub const EVERY: u32 = 1_000;

/// What is said about saving.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Said {
    /// Nothing was typed here yet.
    #[default]
    Nothing,
    /// It is on its way, and has been for less than [`PATIENCE`].
    Saving,
    /// Everything is on the server, since this time of day.
    Saved(String),
    /// Something is not on the server, and has not been since this time of day.
    NotSaved(String),
}

/// What happens to what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Something was typed at this time of day.
    Typed(String),
    /// [`PATIENCE`] has passed since the first thing that is not saved.
    Waited,
    /// The server has everything up to now, at this time of day.
    Saved(String),
    /// The server has something, and more was typed since, the first of it at this time of day.
    SavedSome(String),
    /// A save was refused or did not arrive.
    Failed,
    /// The server keeps it beside the record: it is safe, and not saved.
    KeptBeside,
}

/// What is known about saving.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saving {
    /// When the oldest thing that is not saved was typed.
    since: Option<String>,
    /// What is said.
    said: Said,
}

impl Saving {
    /// What is said now.
    #[must_use]
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Whether something is not on the server.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.since.is_some()
    }

    /// Takes in what happened. Gives whether [`PATIENCE`] begins to run.
    pub fn heard(&mut self, event: Event) -> bool {
        match event {
            Event::Typed(at) => {
                let is_first = self.since.is_none();
                self.since.get_or_insert(at);
                if is_first {
                    self.said = Said::Saving;
                }
                return is_first;
            }
            Event::Waited | Event::Failed => {
                if let Some(since) = &self.since {
                    self.said = Said::NotSaved(since.clone());
                }
            }
            Event::Saved(at) => *self = Saving { since: None, said: Said::Saved(at) },
            Event::KeptBeside => *self = Saving::default(),
            Event::SavedSome(since) => {
                *self = Saving { since: Some(since), said: Said::Saving };
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> String {
        time.to_owned()
    }

    #[test]
    fn it_is_never_said_to_be_saved_before_the_server_has_it_b20() {
        let mut saving = Saving::default();
        assert!(saving.heard(Event::Typed(at("14:02"))), "the wait begins");
        assert!(!saving.heard(Event::Typed(at("14:03"))), "it does not begin again with each key");
        assert_eq!(*saving.said(), Said::Saving);
        saving.heard(Event::Waited);
        assert_eq!(*saving.said(), Said::NotSaved(at("14:02")));
        saving.heard(Event::Typed(at("14:05")));
        assert_eq!(*saving.said(), Said::NotSaved(at("14:02")), "the oldest counts");
        assert!(saving.is_unsaved());
        saving.heard(Event::Saved(at("14:06")));
        assert_eq!(*saving.said(), Said::Saved(at("14:06")));
        assert!(!saving.is_unsaved());
    }

    #[test]
    fn a_save_of_some_of_it_is_no_save_and_a_refusal_is_said_at_once_b20() {
        let mut saving = Saving::default();
        saving.heard(Event::Typed(at("14:02")));
        assert!(saving.heard(Event::SavedSome(at("14:03"))));
        assert_eq!(*saving.said(), Said::Saving);
        saving.heard(Event::Failed);
        assert_eq!(*saving.said(), Said::NotSaved(at("14:03")));
        saving.heard(Event::KeptBeside);
        assert_eq!(*saving.said(), Said::Nothing, "what is kept beside the record is not in it");
        // A wait that ends after everything was saved says nothing.
        saving.heard(Event::Saved(at("14:04")));
        saving.heard(Event::Waited);
        assert_eq!(*saving.said(), Said::Saved(at("14:04")));
    }
}
