//! Reading data as the build packs it (`build.rs`): names once, the texts of one name beside each other, where they look
//! alike and compress well. A packed file holds exactly the tree of its JSON file, as a test shows; it is read only by
//! programs that were built with it, so it has no version and no words for mistakes.
//!
//! Four parts or more, separated by U+0001: names; shapes of objects (pairs of a name's number and a kind); the
//! structure; and then a column of texts for each name. U+0000 separates what is in a part. Numbers are characters, 35
//! added.

use std::str::{Chars, Split};

use super::Json;

/// The tree of a packed file; `None` if it is not one.
pub(super) fn unpack(file: &str) -> Option<Json> {
    let mut parts = file.split('\u{1}');
    let (names, shapes) = (parts.next()?.split('\0').collect(), parts.next()?.split('\0').collect());
    let structure = parts.next()?.chars();
    Reader { names, shapes, structure, columns: parts.map(|column| column.split('\0')).collect() }
        .value('o', 0)
}

struct Reader<'a> {
    names: Vec<&'a str>,
    shapes: Vec<&'a str>,
    structure: Chars<'a>,
    columns: Vec<Split<'a, char>>,
}

fn number(character: char) -> Option<usize> {
    usize::try_from(u32::from(character)).ok()?.checked_sub(35)
}

impl Reader<'_> {
    fn value(&mut self, kind: char, name: usize) -> Option<Json> {
        Some(match kind {
            'n' => Json::Null,
            'f' => Json::Flag(false),
            't' => Json::Flag(true),
            'd' => Json::Number(self.text(name)?),
            's' => Json::Text(self.text(name)?),
            'l' => {
                let mut items = Vec::new();
                for _ in 0..number(self.structure.next()?)? {
                    let kind = self.structure.next()?;
                    items.push(self.value(kind, name)?);
                }
                Json::List(items)
            }
            _ => {
                let shape = *self.shapes.get(number(self.structure.next()?)?)?;
                let mut fields = Vec::new();
                let mut shape = shape.chars();
                while let (Some(name), Some(kind)) = (shape.next(), shape.next()) {
                    let name = number(name)?;
                    fields.push(((*self.names.get(name)?).to_owned(), self.value(kind, name)?));
                }
                Json::Object(fields)
            }
        })
    }

    fn text(&mut self, name: usize) -> Option<String> {
        self.columns.get_mut(name)?.next().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code_lists::CodeLists;
    use crate::profile::AuthorityProfile;
    use crate::sections::Framework;
    use crate::threshold::RulePack;

    #[test]
    fn what_is_packed_is_what_stands_in_the_json() {
        for (json, packed) in [
            (CodeLists::built_in(), include_str!(concat!(env!("OUT_DIR"), "/code_lists"))),
            (Framework::built_in(), include_str!(concat!(env!("OUT_DIR"), "/elements"))),
            (RulePack::built_in(), include_str!(concat!(env!("OUT_DIR"), "/rule_pack"))),
            (AuthorityProfile::built_in(), include_str!(concat!(env!("OUT_DIR"), "/profile"))),
        ] {
            assert_eq!(unpack(packed), Json::parse(json).ok());
        }
    }

    #[test]
    fn what_is_not_packed_gives_nothing() {
        for text in ["", "{}", "\u{1}\u{1}", "a\u{1}#s\u{1}#", "a\u{1}\u{1}z\u{1}"] {
            assert_eq!(unpack(text), None, "{text:?}");
        }
    }
}
