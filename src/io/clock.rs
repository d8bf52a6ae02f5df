//! The device's clock and its random source: the only place in the browser side that asks for either.

use std::cell::RefCell;

use assessment_rules::Moment;
use jiff::civil::{Date, DateTime, Time};
use js_sys::{Array, Date as JsDate, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Today in the device's time zone.
fn today() -> Date {
    let now = JsDate::new_0();
    let year = i16::try_from(now.get_full_year()).unwrap_or(i16::MAX);
    let month = i8::try_from(now.get_month() + 1).unwrap_or(1);
    let day = i8::try_from(now.get_date()).unwrap_or(1);
    // JavaScript only gives dates that exist, and the calendar ends in the year 9999.
    Date::new(year, month, day).unwrap_or(Date::MAX)
}

/// The time of day, `14:03`.
pub(crate) fn time() -> String {
    let now = JsDate::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

thread_local! {
    /// What the browser said for the current minute: the time in a zone, and the time in words. It is asked at each key and
    /// each save, and making a format takes it longer than everything that the program itself does with a key.
    static IN_ZONE: RefCell<Option<(String, f64, Option<DateTime>)>> = const { RefCell::new(None) };
    static IN_WORDS: RefCell<Option<((f64, f64), String)>> = const { RefCell::new(None) };
}

const MINUTE: f64 = 60_000.0;

/// Now to the minute in a time zone such as `Europe/London`, whatever zone the device is in. The browser has the zones and
/// when their clocks change. `None` where it does not know the zone.
pub(crate) fn now_in(zone: &str) -> Option<DateTime> {
    // All zones change at whole minutes, and differ by whole minutes.
    let minute = (JsDate::now() / MINUTE).floor();
    let known = IN_ZONE.with_borrow(|known| {
        let known = known.as_ref().filter(|(other, at, _)| other == zone && *at == minute);
        known.map(|(_, _, time)| *time)
    });
    known.unwrap_or_else(|| {
        let time = ask_in(zone);
        IN_ZONE.set(Some((zone.to_owned(), minute, time)));
        time
    })
}

fn ask_in(zone: &str) -> Option<DateTime> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let format = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
    let options = [
        ("timeZone", zone),
        ("hourCycle", "h23"),
        ("year", "numeric"),
        ("month", "numeric"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
    ];
    // Called through `Reflect`, since the constructor throws at a zone that it does not know.
    let arguments = Array::of2(&"en-GB-u-ca-gregory-nu-latn".into(), &object(&options));
    let format = Reflect::construct(&format, &arguments).ok()?.unchecked_into::<Intl::DateTimeFormat>();
    let parts = format.format_to_parts(&JsDate::new_0());
    let number = |kind: &str| {
        let is_kind = |part: &JsValue| text(part, "type").is_some_and(|found| found == kind);
        text(&parts.iter().find(is_kind)?, "value")?.parse::<i16>().ok()
    };
    let small = |kind| i8::try_from(number(kind)?).ok();
    let (year, month, day) = (number("year")?, small("month")?, small("day")?);
    DateTime::new(year, month, day, small("hour")?, small("minute")?, 0, 0).ok()
}

/// Now: the instant, and the minute in a time zone such as `Europe/London`; in the device's own where the browser does not
/// know that zone.
pub(crate) fn moment(zone: &str) -> Moment {
    let now = JsDate::new_0();
    let own = || {
        let number = |number: u32| i8::try_from(number).unwrap_or_default();
        let time = Time::new(number(now.get_hours()), number(now.get_minutes()), 0, 0);
        DateTime::from_parts(today(), time.unwrap_or_default())
    };
    // Milliseconds since 1970 are whole and far below 2^53.
    let instant = (now.get_time() / 1_000.0) as i64;
    Moment { instant, local: now_in(zone).unwrap_or_else(own) }
}

/// A random id of 122 bits.
pub(crate) fn random_id() -> String {
    gloo_utils::window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// A moment in words, `23 November 2026 at 14:03`, in the device's time zone.
pub(crate) fn in_words(rfc3339: &str) -> String {
    words_of(&JsDate::new(&JsValue::from_str(rfc3339)))
}

/// Now, in words.
pub(crate) fn now_in_words() -> String {
    let now = JsDate::new_0();
    // The device may be taken to another zone meanwhile.
    let minute = ((now.get_time() / MINUTE).floor(), now.get_timezone_offset());
    let known = IN_WORDS.with_borrow(|known| {
        let known = known.as_ref().filter(|(at, _)| *at == minute);
        known.map(|(_, words)| words.clone())
    });
    known.unwrap_or_else(|| {
        let words = words_of(&now);
        IN_WORDS.set(Some((minute, words.clone())));
        words
    })
}

/// Now, as RFC 3339.
pub(crate) fn now_rfc3339() -> String {
    JsDate::new_0().to_iso_string().into()
}

/// As many days from now, as RFC 3339.
pub(crate) fn rfc3339_in(days: u32) -> String {
    let now = JsDate::new_0().get_time();
    JsDate::new(&JsValue::from_f64(now + f64::from(days) * 86_400_000.0)).to_iso_string().into()
}

fn words_of(date: &JsDate) -> String {
    date.to_locale_string("en-GB", &object(&[("dateStyle", "long"), ("timeStyle", "short")])).into()
}

fn object(fields: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    Reflect::get(of, &name.into()).ok()?.as_string()
}
