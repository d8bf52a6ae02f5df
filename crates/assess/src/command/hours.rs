//! Opening hours in words, for the pages that are signed off. Whether somebody answers at a given time is the rules'
//! matter.

use assessment_rules::{OnBankHolidays, OpeningHours, Period, TimeOfDay, WeeklyHours};
use jiff::civil::{Time, Weekday};

use crate::pack_wording::PackWording;
use crate::wording::Wording;

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// `Monday to Thursday 9am to 5pm; Friday 9am to 4:30pm. Closed on bank holidays.`
pub(super) fn in_words(hours: &OpeningHours, pack_wording: PackWording<'_>) -> String {
    let PackWording { wording, pack } = pack_wording;
    match hours {
        OpeningHours::Always => wording.get("hours.always"),
        OpeningHours::Unknown => wording.get("hours.unknown"),
        OpeningHours::Outside(id) => {
            let name = pack.contact(id).map_or(id.as_str(), |contact| contact.name.as_str());
            wording.fill("hours.outside", &[("name", name)])
        }
        OpeningHours::Weekly(hours) => weekly(hours, pack_wording),
    }
}

fn weekly(hours: &WeeklyHours, PackWording { wording, .. }: PackWording<'_>) -> String {
    let periods = |periods: &[Period]| {
        let each = periods.iter().map(|Period { days, from, to }| {
            let (days, from, to) = (days_in_words(days, wording), time(*from, wording), time(*to, wording));
            wording.fill("hours.period", &[("days", &days), ("from", &from), ("to", &to)])
        });
        each.collect::<Vec<_>>().join("; ")
    };
    let mut said = vec![wording.fill("hours.open", &[("periods", &periods(&hours.open))])];
    if !hours.may_be_open.is_empty() {
        said.push(wording.fill("hours.may_be_open", &[("periods", &periods(&hours.may_be_open))]));
    }
    said.push(wording.get(match hours.bank_holidays {
        OnBankHolidays::Closed => "hours.bank_holidays.closed",
        OnBankHolidays::AsUsual => "hours.bank_holidays.as_usual",
        OnBankHolidays::AllDay => "hours.bank_holidays.all_day",
        OnBankHolidays::Unknown => "hours.bank_holidays.unknown",
    }));
    said.join(" ")
}

fn time(time: TimeOfDay, wording: &Wording) -> String {
    wording.time(time.on_clock().unwrap_or(Time::midnight()))
}

/// `Monday to Friday`, or each day where they do not follow each other.
fn days_in_words(days: &[Weekday], wording: &Wording) -> String {
    let names: Vec<&str> =
        WEEK.iter().filter(|day| days.contains(day)).map(|day| wording.weekday(*day)).collect();
    let is_run = WEEK.windows(days.len()).any(|run| run.iter().all(|day| days.contains(day)));
    match (names.first(), names.last()) {
        (Some(first), Some(last)) if is_run && names.len() > 2 => {
            wording.fill("hours.days", &[("first", first), ("last", last)])
        }
        _ => wording.list(&names),
    }
}
