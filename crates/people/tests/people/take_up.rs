//! Take-up: somebody who tries to work out a small number from everything that is published, and what counts.

use std::collections::BTreeMap;

use assessment_people::episode::ClosureReason;
use assessment_people::take_up::{
    Event, Facts, Figure, Measure, NOT_KNOWN, Published, Quarter, RECORDED, Recorded, Row, Rows, Split,
    Table, Threshold, publish,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::episode::{closure, enquiry, shared};
use crate::world::stamp;

const EVERYTHING: Recorded = Recorded { measures: &Measure::ALL, splits: &Split::ALL };

/// What somebody knows of a number: not less than this, and not more.
type Interval = (u64, u64);

const NO_LIMIT: u64 = 1 << 40;

/// What a figure by itself says. In a table, one that is hidden for the sake of others is not small.
fn said(figure: Figure, threshold: u64) -> Interval {
    match figure {
        Figure::Number { number } => (number.into(), number.into()),
        Figure::FewerThan { .. } => (1, threshold - 1),
        Figure::NotShown => (threshold, NO_LIMIT),
        Figure::NotRecorded => (0, 0),
    }
}

/// What the cells of a table can be, where their sum is in an interval: each is what the sum leaves when all others are as
/// great or as small as they can be.
fn solved(cells: &[Interval], (low, high): Interval) -> Vec<Interval> {
    let lows: u64 = cells.iter().map(|cell| cell.0).sum();
    let highs: u64 = cells.iter().map(|cell| cell.1).sum();
    let cell = |cell: &Interval| {
        (cell.0.max(low.saturating_sub(highs - cell.1)), cell.1.min(high.saturating_sub(lows - cell.0)))
    };
    cells.iter().map(cell).collect()
}

/// Everything small that somebody can narrow down: the place, and what it can be.
fn attack(published: &Published) -> Vec<(String, Interval)> {
    let threshold = u64::from(published.threshold.get());
    let anything = (1, threshold - 1);
    let mut found = Vec::new();
    for of in published.measures.iter().filter(|of| of.total != Figure::NotRecorded) {
        let tables: Vec<(Split, Vec<(String, Figure)>)> = of.tables.iter().filter_map(shown).collect();
        // What each table says about the total, all together.
        let mut total = said(of.total, threshold);
        for (_, rows) in &tables {
            let cells = rows.iter().map(|(_, figure)| said(*figure, threshold));
            let (low, high) = cells.fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
            total = (total.0.max(low), total.1.min(high));
        }
        if matches!(of.total, Figure::FewerThan { .. }) && total != anything {
            found.push((format!("{:?}", of.measure), total));
        }
        for (split, rows) in &tables {
            let cells: Vec<Interval> = rows.iter().map(|(_, figure)| said(*figure, threshold)).collect();
            for ((code, figure), cell) in rows.iter().zip(solved(&cells, total)) {
                let is_small = matches!(figure, Figure::FewerThan { .. }) && cell != anything;
                if is_small || (*figure == Figure::NotShown && cell.1 < threshold) {
                    found.push((format!("{:?} {split:?} {code}", of.measure), cell));
                }
            }
        }
    }
    found
}

fn shown(table: &Table) -> Option<(Split, Vec<(String, Figure)>)> {
    let Rows::Shown(rows) = &table.rows else { return None };
    Some((table.split, rows.iter().map(|row| (row.code.clone(), row.figure)).collect()))
}

fn event(measure: Measure, on: Date, code: Option<&str>) -> Event {
    Event { measure, on, days: 3, code: code.map(str::to_owned) }
}

fn quarter() -> Quarter {
    Quarter::of(date(2026, 7, 1))
}

fn clusters() -> Vec<String> {
    ["moor", "mills", "city"].map(str::to_owned).into()
}

fn publish_all(facts: &[Facts], first: Date, threshold: Threshold) -> Published {
    publish(quarter(), facts, first, &clusters(), &EVERYTHING, threshold)
}

/// Episodes that began in this quarter, so many for each cluster and month.
fn begun(counts: &[(&str, i8, usize)]) -> Vec<Facts> {
    let one = |cluster: &str, month: i8| Facts {
        events: vec![event(Measure::Started, date(2026, month, 9), None)],
        cluster: (cluster != NOT_KNOWN).then(|| cluster.to_owned()),
        ..Facts::default()
    };
    counts.iter().flat_map(|(cluster, month, count)| vec![one(cluster, *month); *count]).collect()
}

fn rows(published: &Published, measure: Measure, split: Split) -> Option<Vec<(String, Figure)>> {
    let of = published.measures.iter().find(|one| one.measure == measure)?;
    shown(of.tables.iter().find(|one| one.split == split)?).map(|(_, rows)| rows)
}

fn code() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        1 => Just(None),
        5 => Just(Some("moor".to_owned())),
        2 => Just(Some("mills".to_owned())),
        1 => Just(Some("city".to_owned())),
    ]
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let day = (6i8..=10, 1i8..=28).prop_map(|(month, day)| date(2026, month, day));
    let an_event = (0usize..8, day, code(), 0u32..200).prop_map(|(measure, on, code, days)| Event {
        measure: Measure::ALL[measure],
        on,
        days,
        code,
    });
    (prop::collection::vec(an_event, 0..6), code(), code(), code(), code()).prop_map(
        |(events, cluster, agency, lead_agency, need)| Facts { events, cluster, agency, lead_agency, need },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nobody_can_work_out_a_small_number_from_all_that_is_published_case_b21(
        facts in prop::collection::vec(some_facts(), 0..120),
        threshold in 3u32..=12,
    ) {
        let threshold = Threshold::new(threshold).expect("a threshold");
        let published = publish_all(&facts, date(2026, 6, 1), threshold);
        prop_assert_eq!(attack(&published), Vec::new());
    }

    /// The same straight from the numbers of a table, so that all sorts of sizes meet.
    #[test]
    fn no_sizes_of_clusters_give_a_small_number_away_case_b21(
        sizes in prop::collection::vec(prop_oneof![3 => 0usize..8, 1 => 6usize..40], 3),
        unknown in 0usize..9,
    ) {
        let named = ["moor", "mills", "city"].into_iter().zip(sizes.iter().copied()).chain([(NOT_KNOWN, unknown)]);
        let counts: Vec<_> = named.zip([7, 8, 9, 9]).map(|((cluster, size), month)| (cluster, month, size)).collect();
        let published = publish_all(&begun(&counts), date(2026, 1, 1), Threshold::USUAL);
        prop_assert_eq!(attack(&published), Vec::new());
        // What is shown is true.
        let true_sizes: BTreeMap<&str, usize> = counts.iter().map(|(cluster, _, size)| (*cluster, *size)).collect();
        for (code, figure) in rows(&published, Measure::Started, Split::Cluster).unwrap_or_default() {
            let size = true_sizes[code.as_str()];
            match figure {
                Figure::Number { number } => prop_assert_eq!(number as usize, size),
                Figure::FewerThan { .. } => prop_assert!((1..6).contains(&size)),
                Figure::NotShown => prop_assert!(size >= 6),
                Figure::NotRecorded => prop_assert!(false, "it was recorded"),
            }
        }
    }
}

