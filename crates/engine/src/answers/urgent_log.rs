//! What was done about urgent actions: one row each time somebody did something or tried. It is a record of work and
//! changes no rule: an action is called for as long as its answers are, whatever is logged.

use assessment_form::{Kind, WrittenDate, group};

use super::{Answers, Caf, Detail, Question, Whom};

group! {
    /// One thing that was done or tried.
    pub struct UrgentLogEntry of Caf as "urgent_log" {
        /// The code of the urgent action.
        #[validate(length(max = 20))]
        action: String => Question::text(&[]),
        /// What it said at the time: rules may change, and a reader need not have them.
        #[validate(length(max = 1000))]
        what: String => Question::multiline(&[]),
        /// The answer under which it was shown: `yes` or `unsure`. What was done about "not sure" is not done about "yes".
        certainty: String => Question::choice(&[], "mark"),
        /// What came of it.
        result: String => Question::choice(&[], "urgent_result"),
        /// On which day.
        done_on: WrittenDate => Question::of(&[], Kind::PastDate),
        /// At what time.
        #[validate(length(max = 40))]
        done_at: String => Question::of(&[], Kind::Time),
        /// With whom.
        #[validate(length(max = 140))]
        spoke_to: String => Question::text(&[]).holds(Detail::Name(Whom::Professionals)),
        /// The reference that they gave.
        #[validate(length(max = 60))]
        reference: String => Question::text(&[]),
        /// What they said.
        #[validate(length(max = 2000))]
        said: String => Question::multiline(&[]),
    }
}

/// The name of the group, which is also the first part of its paths.
pub const URGENT_LOG: &str = "urgent_log";
/// The result that folds an action.
const DONE: &str = "done";

impl UrgentLogEntry {
    /// Whether it says that the action was done. Tried is not done, and neither is what somebody else is doing.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.result == DONE
    }

    /// Whether it is about an action as it is shown now. What was done about "yes" covers "not sure" too, and never the
    /// other way round.
    #[must_use]
    pub fn covers(&self, action: &str, is_certain: bool) -> bool {
        self.action == action && (self.certainty == "yes" || !is_certain)
    }
}

impl Answers {
    /// The entries about an action that count for it as it is shown now, in the order in which they were made.
    pub fn logged<'a>(
        &'a self,
        action: &'a str,
        is_certain: bool,
    ) -> impl Iterator<Item = &'a UrgentLogEntry> {
        self.urgent_log.iter().filter(move |entry| entry.covers(action, is_certain))
    }
}
