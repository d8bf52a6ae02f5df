//! The rules, as one table that people can read. `docs/access.md` is made from it. Whatever has no row is refused.

use super::action::Action;
use super::principal::Role;
use super::sections::Sections;
use crate::protection::Protection;

/// Which records a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No one record.
    NoRecord,
    /// One's own drafts.
    OwnDraft,
    /// Episodes in which the role was given to this person and the grant is live. People of an organisation that neither
    /// holds the episode nor is among those that it is shared with are refused all the same.
    Team,
    /// Episodes that one's own organisation holds.
    Holder,
    /// Episodes that were referred to one's own organisation.
    Referral,
    /// Every episode of the authority.
    Authority,
}

/// How much of a record a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// That it exists, whose it is, its state and who holds it. No answer.
    Existence,
    /// What the grant says.
    Grant,
    /// Every section, with answers of up to this protection.
    Everything(Protection),
}

impl Shows {
    pub(super) const fn sections(self) -> Sections {
        match self {
            Self::Existence | Self::Grant => Sections::NONE,
            Self::Everything(_) => Sections::ALL,
        }
    }
}

/// One rule: these actions are allowed to this role within this reach.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// To whom; `None` is anybody, also without signing in.
    pub role: Option<Role>,
    /// On which records.
    pub reach: Reach,
    /// Only with a reason that is kept.
    pub reason: bool,
    /// The strictest protection of records that it opens. [`Protection::Shielded`] needs a grant that says so, or a referral.
    pub opens: Protection,
    /// How much it shows.
    pub shows: Shows,
    /// What is allowed.
    pub actions: &'static [Action],
}

use Action::{
    AnswerReferral, BeginTransfer, CancelTransfer, ChangeFamily, CheckDuplicates, CirculateMinutes, Close,
    Comment, CompareVersions, CompleteTeamRecord, CorrectPerson, CorrectVersion, CreateDraft, DeleteDraft,
    EndMembership, Erase, EraseTakeUpStory, Evaluate, Exclude, ExportEpisode, ExportRegister,
    ExportSubjectAccess, FinishTransfer, HandOver, Invite, KeepApart, LetIn, LiftExclusion, LiftHold,
    ListDrafts, ListDuplicates, ListMembers, ListRegister, ListStaff, ListVersions, ListWebhooks, ListWork,
    LookAtAmendments, MergeEpisode, MergePeople, OwnPage, PlaceHold, PlanErasure, ReadAccessLog, ReadAudit,
    ReadComments, ReadDraft, ReadEpisode, ReadFamily, ReadFamilyCopy, ReadPerson, ReadReferral,
    ReadStandards, ReadTakeUp, ReadTeamRecords, ReadVersion, RecordAgreement, Refer, Reopen, ReplayWebhook,
    SaveDraft, Search, SecondOpinion, SendVersion, ShutOut, StartEpisode, StepDown, StepUp, UndoMergeEpisode,
    UndoMergePeople, WriteReferral, WriteTakeUpStory, WriteTeamRecords,
};
use Protection::{Confidential, Ordinary, Shielded};
use Reach::{Authority, Holder, NoRecord, OwnDraft, Referral, Team};
use Role::{
    Auditor, DutyAdvice, EhCoordinator, FamilyViewer, LeadProfessional, Practitioner, SafeguardingLead,
    TacMember,
};
use Shows::{Everything, Existence, Grant};

/// What people may do who write assessments, without any one record.
const WRITING: &[Action] =
    &[Evaluate, ListWork, OwnPage, Search, CheckDuplicates, StartEpisode, ListDrafts, CreateDraft];
const DRAFTS: &[Action] = &[ReadDraft, SaveDraft, DeleteDraft];
/// What a practitioner does in an episode of their own.
const PRACTICE: &[Action] = &[
    ReadEpisode,
    ListVersions,
    ReadVersion,
    CompareVersions,
    ExportEpisode,
    SendVersion,
    CorrectVersion,
    LookAtAmendments,
    RecordAgreement,
    Exclude,
    Refer,
    ReadReferral,
    WriteReferral,
    ListMembers,
    ReadComments,
    Comment,
    ReadAccessLog,
    ReadPerson,
    CorrectPerson,
    ReadFamily,
    ChangeFamily,
    ReadTeamRecords,
    WriteTeamRecords,
    CompleteTeamRecord,
    CirculateMinutes,
];

const fn row(role: Role, reach: Reach, opens: Protection, shows: Shows, actions: &'static [Action]) -> Row {
    Row { role: Some(role), reach, reason: false, opens, shows, actions }
}

/// A row that asks for a reason.
const fn with_reason(row: Row) -> Row {
    Row { reason: true, ..row }
}

