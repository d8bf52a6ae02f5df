//! Bar B9's property: two editors of one record, 500 seeded interleavings of each form, with every answer that the catalogue has.

use std::collections::BTreeSet;

use assessment_form::{Kind, any_row};
use assessment_team::{Merge, RecordKind, TeamRecord, merge};

use crate::catalogue;
use crate::editing::{Editing, new_values, values};

/// The questions of a form that take an answer or rows. An id is the program's own.
fn places_of(kind: RecordKind) -> BTreeSet<String> {
    let takes_answer = |entry: &catalogue::Entry| {
        entry.question.name != "id" && !matches!(entry.question.kind, Kind::Group | Kind::Indicators)
    };
    catalogue::of(kind).iter().filter(|entry| takes_answer(entry)).map(|entry| any_row(&entry.path)).collect()
}

/// Each writes what they have, with the revision that they began from; a refused write is kept whole. After each write no value
/// of either is missing from both the newest revision and what was kept, unless somebody who had read it changed it or took it
/// away.
fn interleave(kind: RecordKind, seed: u64, answered: &mut BTreeSet<String>) -> (u32, u32) {
    let (mut merged, mut refused) = (0, 0);
    let mut editing = Editing::new(seed);
    let mut current = TeamRecord::blank(kind);
    // They meet over something that is there already.
    for _ in 0..10 {
        editing.change(&mut current);
    }
    let mut kept: Vec<TeamRecord> = Vec::new();
    let mut editors = [(current.clone(), current.clone()), (current.clone(), current.clone())];
    for _ in 0..30 {
        let who = editing.dice.roll(2);
        let (base, own) = &mut editors[who];
        if editing.dice.roll(3) > 0 {
            editing.change(own);
            continue;
        }
        let outcome = merge(base, own, &current).unwrap();
        let next = match &outcome {
            Merge::Clean(next) => {
                merged += 1;
                // What does not clash comes out the same whichever came first.
                assert_eq!(merge(base, &current, own).unwrap(), outcome, "seed {seed}");
                next.clone()
            }
            Merge::Clash { clashes, with_theirs } => {
                refused += 1;
                assert!(!clashes.is_empty(), "seed {seed}: a flag always has something to show");
                assert!(matches!(merge(base, &current, own).unwrap(), Merge::Clash { .. }), "seed {seed}");
                let shown = values(with_theirs);
                for (place, value) in new_values(base, &current) {
                    let text = value.trim_matches('"');
                    let is_in_clash = || {
                        let id = place.rsplit(['/', '=']).next().unwrap_or_default().trim_matches('"');
                        clashes.iter().any(|clash| {
                            let theirs = clash.theirs.to_string();
                            theirs.contains(text) || theirs.contains(id)
                        })
                    };
                    let is_shown = shown.get(&place) == Some(&value) || is_in_clash();
                    assert!(
                        is_shown,
                        "{kind:?}, seed {seed}: theirs at {place} is neither shown nor in a clash"
                    );
                }
                kept.push(own.clone());
                current.clone()
            }
        };
        let (found, all_kept) = (values(&next), kept.iter().map(values).collect::<Vec<_>>());
        for (place, value) in new_values(base, own).into_iter().chain(new_values(base, &current)) {
            let holds =
                [&found].into_iter().chain(&all_kept).any(|record| record.get(&place) == Some(&value));
            assert!(holds, "{kind:?}, seed {seed}: {value} at {place} is lost");
        }
        // What nobody changed or took away is still there.
        let (own_values, theirs) = (values(own), values(&current));
        for (place, value) in values(base) {
            let is_in_both = own_values.get(&place) == Some(&value) && theirs.get(&place) == Some(&value);
            let is_kept = !is_in_both || found.get(&place) == Some(&value);
            assert!(is_kept, "{kind:?}, seed {seed}: {value} at {place} is gone");
        }
        current = next.clone();
        editors[who] = (next.clone(), next);
    }
    assert_eq!(merge(&current, &current, &current), Some(Merge::Clean(current.clone())), "with itself");
    let changed = &editors[0].1;
    // Ticks may be in another order.
    for joined in [merge(&current, changed, &current), merge(&current, &current, changed)] {
        let Some(Merge::Clean(joined)) = joined else { panic!("seed {seed}: one alone clashes") };
        assert_eq!(values(&joined), values(changed), "a change of one alone is that change");
    }
    answered.extend(editing.answered);
    (merged, refused)
}

#[test]
fn b9_no_value_of_two_editors_is_lost_in_500_interleavings_of_each_form() {
    for kind in RecordKind::ALL {
        let (mut merged, mut refused, mut answered) = (0, 0, BTreeSet::new());
        for seed in 0..500 {
            let (clean, clash) = interleave(kind, seed, &mut answered);
            (merged, refused) = (merged + clean, refused + clash);
        }
        assert!(merged > 300 && refused > 300, "{kind:?}: {merged} merged, {refused} refused");
        let all = places_of(kind);
        let missing: Vec<&String> = all.difference(&answered).collect();
        assert!(missing.is_empty(), "{kind:?}: nobody answered {missing:?}");
    }
}
