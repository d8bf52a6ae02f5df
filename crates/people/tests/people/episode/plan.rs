//! The plan, who has the lead, and what becomes of what is open when an episode is closed.

use assessment_people::episode::{
    Because, Closure, ClosureIncomplete, ClosureReason, Episode, Fate, Ground, Handover, Item, ItemId, Next,
    ReferralAnswer, Settled, Stage, State, StateName, StillOpen,
};
use jiff::civil::date;

use super::{because, closure, name, nothing, shared};
use crate::world::{agreed, council, day, organisation, reason, stamp, without_agreement};

pub(super) fn handover() -> Handover {
    Handover {
        why: reason("The child in need plan ended: the house is safe now."),
        still_needed: reason("Help with sleep, and somebody to watch the drinking."),
    }
}

fn active() -> Episode {
    shared().agree_plan(stamp(4)).expect("it is shared")
}

fn accepted(episode: Episode) -> Episode {
    let referred = episode.refer(organisation("front-door"), reason("Bruises."), stamp(5)).expect("open");
    referred.answer_referral(ReferralAnswer::Accepted, stamp(6)).expect("it waits")
}

fn moving(episode: Episode) -> Episode {
    episode.begin_transfer(council(), Ground::Agreed, stamp(7)).expect("the family agreed")
}

fn action(id: &str) -> Item {
    Item::Action(ItemId::parse(id).expect("an id"))
}

fn clock() -> Item {
    Item::Clock(ItemId::parse("review").expect("an id"))
}

fn settled(item: Item, fate: Fate) -> Settled {
    Settled::new(item, fate).expect("that can become of it")
}

#[test]
fn a_plan_is_agreed_with_a_meeting_or_without_and_reviewed_again_and_again() {
    let scheduled = shared().schedule_meeting(date(2026, 12, 1), stamp(4)).expect("it is shared");
    assert_eq!(name(&scheduled), StateName::TacScheduled);
    let moved = scheduled.clone().schedule_meeting(date(2026, 12, 8), stamp(5)).expect("another day");
    assert!(
        matches!(moved.state().stage(), Stage::TacScheduled { meeting, .. } if *meeting == date(2026, 12, 8))
    );
    assert_eq!(moved.cancel_meeting(stamp(6)).map(|one| name(&one)), Ok(StateName::Shared));
    let mut plan = scheduled.agree_plan(stamp(15)).expect("at the meeting");
    for next in [Next::Review(date(2027, 2, 1)), Next::Review(date(2027, 4, 1)), Next::Close] {
        let review = plan.begin_review(stamp(30)).expect("there is a plan");
        assert_eq!(name(&review), StateName::InReview);
        plan = review.finish_review(next, stamp(31)).expect("a review");
        assert!(
            matches!(plan.state().stage(), Stage::PlanActive { next: Some(found), .. } if *found == next)
        );
    }
    assert_eq!(name(&active()), StateName::PlanActive);
}

#[test]
fn days_that_cannot_be_are_refused() {
    let early = shared().schedule_meeting(date(2026, 11, 22), stamp(4));
    assert_eq!(because(early), Some(Because::BeforeItBegan));
    assert!(
        shared().schedule_meeting(date(2026, 11, 23), stamp(4)).is_ok(),
        "a meeting may be written down later"
    );
    let review = active().begin_review(stamp(9)).expect("there is a plan");
    for on in [date(2026, 12, 1), date(2026, 12, 2)] {
        let finished = review.clone().finish_review(Next::Review(on), stamp(9));
        assert_eq!(because(finished), Some(Because::NotAhead), "{on}");
    }
    assert!(review.finish_review(Next::Review(date(2026, 12, 3)), stamp(9)).is_ok());
}

#[test]
fn what_the_family_agrees_to_may_change_in_every_stage_and_the_plan_stays() {
    let review = active().begin_review(stamp(5)).expect("there is a plan");
    for episode in [active(), review] {
        let before = name(&episode);
        let changed = episode.rest_on(agreed(&["clinic", "police"]), stamp(6)).expect("it changes");
        assert_eq!(name(&changed), before);
        assert_eq!(changed.state().stage().basis(), Some(&agreed(&["clinic", "police"])));
        let withdrawn = changed.withdraw_agreement(stamp(7)).expect("it was agreed");
        assert_eq!(name(&withdrawn), StateName::Declined);
        assert!(withdrawn.versions().is_some(), "nothing is lost");
    }
}

