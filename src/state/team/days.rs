//! The timeline of an episode as a picture: each thing that happened or is due, numbered, at its place in time. Pure. Picture
//! and table are drawn from one list.

use assessment_api::team::{Timeline, TimelineEntry};
use assessment_form::parse_day;
use jiff::civil::Date;

use super::scores::shares;

/// How an entry is marked: each looks different without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It happened.
    Done,
    /// Its day is over, and nobody has finished writing about it.
    Passed,
    /// It is to come.
    Later,
    /// It is due soon.
    Soon,
    /// It is today.
    Today,
    /// It should have happened by now.
    Overdue,
    /// It should have happened so long ago that somebody must be told.
    Hard,
    /// It was cancelled.
    Cancelled,
}

impl Sign {
    /// Every sign, in the order of the key.
    pub const ALL: [Sign; 8] = [
        Sign::Done,
        Sign::Passed,
        Sign::Later,
        Sign::Soon,
        Sign::Today,
        Sign::Overdue,
        Sign::Hard,
        Sign::Cancelled,
    ];

    /// The server's code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Sign::Done => "done",
            Sign::Passed => "passed",
            Sign::Later => "later",
            Sign::Soon => "soon",
            Sign::Today => "today",
            Sign::Overdue => "overdue",
            Sign::Hard => "hard",
            Sign::Cancelled => "cancelled",
        }
    }

    /// Reads the server's code. A code that this program does not know is not said to be done.
    #[must_use]
    pub fn of(code: &str) -> Sign {
        Sign::ALL.into_iter().find(|sign| sign.code() == code).unwrap_or(Sign::Later)
    }
}

/// An entry with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its number in picture and table, from 1.
    pub number: usize,
    /// The entry.
    pub entry: TimelineEntry,
    /// How it is marked.
    pub sign: Sign,
    /// The middle of its mark, from the left; `None` where its day cannot be read. The table has it all the same.
    pub x: Option<f64>,
    /// In which row of marks, from the top.
    pub lane: usize,
}

/// A timeline as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    /// All entries, by day.
    pub placed: Vec<Placed>,
    /// Where today is; `None` where that is not between the first and the last day.
    pub today: Option<f64>,
    /// The first and the last day.
    pub ends: Option<(Date, Date)>,
    /// How many rows of marks there are.
    pub lanes: usize,
}

/// Places a timeline in so much width. Marks of this size never cover each other: a later one goes into the next row where
/// the rows above are full.
#[must_use]
pub fn days(timeline: &Timeline, width: f64, mark: f64) -> Days {
    let read: Vec<Option<Date>> = timeline.entries.iter().map(|entry| parse_day(&entry.on)).collect();
    let known: Vec<Date> = read.iter().copied().flatten().collect();
    let today = parse_day(&timeline.today);
    let ends = known.iter().min().copied().zip(known.iter().max().copied());
    let mut with_today = known.clone();
    with_today.extend(today.filter(|day| ends.is_some_and(|(first, last)| (first..=last).contains(day))));
    let room = width - mark;
    // All on one day: in the middle.
    let shares = shares(&with_today).unwrap_or_else(|| vec![0.5; with_today.len()]);
    let place = |share: f64| mark / 2.0 + share * room;
    let today = (with_today.len() > known.len()).then(|| shares.last().copied().map(place)).flatten();
    let mut places = shares.into_iter().map(place);
    let mut ends_of_lanes: Vec<f64> = Vec::new();
    let placed = timeline.entries.iter().zip(&read).enumerate().map(|(index, (entry, day))| {
        let x = day.and_then(|_| places.next());
        let lane = x.map_or(0, |x| {
            let free = ends_of_lanes.iter().position(|end| end + mark <= x);
            let lane = free.unwrap_or(ends_of_lanes.len());
            match ends_of_lanes.get_mut(lane) {
                Some(end) => *end = x,
                None => ends_of_lanes.push(x),
            }
            lane
        });
        Placed { number: index + 1, entry: entry.clone(), sign: Sign::of(&entry.status), x, lane }
    });
    let placed = placed.collect();
    Days { placed, today, ends, lanes: ends_of_lanes.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use assessment_team::pictures::Happened;

    use super::*;

    fn timeline(entries: Vec<(String, &str)>) -> Timeline {
        let entry = |(on, status): (String, &str)| TimelineEntry {
            kind: "meeting".to_owned(),
            on,
            number: Some(1),
            status: status.to_owned(),
            moved_from: None,
            bank_holidays_known_until: None,
        };
        Timeline { today: "2026-06-01".to_owned(), entries: entries.into_iter().map(entry).collect() }
    }

    #[test]
    fn what_cannot_be_read_is_in_the_table_and_what_is_not_known_is_not_said_to_be_done() {
        let found =
            days(&timeline(vec![("soon".to_owned(), "new"), ("2026-05-01".to_owned(), "done")]), 320.0, 24.0);
        assert_eq!(found.placed.iter().map(|one| one.x.is_some()).collect::<Vec<_>>(), [false, true]);
        assert_eq!(found.placed[0].sign, Sign::Later);
        assert_eq!(found.today, None, "today is after the last day");
        assert_eq!(days(&timeline(vec![]), 320.0, 24.0).lanes, 0);
    }

    proptest! {
        /// The table has a row for each entry. Each has one mark of the same number, none covers another, and time runs
        /// from left to right.
        #[test]
        fn picture_and_table_agree(
            mut days_after in proptest::collection::vec(0_i64..300, 0..40),
            kinds in proptest::collection::vec(proptest::sample::select(Happened::ALL), 40),
        ) {
            days_after.sort_unstable();
            let first = jiff::civil::date(2026, 1, 1);
            let day = |after: &i64| (first + jiff::Span::new().days(*after)).to_string();
            let mut line = timeline(days_after.iter().map(|after| (day(after), "done")).collect());
            // Whatever happened: stepping up and down, a transfer and a new beginning are marks and rows like the rest.
            for (entry, kind) in line.entries.iter_mut().zip(&kinds) {
                kind.code().clone_into(&mut entry.kind);
            }
            let found = days(&line, 320.0, 24.0);
            prop_assert_eq!(found.placed.iter().map(|one| one.entry.clone()).collect::<Vec<_>>(), line.entries);
            prop_assert_eq!(found.placed.iter().map(|one| one.number).collect::<Vec<_>>(), (1..=days_after.len()).collect::<Vec<_>>());
            let marks: Vec<(f64, usize)> = found.placed.iter().filter_map(|one| Some((one.x?, one.lane))).collect();
            prop_assert_eq!(marks.len(), days_after.len());
            prop_assert!(marks.is_sorted_by(|one, next| one.0 <= next.0));
            prop_assert!(marks.iter().all(|(x, lane)| (12.0..=308.0).contains(x) && *lane < found.lanes));
            for (at, one) in marks.iter().enumerate() {
                for other in &marks[at + 1..] {
                    // Places are sums of parts: the last digit may differ.
                    prop_assert!(one.1 != other.1 || other.0 - one.0 >= 24.0 - 1e-6);
                }
            }
        }
    }
}
