//! Times of day.

use assessment_form::typed::plain;

/// What a text says about the time of day.
enum Read {
    /// Minutes since midnight.
    At(u16),
    /// A time of the clock, and not which half of the day.
    WhichHalf,
}

/// A time of day as `14:30`. `2.30pm`, `1430`, `9am` and `noon` are times too; `2:30` is not before it says which half of
/// the day is meant.
#[must_use]
pub fn time(text: &str) -> Option<String> {
    match read(text)? {
        Read::At(minutes) => Some(format!("{:02}:{:02}", minutes / 60, minutes % 60)),
        Read::WhichHalf => None,
    }
}

/// Whether a time may be in either half of the day.
#[must_use]
pub fn is_half_unclear(text: &str) -> bool {
    matches!(read(text), Some(Read::WhichHalf))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn read(text: &str) -> Option<Read> {
    let text = plain(text).to_ascii_lowercase();
    let text = text.trim_end_matches(['.', ',']);
    match text.strip_prefix("12").unwrap_or(text).trim_start() {
        "noon" | "midday" => return Some(Read::At(12 * 60)),
        "midnight" => return Some(Read::At(0)),
        _ => {}
    }
    let (text, half) = half(text);
    let (text, is_whole) = ["hours", "hrs", "hr", "h", "o'clock", "oclock"]
        .iter()
        .find_map(|name| text.strip_suffix(name))
        .map_or((text, false), |rest| (rest.trim_end(), true));
    let (hours, minutes) = match text.split_once([':', '.', 'h']) {
        Some((hours, rest)) => (hours, rest.split_once(':').map_or(rest, |(minutes, _seconds)| minutes)),
        None if text.len() > 2 => text.split_at_checked(text.len() - 2)?,
        None if half.is_some() || is_whole || text.len() == 1 => (text, "00"),
        None => return None,
    };
    let number = |part: &str, length: std::ops::RangeInclusive<usize>| {
        let is_number = length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok())?
    };
    let (hour, minutes) = (number(hours, 1..=2)?, number(minutes, 2..=2)?);
    if hour > 23 || minutes > 59 {
        return None;
    }
    let hour = match (half, hour) {
        // A single digit is how people write the clock on the wall; a nought before it is how they write the whole day.
        (None, 1..=9) if hours.len() == 1 => return Some(Read::WhichHalf),
        (None, hour) => hour,
        (Some(Half::Morning), 12) => 0,
        (Some(Half::Morning), 0..=11) => hour,
        (Some(Half::Afternoon), 1..=11) => hour + 12,
        (Some(Half::Afternoon), 12..=23) => hour,
        (Some(_), _) => return None,
    };
    Some(Read::At(hour * 60 + minutes))
}

/// The half of the day that is said at the end, and the rest.
fn half(text: &str) -> (&str, Option<Half>) {
    const ENDS: [(&str, Half); 11] = [
        ("a.m", Half::Morning),
        ("p.m", Half::Afternoon),
        ("a m", Half::Morning),
        ("p m", Half::Afternoon),
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
        ("in the morning", Half::Morning),
        ("in the afternoon", Half::Afternoon),
        ("in the evening", Half::Afternoon),
        ("noon", Half::Afternoon),
        ("midday", Half::Afternoon),
    ];
    let found = ENDS.iter().find_map(|(end, half)| Some((text.strip_suffix(end)?, *half)));
    match found {
        Some((rest, half)) => (rest.trim_end(), Some(half)),
        None => (text, None),
    }
}
