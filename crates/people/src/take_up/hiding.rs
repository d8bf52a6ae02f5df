//! Which numbers of a table are hidden. Hiding the small ones is not enough: where one is hidden and the total is shown, the
//! rest gives it away.
//!
//! A table splits a total that is shown: each episode is in one cell. Small numbers are "fewer than 6". Then the smallest of
//! the others are hidden too, until every small number could be anything from 1 to 5 with all that is shown. A reader knows
//! of the hidden cells their sum, that the small ones are 1 to 5, and that the others are 6 or more; `is_safe` asks exactly
//! that. Tables that split one total in different ways give nothing away together: whatever numbers fit each of them, there
//! are episodes that fit them all. A total that is small has no tables at all, so that nobody can count the rows.

use super::{Figure, Threshold};

/// The cells of a table as they are shown, in the same order. `None` where hiding cells does not help: then no table is
/// shown. The sum of the cells is known to the reader.
pub(super) fn hidden(counts: &[u32], threshold: Threshold) -> Option<Vec<Figure>> {
    let is_small = |count: &&u32| threshold.is_small(**count);
    let small = counts.iter().filter(is_small).count();
    let mut sum: u64 = counts.iter().filter(is_small).map(|count| u64::from(*count)).sum();
    let mut others: Vec<(u32, usize)> = counts.iter().copied().zip(0..).collect();
    others.retain(|(count, _)| *count >= threshold.get());
    others.sort_unstable();
    let mut taken = 0;
    while !is_safe(small, taken, sum, threshold) {
        sum += u64::from(others.get(taken)?.0);
        taken += 1;
    }
    let also: Vec<usize> = others.iter().take(taken).map(|(_, index)| *index).collect();
    let shown = |(index, count): (usize, &u32)| match *count {
        small if threshold.is_small(small) => Figure::FewerThan { threshold: threshold.get() },
        _ if also.contains(&index) => Figure::NotShown,
        number => Figure::Number { number },
    };
    Some(counts.iter().enumerate().map(shown).collect())
}

/// Whether each of `small` hidden numbers can be anything from 1 to one less than the threshold, where they and `others`
/// hidden numbers, each of which is at least the threshold, have this sum.
fn is_safe(small: usize, others: usize, sum: u64, threshold: Threshold) -> bool {
    let Some(rest) = small.checked_sub(1) else { return true };
    let (rest, others, least) = (rest as u64, others as u64, u64::from(threshold.get()));
    let most = least - 1;
    // One of them is as great as it can be: there is enough for the smallest that the rest can be.
    let can_be_great = sum >= most + rest + others * least;
    // One of them is 1: the rest can take up what is left. The others have no upper limit.
    let can_be_one = others > 0 || sum <= 1 + rest * most;
    can_be_great && can_be_one
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEWER: Figure = Figure::FewerThan { threshold: 6 };

    fn number(number: u32) -> Figure {
        Figure::Number { number }
    }

    #[test]
    fn a_small_number_takes_the_smallest_other_with_it_case_b21() {
        assert_eq!(hidden(&[3, 177], Threshold::USUAL), Some(vec![FEWER, Figure::NotShown]));
        assert_eq!(
            hidden(&[0, 40, 3, 9, 30], Threshold::USUAL),
            Some(vec![number(0), number(40), FEWER, Figure::NotShown, number(30)])
        );
    }

    #[test]
    fn small_numbers_that_hide_each_other_need_no_other_case_b21() {
        assert_eq!(hidden(&[4, 40, 2, 3], Threshold::USUAL), Some(vec![FEWER, number(40), FEWER, FEWER]));
    }

    #[test]
    fn where_the_sum_says_too_much_no_table_is_shown_case_b21() {
        // Both together are 7, so the other is 6 at most, and the small one is 1.
        assert_eq!(hidden(&[1, 6], Threshold::USUAL), None);
        // Both together are 10, so both are 5.
        assert_eq!(hidden(&[5, 5], Threshold::USUAL), None);
        assert_eq!(hidden(&[5, 5, 8], Threshold::USUAL), Some(vec![FEWER, FEWER, Figure::NotShown]));
    }

    #[test]
    fn without_small_numbers_all_are_shown_case_b21() {
        assert_eq!(hidden(&[0, 6, 177], Threshold::USUAL), Some(vec![number(0), number(6), number(177)]));
        assert_eq!(hidden(&[], Threshold::USUAL), Some(vec![]));
    }
}
