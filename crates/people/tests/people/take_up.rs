//! Take-up: somebody who tries to work out a small number from everything that is published, and what counts.

mod facts;
mod story;
mod workers;

use std::collections::BTreeMap;

use assessment_people::take_up::{
    Event, Facts, Figure, Measure, NOT_KNOWN, Published, Quarter, RECORDED, Recorded, Row, Rows, ScoreChange,
    Since, Split, Table, Threshold, publish,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

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
    let of_measure = |measure| published.measures.iter().find(|of| of.measure == measure);
    for of in published.measures.iter().filter(|of| of.total != Figure::NotRecorded) {
        // Closures and their outcomes are read side by side: the tables of both split the same episodes.
        let beside = match of.measure {
            Measure::Closed => of_measure(Measure::Outcome),
            Measure::Outcome => of_measure(Measure::Closed),
            _ => None,
        };
        let tables = of.tables.iter().chain(beside.into_iter().flat_map(|other| &other.tables));
        let tables: Vec<(Split, Vec<(String, Figure)>)> = tables.filter_map(shown).collect();
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
    Event { measure, on, late: false, days: 3, code: code.map(str::to_owned) }
}

fn quarter() -> Quarter {
    Quarter::of(date(2026, 7, 1))
}

fn clusters() -> Vec<String> {
    ["moor", "mills", "city"].map(str::to_owned).into()
}

/// Everything was recorded from that day on.
fn since(first: Date) -> Since {
    Since { opened: first, team: Some(first), pages: Some(first) }
}

fn publish_all(facts: &[Facts], first: Date, threshold: Threshold) -> Published {
    publish(quarter(), facts, since(first), &clusters(), &EVERYTHING, threshold)
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
    let an_event = (0..Measure::ALL.len(), day, code(), 0u32..200).prop_map(|(measure, on, code, days)| {
        Event { measure: Measure::ALL[measure], on, late: days > 150, days, code }
    });
    let codes = (code(), code(), code(), code());
    (prop::collection::vec(an_event, 0..6), codes, changes()).prop_map(
        |(mut events, (cluster, agency, lead_agency, need), changes)| {
            // Whatever was closed has an outcome, known or not.
            events.retain(|event| event.measure != Measure::Outcome);
            let closed: Vec<Event> =
                events.iter().filter(|event| event.measure == Measure::Closed).cloned().collect();
            let outcome = |closed: Event| Event { measure: Measure::Outcome, code: None, ..closed };
            events.extend(closed.into_iter().map(outcome));
            Facts { events, cluster, agency, lead_agency, need, changes }
        },
    )
}

/// What became of scores, for some of those who give them.
fn changes() -> impl Strategy<Value = BTreeMap<Split, ScoreChange>> {
    let change = prop_oneof![
        4 => Just(ScoreChange::Better),
        2 => Just(ScoreChange::Same),
        1 => Just(ScoreChange::Worse),
        1 => Just(ScoreChange::Mixed),
    ];
    let of = prop::sample::select(vec![Split::ChildChange, Split::ParentChange, Split::PractitionerChange]);
    prop::collection::btree_map(of, change, 0..4)
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
        // A number that is hidden among closures is not shown among their outcomes.
        let of = |measure| published.measures.iter().find(|of| of.measure == measure).expect("a measure");
        let (closed, outcome) = (of(Measure::Closed), of(Measure::Outcome));
        prop_assert_eq!(closed.total, outcome.total);
        for table in &closed.tables {
            let beside = outcome.tables.iter().find(|other| other.split == table.split);
            prop_assert!(beside.is_none_or(|other| other == table), "{:?}", table.split);
        }
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
    let published =
        publish(quarter(), &facts, since(date(2026, 1, 1)), &clusters(), &RECORDED, Threshold::USUAL);
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
fn before_any_team_wrote_what_teams_do_is_not_recorded_and_not_nought_case_b22() {
    let mut facts = begun(&[("moor", 7, 50)]);
    for one in &mut facts {
        one.events.push(event(Measure::Closed, date(2026, 8, 3), Some("needs_met")));
        one.events.push(event(Measure::Outcome, date(2026, 8, 3), None));
    }
    let total = |published: &Published, measure| {
        published.measures.iter().find(|of| of.measure == measure).map(|of| of.total)
    };
    let publish = |since| publish(quarter(), &facts, since, &clusters(), &RECORDED, Threshold::USUAL);
    let none = Since::of(&facts, None, None).expect("episodes");
    assert_eq!(none, Since { opened: date(2026, 7, 9), team: None, pages: None });
    let published = publish(none);
    let of_people = [Measure::Trained, Measure::TrainingNotRecorded];
    for measure in [Measure::FirstMeeting, Measure::PlanAgreed, Measure::Reviewed, Measure::Barrier]
        .into_iter()
        .chain(of_people)
    {
        assert_eq!(total(&published, measure), Some(Figure::NotRecorded), "{measure:?}");
    }
    assert_eq!(total(&published, Measure::Outcome), Some(Figure::Number { number: 50 }));
    assert_eq!(rows(&published, Measure::Outcome, Split::ChildChange), None, "nobody could give a score");

    let some = Since::of(&facts, Some(date(2026, 8, 2)), None).expect("episodes");
    let published = publish(some);
    assert_eq!(total(&published, Measure::FirstMeeting), Some(Figure::Number { number: 0 }));
    let months = rows(&published, Measure::FirstMeeting, Split::Month).expect("a table");
    assert_eq!(months[0].1, Figure::NotRecorded, "no team had written anything in July");
    assert_eq!(months[1].1, Figure::Number { number: 0 });
    assert_eq!(
        rows(&published, Measure::Outcome, Split::ChildChange),
        Some(vec![(NOT_KNOWN.to_owned(), Figure::Number { number: 50 })])
    );
    facts[0].events.push(event(Measure::FirstMeeting, date(2026, 7, 20), None));
    let early = Since::of(&facts, Some(date(2026, 8, 2)), None).expect("episodes");
    assert_eq!(early.team, Some(date(2026, 7, 20)), "a meeting that was written down later");
    // A family that says no needs no team to say it.
    facts[0].events.push(event(Measure::Barrier, date(2026, 7, 10), Some("no_agreement")));
    assert_eq!(Since::of(&facts, None, None).expect("episodes").team, Some(date(2026, 7, 20)));
}
