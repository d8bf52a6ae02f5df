//! A tree that has been read, as a type with serde's derives. Not a reader of text: that is [`read`](crate::read).
//!
//! `serde_json::from_value` does the same and says what is wrong, which brings along the library's way of writing every
//! kind of value, floating-point numbers too. In the browser that is 15 KB of a download in which nobody reads it: a
//! stored record or a reply is either understood or not.

use std::fmt;

use serde::Deserialize;
use serde::de::{
    self, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
    value::StrDeserializer,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map};

/// The tree has not the shape that the type needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("this JSON has another shape than expected")
    }
}

impl std::error::Error for Mismatch {}

// Every method is given, because those of the trait write the value into a message.
impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Mismatch {
        Mismatch
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Mismatch {
        Mismatch
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Mismatch {
        Mismatch
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Mismatch {
        Mismatch
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Mismatch {
        Mismatch
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Mismatch {
        Mismatch
    }

    fn missing_field(_: &'static str) -> Mismatch {
        Mismatch
    }

    fn duplicate_field(_: &'static str) -> Mismatch {
        Mismatch
    }
}

/// Reads a type from a tree. A struct is an object, never a list; an enum is a text.
///
/// # Errors
/// [`Mismatch`] where the tree has another shape.
pub fn from_value<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T, Mismatch> {
    T::deserialize(Shape(value))
}

/// One value of the tree.
struct Shape<'de>(&'de Value);

impl<'de> Deserializer<'de> for Shape<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (None, Some(number), _) => visitor.visit_i64(number),
                (None, None, Some(number)) => visitor.visit_f64(number),
                (None, None, None) => Err(Mismatch),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(members) => visitor.visit_map(Members::of(members)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_map(Members::of(self.0.as_object().ok_or(Mismatch)?))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_seq(Items(self.0.as_array().ok_or(Mismatch)?.iter()))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_str(self.0.as_str().ok_or(Mismatch)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(StrDeserializer::new(self.0.as_str().ok_or(Mismatch)?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str bytes byte_buf unit unit_struct tuple
        tuple_struct map identifier
    }
}

struct Items<'de>(std::slice::Iter<'de, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        self.0.next().map(|item| seed.deserialize(Shape(item))).transpose()
    }
}

struct Members<'de> {
    rest: map::Iter<'de>,
    /// Of the name that was given last.
    value: Option<&'de Value>,
}

impl<'de> Members<'de> {
    fn of(members: &'de Map<String, Value>) -> Members<'de> {
        Members { rest: members.iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        seed.deserialize(Shape(self.value.take().ok_or(Mismatch)?))
    }
}
