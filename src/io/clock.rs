//! The device's clock and its random source: the only place in the browser side that asks for either.

use jiff::civil::Date;
use js_sys::Date as JsDate;
use wasm_bindgen::JsValue;

/// Today in the device's time zone.
pub(crate) fn today() -> Date {
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
    words_of(&JsDate::new_0())
}

/// Now, as RFC 3339.
pub(crate) fn now_rfc3339() -> String {
    JsDate::new_0().to_iso_string().into()
}

fn words_of(date: &JsDate) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeStyle", "short")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string("en-GB", &options).into()
}