#[test]
fn social_care_leads_only_after_it_accepted_and_stepping_down_leads_back_to_the_stage() {
    let referred = active().refer(organisation("front-door"), reason("Bruises."), stamp(5)).expect("open");
    assert_eq!(because(active().step_up(stamp(6))), Some(Because::NotAccepted));
    assert_eq!(because(referred.step_up(stamp(6))), Some(Because::NotAccepted));
    for before in [shared(), active(), active().begin_review(stamp(5)).expect("a plan")] {
        let up = accepted(before.clone()).step_up(stamp(7)).expect("social care accepted");
        assert_eq!(name(&up), StateName::SteppedUp);
        assert_eq!(because(up.clone().begin_review(stamp(8))), Some(Because::SocialCareLeads));
        assert_eq!(because(up.clone().agree_plan(stamp(8))), Some(Because::SocialCareLeads));
        let withdrawn = up.clone().withdraw_agreement(stamp(8)).expect("a family may always say no");
        assert_eq!(name(&withdrawn), StateName::SteppedUp);
        let down = up.step_down(handover(), stamp(40)).expect("social care leads");
        assert_eq!(down.state(), before.state());
        let last = &down.history().last().expect("a step").step;
        assert!(serde_json::to_string(last).expect("written").contains("sleep"), "the summary is kept");
    }
    assert_eq!(because(active().step_down(handover(), stamp(9))), Some(Because::NotSteppedUp));
}

#[test]
fn another_council_takes_it_over_by_agreement_or_a_lawful_reason_and_only_once_it_has_accepted() {
    let begin = |episode: Episode, ground: Ground| episode.begin_transfer(council(), ground, stamp(7));
    let lawful = || without_agreement().ground;
    let withdrawn = active().withdraw_agreement(stamp(6)).expect("it was agreed");
    assert_eq!(because(begin(withdrawn.clone(), Ground::Agreed)), Some(Because::NotAgreed));
    assert!(begin(withdrawn, lawful()).is_ok());
    let without = shared().rest_on(without_agreement(), stamp(6)).expect("it changes");
    assert_eq!(
        because(begin(without, Ground::Agreed)),
        Some(Because::NotAgreed),
        "nobody agreed to anything"
    );

    let transferring = moving(active());
    assert_eq!(name(&transferring), StateName::Transferring);
    let moved = transferring.clone().close(closure(ClosureReason::MovedLa, 8), &nothing(), stamp(8));
    assert_eq!(because(moved), Some(Because::TransferUnderWay), "it has not accepted");
    let review = transferring.clone().begin_review(stamp(8)).expect("early help goes on");
    let back = review.cancel_transfer(reason("They stay with an aunt."), stamp(9)).expect("under way");
    assert_eq!(name(&back), StateName::InReview);

    let accept = |episode: Episode| {
        episode.finish_transfer(reason("A. Worker rang on 1 December."), Vec::new(), &nothing(), stamp(10))
    };
    let done = accept(transferring.clone()).expect("under way");
    let State::Closed { closure, .. } = done.state() else { panic!("it is closed") };
    assert_eq!(closure.reason(), ClosureReason::MovedLa);
    assert!(done.reopen(reason("They are back."), stamp(60)).is_ok());
    let taken_back = transferring.withdraw_agreement(stamp(9)).expect("it was agreed");
    assert_eq!(because(accept(taken_back)), Some(Because::NotAgreed));
}

#[test]
fn a_referral_goes_on_through_a_transfer_and_moving_hides_none() {
    let worried = moving(active()).refer(organisation("front-door"), reason("Bruises."), stamp(8));
    let worried = worried.expect("any state can be referred");
    assert_eq!(name(&worried), StateName::Transferring);
    let finish = |episode: Episode| {
        episode.finish_transfer(reason("By telephone."), Vec::new(), &nothing(), stamp(10))
    };
    assert_eq!(because(finish(worried.clone())), Some(Because::ReferralWaits));
    let cancelled = worried.clone().cancel_transfer(reason("They stay."), stamp(9)).expect("under way");
    assert_eq!(name(&cancelled), StateName::Referred);
    let refused = worried.clone().answer_referral(ReferralAnswer::NotAccepted, stamp(9)).expect("it waits");
    assert_eq!((name(&refused), refused.state().referral()), (StateName::Transferring, None));
    let taken = worried.answer_referral(ReferralAnswer::Accepted, stamp(9)).expect("it waits");
    assert_eq!(because(taken.clone().step_up(stamp(9))), Some(Because::TransferUnderWay));
    assert!(finish(taken).is_ok());
    let waiting = active().refer(organisation("front-door"), reason("Bruises."), stamp(5)).expect("open");
    assert_eq!(moving(waiting.clone()).state().referral(), waiting.state().referral());
}

