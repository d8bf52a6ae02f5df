//! Where scores over time go in a picture. Pure; which scores there are is `assessment_team::pictures`.

use assessment_team::pictures::{ScorePoint, Scorer};
use jiff::civil::Date;

/// The highest score.
pub const HIGHEST: u8 = 10;

/// One score in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Which of the points it is from.
    pub point: usize,
    /// The score.
    pub score: u8,
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
}

/// One person's scores in a picture of this size, as lines from left to right: each day at its place in time. A day without
/// a score of theirs ends a line, so that nothing is drawn where nothing was recorded.
#[must_use]
pub fn lines(all: &[ScorePoint], scorer: Scorer, width: f64, height: f64) -> Vec<Vec<Mark>> {
    let index = Scorer::ALL.iter().position(|one| *one == scorer).unwrap_or_default();
    let places = places(all, width);
    let mut lines: Vec<Vec<Mark>> = vec![Vec::new()];
    for (point, (one, x)) in all.iter().zip(places).enumerate() {
        match (one.scores.get(index).copied().flatten(), lines.last_mut()) {
            (Some(score), Some(line)) => {
                let y = height * (1.0 - f64::from(score) / f64::from(HIGHEST));
                line.push(Mark { point, score, x, y });
            }
            _ => lines.push(Vec::new()),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// How far from the left each point is. By its day; where a day is missing, each step is as long as the next.
fn places(all: &[ScorePoint], width: f64) -> Vec<f64> {
    let days: Option<Vec<Date>> = all.iter().map(|point| point.on).collect();
    let by_day = days.and_then(|days| shares(&days));
    let steps = number(all.len().saturating_sub(1)).max(1.0);
    let by_step = || (0..all.len()).map(|step| number(step) / steps).collect();
    by_day.unwrap_or_else(by_step).into_iter().map(|share: f64| share * width).collect()
}

/// Each day's share of the time from the first to the last; `None` where there is no time between them.
pub(super) fn shares(days: &[Date]) -> Option<Vec<f64>> {
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    let between = |from: Date, to: Date| from.until(to).ok().map(|span| f64::from(span.get_days()));
    let whole = between(*first, *last).filter(|whole| *whole > 0.0)?;
    days.iter().map(|day| Some(between(*first, *day)? / whole)).collect()
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn at(day: Option<Date>, scores: [Option<u8>; 3]) -> ScorePoint {
        ScorePoint { on: day, scores }
    }

    #[test]
    fn a_score_that_nobody_gave_has_no_mark_ends_the_line_and_is_never_0() {
        let all = [[Some(3), None, None], [None, None, Some(10)], [Some(6), None, Some(0)]]
            .map(|scores| at(None, scores));
        let places = |scorer| {
            let lines = lines(&all, scorer, 100.0, 50.0);
            lines
                .iter()
                .map(|line| line.iter().map(|mark| (mark.x, mark.y)).collect())
                .collect::<Vec<Vec<_>>>()
        };
        assert_eq!(places(Scorer::Child), [vec![(0.0, 35.0)], vec![(100.0, 20.0)]]);
        assert_eq!(places(Scorer::Practitioner), [vec![(50.0, 0.0), (100.0, 50.0)]]);
        assert!(places(Scorer::Parent).is_empty());
    }

    #[test]
    fn a_day_is_at_its_place_in_time() {
        let scores = [Some(1), None, None];
        let all = [date(2027, 1, 1), date(2027, 1, 11), date(2027, 4, 11)].map(|day| at(Some(day), scores));
        let [line] = lines(&all, Scorer::Child, 100.0, 50.0).try_into().expect("one line");
        assert_eq!(line.iter().map(|mark| mark.x).collect::<Vec<_>>(), [0.0, 10.0, 100.0]);
        let [line] = lines(&all[..1], Scorer::Child, 100.0, 50.0).try_into().expect("one line");
        assert_eq!(line[0].x, 0.0);
    }

    proptest! {
        /// The table has a row for each point and a cell for each scorer. Each filled cell has one mark, and no other has.
        #[test]
        fn picture_and_table_agree(
            scores in proptest::collection::vec((0_i64..400, proptest::array::uniform3(proptest::option::of(0_u8..=10))), 0..12),
        ) {
            let mut days: Vec<i64> = scores.iter().map(|(day, _)| *day).collect();
            days.sort_unstable();
            let first = date(2026, 1, 1);
            let all: Vec<ScorePoint> = days
                .iter()
                .zip(&scores)
                .map(|(day, (_, scores))| at(first.checked_add(jiff::Span::new().days(*day)).ok(), *scores))
                .collect();
            for (index, scorer) in Scorer::ALL.into_iter().enumerate() {
                let marks: Vec<Mark> = lines(&all, scorer, 300.0, 120.0).into_iter().flatten().collect();
                let cells: Vec<(usize, u8)> =
                    all.iter().enumerate().filter_map(|(row, point)| Some((row, point.scores[index]?))).collect();
                prop_assert_eq!(marks.iter().map(|mark| (mark.point, mark.score)).collect::<Vec<_>>(), cells);
                prop_assert!(marks.iter().all(|mark| (0.0..=300.0).contains(&mark.x) && (0.0..=120.0).contains(&mark.y)));
                prop_assert!(marks.is_sorted_by(|one, next| one.x <= next.x));
            }
        }
    }
}
