//! Every transition from every state, compared with the table that was written by hand (`transitions.txt`), and
//! `docs/transitions.md`, which is made from the two.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assessment_people::episode::{
    Because, ClosureReason, Episode, Excluded, Ground, InvalidTransition, Item, ItemId, Next, ReferralAnswer,
    SentBy, StateName, StillOpen, UNDO_DAYS,
};
use assessment_people::version::{AmendmentKind, VersionRefused};
use jiff::civil::date;

use super::plan::handover;
use super::{amendment, closed, closure, declined, drafting, enquiry, nothing, shared};
use crate::world::{
    agreed, council, episode_id, new_version, organisation, reason, stamp, subject, without_agreement,
};

const EXPECTED: &str = include_str!("transitions.txt");

/// The day on which each transition is tried, after everything that led to the state.
const DAY: u32 = 20;

type Moved = Result<Episode, InvalidTransition>;

/// The states that are tried, by the names of the columns.
fn states() -> Vec<(&'static str, Episode)> {
    let active = || shared().agree_plan(stamp(4)).expect("it is shared");
    let referred = || active().refer(organisation("front-door"), reason("Bruises."), stamp(5)).expect("open");
    let accepted =
        || referred().answer_referral(ReferralAnswer::Accepted, stamp(6)).expect("a referral waits");
    vec![
        ("enquiry", enquiry()),
        ("consent_pending", enquiry().ask(stamp(1)).expect("an enquiry leads to asking")),
        ("drafting", drafting()),
        ("shared", shared()),
        ("tac_scheduled", shared().schedule_meeting(date(2026, 12, 1), stamp(4)).expect("it is shared")),
        ("plan_active", active()),
        ("in_review", active().begin_review(stamp(5)).expect("there is a plan")),
        ("declined", declined()),
        ("referred", referred()),
        ("accepted", accepted()),
        ("stepped_up", accepted().step_up(stamp(7)).expect("social care accepted")),
        ("transferring", active().begin_transfer(council(), Ground::Agreed, stamp(7)).expect("agreed")),
        ("closed", closed()),
        ("merged", shared().merge_into(episode_id(2), stamp(7)).expect("two episodes")),
    ]
}

/// A transition: its code in the table, what it is in words, and the trying.
type Transition = (&'static str, &'static str, fn(Episode) -> Moved);

