//! Whether what was typed at one question is readable. Blanks are fine here: see `completeness`.

use assessment_form::typed::{has_misleading, length};
use assessment_form::{Kind, PartialDate, WrittenDate, is_blank};
use jiff::civil::Date;

use crate::answers::{AgeAbout, Node, PREGNANCY_DAYS, Visit, days_between, is_abroad};
use crate::code_lists;
use crate::standards::Standards;

use super::identifiers as id;
use super::indicators::Indicators;
use super::{Problem, ProblemCode as Code};

/// Adds the problems of one question.
pub(super) fn check(
    visit: &Visit<'_, '_>,
    standards: &Standards,
    indicators: &Indicators<'_>,
    problems: &mut Vec<Problem>,
) {
    let mut add = |code: Code| problems.push(Problem::new(visit.path(), code));
    match (visit.question.kind, visit.node) {
        (Kind::Choice(list), Node::Text(code))
            if !code.is_empty() && standards.lists.find(list, code).is_none() =>
        {
            add(Code::NotOffered);
        }
        (Kind::Choices(list), Node::List(codes)) => {
            if let Some(code) = wrong_choices(standards.lists.list(list), codes) {
                add(code);
            }
        }
        (Kind::Lines, Node::List(lines)) => {
            if lines.iter().any(|line| has_misleading(line)) {
                add(Code::HiddenCharacters);
            }
            too_long_lines(visit, lines, problems);
        }
        (Kind::Phones, Node::List(lines)) => {
            // What can be read is a number, however much is written around it.
            let is_number = |line: &str| line.len() <= MAX_READ && id::phone(line).is_some();
            if lines.iter().any(|line| !is_blank(line) && !is_number(line)) {
                add(Code::Phone);
            } else if lines.len() > MAX_LINES {
                problems.push(Problem::with_max(visit.path(), Code::TooLong, u32::from(visit.question.max)));
            }
        }
        (Kind::Text, Node::Text(text)) if has_misleading(text) => add(Code::HiddenCharacters),
        (Kind::Postcode, Node::Text(text)) => {
            // Another country has postcodes of its own.
            let is_one = text.len() <= MAX_READ && (id::postcode(text).is_some() || is_address_abroad(visit));
            let is_wrong = !is_blank(text) && !is_one;
            problems.extend(is_wrong.then(|| Problem::new(visit.path(), Code::Postcode)));
        }
        (kind, Node::Text(text)) if !is_blank(text) => {
            if let Some(code) = unreadable(kind, text) {
                add(code);
            }
        }
        (kind, Node::Date(date)) if !date.is_blank() => {
            if let Some(code) = unreadable_date(kind, &date.as_read(), visit.scope.facts.today) {
                let is_expected = code == Code::DateInFuture && may_be_unborn(visit);
                match expected(date, visit.scope.facts.today) {
                    _ if !is_expected => add(code),
                    true => {}
                    false => add(Code::ExpectedTooFar),
                }
            }
        }
        (Kind::Indicators, Node::Marks(marks)) => {
            // An element is a group called by its id, one level up; its indicators are known by the pack.
            if marks.is_empty() {
                return;
            }
            let element = visit.around();
            // Marks and indicators are in the same order as a rule, so the next mark is mostly that of the next indicator.
            let mut known = indicators.of_element(element);
            for (indicator, mark) in marks {
                let is_known = known.any(|known| known.id == *indicator) || {
                    known = indicators.of_element(element);
                    known.any(|known| known.id == *indicator)
                };
                if !is_known {
                    let at = format!("{}.{}", visit.path(), printable(indicator));
                    problems.push(Problem::new(at, Code::UnknownIndicator));
                } else if !matches!(mark.as_str(), "yes" | "unsure" | "no" | "") {
                    problems.push(Problem::new(format!("{}.{indicator}", visit.path()), Code::NotOffered));
                }
            }
        }
        _ => {}
    }
}

/// What is wrong with codes that were chosen from a list.
#[must_use]
pub fn wrong_choices(options: &[code_lists::Code], codes: &[String]) -> Option<Code> {
    // Codes are mostly in the order of the list, so the next one is looked for from the last one on.
    let mut from = 0;
    let (mut offered, mut exclusive) = (true, false);
    for code in codes {
        let found = options.iter().enumerate().skip(from).find(|(_, option)| option.code == *code);
        let found = found.or_else(|| options.iter().enumerate().find(|(_, o)| o.code == *code));
        match found {
            Some((at, option)) => {
                from = at + 1;
                exclusive |= option.exclusive;
            }
            None => offered = false,
        }
    }
    let repeated = || codes.iter().enumerate().any(|(at, code)| codes.iter().take(at).any(|c| c == code));
    if !offered {
        Some(Code::NotOffered)
    } else if repeated() {
        Some(Code::RepeatedOption)
    } else {
        (codes.len() > 1 && exclusive).then_some(Code::ExclusiveOption)
    }
}

