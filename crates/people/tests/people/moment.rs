//! Moments keep their order as text and as numbers.

use assessment_people::moment::Moment;
use proptest::prelude::*;

#[test]
fn moments_with_other_decimals_and_offsets_have_one_order_a11() {
    let texts = ["07:00:00.2+01:00", "06:00:00.500001Z", "06:00:00Z", "06:00:00.5Z"];
    let mut moments: Vec<Moment> =
        texts.iter().filter_map(|text| Moment::parse(&format!("2026-11-23T{text}"))).collect();
    moments.sort();
    let written: Vec<String> = moments.iter().map(ToString::to_string).collect();
    assert_eq!(
        written,
        [
            "2026-11-23T06:00:00.000000Z",
            "2026-11-23T06:00:00.200000Z",
            "2026-11-23T06:00:00.500000Z",
            "2026-11-23T06:00:00.500001Z",
        ]
    );
}

#[test]
fn what_is_no_moment_is_refused() {
    for text in ["", "today", "2026-11-23", "2026-11-23T06:00:00", "2026-02-30T06:00:00Z"] {
        assert_eq!(Moment::parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn the_order_of_the_text_and_of_the_number_is_the_order_of_the_moments(
        first in 0_i64..4_000_000_000_000_000, second in 0_i64..4_000_000_000_000_000,
    ) {
        let [first, second] = [first, second].map(|one| Moment::from_microseconds(one).expect("in range"));
        prop_assert_eq!(first.cmp(&second), first.to_string().cmp(&second.to_string()));
        prop_assert_eq!(first.cmp(&second), first.microseconds().cmp(&second.microseconds()));
        prop_assert_eq!(Moment::parse(&first.to_string()), Some(first));
    }
}
