//! The visitor: goes through a text once, counts, and builds the tree if it is asked to. The text's grammar is
//! `serde_json`'s.

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, map::Entry};

use crate::{Limits, Reason};

/// What is known across the whole text.
#[derive(Debug, Default)]
pub(crate) struct State {
    values: usize,
    pub(crate) refused: Option<Reason>,
}

/// Reads one value. Without `KEEP` it gives `null` for every value and keeps only the names of the objects it is in.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'a, const KEEP: bool> {
    depth: usize,
    limits: &'a Limits,
    state: &'a RefCell<State>,
}

impl<'a, const KEEP: bool> Walk<'a, KEEP> {
    pub(crate) fn new(limits: &'a Limits, state: &'a RefCell<State>) -> Self {
        Walk { depth: 0, limits, state }
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= self.limits.depth {
            return Err(self.refuse(Reason::TooDeep));
        }
        Ok(Walk { depth: self.depth + 1, ..self })
    }

    fn refuse<E: Error>(self, reason: Reason) -> E {
        self.state.borrow_mut().refused = Some(reason);
        E::custom("refused")
    }

    /// Puts the part that was being read in front of the path of a repeated name, on the way out.
    fn inside(self, part: &str) {
        if let Some(Reason::RepeatedName { path }) = &mut self.state.borrow_mut().refused {
            let dot = if path.starts_with('[') { "" } else { "." };
            *path = [part, dot, path].concat();
        }
    }
}

impl<'de, const KEEP: bool> DeserializeSeed<'de> for Walk<'_, KEEP> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let values = self.state.borrow().values;
        if values >= self.limits.values {
            return Err(self.refuse(Reason::TooMany));
        }
        self.state.borrow_mut().values = values + 1;
        deserializer.deserialize_any(self)
    }
}

impl<'de, const KEEP: bool> Visitor<'de> for Walk<'_, KEEP> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(if KEEP { text.into() } else { Value::Null })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let item = self.deeper()?;
        let (mut list, mut index) = (Vec::new(), 0_usize);
        loop {
            match items.next_element_seed(item) {
                Ok(Some(value)) if KEEP => list.push(value),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(Value::Array(list)),
                Err(error) => {
                    self.inside(&format!("[{index}]"));
                    return Err(error);
                }
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let member = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            match map.entry(name) {
                Entry::Occupied(twice) => {
                    let path = twice.key().clone();
                    return Err(self.refuse(Reason::RepeatedName { path }));
                }
                Entry::Vacant(place) => match members.next_value_seed(member) {
                    Ok(value) => drop(place.insert(value)),
                    Err(error) => {
                        self.inside(place.key());
                        return Err(error);
                    }
                },
            }
        }
        Ok(Value::Object(map))
    }
}
