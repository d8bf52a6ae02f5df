//! Random lives of an episode: whatever is tried in whatever order, the laws hold.

use assessment_people::episode::{
    ClosureReason, Episode, Excluded, Ground, InvalidTransition, Next, ReferralAnswer, SentBy, State,
};
use assessment_people::version::AmendmentKind;
use jiff::civil::date;
use proptest::prelude::*;

use super::plan::handover;
use super::{amendment, closure, enquiry, nothing};
use crate::world::{
    agreed, council, episode_id, new_version, organisation, reason, stamp, subject, version_id,
    without_agreement,
};

/// One thing that is tried on a day, with a choice.
type Try = (u8, u32, usize);

fn attempt(episode: Episode, (what, days, choice): Try) -> Result<Episode, InvalidTransition> {
    let at = stamp(days);
    let newest = episode.versions().map_or(version_id(0), |versions| versions.newest().id());
    let fresh = 1 + episode.versions().map_or(0, |versions| versions.newest().number());
    let mut amends = amendment([AmendmentKind::Correction, AmendmentKind::NewVersion][choice % 2], 0);
    amends.started_from = newest;
    let excluded = Excluded::Person(subject(["uncle", "aunt"][choice % 2]));
    match what {
        0 => episode.ask(at),
        1 => episode.rest_on(agreed(&["clinic"]), at),
        2 => episode.rest_on(without_agreement(), at),
        3 => episode.refuse_agreement(at),
        4 => episode.withdraw_agreement(at),
        5 => episode.send(new_version(fresh, days), None),
        6 => episode.send(new_version(fresh, days), Some(amends)),
        7 => episode.refer(organisation("front-door"), reason("Worried."), at),
        8 => episode.answer_referral([ReferralAnswer::Accepted, ReferralAnswer::NotAccepted][choice % 2], at),
        9 => episode.close(
            closure(ClosureReason::ALL[choice % ClosureReason::ALL.len()], days),
            &nothing(),
            at,
        ),
        10 => episode.reopen(reason("Again."), at),
        11 => episode.merge_into(episode_id(2), at),
        12 => episode.undo_merge(at),
        13 => episode.receive_late(new_version(fresh, days), episode_id(3), None),
        14 => episode.look(at),
        15 => episode.exclude(excluded, at),
        16 => episode.lift_exclusion(excluded, reason("They asked."), at),
        17 => episode.hand_to(organisation(["school", "council"][choice % 2]), at),
        18 => episode.schedule_meeting(date(2026, 12, 20), at),
        19 => episode.cancel_meeting(at),
        20 => episode.agree_plan(at),
        21 => episode.begin_review(at),
        22 => episode.finish_review([Next::Review(date(2027, 6, 1)), Next::Close][choice % 2], at),
        23 => episode.step_up(at),
        24 => episode.step_down(handover(), at),
        25 => episode.begin_transfer(
            council(),
            [Ground::Agreed, without_agreement().ground][choice % 2].clone(),
            at,
        ),
        26 => episode.cancel_transfer(reason("They stay."), at),
        27 => episode.write_referral(SentBy::ALL[choice % 3], at),
        28 => episode.take_back_written(reason("It is still a draft."), at),
        _ => episode.finish_transfer(reason("Accepted by telephone."), Vec::new(), &nothing(), at),
    }
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    prop::collection::vec((0_u8..30, 0_u32..60, 0_usize..14), 0..60)
}

/// What it is, or was before it became part of another.
fn unmerged(state: &State) -> &State {
    match state {
        State::Merged { before, .. } => before,
        state => state,
    }
}

fn live(tries: &[Try]) -> Episode {
    tries.iter().fold(enquiry(), |episode, one| attempt(episode.clone(), *one).unwrap_or(episode))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_is_tried_the_laws_hold(tries in tries()) {
        let mut episode = enquiry();
        for one in tries {
            let Ok(next) = attempt(episode.clone(), one) else { continue };
            // The history only grows, by one step that leads to the state.
            prop_assert_eq!(&next.history()[..episode.history().len()], episode.history());
            prop_assert_eq!(next.history().len(), episode.history().len() + 1);
            prop_assert_eq!(next.history().last().map(|last| last.then), Some(next.state().name()));
            prop_assert!(next.history().is_sorted_by_key(|one| one.stamp.at));
            // No version is lost or changed, and the numbers rise by one.
            let all = |episode: &Episode| -> Vec<_> {
                episode.versions().into_iter().flat_map(|versions| versions.all().cloned()).collect()
            };
            prop_assert!(all(&next).starts_with(&all(&episode)));
            for (index, version) in all(&next).iter().enumerate() {
                prop_assert_eq!(version.number() as usize, index + 1);
            }
            prop_assert_eq!((next.id(), next.child()), (episode.id(), episode.child()));
            episode = next;
        }
    }

    #[test]
    fn what_is_stored_is_read_back(tries in tries()) {
        let episode = live(&tries);
        let text = serde_json::to_string(&episode).expect("it is written");
        prop_assert_eq!(serde_json::from_str::<Episode>(&text).expect("it is read"), episode);
    }

    #[test]
    fn what_is_possible_in_a_stage_is_possible_where_it_is_referred_or_to_be_transferred(
        tries in tries(), one in (0_u8..7, 60_u32..70, 0_usize..14), plan in (18_u8..23, 60_u32..70, 0_usize..14),
    ) {
        let episode = live(&tries);
        if let State::Open(_) = episode.state() {
            let ground = without_agreement().ground;
            let referred = episode.clone().refer(organisation("front-door"), reason("Worried."), stamp(60));
            let moving = episode.clone().begin_transfer(council(), ground.clone(), stamp(60));
            let both = referred.clone().and_then(|one| one.begin_transfer(council(), ground, stamp(60)));
            for around in [referred, moving, both] {
                let around = around.expect("open");
                for tried in [one, plan] {
                    let (inside, open) = (attempt(around.clone(), tried), attempt(episode.clone(), tried));
                    prop_assert_eq!(open.is_ok(), inside.is_ok());
                    if let (Ok(open), Ok(inside)) = (open, inside) {
                        prop_assert_eq!(open.state().stage(), inside.state().stage());
                        prop_assert_eq!(inside.state().name(), around.state().name());
                        prop_assert_eq!(inside.state().referral(), around.state().referral());
                    }
                }
            }
        }
    }

    #[test]
    fn closed_times_follow_each_other_and_only_the_last_may_have_no_end_case_b16(tries in tries()) {
        let episode = live(&tries);
        let times = episode.closed_times();
        for pair in times.windows(2) {
            prop_assert!(pair[0].1.is_some_and(|until| pair[0].0 <= until && until <= pair[1].0));
        }
        let is_closed = times.last().is_some_and(|(_, until)| until.is_none());
        prop_assert_eq!(is_closed, matches!(unmerged(episode.state()), State::Closed { .. }));
    }

    #[test]
    fn a_merge_that_is_undone_leaves_the_state_as_it_was(tries in tries()) {
        let episode = live(&tries);
        if let Ok(merged) = episode.clone().merge_into(episode_id(2), stamp(60)) {
            let back = merged.undo_merge(stamp(61)).expect("the next day");
            prop_assert_eq!(back.state(), episode.state());
        }
    }
}

#[test]
fn random_lives_reach_every_state() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..4000 {
        let tries = tries().new_tree(&mut runner).expect("a value").current();
        let episode = live(&tries);
        reached.extend(episode.history().iter().map(|one| one.then));
    }
    assert_eq!(reached.len(), 13, "{reached:?}");
}
