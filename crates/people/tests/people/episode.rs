//! Episodes: which transition is possible from which state, and what it leaves behind.

mod plan;
mod stored;
mod trace;
mod transitions;

use assessment_people::episode::{
    Because, Closure, ClosureGroup, ClosureIncomplete, ClosureReason, Episode, Excluded, ReferralAnswer,
    RiskCheck, State, StateName, StillOpen, UNDO_DAYS,
};
use assessment_people::version::{Amendment, AmendmentKind};

use crate::world::{
    agreed, episode_id, new_version, organisation, person_id, reason, stamp, subject, version_id,
    without_agreement,
};

/// Nothing is open.
pub(crate) fn nothing() -> StillOpen {
    StillOpen::new()
}

pub(crate) fn enquiry() -> Episode {
    Episode::open(episode_id(1), person_id(1), organisation("school"), stamp(0))
}

fn drafting() -> Episode {
    let asked = enquiry().ask(stamp(1)).expect("an enquiry leads to asking");
    asked.rest_on(agreed(&["clinic"]), stamp(2)).expect("the family was asked")
}

pub(crate) fn shared() -> Episode {
    drafting().send(new_version(1, 3), None).expect("the first version")
}

fn declined() -> Episode {
    let asked = enquiry().ask(stamp(1)).expect("an enquiry leads to asking");
    asked.refuse_agreement(stamp(2)).expect("the family was asked")
}

pub(crate) fn amendment(kind: AmendmentKind, started_from: u32) -> Amendment {
    Amendment { started_from: version_id(started_from), kind, reason: reason("It was wrong.") }
}

pub(crate) fn risk_check(days: u32) -> RiskCheck {
    RiskCheck {
        checked: stamp(days),
        suggested: "R1".to_owned(),
        rules: "leeds-example 1".to_owned(),
        why_safe: reason("School sees her daily and will refer if that changes."),
    }
}

pub(crate) fn closure(reason_code: ClosureReason, days: u32) -> Closure {
    let check = reason_code.needs_risk_check().then(|| risk_check(days));
    Closure::new(reason_code, Some(reason("As agreed.")), check).expect("it is complete")
}

fn closed() -> Episode {
    shared().close(closure(ClosureReason::NeedsMet, 4), &nothing(), stamp(4)).expect("it can be closed")
}

fn because<T>(result: Result<T, assessment_people::episode::InvalidTransition>) -> Option<Because> {
    result.err().map(|refused| refused.because)
}

fn name(episode: &Episode) -> StateName {
    episode.state().name()
}

#[test]
fn an_episode_goes_from_notice_to_shared_and_closed() {
    let names = [enquiry(), enquiry().ask(stamp(1)).expect("asked"), drafting(), shared(), closed()];
    let names: Vec<StateName> = names.iter().map(name).collect();
    let expected = [
        StateName::Enquiry,
        StateName::ConsentPending,
        StateName::Drafting,
        StateName::Shared,
        StateName::Closed,
    ];
    assert_eq!(names, expected);
    assert_eq!(name(&declined()), StateName::Declined);
    assert_eq!(closed().history().len(), 5, "each step is kept, with who and when");
}

#[test]
fn agreement_of_a_family_that_was_not_asked_is_refused() {
    assert_eq!(because(enquiry().rest_on(agreed(&[]), stamp(1))), Some(Because::NotAsked));
    assert_eq!(because(enquiry().send(new_version(1, 1), None)), Some(Because::NotAsked));
    assert_eq!(because(declined().rest_on(agreed(&[]), stamp(3))), Some(Because::NotAsked));
    let drafting = enquiry().rest_on(without_agreement(), stamp(1)).expect("there is a lawful reason");
    assert_eq!(name(&drafting), StateName::Drafting);
}

#[test]
fn a_refusal_can_be_recorded_and_taken_back_by_asking_again() {
    let recorded = declined().send(new_version(1, 3), None).expect("the record of the refusal");
    assert_eq!(name(&recorded), StateName::Declined);
    let again = recorded.ask(stamp(4)).expect("asked again").rest_on(agreed(&[]), stamp(5)).expect("agreed");
    assert_eq!(because(again.clone().send(new_version(2, 6), None)), Some(Because::NoReason));
    let sent = again.send(new_version(2, 6), Some(amendment(AmendmentKind::NewVersion, 1))).expect("sent");
    assert_eq!(sent.versions().map(|versions| versions.newest().number()), Some(2));
}

