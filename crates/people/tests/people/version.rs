//! Versions rise by one, never change, and the newest is the newest.

use assessment_people::version::{Amendment, AmendmentKind, BrokenVersions, VersionRefused, Versions, Why};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::world::{day, episode_id, new_version, reason, version_id};

fn correction(started_from: u32) -> Amendment {
    Amendment {
        started_from: version_id(started_from),
        kind: AmendmentKind::Correction,
        reason: reason("The telephone number was wrong."),
    }
}

fn two() -> Versions {
    Versions::first(new_version(1, 0)).amend(new_version(2, 1), correction(1)).expect("from the newest")
}

#[test]
fn a_correction_follows_the_newest_and_says_why_b94() {
    let versions = two();
    let newest = versions.newest();
    assert_eq!((newest.number(), newest.id(), newest.follows()), (2, version_id(2), Some(version_id(1))));
    assert!(matches!(newest.why(), Why::Correction { .. }));
}

#[test]
fn of_two_people_who_correct_at_once_the_second_is_told() {
    let refused = two().amend(new_version(3, 2), correction(1));
    assert_eq!(refused, Err(VersionRefused::NotFromTheNewest { newest: version_id(2) }));
}

#[test]
fn an_id_is_used_once() {
    assert_eq!(two().amend(new_version(1, 2), correction(2)), Err(VersionRefused::SameId));
}

#[test]
fn a_clock_that_was_put_back_does_not_make_an_older_version_the_newest_a11() {
    let versions = two().amend(new_version(3, 0), correction(2)).expect("from the newest");
    assert_eq!(versions.newest().id(), version_id(3));
    assert_eq!(versions.newest().sent().at, day(1));
}

#[test]
fn a_late_amendment_need_not_start_from_the_newest_a4() {
    let amendment = Amendment {
        started_from: version_id(99),
        kind: AmendmentKind::NewVersion,
        reason: reason("Aunt rang."),
    };
    let late =
        two().amend_late(new_version(3, 2), episode_id(7), Some(amendment.clone())).expect("it is taken");
    let why = Why::LateAmendment { written_for: episode_id(7), reason: Some(amendment.reason) };
    assert_eq!((late.newest().why(), late.newest().follows()), (&why, Some(version_id(99))));
    let only = Versions::first_late(new_version(3, 2), episode_id(7), None);
    assert_eq!(only.newest().number(), 1);
}

/// A change of the stored form.
type Change = fn(&mut Vec<Value>);

/// What is read after it.
fn broken(change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut stored = match serde_json::to_value(two()) {
        Ok(Value::Array(stored)) => stored,
        other => panic!("versions are stored as a list: {other:?}"),
    };
    change(&mut stored);
    serde_json::from_value::<Versions>(Value::from(stored)).expect_err("it is refused").to_string()
}

#[test]
fn a_stored_list_that_breaks_a_law_is_refused() {
    let cases: [(BrokenVersions, Change); 8] = [
        (BrokenVersions::None, Vec::clear),
        (BrokenVersions::Numbers, |list| list[0]["number"] = json!(2)),
        (BrokenVersions::Numbers, |list| list[1]["number"] = json!(1)),
        (BrokenVersions::Numbers, |list| list[1]["number"] = json!(3)),
        (BrokenVersions::Moments, |list| list[1]["sent"]["at"] = json!("2020-01-01T00:00:00Z")),
        (BrokenVersions::Ids, |list| list[1]["id"] = list[0]["id"].clone()),
        (BrokenVersions::Reasons, |list| list[1]["why"] = json!("first")),
        (BrokenVersions::Reasons, |list| list[1]["follows"] = Value::Null),
    ];
    for (expected, change) in cases {
        assert_eq!(broken(change), expected.to_string());
    }
    assert!(broken(|list| list[0]["note"] = json!("x")).contains("unknown field"));
}

proptest! {
    #[test]
    fn numbers_rise_by_one_and_never_repeat_and_what_was_sent_stays(
        sent in prop::collection::vec((1_u32..12, 0_u32..5, any::<bool>()), 0..20),
    ) {
        let mut versions = Versions::first(new_version(0, 2));
        for (id, days, is_late) in sent {
            let before: Vec<_> = versions.all().cloned().collect();
            let newest = versions.newest().id();
            let added = if is_late {
                versions.clone().amend_late(new_version(id, days), episode_id(9), None)
            } else {
                let amendment = Amendment { started_from: newest, ..correction(0) };
                versions.clone().amend(new_version(id, days), amendment)
            };
            let Ok(added) = added else { continue };
            let after: Vec<_> = added.all().cloned().collect();
            prop_assert_eq!(&after[..before.len()], &before[..]);
            versions = added;
        }
        let all: Vec<_> = versions.all().collect();
        for (index, one) in all.iter().enumerate() {
            prop_assert_eq!(one.number() as usize, index + 1);
        }
        prop_assert!(all.is_sorted_by_key(|one| one.sent().at));
        let ids: std::collections::BTreeSet<_> = all.iter().map(|one| one.id()).collect();
        prop_assert_eq!(ids.len(), all.len());
        let text = serde_json::to_string(&versions).expect("it is written");
        prop_assert_eq!(serde_json::from_str::<Versions>(&text).expect("it is read"), versions);
    }
}
