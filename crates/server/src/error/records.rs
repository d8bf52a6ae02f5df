//! What is said of episodes and people that were not shown or changed.

use assessment_api::problem::ProblemItem;
use assessment_people::{
    access::{Action, Answer, GrantRefused, When},
    episode::{Because, ClosureIncomplete, Item},
    matching::SearchRefused,
    merge::MergeRefused,
    note::NotANote,
    retention::Obstacle,
    take_up::NotAStory,
};
use axum::http::StatusCode;

use super::ApiError;
use crate::{episodes::NotDone, identifier::NoRandomness, people};

impl ApiError {
    /// One member cannot be read.
    pub(crate) fn wrong_member(path: &'static str) -> Self {
        Self::wrong_shape(vec![ProblemItem::new(path, "wrong-kind")])
    }

    /// One member is blank.
    pub(crate) fn missing_member(path: &'static str) -> Self {
        Self::wrong_shape(vec![ProblemItem::new(path, "missing")])
    }

    pub(crate) fn shut_out() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "shut-out",
            "Your access here has been ended. Nothing was stored, and your draft is where it was. If that is a mistake, ask the early help coordinator.",
        )
    }

    fn newer_version() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "newer-version",
            "Somebody has sent a version since. Nothing was stored. Read the newest one, compare, and send yours again from it.",
        )
    }

    fn not_covered() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "not-covered",
            "The family's agreement does not cover that organisation as far as is known, or they must not be told. Say that it is covered, or ask the family first.",
        )
    }

    fn more_than_seen() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "more-than-seen",
            "You cannot let somebody see more than you see yourself.",
        )
    }

    fn conflict(code: &'static str, detail: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// Refused by the state alone. The code is one; the words say what to do.
    fn not_in_this_state(action: Action) -> Self {
        let detail = match action.when() {
            When::WhileOpen => "This record is closed, or part of another. Open it again first.",
            When::OnceClosed => "This record is not closed. Read it again.",
            When::UnlessMerged => "This record is part of another. Open that one.",
            When::WhileMerged | When::Always => return Self::not_now(),
        };
        Self::conflict("not-now", detail)
    }

    fn not_possible(because: &Because) -> Self {
        let detail = match because {
            Because::NotAsked => "The family has not been asked yet. Ask first.",
            Because::CorrectionsOnly => {
                "This record is closed and takes corrections only. Open it again first."
            }
            Because::NotAccepted => {
                "Social care has not accepted a referral of this child, so it has not taken over. Wait for its answer, or choose another reason."
            }
            Because::SocialCareLeads => {
                "Social care has the lead, so the plan waits. Take the lead back first."
            }
            Because::NotSteppedUp => "Social care does not have the lead. Read the record again.",
            Because::TransferUnderWay => {
                "Another council has been asked to take this over. Say that it has accepted, or take the offer back."
            }
            Because::NotTransferring => "No other council has been asked to take this over.",
            Because::NotAgreed => {
                "The family has not agreed to this, or has taken it back. Ask, or give a lawful reason."
            }
            Because::Unsettled => {
                "Something is still open. Say of each action, meeting and date in `problems` what becomes of it."
            }
            Because::BeforeItBegan => "That day is before this record began. Check the date.",
            Because::NotAhead => "That day is not ahead. Choose a later one.",
            Because::ReferralWaits => {
                "A referral is waiting for an answer. Close this once it has come, so that nobody relies on somebody else."
            }
            Because::RiskCheckOutOfDate => {
                "Something was sent after the risk was looked at. Look at it again, then close."
            }
            Because::MergedInto(_) => "This record is part of another. Open that one.",
            Because::NotExcluded => "That person or organisation is not kept out of this record.",
            Because::HoldsIt => {
                "The organisation that holds this record cannot be kept out of it. Hand it over first."
            }
            Because::HoldsItAlready => "That organisation holds this record already.",
            Because::MustNotBeTold => {
                "That organisation must not be told about this record. Choose another, or say first that it may be told again."
            }
            Because::Itself => "A record cannot become part of itself. Choose the other one.",
            Because::TooLate => {
                "These records were joined more than 30 days ago, so that can no longer be undone."
            }
            Because::State | Because::Version(_) | Because::NoReason | Because::NoVersion => {
                return Self::not_now();
            }
        };
        Self::conflict(because.code(), detail)
    }

    /// Closing says nothing of what is still open.
    fn unsettled(open: &[Item]) -> Self {
        let path = |item: &Item| match item {
            Item::Action(id) => format!("settled.action.{}", id.as_str()),
            Item::Meeting(number) => format!("settled.meeting.{number}"),
            Item::Clock(id) => format!("settled.clock.{}", id.as_str()),
        };
        let problems = open.iter().map(|item| ProblemItem::new(path(item), "missing")).collect();
        Self::not_possible(&Because::Unsettled).with_problems(problems)
    }

    fn closure_incomplete(lacks: ClosureIncomplete) -> Self {
        let member = match lacks {
            ClosureIncomplete::Words => "words",
            ClosureIncomplete::RiskCheck => "why_safe",
            ClosureIncomplete::SettledTwice => {
                return Self::wrong_shape(vec![ProblemItem::new("settled", "duplicate")]);
            }
        };
        Self::wrong_shape(vec![ProblemItem::new(member, "missing")])
    }

    fn record_incomplete(problems: Vec<ProblemItem>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "record-incomplete",
            "Some answers are missing or cannot be right, so this was not completed. It stays saved as it is. `problems` names the questions.",
        )
        .with_problems(problems)
    }

    fn not_a_note(why: NotANote) -> Self {
        let (member, code) = match why {
            NotANote::NoWords => ("words", "missing"),
            NotANote::TooLong => ("words", "too-long"),
            NotANote::Section => ("section", "wrong-kind"),
        };
        Self::wrong_shape(vec![ProblemItem::new(member, code)])
    }

    fn not_a_story(why: NotAStory) -> Self {
        let code = match why {
            NotAStory::TooLong => "too-long",
            NotAStory::HiddenCharacters => "hidden-characters",
        };
        Self::wrong_shape(vec![ProblemItem::new("words", code)])
    }

    /// A record that is not erased, because it has to be kept.
    fn kept(kept: Obstacle) -> Self {
        let (code, detail) = match kept {
            Obstacle::Hold => (
                "on-hold",
                "An order to keep this record is in force, so it was not erased. `GET /api/v1/retention/kept` lists the order; it can be lifted with a reason.",
            ),
            Obstacle::AccessRequest { .. } => (
                "access-requested",
                "Somebody has asked for what is held about this child and has not had it, so the record was not erased. Answer the request and close it first.",
            ),
            Obstacle::MergeCanBeUndone { .. } => (
                "merge-can-be-undone",
                "This child's record was joined with another one less than 30 days ago, and that can still be taken back, so nothing was erased.",
            ),
            Obstacle::Open | Obstacle::BirthNotKnown | Obstacle::NotDue { .. } => return Self::not_now(),
        };
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// For those who may know it: an old id of an erased record.
    pub(crate) fn erased() -> Self {
        Self::new(
            StatusCode::GONE,
            "erased",
            "This record was erased. The audit trail says when and by whom.",
        )
    }

    fn family_refused(problems: Vec<ProblemItem>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "family-refused",
            "The family cannot be changed like that. Nothing was stored. `problems` says why.",
        )
        .with_problems(problems)
    }

    fn grant_refused(code: &'static str) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "grant-refused",
            "Access cannot be given like that. `problems` says why.",
        )
        .with_problems(vec![ProblemItem::new("member", code)])
    }
}

