//! Reads JSON that comes from outside: a request's body, a file, a rule pack. Stricter than `serde_json` alone, because
//! a text that two readers could take differently does harm: a name given twice is refused, and so is a text that is
//! too large, too deep or holds too many values. Says what is wrong and at which line and column.
//!
//! [`read`] builds a tree; [`check`] keeps nothing, so a hostile text costs no memory. What a document means is decided
//! by its reader, or by serde's derives with [`from_value`]. For data that people write, [`read_data`] also refuses unknown fields and collects every mistake.
//!
//! ```
//! use strict_json::{Limits, Reason, read};
//!
//! let refused = read(br#"{"a": 1, "\u0061": 2}"#, &Limits::default()).unwrap_err();
//! assert_eq!(refused.reason, Reason::RepeatedName { path: "a".to_owned() });
//! assert_eq!((refused.line, refused.column), (1, 17));
//! ```

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

mod fields;
mod shape;
mod walk;

use std::{cell::RefCell, fmt};

use serde::de::DeserializeSeed as _;
use serde_json::{Value, error::Category};

pub use fields::{DataProblem, Fields, read_data};
pub use shape::{Mismatch, from_value};
use walk::Walk;

/// How much a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length in bytes.
    pub bytes: usize,
    /// How deep lists and objects may nest. `serde_json` itself stops at 127.
    pub depth: usize,
    /// How many values there may be; each costs memory once it is read. Names do not count.
    pub values: usize,
}

impl Limits {
    /// For text that is on this machine already, such as a rule pack or a stored record: only its depth is bounded.
    pub const DEPTH_ONLY: Limits = Limits { bytes: usize::MAX, depth: 127, values: usize::MAX };
}

impl Default for Limits {
    /// One assessment: 1 MiB, 64 deep, 50,000 values. The fullest form has less than a tenth of each.
    fn default() -> Limits {
        Limits { bytes: 1 << 20, depth: 64, values: 50_000 }
    }
}

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Longer than [`Limits::bytes`]. Nothing was read.
    TooLarge,
    /// Not UTF-8 here.
    NotUtf8,
    /// The text ends before its value does.
    EndsEarly,
    /// Not JSON here, or something follows the value.
    NotJson,
    /// A number that no 64-bit number can hold.
    NumberTooLarge,
    /// Deeper than [`Limits::depth`].
    TooDeep,
    /// More than [`Limits::values`].
    TooMany,
    /// An object gives a name twice, spelt the same or with escapes.
    RepeatedName {
        /// The way to it, such as `answers.people[2].name`. Names are as in the text: shorten and clean them before
        /// they are shown.
        path: String,
    },
}

/// A refused text. It never quotes a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub reason: Reason,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1; 0 at the end of an empty line.
    pub column: usize,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self.reason {
            Reason::TooLarge => "the text is too long",
            Reason::NotUtf8 => "this is not UTF-8",
            Reason::EndsEarly => "the text ends too early: a bracket, brace or quotation mark is not closed",
            Reason::NotJson => {
                "this is not JSON: look here and just before for a comma, a bracket or a quotation mark"
            }
            Reason::NumberTooLarge => "this number is too large",
            Reason::TooDeep => "lists and objects are nested too deeply",
            Reason::TooMany => "there are too many values",
            Reason::RepeatedName { .. } => "this name is given twice in one object: keep one of them",
        };
        out.write_str(message)
    }
}

impl std::error::Error for Refused {}

/// Reads one JSON value.
///
/// # Errors
/// Why and where the text is refused.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Value, Refused> {
    walk::<true>(text(bytes, limits)?, limits)
}

/// Gives the text back if it is one JSON value that [`read`] would take. Builds nothing.
///
/// # Errors
/// Why and where the text is refused.
pub fn check<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, Refused> {
    let text = text(bytes, limits)?;
    walk::<false>(text, limits).map(|_| text)
}

fn text<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, Refused> {
    if bytes.len() > limits.bytes {
        return Err(Refused { reason: Reason::TooLarge, line: 1, column: 0 });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Refused { reason: Reason::NotUtf8, line, column }
    })
}

fn walk<const KEEP: bool>(text: &str, limits: &Limits) -> Result<Value, Refused> {
    let state = RefCell::default();
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Walk::<KEEP>::new(limits, &state).deserialize(&mut reader);
    value.and_then(|value| reader.end().map(|()| value)).map_err(|error| {
        let reason = state.into_inner().refused.unwrap_or_else(|| match error.classify() {
            Category::Eof => Reason::EndsEarly,
            // The library does not tell this apart otherwise.
            _ if error.to_string().starts_with("number out of range") => Reason::NumberTooLarge,
            _ => Reason::NotJson,
        });
        Refused { reason, line: error.line(), column: error.column() }
    })
}
