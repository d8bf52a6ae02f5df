//! The one reader of what people type: it folds what carries no meaning, such as which dash, which space and which
//! apostrophe. Every identifier, phone number, postcode, date, time and email address is read through it, and every
//! comparison of names and addresses. What was typed is never changed: the reading is only for checking, comparing and
//! showing.
//!
//! Written by hand because the usual crates bring Unicode tables that a home visit would have to download.

/// Characters that cannot be seen or that turn the direction of text.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{61c}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Hidden characters that change what a reader sees or what a program does with the text: those that turn letters round,
/// and control characters. The others are left behind by copying, and mean nothing.
#[must_use]
pub fn is_misleading(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}') || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// One character as it is read: a plain dash, space, apostrophe, quotation mark, full stop or slash for all of its sort,
/// and full-width characters as usual ones. `None` for one that cannot be seen.
fn read(c: char) -> Option<char> {
    if c.is_ascii_graphic() || c == ' ' {
        return Some(c);
    }
    if is_hidden(c) {
        return None;
    }
    Some(match c {
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
            return Some(plain);
        }
        // Digits of mathematics, as some programs set numbers in bold.
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_digit((u32::from(c) - 0x1d7ce) % 10, 10).unwrap_or(c),
        // Variation selectors and joiners of graphemes.
        '\u{fe00}'..='\u{fe0f}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}' => {
            return None;
        }
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{58a}'
        | '\u{5be}'
        | '\u{1400}'
        | '\u{1806}'
        | '\u{2043}'
        | '\u{2053}'
        | '\u{207b}'
        | '\u{208b}'
        | '\u{2796}'
        | '\u{2e17}'
        | '\u{2e1a}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{2e40}'
        | '\u{2e5d}'
        | '\u{301c}'
        | '\u{3030}'
        | '\u{30a0}'
        | '\u{30fc}'
        | '\u{fe31}'
        | '\u{fe32}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff70}'
        | '\u{2d7}'
        | '\u{2500}'
        | '\u{23af}' => '-',
        '\u{2018}'..='\u{201b}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{b4}'
        | '\u{5f3}'
        | '\u{a78c}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{2036}' | '\u{301d}'..='\u{301f}' => {
            '"'
        }
        '\u{2024}' | '\u{3002}' | '\u{ff61}' | '\u{b7}' | '\u{2027}' | '\u{2219}' | '\u{fe52}' => '.',
        '\u{3001}' | '\u{fe50}' | '\u{ff64}' => ',',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{2236}' | '\u{fe55}' => ':',
        '\u{3010}' | '\u{3008}' | '\u{fe59}' => '(',
        '\u{3011}' | '\u{3009}' | '\u{fe5a}' => ')',
        c if c.is_whitespace() || c == '\u{2800}' => ' ',
        c => c,
    })
}

/// The text as it is read, without white space around it. Letters keep their capitals.
#[must_use]
pub fn plain(text: &str) -> String {
    let read: String = text.chars().filter_map(read).collect();
    // The accent key, where there is no letter under it.
    let read = if read.contains('`') { read.replace('`', "'") } else { read };
    let trimmed = read.trim();
    if trimmed.len() == read.len() { read } else { trimmed.to_owned() }
}

/// Marks that people put between and around the parts of a number.
fn is_between(c: char) -> bool {
    matches!(
        c,
        ' ' | '-'
            | '.'
            | ','
            | '/'
            | '\\'
            | '_'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '"'
            | '\''
            | ':'
            | ';'
            | '#'
            | '|'
            | '*'
            | '\u{2116}'
    )
}

/// The characters of a number or code: what people put between and around them goes, letters become capitals, and so
/// does a name in front, such as `NHS No:`. A name is taken away only where more follows.
#[must_use]
pub fn compact(text: &str, names: &[&str]) -> String {
    let read: String =
        text.chars().filter_map(read).filter(|c| !is_between(*c)).map(|c| c.to_ascii_uppercase()).collect();
    let mut rest = read.as_str();
    while let Some(shorter) = names.iter().find_map(|name| rest.strip_prefix(name)).filter(|s| !s.is_empty())
    {
        rest = shorter;
    }
    rest.to_owned()
}

/// The text without the characters that cannot be seen; letters that need joiners keep them.
#[must_use]
pub fn without_hidden(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if !is_hidden(c) || is_joiner(kept.chars().next_back(), c, letters.peek().copied()) {
            kept.push(c);
        }
    }
    kept
}

/// Whether a text has a character that [`is_hidden`] and that its script does not need. Plain letters, digits and marks
/// are passed over eight at a time, and others by the bytes that no such character has.
#[must_use]
pub fn has_hidden(text: &str) -> bool {
    has_any(text, is_hidden)
}

/// The same for what [`is_misleading`].
#[must_use]
pub fn has_misleading(text: &str) -> bool {
    has_any(text, is_misleading)
}

fn has_any(text: &str, is_one: fn(char) -> bool) -> bool {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let hides = |at: usize| {
        let (before, here) = text.split_at_checked(at)?;
        let mut here = here.chars();
        let c = here.next()?;
        Some(is_one(c) && !is_joiner(before.chars().next_back(), c, here.next()))
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
/// or after the sign that takes a letter's vowel away, with which some names end.
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

/// How many characters a text has, as people count: a line break is one, also where a program wrote it as two.
#[must_use]
pub fn length(text: &str) -> usize {
    let characters = text.chars().count();
    if text.contains('\r') { characters - text.matches("\r\n").count() } else { characters }
}

/// A name or a line as it is compared: capitals, spacing, kinds of dash and apostrophe, and whether an accent is its own
/// character make no difference. An accent itself does.
#[must_use]
pub fn compared(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in plain(text).split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            match accented(c) {
                Some((letter, accent)) => key.extend([letter, accent]),
                None => key.push(c),
            }
        }
    }
    key
}