#[test]
fn a_withdrawn_agreement_ends_the_sharing_and_loses_nothing() {
    let withdrawn = shared().withdraw_agreement(stamp(4)).expect("it was agreed");
    assert_eq!(name(&withdrawn), StateName::Declined);
    assert!(withdrawn.state().stage().basis().is_none());
    assert_eq!(withdrawn.versions(), shared().versions());
}

#[test]
fn a_referral_never_freezes_early_help() {
    let refer = |episode: Episode| episode.refer(organisation("front-door"), reason("Bruises."), stamp(5));
    for before in [enquiry(), drafting(), shared(), declined()] {
        let referred = refer(before.clone()).expect("every open state can be referred");
        assert_eq!(name(&referred), StateName::Referred);
        assert_eq!(referred.state().stage(), before.state().stage());
        assert_eq!(because(refer(referred)), Some(Because::State), "once at a time");
    }
    let referred = refer(drafting()).expect("referred");
    let sent = referred.send(new_version(1, 6), None).expect("writing goes on");
    assert_eq!(name(&sent), StateName::Referred);
    let back = sent.answer_referral(ReferralAnswer::NotAccepted, stamp(7)).expect("it waits");
    assert_eq!(name(&back), StateName::Shared);
}

#[test]
fn social_care_has_taken_over_only_once_it_has_accepted() {
    let step_up = || closure(ClosureReason::SteppedUpS17, 9);
    let referred =
        shared().refer(organisation("front-door"), reason("Bruises."), stamp(5)).expect("referred");
    assert_eq!(because(shared().close(step_up(), &nothing(), stamp(9))), Some(Because::NotAccepted));
    assert_eq!(because(referred.clone().close(step_up(), &nothing(), stamp(9))), Some(Because::NotAccepted));
    let waits = referred.clone().close(closure(ClosureReason::NeedsMet, 9), &nothing(), stamp(9));
    assert_eq!(because(waits), Some(Because::ReferralWaits));
    let died = referred.clone().close(closure(ClosureReason::ChildDied, 9), &nothing(), stamp(9));
    assert_eq!(died.map(|episode| name(&episode)), Ok(StateName::Closed));
    let accepted = referred.answer_referral(ReferralAnswer::Accepted, stamp(8)).expect("it waits");
    assert_eq!(name(&accepted), StateName::Referred);
    assert!(accepted.close(step_up(), &nothing(), stamp(9)).is_ok());
}

#[test]
fn closing_for_a_family_that_no_longer_takes_part_needs_a_look_at_the_risk() {
    for code in ClosureReason::ALL.iter().copied() {
        let words = || Some(reason("They moved."));
        let without = Closure::new(code, words(), None);
        let expected = code.group() == ClosureGroup::Disengaged;
        assert_eq!(without == Err(ClosureIncomplete::RiskCheck), expected, "{}", code.code());
    }
    for (days, expected) in
        [(2, Some(Because::RiskCheckOutOfDate)), (3, None), (4, None), (5, Some(Because::RiskCheckOutOfDate))]
    {
        let closing = shared().close(closure(ClosureReason::NotEngaged, days), &nothing(), stamp(4));
        assert_eq!(because(closing), expected, "looked at on day {days}, sent on day 3, closed on day 4");
    }
}

#[test]
fn the_closure_reasons_are_the_code_list() {
    let text = include_str!("../data/closure_reasons.json");
    let list: serde_json::Value = serde_json::from_str(text).expect("the list is JSON");
    let items = list["items"].as_array().expect("it has items");
    assert_eq!(items.len(), ClosureReason::ALL.len());
    for (item, ours) in items.iter().zip(ClosureReason::ALL) {
        assert_eq!(item["code"], ours.code());
        assert_eq!(item["requires_reason"], ours.needs_words(), "{}", ours.code());
        assert_eq!(item["needs_risk_recheck"] == true, ours.needs_risk_check(), "{}", ours.code());
        let group = format!("{:?}", ours.group()).to_lowercase();
        assert_eq!(item["group"].as_str().map(|group| group.replace('_', "")), Some(group));
    }
}

