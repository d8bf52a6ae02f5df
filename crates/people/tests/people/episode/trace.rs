//! Random lives of an episode: whatever is tried in whatever order, the laws hold.

use assessment_people::episode::{
    ClosureReason, Episode, Excluded, InvalidTransition, ReferralAnswer, State, StateName,
};
use assessment_people::version::AmendmentKind;
use proptest::prelude::*;

use super::{amendment, closure, enquiry};
use crate::world::{
    agreed, episode_id, new_version, organisation, reason, stamp, subject, version_id, without_agreement,
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
        9 => episode.close(closure(ClosureReason::ALL[choice % ClosureReason::ALL.len()], days), at),
        10 => episode.reopen(reason("Again."), at),
        11 => episode.merge_into(episode_id(2), at),
        12 => episode.undo_merge(at),
        13 => episode.receive_late(new_version(fresh, days), episode_id(3), None),
        14 => episode.look(at),
        15 => episode.exclude(excluded, at),
        16 => episode.lift_exclusion(excluded, reason("They asked."), at),
        _ => episode.hand_to(organisation(["school", "council"][choice % 2]), at),
    }
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    prop::collection::vec((0_u8..18, 0_u32..60, 0_usize..14), 0..40)
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
    fn what_is_possible_in_a_stage_is_possible_in_the_referred_one(tries in tries(), one in (0_u8..7, 60_u32..70, 0_usize..14)) {
        let episode = live(&tries);
        if let State::Open(_) = episode.state() {
            let referred = episode.clone().refer(organisation("front-door"), reason("Worried."), stamp(60));
            let referred = attempt(referred.expect("open"), one);
            let open = attempt(episode, one);
            prop_assert_eq!(open.is_ok(), referred.is_ok());
            if let (Ok(open), Ok(referred)) = (open, referred) {
                prop_assert_eq!(open.state().stage(), referred.state().stage());
                prop_assert_eq!(referred.state().name(), StateName::Referred);
            }
        }
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
    for _ in 0..2000 {
        let tries = tries().new_tree(&mut runner).expect("a value").current();
        reached.insert(live(&tries).state().name());
    }
    assert_eq!(reached.len(), 8, "{reached:?}");
}
