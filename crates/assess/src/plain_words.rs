//! What makes texts hard or unclear, by limits that are data: reading grades, short words that nothing explains, codes that
//! no screen shows, phrases that nobody says, and two words for one thing. Which texts there are is in `shown_texts`.

use std::collections::BTreeMap;

use assessment_wording::{Terms, en_gb};
use serde::Deserialize;

use crate::reading_grade::Counts;
use crate::shown_texts::Shown;

/// The limits and lists of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainWords {
    limits: Vec<Limit>,
    /// Words that cannot be replaced. They count as easy, with their plurals.
    must_stay: Vec<String>,
    /// Abbreviations that need no explanation.
    everyday: Vec<String>,
    /// Terms that must be explained, used or not.
    must_be_explained: Vec<String>,
    /// What nobody would say.
    instead: Vec<Replaced>,
    /// What has another word.
    one_word: Vec<Replaced>,
}

/// How hard one kind of text may be, as grades.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    kind: String,
    /// Of all texts of the kind, read as one; nothing counts as easy.
    together: f64,
    /// Of the texts' own grades, on average; nothing counts as easy.
    mean: Option<f64>,
    /// Of each text. Words that must stay count as easy.
    highest: f64,
    /// A text with fewer words has no grade of its own: one long word would decide it.
    from_words: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replaced {
    of: String,
    say: String,
    /// Where it may be used.
    #[serde(default)]
    but: Vec<String>,
}

/// The grades of one kind of text.
#[derive(Debug, PartialEq)]
pub(crate) struct Grades {
    pub(crate) kind: String,
    pub(crate) texts: usize,
    pub(crate) together: f64,
    pub(crate) mean: f64,
    /// The highest of a single text; words that must stay count as easy.
    pub(crate) highest: f64,
    pub(crate) limit: (f64, f64),
}

/// Something to put right, and where.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) place: String,
    pub(crate) what: String,
}

impl PlainWords {
    /// Those of British English.
    ///
    /// # Errors
    /// Never, as a test shows.
    pub(crate) fn built_in() -> Result<PlainWords, String> {
        serde_json::from_str(en_gb::PLAIN_WORDS).map_err(|error| error.to_string())
    }

    /// The grade of one text; words that must stay count as easy. `None` for one that is too short to have one.
    pub(crate) fn grade(&self, shown: &Shown) -> Option<f64> {
        let from_words = self.limits.iter().find(|limit| limit.kind == shown.kind)?.from_words;
        let is_easy = |word: &str| {
            self.must_stay
                .iter()
                .any(|stays| word.strip_prefix(&**stays).is_some_and(|rest| matches!(rest, "" | "s")))
        };
        let counts = Counts::of(&shown.text, is_easy);
        (counts.words() >= from_words).then(|| counts.grade())
    }

    /// The grades of each kind, and what is over its limit.
    pub(crate) fn grades(&self, texts: &[Shown]) -> (Vec<Grades>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut all = Vec::new();
        for limit in &self.limits {
            let of_kind: Vec<&Shown> = texts.iter().filter(|shown| shown.kind == limit.kind).collect();
            let counts: Vec<Counts> =
                of_kind.iter().map(|shown| Counts::of(&shown.text, |_| false)).collect();
            let together = counts.iter().copied().fold(Counts::default(), Counts::and).grade();
            let long = || counts.iter().filter(|counts| counts.words() >= limit.from_words);
            let mean = long().map(|counts| counts.grade()).sum::<f64>() / long().count().max(1) as f64;
            let mut highest = f64::MIN;
            for shown in &of_kind {
                let Some(grade) = self.grade(shown) else { continue };
                highest = highest.max(grade);
                if grade > limit.highest {
                    let what = format!("grade {grade:.1} is over {}: {}", limit.highest, shown.text);
                    findings.push(Finding { place: shown.place(), what });
                }
            }
            for (name, given, most) in
                [("together", together, Some(limit.together)), ("on average", mean, limit.mean)]
            {
                if let Some(most) = most.filter(|most| given > *most) {
                    let what = format!("grade {given:.1} {name} is over {most}");
                    findings.push(Finding { place: limit.kind.clone(), what });
                }
            }
            let (kind, texts, limit) = (limit.kind.clone(), of_kind.len(), (limit.together, limit.highest));
            all.push(Grades { kind, texts, together, mean, highest: highest.max(0.0), limit });
        }
        (all, findings)
    }

    /// Everything else that is to be put right.
    pub(crate) fn findings(&self, texts: &[Shown], terms: &Terms) -> Vec<Finding> {
        let is_explained = |term: &&String| terms.iter().any(|known| known.name == **term);
        let unexplained = self.must_be_explained.iter().filter(|term| !is_explained(term));
        let mut findings: Vec<Finding> = unexplained
            .map(|term| Finding { place: "terms".to_owned(), what: format!("nothing explains “{term}”") })
            .collect();
        let mut seen = BTreeMap::new();
        for shown in texts {
            for what in self.in_text(&shown.text, terms) {
                if seen.insert((shown.place(), what.clone()), ()).is_none() {
                    findings.push(Finding { place: shown.place(), what });
                }
            }
        }
        findings
    }

