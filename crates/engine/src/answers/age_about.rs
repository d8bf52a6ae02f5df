//! An age, for a child whose date of birth nobody knows: `about 6`, `8 months`, `5 or 6`. Read strictly: a word that is not
//! understood is no age, since the rules depend on it.

use assessment_form::typed::plain;
use jiff::civil::Date;

/// An age in completed months, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeAbout {
    /// At least so many.
    pub from: u32,
    /// Fewer than so many.
    pub below: u32,
    /// How many months it may be off either way: people who count years may be a year out, those who count months one.
    pub give: u32,
}

impl AgeAbout {
    /// Reads an age. A number alone means years. `None` for anything that is not understood, and for an age over 99.
    #[must_use]
    pub fn parse(text: &str) -> Option<AgeAbout> {
        let text = plain(text).chars().flat_map(char::to_lowercase).collect::<String>();
        let text = text.replace(['\u{bd}'], " and a half ");
        if matches!(text.as_str(), "newborn" | "new born" | "new-born" | "just born") {
            return Some(AgeAbout { from: 0, below: 1, give: 1 });
        }
        let words = words(&text)?;
        let words: Vec<Word> = words.into_iter().filter(|word| *word != Word::About).collect();
        let (from, below) = match *words.as_slice() {
            [Word::Number(years)] => (years * 12, (years + 1) * 12),
            [Word::Number(count), Word::Unit(unit)] => unit.months(count, count),
            [Word::Number(years), Word::Half] => (years * 12 + 6, (years + 1) * 12),
            [Word::Number(years), Word::Half, Word::Unit(Unit::Year)]
            | [Word::Number(years), Word::Unit(Unit::Year), Word::Half] => (years * 12 + 6, (years + 1) * 12),
            [Word::Number(years), Word::Unit(Unit::Year), Word::Number(months)]
            | [Word::Number(years), Word::Unit(Unit::Year), Word::Number(months), Word::Unit(Unit::Month)]
                if months < 12 =>
            {
                (years * 12 + months, years * 12 + months + 1)
            }
            [Word::Number(low), Word::To, Word::Number(high)] if low < high => Unit::Year.months(low, high),
            [Word::Number(low), Word::To, Word::Number(high), Word::Unit(unit)] if low < high => {
                unit.months(low, high)
            }
            [
                Word::Number(low),
                Word::Unit(low_unit),
                Word::To,
                Word::Number(high),
                Word::Unit(high_unit),
            ] => (low_unit.months(low, low).0, high_unit.months(high, high).1),
            _ => return None,
        };
        let is_shorter = |word: &Word| matches!(word, Word::Unit(Unit::Month | Unit::Week | Unit::Day));
        let is_in_months = words.iter().any(is_shorter) || below.checked_sub(from) == Some(1);
        (from < below && below <= 1200).then_some(AgeAbout {
            from,
            below,
            give: if is_in_months { 1 } else { 12 },
        })
    }

    /// The first and the last day on which somebody of this age may have been born. The age was true on `start` or is true
    /// on `today`: nobody says on which. It may be [`give`](AgeAbout::give) months off.
    #[must_use]
    pub fn born(self, start: Option<Date>, today: Date) -> Option<(Date, Date)> {
        let start = start.unwrap_or(today).min(today);
        let youngest = self.from.saturating_sub(self.give);
        Some((months_before(start, self.below + self.give)?, months_before(today, youngest)?))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Week,
    Day,
}

impl Unit {
    /// Completed months of an age from `low` to `high`, both included.
    fn months(self, low: u32, high: u32) -> (u32, u32) {
        match self {
            Unit::Year => (low * 12, (high + 1) * 12),
            Unit::Month => (low, high + 1),
            // A month has at least 4 weeks and less than 5.
            Unit::Week => (low / 5, high / 4 + 1),
            Unit::Day => (low / 31, high / 28 + 1),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Number(u32),
    Unit(Unit),
    /// Half a year more.
    Half,
    /// Between two ages.
    To,
    /// That it is not certain, or nothing.
    About,
}

fn words(text: &str) -> Option<Vec<Word>> {
    const NUMBERS: [&str; 19] = [
        "nought",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
    ];
    let text = text
        .replace("and a half", " half ")
        .replace("y/o", " years ")
        .replace("years-old", "years")
        .replace("year-old", "years")
        .replace(".5", " half ")
        .replace('-', " to ");
    let mut words = Vec::new();
    for piece in text.split([' ', ',', '.', '(', ')', '?', '~', ':']) {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (number, word) = piece.split_at_checked(digits)?;
        if digits > 0 {
            words.push(Word::Number(number.parse().ok().filter(|number| *number <= 400)?));
        }
        words.push(match word {
            "" => continue,
            "y" | "yr" | "yrs" | "year" | "years" | "yo" => Word::Unit(Unit::Year),
            "m" | "mo" | "mth" | "mths" | "month" | "months" => Word::Unit(Unit::Month),
            "w" | "wk" | "wks" | "week" | "weeks" => Word::Unit(Unit::Week),
            "d" | "day" | "days" => Word::Unit(Unit::Day),
            "half" => Word::Half,
            "to" | "or" => Word::To,
            "about" | "approx" | "approximately" | "around" | "roughly" | "circa" | "c" | "ca" | "maybe"
            | "perhaps" | "probably" | "nearly" | "almost" | "aged" | "age" | "old" | "of" | "and" => {
                Word::About
            }
            word => Word::Number(u32::try_from(NUMBERS.iter().position(|name| *name == word)?).ok()?),
        });
    }
    Some(words)
}

/// The same day so many months before, or the last of that month.
fn months_before(date: Date, months: u32) -> Option<Date> {
    let months = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 - i32::try_from(months).ok()?;
    let (year, month) =
        (i16::try_from(months.div_euclid(12)).ok()?, i8::try_from(months.rem_euclid(12) + 1).ok()?);
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, date.day().min(first.days_in_month())).ok()
}
