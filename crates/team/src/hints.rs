//! What would make a plan easier to carry out. A hint stops nothing: it is no problem, and no record waits for it.

use assessment_engine::validation::identifiers::pence;
use assessment_form::is_blank;
use assessment_form::typed::compared;

use crate::{Action, Plan};

/// One hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The question that it is about.
    pub path: String,
    /// What it says.
    pub code: HintCode,
}

/// What a hint says. Its words are wording (`team.hint.<code>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintCode {
    /// An action in a word or two: nobody will know when it is done.
    SayMore,
    /// An action has no day.
    NoDate,
    /// An action has no owner.
    NoOwner,
    /// The owner is a group or a service, and nobody in it may feel meant.
    NameAPerson,
    /// The day is after the review, so that the review cannot look at it.
    AfterReview,
    /// An outcome says what a service does, and not what will be better for the child.
    NotAService,
    /// The actions are to cost more than is held.
    OverPlanned,
}

impl HintCode {
    /// Every code, for tests of wording.
    pub const ALL: [HintCode; 7] = [
        HintCode::SayMore,
        HintCode::NoDate,
        HintCode::NoOwner,
        HintCode::NameAPerson,
        HintCode::AfterReview,
        HintCode::NotAService,
        HintCode::OverPlanned,
    ];

    /// The code as wording keys have it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            HintCode::SayMore => "say-more",
            HintCode::NoDate => "no-date",
            HintCode::NoOwner => "no-owner",
            HintCode::NameAPerson => "name-a-person",
            HintCode::AfterReview => "after-review",
            HintCode::NotAService => "not-a-service",
            HintCode::OverPlanned => "over-planned",
        }
    }
}

/// Owners that are nobody in particular, as they are compared.
const NOBODY_IN_PARTICULAR: [&str; 12] = [
    "all",
    "everyone",
    "everybody",
    "family",
    "the family",
    "parents",
    "professionals",
    "school",
    "the school",
    "tac",
    "team",
    "the team",
];

/// How an outcome begins that names a service.
const SERVICES: [&str; 6] =
    ["attend ", "complete a referral", "make a referral", "refer ", "referral ", "signpost "];

/// An action in fewer words says too little.
const FEWEST_WORDS: usize = 3;

/// The hints for a plan, in form order.
#[must_use]
pub fn hints(plan: &Plan) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut add = |path: String, code: HintCode| hints.push(Hint { path, code });
    if pence(&plan.budget_held).is_some_and(|held| plan.planned() > u64::from(held)) {
        add("budget_held".to_owned(), HintCode::OverPlanned);
    }
    for (row, outcome) in plan.outcomes.iter().enumerate() {
        let desired = compared(&outcome.desired_outcome);
        if SERVICES.iter().any(|service| [&desired, " "].concat().starts_with(service)) {
            add(format!("outcomes[{row}].desired_outcome"), HintCode::NotAService);
        }
        for (at, action) in outcome.actions.iter().enumerate().filter(|(_, action)| !action.is_settled()) {
            let path = |name: &str| format!("outcomes[{row}].actions[{at}].{name}");
            for (name, code) in of_action(action, plan) {
                add(path(name), code);
            }
        }
    }
    hints
}

fn of_action(action: &Action, plan: &Plan) -> impl Iterator<Item = (&'static str, HintCode)> {
    let words = action.action.split_whitespace().count();
    let who = compared(&action.who);
    let is_late =
        action.by_when.whole().zip(plan.review_date.whole()).is_some_and(|(by, review)| by > review);
    [
        ((1..FEWEST_WORDS).contains(&words), "action", HintCode::SayMore),
        (words > 0 && is_blank(&action.who), "who", HintCode::NoOwner),
        (NOBODY_IN_PARTICULAR.contains(&who.as_str()), "who", HintCode::NameAPerson),
        (words > 0 && action.by_when.is_blank(), "by_when", HintCode::NoDate),
        (is_late, "by_when", HintCode::AfterReview),
    ]
    .into_iter()
    .filter_map(|(applies, name, code)| applies.then_some((name, code)))
}
