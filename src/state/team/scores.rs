//! Where scores over time go in a picture. Pure; which scores there are is `assessment_team::pictures`.

use assessment_team::pictures::{ScorePoint, Scorer};

/// The highest score.
pub const HIGHEST: u8 = 10;

/// Where one person's scores are in a picture of this size, from left to right: each day at its share of the width. A day
/// without a score of theirs has no point.
#[must_use]
pub fn points(all: &[ScorePoint], scorer: Scorer, width: f64, height: f64) -> Vec<(f64, f64)> {
    let steps = f64::from(u32::try_from(all.len().saturating_sub(1)).unwrap_or(u32::MAX)).max(1.0);
    let index = Scorer::ALL.iter().position(|one| *one == scorer).unwrap_or_default();
    let at = |(step, point): (usize, &ScorePoint)| {
        let score = (*point.scores.get(index)?)?;
        let step = f64::from(u32::try_from(step).ok()?);
        Some((width * step / steps, height * (1.0 - f64::from(score) / f64::from(HIGHEST))))
    };
    all.iter().enumerate().filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_that_nobody_gave_has_no_point_and_is_never_0() {
        let all = [[Some(3), None, None], [None, None, Some(10)], [Some(6), None, Some(0)]]
            .map(|scores| ScorePoint { on: None, scores });
        assert_eq!(points(&all, Scorer::Child, 100.0, 50.0), [(0.0, 35.0), (100.0, 20.0)]);
        assert_eq!(points(&all, Scorer::Practitioner, 100.0, 50.0), [(50.0, 0.0), (100.0, 50.0)]);
        assert!(points(&all, Scorer::Parent, 100.0, 50.0).is_empty());
        assert_eq!(points(&all[..1], Scorer::Child, 100.0, 50.0), [(0.0, 35.0)]);
    }
}
