//! Which action each operation is: the one table between addresses and the rules of access. A test walks the published
//! operations, so that a route without a line here fails, and one without rows in `docs/access.md` as well.

use assessment_api::path;
use assessment_people::access::Action;

/// What somebody needs for an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// One of these actions, which the rules allow or refuse. Which of them may depend on what is sent.
    Action(&'static [Action]),
    /// Nothing: it tells nothing about anybody, or it is how somebody signs in or out.
    Nothing,
}

use Needs::Nothing;

const fn action(action: &'static [Action]) -> Needs {
    Needs::Action(action)
}

/// Every page that is no file and no operation, by its address.
pub const PAGES: &[(&str, Needs)] = &[(path::EMBED, Nothing)];

/// Every operation, by its id in the description of the interface.
#[rustfmt::skip]
pub const OPERATIONS: &[(&str, Needs)] = &[
    ("submit_assessment", action(&[Action::StartEpisode, Action::SendVersion, Action::CorrectVersion, Action::CorrectPerson])),
    ("list_assessments", action(&[Action::ListWork])),
    ("read_assessment", action(&[Action::ReadVersion])),
    ("list_drafts", action(&[Action::ListDrafts])),
    ("read_draft", action(&[Action::ReadDraft])),
    ("save_draft", action(&[Action::CreateDraft, Action::SaveDraft])),
    ("delete_draft", action(&[Action::DeleteDraft])),
    ("list_episodes", action(&[Action::ListWork])),
    ("read_episode", action(&[Action::ReadEpisode])),
    ("list_versions", action(&[Action::ListVersions])),
    ("read_version", action(&[Action::ReadVersion])),
    ("compare_versions", action(&[Action::CompareVersions])),
    ("list_members", action(&[Action::ListMembers])),
    ("invite_member", action(&[Action::Invite])),
    ("end_membership", action(&[Action::EndMembership])),
    ("read_access_log", action(&[Action::ReadAccessLog])),
    ("list_notes", action(&[Action::ReadComments])),
    ("add_note", action(&[Action::Comment, Action::SecondOpinion])),
    ("list_team_records", action(&[Action::ReadTeamRecords])),
    ("read_team_record", action(&[Action::ReadTeamRecords])),
    ("save_team_record", action(&[Action::WriteTeamRecords])),
    ("complete_team_record", action(&[Action::CompleteTeamRecord])),
    ("list_kept_team_versions", action(&[Action::ReadTeamRecords])),
    ("read_meeting_calendar", action(&[Action::ReadTeamRecords])),
    ("circulate_minutes", action(&[Action::CirculateMinutes])),
    ("list_proposals", action(&[Action::WriteTeamRecords])),
    ("read_timeline", action(&[Action::ReadTeamRecords])),
    ("read_family_page", action(&[Action::ReadFamilyCopy, Action::ExportEpisode])),
    ("close_episode", action(&[Action::Close])),
    ("reopen_episode", action(&[Action::Reopen])),
    ("hand_over_episode", action(&[Action::HandOver])),
    ("merge_episode", action(&[Action::MergeEpisode])),
    ("undo_episode_merge", action(&[Action::UndoMergeEpisode])),
    ("look_at_amendments", action(&[Action::LookAtAmendments])),
    ("exclude_from_episode", action(&[Action::Exclude])),
    ("lift_exclusion", action(&[Action::LiftExclusion])),
    ("refer_episode", action(&[Action::Refer])),
    ("list_sent_referrals", action(&[Action::ReadReferral])),
    ("write_referral", action(&[Action::WriteReferral])),
    ("take_back_written_referral", action(&[Action::WriteReferral])),
    ("answer_referral", action(&[Action::AnswerReferral])),
    ("step_up_episode", action(&[Action::StepUp])),
    ("step_down_episode", action(&[Action::StepDown])),
    ("begin_transfer", action(&[Action::BeginTransfer])),
    ("cancel_transfer", action(&[Action::CancelTransfer])),
    ("finish_transfer", action(&[Action::FinishTransfer])),
    ("list_staff", action(&[Action::ListStaff])),
    ("shut_somebody_out", action(&[Action::ShutOut])),
    ("let_somebody_in", action(&[Action::LetIn])),
    ("list_webhooks", action(&[Action::ListWebhooks])),
    ("replay_webhook", action(&[Action::ReplayWebhook])),
    ("place_hold", action(&[Action::PlaceHold])),
    ("lift_hold", action(&[Action::LiftHold])),
    ("erase_episode", action(&[Action::Erase])),
    ("open_access_request", action(&[Action::ExportSubjectAccess])),
    ("export_subject_access", action(&[Action::ExportSubjectAccess])),
    ("close_access_request", action(&[Action::ExportSubjectAccess])),
    ("list_due_records", action(&[Action::PlanErasure])),
    ("list_kept_records", action(&[Action::PlanErasure])),
    ("search_people", action(&[Action::Search])),
    ("match_people", action(&[Action::CheckDuplicates])),
    ("read_person", action(&[Action::ReadPerson])),
    ("keep_people_apart", action(&[Action::KeepApart])),
    ("merge_people", action(&[Action::MergePeople])),
    ("undo_merge", action(&[Action::UndoMergePeople])),
    ("read_families", action(&[Action::ReadFamily])),
    ("change_family", action(&[Action::ChangeFamily])),
    ("list_duplicates", action(&[Action::ListDuplicates])),
    ("read_own_page", action(&[Action::OwnPage])),
    ("save_own_page", action(&[Action::OwnPage])),
    ("list_due", action(&[Action::ListWork])),
    ("list_register", action(&[Action::ListRegister])),
    ("export_register", action(&[Action::ExportRegister])),
    ("read_take_up", action(&[Action::ReadTakeUp])),
    ("export_take_up", action(&[Action::ReadTakeUp])),
    ("read_take_up_story", action(&[Action::ReadTakeUp])),
    ("write_take_up_story", action(&[Action::WriteTakeUpStory])),
    ("erase_take_up_story", action(&[Action::EraseTakeUpStory])),
    ("read_audit", action(&[Action::ReadAudit])),
    ("list_looks_to_ask_about", action(&[Action::ReadAudit])),
    ("evaluate_answers", action(&[Action::Evaluate])),
    ("read_profile", Nothing),
    ("read_rule_pack", Nothing),
    ("read_health", Nothing),
    ("read_openapi", Nothing),
    ("begin_sign_in", Nothing),
    ("finish_sign_in", Nothing),
    ("read_session", Nothing),
    ("keep_session", Nothing),
    ("end_session", Nothing),
    ("list_demo_people", Nothing),
    ("open_demo_session", Nothing),
];