    fn in_text(&self, text: &str, terms: &Terms) -> Vec<String> {
        let mut found = Vec::new();
        let known: Vec<&str> =
            terms.found_in(text).into_iter().filter_map(|index| Some(&*terms.get(index)?.name)).collect();
        let (codes, words): (Vec<&str>, Vec<&str>) = text
            .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '&' | '-'))
            .partition(|word| is_code(word));
        found.extend(
            codes.iter().map(|code| format!("names the code {code}, which the screen does not show")),
        );
        for word in words.iter().flat_map(|word| word.split('-')) {
            let word = word.strip_suffix('s').unwrap_or(word);
            let is_term = || known.iter().any(|term| has_words(term, word));
            if is_abbreviation(word) && !self.everyday.iter().any(|everyday| everyday == word) && !is_term() {
                found.push(format!("nothing explains “{word}”"));
            }
        }
        let lower = text.to_lowercase();
        for Replaced { of, say, but } in self.instead.iter().chain(&self.one_word) {
            let without = but.iter().fold(lower.clone(), |text, part| text.replace(&**part, ""));
            if has_words(&without, of) {
                found.push(format!("“{of}”: say “{say}”, or put it another way"));
            }
        }
        found
    }
}

/// `CAF` and `A&E`.
fn is_abbreviation(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '&')
        && word.chars().filter(char::is_ascii_uppercase).count() > 1
}

/// `ES-402`, `IA-02`, `RU-2A`; `R4` and `L4b`.
fn is_code(word: &str) -> bool {
    let is_id = |(stem, number): (&str, &str)| {
        let is_short =
            (2..=3).contains(&stem.len()) && stem.chars().all(|letter| letter.is_ascii_uppercase());
        let is_suffixed = number.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        is_short && is_suffixed && number.starts_with(|letter: char| letter.is_ascii_digit())
    };
    let is_level =
        matches!(word, "R0" | "R1" | "R2" | "R3" | "R4" | "R5" | "L1" | "L2" | "L3" | "L4a" | "L4b");
    is_level || word.split_once('-').is_some_and(is_id)
}

/// Whether words are in a text as words of their own.
fn has_words(text: &str, words: &str) -> bool {
    let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    text.match_indices(words).any(|(at, found)| {
        let after = text.get(at + found.len()..).and_then(|rest| rest.chars().next());
        is_end(text.get(..at).and_then(|before| before.chars().next_back())) && is_end(after)
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must hold")]
mod tests {
    use super::*;
    use assessment_wording::Wording;

    fn found(text: &str) -> Vec<String> {
        let wording = Wording::load(en_gb::TERMS).unwrap();
        let terms = Terms::of(&wording, "Duty and Advice", []);
        PlainWords::built_in().unwrap().in_text(text, &terms)
    }

    #[test]
    fn hard_and_unclear_words_are_found() {
        for (text, count) in [
            ("Ask your IT support in the UK about the CAF, the CAFs and A&E", 0),
            ("Ask the QRST", 1),
            ("An EHC needs assessment, an EHC plan", 0),
            ("An EHC form", 1),
            ("With a plan, use ES-402", 1),
            ("IA-02 gives R4 at L4b", 3),
            ("A full UK postcode, like LS1 1UR", 0),
            ("OFFICIAL-SENSITIVE", 0),
            ("Where agreement stands", 2),
            ("Standard answers", 0),
            ("Tick boxes and a tick box", 0),
            ("All boxes", 1),
            ("Somebody gave consent", 2),
        ] {
            let found = found(text);
            assert_eq!(found.len(), count, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_term_that_must_be_explained_and_is_not_is_found() {
        let words = PlainWords::built_in().unwrap();
        assert_eq!(words.findings(&[], &Terms::default()).len(), words.must_be_explained.len());
    }

    #[test]
    fn a_hard_text_is_over_the_limit_and_a_word_that_must_stay_is_not() {
        let words = PlainWords::built_in().unwrap();
        let shown = |kind, text: &str| Shown { kind, name: "X".to_owned(), text: text.to_owned() };
        let grade = |text: &str| words.grades(&[shown("indicators", text)]).1.len();
        assert!(
            grade("Significant deterioration in age-appropriate functioning necessitating intervention") > 1
        );
        assert_eq!(grade("Has few friends, or friends who are a bad influence"), 0);
        let text = "One paediatrician and other safeguarding professionals";
        assert!(words.grade(&shown("indicators", text)).unwrap() < 8.0);
        assert_eq!(words.grade(&shown("options", "Communication")), None);
    }
}
