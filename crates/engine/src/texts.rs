//! Texts by name, in the order of their names: a sorted list, which takes a tenth of the code of the library's tree map
//! and is as quick for the few hundred entries that there ever are. Not for large or fast-growing collections.

/// Texts by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// The position of a name, or where it would go.
    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_str().cmp(name))
    }

    /// The text of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&String> {
        self.position(name).ok().and_then(|at| self.0.get(at)).map(|(_, text)| text)
    }

    /// The text of a name for somebody who asks in the order of the names, mostly: it is looked for at `next` first.
    pub(crate) fn next_or_get(&self, next: &mut usize, name: &str) -> Option<&String> {
        match self.0.get(*next) {
            Some((here, text)) if here == name => {
                *next += 1;
                Some(text)
            }
            _ => self.get(name),
        }
    }

    /// Whether there is a text of that name.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.position(name).is_ok()
    }

    /// Sets the text of a name.
    pub fn insert(&mut self, name: String, text: String) {
        match self.position(&name) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = text;
                }
            }
            Err(at) => self.0.insert(at, (name, text)),
        }
    }

    /// Takes a name away.
    pub fn remove(&mut self, name: &str) {
        if let Ok(at) = self.position(name) {
            self.0.remove(at);
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    /// The texts, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(_, text)| text)
    }

    /// Names and texts, in the order of the names.
    pub fn iter(&self) -> std::slice::Iter<'_, (String, String)> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Texts {
    type Item = &'a (String, String);
    type IntoIter = std::slice::Iter<'a, (String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn it_is_what_a_tree_map_is() {
        let (mut texts, mut map) = (Texts::default(), BTreeMap::new());
        for (name, text) in [
            ("b", "1"),
            ("a", "2"),
            ("c", "3"),
            ("b", "4"),
            ("", "5"),
            ("c", ""),
            ("d", "6"),
            ("bb", "7"),
            ("a", "8"),
        ] {
            if text.is_empty() {
                texts.remove(name);
                map.remove(name);
            } else {
                texts.insert(name.to_owned(), text.to_owned());
                map.insert(name.to_owned(), text.to_owned());
            }
            assert_eq!(texts.keys().collect::<Vec<_>>(), map.keys().collect::<Vec<_>>());
            assert_eq!(texts.values().collect::<Vec<_>>(), map.values().collect::<Vec<_>>());
            for name in ["", "a", "b", "c", "d", "e"] {
                assert_eq!(texts.get(name), map.get(name));
                assert_eq!(texts.contains_key(name), map.contains_key(name));
            }
            assert_eq!(texts.len(), map.len());
        }
    }

    #[test]
    fn asking_in_order_finds_what_asking_anyhow_finds() {
        let mut texts = Texts::default();
        ["a", "b", "d"].iter().for_each(|name| texts.insert((*name).to_owned(), name.repeat(2)));
        for names in [["a", "b", "c", "d", ""], ["d", "a", "a", "b", "e"]] {
            let mut next = 0;
            for name in names {
                assert_eq!(texts.next_or_get(&mut next, name), texts.get(name), "{names:?}");
            }
        }
    }
}
