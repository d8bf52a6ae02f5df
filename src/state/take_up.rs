//! What the pictures of take-up show. A number that is hidden or was not recorded is never drawn or counted as 0. Pure; what
//! is hidden was decided by the server.

use std::cmp::Ordering;

use assessment_api::take_up::{Figure, TakeUp, TakeUpMeasure, TakeUpQuarter};

/// How many quarters the baseline is made of: a year.
const BASELINE: usize = 4;

/// One measure over the quarters, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The first day of each quarter, with its number.
    pub points: Vec<(String, Figure)>,
}

impl Trend {
    /// That of a measure. Where a quarter does not have it, nothing was recorded.
    #[must_use]
    pub fn of(found: &TakeUp, measure: &str) -> Self {
        let point = |quarter: &TakeUpQuarter| {
            let of = find(quarter, measure).map_or(Figure::NotRecorded, |one| one.total);
            (quarter.from.clone(), of)
        };
        Self { points: found.quarters.iter().map(point).collect() }
    }

    /// Whether there is anything to draw.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.points.iter().any(|(_, figure)| *figure != Figure::NotRecorded)
    }

    /// How it was before: the average of the first four quarters, where they are not the newest ones and each has a number.
    #[must_use]
    pub fn baseline(&self) -> Option<u32> {
        let (first, rest) = self.points.split_at_checked(BASELINE)?;
        let numbers: Option<Vec<u32>> = first.iter().map(|(_, figure)| number(*figure)).collect();
        let sum: u32 = numbers.filter(|_| !rest.is_empty())?.iter().sum();
        // To the nearest whole number.
        Some((2 * sum + 4) / 8)
    }

    /// The newest quarter, and the same one a year before.
    #[must_use]
    pub fn newest(&self) -> Option<(Figure, Option<Figure>)> {
        let last = self.points.len().checked_sub(1)?;
        let at = |index: usize| self.points.get(index).map(|(_, figure)| *figure);
        Some((at(last)?, last.checked_sub(BASELINE).and_then(at)))
    }

    /// How the newest quarter differs from the same one a year before, and by how many. `None` where either is no number.
    #[must_use]
    pub fn difference(&self) -> Option<(Ordering, u32)> {
        let (now, before) = self.newest()?;
        let (now, before) = (number(now)?, number(before?)?);
        Some((now.cmp(&before), now.abs_diff(before)))
    }

    /// The greatest number that is drawn; 1 where there is none.
    #[must_use]
    pub fn greatest(&self) -> u32 {
        let numbers = self.points.iter().filter_map(|(_, figure)| number(*figure));
        numbers.chain(self.baseline()).max().unwrap_or(1).max(1)
    }
}

/// The number, where one is shown.
#[must_use]
pub fn number(figure: Figure) -> Option<u32> {
    match figure {
        Figure::Number { number } => Some(number),
        Figure::FewerThan { .. } | Figure::NotShown | Figure::NotRecorded => None,
    }
}

/// A measure of a quarter.
#[must_use]
pub fn find<'a>(quarter: &'a TakeUpQuarter, measure: &str) -> Option<&'a TakeUpMeasure> {
    quarter.measures.iter().find(|one| one.measure == measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEWER: Figure = Figure::FewerThan { threshold: 6 };

    fn trend(figures: &[Figure]) -> Trend {
        Trend { points: figures.iter().map(|figure| ("2026-07-01".to_owned(), *figure)).collect() }
    }

    fn numbers(numbers: &[u32]) -> Vec<Figure> {
        numbers.iter().map(|number| Figure::Number { number: *number }).collect()
    }

    #[test]
    fn the_baseline_is_the_average_of_a_year_that_is_not_the_newest_case_b22() {
        assert_eq!(trend(&numbers(&[10, 20, 30, 41, 90])).baseline(), Some(25));
        assert_eq!(trend(&numbers(&[10, 20, 30, 42, 90])).baseline(), Some(26));
        assert_eq!(trend(&numbers(&[10, 20, 30, 40])).baseline(), None, "there is nothing to compare yet");
        assert_eq!(trend(&[]).baseline(), None);
    }

    #[test]
    fn what_is_hidden_or_not_recorded_is_never_counted_as_nought_case_b22() {
        for gap in [FEWER, Figure::NotShown, Figure::NotRecorded] {
            let mut figures = numbers(&[10, 20, 30, 40, 90]);
            figures[1] = gap;
            assert_eq!(trend(&figures).baseline(), None, "{gap:?}");
        }
        assert_eq!(trend(&numbers(&[10, 0, 30, 40, 90])).baseline(), Some(20), "a true 0 counts");
        assert_eq!(trend(&[FEWER, Figure::NotRecorded]).greatest(), 1);
        assert!(!trend(&[Figure::NotRecorded]).is_recorded());
        assert!(trend(&[Figure::NotRecorded, FEWER]).is_recorded());
    }

    #[test]
    fn the_newest_quarter_is_compared_with_the_same_one_a_year_before() {
        let five = trend(&numbers(&[1, 2, 3, 4, 5]));
        assert_eq!(five.newest(), Some((Figure::Number { number: 5 }, Some(Figure::Number { number: 1 }))));
        assert_eq!(trend(&numbers(&[7])).newest(), Some((Figure::Number { number: 7 }, None)));
        assert_eq!(trend(&[]).newest(), None);
        assert_eq!(five.difference(), Some((Ordering::Greater, 4)));
        assert_eq!(trend(&numbers(&[9, 2, 3, 4, 5])).difference(), Some((Ordering::Less, 4)));
        for gap in [FEWER, Figure::NotShown, Figure::NotRecorded] {
            let mut figures = numbers(&[1, 2, 3, 4, 5]);
            figures[0] = gap;
            assert_eq!(trend(&figures).difference(), None, "{gap:?}");
        }
    }
}
