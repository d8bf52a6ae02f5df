//! Whether a text gives a reason: one answer for every place that asks for one. It does not judge whether the reason is
//! a good one; people do.

/// The fewest different words of a reason.
const MIN_WORDS: usize = 3;
/// The fewest characters of a reason.
const MIN_CHARACTERS: usize = 12;

/// Whether a text says why: three different words, and twelve characters in all. "ok", "x", "n/a" and a key that was held
/// down are not reasons, however often they are repeated.
#[must_use]
pub fn is_reason(text: &str) -> bool {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace().map(bare).filter(|word| is_word(word)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.len() >= MIN_WORDS && text.trim().chars().count() >= MIN_CHARACTERS
}

/// A word has a letter; more than two of the same letter and nothing else are a key that was held down.
fn is_word(word: &str) -> bool {
    let is_one_letter = word.chars().zip(word.chars().skip(1)).all(|(one, next)| one == next);
    word.chars().any(char::is_alphabetic) && (!is_one_letter || word.chars().count() <= 2)
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