#[test]
fn a_closed_episode_takes_corrections_and_is_opened_again_for_more_b94() {
    let new = closed().send(new_version(2, 5), Some(amendment(AmendmentKind::NewVersion, 1)));
    assert_eq!(because(new), Some(Because::CorrectionsOnly));
    let corrected = closed().send(new_version(2, 5), Some(amendment(AmendmentKind::Correction, 1)));
    let corrected = corrected.expect("a wrong number may do harm");
    assert_eq!(name(&corrected), StateName::Closed);
    let open = corrected.reopen(reason("It is worse again."), stamp(6)).expect("it is closed");
    assert_eq!(name(&open), StateName::ConsentPending, "the family is asked again");
    let agreed = open.rest_on(agreed(&[]), stamp(7)).expect("agreed");
    let sent = agreed.send(new_version(3, 8), Some(amendment(AmendmentKind::NewVersion, 2))).expect("sent");
    let newest = sent.versions().map(|versions| versions.newest().clone()).expect("versions");
    assert_eq!((newest.number(), newest.follows()), (3, Some(version_id(2))));
}

#[test]
fn a_merge_leads_elsewhere_and_can_be_undone_for_thirty_days_a4() {
    let before = shared();
    let merged = before.clone().merge_into(episode_id(2), stamp(10)).expect("two episodes");
    let sent = merged.clone().send(new_version(2, 11), Some(amendment(AmendmentKind::Correction, 1)));
    assert_eq!(because(sent), Some(Because::MergedInto(episode_id(2))));
    let back = merged.clone().undo_merge(stamp(10 + UNDO_DAYS)).expect("within the days");
    assert_eq!(back.state(), before.state());
    assert_eq!(because(merged.clone().undo_merge(stamp(11 + UNDO_DAYS))), Some(Because::TooLate));
    assert_eq!(because(before.merge_into(episode_id(1), stamp(10))), Some(Because::Itself));
    assert_eq!(
        because(merged.merge_into(episode_id(3), stamp(11))),
        Some(Because::MergedInto(episode_id(2)))
    );
}

#[test]
fn a_late_amendment_is_taken_in_every_state_and_marked_for_a_look_a4() {
    for episode in [enquiry(), drafting(), shared(), declined(), closed()] {
        let state = name(&episode);
        let late =
            episode.receive_late(new_version(9, 20), episode_id(2), None).expect("nothing typed is lost");
        assert_eq!(name(&late), state);
        assert_eq!(late.to_look_at().collect::<Vec<_>>(), [version_id(9)]);
        let looked = late.look(stamp(21)).expect("there is a version");
        assert_eq!(looked.to_look_at().count(), 0);
    }
}

#[test]
fn exclusions_hold_in_every_state_until_they_are_lifted() {
    let uncle = Excluded::Person(subject("uncle"));
    let excluded = enquiry().exclude(uncle.clone(), stamp(1)).expect("excluded");
    let asked = excluded.ask(stamp(2)).expect("asked").rest_on(agreed(&[]), stamp(3)).expect("agreed");
    assert!(asked.excluded().contains(&uncle));
    let lifted =
        asked.lift_exclusion(uncle.clone(), reason("Mother asked for it."), stamp(4)).expect("lifted");
    assert!(lifted.excluded().is_empty());
    assert_eq!(because(lifted.lift_exclusion(uncle, reason("Again."), stamp(5))), Some(Because::NotExcluded));
}

#[test]
fn nobody_who_must_not_be_told_holds_an_episode() {
    let school = Excluded::Organisation(organisation("school"));
    assert_eq!(because(enquiry().exclude(school, stamp(1))), Some(Because::HoldsIt));
    assert_eq!(because(enquiry().hand_to(organisation("school"), stamp(1))), Some(Because::HoldsItAlready));
    let clinic = Excluded::Organisation(organisation("clinic"));
    let excluded = enquiry().exclude(clinic.clone(), stamp(1)).expect("excluded");
    assert_eq!(
        because(excluded.clone().hand_to(organisation("clinic"), stamp(2))),
        Some(Because::MustNotBeTold)
    );
    let lifted = excluded.lift_exclusion(clinic, reason("They asked."), stamp(2)).expect("lifted");
    let handed = lifted.hand_to(organisation("clinic"), stamp(3)).expect("handed over");
    assert_eq!(handed.holder(), &organisation("clinic"));
}

#[test]
fn a_state_says_what_belongs_to_it() {
    let State::Closed { closure, referral, .. } = closed().state().clone() else { panic!("it is closed") };
    assert_eq!((closure.reason(), referral), (ClosureReason::NeedsMet, None));
}
