//! Whom to ring now, at the edges of opening hours: a day, a lunch break, a night, a weekend, bank holidays and the days
//! around them, a list of bank holidays that has ended, a wrong date, and hours that nobody knows.

use assessment_rules::{BankHolidays, Doubt, LineUp, LocalTime, Openness, RulePack, TimeDoubt};
use jiff::civil::{DateTime, date};
use serde_json::{Value, json};

use super::toy;

/// Bank holidays of 2026 and 2027 in England.
pub(super) fn bank_holidays() -> BankHolidays {
    let list = json!({"title": "England", "source": "a list", "known_from": "2026-01-01", "known_until": "2027-12-31",
        "days": ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
                 "2027-01-01", "2027-12-27", "2027-12-28"]});
    BankHolidays::load(&list.to_string()).unwrap()
}

/// A pack with an office that has a lunch break on Wednesdays, a night team, and numbers of other kinds.
fn pack_with(change: impl FnOnce(&mut Value)) -> RulePack {
    let mut pack = toy::source();
    let week = json!(["mon", "tue", "thu", "fri"]);
    let contact = |id: &str, phone: &str, hours: Value, when_closed: Value| json!({"id": id, "name": id, "phone": phone, "when": "w", "hours": hours, "when_closed": when_closed});
    let office = json!({"open": [
        {"days": week, "from": "09:00", "to": "17:00"},
        {"days": ["wed"], "from": "09:00", "to": "12:30"}, {"days": ["wed"], "from": "13:30", "to": "17:00"},
    ], "may_be_open": [{"days": week, "from": "08:30", "to": "09:00"}], "bank_holidays": "closed"});
    pack["contacts"].as_array_mut().unwrap().extend([
        contact("office", "01632 960001", office, json!("night")),
        contact("night", "01632 960002", json!({"outside": "office"}), Value::Null),
        contact("line", "01632 960003", json!({"unknown": true}), json!("office")),
        contact("alone", "01632 960004", json!({"unknown": true}), Value::Null),
        json!({"id": "mailbox", "name": "mailbox", "email": "box@example.org", "when": "w"}),
    ]);
    change(&mut pack);
    toy::load(&pack)
}

fn at(text: &str) -> Option<DateTime> {
    Some(text.parse().unwrap())
}

fn line_up(pack: &RulePack, contacts: &[&str], now: Option<DateTime>) -> LineUp {
    let contacts: Vec<String> = contacts.iter().map(|id| (*id).to_owned()).collect();
    pack.line_up(&contacts, LocalTime { now, bank_holidays: &bank_holidays() })
}

fn said(openness: Openness) -> String {
    match openness {
        Openness::Open { until } => {
            format!(
                "open until {}",
                until.map_or("-".to_owned(), |until| until.strftime("%a %d %H:%M").to_string())
            )
        }
        Openness::Closed { opens } => {
            format!(
                "closed, opens {}",
                opens.map_or("-".to_owned(), |opens| opens.strftime("%a %d %H:%M").to_string())
            )
        }
        Openness::Unknown(doubt) => format!("{doubt:?}"),
    }
}

fn in_view(line_up: &LineUp) -> Vec<(String, String)> {
    line_up.first.iter().map(|first| (first.contact.id.clone(), said(first.openness))).collect()
}

