//! Numbers and addresses with a form of their own: what people type, normalised, or `None`.
//!
//! Written by hand because the usual crates bring regular-expression and Unicode tables that a home visit would have
//! to download. For the same reason letters are ASCII here, and any other letter may be in a domain. Rules and test vectors are in `tests/data/validation_vectors.json`.

/// The characters of an identifier: spaces, hyphens and invisible characters go, letters become capitals.
fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && !is_hidden(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Characters that cannot be seen or that turn the direction of text.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{61c}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a text has a character that [`is_hidden`] and that its script does not need. Plain letters, digits and marks
/// are passed over eight at a time, and others by the bytes that no such character has.
pub(super) fn has_hidden(text: &str) -> bool {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let hides = |at: usize| {
        let (before, here) = text.split_at_checked(at)?;
        let mut here = here.chars();
        let c = here.next()?;
        Some(is_hidden(c) && !is_joiner(before.chars().next_back(), c, here.next()))
    };
    let among = |from: usize, bytes: &[u8]| {
        bytes.iter().zip(from..).any(|(byte, at)| {
            matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef) && hides(at) == Some(true)
        })
    };
    eights.iter().zip((0..).step_by(8)).any(|(eight, from)| !are_plain(*eight) && among(from, eight))
        || among(text.len() - rest.len(), rest)
}

/// Whether all eight are ASCII characters that can be seen, or spaces: none has its highest bit, none is below a space,
/// none is 0x7f.
fn are_plain(bytes: [u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(bytes);
    // Without their highest bits, adding cannot carry from one byte into the next.
    let low = word & (0x7f * EACH);
    let at_least_space = low + 0x60 * EACH;
    let at_most_tilde = !(low + EACH);
    word & (0x80 * EACH) == 0 && at_least_space & at_most_tilde & (0x80 * EACH) == 0x80 * EACH
}

/// Whether `c` shapes the letters beside it, as Persian, Urdu and the scripts of India need it. Between such letters,
/// or after the indicator that takes a letter's vowel away, with which some names end.
fn is_joiner(before: Option<char>, c: char, after: Option<char>) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
        && before.is_some_and(is_joined)
        && (after.is_some_and(is_joined)
            || before.is_some_and(|c| matches!(c, '\u{900}'..='\u{dff}') && u32::from(c) & 0x7f == 0x4d))
}

/// Letters and marks, not digits and stops, of the scripts that join: Arabic, Syriac, N'Ko, those of India and Sri
/// Lanka, Burmese, Khmer and Mongolian. Written out because Unicode's tables would have to be downloaded.
fn is_joined(c: char) -> bool {
    match c {
        '\u{900}'..='\u{dff}' => !matches!(u32::from(c) & 0x7f, 0x64..=0x6f),
        _ => matches!(c,
            '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}'..='\u{6dc}' | '\u{6df}'..='\u{6ef}'
            | '\u{6fa}'..='\u{6ff}' | '\u{710}'..='\u{77f}' | '\u{7ca}'..='\u{7f5}' | '\u{8a0}'..='\u{8e1}'
            | '\u{8e3}'..='\u{8ff}' | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}'
            | '\u{1780}'..='\u{17d3}' | '\u{1820}'..='\u{18aa}'),
    }
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// Weighted sum of the leading digits with weights that count down from `first`.
fn weighted(digits: &[u32], first: u32) -> u32 {
    digits.iter().zip((0..=first).rev()).map(|(digit, weight)| digit * weight).sum()
}

/// An NHS number as ten digits. Check digit by modulus 11; ten equal digits are refused although they pass.
#[must_use]
pub fn nhs_number(text: &str) -> Option<String> {
    let number = compact(text);
    let all = digits(&number).filter(|all| all.len() == 10)?;
    let (last, first) = all.split_last()?;
    if first.iter().all(|digit| digit == last) {
        return None;
    }
    let check = 11 - weighted(first, 10) % 11;
    (check % 11 == *last && check != 10).then_some(number)
}

/// A unique learner number as ten digits.
#[must_use]
pub fn uln(text: &str) -> Option<String> {
    let number = compact(text);
    let all = digits(&number).filter(|all| all.len() == 10)?;
    let (last, first) = all.split_last()?;
    let rest = weighted(first, 10) % 11;
    (rest != 0 && 10 - rest == *last).then_some(number)
}