const TRANSITIONS: &[Transition] = &[
    ("ask", "Ask the family to agree", |one| one.ask(stamp(DAY))),
    ("agree", "The family agrees, or changes what it agrees to", |one| {
        one.rest_on(agreed(&["clinic"]), stamp(DAY))
    }),
    ("without-agreement", "Go on for a lawful reason without agreement", |one| {
        one.rest_on(without_agreement(), stamp(DAY))
    }),
    ("refuse", "The family refuses", |one| one.refuse_agreement(stamp(DAY))),
    ("withdraw", "The family takes its agreement back", |one| one.withdraw_agreement(stamp(DAY))),
    ("send-first", "Send a first version", |one| one.send(new_version(8, DAY), None)),
    ("send-new-version", "Send a new version", |one| {
        one.send(new_version(8, DAY), Some(amendment(AmendmentKind::NewVersion, 1)))
    }),
    ("correct", "Correct the newest version", |one| {
        one.send(new_version(8, DAY), Some(amendment(AmendmentKind::Correction, 1)))
    }),
    ("receive-late", "Take what comes late for a record that was joined into this one", |one| {
        one.receive_late(new_version(9, DAY), episode_id(3), None)
    }),
    ("look", "Say that it was looked at", |one| one.look(stamp(DAY))),
    ("exclude", "Say that somebody must not be told", |one| {
        one.exclude(Excluded::Person(subject("uncle")), stamp(DAY))
    }),
    ("lift-exclusion", "Say that they may be told again", |one| {
        let uncle = || Excluded::Person(subject("uncle"));
        one.exclude(uncle(), stamp(DAY))?.lift_exclusion(uncle(), reason("They asked."), stamp(DAY))
    }),
    ("hand-over", "Give it to another organisation", |one| one.hand_to(organisation("council"), stamp(DAY))),
    ("schedule-meeting", "The first meeting has a date", |one| {
        one.schedule_meeting(date(2026, 12, 20), stamp(DAY))
    }),
    ("cancel-meeting", "It has none any more", |one| one.cancel_meeting(stamp(DAY))),
    ("agree-plan", "The plan is agreed", |one| one.agree_plan(stamp(DAY))),
    ("begin-review", "A review begins", |one| one.begin_review(stamp(DAY))),
    ("finish-review", "It is finished", |one| one.finish_review(Next::Review(date(2027, 2, 1)), stamp(DAY))),
    ("refer", "Ask social care", |one| one.refer(organisation("front-door"), reason("Bruises."), stamp(DAY))),
    ("write-referral", "The written form follows", |one| one.write_referral(SentBy::Email, stamp(DAY))),
    ("take-back-written", "It did not, although somebody said so", |one| {
        let written = one.clone().write_referral(SentBy::Email, stamp(DAY)).unwrap_or(one);
        written.take_back_written(reason("It is still a draft."), stamp(DAY))
    }),
    ("accept-referral", "Social care accepts", |one| {
        one.answer_referral(ReferralAnswer::Accepted, stamp(DAY))
    }),
    ("refuse-referral", "Social care does not accept", |one| {
        one.answer_referral(ReferralAnswer::NotAccepted, stamp(DAY))
    }),
    ("step-up", "Social care takes the lead", |one| one.step_up(stamp(DAY))),
    ("step-down", "Social care gives the lead back", |one| one.step_down(handover(), stamp(DAY))),
    ("begin-transfer", "Ask another council to take it over, by agreement", |one| {
        one.begin_transfer(council(), Ground::Agreed, stamp(DAY))
    }),
    ("transfer-lawfully", "The same, for a lawful reason without agreement", |one| {
        one.begin_transfer(council(), without_agreement().ground, stamp(DAY))
    }),
    ("cancel-transfer", "It is not taken over", |one| one.cancel_transfer(reason("They stay."), stamp(DAY))),
    ("finish-transfer", "The other council has accepted", |one| {
        one.finish_transfer(reason("By telephone."), Vec::new(), &nothing(), stamp(DAY))
    }),
    ("close", "Close it, as the needs are met", |one| close(one, ClosureReason::NeedsMet)),
    ("close-stepped-up", "Close it, as social care has taken over", |one| {
        close(one, ClosureReason::SteppedUpS17)
    }),
    ("close-disengaged", "Close it, as the family takes part no longer, after a look at the risk", |one| {
        close(one, ClosureReason::NotEngaged)
    }),
    ("close-moved", "Close it, as the family has moved", |one| close(one, ClosureReason::MovedLa)),
    ("close-died", "Close it, as the child has died", |one| close(one, ClosureReason::ChildDied)),
    ("close-unsettled", "Close it, and say nothing of an action that is open", |one| {
        let open = StillOpen::from([Item::Action(ItemId::parse("a1").expect("an id"))]);
        one.close(closure(ClosureReason::NeedsMet, DAY), &open, stamp(DAY))
    }),
    ("reopen", "Open it again", |one| one.reopen(reason("It is worse again."), stamp(DAY))),
    ("merge", "Make it part of another", |one| one.merge_into(episode_id(5), stamp(DAY))),
    ("undo-merge", "Undo that", |one| one.undo_merge(stamp(DAY))),
];

fn close(episode: Episode, code: ClosureReason) -> Moved {
    episode.close(closure(code, DAY), &nothing(), stamp(DAY))
}

/// The table that was written by hand: what each transition leads to, state by state.
fn expected() -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = EXPECTED.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.collect()))
    });
    rows.collect()
}

fn written(state: StateName) -> String {
    let name = serde_json::to_value(state).expect("a name");
    name.as_str().expect("a text").to_owned()
}

/// What the code says, as the table writes it.
fn found(before: &Episode, after: Moved) -> String {
    match after {
        // Opening again, joining and undoing that lead somewhere even where the name is the same.
        Ok(after) if after.state().name() == before.state().name() => "=".to_owned(),
        Ok(after) => written(after.state().name()),
        Err(refused) => refused.because.code().to_owned(),
    }
}

