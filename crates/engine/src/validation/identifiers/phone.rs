//! Phone numbers, with the extension and whose number it is.

use assessment_form::typed::plain;

/// A phone number as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Digits, with a `+` first where it is written as from abroad.
    pub number: String,
    /// The digits of the extension; empty where there is none.
    pub extension: String,
    /// Whose number it is, or when to ring; empty where nothing is said.
    pub whose: String,
}

/// A phone number as digits, and ` x` and its extension where it has one.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    let Phone { number, extension, .. } = phone_parts(text)?;
    Some(if extension.is_empty() { number } else { format!("{number} x{extension}") })
}

/// A phone number: digits with the usual marks between them, UK national or international. An extension may follow, and
/// words before or after may say whose it is: `Gran 07700 900123`.
#[must_use]
pub fn phone_parts(text: &str) -> Option<Phone> {
    let text = plain(text);
    // A number in brackets, or one that starts inside a word, is found from its first digit.
    let mut before = None;
    text.char_indices()
        .filter(|(_, c)| {
            let follows_digit = before.is_some_and(|c: char| c.is_ascii_digit() || c == '+');
            before = Some(*c);
            (c.is_ascii_digit() || *c == '+') && !follows_digit
        })
        .find_map(|(at, _)| {
            let (before, rest) = text.split_at_checked(at)?;
            starting_here(before, rest)
        })
}

fn starting_here(before: &str, rest: &str) -> Option<Phone> {
    let is_part = |(at, c): (usize, char)| {
        c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/') || (at == 0 && c == '+')
    };
    let end = rest.char_indices().find(|part| !is_part(*part)).map_or(rest.len(), |(at, _)| at);
    let (written, after) = rest.split_at_checked(end)?;
    let number = number(written)?;
    let is_joined = written.ends_with(|c: char| c.is_ascii_digit());
    let (extension, after) = match extension(after)? {
        Some((extension, after)) => (extension, after),
        // A letter among the digits is a slip, not a name.
        None if is_joined && after.starts_with(char::is_alphanumeric) => return None,
        None => (String::new(), after),
    };
    let whose = [before, after]
        .map(|words| words.trim_matches(|c: char| c.is_ascii_punctuation() || c == ' ').to_owned());
    let whose = whose.join(" ").trim().to_owned();
    is_words(&whose).then_some(Phone { number, extension, whose })
}

/// The extension at the start of `after`, and what follows it. `None` where one is begun and is none.
fn extension(after: &str) -> Option<Option<(String, &str)>> {
    let lower = after.to_ascii_lowercase();
    let starts = lower.trim_start_matches([' ', ',', ';', '(', '-', ':']);
    let Some(rest) = ["extension", "extn", "ext", "x", "#"].iter().find_map(|name| starts.strip_prefix(name))
    else {
        return Some(None);
    };
    let rest = rest.trim_start_matches([' ', '.', ':', 'n', 'o']);
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 && rest.starts_with(|c: char| c.is_alphabetic()) {
        // A word that only begins like one.
        return Some(None);
    }
    let (digits, _) = rest.split_at_checked(length)?;
    let from = after.len() - rest.len() + length;
    let (_, following) = after.split_at_checked(from)?;
    let is_one = (1..=6).contains(&length) && !following.starts_with(char::is_alphanumeric);
    is_one.then(|| Some((digits.to_owned(), following)))
}

/// Nothing, or words. A digit is only in a word that starts with it, such as `4pm`, and never more than two together: a
/// longer run is a second number, or a slip in the first.
fn is_words(text: &str) -> bool {
    let is_word = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits == 0 || (digits <= 2 && word.starts_with(|c: char| c.is_ascii_digit()))
    };
    text.is_empty()
        || (text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && text.split_whitespace().all(is_word))
}

/// The digits of a number that can be dialled.
fn number(written: &str) -> Option<String> {
    let mut rest = written;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('(') {
        plain.push_str(before);
        // The nought that is dialled only within the country.
        let is_abroad = plain.starts_with('+') || plain.starts_with("00");
        rest = after.strip_prefix("0)").filter(|_| is_abroad).unwrap_or(after);
    }
    plain.push_str(rest);
    plain.retain(|c| c.is_ascii_digit() || c == '+');
    let (is_international, digits) = match plain.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, plain.as_str()),
    };
    let length = digits.len();
    let fits = if is_international {
        (7..=15).contains(&length) && !digits.starts_with('0')
    } else if digits.starts_with("00") {
        (9..=17).contains(&length)
    } else if digits.starts_with('0') {
        // A UK number has ten or eleven digits; Childline is one of the few with eight.
        (10..=11).contains(&length) || length == 8
    } else {
        matches!(digits, "999" | "101" | "111" | "112" | "18000")
            || (digits.starts_with("44") && length == 12)
    };
    fits.then_some(plain)
}