#[test]
fn the_attack_finds_what_is_hidden_badly_case_b21() {
    let published =
        publish_all(&begun(&[("moor", 7, 3), ("mills", 7, 177)]), date(2026, 1, 1), Threshold::USUAL);
    assert_eq!(attack(&published), []);
    let mut badly = published;
    for table in badly.measures.iter_mut().flat_map(|of| &mut of.tables) {
        let Rows::Shown(rows) = &mut table.rows else { continue };
        for Row { code, figure } in rows.iter_mut().filter(|row| row.figure == Figure::NotShown) {
            assert_eq!(code, "mills");
            *figure = Figure::Number { number: 177 };
        }
    }
    assert_eq!(attack(&badly), [("Started Cluster moor".to_owned(), (3, 3))]);
}

#[test]
fn hidden_not_recorded_and_nought_are_three_things_case_b22() {
    let facts = begun(&[("moor", 8, 4), ("moor", 9, 9)]);
    let published = publish_all(&facts, date(2026, 8, 3), Threshold::USUAL);
    let of = |published: &Published, split| rows(published, Measure::Started, split).expect("a table");
    let figures: Vec<Figure> = of(&published, Split::Month).into_iter().map(|(_, figure)| figure).collect();
    assert_eq!(
        figures,
        [Figure::NotRecorded, Figure::FewerThan { threshold: 6 }, Figure::NotShown],
        "July was before the first episode"
    );
    let published = publish_all(&facts, date(2026, 1, 1), Threshold::USUAL);
    assert_eq!(of(&published, Split::Month)[0], ("2026-07".to_owned(), Figure::Number { number: 0 }));
    assert_eq!(of(&published, Split::Cluster)[2], ("city".to_owned(), Figure::Number { number: 0 }));
    let before = publish_all(&facts, date(2026, 10, 1), Threshold::USUAL);
    assert!(before.measures.iter().all(|of| of.total == Figure::NotRecorded));
    assert_eq!(Figure::NotRecorded.number(), None, "nothing that is hidden or unknown is a number");
    assert_eq!(Figure::FewerThan { threshold: 6 }.number(), None);
}