/// The rules.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { role: None, reach: NoRecord, reason: false, opens: Ordinary, shows: Existence, actions: &[ReadStandards] },

    row(Practitioner, NoRecord, Ordinary, Existence, WRITING),
    row(Practitioner, OwnDraft, Ordinary, Existence, DRAFTS),
    row(Practitioner, Team, Shielded, Grant, PRACTICE),
    // A colleague sees whom to ask, and no answer.
    with_reason(row(Practitioner, Holder, Confidential, Existence, &[ReadEpisode])),

    row(LeadProfessional, NoRecord, Ordinary, Existence, WRITING),
    row(LeadProfessional, OwnDraft, Ordinary, Existence, DRAFTS),
    row(LeadProfessional, Team, Shielded, Grant, PRACTICE),
    row(LeadProfessional, Team, Shielded, Grant, &[LiftExclusion, Close, Reopen, Invite, EndMembership]),
    row(LeadProfessional, Team, Shielded, Grant,
        &[StepUp, StepDown, BeginTransfer, CancelTransfer, FinishTransfer]),

    row(TacMember, NoRecord, Ordinary, Existence, &[ListWork, OwnPage]),
    row(TacMember, Team, Shielded, Grant,
        &[ReadEpisode, ListVersions, ReadVersion, ListMembers, ReadComments, Comment, ReadTeamRecords]),

    row(SafeguardingLead, NoRecord, Ordinary, Existence, WRITING),
    row(SafeguardingLead, OwnDraft, Ordinary, Existence, DRAFTS),
    with_reason(row(SafeguardingLead, Holder, Confidential, Everything(Confidential),
        &[ReadEpisode, ListVersions, ReadVersion, CompareVersions, Refer, ReadReferral, WriteReferral,
          ListMembers, Invite, EndMembership, ReadComments, Comment, SecondOpinion, ReadAccessLog, ReadPerson, ReadFamily,
          ReadTeamRecords])),

    row(EhCoordinator, NoRecord, Ordinary, Existence,
        &[Evaluate, ListWork, OwnPage, Search, CheckDuplicates, ListRegister, ExportRegister, ReadTakeUp,
          WriteTakeUpStory, EraseTakeUpStory, ListDuplicates, ReadAudit, PlanErasure]),
    // The provider's own administrators are seldom there on the evening when somebody has to be kept out.
    row(EhCoordinator, NoRecord, Ordinary, Existence, &[ListStaff, ShutOut, LetIn, ListWebhooks, ReplayWebhook]),
    row(EhCoordinator, Authority, Confidential, Existence,
        &[ReadEpisode, ListMembers, HandOver, AnswerReferral, ReadAccessLog]),
    // That there are a plan, meetings and reviews, and their dates. No answer.
    row(EhCoordinator, Authority, Confidential, Existence, &[ReadTeamRecords]),
    row(EhCoordinator, Authority, Confidential, Everything(Ordinary),
        &[ReadPerson, ReadFamily, MergeEpisode, UndoMergeEpisode, MergePeople, UndoMergePeople, KeepApart]),
    with_reason(row(EhCoordinator, Authority, Confidential, Everything(Ordinary),
        &[ListVersions, ReadVersion, CompareVersions, Invite, EndMembership])),
    with_reason(row(EhCoordinator, Authority, Confidential, Everything(Confidential),
        &[PlaceHold, LiftHold, Erase, ExportSubjectAccess])),

    row(DutyAdvice, NoRecord, Ordinary, Existence, &[Evaluate, ListWork, OwnPage, Search, CheckDuplicates]),
    row(DutyAdvice, Referral, Shielded, Everything(Shielded),
        &[ReadEpisode, ListVersions, ReadVersion, CompareVersions, ReadReferral, WriteReferral,
          AnswerReferral, ListMembers, ReadComments, ReadPerson, ReadFamily]),
    // The front door knows first that social care has taken the lead, and hands the family back.
    row(DutyAdvice, Referral, Shielded, Everything(Shielded), &[StepUp, StepDown]),

    row(FamilyViewer, NoRecord, Ordinary, Existence, &[ListWork, OwnPage]),
    row(FamilyViewer, Team, Shielded, Grant,
        &[ReadEpisode, ReadFamilyCopy, Comment, RecordAgreement]),

    row(Auditor, NoRecord, Ordinary, Existence, &[OwnPage, ReadAudit, ListWebhooks]),
    with_reason(row(Auditor, Authority, Confidential, Everything(Ordinary),
        &[ReadEpisode, ListVersions, ReadVersion, CompareVersions, ListMembers, ReadComments, ReadAccessLog,
          ReadPerson, ReadFamily])),
];