/// The letters of unique pupil numbers, by value. I, O and S are never used.
const UPN_LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

/// A unique pupil number as thirteen characters: check letter, local authority, and a serial that may end in a letter
/// when it is temporary.
#[must_use]
pub fn upn(text: &str) -> Option<String> {
    let upn = compact(text);
    let characters: Vec<char> = upn.chars().collect();
    let (letter, rest) = characters.split_first()?;
    if rest.len() != 12 {
        return None;
    }
    let value = |at: usize, c: char| {
        c.to_digit(10).or_else(|| {
            let letter = UPN_LETTERS.chars().position(|l| l == c).and_then(|v| u32::try_from(v).ok());
            letter.filter(|_| at == 11)
        })
    };
    let values: Option<Vec<u32>> = rest.iter().enumerate().map(|(at, c)| value(at, *c)).collect();
    let values = values?;
    let authority = values.iter().take(3).fold(0, |sum, digit| sum * 10 + digit);
    if !is_upn_authority(authority) {
        return None;
    }
    let sum: u32 = values.iter().zip(2..).map(|(value, weight)| value * weight).sum();
    let expected = usize::try_from(sum % 23).ok().and_then(|at| UPN_LETTERS.chars().nth(at));
    (expected == Some(*letter)).then_some(upn)
}

/// Local authority codes in pupil numbers.
fn is_upn_authority(code: u32) -> bool {
    const RANGES: &[(u32, u32)] = &[
        (1, 5),
        (201, 213),
        (301, 320),
        (330, 336),
        (340, 344),
        (350, 359),
        (370, 373),
        (380, 384),
        (390, 394),
        (420, 420),
        (660, 681),
        (701, 708),
        (800, 803),
        (805, 808),
        (810, 813),
        (815, 816),
        (820, 823),
        (825, 826),
        (830, 831),
        (835, 841),
        (845, 846),
        (850, 852),
        (855, 857),
        (860, 861),
        (865, 896),
        (908, 909),
        (916, 916),
        (919, 919),
        (921, 921),
        (925, 926),
        (928, 929),
        (931, 931),
        (933, 933),
        (935, 938),
        (940, 941),
    ];
    RANGES.iter().any(|(from, to)| (*from..=*to).contains(&code))
}

/// A unique candidate identifier: twelve digits and a letter. Its check letter is not verified: the rule for it was
/// not found in a source.
#[must_use]
pub fn uci(text: &str) -> Option<String> {
    let uci = compact(text);
    let characters: Vec<char> = uci.chars().collect();
    let (letter, number) = characters.split_last()?;
    (number.len() == 12 && number.iter().all(char::is_ascii_digit) && letter.is_ascii_uppercase())
        .then_some(uci)
}

/// A UK postcode in capitals with one space.
#[must_use]
pub fn postcode(text: &str) -> Option<String> {
    let code = compact(text);
    if !code.is_ascii() || code.len() < 5 {
        return None;
    }
    let (outward, inward) = code.split_at_checked(code.len() - 3)?;
    let known = (outward == "GIR" && inward == "0AA")
        || (is_outward(outward.as_bytes()) && is_inward(inward.as_bytes()));
    known.then(|| format!("{outward} {inward}"))
}

fn is_outward(code: &[u8]) -> bool {
    let first = |c: u8| c.is_ascii_uppercase() && !b"QVX".contains(&c);
    let second = |c: u8| c.is_ascii_uppercase() && !b"IJZ".contains(&c);
    match *code {
        [a, n] => first(a) && n.is_ascii_digit(),
        [a, n, x] if n.is_ascii_digit() => {
            first(a) && (x.is_ascii_digit() || b"ABCDEFGHJKPSTUW".contains(&x))
        }
        [a, b, n] => first(a) && second(b) && n.is_ascii_digit(),
        [a, b, n, x] => {
            first(a)
                && second(b)
                && n.is_ascii_digit()
                && (x.is_ascii_digit() || b"ABEHMNPRVWXY".contains(&x))
        }
        _ => false,
    }
}