#[test]
fn a_small_total_has_no_tables_and_no_days_case_b21() {
    let published = publish_all(&begun(&[("moor", 7, 5)]), date(2026, 1, 1), Threshold::USUAL);
    let started = &published.measures[0];
    assert_eq!(started.total, Figure::FewerThan { threshold: 6 });
    assert_eq!(started.days, None);
    assert!(started.tables.iter().all(|table| table.rows == Rows::NotShown));
}

#[test]
fn what_is_not_recorded_yet_is_not_nought_case_b22() {
    let facts = begun(&[("moor", 7, 50)]);
    let published = publish(quarter(), &facts, date(2026, 1, 1), &clusters(), &RECORDED, Threshold::USUAL);
    for of in &published.measures {
        let is_recorded = RECORDED.measures.contains(&of.measure);
        assert_eq!(of.total == Figure::NotRecorded, !is_recorded, "{:?}", of.measure);
        for table in &of.tables {
            let expected = !is_recorded || !RECORDED.splits.contains(&table.split);
            assert_eq!(table.rows == Rows::NotRecorded, expected, "{:?} {:?}", of.measure, table.split);
        }
    }
}

#[test]
fn an_episode_counts_once_in_a_quarter_by_the_last_time() {
    let closed = |day, code| event(Measure::Closed, date(2026, 8, day), code);
    let one = Facts { events: vec![closed(20, Some("needs_met")), closed(2, None)], ..Facts::default() };
    let published = publish_all(&vec![one; 6], date(2026, 1, 1), Threshold::USUAL);
    assert_eq!(
        rows(&published, Measure::Closed, Split::Reason),
        Some(vec![("needs_met".to_owned(), Figure::Number { number: 6 })])
    );
}

#[test]
fn days_are_told_as_a_half_and_two_quarters() {
    let facts: Vec<Facts> = (1..=8)
        .map(|days| {
            let completed = Event { days, ..event(Measure::Completed, date(2026, 8, 2), None) };
            Facts { events: vec![completed], ..Facts::default() }
        })
        .collect();
    let published = publish_all(&facts, date(2026, 1, 1), Threshold::USUAL);
    let days = published.measures[1].days.expect("enough of them");
    assert_eq!((days.lower, days.median, days.upper), (2, 4, 6));
}

#[test]
fn what_counts_of_an_episode_is_days_and_codes() {
    let day = |moment: assessment_people::moment::Moment| {
        let since = moment.microseconds() / 86_400_000_000;
        date(1970, 1, 1).checked_add(jiff::Span::new().days(since)).expect("a day")
    };
    let of = |episode| Facts::of(&episode, Some("moor".to_owned()), day).expect("it counts");
    let events = |facts: &Facts| -> Vec<(Measure, u32, Option<String>)> {
        facts.events.iter().map(|one| (one.measure, one.days, one.code.clone())).collect()
    };
    assert_eq!(events(&of(enquiry())), [(Measure::Started, 0, None)]);
    let closed = shared()
        .close(closure(ClosureReason::NeedsMet, 4), &assessment_people::episode::StillOpen::new(), stamp(4))
        .expect("it can be closed");
    let facts = of(closed.clone());
    assert_eq!(
        events(&facts),
        [
            (Measure::Started, 0, None),
            (Measure::Completed, 3, None),
            (Measure::Closed, 4, Some("needs_met".to_owned())),
        ]
    );
    assert_eq!((facts.agency.as_deref(), facts.cluster.as_deref()), (Some("school"), Some("moor")));
    let refused = enquiry().ask(stamp(1)).expect("asked").refuse_agreement(stamp(2)).expect("refused");
    let refused = refused.send(crate::world::new_version(1, 3), None).expect("the record of the refusal");
    assert_eq!(events(&of(refused)), [(Measure::Started, 0, None)], "a record of a refusal is no assessment");
}