impl From<NotDone> for ApiError {
    fn from(error: NotDone) -> Self {
        match error {
            NotDone::Refused(Answer::SignIn) => Self::sign_in_needed(),
            NotDone::Refused(Answer::Unknown) | NotDone::Missing => Self::not_found(),
            NotDone::Refused(Answer::Forbidden) => Self::forbidden(),
            NotDone::Refused(Answer::NotNow) => Self::not_now(),
            NotDone::RefusedLook { answer: Answer::NotNow, action, .. } => Self::not_in_this_state(action),
            NotDone::RefusedLook { answer, .. } => NotDone::Refused(answer).into(),
            NotDone::NotPossible(because) => Self::not_possible(&because),
            NotDone::Unsettled(open) => Self::unsettled(&open),
            NotDone::NoReferral => {
                Self::conflict("no-referral", "No referral is waiting for an answer. Read the record again.")
            }
            NotDone::NoFrontDoor => Self::conflict(
                "no-front-door",
                "This server does not know which organisation takes referrals, so nothing was sent. Ring social care. The people who run this server can set `front_door`.",
            ),
            NotDone::ReferralIncomplete(problems) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "referral-incomplete",
                "Some answers are missing or cannot be right, so nothing was sent. If a child is in danger, ring first. `problems` names the questions.",
            )
            .with_problems(problems),
            NotDone::AddressInside => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "address-inside",
                "The document gives away an address that must not reach other people, so nothing was sent. Leave that line out, or decide that social care gets the address.",
            ),
            NotDone::AddressUnknown => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "address-unknown",
                "The newest version cannot be read, so nobody can tell whether the document gives away an address that must not reach other people. Nothing was sent. Send only what you wrote yourself, or look at each line and decide that social care gets the address.",
            ),
            NotDone::OpenedHere => Self::conflict(
                "opened-here",
                "Social care has opened the record here, so it has what was written. That cannot be taken back.",
            ),
            NotDone::OtherChild => Self::conflict(
                "other-child",
                "These records are of two children. If it is one child, join the two records of the child first.",
            ),
            NotDone::Closure(lacks) => Self::closure_incomplete(lacks),
            NotDone::UnknownOrganisation => Self::conflict(
                "unknown-organisation",
                "Nobody of that organisation has signed in here yet. Check how it is written, or ask them to sign in once.",
            ),
            NotDone::Yourself => {
                Self::conflict("yourself", "You cannot do that to yourself. Ask a colleague.")
            }
            NotDone::Note(why) => Self::not_a_note(why),
            NotDone::Story(why) => Self::not_a_story(why),
            NotDone::IdUsed => Self::conflict(
                "id-used",
                "Something else was stored with this id, and nothing of this. Look at what is there, then send yours again with a new id.",
            ),
            NotDone::ReasonNeeded => Self::reason_needed(),
            NotDone::Stale(current) => Self::changed_since(current),
            NotDone::NewerVersion => Self::newer_version(),
            NotDone::NotCovered => Self::not_covered(),
            NotDone::MoreThanSeen => Self::more_than_seen(),
            NotDone::NotInSight => Self::new(
                StatusCode::FORBIDDEN,
                "not-in-sight",
                "This is about a part of the record that you do not see. Write about the record as a whole, or ask the lead professional if your work needs that part.",
            ),
            NotDone::NoSuchKept => Self::wrong_member("settles"),
            NotDone::Settled => Self::conflict(
                "settled",
                "Somebody has settled this already, and nothing was stored. Read the record again, and compare.",
            ),
            NotDone::KeptWaits => Self::conflict(
                "kept-waits",
                "Two people wrote at once, and what one of them wrote is not in the record yet. Settle that first.",
            ),
            NotDone::CorrectionWithoutReason => Self::missing_member("reason"),
            NotDone::Incomplete(problems) => Self::record_incomplete(problems),
            NotDone::Retained(kept) => Self::kept(kept),
            NotDone::Grant(refused) => Self::grant_refused(match refused {
                GrantRefused::EndsFirst => "ends-first",
                GrantRefused::TooLong => "too-long",
                GrantRefused::Role => "role",
                GrantRefused::ToThemselves => "to-themselves",
            }),
            NotDone::NoRandomness => NoRandomness.into(),
            NotDone::Store(error) => error.into(),
        }
    }
}

