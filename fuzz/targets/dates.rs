//! Any string as a date, whole and in three fields: what is read is written back as the same fields, and counting never
//! fails.
#![no_main]

use assessment_engine::answers::{completed_months, days_between};
use assessment_form::PartialDate;
use assessment_form::WrittenDate;
use assessment_form::parse_day;
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(date) = parse_day(text) {
        assert_eq!(date.to_string(), text);
        let (year, month, day) = (date.year(), date.month(), date.day());
        assert_eq!(Date::new(year, month, day).ok(), Some(date));
        if let Ok(next) = date.tomorrow() {
            assert_eq!(days_between(date, next), 1);
        }
    }
    if let Some(written) = WrittenDate::from_iso(text) {
        assert_eq!(written.to_iso().as_deref(), Some(text));
    }
    let mut boxes = text.split('\n').map(str::to_owned);
    let mut next = || boxes.next().unwrap_or_default();
    let [one, other] = [(); 2].map(|()| WrittenDate { day: next(), month: next(), year: next() });
    if let Some(iso) = one.to_iso() {
        assert_eq!(WrittenDate::from_iso(&iso).as_ref(), Some(&one));
    }
    let Some(partial) = one.partial() else {
        assert_eq!(one.whole(), None);
        return;
    };
    let (first, last) = (partial.earliest(), partial.latest());
    assert!(first.is_some() && first <= last, "a part of a date without days");
    assert_eq!(one.whole().is_some(), matches!(partial, PartialDate::Day(_)));
    if let (Some(one), Some(other)) = (one.whole(), other.whole()) {
        let months = completed_months(one, other);
        assert_eq!(months.is_some(), other >= one);
        assert_eq!(days_between(one, other), -days_between(other, one));
        assert_eq!(days_between(one, other) > 0, other > one);
        // A month has 28 days at least and 31 at most.
        if let Some(months) = months {
            let days = u32::try_from(days_between(one, other)).expect("later");
            assert!(months * 28 <= days && days <= (months + 1) * 31, "{months} months in {days} days");
        }
    }
});
