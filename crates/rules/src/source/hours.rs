//! Reading opening hours from a rule pack.

use jiff::civil::Weekday;
use strict_json::Fields;

use super::super::opening_hours::{OnBankHolidays, OpeningHours, Period, TimeOfDay, WeeklyHours};

/// The days of the week as a pack writes them.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Reads the field `hours` of a contact. A telephone number must have it, if only to say that nobody knows.
pub(super) fn hours(contact: &Fields<'_>, has_phone: bool) -> OpeningHours {
    let mut hours = None;
    contact.optional_group("hours", &mut |of| hours = Some(opening_hours(of)));
    if hours.is_none() && has_phone {
        let message =
            "this field is missing: say when the number answers (`always`, `open`, `outside` or `unknown`)";
        contact.wrong("hours", message);
    }
    hours.unwrap_or(OpeningHours::Unknown)
}

fn opening_hours(of: &Fields<'_>) -> OpeningHours {
    let mut forms = Vec::new();
    if of.optional_flag("always") {
        forms.push(OpeningHours::Always);
    }
    if of.optional_flag("unknown") {
        forms.push(OpeningHours::Unknown);
    }
    forms.extend(of.optional_text("outside").map(OpeningHours::Outside));
    let [mut open, mut may_be_open] = [Vec::new(), Vec::new()];
    if of.list_if_there("open", &mut |given| open.push(period(given))) {
        if open.is_empty() {
            of.wrong("open", "at least one period is needed here");
        }
        of.optional_list("may_be_open", &mut |given| may_be_open.push(period(given)));
        let codes = OnBankHolidays::ALL.map(OnBankHolidays::code);
        let bank_holidays = of.choice("bank_holidays", &codes, true);
        let bank_holidays = bank_holidays.and_then(|at| OnBankHolidays::ALL.get(at).copied());
        let bank_holidays = bank_holidays.unwrap_or(OnBankHolidays::Unknown);
        forms.push(OpeningHours::Weekly(WeeklyHours { open, may_be_open, bank_holidays }));
    }
    match (forms.pop(), forms.pop()) {
        (Some(one), None) => one,
        _ => {
            of.wrong("", "exactly one of always, unknown, outside or open is needed here");
            OpeningHours::Unknown
        }
    }
}

fn period(of: &Fields<'_>) -> Period {
    let mut days = Vec::new();
    for text in of.texts("days") {
        match DAYS.iter().find(|(code, _)| *code == text) {
            Some((_, day)) if days.contains(day) => of.wrong("days", "each day may be there once"),
            Some((_, day)) => days.push(*day),
            None => of.wrong("days", "each must be one of mon, tue, wed, thu, fri, sat, sun"),
        }
    }
    if days.is_empty() {
        of.wrong("days", "at least one day is needed here");
    }
    let time = |name: &'static str, end: bool| {
        let time = TimeOfDay::parse(&of.text(name));
        let time = time.filter(|time| end || *time < TimeOfDay::END_OF_DAY);
        if time.is_none() {
            of.wrong(name, "a time like 09:00 is needed here");
        }
        time
    };
    let (from, to) = (time("from", false), time("to", true));
    if matches!((from, to), (Some(from), Some(to)) if to <= from) {
        of.wrong("to", "it must be later than `from`: hours past midnight are two periods");
    }
    let [from, to] = [from.unwrap_or(TimeOfDay::MIDNIGHT), to.unwrap_or(TimeOfDay::END_OF_DAY)];
    Period { days, from, to }
}