/// When, and what is in view for an action that names the office and the night team.
const TIMES: &[(&str, &[(&str, &str)])] = &[
    // Working hours, to the minute.
    ("2026-11-26T09:00", &[("office", "open until Thu 26 17:00")]),
    ("2026-11-26T16:59", &[("office", "open until Thu 26 17:00")]),
    ("2026-11-26T17:00", &[("night", "open until Fri 27 08:30"), ("office", "closed, opens Fri 27 09:00")]),
    // Hours that differ from page to page: both, and neither is called open or closed.
    ("2026-11-26T08:30", &[("office", "HoursDiffer"), ("night", "HoursDiffer")]),
    ("2026-11-26T08:59", &[("office", "HoursDiffer"), ("night", "HoursDiffer")]),
    ("2026-11-26T08:29", &[("night", "open until Thu 26 08:30"), ("office", "closed, opens Thu 26 09:00")]),
    // A lunch break.
    ("2026-11-25T12:29", &[("office", "open until Wed 25 12:30")]),
    ("2026-11-25T12:30", &[("night", "open until Wed 25 13:30"), ("office", "closed, opens Wed 25 13:30")]),
    ("2026-11-25T13:30", &[("office", "open until Wed 25 17:00")]),
    // Night, on both sides of midnight.
    ("2026-11-25T23:59", &[("night", "open until Thu 26 08:30"), ("office", "closed, opens Thu 26 09:00")]),
    ("2026-11-26T00:00", &[("night", "open until Thu 26 08:30"), ("office", "closed, opens Thu 26 09:00")]),
    // A weekend.
    ("2026-11-27T17:00", &[("night", "open until Mon 30 08:30"), ("office", "closed, opens Mon 30 09:00")]),
    ("2026-11-28T11:00", &[("night", "open until Mon 30 08:30"), ("office", "closed, opens Mon 30 09:00")]),
    // A bank holiday on a Monday.
    ("2026-08-31T11:00", &[("night", "open until Tue 01 08:30"), ("office", "closed, opens Tue 01 09:00")]),
    // Easter, four days.
    ("2026-04-02T18:00", &[("night", "open until Tue 07 08:30"), ("office", "closed, opens Tue 07 09:00")]),
    // Christmas 2026: Friday, the weekend, and Monday instead of Boxing Day.
    ("2026-12-24T16:59", &[("office", "open until Thu 24 17:00")]),
    ("2026-12-24T17:00", &[("night", "open until Tue 29 08:30"), ("office", "closed, opens Tue 29 09:00")]),
    ("2026-12-26T11:00", &[("night", "open until Tue 29 08:30"), ("office", "closed, opens Tue 29 09:00")]),
    ("2026-12-28T11:00", &[("night", "open until Tue 29 08:30"), ("office", "closed, opens Tue 29 09:00")]),
    // The clocks change on a Sunday at one in the morning: hours are those of the clock on the wall.
    ("2026-03-29T00:59", &[("night", "open until Mon 30 08:30"), ("office", "closed, opens Mon 30 09:00")]),
    ("2026-03-29T02:00", &[("night", "open until Mon 30 08:30"), ("office", "closed, opens Mon 30 09:00")]),
    ("2026-10-25T01:30", &[("night", "open until Mon 26 08:30"), ("office", "closed, opens Mon 26 09:00")]),
];

#[test]
fn the_number_that_answers_now_comes_first() {
    let pack = pack_with(|_| ());
    for (now, expected) in TIMES {
        let line_up = line_up(&pack, &["office", "night"], at(now));
        let expected: Vec<(String, String)> =
            expected.iter().map(|(id, said)| ((*id).to_owned(), (*said).to_owned())).collect();
        assert_eq!(in_view(&line_up), expected, "{now}");
        assert_eq!(line_up.is_out_of_hours, expected[0].0 == "night", "{now}");
        assert_eq!(line_up.doubt, None, "{now}");
    }
}

#[test]
fn a_number_whose_hours_are_unknown_comes_with_the_one_that_answers() {
    let pack = pack_with(|_| ());
    let ids = |contacts: &[&str], now: &str| -> Vec<String> {
        in_view(&line_up(&pack, contacts, at(now))).into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids(&["line"], "2026-11-26T10:00"), ["line", "office"]);
    assert_eq!(ids(&["line"], "2026-11-26T22:00"), ["line", "night"], "the office is closed by then");
    assert_eq!(ids(&["line"], "2026-11-26T08:45"), ["line", "office", "night"]);
    // Nobody answers instead: a number of the action that is always open, or else a national one.
    assert_eq!(ids(&["alone", "office", "101"], "2026-11-26T10:00"), ["alone", "office"]);
    assert_eq!(ids(&["alone", "101"], "2026-11-26T10:00"), ["alone", "101"]);
    assert_eq!(ids(&["alone"], "2026-11-26T10:00"), ["alone", "999"]);
    assert_eq!(
        ids(&["mailbox", "office"], "2026-11-26T22:00"),
        ["night", "office"],
        "an address is no number"
    );
}

#[test]
fn the_order_of_an_action_is_kept_while_its_first_number_answers() {
    let pack = pack_with(|_| ());
    let line_up = line_up(&pack, &["999", "office", "night", "mailbox"], at("2026-11-26T22:00"));
    assert_eq!(in_view(&line_up), [("999".to_owned(), "open until -".to_owned())]);
    let others: Vec<&str> = line_up.others.iter().map(|other| other.contact.id.as_str()).collect();
    assert_eq!(others, ["night", "office", "mailbox"], "the closed office comes after the one that answers");
}

/// From the first day that the list does not reach, a weekday may be a bank holiday.
#[test]
fn when_the_list_of_bank_holidays_has_ended_both_numbers_are_in_view() {
    let pack = pack_with(|_| ());
    let last = line_up(&pack, &["office"], at("2027-12-31T10:00"));
    assert_eq!(in_view(&last), [("office".to_owned(), "open until Fri 31 17:00".to_owned())]);
    let weekday = line_up(&pack, &["office"], at("2028-01-03T10:00"));
    assert_eq!(weekday.doubt, Some(TimeDoubt::After(date(2027, 12, 31))));
    let both = |first: &str, other: &str, doubt: &str| {
        [(first.to_owned(), doubt.to_owned()), (other.to_owned(), doubt.to_owned())]
    };
    assert_eq!(in_view(&weekday), both("office", "night", "BankHoliday"));
    // At night the order says what is likely; nothing is called closed on the word of a date that may be wrong.
    let night = line_up(&pack, &["office"], at("2028-01-03T23:00"));
    assert_eq!(in_view(&night), both("night", "office", "Time"));
}