/// Whether the address that the question belongs to is in another country.
fn is_address_abroad(visit: &Visit<'_, '_>) -> bool {
    let country = visit.group.position("country").and_then(|at| visit.group.get(at));
    matches!(country, Some(Node::Text(country)) if is_abroad(country))
}

/// Whether the question is the date of birth of somebody in the household who may not be born yet: anybody who is not of
/// an older generation.
fn may_be_unborn(visit: &Visit<'_, '_>) -> bool {
    let related = |code: &str| {
        matches!(
            code,
            "" | "sibling"
                | "half_sibling"
                | "step_sibling"
                | "unborn_sibling"
                | "cousin"
                | "niece_nephew"
                | "own_child"
                | "other"
                | "unknown"
        )
    };
    visit.group.key() == "household"
        && visit.scope.household_member().is_some_and(|member| related(&member.relationship))
}

/// Whether a baby may be expected on a date: a pregnancy lasts about 280 days.
fn expected(date: &WrittenDate, today: Date) -> bool {
    let first = date.partial().and_then(PartialDate::earliest);
    first.is_some_and(|first| days_between(today, first) <= PREGNANCY_DAYS)
}

/// A name from outside, safe to repeat.
fn printable(name: &str) -> String {
    name.chars().take(40).map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '?' }).collect()
}

/// The most lines of a list.
const MAX_LINES: usize = 20;

fn too_long_lines(visit: &Visit<'_, '_>, lines: &[String], problems: &mut Vec<Problem>) {
    let max = usize::from(visit.question.max);
    let is_too_long = |line: &String| line.len() > max && length(line.trim_end_matches('\r')) > max;
    if lines.len() > MAX_LINES || lines.iter().any(is_too_long) {
        problems.push(Problem::with_max(visit.path(), Code::TooLong, u32::from(visit.question.max)));
    }
}

/// The longest text in which a number or an address is looked for, in bytes.
const MAX_READ: usize = 1000;

/// What is wrong with a text that is to be a number, a time or the like. `None` for plain text.
#[must_use]
pub fn unreadable(kind: Kind, text: &str) -> Option<Code> {
    let (readable, code) = match kind {
        Kind::NhsNumber => (id::nhs_number(text).is_some(), Code::NhsNumber),
        Kind::Upn => (id::upn(text).is_some(), Code::Upn),
        Kind::Uln => (id::uln(text).is_some(), Code::Uln),
        Kind::Uci => (id::uci(text).is_some(), Code::Uci),
        Kind::Phone => (id::phone(text).is_some(), Code::Phone),
        Kind::Email if id::email_fault(text).is_some() => (false, Code::EmailCharacter),
        Kind::Email => (id::email(text).is_some(), Code::Email),
        Kind::Reference => (id::reference(text).is_some(), Code::Reference),
        Kind::Time if id::is_half_unclear(text) => (false, Code::TimeHalf),
        Kind::Time => (id::time(text).is_some(), Code::Time),
        Kind::Age => (AgeAbout::parse(text).is_some(), Code::Age),
        Kind::Score => (id::score(text).is_some(), Code::Score),
        Kind::Money => (id::pence(text).is_some(), Code::Money),
        _ => return None,
    };
    (!readable || text.len() > MAX_READ).then_some(code)
}

/// The first thing wrong with a date as it is read, in the order in which people can fix it.
#[must_use]
pub fn unreadable_date(kind: Kind, date: &WrittenDate, today: Date) -> Option<Code> {
    let partial_is_fine = matches!(kind, Kind::BirthDate | Kind::ExpectedDate);
    let year_is_enough = kind == Kind::BirthDate;
    if is_blank(&date.year) {
        return Some(Code::DateYearMissing);
    }
    let year = date.year.trim();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Code::DateYearDigits);
    }
    if is_blank(&date.month) && !(year_is_enough && is_blank(&date.day)) {
        return Some(Code::DateMonthMissing);
    }
    if is_blank(&date.day) && !partial_is_fine {
        return Some(Code::DateDayMissing);
    }
    let Some(read) = date.partial() else {
        return Some(Code::DateNotReal);
    };
    let first = read.earliest()?;
    match kind {
        Kind::PastDate | Kind::BirthDate if first > today => Some(Code::DateInFuture),
        _ => None,
    }
}