impl From<people::NotDone> for ApiError {
    fn from(reason: people::NotDone) -> Self {
        use people::NotDone;
        match reason {
            NotDone::Refused(Answer::SignIn) => Self::sign_in_needed(),
            NotDone::Refused(Answer::Unknown) | NotDone::Merge(MergeRefused::Unknown) => Self::not_found(),
            NotDone::Refused(Answer::Forbidden) => Self::forbidden(),
            NotDone::Refused(Answer::NotNow) => Self::not_now(),
            NotDone::RefusedLook { answer, .. } => NotDone::Refused(answer).into(),
            NotDone::ReasonNeeded => Self::reason_needed(),
            NotDone::Search(refused) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "search-refused", format!("{refused}."))
                    .with_problems(vec![ProblemItem::new("text", search_problem(refused))])
            }
            NotDone::Merge(refused) => Self::new(StatusCode::CONFLICT, "merge-refused", refused.to_string()),
            NotDone::Stale(current) => Self::changed_since(current),
            NotDone::OnePerson => Self::one_person(),
            NotDone::Family(problems) => Self::family_refused(problems),
            NotDone::NoRandomness => NoRandomness.into(),
            NotDone::Store(error) => error.into(),
        }
    }
}

fn search_problem(refused: SearchRefused) -> &'static str {
    match refused {
        SearchRefused::Blank => "missing",
        SearchRefused::TooLittle => "too-short",
        SearchRefused::TooMuch => "too-long",
    }
}
