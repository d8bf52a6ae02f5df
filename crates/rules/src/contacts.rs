//! What a contact and its opening hours must mean: a number that can be rung, hours that do not contradict each other,
//! and for each urgent action somebody who answers at every hour. Part of `check`.

use jiff::civil::Weekday;

use super::answering::{State, stands_in, state};
use super::bank_holidays::IsBankHoliday;
use super::check::Findings;
use super::day;
use super::opening_hours::{OpeningHours, Period, TimeOfDay, WeeklyHours};
use super::source::{Contact, UrgentAction};

/// The days of the week, as messages name them.
const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

/// Checks one contact among `all`.
pub(super) fn check(contact: &Contact, all: &[Contact], found: &mut Findings) {
    found.words("name", &contact.name);
    found.words("when", &contact.when);
    if contact.phone.is_none() && contact.email.is_none() {
        found.add("", "a phone number or an email is needed");
    }
    if contact.phone.as_ref().is_some_and(|phone| !can_be_rung(phone)) {
        found.add("phone", "a number is needed here, of digits and spaces, such as 01632 960101; or null");
    }
    if contact.checked_on.as_ref().is_some_and(|on| day::parse(on).is_none()) {
        found.add("checked_on", "a day like 2026-01-31 is needed here, or null");
    }
    let other = |id: &String| all.iter().find(|other| other.id == *id);
    if let Some(id) = &contact.when_closed {
        match other(id) {
            None => found.missing("when_closed", "contact", id),
            Some(other) if other.id == contact.id => {
                found.add("when_closed", "a contact cannot answer instead of itself: name another one");
            }
            Some(other) if other.phone.is_none() => {
                found.add("when_closed", "only a contact with a phone number can answer instead");
            }
            Some(_) => {}
        }
    }
    match &contact.hours {
        OpeningHours::Outside(id) => match other(id) {
            None => found.missing("hours.outside", "contact", id),
            Some(other) if !matches!(other.hours, OpeningHours::Weekly(_)) => {
                found.add("hours.outside", "name a contact that has hours of its own, in `open`");
            }
            Some(_) => {}
        },
        OpeningHours::Weekly(hours) => check_overlap(hours, found),
        OpeningHours::Always | OpeningHours::Unknown => {}
    }
}

/// Digits and spaces, perhaps with the `+` of a country's code; at least three digits.
fn can_be_rung(phone: &str) -> bool {
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    count >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
}

fn check_overlap(hours: &WeeklyHours, found: &mut Findings) {
    let all: Vec<&Period> = hours.open.iter().chain(&hours.may_be_open).collect();
    for (index, one) in all.iter().enumerate() {
        for other in all.iter().skip(index + 1) {
            let day = DAYS.iter().find(|(day, _)| one.days.contains(day) && other.days.contains(day));
            if let Some((_, day)) = day
                && one.from < other.to
                && other.from < one.to
            {
                let message = ["two periods overlap on ", day, ": each time belongs to one of them"];
                found.add("hours", &message.concat());
            }
        }
    }
}

/// That at every hour of every day somebody may answer: a contact of the action, or one that answers instead of it.
pub(super) fn check_answered(action: &UrgentAction, all: &[Contact], found: &mut Findings) {
    let mut reached: Vec<&Contact> = Vec::new();
    for id in &action.contacts {
        let mut next = all.iter().find(|contact| contact.id == *id);
        while let Some(contact) = next.filter(|contact| !reached.contains(contact)) {
            reached.push(contact);
            next = stands_in(contact, all);
        }
    }
    reached.retain(|contact| contact.phone.is_some());
    if reached.is_empty() {
        // Without any contact that exists, another message says so.
        if action.contacts.iter().any(|id| all.iter().any(|contact| contact.id == *id)) {
            found.add("contacts", "at least one of them needs a phone number");
        }
        return;
    }
    let is_closed =
        |at, holiday| reached.iter().all(|contact| state(contact, all, at, holiday) == State::Closed);
    let edges = edges(all);
    for (holiday, of) in [(IsBankHoliday::No, ""), (IsBankHoliday::Yes, ", where it is a bank holiday,")] {
        for (day, name) in DAYS {
            if let Some(time) = edges.iter().filter(|edge| is_closed((day, **edge), holiday)).min() {
                let message = [
                    "nobody answers on a ",
                    name,
                    of,
                    " at ",
                    &time.to_string(),
                    ": say in `when_closed` who does, or add a contact that is always open",
                ];
                return found.add("contacts", &message.concat());
            }
        }
    }
}

/// The times of day at which anybody's hours change.
fn edges(all: &[Contact]) -> Vec<TimeOfDay> {
    let mut edges = vec![TimeOfDay::MIDNIGHT];
    for contact in all {
        if let OpeningHours::Weekly(hours) = &contact.hours {
            let periods = hours.open.iter().chain(&hours.may_be_open);
            edges.extend(periods.flat_map(|period| [period.from, period.to]));
        }
    }
    edges.retain(|edge| *edge < TimeOfDay::END_OF_DAY);
    edges
}
