//! What somebody may do about a record after it was sent, and what follows from its state. The server says what this person
//! may do; nothing is offered that it did not name.

use assessment_api::episode::EpisodeRecord;
use assessment_people::access::Action;
use assessment_people::episode::{ClosureGroup, ClosureReason};

/// Something to do about a record, each on a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Read what people said, and say something.
    Notes,
    /// Write down what social care answered.
    Answer,
    /// Give it to another organisation.
    HandOver,
    /// Say who must not be told.
    KeptOut,
    /// Close it.
    Close,
    /// Open it again.
    Reopen,
}

impl Step {
    /// Every step, in the order in which they are offered.
    pub const ALL: [Step; 6] =
        [Step::Notes, Step::Answer, Step::HandOver, Step::KeptOut, Step::Close, Step::Reopen];

    /// The name of its page, in titles and in the browser's history.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Step::Notes => "notes",
            Step::Answer => "answer",
            Step::HandOver => "hand_over",
            Step::KeptOut => "kept_out",
            Step::Close => "close",
            Step::Reopen => "reopen",
        }
    }

    /// The step whose page has that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Whether the server lets this person do any of it now.
    #[must_use]
    pub fn is_offered(self, record: &EpisodeRecord) -> bool {
        let any: &[Action] = match self {
            Step::Notes => &[Action::ReadComments, Action::Comment],
            Step::Answer => &[Action::AnswerReferral],
            Step::HandOver => &[Action::HandOver],
            Step::KeptOut => &[Action::Exclude, Action::LiftExclusion],
            Step::Close => &[Action::Close],
            Step::Reopen => &[Action::Reopen],
        };
        any.iter().any(|action| may(record, *action))
    }
}

/// Whether the server named this among what the person may do now.
#[must_use]
pub fn may(record: &EpisodeRecord, action: Action) -> bool {
    record.may.iter().any(|code| code == action.code())
}

/// The reasons for which a record can be closed as things are. While a referral waits, nobody may rely on somebody else; and
/// social care has taken over only once it has accepted.
#[must_use]
pub fn closure_reasons(record: &EpisodeRecord) -> Vec<ClosureReason> {
    let referral = record.referral.as_ref().map(|referral| referral.answer.as_deref());
    // Another council has taken it over only once it has accepted, which is said elsewhere.
    let is_offered = record.shown.state == "transferring";
    let is_possible = |reason: &ClosureReason| match referral {
        _ if is_offered && *reason == ClosureReason::MovedLa => false,
        Some(None) => matches!(reason, ClosureReason::ChildDied | ClosureReason::Duplicate),
        Some(Some("accepted")) => true,
        _ => reason.group() != ClosureGroup::StepUp,
    };
    ClosureReason::ALL.iter().copied().filter(is_possible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(rest: &str) -> EpisodeRecord {
        let text = format!(
            r#"{{"id":"a","shown":{{"reference":"CAF-1","child_name":null,"state":"shared","holder":"School","mine":true,
            "urgent":false,"headline":null,"due_on":null,"changed_at":"2026-11-23T10:00:00Z"}},"child":"b",
            "protection":"ordinary","shared_with":[],"referred_to":null,"opened_at":"2026-11-23T10:00:00Z","sections":[]{rest}}}"#
        );
        serde_json::from_str(&text).expect("a record")
    }

    #[test]
    fn only_what_the_server_names_is_offered_and_nothing_where_it_names_nothing() {
        let offered = |rest: &str| {
            let record = record(rest);
            Step::ALL.into_iter().filter(|step| step.is_offered(&record)).collect::<Vec<_>>()
        };
        assert!(offered("").is_empty());
        assert!(offered(r#","may":["erase","read-episode"]"#).is_empty());
        assert_eq!(offered(r#","may":["comment"]"#), [Step::Notes]);
        assert_eq!(offered(r#","may":["close","exclude"]"#), [Step::KeptOut, Step::Close]);
    }

    #[test]
    fn social_care_takes_over_once_it_has_accepted_and_while_it_decides_almost_nothing_closes() {
        let codes = |rest: &str| closure_reasons(&record(rest)).len();
        let referral =
            |answer: &str| format!(r#","referral":{{"to":"Duty","sent_at":"2026-11-23T10:00:00Z"{answer}}}"#);
        let all = ClosureReason::ALL.len();
        assert_eq!(codes(""), all - 3);
        assert_eq!(codes(&referral(r#","answer":"not_accepted""#)), all - 3);
        assert_eq!(codes(&referral(r#","answer":"accepted""#)), all);
        assert_eq!(codes(&referral("")), 2);
        let offered = EpisodeRecord {
            shown: assessment_api::episode::EpisodeShown {
                state: "transferring".to_owned(),
                ..record("").shown
            },
            ..record("")
        };
        assert!(!closure_reasons(&offered).contains(&ClosureReason::MovedLa));
    }
}
