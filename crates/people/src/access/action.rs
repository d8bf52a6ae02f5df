//! Everything that somebody may ask for: one action for each route, and for what a route does besides. A route names its
//! action; an action without a row in the table is allowed to nobody.

/// What an action is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// No one record. What a list or a search finds is asked about record by record.
    Nothing,
    /// One draft on the server.
    Draft,
    /// One episode.
    Episode,
    /// One person or family, which may belong to several episodes.
    Person,
}

/// In which states of an episode an action is possible at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In all.
    Always,
    /// Until it is closed or merged.
    WhileOpen,
    /// Once it is closed.
    OnceClosed,
    /// Unless it is part of another.
    UnlessMerged,
    /// While it is part of another.
    WhileMerged,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $about:ident, $when:ident;)*) => {
        /// What somebody asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {$(
            $(#[$doc])*
            $name,
        )*}

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, as the audit has it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// Its code in the audit where it was refused.
            #[must_use]
            pub const fn refused_code(self) -> &'static str {
                match self {$(Self::$name => concat!("refused-", $code),)*}
            }

            /// What it is about.
            #[must_use]
            pub const fn about(self) -> About {
                match self {$(Self::$name => About::$about,)*}
            }

            /// In which states it is possible at all.
            #[must_use]
            pub const fn when(self) -> When {
                match self {$(Self::$name => When::$when,)*}
            }
        }
    };
}

/// What the code of a refused action begins with.
pub const REFUSED: &str = "refused-";

