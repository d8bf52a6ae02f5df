//! Is this one JSON text that can be read in one way only? Nothing is kept of it, so a hostile body costs no memory.
//!
//! Stricter than the JSON library: repeated names are refused (two readers could take different ones), and so is depth.
//! What the text means is decided elsewhere.

use std::{cell::Cell, collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How deep arrays and objects may stand in one another. The form itself needs fewer than ten.
pub(crate) const DEPTH_LIMIT: u32 = 64;

/// How many values a text may hold. The fullest form has fewer than a tenth; each costs memory once it is read.
pub(crate) const VALUE_LIMIT: u32 = 50_000;

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAccepted {
    /// Not UTF-8, not JSON, more than one value, or cut off.
    NotJson,
    /// Deeper than [`DEPTH_LIMIT`].
    TooDeep,
    /// More than [`VALUE_LIMIT`].
    TooMany,
    /// An object names a member twice.
    RepeatedName,
}

/// Gives the text back if it is one JSON value that has one meaning.
pub(crate) fn check(bytes: &[u8]) -> Result<&str, NotAccepted> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotAccepted::NotJson)?;
    let (reason, values) = (Cell::new(NotAccepted::NotJson), Cell::new(0));
    let mut reader = serde_json::Deserializer::from_str(text);
    Walk { depth: 0, values: &values, reason: &reason }
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map(|()| text)
        .map_err(|_| reason.get())
}

/// Walks through a value without building it.
#[derive(Clone, Copy)]
struct Walk<'a> {
    depth: u32,
    values: &'a Cell<u32>,
    reason: &'a Cell<NotAccepted>,
}

impl<'a> Walk<'a> {
    fn deeper<E: Error>(self) -> Result<Walk<'a>, E> {
        if self.depth == DEPTH_LIMIT {
            return Err(self.refuse(NotAccepted::TooDeep));
        }
        Ok(Walk { depth: self.depth + 1, ..self })
    }

    fn refuse<E: Error>(self, reason: NotAccepted) -> E {
        self.reason.set(reason);
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.values.get() == VALUE_LIMIT {
            return Err(self.refuse(NotAccepted::TooMany));
        }
        self.values.set(self.values.get() + 1);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inside = self.deeper()?;
        while items.next_element_seed(inside)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let inside = self.deeper()?;
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name) {
                return Err(self.refuse(NotAccepted::RepeatedName));
            }
            members.next_value_seed(inside)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> String {
        "[".repeat(depth) + &"]".repeat(depth)
    }

    #[test]
    fn accepts_plain_json() {
        for text in ["{}", " null ", r#"{"a":[1,-2,3.5,true,null,"\u00e9"],"b":{"a":1}}"#, &nested(64)] {
            assert_eq!(check(text.as_bytes()), Ok(text));
        }
    }

    #[test]
    fn refuses_the_rest_with_a_reason() {
        for text in ["", "{", "{} {}", "nul", "{\"a\":1,}", "\u{feff}{}", "\"\\ud800\"", "1e999"] {
            assert_eq!(check(text.as_bytes()), Err(NotAccepted::NotJson), "{text}");
        }
        assert_eq!(check(b"\"\xff\""), Err(NotAccepted::NotJson));
        assert_eq!(check(nested(65).as_bytes()), Err(NotAccepted::TooDeep));
        assert_eq!(check("[".repeat(1_000_000).as_bytes()), Err(NotAccepted::TooDeep));
        let list = |items| format!("[{}]", vec!["0"; items].join(","));
        assert!(check(list(49_999).as_bytes()).is_ok());
        assert_eq!(check(list(50_000).as_bytes()), Err(NotAccepted::TooMany));
        assert_eq!(check(br#"{"a":1,"\u0061":2}"#), Err(NotAccepted::RepeatedName));
        assert_eq!(check(br#"[{"b":{"a":1,"a":1}}]"#), Err(NotAccepted::RepeatedName));
    }
}
