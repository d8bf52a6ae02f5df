//! Protection never falls where two are joined.

use assessment_people::protection::{Protected, Protection};

#[test]
fn b42_a_join_is_never_less_protected_than_either_side() {
    for one in Protection::ALL {
        for other in Protection::ALL {
            let both = one.join(other);
            assert!(both >= one && both >= other);
            assert!(both == one || both == other, "nor more than the stricter");
            assert_eq!(both, other.join(one));
            assert_eq!(Protection::join_all([one, other]), Some(both));
        }
    }
    assert_eq!(Protection::join_all([]), None);
}

#[test]
fn b42_reasons_of_both_are_kept() {
    let refuge = Protected::because(Protection::Confidential, "refuge");
    let adopted = Protected::because(Protection::Shielded, "adopted");
    let both = refuge.join(&adopted);
    assert_eq!(both, adopted.join(&refuge));
    assert_eq!(both.level, Protection::Shielded);
    assert_eq!(both.reasons.len(), 2);
}