/// The same with nothing but letters and digits: for looking for one text inside another.
#[must_use]
pub fn squeezed(text: &str) -> String {
    compared(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// A lower-case letter with an accent as letter and accent, for those that keyboards in England's classrooms give in both
/// ways: European ones, and the first letters of Arabic that carry a mark.
fn accented(c: char) -> Option<(char, char)> {
    /// Each accent with the letters that carry it, and the letters without it.
    const ACCENTS: &[(char, &str, &str)] = &[
        ('\u{300}', "àèìòùǹẁỳ", "aeiounwy"),
        ('\u{301}', "áéíóúýćĺńŕśźẃǵ", "aeiouyclnrszwg"),
        ('\u{302}', "âêîôûĉĝĥĵŝŵŷẑ", "aeioucghjswyz"),
        ('\u{303}', "ãñõĩũẽỹ", "anoiuey"),
        ('\u{304}', "āēīōūȳ", "aeiouy"),
        ('\u{306}', "ăĕğĭŏŭй", "aegiouи"),
        ('\u{307}', "ċėġż", "cegz"),
        ('\u{308}', "äëïöüÿẅẍё", "aeiouywxе"),
        ('\u{309}', "ảẻỉỏủỷ", "aeiouy"),
        ('\u{30a}', "åů", "au"),
        ('\u{30b}', "őű", "ou"),
        ('\u{30c}', "čďěňřšťžǎǐǒǔǧ", "cdenrstzaioug"),
        ('\u{31b}', "ơư", "ou"),
        ('\u{323}', "ạẹịọụỵḥṣṭẓḍ", "aeiouyhstzd"),
        ('\u{326}', "șț", "st"),
        ('\u{327}', "çģķļņŗşţ", "cgklnrst"),
        ('\u{328}', "ąęįųǫ", "aeiuo"),
        ('\u{653}', "آ", "ا"),
        ('\u{654}', "أؤئ", "اوي"),
        ('\u{655}', "إ", "ا"),
    ];
    if c.is_ascii() {
        return None;
    }
    ACCENTS.iter().find_map(|(accent, with, without)| {
        let at = with.chars().position(|letter| letter == c)?;
        Some((without.chars().nth(at)?, *accent))
    })
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
                assert_eq!(has_misleading(&text), is_misleading(c), "{c:?} after {before}");
            }
        }
        assert!(!has_hidden("") && !has_hidden(&" ~".repeat(50)));
    }

    #[test]
    fn f8_dashes_spaces_and_widths_are_read_alike() {
        for dash in "-‐‑‒–—―−﹣－〜ー".chars() {
            assert_eq!(plain(&format!(" a{dash}b\u{200b} ")), "a-b", "{dash:?}");
        }
        for space in "\u{a0}\u{2009}\u{202f}\u{3000}\u{2007}\t\n".chars() {
            assert_eq!(compact(&format!("9{space}8"), &[]), "98", "{space:?}");
        }
        assert_eq!(compact("ＮＨＳ　Ｎｏ．：９９９（０００）00-18", &["NHS", "NO"]), "9990000018");
        assert_eq!(compact("NO", &["NO"]), "NO", "a name alone is not a name of anything");
    }

    #[test]
    fn f14_marks_without_meaning_go_and_joiners_stay() {
        assert_eq!(without_hidden("\u{2068}Amira\u{2069}"), "Amira");
        assert_eq!(without_hidden("\u{feff}An\u{200b}na\u{200e}"), "Anna");
        assert_eq!(without_hidden("علی\u{200c}رضا"), "علی\u{200c}رضا");
        assert!(!has_hidden(&without_hidden("A\u{200d}n\u{200c}\u{200c}na")));
    }

    #[test]
    fn f17_a_line_break_counts_once() {
        assert_eq!(length("a\r\nb"), 3);
        assert_eq!(length("a\nb\r\n\r\n"), 5);
        assert_eq!(length("a\rb"), 3);
        assert_eq!(length("é\r\n"), 2);
    }

    #[test]
    fn f21_typography_capitals_and_how_an_accent_is_stored_make_no_difference() {
        for (one, other) in [
            ("O’Brien", "o'brien"),
            ("O`Brien", "Oʼ BRIEN".replace(' ', "").as_str()),
            ("Zoé", "Zoe\u{301}"),
            ("Jean–Luc", "jean-luc"),
            ("\u{2068}Amira\u{2069}  Khan", "amira khan"),
            ("Nguyễn", "Nguyễn"),
            ("Łukasz", "ŁUKASZ"),
            ("Müller", "mu\u{308}ller"),
            ("Ａｎｎａ", "anna"),
        ] {
            assert_eq!(compared(one), compared(other), "{one} {other}");
        }
        assert_ne!(compared("Zoe"), compared("Zoé"), "an accent is part of the name");
        assert_ne!(compared("Ann Lee"), compared("Annlee"));
    }
}