#[test]
fn closing_for_a_family_that_no_longer_takes_part_needs_a_look_at_the_risk_in_every_state() {
    let up = accepted(active()).step_up(stamp(7)).expect("social care accepted");
    let review = active().begin_review(stamp(5)).expect("there is a plan");
    for episode in [active(), review, up, moving(active())] {
        let stale = episode.clone().close(closure(ClosureReason::NotEngaged, 2), &nothing(), stamp(20));
        assert_eq!(because(stale), Some(Because::RiskCheckOutOfDate));
        assert!(episode.close(closure(ClosureReason::NotEngaged, 20), &nothing(), stamp(20)).is_ok());
    }
}

#[test]
fn closing_says_what_becomes_of_everything_that_is_open_case_b16() {
    let open = StillOpen::from([action("a1"), action("a2"), Item::Meeting(3), clock()]);
    let all = || {
        vec![
            settled(action("a1"), Fate::Done),
            settled(action("a2"), Fate::PassedOn),
            settled(Item::Meeting(3), Fate::Ended),
            settled(clock(), Fate::Ended),
        ]
    };
    let plan = || closure(ClosureReason::NeedsMet, 9);
    for missing in 0..all().len() {
        let mut some = all();
        some.remove(missing);
        let incomplete = plan().settling(some).expect("each once");
        assert_eq!(incomplete.unsettled(&open).count(), 1);
        assert_eq!(because(active().close(incomplete, &open, stamp(9))), Some(Because::Unsettled));
    }
    let twice = [all(), vec![settled(clock(), Fate::PassedOn)]].concat();
    assert_eq!(plan().settling(twice).err(), Some(ClosureIncomplete::SettledTwice));
    assert_eq!(Settled::new(Item::Meeting(3), Fate::Done), None, "a meeting that is to come was not held");
    // Somebody may just have done an action while another decided about it.
    let closed = active().close(plan().settling(all()).expect("each once"), &StillOpen::new(), stamp(9));
    assert!(closed.is_ok());
    let handed = moving(active()).finish_transfer(reason("By telephone."), Vec::new(), &open, stamp(9));
    assert_eq!(because(handed), Some(Because::Unsettled));
}

#[test]
fn the_closed_time_does_not_count_and_nothing_cancelled_comes_back_by_itself_case_b16() {
    let open = StillOpen::from([Item::Meeting(3)]);
    let ending = closure(ClosureReason::NeedsMet, 9).settling(vec![settled(Item::Meeting(3), Fate::Ended)]);
    let closed = active().close(ending.expect("each once"), &open, stamp(9)).expect("all is decided");
    assert_eq!(closed.closed_times(), [(day(9), None)]);
    assert!(closed.was_closed_at(day(30)) && !closed.was_closed_at(day(8)));
    let again = closed.reopen(reason("It is worse again."), stamp(70)).expect("it is closed");
    assert_eq!(again.closed_times(), [(day(9), Some(day(70)))]);
    assert!(again.was_closed_at(day(69)) && !again.was_closed_at(day(70)));
    assert_eq!(name(&again), StateName::ConsentPending, "the plan does not come back by itself");
    let decided: Vec<(&Item, Fate)> = again.settled().map(|one| (one.item(), one.fate())).collect();
    assert_eq!(decided, [(&Item::Meeting(3), Fate::Ended)], "what was decided is still known");
    let read: Episode =
        serde_json::from_value(serde_json::to_value(&again).expect("written")).expect("read back");
    assert_eq!(read, again);
}

#[test]
fn ids_of_what_is_open_hold_no_words() {
    for text in ["", "Ada is sad", "a.b", "é", &"a".repeat(65)] {
        assert_eq!(ItemId::parse(text), None, "{text}");
    }
    for text in ["5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", "first_review", &"a".repeat(64)] {
        assert_eq!(ItemId::parse(text).map(String::from).as_deref(), Some(text));
    }
    for fate in Fate::ALL {
        assert_eq!(Fate::parse(fate.code()), Some(fate));
    }
}

#[test]
fn a_decision_that_cannot_be_is_not_read() {
    let closure = closure(ClosureReason::NeedsMet, 9).settling(vec![settled(action("a1"), Fate::Done)]);
    let mut written = serde_json::to_value(closure.expect("each once")).expect("written");
    assert!(serde_json::from_value::<Closure>(written.clone()).is_ok());
    written["settled"][0]["item"] = serde_json::json!({ "meeting": 3 });
    assert!(serde_json::from_value::<Closure>(written).is_err());
}