fn is_inward(code: &[u8]) -> bool {
    let letter = |c: u8| c.is_ascii_uppercase() && !b"CIKMOV".contains(&c);
    matches!(*code, [n, a, b] if n.is_ascii_digit() && letter(a) && letter(b))
}

/// A phone number: digits with the usual marks between them, UK national or international. An extension may follow.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    // Most are written as `0113 496 0000`.
    if text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ') {
        let mut digits = text.to_owned();
        digits.retain(|c| c != ' ');
        if matches!(digits.len(), 10 | 11) {
            return Some(digits);
        }
    }
    let text: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    let lower = text.trim().to_ascii_lowercase();
    // `x` or `ext`; searching for a whole word would bring the library's text search into the download.
    let (mut rest, extension) = match lower.split_once('x') {
        Some((number, after)) => {
            let (number, after) = match (number.strip_suffix('e'), after.strip_prefix('t')) {
                (Some(number), Some(after)) => (number, after),
                _ => (number, after),
            };
            (number, Some(after.trim_start_matches('.').trim().to_owned()))
        }
        None => (lower.as_str(), None),
    };
    let mut number = String::new();
    while let Some((before, after)) = rest.split_once('(') {
        number.push_str(before);
        // The nought that is dialled only within the country.
        rest = after.strip_prefix("0)").unwrap_or(after);
    }
    number.push_str(rest);
    let plain: String =
        number.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}')).collect();
    let extension_is_fine = extension
        .is_none_or(|rest| (1..=6).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit()));
    let (international, digits) = match plain.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, plain.as_str()),
    };
    if !extension_is_fine || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let length = digits.len();
    let fits = if international {
        (7..=15).contains(&length) && !digits.starts_with('0')
    } else if digits.starts_with('0') {
        // 00 for abroad, or a UK number of ten or eleven digits; Childline is one of the few with eight.
        if digits.starts_with("00") {
            (9..=17).contains(&length)
        } else {
            (10..=11).contains(&length) || length == 8
        }
    } else {
        matches!(digits, "999" | "101" | "111" | "112" | "18000")
    };
    fits.then_some(plain)
}

/// An email address: something, an `@`, and a domain with a dot. More would refuse addresses that work.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let email = text.trim();
    let (local, domain) = email.rsplit_once('@')?;
    let plain = |part: &str| !part.chars().any(|c| c.is_whitespace() || c == ',' || c == ';' || is_hidden(c));
    let labels_are_fine = domain.split('.').count() >= 2
        && domain.split('.').all(|label| {
            let edge = |c: char| c == '-';
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with(edge)
                && !label.ends_with(edge)
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
        });
    let local_is_fine = !local.is_empty()
        && local.len() <= 64
        && local.bytes().all(|byte| byte != b'@')
        && local.split('.').all(|part| !part.is_empty());
    (email.len() <= 254 && plain(local) && plain(domain) && labels_are_fine && local_is_fine)
        .then(|| email.to_owned())
}

/// A child's or an assessment's reference: letters and digits, at most 20.
#[must_use]
pub fn reference(text: &str) -> Option<String> {
    let text = text.trim();
    ((1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .then(|| text.to_owned())
}

/// A time of day as `14:30`; `2.30` and `0230` are times too.
#[must_use]
pub fn time(text: &str) -> Option<String> {
    let text = text.trim();
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some(parts) => parts,
        None => text.split_at_checked(text.len().checked_sub(2)?)?,
    };
    let number = |part: &str, length: std::ops::RangeInclusive<usize>| {
        (length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u8>().ok())?
    };
    let (hours, minutes) = (number(hours, 1..=2)?, number(minutes, 2..=2)?);
    (hours < 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

/// A score from 0 to 10.
#[must_use]
pub fn score(text: &str) -> Option<u8> {
    let text = text.trim();
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|score| plain && *score <= 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_found_at_every_place_and_nothing_else_is() {
        for c in ('\0'..='\u{2070}').chain(['\u{feff}', '\u{1f466}', '\u{10ffff}']) {
            for before in 0..=9 {
                let text = format!("{}{c}{}", "a ~".repeat(3).split_at(before).0, "Zz");
                assert_eq!(has_hidden(&text), is_hidden(c), "{c:?} after {before}");
            }
        }
        assert!(!has_hidden("") && !has_hidden(&" ~".repeat(50)));
    }
}