#[test]
fn every_transition_from_every_state_is_as_the_table_written_by_hand_says() {
    let expected = expected();
    let heads: Vec<&str> = EXPECTED
        .lines()
        .rfind(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').split_whitespace().collect())
        .unwrap_or_default();
    let states = states();
    assert_eq!(heads, states.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let codes: BTreeSet<&str> = TRANSITIONS.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, expected.keys().copied().collect(), "the table has each transition once");
    assert_eq!(codes.len(), TRANSITIONS.len());
    let mut wrong = Vec::new();
    let mut cells = 0;
    for (code, _, attempt) in TRANSITIONS {
        let row = &expected[code];
        assert_eq!(row.len(), states.len(), "{code}");
        for ((name, before), expected) in states.iter().zip(row) {
            let found = found(before, attempt(before.clone()));
            cells += 1;
            if found != *expected {
                wrong.push(format!("{code} from {name}: {found}, and not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    let reached: BTreeSet<StateName> = states.iter().map(|(_, one)| one.state().name()).collect();
    assert_eq!(reached.len(), 13, "every state is tried");
}

#[test]
fn the_page_about_transitions_is_the_table() {
    let expected = expected();
    let mut page = String::from(
        "# What follows from which state of an episode\n\n\
         Every transition from every state.\n\
         A test writes this page from `crates/people/tests/people/episode/transitions.txt`, which was written by hand, and tries \
         each cell (`UPDATE_TRANSITIONS=1 cargo test -p assessment-people transitions`); each row is tried over HTTP as \
         well, on both stores, but for those named below.\n\n\
         A name is the state that it leads to, \"stays\" means that the state stays, and a code says why it is refused.\n\
         `accepted` is `referred` once social care has accepted.\n\
         In `referred`, `accepted`, `stepped_up` and `transferring` the plan is agreed here; what is possible in a stage is possible \
         in `referred` and `transferring` too, whatever the stage, which another test tries.\n\n",
    );
    let states = states();
    let heads: Vec<String> = states.iter().map(|(name, _)| format!("`{name}`")).collect();
    let _ = writeln!(page, "| | {} |\n|---|{}", heads.join(" | "), "---|".repeat(heads.len()));
    let codes: BTreeSet<&str> = because().iter().map(Because::code).collect();
    for (code, words, _) in TRANSITIONS {
        let cells: Vec<String> = expected[code]
            .iter()
            .zip(&states)
            .map(|(cell, (name, _))| match *cell {
                "=" => "stays".to_owned(),
                // The name of a state and of a refusal: whatever is part of another is refused.
                "merged" if *name == "merged" => "merged".to_owned(),
                state if state == "merged" || state == "closed" && *name != "closed" => {
                    format!("**`{state}`**")
                }
                refused if codes.contains(refused) => refused.to_owned(),
                state => format!("**`{state}`**"),
            })
            .collect();
        let _ = writeln!(page, "| {words} | {} |", cells.join(" | "));
    }
    page.push_str("\n## What is not tried over HTTP by itself\n\n| | Why |\n|---|---|\n");
    for line in EXPECTED.lines().filter_map(|line| line.strip_prefix("# not over HTTP: ")) {
        let (code, why) = line.split_once(' ').expect("a reason");
        let (_, words, _) = TRANSITIONS.iter().find(|(one, ..)| *one == code).expect("a transition");
        let _ = writeln!(page, "| {words} | {why} |");
    }
    page.push_str("\n## Why something is refused\n\n| Code | Why |\n|---|---|\n");
    let used: BTreeSet<&str> = expected.values().flatten().copied().collect();
    for one in because().iter().filter(|one| used.contains(one.code())) {
        let why = match one {
            Because::MergedInto(_) => "it is part of another episode".to_owned(),
            one => one.to_string(),
        };
        let _ = writeln!(page, "| {} | {why} |", one.code());
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/transitions.md");
    if std::env::var_os("UPDATE_TRANSITIONS").is_some() {
        fs::write(&file, &page).expect("written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "docs/transitions.md is not what the table says: run it with UPDATE_TRANSITIONS=1");
}

/// Every reason.
fn because() -> Vec<Because> {
    vec![
        Because::State,
        Because::NotAsked,
        Because::Version(VersionRefused::SameId),
        Because::NoReason,
        Because::NoVersion,
        Because::CorrectionsOnly,
        Because::NotAccepted,
        Because::SocialCareLeads,
        Because::NotSteppedUp,
        Because::TransferUnderWay,
        Because::NotTransferring,
        Because::NotAgreed,
        Because::Unsettled,
        Because::BeforeItBegan,
        Because::NotAhead,
        Because::ReferralWaits,
        Because::RiskCheckOutOfDate,
        Because::MergedInto(episode_id(2)),
        Because::Itself,
        Because::TooLate,
        Because::NotExcluded,
        Because::HoldsIt,
        Because::HoldsItAlready,
        Because::MustNotBeTold,
    ]
}

#[test]
fn each_reason_has_a_code_of_its_own() {
    let codes: BTreeSet<&str> = because().iter().map(Because::code).collect();
    assert_eq!(codes.len(), because().len());
    const { assert!(UNDO_DAYS > DAY) };
}