#[test]
fn before_the_pack_began_the_date_is_doubted_and_both_numbers_are_in_view() {
    let pack = pack_with(|_| ());
    let early = line_up(&pack, &["office"], at("2025-11-26T10:00"));
    assert_eq!(early.doubt, Some(TimeDoubt::Before(date(2026, 1, 1))));
    let ids: Vec<&str> = early.first.iter().map(|first| first.contact.id.as_str()).collect();
    assert_eq!(ids, ["office", "night"]);
    assert!(early.first.iter().all(|first| matches!(first.openness, Openness::Unknown(_))));
    // A number that was checked later, or an approval, says more than the pack's first day.
    let checked = pack_with(|pack| pack["contacts"][2]["checked_on"] = "2026-06-01".into());
    assert!(line_up(&checked, &["office"], at("2026-05-31T10:00")).doubt.is_some());
    assert!(line_up(&checked, &["office"], at("2026-06-01T10:00")).doubt.is_none());
}

#[test]
fn without_a_local_time_both_numbers_are_in_view_and_999_still_answers() {
    let pack = pack_with(|_| ());
    let office = line_up(&pack, &["office"], None);
    assert_eq!(office.doubt, Some(TimeDoubt::NotKnown));
    assert!(office.first.iter().all(|first| first.openness == Openness::Unknown(Doubt::Time)));
    assert_eq!(office.first.len(), 2);
    let emergency = line_up(&pack, &["999"], None);
    assert_eq!(emergency.first[0].openness, Openness::Open { until: None });
}

#[test]
fn a_bank_holiday_follows_what_the_contact_does_on_it() {
    for (code, expected) in [
        ("closed", "closed, opens Tue 01 09:00"),
        ("as_usual", "open until Mon 31 17:00"),
        ("all_day", "open until Tue 01 00:00"),
        ("unknown", "BankHoliday"),
    ] {
        let pack = pack_with(|pack| pack["contacts"][2]["hours"]["bank_holidays"] = code.into());
        let line_up = line_up(&pack, &["office"], at("2026-08-31T11:00"));
        let office = line_up.first.iter().find(|first| first.contact.id == "office").unwrap();
        assert_eq!(said(office.openness), expected, "{code}");
    }
}

#[test]
fn an_authority_adds_bank_holidays_and_later_years() {
    let pack = pack_with(|pack| {
        pack["bank_holidays"] = json!({"days": ["2026-11-26", "2028-01-03"], "known_until": "2028-12-31"});
    });
    let bank_holidays = bank_holidays().with(pack.more_bank_holidays());
    let opens = |now: &str| {
        let time = LocalTime { now: at(now), bank_holidays: &bank_holidays };
        said(pack.line_up(&["office".to_owned()], time).first.pop().unwrap().openness)
    };
    assert_eq!(opens("2026-11-26T10:00"), "closed, opens Fri 27 09:00");
    assert_eq!(opens("2028-01-03T10:00"), "closed, opens Tue 04 09:00");
    assert_eq!(opens("2028-01-04T10:00"), "open until Tue 04 17:00");
}

#[test]
fn a_list_of_bank_holidays_that_is_wrong_is_refused_with_its_place() {
    let list = |change: &dyn Fn(&mut Value)| {
        let mut list = json!({"title": "t", "source": "s", "known_from": "2026-01-01", "known_until": "2026-12-31",
            "days": ["2026-12-25"]});
        change(&mut list);
        BankHolidays::load(&list.to_string()).map_err(|wrong| wrong[0].place.clone())
    };
    assert!(list(&|_| ()).is_ok());
    for (what, change, place) in [
        ("no day", (|l| l["days"] = json!(["2026-02-30"])) as fn(&mut Value), "days"),
        ("a day twice", |l| l["days"] = json!(["2026-12-25", "2026-12-25"]), "days"),
        ("a day that the list does not reach", |l| l["days"] = json!(["2027-01-01"]), "days"),
        ("the wrong way round", |l| l["known_until"] = "2025-12-31".into(), "known_until"),
        ("no end", |l| l["known_until"] = Value::Null, "known_until"),
    ] {
        assert_eq!(list(&change).unwrap_err(), place, "{what}");
    }
}
