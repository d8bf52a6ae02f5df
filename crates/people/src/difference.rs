//! What differs between the answers of two versions, as data. Knows no form: an answer is a path and, unless it is blank, a
//! text.

use std::collections::{BTreeMap, BTreeSet};

/// How one answer differs. Of an answer that the reader may not see there is only that it differs: no value, and not
/// whether it was blank before or is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was blank.
    Added {
        /// What it is now.
        new: String,
    },
    /// It is blank now.
    Removed {
        /// What it was.
        old: String,
    },
    /// It was something else.
    Changed {
        /// What it was.
        old: String,
        /// What it is now.
        new: String,
    },
    /// A protected answer changed.
    Protected,
}

/// One answer that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<P> {
    /// Which.
    pub path: P,
    /// How.
    pub change: Change,
}

/// The differences between two lists of answers, in the order of the new one; what it no longer has comes where the old
/// one had it. A blank and a missing answer are the same. If a list has a path twice, its last answer counts.
pub fn differences<P, O, N>(
    old: &[(P, Option<O>)],
    new: &[(P, Option<N>)],
    is_protected: impl Fn(&P) -> bool,
) -> Vec<Difference<P>>
where
    P: Ord + Clone,
    O: AsRef<str>,
    N: AsRef<str>,
{
    let before = by_path(old);
    let after = by_path(new);
    let difference = |path: &P| {
        let change = match (text(&before, path), text(&after, path)) {
            (old, new) if old == new => return None,
            _ if is_protected(path) => Change::Protected,
            (None, Some(new)) => Change::Added { new: new.to_owned() },
            (Some(old), None) => Change::Removed { old: old.to_owned() },
            (Some(old), Some(new)) => Change::Changed { old: old.to_owned(), new: new.to_owned() },
            (None, None) => return None,
        };
        Some(Difference { path: path.clone(), change })
    };
    in_order(old, new).into_iter().filter_map(difference).collect()
}

/// Every path once: the new list's order, with the paths that only the old list has before the next one they share.
fn in_order<'a, P: Ord, O, N>(old: &'a [(P, O)], new: &'a [(P, N)]) -> Vec<&'a P> {
    let kept: BTreeSet<&P> = new.iter().map(|(path, _)| path).collect();
    let places: BTreeMap<&P, usize> =
        old.iter().enumerate().map(|(place, (path, _))| (path, place)).collect();
    let mut gone = old.iter().enumerate().filter(|(_, (path, _))| !kept.contains(path)).peekable();
    let mut order = Vec::new();
    for (path, _) in new {
        if let Some(place) = places.get(path) {
            while let Some((_, (path, _))) = gone.next_if(|(index, _)| index < place) {
                order.push(path);
            }
        }
        order.push(path);
    }
    order.extend(gone.map(|(_, (path, _))| path));
    let mut seen = BTreeSet::new();
    order.retain(|path| seen.insert(*path));
    order
}

fn by_path<P: Ord, T: AsRef<str>>(answers: &[(P, Option<T>)]) -> BTreeMap<&P, Option<&str>> {
    answers
        .iter()
        .map(|(path, answer)| (path, answer.as_ref().map(AsRef::as_ref).filter(|text| !text.is_empty())))
        .collect()
}

fn text<'a, P: Ord>(answers: &BTreeMap<&P, Option<&'a str>>, path: &P) -> Option<&'a str> {
    answers.get(path).copied().flatten()
}
