//! How hard a text is to read: the Flesch–Kincaid grade, for English. It counts; what is too hard is said elsewhere.

/// What is counted in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    words: u32,
    sentences: u32,
    syllables: u32,
}

impl Counts {
    /// Counts a text. Where it does not end with a full stop, its end still ends a sentence. A word that `is_easy` counts
    /// as one syllable, and so does a number.
    pub(crate) fn of(text: &str, is_easy: impl Fn(&str) -> bool) -> Counts {
        let mut counts = Counts::default();
        let mut is_open = false;
        for part in text.split_whitespace() {
            let letters: String = part.chars().filter(|letter| letter.is_alphanumeric()).collect();
            if !letters.is_empty() {
                let lower = letters.to_lowercase();
                counts.words += 1;
                counts.syllables += if is_easy(&lower) { 1 } else { syllables(&lower) };
                is_open = true;
            }
            let end = part.trim_end_matches(['’', '”', ')', '"', '\'']);
            if is_open && end.ends_with(['.', '!', '?', '…']) {
                counts.sentences += 1;
                is_open = false;
            }
        }
        counts.sentences += u32::from(is_open);
        counts
    }

    /// Both together, as if one text followed the other.
    pub(crate) fn and(self, other: Counts) -> Counts {
        Counts {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
        }
    }

    pub(crate) fn words(self) -> u32 {
        self.words
    }

    /// The grade: the school year in the United States in which most pupils can read it. Age is about 5 more.
    pub(crate) fn grade(self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let words = f64::from(self.words);
        0.39 * words / f64::from(self.sentences) + 11.8 * f64::from(self.syllables) / words - 15.59
    }
}

/// The syllables of a word in small letters: its runs of vowels, two where a run is said as two, and none for a silent
/// `e` at the end. English has exceptions, and it errs by one on some of them.
fn syllables(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let earlier = at.checked_sub(2).and_then(|at| letters.get(at)).copied();
        let follows_vowel = before.is_some_and(is_vowel);
        let is_two = match (before, letter) {
            // Tri-al and vi-o-lent, but not spe-cial and na-tion.
            (Some('i'), 'a' | 'o') => !matches!(earlier, Some('c' | 'g' | 's' | 't' | 'x')),
            // Be-ing and say-ing, but not rain.
            (Some('e' | 'y'), 'i') => letters.get(at + 1..) == Some(&['n', 'g']),
            _ => false,
        };
        count += u32::from(is_vowel(*letter) && (!follows_vowel || is_two));
    }
    let is_silent = match letters.as_slice() {
        [.., before, 'l', 'e'] | [.., before, 'l', 'e', 's' | 'd'] => is_vowel(*before),
        [.., before, 'e'] => !is_vowel(*before),
        [.., before, 'e', 'd'] => !matches!(before, 't' | 'd') && !is_vowel(*before),
        [.., before, 'e', 's'] => !matches!(before, 's' | 'x' | 'z' | 'c' | 'g' | 'h') && !is_vowel(*before),
        _ => false,
    };
    u32::max(1, if is_silent { count - u32::from(count > 0) } else { count })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_said() {
        for (number, words) in [
            (1, "the child made moved rules 47 school care brought missed whole"),
            (2, "needed trouble handled being offer places weapon danger"),
            (3, "family violence violent agreement together special's officer"),
            (4, "exploitation development information education"),
            (5, "communication responsible's"),
        ] {
            for word in words.split(' ') {
                let letters: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
                let given = syllables(&letters);
                assert!(given.abs_diff(number) <= u32::from(word.contains('\'')), "{word}: {given}");
            }
        }
    }

    #[test]
    fn a_grade_follows_from_words_sentences_and_syllables() {
        let counts = Counts::of("The cat sat. It was “fat.” Was it? Yes", |_| false);
        assert_eq!(counts, Counts { words: 9, sentences: 4, syllables: 9 });
        assert!((counts.grade() - (0.39 * 9.0 / 4.0 + 11.8 - 15.59)).abs() < 1e-9);
        // A decimal point ends no sentence, a number is easy, and nothing is as easy as nothing.
        assert_eq!(Counts::of("About 2.5 hours", |_| false).sentences, 1);
        assert_eq!(Counts::of("safeguarding", |word| word == "safeguarding").syllables, 1);
        assert_eq!(Counts::of(" – ", |_| false).grade(), 0.0);
    }
}
