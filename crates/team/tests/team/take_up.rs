//! Small numbers: rows B21 and B22, and an attack that knows the rule and everything that is shown.

use std::collections::{BTreeMap, BTreeSet};

use assessment_team::take_up::{Change, Shown, Table, counted, divided, middle, percent};

fn parts(counts: &[u32]) -> Vec<(String, Option<u32>)> {
    counts.iter().enumerate().map(|(at, count)| (format!("part{at}"), Some(*count))).collect()
}

fn shown(counts: &[u32]) -> (Vec<Shown>, Shown) {
    let Table { rows, total } = divided(&parts(counts));
    (rows.into_iter().map(|(_, shown)| shown).collect(), total)
}

#[test]
fn b21_the_total_does_not_give_a_small_number_away() {
    let (rows, total) = shown(&[3, 177]);
    assert_eq!(rows, [Shown::Few, Shown::Hidden]);
    assert_eq!(total, Shown::Number(180));
    assert_eq!(percent(rows[0], total), None, "percentages go too");
    assert_eq!(percent(rows[1], total), None);
    let (rows, _) = shown(&[3, 40, 50, 60]);
    assert_eq!(rows, [Shown::Few, Shown::Hidden, Shown::Number(50), Shown::Number(60)]);
}

#[test]
fn b22_hidden_not_recorded_and_none_are_three_things() {
    let table = divided(&[
        ("2026-03".to_owned(), Some(4)),
        ("2026-04".to_owned(), None),
        ("2026-05".to_owned(), Some(0)),
        ("2026-06".to_owned(), Some(30)),
        ("2026-07".to_owned(), Some(20)),
    ]);
    let rows: Vec<Shown> = table.rows.iter().map(|(_, shown)| *shown).collect();
    assert_eq!(rows, [Shown::Few, Shown::NotRecorded, Shown::Number(0), Shown::Hidden, Shown::Number(20)]);
    let codes: BTreeSet<&str> = rows.iter().map(|shown| shown.code()).collect();
    assert_eq!(codes.len(), 4, "each has words of its own");
    let numbers: Vec<Option<u32>> = rows.iter().map(|shown| shown.number()).collect();
    assert_eq!(numbers, [None, None, Some(0), None, Some(20)], "what is not shown is a gap, never 0");
}

#[test]
fn b21_those_without_a_need_are_not_given_away() {
    let rows = counted(
        &[("a".into(), Some(177)), ("b".into(), Some(90)), ("c".into(), Some(2)), ("d".into(), Some(180))],
        180,
    );
    let rows: Vec<Shown> = rows.into_iter().map(|(_, shown)| shown).collect();
    assert_eq!(rows, [Shown::Hidden, Shown::Number(90), Shown::Few, Shown::Number(180)]);
}

#[test]
fn a_middle_value_is_of_six_at_least() {
    assert_eq!(middle(&[1, 2, 3, 4, 5]), None);
    assert_eq!(middle(&[9, 1, 2, 30, 4, 5]), Some(5));
    assert_eq!(middle(&[]), None);
}

#[test]
fn a_change_needs_two_scores() {
    assert_eq!(Change::of(Some(3), Some(7)), Change::Better);
    assert_eq!(Change::of(Some(3), Some(3)), Change::Same);
    assert_eq!(Change::of(Some(3), Some(0)), Change::Worse);
    assert_eq!(Change::of(Some(3), None), Change::NotKnown, "not known is not the same");
}

/// Every table of so many parts with numbers up to `most`.
fn every_table(parts: usize, most: u32) -> Vec<Vec<u32>> {
    (0..parts).fold(vec![vec![]], |tables, _| {
        tables
            .into_iter()
            .flat_map(|table| {
                (0..=most).map(move |count| table.iter().copied().chain([count]).collect::<Vec<u32>>())
            })
            .collect()
    })
}

/// The attack: somebody sees a table and its total, knows the rule, and tries every table that would be shown in the same
/// way. Each number from 1 to 5 that is hidden must come out as at least two different numbers. All tables of two parts
/// that come to 60, of three that come to 30 and of four that come to 18, which is where small numbers are.
#[test]
fn b21_no_small_number_can_be_worked_out_by_trying_every_table() {
    for (parts, most) in [(1, 100), (2, 60), (3, 30), (4, 18)] {
        let mut same: BTreeMap<String, Vec<BTreeSet<u32>>> = BTreeMap::new();
        let mut tables = every_table(parts, most);
        // Of a total that is no more than the highest number tried, every table has been tried.
        tables.retain(|table| table.iter().sum::<u32>() <= most);
        for table in &tables {
            let seen =
                same.entry(format!("{:?}", shown(table))).or_insert_with(|| vec![BTreeSet::new(); parts]);
            for (possible, count) in seen.iter_mut().zip(table) {
                possible.insert(*count);
            }
        }
        for table in &tables {
            let display = shown(table);
            let possible = &same[&format!("{display:?}")];
            for (at, count) in table.iter().enumerate().filter(|(_, count)| (1..6).contains(*count)) {
                assert!(display.0[at].number().is_none(), "{table:?} shows {count}");
                // With the total hidden as well a table of the same look may have any number.
                assert!(possible[at].len() > 1, "{count} of {table:?} can be worked out from {display:?}");
            }
        }
    }
}
