//! Numbers and addresses with a form of their own: what people type, normalised, or `None`.
//!
//! All of it is read by [`assessment_form::typed`] first, so that no reader here knows what a dash or a space may look
//! like. Dates and ages are elsewhere: `assessment_form::WrittenDate`, `answers::AgeAbout`.
//!
//! Written by hand because the usual crates bring regular-expression and Unicode tables that a home visit would have
//! to download. For the same reason letters are ASCII here, and any other letter may be in a domain. Rules and test
//! vectors are in `tests/data/validation_vectors.json`.

mod email;
mod phone;
mod time;

pub use email::{character_name, email, email_fault};
pub use phone::{Phone, phone, phone_parts};
pub use time::{is_half_unclear, time};

use assessment_form::Kind;
use assessment_form::typed::{compact, plain};

pub use assessment_form::typed::is_hidden;

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
    let number = compact(text, &["NHS", "NUMBER", "NUM", "NO"]);
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
    let number = compact(text, &["UNIQUELEARNER", "ULN", "NUMBER", "NUM", "NO"]);
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
    let upn = compact(text, &["UNIQUEPUPIL", "UPN", "NUMBER", "NO"]);
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
    let uci = compact(text, &["UNIQUECANDIDATEIDENTIFIER", "UCI", "NUMBER", "NO"]);
    let characters: Vec<char> = uci.chars().collect();
    let (letter, number) = characters.split_last()?;
    (number.len() == 12 && number.iter().all(char::is_ascii_digit) && letter.is_ascii_uppercase())
        .then_some(uci)
}

/// A UK postcode in capitals with one space, also of the forces (`BFPO 58`) and of the territories overseas.
#[must_use]
pub fn postcode(text: &str) -> Option<String> {
    const TERRITORIES: [&str; 10] =
        ["ASCN", "BBND", "BIQQ", "FIQQ", "PCRN", "SIQQ", "STHL", "TDCU", "TKCA", "GX11"];
    let code = compact(text, &["POSTCODE"]);
    if let Some(number) = code.strip_prefix("BFPO") {
        let is_number = (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        return is_number.then(|| format!("BFPO {number}"));
    }
    if !code.is_ascii() || code.len() < 5 {
        return None;
    }
    let (outward, inward) = code.split_at_checked(code.len() - 3)?;
    let known = (outward == "GIR" && inward == "0AA")
        || (TERRITORIES.contains(&outward) && matches!(inward, "1ZZ" | "1AA"))
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

/// A child's or an assessment's reference: letters and digits, at most 20. Dashes and spaces between them go.
#[must_use]
pub fn reference(text: &str) -> Option<String> {
    let read = plain(text);
    let kept: String =
        read.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '/' | '_' | '(' | ')')).collect();
    ((1..=20).contains(&kept.len()) && kept.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(kept)
}

/// A score from 0 to 10, also as `7/10`.
#[must_use]
pub fn score(text: &str) -> Option<u8> {
    let read = plain(text);
    let score = read.strip_suffix("/10").map_or(read.as_str(), str::trim_end);
    let is_number = (1..=2).contains(&score.len()) && score.bytes().all(|byte| byte.is_ascii_digit());
    score.parse().ok().filter(|score| is_number && *score <= 10)
}

/// An amount of money in pence, written in pounds: `25`, `£25.50`, `1,200`. At most a million pounds.
#[must_use]
pub fn pence(text: &str) -> Option<u32> {
    let read = plain(text).replace(',', "");
    let amount = read.strip_prefix('£').map_or(read.as_str(), str::trim_start);
    let (pounds, pence) = amount.split_once('.').unwrap_or((amount, "00"));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_amount =
        (1..=7).contains(&pounds.len()) && pence.len() == 2 && are_digits(pounds) && are_digits(pence);
    let (pounds, pence): (u32, u32) = (pounds.parse().ok()?, pence.parse().ok()?);
    (is_amount && pounds <= 1_000_000).then_some(pounds * 100 + pence)
}

/// What was typed as it is shown: a number, postcode, time or email address in the one way in which it is written. `None`
/// for other kinds of question, and for what cannot be read.
#[must_use]
pub fn read_as(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::NhsNumber => nhs_number(text).map(|number| in_threes(&number)),
        Kind::Upn => upn(text),
        Kind::Uln => uln(text),
        Kind::Uci => uci(text),
        Kind::Postcode => postcode(text),
        Kind::Email => email(text),
        Kind::Time => time(text),
        Kind::Reference => reference(text),
        _ => None,
    }
}

/// An NHS number as it is printed on letters: `999 000 0018`.
fn in_threes(number: &str) -> String {
    let mut parts = String::with_capacity(12);
    for (at, digit) in number.chars().enumerate() {
        if matches!(at, 3 | 6) {
            parts.push(' ');
        }
        parts.push(digit);
    }
    parts
}
