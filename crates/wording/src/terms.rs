//! Short words and local terms that a reader may not know, such as LADO, and what they mean. It finds them in a text and
//! says what they mean; how that is shown is the view's.

use crate::Wording;

/// What the key of a term begins with: `term.LADO`.
const STEM: &str = "term.";
/// The key of a term whose name each authority chooses.
const FRONT_DOOR: &str = "front_door";

/// A term and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As it is written in texts.
    pub name: String,
    /// In plain words, as a sentence or two.
    pub meaning: String,
}

/// All terms that can be explained.
#[derive(Debug, Clone, Default)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// The terms of a wording, with the authority's name for its front door. `own` are further keys with texts, such as
    /// an authority's profile has; one with the key of a term replaces it.
    #[must_use]
    pub fn of<'a>(
        wording: &'a Wording,
        front_door: &str,
        own: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Terms {
        let mut terms: Vec<Term> = Vec::new();
        let built_in = wording.keys().map(|key| (key, wording.text(key)));
        for (name, meaning) in
            built_in.chain(own).filter_map(|(key, text)| Some((key.strip_prefix(STEM)?, text)))
        {
            let name = if name == FRONT_DOOR { front_door } else { name };
            match terms.iter_mut().find(|term| term.name == name) {
                Some(term) => meaning.clone_into(&mut term.meaning),
                None => terms.push(Term { name: name.to_owned(), meaning: meaning.to_owned() }),
            }
        }
        Terms(terms)
    }

    /// A term by its place in this list, as [`Terms::found_in`] gives it.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Term> {
        self.0.get(index)
    }

    /// All terms.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    /// Which terms a text has, each once, in the order of the text. A term counts as a whole word, also at the start of a
    /// sentence and in the plural; of two that begin at the same place the longer one counts.
    #[must_use]
    pub fn found_in(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut before = ' ';
        let mut resume = 0;
        for (at, letter) in text.char_indices() {
            let is_start = at >= resume && letter.is_alphanumeric() && !before.is_alphanumeric();
            before = letter;
            let Some(rest) = text.get(at..).filter(|_| is_start) else { continue };
            let longest = self
                .0
                .iter()
                .enumerate()
                .filter(|(_, term)| begins_with(rest, &term.name))
                .max_by_key(|(_, term)| term.name.len());
            if let Some((index, term)) = longest {
                resume = at + term.name.len();
                if !found.contains(&index) {
                    found.push(index);
                }
            }
        }
        found
    }
}

/// Whether a text begins with a term, as a word of its own.
fn begins_with(text: &str, term: &str) -> bool {
    let mut text = text.chars();
    let mut letters = term.chars();
    let is_first = |given: char, wanted: char| given == wanted || given.to_lowercase().eq([wanted]);
    let first = match (text.next(), letters.next()) {
        // "Section 17" begins a sentence; "cAF" is something else.
        (Some(given), Some(wanted)) if wanted.is_lowercase() => is_first(given, wanted),
        (given, wanted) => given == wanted && given.is_some(),
    };
    if !first || !letters.all(|wanted| text.next() == Some(wanted)) {
        return false;
    }
    let ends = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    match text.next() {
        Some('s') => ends(text.next()),
        next => ends(next),
    }
}
