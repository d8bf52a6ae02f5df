//! Whether a text gives a reason: one answer for every place that asks for one. It does not judge whether the reason is
//! a good one; people do.

use std::collections::BTreeSet;

/// The fewest different words of a reason.
const MIN_WORDS: usize = 3;
/// The fewest characters of a reason.
const MIN_CHARACTERS: usize = 12;

/// Whether a text says why: three different words, and twelve characters in all. "ok", "x", "n/a" and a key that was held
/// down are not reasons, however often they are repeated.
#[must_use]
pub fn is_reason(text: &str) -> bool {
    let words: BTreeSet<String> = text.split_whitespace().filter(|word| is_word(word)).map(bare).collect();
    words.len() >= MIN_WORDS && text.trim().chars().count() >= MIN_CHARACTERS
}

/// A word has a letter; more than two of the same letter and nothing else are a key that was held down.
fn is_word(word: &str) -> bool {
    let word = bare(word);
    let different: BTreeSet<char> = word.chars().collect();
    word.chars().any(char::is_alphabetic) && (different.len() > 1 || word.chars().count() <= 2)
}

fn bare(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::is_reason;

    #[test]
    fn a_reason_says_something() {
        for reason in [
            "The police said on 3 March that we can",
            "I saw both of them",
            "Mum was eleven when he was born",
        ] {
            assert!(is_reason(reason), "{reason}");
        }
    }

    #[test]
    fn what_says_nothing_is_no_reason() {
        for nothing in [
            "",
            "   ",
            "ok",
            "x",
            "n/a",
            "N/A n/a N/A n/a",
            "ok ok ok ok ok ok",
            "xxxxxxxxxxxxxxxxxx",
            "xxxx yyyy zzzzz aaaaa",
            "1 2 3 4 5 6 7 8 9",
            ". . . . . . . . .",
            "yes it is",
            "Oversensitive",
        ] {
            assert!(!is_reason(nothing), "{nothing}");
        }
    }
}