actions! {
    /// Health, profile, rule pack and description of the interface: nothing about anybody.
    ReadStandards = "read-standards", Nothing, Always;
    /// Evaluate answers without storing them.
    Evaluate = "evaluate", Nothing, Always;
    /// List one's own episodes and what is due.
    ListWork = "list-work", Nothing, Always;
    /// Read and change one's own page.
    OwnPage = "own-page", Nothing, Always;
    /// Search for people.
    Search = "search", Nothing, Always;
    /// Ask whether a child is known already.
    CheckDuplicates = "check-duplicates", Nothing, Always;
    /// Start an episode, also by sending a first assessment.
    StartEpisode = "start-episode", Nothing, Always;
    /// List the episodes of the authority.
    ListRegister = "list-register", Nothing, Always;
    /// Export that list.
    ExportRegister = "export-register", Nothing, Always;
    /// Read take-up and outcomes of the area, as numbers of which the small ones are hidden.
    ReadTakeUp = "read-take-up", Nothing, Always;
    /// Write the story behind one of these numbers.
    WriteTakeUpStory = "write-take-up-story", Nothing, Always;
    /// Erase such a story, with everything that was written before it.
    EraseTakeUpStory = "erase-take-up-story", Nothing, Always;
    /// List possible duplicates.
    ListDuplicates = "list-duplicates", Nothing, Always;
    /// Read the audit of everything.
    ReadAudit = "read-audit", Nothing, Always;
    /// List the people who sign in here.
    ListStaff = "list-staff", Nothing, Always;
    /// Shut somebody out, whatever their provider says.
    ShutOut = "shut-out", Nothing, Always;
    /// Let somebody in again who was shut out.
    LetIn = "let-in", Nothing, Always;
    /// List what partners' servers were told, and how that went.
    ListWebhooks = "list-webhooks", Nothing, Always;
    /// Tell a partner's server once more.
    ReplayWebhook = "replay-webhook", Nothing, Always;
    /// Say what the retention periods would erase.
    PlanErasure = "plan-erasure", Nothing, Always;
    /// List one's own drafts.
    ListDrafts = "list-drafts", Nothing, Always;
    /// Begin a draft.
    CreateDraft = "create-draft", Nothing, Always;
    /// Read a draft.
    ReadDraft = "read-draft", Draft, Always;
    /// Save a draft.
    SaveDraft = "save-draft", Draft, Always;
    /// Delete a draft.
    DeleteDraft = "delete-draft", Draft, Always;
    /// See that an episode exists: whose it is, its state, who holds it.
    ReadEpisode = "read-episode", Episode, Always;
    /// List its versions.
    ListVersions = "list-versions", Episode, Always;
    /// Read the answers of a version.
    ReadVersion = "read-version", Episode, Always;
    /// See what differs between two versions.
    CompareVersions = "compare-versions", Episode, Always;
    /// Read the copy made for the family.
    ReadFamilyCopy = "read-family-copy", Episode, Always;
    /// Make a copy for one recipient.
    ExportEpisode = "export-episode", Episode, Always;
    /// Send a first or a new version.
    SendVersion = "send-version", Episode, WhileOpen;
    /// Correct the last version.
    CorrectVersion = "correct-version", Episode, UnlessMerged;
    /// Say that amendments after a merge were looked at.
    LookAtAmendments = "look-at-amendments", Episode, UnlessMerged;
    /// Record that the family was asked, what it agreed to, or why not.
    RecordAgreement = "record-agreement", Episode, WhileOpen;
    /// Say that somebody must not be told.
    Exclude = "exclude", Episode, UnlessMerged;
    /// Say that somebody may be told again.
    LiftExclusion = "lift-exclusion", Episode, UnlessMerged;
    /// Ask social care.
    Refer = "refer", Episode, WhileOpen;
    /// Read what was sent to the front door.
    ReadReferral = "read-referral", Episode, Always;
    /// Say that the written form of a referral was sent, or take that back.
    WriteReferral = "write-referral", Episode, WhileOpen;
    /// Answer for the front door.
    AnswerReferral = "answer-referral", Episode, WhileOpen;
    /// Give the episode to another organisation.
    HandOver = "hand-over", Episode, WhileOpen;
    /// Close it.
    Close = "close", Episode, WhileOpen;
    /// Open it again.
    Reopen = "reopen", Episode, OnceClosed;
    /// Say that social care has taken the lead.
    StepUp = "step-up", Episode, WhileOpen;
    /// Take the lead back from social care.
    StepDown = "step-down", Episode, WhileOpen;
    /// Offer the episode to another council.
    BeginTransfer = "begin-transfer", Episode, WhileOpen;
    /// Take that offer back.
    CancelTransfer = "cancel-transfer", Episode, WhileOpen;
    /// Say that the other council has accepted, which closes the episode.
    FinishTransfer = "finish-transfer", Episode, WhileOpen;
    /// Read plan, meetings and reviews, as far as their sections are open to somebody.
    ReadTeamRecords = "read-team-records", Episode, Always;
    /// Write them. What arrives after the closure is kept, so it is not refused here.
    WriteTeamRecords = "write-team-records", Episode, UnlessMerged;
    /// Say that the plan is agreed, the minutes are finished, the review is finished.
    CompleteTeamRecord = "complete-team-record", Episode, UnlessMerged;
    /// Note who was sent the minutes.
    CirculateMinutes = "circulate-minutes", Episode, UnlessMerged;
    /// See who is in the team.
    ListMembers = "list-members", Episode, Always;
    /// Invite somebody, with role, scope and end.
    Invite = "invite", Episode, WhileOpen;
    /// End somebody's access.
    EndMembership = "end-membership", Episode, Always;
    /// Read what members said.
    ReadComments = "read-comments", Episode, Always;
    /// Say something.
    Comment = "comment", Episode, WhileOpen;
    /// Give a second opinion on the level of need.
    SecondOpinion = "second-opinion", Episode, WhileOpen;
    /// See who has seen the record, when and why.
    ReadAccessLog = "read-access-log", Episode, Always;
    /// Say that the record must not be erased.
    PlaceHold = "place-hold", Episode, Always;
    /// Say that it may be erased when its time comes.
    LiftHold = "lift-hold", Episode, Always;
    /// Erase it.
    Erase = "erase", Episode, OnceClosed;
    /// Prepare what the person it is about has a right to.
    ExportSubjectAccess = "export-subject-access", Episode, Always;
    /// Make it part of another.
    MergeEpisode = "merge-episode", Episode, UnlessMerged;
    /// Undo that.
    UndoMergeEpisode = "undo-merge-episode", Episode, WhileMerged;
    /// Read what is known of a person.
    ReadPerson = "read-person", Person, Always;
    /// Correct it.
    CorrectPerson = "correct-person", Person, Always;
    /// See who belongs to a family.
    ReadFamily = "read-family", Person, Always;
    /// Change who belongs to a family and how.
    ChangeFamily = "change-family", Person, Always;
    /// Say that two people are one.
    MergePeople = "merge-people", Person, Always;
    /// Take that back.
    UndoMergePeople = "undo-merge-people", Person, Always;
    /// Say that two people are not one.
    KeepApart = "keep-apart", Person, Always;
}
