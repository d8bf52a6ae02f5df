//! What somebody may do about a record after it was sent, and what follows from its state. The server says what this person
//! may do; nothing is offered that it did not name.

use assessment_api::episode::EpisodeRecord;
use assessment_people::access::Action;
use assessment_people::episode::ClosureReason;

/// Something to do about a record, each on a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Read what people said, and say something.
    Notes,
    /// Say that social care was sent the written form.
    Written,
    /// Write down what social care answered.
    Answer,
    /// Say that social care has taken the lead.
    StepUp,
    /// Take the lead back from social care.
    StepDown,
    /// Ask another council to take it over.
    Transfer,
    /// Say that it does not.
    CancelTransfer,
    /// Say that it has.
    FinishTransfer,
    /// Give it to another organisation.
    HandOver,
    /// Say who must not be told.
    KeptOut,
    /// Close it.
    Close,
    /// Open it again.
    Reopen,
    /// Say that what came late was looked at.
    Look,
    /// Make it part of another record of the same child.
    Join,
    /// Undo that.
    Apart,
}

impl Step {
    /// Every step, in the order in which they are offered.
    pub const ALL: [Step; 15] = [
        Step::Notes,
        Step::Look,
        Step::Written,
        Step::Answer,
        Step::StepUp,
        Step::StepDown,
        Step::Transfer,
        Step::FinishTransfer,
        Step::CancelTransfer,
        Step::HandOver,
        Step::KeptOut,
        Step::Close,
        Step::Reopen,
        Step::Join,
        Step::Apart,
    ];

    /// The name of its page, in titles and in the browser's history.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Step::Notes => "notes",
            Step::Written => "written",
            Step::Answer => "answer",
            Step::StepUp => "step_up",
            Step::StepDown => "step_down",
            Step::Transfer => "transfer",
            Step::CancelTransfer => "cancel_transfer",
            Step::FinishTransfer => "finish_transfer",
            Step::HandOver => "hand_over",
            Step::KeptOut => "kept_out",
            Step::Close => "close",
            Step::Reopen => "reopen",
            Step::Look => "look",
            Step::Join => "join",
            Step::Apart => "apart",
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
            // Said once. Where it can be taken back is the page about the referral.
            Step::Written if record.referral.as_ref().is_some_and(|referral| referral.written.is_some()) => {
                &[]
            }
            Step::Written => &[Action::WriteReferral],
            Step::Answer => &[Action::AnswerReferral],
            Step::StepUp => &[Action::StepUp],
            Step::StepDown => &[Action::StepDown],
            Step::Transfer => &[Action::BeginTransfer],
            Step::CancelTransfer => &[Action::CancelTransfer],
            Step::FinishTransfer => &[Action::FinishTransfer],
            Step::HandOver => &[Action::HandOver],
            Step::KeptOut => &[Action::Exclude, Action::LiftExclusion],
            Step::Close => &[Action::Close],
            Step::Reopen => &[Action::Reopen],
            Step::Look if record.to_look_at.is_empty() => &[],
            Step::Look => &[Action::LookAtAmendments],
            Step::Join => &[Action::MergeEpisode],
            Step::Apart => &[Action::UndoMergeEpisode],
        };
        any.iter().any(|action| may(record, *action))
    }
}

/// Whether the server named this among what the person may do now.
#[must_use]
pub fn may(record: &EpisodeRecord, action: Action) -> bool {
    record.may.iter().any(|code| code == action.code())
}

/// Whether somebody is invited to write a record of the team. What arrives after the end is kept beside it: nobody is invited
/// to write that.
#[must_use]
pub fn may_write_records(record: &EpisodeRecord) -> bool {
    let has_ended = matches!(record.shown.state.as_str(), "closed" | "merged");
    !has_ended && may(record, Action::WriteTeamRecords)
}

/// The reasons for which a record can be closed as things are.
#[must_use]
pub fn closure_reasons(record: &EpisodeRecord) -> Vec<ClosureReason> {
    let is_accepted = record.referral.as_ref().and_then(|referral| match referral.answer.as_deref() {
        None => Some(false),
        Some("accepted") => Some(true),
        Some(_) => None,
    });
    // Another council has taken it over only once it has accepted, which is said elsewhere.
    let is_offered =
        |reason: &ClosureReason| record.shown.state == "transferring" && *reason == ClosureReason::MovedLa;
    let is_possible = |reason: &ClosureReason| !is_offered(reason) && reason.why_not(is_accepted).is_none();
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
        assert!(offered(r#","may":["look-at-amendments"]"#).is_empty(), "nothing came late");
        assert_eq!(offered(r#","may":["look-at-amendments"],"to_look_at":["x"]"#), [Step::Look]);
        assert_eq!(offered(r#","may":["merge-episode"]"#), [Step::Join]);
        assert_eq!(offered(r#","may":["undo-merge-episode"]"#), [Step::Apart]);
        let up = r#","may":["step-up","begin-transfer"]"#;
        assert_eq!(offered(up), [Step::StepUp, Step::Transfer]);
        let waits = r#","may":["answer-referral","write-referral"]"#;
        assert_eq!(offered(waits), [Step::Written, Step::Answer]);
        assert_eq!(offered(r#","may":["step-down"]"#), [Step::StepDown]);
        let both = r#","may":["cancel-transfer","finish-transfer"]"#;
        assert_eq!(offered(both), [Step::FinishTransfer, Step::CancelTransfer]);
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
